/* nest: the access counts of an explicit loop nest.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdio.h>

#include "cli/commands.h"
#include "cli/terminal.h"
#include "report/format.h"
#include "report/grid.h"

/* A nest file that was read and counted. */
struct counted {
  struct reuse_problem problem;
  struct reuse_nest nest;
  struct reuse_counts counts;
};

static const struct reuse__column access_column[] = {
  {"level", REUSE__STRING},    {"tensor", REUSE__STRING},  {"loads", REUSE__INTEGER},
  {"serves", REUSE__INTEGER},  {"updates", REUSE__INTEGER}, {"drains", REUSE__INTEGER}
};

static const struct reuse__column summary_column[] = {
  {"macs", REUSE__INTEGER},      {"effective_macs", REUSE__INTEGER},
  {"steps", REUSE__INTEGER},     {"instances", REUSE__INTEGER},
  {"spatial_utilization", REUSE__DOUBLE}
};

static const struct reuse__grid_column page_column[] = {
  {{"", "level"}, true, 0, 0},     {{"", "tensor"}, true, 0, 0},
  {{"", "loads"}, false, 0, 0},    {{"", "serves"}, false, 0, 0},
  {{"", "updates"}, false, 0, 0},  {{"", "drains"}, false, 0, 0}
};

#define LENGTH(array) ((int)(sizeof(array) / sizeof(array)[0]))

static const char *tensor_text(int tensor) {
  static const char *const text[REUSE_TENSORS] = {"I", "W", "O"};
  return text[tensor];
}

/* Whether LEVEL of the nest keeps TENSOR of the problem. */
static bool keeps(const struct counted *c, int level, int tensor) {
  return (c->nest.level[level].keeps & c->problem.tensors & REUSE_BIT(tensor)) != 0;
}

static double spatial_utilization(const struct reuse_counts *counts) {
  return (double)counts->macs / ((double)counts->steps * (double)counts->instances);
}

static void put_accesses(const struct counted *c, struct reuse__table *table) {
  for (int l = 0; l < c->nest.nlevels - 1; l++)
    for (int t = 0; t < REUSE_TENSORS; t++) {
      const struct reuse_traffic *at = &c->counts.at[l][t];
      if (!keeps(c, l, t))
        continue;
      reuse__table_row(table);
      reuse__put_string(table, c->nest.level[l].name);
      reuse__put_string(table, tensor_text(t));
      reuse__put_integer(table, at->loads);
      reuse__put_integer(table, at->serves);
      reuse__put_integer(table, at->updates);
      reuse__put_integer(table, at->drains);
    }
}

static void put_summary(const struct counted *c, struct reuse__table *table) {
  reuse__table_row(table);
  reuse__put_integer(table, c->counts.macs);
  reuse__put_integer(table, c->counts.effective_macs);
  reuse__put_integer(table, c->counts.steps);
  reuse__put_integer(table, c->counts.instances);
  reuse__put_number(table, spatial_utilization(&c->counts));
}

/* The accesses in columns. */
static enum reuse_status write_page(struct session *session, const struct counted *c) {
  const struct reuse__text_style style = page_style();
  struct reuse__grid grid;
  reuse__grid_init(&grid, page_column, LENGTH(page_column), &style, session->arena);
  for (int l = 0; l < c->nest.nlevels - 1; l++)
    for (int t = 0, first = 1; t < REUSE_TENSORS; t++) {
      const struct reuse_traffic *at = &c->counts.at[l][t];
      if (!keeps(c, l, t))
        continue;
      reuse__grid_row(&grid);
      reuse__grid_cell(&grid, first ? c->nest.level[l].name : "");
      reuse__grid_cell(&grid, tensor_text(t));
      reuse__grid_format(&grid, "%" PRId64, at->loads);
      reuse__grid_format(&grid, "%" PRId64, at->serves);
      reuse__grid_format(&grid, "%" PRId64, at->updates);
      reuse__grid_format(&grid, "%" PRId64, at->drains);
      first = 0;
    }
  return reuse__grid_write(&grid, stdout);
}

static void write_summary(const struct reuse_counts *counts) {
  char percent[REUSE__NUMBER];
  printf("%" PRId64 " MACs", counts->macs);
  if (counts->effective_macs != counts->macs)
    printf(" (%" PRId64 " effective)", counts->effective_macs);
  printf(" in %" PRId64 " steps of %" PRId64 " instance%s; spatial utilization %s %%\n",
         counts->steps, counts->instances, counts->instances == 1 ? "" : "s",
         reuse__percent(percent, spatial_utilization(counts)));
}

static int print_text(struct session *session, const struct settings *settings,
                      const struct counted *c) {
  enum reuse_status status = REUSE_OK;
  if (settings->table != NEST_SUMMARY)
    status = write_page(session, c);
  if (settings->table < 0)
    putchar('\n');
  if (settings->table != NEST_ACCESSES)
    write_summary(&c->counts);
  return status == REUSE_OK ? check_stdout(session)
                            : exit_of_output(session, status, NULL);
}

static int print_values(struct session *session, const struct settings *settings,
                        const struct counted *c) {
  const bool summary = settings->table == NEST_SUMMARY;
  struct reuse__table *table = reuse__table_new(
    session->arena, summary ? summary_column : access_column,
    summary ? LENGTH(summary_column) : LENGTH(access_column));
  if (!table)
    return memory_error(session);
  if (summary)
    put_summary(c, table);
  else
    put_accesses(c, table);
  return table->failed ? memory_error(session)
                       : print_table(session, table, settings->format);
}

int run_nest(struct session *session, const struct settings *settings) {
  struct counted c;
  if (settings->operands.n != 1)
    return usage_error(session, "see reusemodel nest --help",
                       settings->operands.n ? "nest takes one file" : "nest needs a file");
  const char *path = settings->operands.word[0];
  enum reuse_status status = reuse_nest_read(path, &c.problem, &c.nest, &session->diag);
  if (status == REUSE_OK)
    status = reuse_count(&c.problem, &c.nest, &c.counts);
  if (status != REUSE_OK)
    return exit_of_input(session, status, path);
  return settings->format == TEXT_FORMAT ? print_text(session, settings, &c)
                                         : print_values(session, settings, &c);
}
