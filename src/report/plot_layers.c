/* Plots of a run's layers as bars: energy, utilization, accesses.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "compare/depthwise.h"
#include "report/bars.h"
#include "report/format.h"
#include "report/text.h"

enum { NAME_LENGTH = 16, NAMES_PT = 7, PLOT_PT = 442 };

/* Reports that nothing can be drawn. */
static enum reuse_status nothing(const struct reuse__run *run, const char *path,
                                 struct reuse_diag *diag) {
  reuse__report(diag, REUSE_ERROR, NULL, NULL,
                "nothing to draw in '%s': no layer of %s was mapped on %s", path,
                run->network->name, run->arch->name);
  return REUSE_ERR_INPUT;
}

static void put_title(FILE *script, const struct reuse__run *run, const char *what,
                      struct reuse_arena *arena) {
  const char *title = reuse__printf(arena, "%s on %s: %s", run->network->name,
                                    run->arch->name, what);
  reuse__script_text(script, "TITLE", title != NULL ? title : "");
}

/* The variables of a stack plot but TITLE, YLABEL and YMAX; gives the number of
 * bars, -1: no memory. */
static int put_names(FILE *script, const struct reuse__run *run, const char *const *key,
                     int series, struct reuse_arena *arena) {
  const char **name = reuse__alloc_array(arena, (size_t)run->nrows + 1, sizeof *name);
  int n = 0;
  if (name == NULL)
    return -1;
  for (int i = 0; i < run->nrows; i++)
    if (run->row[i].modelled)
      name[n++] = run->row[i].layer.name;
  reuse__script_number(script, "N", n);
  reuse__script_number(script, "SERIES", series);
  reuse__script_number(script, "STEP", reuse__name_step(n, PLOT_PT, NAMES_PT));
  reuse__script_array(script, "KEY", key, series, NAME_LENGTH);
  reuse__script_number(script, "LONGEST",
                       reuse__script_array(script, "NAME", name, n, NAME_LENGTH));
  return n;
}

static void put_row(FILE *script, const double *value, int n) {
  for (int i = 0; i < n; i++) {
    if (i > 0)
      putc(' ', script);
    reuse__script_value(script, value[i]);
  }
  putc('\n', script);
}

enum reuse_status reuse__plot_energy(const struct reuse__run *run, const char *path,
                                     const struct reuse__plot_options *options,
                                     struct reuse_arena *arena, struct reuse_diag *diag) {
  struct reuse__script script;
  double largest = 0.0, part[REUSE__PARTS];
  for (int i = 0; i < run->nrows; i++)
    if (run->row[i].modelled)
      largest = fmax(largest, run->row[i].cost.energy_pj);
  const struct reuse__energy_unit unit = reuse__energy_unit(largest, true);
  if (!(largest > 0.0))
    return nothing(run, path, diag);
  const char *label = reuse__printf(arena, "energy (%s)", unit.name);
  if (label == NULL || !reuse__script_begin(&script))
    return REUSE_ERR_MEMORY;
  put_title(script.stream, run, "energy of the layers", arena);
  reuse__script_text(script.stream, "YLABEL", label);
  reuse__script_number(script.stream, "YMAX", 1.05 * largest / unit.pj);
  put_names(script.stream, run, reuse__part_name, REUSE__PARTS, arena);
  fputs("$data << EOD\n", script.stream);
  for (int i = 0; i < run->nrows; i++) {
    if (!run->row[i].modelled)
      continue;
    reuse__parts(run, &run->row[i], part);
    for (int p = 0; p < REUSE__PARTS; p++)
      part[p] /= unit.pj;
    put_row(script.stream, part, REUSE__PARTS);
  }
  fputs("EOD\n", script.stream);
  return reuse__script_draw(&script, path, "stack.gp", options, arena, diag);
}

enum reuse_status reuse__plot_utilization(const struct reuse__run *run, const char *path,
                                          const struct reuse__plot_options *options,
                                          struct reuse_arena *arena,
                                          struct reuse_diag *diag) {
  static const char *const key[] = {"used", "unmapped", "edges", "fill", "stall"};
  enum { SERIES = sizeof key / sizeof key[0] };
  struct reuse__script script;
  if (!reuse__script_begin(&script))
    return REUSE_ERR_MEMORY;
  put_title(script.stream, run, "where the peak of the layers goes", arena);
  reuse__script_text(script.stream, "YLABEL", "share of the peak (%)");
  reuse__script_number(script.stream, "YMAX", 100);
  const int n = put_names(script.stream, run, key, SERIES, arena);
  fputs("$data << EOD\n", script.stream);
  for (int i = 0; i < run->nrows; i++) {
    struct reuse__peak peak;
    if (!run->row[i].modelled)
      continue;
    reuse__row_peak(run, &run->row[i], &peak);
    const double share[SERIES] = {100 * peak.useful, 100 * peak.mapping, 100 * peak.edges,
                                  100 * peak.fill, 100 * reuse__stalls(&peak)};
    put_row(script.stream, share, SERIES);
  }
  fputs("EOD\n", script.stream);
  if (n <= 0) {
    fclose(script.stream);
    free(script.text);
    return n < 0 ? REUSE_ERR_MEMORY : nothing(run, path, diag);
  }
  return reuse__script_draw(&script, path, "stack.gp", options, arena, diag);
}

/* Bytes at the levels of a run, by the levels' names. */
struct traffic {
  int n;
  const char *name[2 * REUSE_MAX_LEVELS];
  double bytes[2 * REUSE_MAX_LEVELS][REUSE_TENSORS];
};

static void add_traffic(struct traffic *all, const char *name,
                        const struct reuse_level_cost *cost) {
  int i = 0;
  while (i < all->n && strcmp(all->name[i], name) != 0)
    i++;
  if (i == 2 * REUSE_MAX_LEVELS)
    return;
  if (i == all->n)
    all->name[all->n++] = name;
  for (int t = 0; t < REUSE_TENSORS; t++)
    all->bytes[i][t] += cost->read_bytes[t] + cost->write_bytes[t];
}

static void put_traffic(FILE *script, const struct traffic *all) {
  double most = 0.0, least = INFINITY;
  for (int i = 0; i < all->n; i++)
    for (int t = 0; t < REUSE_TENSORS; t++)
      if (all->bytes[i][t] > 0.0) {
        most = fmax(most, all->bytes[i][t]);
        least = fmin(least, all->bytes[i][t]);
      }
  reuse__script_number(script, "N", all->n);
  reuse__script_number(script, "YMIN", pow(10.0, floor(log10(least) - 0.3)));
  reuse__script_number(script, "YMAX", pow(10.0, ceil(log10(most))));
  reuse__script_array(script, "NAME", all->name, all->n, NAME_LENGTH);
  fputs("$data << EOD\n", script);
  for (int i = 0; i < all->n; i++) {
    double row[REUSE_TENSORS];
    for (int t = 0; t < REUSE_TENSORS; t++)
      row[t] = all->bytes[i][t] > 0.0 ? all->bytes[i][t] : NAN;
    put_row(script, row, REUSE_TENSORS);
  }
  fputs("EOD\n", script);
}

enum reuse_status reuse__plot_accesses(const struct reuse__run *run, const char *path,
                                       const struct reuse__plot_options *options,
                                       struct reuse_arena *arena,
                                       struct reuse_diag *diag) {
  struct traffic all = {0};
  struct reuse__script script;
  double sum = 0.0;
  for (int i = 0; i < run->nrows; i++) {
    const struct reuse__row *row = &run->row[i];
    for (int l = 0; row->modelled && l < row->cost.nlevels; l++)
      add_traffic(&all, reuse__row_engine(run, row)->level[l].name, &row->cost.level[l]);
  }
  for (int i = 0; i < all.n; i++)
    for (int t = 0; t < REUSE_TENSORS; t++)
      sum += all.bytes[i][t];
  if (!(sum > 0.0))
    return nothing(run, path, diag);
  if (!reuse__script_begin(&script))
    return REUSE_ERR_MEMORY;
  put_title(script.stream, run, "accesses", arena);
  put_traffic(script.stream, &all);
  return reuse__script_draw(&script, path, "accesses.gp", options, arena, diag);
}
