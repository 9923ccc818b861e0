/* Figures of a run's layers: energy, utilization, accesses.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "compare/depthwise.h"
#include "report/figure.h"
#include "report/figure_layers.h"
#include "report/format.h"
#include "report/text.h"

/* What fills VALUE, of all series, from a row. */
typedef void row_values(const struct reuse__run *run, const struct reuse__row *row,
                        const void *context, double *value);

/* The values of FILL of the modelled rows, divided by UNIT; NULL: no memory. */
static double *values_of(const struct reuse__run *run, int nseries, row_values *fill,
                         const void *context, double unit, struct reuse_arena *arena) {
  double *all =
      reuse__alloc_array(arena, (size_t)(run->nrows * nseries) + 1, sizeof *all);
  double *value = all;
  for (int i = 0; all != NULL && i < run->nrows; i++) {
    if (!run->row[i].modelled)
      continue;
    fill(run, &run->row[i], context, value);
    for (int s = 0; s < nseries; s++)
      value[s] /= unit;
    value += nseries;
  }
  return all;
}

/* The largest sum of the series of a category. */
static double tallest(const double *value, int n, int nseries) {
  double most = 0.0;
  for (int i = 0; i < n; i++) {
    double sum = 0.0;
    for (int s = 0; s < nseries; s++)
      sum += value[i * nseries + s];
    most = fmax(most, sum);
  }
  return most;
}

/* A stack of energies of the series at KEY, in a unit that fits. */
static enum reuse_status draw_energy(const struct reuse__run *run, const char *what,
                                     const char *const *key, int nseries,
                                     row_values *fill, const void *context,
                                     const char *path,
                                     const struct reuse__plot_options *options,
                                     struct reuse_arena *arena, struct reuse_diag *diag) {
  struct reuse__figure figure;
  double largest = 0.0;
  enum reuse_status status = reuse__layers_figure(run, what, path, arena, &figure, diag);
  for (int i = 0; i < run->nrows; i++)
    if (run->row[i].modelled)
      largest = fmax(largest, run->row[i].cost.energy_pj);
  if (status == REUSE_OK && !(largest > 0.0))
    status = reuse__nothing_to_draw(run, path, diag);
  if (status != REUSE_OK)
    return status;
  const struct reuse__energy_unit unit = reuse__energy_unit(largest, true);
  figure.form = REUSE__STACKS;
  figure.nseries = nseries;
  figure.key = key;
  figure.panel[0].ylabel = reuse__printf(arena, "energy (%s)", unit.name);
  figure.panel[0].value = values_of(run, nseries, fill, context, unit.pj, arena);
  figure.panel[0].ymax = 1.05 * largest / unit.pj;
  if (figure.panel[0].ylabel == NULL || figure.panel[0].value == NULL)
    return REUSE_ERR_MEMORY;
  return reuse__figure_draw(&figure, path, options, arena, diag);
}

static void fill_parts(const struct reuse__run *run, const struct reuse__row *row,
                       const void *context, double *value) {
  (void)context;
  reuse__parts(run, row, value);
}

enum reuse_status reuse__plot_energy(const struct reuse__run *run, const char *path,
                                     const struct reuse__plot_options *options,
                                     struct reuse_arena *arena, struct reuse_diag *diag) {
  return draw_energy(run, "energy of the layers", reuse__part_name, REUSE__PARTS,
                     fill_parts, NULL, path, options, arena, diag);
}

static void fill_operands(const struct reuse__run *run, const struct reuse__row *row,
                          const void *context, double *value) {
  (void)run, (void)context;
  for (int t = 0; t < REUSE_TENSORS; t++) {
    value[t] = 0.0;
    for (int l = 0; l < row->cost.nlevels; l++)
      value[t] += row->cost.level[l].energy_pj[t] + row->cost.level[l].hop_energy_pj[t];
  }
  value[REUSE_TENSORS] = row->cost.mac_energy_pj;
  value[REUSE_TENSORS + 1] = row->cost.static_energy_pj;
}

enum reuse_status reuse__plot_energy_operand(const struct reuse__run *run,
                                             const char *path,
                                             const struct reuse__plot_options *options,
                                             struct reuse_arena *arena,
                                             struct reuse_diag *diag) {
  static const char *const key[] = {"input", "filter", "output", "MACs", "static"};
  return draw_energy(run, "energy of the layers by operand", key,
                     sizeof key / sizeof key[0], fill_operands, NULL, path, options, arena,
                     diag);
}

static void fill_levels(const struct reuse__run *run, const struct reuse__row *row,
                        const void *context, double *value) {
  const struct reuse__level_names *names = context;
  const struct reuse_engine *engine = reuse__row_engine(run, row);
  for (int s = 0; s < names->n + 3; s++)
    value[s] = 0.0;
  for (int l = 0; l < row->cost.nlevels; l++)
    for (int t = 0; t < REUSE_TENSORS; t++) {
      value[reuse__level_index(names, engine->level[l].name)] +=
          row->cost.level[l].energy_pj[t];
      value[names->n] += row->cost.level[l].hop_energy_pj[t];
    }
  value[names->n + 1] = row->cost.mac_energy_pj;
  value[names->n + 2] = row->cost.static_energy_pj;
}

enum reuse_status reuse__plot_energy_level(const struct reuse__run *run, const char *path,
                                           const struct reuse__plot_options *options,
                                           struct reuse_arena *arena,
                                           struct reuse_diag *diag) {
  struct reuse__level_names names;
  const char *key[REUSE__SERIES];
  reuse__find_levels(run, REUSE__SERIES - 3, &names);
  for (int i = 0; i < names.n; i++)
    key[i] = names.name[i];
  key[names.n] = "network";
  key[names.n + 1] = "MACs";
  key[names.n + 2] = "static";
  return draw_energy(run, "energy of the layers by level", key, names.n + 3, fill_levels,
                     &names, path, options, arena, diag);
}

static void fill_peak(const struct reuse__run *run, const struct reuse__row *row,
                      const void *context, double *value) {
  struct reuse__peak peak;
  (void)context;
  reuse__row_peak(run, row, &peak);
  value[0] = peak.useful;
  value[1] = peak.mapping;
  value[2] = peak.edges;
  value[3] = peak.fill;
  value[4] = reuse__stalls(&peak);
}

enum reuse_status reuse__plot_utilization(const struct reuse__run *run, const char *path,
                                          const struct reuse__plot_options *options,
                                          struct reuse_arena *arena,
                                          struct reuse_diag *diag) {
  static const char *const key[] = {"used", "unmapped", "edges", "fill", "stall"};
  enum { SERIES = sizeof key / sizeof key[0] };
  struct reuse__figure figure;
  const enum reuse_status status = reuse__layers_figure(
      run, "where the peak of the layers goes", path, arena, &figure, diag);
  if (status != REUSE_OK)
    return status;
  figure.form = REUSE__STACKS;
  figure.nseries = SERIES;
  figure.key = key;
  figure.panel[0].ylabel = "share of the peak (%)";
  figure.panel[0].ymax = 100.0;
  figure.panel[0].value = values_of(run, SERIES, fill_peak, NULL, 0.01, arena);
  if (figure.panel[0].value == NULL)
    return REUSE_ERR_MEMORY;
  return reuse__figure_draw(&figure, path, options, arena, diag);
}

/* The bytes of a level. */
struct level_context { const struct reuse__level_names *names; int level; };

static void fill_bytes(const struct reuse__run *run, const struct reuse__row *row,
                       const void *context, double *value) {
  const struct level_context *of = context;
  const struct reuse_engine *engine = reuse__row_engine(run, row);
  memset(value, 0, REUSE_TENSORS * sizeof *value);
  for (int l = 0; l < row->cost.nlevels; l++)
    if (reuse__level_index(of->names, engine->level[l].name) == of->level)
      for (int t = 0; t < REUSE_TENSORS; t++)
        value[t] += row->cost.level[l].read_bytes[t] + row->cost.level[l].write_bytes[t];
}

/* A unit for bytes up to LARGEST, and its size. */
static const char *byte_unit(double largest, double *size) {
  static const char *const name[] = {"bytes", "kB", "MB", "GB", "TB", "PB"};
  int i = 0;
  for (*size = 1.0; i < 5 && largest >= 2000.0 * *size; i++)
    *size *= 1000.0;
  return name[i];
}

/* The panel of level LEVEL: bytes read and written by each layer. */
static enum reuse_status bytes_panel(const struct reuse__run *run,
                                     const struct reuse__level_names *names, int level,
                                     int n, struct reuse_arena *arena,
                                     struct reuse__panel *panel) {
  const struct level_context context = {names, level};
  double *value = values_of(run, REUSE_TENSORS, fill_bytes, &context, 1.0, arena);
  double size, sum = 0.0;
  char total[REUSE__NUMBER];
  if (value == NULL)
    return REUSE_ERR_MEMORY;
  const double largest = tallest(value, n, REUSE_TENSORS);
  panel->ylabel = byte_unit(largest, &size);
  for (int i = 0; i < n * REUSE_TENSORS; i++) {
    sum += value[i];
    value[i] /= size;
  }
  panel->title = reuse__printf(arena, "%s: %sB in all", names->name[level],
                               reuse__si(total, sum));
  panel->value = value;
  panel->ymax = largest > 0.0 ? 1.08 * largest / size : 1.0;
  return panel->title != NULL ? REUSE_OK : REUSE_ERR_MEMORY;
}

enum reuse_status reuse__plot_accesses(const struct reuse__run *run, const char *path,
                                       const struct reuse__plot_options *options,
                                       struct reuse_arena *arena,
                                       struct reuse_diag *diag) {
  static const char *const key[] = {"input", "filter", "output"};
  struct reuse__level_names names;
  struct reuse__figure figure;
  enum reuse_status status = reuse__layers_figure(run, "bytes read and written", path,
                                                  arena, &figure, diag);
  reuse__find_levels(run, REUSE__PANELS, &names);
  figure.form = REUSE__STACKS;
  figure.nseries = REUSE_TENSORS;
  figure.key = key;
  figure.npanels = names.n;
  for (int p = 0; status == REUSE_OK && p < names.n; p++)
    status = bytes_panel(run, &names, p, figure.n, arena, &figure.panel[p]);
  return status == REUSE_OK ? reuse__figure_draw(&figure, path, options, arena, diag)
                            : status;
}
