/* validate: the model against published figures.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/latex.h"
#include "cli/terminal.h"
#include "report/latex.h"
#include "report/validation.h"

/* What the report of one system is written with. */
struct sheet {
  struct session *session;
  const struct reuse__validation *validation;
  struct reuse__text_style style;
  int nreasons;
  const char **reason;          /* of the tolerances, numbered from 1 */
};

#define LENGTH(array) ((int)(sizeof(array) / sizeof(array)[0]))

/* ---- CSV, JSON ------------------------------------------------------------------ */

static const struct reuse__column value_column[] = {
  {"system", REUSE__STRING},    {"file", REUSE__STRING},     {"line", REUSE__INTEGER},
  {"source_system", REUSE__STRING}, {"network", REUSE__STRING}, {"layer", REUSE__STRING},
  {"metric", REUSE__STRING},    {"variant", REUSE__STRING},  {"unit", REUSE__STRING},
  {"published", REUSE__STRING}, {"modelled", REUSE__DOUBLE}, {"error", REUSE__DOUBLE},
  {"tolerance", REUSE__STRING}, {"tag", REUSE__STRING},      {"fitted", REUSE__BOOL},
  {"verdict", REUSE__STRING},   {"decides", REUSE__BOOL},    {"formula", REUSE__STRING},
  {"reason", REUSE__STRING},    {"used_by", REUSE__STRING},  {"source", REUSE__STRING}
};

static bool compared(const struct reuse__comparison *c) {
  return c->verdict == REUSE__WITHIN || c->verdict == REUSE__OUTSIDE;
}

static void put_comparison(const struct reuse__comparison *c, struct reuse__table *table) {
  const struct reuse__figure *f = c->figure;
  const struct reuse__entry *e = c->entry;
  reuse__table_row(table);
  reuse__put_string(table, c->system);
  reuse__put_string(table, f->file);
  reuse__put_integer(table, f->line);
  reuse__put_string(table, f->system);
  reuse__put_string(table, f->network);
  reuse__put_string(table, f->layer);
  reuse__put_string(table, f->metric);
  reuse__put_string(table, e ? e->variant : NULL);
  reuse__put_string(table, f->unit);
  reuse__put_string(table, f->text);
  reuse__put_number(table, compared(c) ? c->modelled : NAN);
  reuse__put_number(table, compared(c) ? c->error : NAN);
  reuse__put_string(table, e ? e->tolerance.text : NULL);
  reuse__put_string(table, f->tag);
  reuse__put_bool(table, e && e->fitted);
  reuse__put_string(table, reuse__verdict_name[c->verdict]);
  reuse__put_bool(table, c->decides);
  reuse__put_string(table, e && e->formula ? e->formula->text : NULL);
  reuse__put_string(table, e ? e->reason : NULL);
  reuse__put_string(table, e ? e->used_by : NULL);
  reuse__put_string(table, f->source);
}

static int print_values(struct session *session, const struct settings *settings,
                        const struct reuse__validation *v) {
  struct reuse__table *table =
    reuse__table_new(session->arena, value_column, LENGTH(value_column));
  if (!table)
    return memory_error(session);
  for (int i = 0; i < v->n; i++)
    put_comparison(&v->comparison[i], table);
  return table->failed ? memory_error(session)
                       : print_table(session, table, settings->format);
}

/* ---- text, LaTeX ----------------------------------------------------------------- */

static const struct reuse__grid_column page_column[] = {
  {{"", "network"}, true, 6, 0},    {{"", "layer"}, true, 5, 0},
  {{"", "figure"}, true, 12, 0},    {{"", "published"}, false, 0, 0},
  {{"", "unit"}, true, 4, 2},       {{"", "modelled"}, false, 0, 0},
  {{"", "error %"}, false, 0, 0},   {{"", "tolerance"}, false, 0, 0},
  {{"", "tag"}, true, 0, 1},        {{"", "verdict"}, true, 0, 0},
  {{"", "why"}, false, 0, 0}
};

static const struct reuse__grid_column foot_column[] = {
  {{"", "system"}, true, 8, 0},      {{"", "compared"}, false, 0, 0},
  {{"", "within"}, false, 0, 0},     {{"recalled,", "outside"}, false, 0, 1},
  {{"median", "error %"}, false, 0, 0}, {{"mean", "error %"}, false, 0, 0},
  {{"worst", "error %"}, false, 0, 0},  {{"", "worst figure"}, true, 10, 4},
  {{"not", "modelled"}, false, 0, 2},   {{"para-", "meters"}, false, 0, 3}
};

/* The page's columns on paper, where what a figure is of stands in one. */
static const struct reuse__grid_column paper_column[] = {
  {{"", "of"}, true, 0, 0},         {{"", "layer"}, true, 0, REUSE__EXTRA},
  {{"", "figure"}, true, 0, 0},     {{"", "published"}, false, 0, 0},
  {{"", "unit"}, true, 0, 0},       {{"", "modelled"}, false, 0, 0},
  {{"error", "%"}, false, 0, 0},    {{"toler-", "ance"}, true, 0, 0},
  {{"", "tag"}, true, 0, 0},        {{"", "in"}, true, 0, 0},
  {{"", "why"}, false, 0, 0}
};

static void put_line(const struct sheet *sheet, const char *text, int indent) {
  if (sheet->style.latex) {
    reuse__latex_line(sheet->style.latex, text ? text : "", stdout);
    return;
  }
  reuse__write_wrapped(text ? text : "", indent, &sheet->style, sheet->session->arena,
                       stdout);
}

/* The number of REASON among those of the sheet. */
static int number_of(struct sheet *sheet, const char *reason) {
  int i = reuse__index_of(reason, sheet->reason, sheet->nreasons);
  if (i < 0) {
    i = sheet->nreasons;
    sheet->reason[sheet->nreasons++] = reason;
  }
  return i + 1;
}

/* "metric", with what distinguishes the comparison and whether it was fitted. */
static const char *figure_text(const struct sheet *sheet,
                               const struct reuse__comparison *c) {
  const struct reuse__entry *e = c->entry;
  char *text = reuse__printf(sheet->session->arena, "%s%s%s%s", c->figure->metric,
                             e->variant ? ", " : "", e->variant ? e->variant : "",
                             e->fitted ? " (fitted)" : "");
  for (char *blank = text; sheet->style.latex && blank; blank = strchr(blank, '_'))
    if (*blank == '_')
      *blank = ' ';
  return text;
}

/* "network layer", without what a figure is not of. */
static const char *whole_of(const struct sheet *sheet, const struct reuse__figure *f) {
  const bool net = strcmp(f->network, "-") != 0, layer = strcmp(f->layer, "-") != 0;
  return reuse__printf(sheet->session->arena, "%s%s%s", net ? f->network : "",
                       net && layer ? " " : "", layer ? f->layer : "");
}

static void put_error(struct reuse__grid *grid, const struct reuse__comparison *c) {
  if (!reuse__has_error(c))
    reuse__grid_cell(grid, "-");
  else if (fabs(c->error) < 1e-9)
    reuse__grid_cell(grid, "0");
  else
    reuse__grid_format(grid, grid->style.latex ? "%.2f" : "%+.2f", 100 * c->error);
}

/* Whether the figure is within its tolerance, in a word. */
static const char *verdict_of(const struct sheet *sheet, const struct reuse__comparison *c) {
  const bool within = c->verdict == REUSE__WITHIN;
  if (sheet->style.latex)
    return within ? "yes" : c->decides ? "no" : "(no)";
  return within ? "within" : c->decides ? "OUTSIDE" : "outside, recalled";
}

static void put_row(struct sheet *sheet, struct reuse__grid *grid,
                    const struct reuse__comparison *c) {
  const struct reuse__figure *f = c->figure;
  const char *figure = figure_text(sheet, c);
  const char *whole = sheet->style.latex ? whole_of(sheet, f) : f->network;
  reuse__grid_row(grid);
  reuse__grid_cell(grid, whole ? whole : f->network);
  reuse__grid_cell(grid, f->layer);
  reuse__grid_cell(grid, figure ? figure : f->metric);
  reuse__grid_cell(grid, f->text);
  reuse__grid_cell(grid, f->unit);
  reuse__grid_format(grid, sheet->style.latex ? "%.5g" : "%.6g", c->modelled);
  put_error(grid, c);
  reuse__grid_cell(grid, c->entry->tolerance.text);
  reuse__grid_cell(grid, f->tag);
  reuse__grid_cell(grid, verdict_of(sheet, c));
  reuse__grid_format(grid, "%d", number_of(sheet, c->entry->reason));
}

/* The table of the comparisons of SYSTEM, then why its tolerances are as they are. */
static enum reuse_status write_comparisons(struct sheet *sheet, const char *system) {
  const struct reuse__validation *v = sheet->validation;
  struct reuse__grid grid;
  int n = 0;
  sheet->nreasons = 0;
  reuse__grid_init(&grid, sheet->style.latex ? paper_column : page_column,
                   LENGTH(page_column), &sheet->style, sheet->session->arena);
  if (sheet->style.latex)
    sheet->style.latex->title =
      reuse__printf(sheet->session->arena, "%s, modelled against published", system);
  for (int i = 0; i < v->n; i++)
    if (compared(&v->comparison[i]) && strcmp(v->comparison[i].system, system) == 0) {
      put_row(sheet, &grid, &v->comparison[i]);
      n++;
    }
  const enum reuse_status status = n > 0 ? reuse__grid_write(&grid, stdout) : REUSE_OK;
  for (int i = 0; i < sheet->nreasons; i++)
    put_line(sheet, reuse__printf(sheet->session->arena, "  %d: %s", i + 1,
                                  sheet->reason[i]), 5);
  return status;
}

/* What C is filed under when it was not compared. */
static const char *heading_of(const struct sheet *sheet,
                              const struct reuse__comparison *c) {
  struct reuse_arena *arena = sheet->session->arena;
  if (c->verdict == REUSE__PARAMETER)
    return reuse__printf(arena, "Parameters (%s)", c->entry->used_by);
  if (c->verdict == REUSE__UNASSIGNED)
    return "In no entry of the plan";
  return reuse__printf(arena, "Not modelled: %s", c->entry->reason);
}

/* "metric VALUE UNIT [network layer]" */
static const char *listed(const struct sheet *sheet, const struct reuse__figure *f) {
  const bool net = strcmp(f->network, "-") != 0, layer = strcmp(f->layer, "-") != 0;
  const bool unit = strcmp(f->unit, "-") != 0;
  return reuse__printf(sheet->session->arena, "%s %s%s%s%s%s%s%s%s", f->metric, f->text,
                       unit ? " " : "", unit ? f->unit : "", net || layer ? " [" : "",
                       net ? f->network : "", net && layer ? " " : "",
                       layer ? f->layer : "", net || layer ? "]" : "");
}

/* Whether C and OTHER are filed under the same heading. */
static bool filed_together(const struct reuse__comparison *c,
                           const struct reuse__comparison *other) {
  if (c->verdict != other->verdict || strcmp(c->system, other->system) != 0)
    return false;
  if (c->verdict == REUSE__PARAMETER)
    return strcmp(c->entry->used_by, other->entry->used_by) == 0;
  return c->verdict == REUSE__UNASSIGNED ||
         (c->verdict == REUSE__NOT_MODELLED &&
          strcmp(c->entry->reason, other->entry->reason) == 0);
}

/* Writes comparison I, which was not compared, with all that are filed with it. */
static void write_heading(const struct sheet *sheet, int i) {
  const struct reuse__validation *v = sheet->validation;
  const char *text = heading_of(sheet, &v->comparison[i]), *between = ":";
  for (int j = i; text && j < v->n; j++) {
    if (!filed_together(&v->comparison[i], &v->comparison[j]))
      continue;
    const char *item = listed(sheet, v->comparison[j].figure);
    text = reuse__printf(sheet->session->arena, "%s%s %s", text, between, item ? item : "");
    between = ";";
  }
  put_line(sheet, text, 2);
}

/* The figures of SYSTEM that were not compared, those of one heading together. */
static void write_others(const struct sheet *sheet, const char *system) {
  const struct reuse__validation *v = sheet->validation;
  for (int i = 0; i < v->n; i++) {
    const struct reuse__comparison *c = &v->comparison[i];
    bool first = !compared(c) && strcmp(c->system, system) == 0;
    for (int j = 0; first && j < i; j++)
      first = !filed_together(c, &v->comparison[j]);
    if (first)
      write_heading(sheet, i);
  }
}

static void write_remarks(const struct sheet *sheet, const char *system) {
  const struct reuse__plan *plan = &sheet->validation->plan;
  for (int i = 0; i < plan->nremarks; i++)
    if (strcmp(plan->remark[i].system, system) == 0)
      put_line(sheet, plan->remark[i].text, 2);
}

static void put_percent(struct reuse__grid *grid, const char *format, double share,
                        int errors) {
  char text[40];
  snprintf(text, sizeof text, format, 100 * share);
  reuse__grid_cell(grid, errors ? text : "-");
}

static enum reuse_status put_summary(const struct sheet *sheet, struct reuse__grid *grid,
                                     const char *system) {
  struct reuse__error_summary s;
  const enum reuse_status status = reuse__error_summary(
    sheet->validation, system, sheet->session->arena, &s);
  if (status != REUSE_OK || s.compared == 0)
    return status;
  reuse__grid_row(grid);
  reuse__grid_cell(grid, system ? system : "all");
  reuse__grid_format(grid, "%d", s.compared);
  reuse__grid_format(grid, "%d", s.within);
  reuse__grid_format(grid, "%d", s.recalled_outside);
  put_percent(grid, "%.2f", s.median, s.errors);
  put_percent(grid, "%.2f", s.mean, s.errors);
  put_percent(grid, grid->style.latex ? "%.2f" : "%+.2f", s.worst, s.errors);
  reuse__grid_format(grid, "%s %s %s", s.worst_at ? s.worst_at->figure->network : "",
                     s.worst_at ? s.worst_at->figure->layer : "",
                     s.worst_at ? s.worst_at->figure->metric : "-");
  reuse__grid_format(grid, "%d", s.not_modelled);
  reuse__grid_format(grid, "%d", s.parameters);
  return REUSE_OK;
}

static enum reuse_status write_foot(const struct sheet *sheet) {
  const struct reuse__validation *v = sheet->validation;
  struct reuse__grid grid;
  struct reuse__error_summary all;
  if (sheet->style.latex)
    sheet->style.latex->title = "Modelled against published, by system";
  reuse__grid_init(&grid, foot_column, LENGTH(foot_column), &sheet->style,
                   sheet->session->arena);
  enum reuse_status status = REUSE_OK;
  for (int i = 0; status == REUSE_OK && i < v->nsystems; i++)
    status = put_summary(sheet, &grid, v->system[i]);
  reuse__grid_rule(&grid);
  if (status == REUSE_OK)
    status = put_summary(sheet, &grid, NULL);
  if (status == REUSE_OK)
    status = reuse__grid_write(&grid, stdout);
  if (status == REUSE_OK)
    status = reuse__error_summary(v, NULL, sheet->session->arena, &all);
  if (status != REUSE_OK)
    return status;
  putchar('\n');
  put_line(sheet, reuse__printf(sheet->session->arena,
                                "%d figures: %d comparisons, %d parameters of files, %d not "
                                "modelled; %d outside their tolerance, %d of them recalled "
                                "and not decisive",
                                v->figures.n, all.compared, all.parameters, all.not_modelled,
                                all.compared - all.within, all.recalled_outside), 2);
  return status;
}

/* Sets the style of the sheet; for LaTeX the inputs are the plan and the figures. */
static int begin_sheet(struct sheet *sheet, const struct settings *settings) {
  struct session *session = sheet->session;
  const struct reuse__plan *plan = &sheet->validation->plan;
  const char **path = reuse__alloc_array(session->arena, (size_t)plan->npublished + 1,
                                         sizeof *path);
  if (!path)
    return memory_error(session);
  path[0] = reuse__printf(session->arena, "%s/data/validation.yaml", session->home);
  for (int i = 0; i < plan->npublished; i++)
    path[i + 1] = reuse__printf(session->arena, "%s/data/published/%s.csv", session->home,
                                plan->published[i]);
  return begin_text_of_files(session, settings, path, plan->npublished + 1, &sheet->style);
}

static int print_text(struct session *session, const struct settings *settings,
                      const struct reuse__validation *v) {
  struct sheet sheet = {.session = session, .validation = v};
  enum reuse_status status = REUSE_OK;
  const int code = begin_sheet(&sheet, settings);
  if (code != EXIT_OK)
    return code;
  sheet.reason = reuse__alloc_array(session->arena, (size_t)v->n + 1, sizeof *sheet.reason);
  if (!sheet.reason)
    return memory_error(session);
  for (int i = 0; status == REUSE_OK && i < v->nsystems; i++) {
    if (sheet.style.latex)
      printf("\\subsection*{%s}\n", v->system[i]);
    else
      puts(v->system[i]);
    status = write_comparisons(&sheet, v->system[i]);
    write_others(&sheet, v->system[i]);
    write_remarks(&sheet, v->system[i]);
    putchar('\n');
  }
  if (status == REUSE_OK)
    status = write_foot(&sheet);
  return status == REUSE_OK ? check_stdout(session)
                            : exit_of_output(session, status, NULL);
}

/* ---- the command ------------------------------------------------------------------ */

/* Reports that SYSTEM selects no figure. */
static int unknown_system(struct session *session, const struct reuse__validation *v,
                          const char *system) {
  const char **names = reuse__alloc_array(session->arena, (size_t)v->plan.nsystems + 1,
                                          sizeof *names);
  char hint[300];
  if (!names)
    return memory_error(session);
  for (int i = 0; i < v->plan.nsystems; i++)
    names[i] = v->plan.system[i].name;
  return usage_error(session,
                     reuse__suggestion(system, "the systems are", names, v->plan.nsystems,
                                       hint, sizeof hint),
                     "there are no published figures of '%s'", system);
}

static const char *const plot_name[] = {"validation"};

static enum reuse_status draw(int kind, const void *of, const char *path,
                              const struct reuse__plot_options *options,
                              struct reuse_arena *arena, struct reuse_diag *diag) {
  (void)kind;
  return reuse__plot_validation(of, path, options, arena, diag);
}

static const struct plots plots = {plot_name, 1, draw};

int run_validate(struct session *session, const struct settings *settings) {
  struct reuse__validation v;
  int code = check_plots(session, settings, &plots);
  if (code != EXIT_OK)
    return code;
  if (settings->operands.n > 1)
    return usage_error(session, "see reusemodel validate --help",
                       "validate takes one system at most");
  const char *system = settings->operands.n ? settings->operands.word[0] : NULL;
  const enum reuse_status status =
    reuse__validate(session->home, system, thread_count(settings->jobs), session->arena, &v,
                    &session->diag);
  if (status == REUSE_ERR_INPUT && system && session->diag.errors == 0)
    return unknown_system(session, &v, system);
  if (status != REUSE_OK)
    return exit_of_input(session, status, "data/validation.yaml");
  code = draw_plots(session, settings, &plots, &v);
  if (code == EXIT_OK)
    code = is_text(settings) ? print_text(session, settings, &v)
                             : print_values(session, settings, &v);
  return code == EXIT_OK && v.deciding > 0 ? EXIT_CHECK : code;
}
