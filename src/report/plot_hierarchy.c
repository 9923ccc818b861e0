/* A figure of a roofline for every memory, by operand, and of bounds.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "report/figure_layers.h"
#include "report/format.h"
#include "report/roofline.h"

/* The series: all operands together, then one by one. */
enum { ALL, SERIES = 1 + REUSE_TENSORS };

/* Gop/s of ROW. */
static double gops(const struct reuse__row *row, double time_s) {
  return time_s > 0.0 && row->layer.macs > 0 ? 2e-9 * (double)row->layer.macs / time_s
                                             : NAN;
}

/* The range of the N values at VALUE, widened by 1.5; 1 to 10 without any. */
static void find_range(const double *value, int n, double *low, double *high) {
  *low = INFINITY;
  *high = 0.0;
  for (int i = 0; i < n; i++)
    if (isfinite(value[i])) {
      *low = fmin(*low, value[i]);
      *high = fmax(*high, value[i]);
    }
  *low = isfinite(*low) ? *low / 1.5 : 1.0;
  *high = *high > 0.0 ? *high * 1.5 : 10.0;
}

/* Ceilings of the mappings of the types that stay below the peak; names that would
 * touch the one before are left out. */
static bool find_ceilings(const struct reuse__run *run, struct reuse_arena *arena,
                          struct reuse__panel *panel) {
  for (int t = 0; t < REUSE_LAYER_TYPES && panel->nceilings < REUSE__CEILINGS; t++) {
    const double own = reuse__mapping_ceiling(run, t);
    const int n = panel->nceilings;
    char number[REUSE__NUMBER];
    const double apart = 0.11 * log(panel->ymax / panel->ymin);
    bool room = own > 0.0 && log(panel->peak / own) > apart;
    if (own <= 0.0 || own > 0.95 * panel->peak)
      continue;
    for (int i = 0; i < n; i++)
      room = room && fabs(log(own / panel->ceiling[i])) > apart;
    panel->ceiling[n] = own;
    panel->ceiling_name[n] =
        room ? reuse__printf(arena, "%s %s", reuse__type_words((enum reuse_layer_type)t),
                             reuse__digits(number, own))
             : "";
    if (panel->ceiling_name[panel->nceilings++] == NULL)
      return false;
  }
  return true;
}

/* A panel with room for its points, N rows of the series. */
static bool make_panel(int n, struct reuse_arena *arena, struct reuse__panel *panel,
                       double **x, double **y) {
  const size_t room = (size_t)(n * SERIES);
  *x = reuse__alloc_array(arena, room + 1, sizeof **x);
  *y = reuse__alloc_array(arena, room + 1, sizeof **y);
  for (size_t i = 0; *x != NULL && *y != NULL && i < room; i++)
    (*x)[i] = (*y)[i] = NAN;
  panel->across = *x;
  panel->value = *y;
  panel->log = true;
  panel->slope = NAN;
  return *x != NULL && *y != NULL;
}

/* Bytes of the level NAME of NAMES that ROW moves, by tensor. */
static void level_bytes(const struct reuse__run *run, const struct reuse__row *row,
                        const struct reuse__level_names *names, int level,
                        double bytes[REUSE_TENSORS]) {
  const struct reuse_engine *engine = reuse__row_engine(run, row);
  memset(bytes, 0, REUSE_TENSORS * sizeof *bytes);
  for (int l = 0; l < row->cost.nlevels; l++)
    if (reuse__level_index(names, engine->level[l].name) == level)
      for (int t = 0; t < REUSE_TENSORS; t++)
        bytes[t] += row->cost.level[l].read_bytes[t] + row->cost.level[l].write_bytes[t];
}

/* Bytes per second of the level called NAME of the main engine, reads and writes
 * together; 0 if they are not stated together: then no line bounds their sum. */
static double bandwidth_of(const struct reuse_arch *arch, const char *name) {
  const struct reuse_engine *engine = reuse__main_engine(arch);
  for (int l = 0; l < engine->nlevels; l++)
    if (strcmp(engine->level[l].name, name) == 0)
      return engine->level[l].bandwidth.q.given
                 ? reuse__level_bandwidth(arch, engine, l)
                 : 0.0;
  return 0.0;
}

/* The panel of LEVEL: performance over operations per byte there. */
static bool level_panel(const struct reuse__run *run,
                        const struct reuse__level_names *names, int level, int n,
                        struct reuse_arena *arena, struct reuse__panel *panel) {
  const double bandwidth = bandwidth_of(run->arch, names->name[level]) * 1e-9;
  double *x, *y, bytes[REUSE_TENSORS];
  char number[REUSE__NUMBER];
  int at = 0;
  if (!make_panel(n, arena, panel, &x, &y))
    return false;
  for (int i = 0; i < run->nrows; i++) {
    const struct reuse__row *row = &run->row[i];
    const double ops = 2.0 * (double)row->layer.macs;
    double sum = 0.0;
    if (!row->modelled)
      continue;
    level_bytes(run, row, names, level, bytes);
    for (int t = 0; t < REUSE_TENSORS; t++) {
      sum += bytes[t];
      if (bytes[t] > 0.0 && ops > 0.0) {
        x[at + 1 + t] = ops / bytes[t];
        y[at + 1 + t] = gops(row, row->cost.time_s);
      }
    }
    if (sum > 0.0 && ops > 0.0) {
      x[at + ALL] = ops / sum;
      y[at + ALL] = gops(row, row->cost.time_s);
    }
    at += SERIES;
  }
  find_range(x, n * SERIES, &panel->xmin, &panel->xmax);
  panel->slope = bandwidth > 0.0 ? bandwidth : NAN;
  panel->xlabel = "ops per byte";
  panel->title = bandwidth > 0.0 ? reuse__printf(arena, "%s, %s GB/s", names->name[level],
                                                 reuse__plain(number, bandwidth))
                                 : names->name[level];
  return panel->title != NULL;
}

/* The panel of bounds: performance over what compute and every memory allow. */
static bool bound_panel(const struct reuse__run *run, int n, struct reuse_arena *arena,
                        struct reuse__panel *panel) {
  double *x, *y;
  int at = 0;
  if (!make_panel(n, arena, panel, &x, &y))
    return false;
  for (int i = 0; i < run->nrows; i++) {
    const struct reuse__row *row = &run->row[i];
    double cycles = row->cost.compute_cycles;
    if (!row->modelled)
      continue;
    for (int l = 0; l < row->cost.nlevels; l++)
      cycles = fmax(cycles, row->cost.level[l].cycles);
    x[at + ALL] = gops(row, cycles / run->arch->clock_hz.value);
    y[at + ALL] = gops(row, row->cost.time_s);
    at += SERIES;
  }
  find_range(x, n * SERIES, &panel->xmin, &panel->xmax);
  panel->slope = 1.0;
  panel->xlabel = "bound (Gop/s)";
  panel->title = "estimate against bound";
  return true;
}

/* The y axis that all panels share, with the peak inside, and the ceilings of all but
 * the last. */
static bool share_axis(const struct reuse__run *run, struct reuse_arena *arena,
                       struct reuse__figure *figure) {
  const double peak =
      2e-9 * reuse__peak_macs_per_s(run->arch, reuse__main_engine(run->arch));
  double low, high;
  find_range(figure->panel[0].value, figure->n * SERIES, &low, &high);
  for (int p = 0; p < figure->npanels; p++) {
    struct reuse__panel *panel = &figure->panel[p];
    panel->peak = peak;
    panel->ylabel = "Gop/s";
    panel->ymin = low;
    panel->ymax = fmax(high, 1.8 * peak);
    if (isfinite(panel->slope))
      panel->xmax = fmax(panel->xmax, 2.0 * peak / panel->slope);
    if (p < figure->npanels - 1 && !find_ceilings(run, arena, panel))
      return false;
  }
  return true;
}

enum reuse_status reuse__plot_hierarchy(const struct reuse__run *run, const char *path,
                                        const struct reuse__plot_options *options,
                                        struct reuse_arena *arena,
                                        struct reuse_diag *diag) {
  static const char *const key[SERIES] = {"all operands", "input", "filter", "output"};
  struct reuse__level_names names;
  struct reuse__figure figure;
  enum reuse_status status = reuse__layers_figure(
      run, "rooflines of the memories, by operand", path, arena, &figure, diag);
  if (status != REUSE_OK)
    return status;
  reuse__find_levels(run, REUSE__PANELS - 1, &names);
  figure.form = REUSE__SCATTER;
  figure.nseries = SERIES;
  figure.key = key;
  figure.npanels = names.n + 1;
  for (int p = 0; p < names.n; p++)
    if (!level_panel(run, &names, p, figure.n, arena, &figure.panel[p]))
      return REUSE_ERR_MEMORY;
  if (!bound_panel(run, figure.n, arena, &figure.panel[names.n]) ||
      !share_axis(run, arena, &figure))
    return REUSE_ERR_MEMORY;
  return reuse__figure_draw(&figure, path, options, arena, diag);
}
