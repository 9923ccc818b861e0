/* A figure of architectures side by side.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/arena.h"
#include "base/diag.h"
#include "report/compare.h"
#include "report/figure.h"
#include "report/format.h"

enum { PANELS = 3 };

static const enum reuse__metric panel_metric[PANELS] = {
    REUSE__METRIC_TIME, REUSE__METRIC_ENERGY, REUSE__METRIC_EDP};

static double ratio(const struct reuse__side_by_side *of, int group, int arch,
                    enum reuse__metric metric) {
  const double value = of->cell[group * of->input.narchs + arch].ratio[metric];
  return value > 0.0 ? value : NAN;
}

/* Whether any ratio of GROUP can be drawn. */
static bool drawable(const struct reuse__side_by_side *of, int group) {
  for (int a = 0; a < of->input.narchs; a++)
    for (int p = 0; p < PANELS; p++)
      if (isfinite(ratio(of, group, a, panel_metric[p])))
        return true;
  return false;
}

/* The name of a group: the narrowest thing that it is. */
static const char *name_of(const struct reuse__side_by_side *of,
                           const struct reuse__group *group, struct reuse_arena *arena) {
  const char *network = reuse__group_network(of, group);
  if (group->row >= 0)
    return reuse__group_layer(of, group);
  if (group->type < 0)
    return network;
  return of->input.nnets == 1 ? reuse__group_type(group)
                              : reuse__printf(arena, "%s %s", reuse__group_type(group),
                                              network);
}

/* The ratios of METRIC; the axis goes a third of a decade beyond them, so that 1 is
 * inside. */
static bool fill_panel(const struct reuse__side_by_side *of, enum reuse__metric metric,
                       int n, struct reuse_arena *arena, struct reuse__panel *panel) {
  const int narchs = of->input.narchs;
  double *value = reuse__alloc_array(arena, (size_t)(n * narchs) + 1, sizeof *value);
  double low = 1.0, high = 1.0;
  int i = 0;
  if (value == NULL)
    return false;
  for (int g = 0; g < of->ngroups; g++) {
    if (!drawable(of, g))
      continue;
    for (int a = 0; a < narchs; a++, i++) {
      value[i] = ratio(of, g, a, metric);
      if (isfinite(value[i])) {
        low = fmin(low, value[i]);
        high = fmax(high, value[i]);
      }
    }
  }
  panel->value = value;
  panel->log = true;
  panel->base = 1.0;
  panel->ymin = low / 1.5;
  panel->ymax = high * 1.5;
  return true;
}

/* The names of the drawn groups and architectures. */
static bool fill_names(const struct reuse__side_by_side *of, struct reuse_arena *arena,
                       struct reuse__figure *figure) {
  const char **name = reuse__alloc_array(arena, (size_t)of->ngroups + 1, sizeof *name);
  const char **key =
      reuse__alloc_array(arena, (size_t)of->input.narchs + 1, sizeof *key);
  if (name == NULL || key == NULL)
    return false;
  for (int g = 0; g < of->ngroups; g++) {
    if (!drawable(of, g))
      continue;
    name[figure->n] = name_of(of, &of->group[g], arena);
    if (name[figure->n++] == NULL)
      return false;
    figure->nmeans += of->group[g].net < 0;
  }
  for (int a = 0; a < of->input.narchs; a++)
    key[a] = reuse__compared_arch(of, a);
  figure->name = name;
  figure->key = key;
  figure->nseries = of->input.narchs;
  figure->reference = of->input.reference;
  return true;
}

static enum reuse_status nothing_in_common(const char *path, struct reuse_diag *diag) {
  reuse__report(diag, REUSE_ERROR, NULL, NULL,
                "nothing to draw in '%s': the architectures have no layer in common", path);
  return REUSE_ERR_INPUT;
}

/* The names of groups and architectures of FIGURE; reports when it cannot be drawn. */
static enum reuse_status begin_figure(const struct reuse__side_by_side *of,
                                      const char *path, struct reuse_arena *arena,
                                      struct reuse__figure *figure,
                                      struct reuse_diag *diag) {
  if (!fill_names(of, arena, figure))
    return REUSE_ERR_MEMORY;
  if (figure->n == 0)
    return nothing_in_common(path, diag);
  if (figure->nseries <= REUSE__SERIES)
    return REUSE_OK;
  reuse__report(diag, REUSE_ERROR, NULL, NULL,
                "'%s' is not drawn: more than eight architectures", path);
  return REUSE_ERR_INPUT;
}

/* Gives FIGURE its title, WHAT of the only network or of all, and below it how they
 * were mapped and what was made equal. */
static bool describe(const struct reuse__side_by_side *of, const char *what,
                     struct reuse_arena *arena, struct reuse__figure *figure) {
  const struct reuse__comparison_input *in = &of->input;
  const bool one = in->nnets == 1;
  if (what == NULL)
    return false;
  figure->title = reuse__printf(arena, "%s%s%s", one ? in->run[0]->network->name : "",
                                one ? ": " : "", what);
  figure->note = reuse__printf(arena, "batch %lld, mapped for least %s%s%s",
                               (long long)in->run[0]->batch,
                               reuse__objective_words(in->objective),
                               in->equal != NULL ? ", equal " : "",
                               in->equal != NULL ? in->equal : "");
  return figure->title != NULL && figure->note != NULL;
}

enum reuse_status reuse__plot_compare(const struct reuse__side_by_side *of,
                                      const char *path,
                                      const struct reuse__plot_options *options,
                                      struct reuse_arena *arena,
                                      struct reuse_diag *diag) {
  static const char *const title[PANELS] = {"time", "energy", "energy-delay product"};
  struct reuse__figure figure = {.form = REUSE__GROUPS, .columns = 2, .npanels = PANELS};
  const enum reuse_status status = begin_figure(of, path, arena, &figure, diag);
  if (status != REUSE_OK)
    return status;
  if (!describe(of, reuse__printf(arena, "relative to %s, lower is better",
                                  reuse__compared_arch(of, of->input.reference)),
                arena, &figure))
    return REUSE_ERR_MEMORY;
  for (int p = 0; p < PANELS; p++) {
    figure.panel[p].title = title[p];
    if (!fill_panel(of, panel_metric[p], figure.n, arena, &figure.panel[p]))
      return REUSE_ERR_MEMORY;
  }
  return reuse__figure_draw(&figure, path, options, arena, diag);
}

/* The baselines of OF, at most MOST, into BASELINE and their names into KEY. */
static int find_baselines(const struct reuse__side_by_side *of, int most, int *baseline,
                          const char **key) {
  int n = 0;
  for (int b = 0; of->input.baseline_of != NULL && b < of->input.narchs; b++)
    if (of->input.baseline_of[b] >= 0 && n++ < most) {
      baseline[n - 1] = b;
      key[n - 1] = reuse__compared_arch(of, b);
    }
  return n;
}

/* The reductions of METRIC against the N baselines in the drawn groups. */
static bool fill_reductions(const struct reuse__side_by_side *of,
                            enum reuse__metric metric, const int *baseline, int n,
                            struct reuse_arena *arena, struct reuse__panel *panel) {
  double *value =
      reuse__alloc_array(arena, (size_t)(of->ngroups * n) + 1, sizeof *value);
  double low = 1.0, high = 1.0, *at = value;
  if (value == NULL)
    return false;
  for (int g = 0; g < of->ngroups; g++)
    for (int b = 0; drawable(of, g) && b < n; b++) {
      const double factor = reuse__reduction(of, g, baseline[b], metric);
      *at++ = factor > 0.0 ? factor : NAN;
      if (factor > 0.0 && isfinite(factor)) {
        low = fmin(low, factor);
        high = fmax(high, factor);
      }
    }
  panel->value = value;
  panel->log = true;
  panel->base = 1.0;
  panel->ymin = low / 1.2;
  panel->ymax = high * 1.2;
  return true;
}

enum reuse_status reuse__plot_reduction(const struct reuse__side_by_side *of,
                                        const char *path,
                                        const struct reuse__plot_options *options,
                                        struct reuse_arena *arena,
                                        struct reuse_diag *diag) {
  static const enum reuse__metric metric[PANELS] = {
      REUSE__METRIC_DRAM, REUSE__METRIC_ENERGY, REUSE__METRIC_TIME};
  static const char *const title[PANELS] = {"DRAM traffic", "energy", "time"};
  struct reuse__figure figure = {.form = REUSE__GROUPS, .columns = 2, .npanels = PANELS};
  const char *key[REUSE__SERIES];
  int baseline[REUSE__SERIES];
  const int n = find_baselines(of, REUSE__SERIES, baseline, key);
  if (!fill_names(of, arena, &figure))
    return REUSE_ERR_MEMORY;
  if (figure.n == 0 || n == 0 || n > REUSE__SERIES) {
    reuse__report(diag, REUSE_ERROR, NULL, "baselines are named by --baseline",
                  "'%s' is not drawn: there are %s", path,
                  n > REUSE__SERIES ? "more than eight baselines" : "no baselines");
    return REUSE_ERR_INPUT;
  }
  figure.nseries = n;
  figure.key = key;
  figure.reference = -1;
  const char *against = n == of->input.narchs - 1 ? reuse__compared_arch(of, 0) : "their own";
  if (!describe(of, reuse__printf(arena, "the baselines, over %s", against), arena, &figure))
    return REUSE_ERR_MEMORY;
  for (int p = 0; p < PANELS; p++) {
    figure.panel[p].title = title[p];
    if (!fill_reductions(of, metric[p], baseline, n, arena, &figure.panel[p]))
      return REUSE_ERR_MEMORY;
  }
  return reuse__figure_draw(&figure, path, options, arena, diag);
}

/* The values of METRIC times SCALE; bars begin at 0, or on a logarithmic axis at its
 * lower end. */
static bool fill_values(const struct reuse__side_by_side *of, enum reuse__metric metric,
                        double scale, struct reuse_arena *arena,
                        struct reuse__panel *panel) {
  const int narchs = of->input.narchs;
  double *value =
      reuse__alloc_array(arena, (size_t)(of->ngroups * narchs) + 1, sizeof *value);
  double low = INFINITY, high = 0.0, *at = value;
  if (value == NULL)
    return false;
  for (int g = 0; g < of->ngroups; g++)
    for (int a = 0; drawable(of, g) && a < narchs; a++) {
      const double own = of->cell[g * narchs + a].value[metric] * scale;
      *at++ = own > 0.0 ? own : NAN;
      low = fmin(low, own > 0.0 ? own : NAN);
      high = fmax(high, own > 0.0 ? own : NAN);
    }
  panel->value = value;
  panel->log = metric != REUSE__METRIC_UTILIZATION;
  panel->ymin = panel->log ? pow(10.0, floor(log10(low / 1.15))) : 0.0;
  panel->ymax = panel->log ? high * 1.5 : 100.0;
  panel->base = panel->ymin;
  return true;
}

enum reuse_status reuse__plot_values(const struct reuse__side_by_side *of,
                                     const char *path,
                                     const struct reuse__plot_options *options,
                                     struct reuse_arena *arena, struct reuse_diag *diag) {
  static const enum reuse__metric metric[PANELS] = {
      REUSE__METRIC_UTILIZATION, REUSE__METRIC_TIME, REUSE__METRIC_ENERGY};
  static const char *const title[PANELS] = {"utilization (%)", "time (ms)", "energy (mJ)"};
  static const double scale[PANELS] = {100.0, 1e3, 1e-9};
  struct reuse__figure figure = {.form = REUSE__GROUPS, .columns = 2, .npanels = PANELS};
  const enum reuse_status status = begin_figure(of, path, arena, &figure, diag);
  if (status != REUSE_OK)
    return status;
  figure.reference = -1;
  if (!describe(of, "utilization, time and energy", arena, &figure))
    return REUSE_ERR_MEMORY;
  for (int p = 0; p < PANELS; p++) {
    figure.panel[p].title = title[p];
    if (!fill_values(of, metric[p], scale[p], arena, &figure.panel[p]))
      return REUSE_ERR_MEMORY;
  }
  return reuse__figure_draw(&figure, path, options, arena, diag);
}

/* The energy per MAC of a panel of each group that is no mean: a bar for each
 * architecture, a series for each part. */
static bool fill_parts(const struct reuse__side_by_side *of, int g,
                       struct reuse_arena *arena, struct reuse__panel *panel) {
  const int narchs = of->input.narchs;
  double *value =
      reuse__alloc_array(arena, (size_t)(narchs * REUSE__PARTS) + 1, sizeof *value);
  if (value == NULL)
    return false;
  for (int a = 0; a < narchs; a++) {
    const struct reuse__sum *sum = &of->cell[g * narchs + a].sum;
    double all = 0.0;
    for (int p = 0; p < REUSE__PARTS; p++) {
      value[a * REUSE__PARTS + p] = sum->part_pj[p] / (double)sum->macs;
      all += value[a * REUSE__PARTS + p];
    }
    panel->ymax = fmax(panel->ymax, 1.05 * all);
  }
  panel->value = value;
  panel->ylabel = "pJ per MAC";
  panel->title = name_of(of, &of->group[g], arena);
  return panel->title != NULL;
}

enum reuse_status reuse__plot_parts(const struct reuse__side_by_side *of, const char *path,
                                    const struct reuse__plot_options *options,
                                    struct reuse_arena *arena, struct reuse_diag *diag) {
  struct reuse__figure figure = {.form = REUSE__STACKS, .columns = 1, .reference = -1};
  const char **name =
      reuse__alloc_array(arena, (size_t)of->input.narchs + 1, sizeof *name);
  if (name == NULL)
    return REUSE_ERR_MEMORY;
  for (int a = 0; a < of->input.narchs; a++)
    name[figure.n++] = reuse__compared_arch(of, a);
  int groups = 0;
  for (int g = 0; g < of->ngroups; g++)
    if (of->group[g].net >= 0 && drawable(of, g) && groups++ < REUSE__PANELS &&
        !fill_parts(of, g, arena, &figure.panel[figure.npanels++]))
      return REUSE_ERR_MEMORY;
  if (figure.npanels == 0)
    return nothing_in_common(path, diag);
  if (figure.npanels == 1 && of->input.by == REUSE__BY_NETWORK)
    figure.panel[0].title = NULL;
  figure.name = name;
  figure.key = reuse__part_name;
  figure.nseries = REUSE__PARTS;
  const char *what = groups <= REUSE__PANELS
                         ? "where the energy goes"
                         : reuse__printf(arena, "where the energy goes, the first %d of %d",
                                         REUSE__PANELS, groups);
  if (!describe(of, what, arena, &figure))
    return REUSE_ERR_MEMORY;
  return reuse__figure_draw(&figure, path, options, arena, diag);
}
