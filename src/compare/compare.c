/* Groups of layers on several architectures, their ratios and their means.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "compare/compare.h"

#include <gsl/gsl_statistics_double.h>
#include <math.h>

#include "base/arena.h"

const char *const reuse__by_name[REUSE__BYS] = {"network", "type", "layer"};

/* Objectives that differ by less, relatively, are a tie. */
static const double tie = 1e-9;

void reuse__metrics(const struct reuse__sum *sum, double value[REUSE__METRICS]) {
  const double ops = 2.0 * (double)sum->macs;
  for (int m = 0; m < REUSE__METRICS; m++)
    value[m] = NAN;
  if (sum->layers == 0)
    return;
  value[REUSE__METRIC_TIME] = sum->time_s;
  value[REUSE__METRIC_ENERGY] = sum->energy_pj;
  value[REUSE__METRIC_EDP] = sum->energy_pj * 1e-12 * sum->time_s;
  value[REUSE__METRIC_UTILIZATION] =
      sum->peak_macs > 0 ? (double)sum->macs / sum->peak_macs : NAN;
  value[REUSE__METRIC_DRAM] = 0;
  for (int t = 0; t < REUSE_TENSORS; t++)
    value[REUSE__METRIC_DRAM] += sum->dram_bytes[t];
  value[REUSE__METRIC_BUFFER] = sum->buffer_accesses;
  value[REUSE__METRIC_GOPS] = ops / sum->time_s * 1e-9;
  value[REUSE__METRIC_GOPS_PER_W] = 1e3 * ops / sum->energy_pj;
  value[REUSE__METRIC_GOPS_PER_W_ON_CHIP] =
      1e3 * ops / (sum->energy_pj - sum->part_pj[REUSE__PART_DRAM]);
}

double reuse__geometric_mean(double *value, int n) {
  for (int i = 0; i < n; i++) {
    if (!(value[i] > 0) || !isfinite(value[i])) return NAN;
    value[i] = log(value[i]);
  }
  return n > 0 ? exp(gsl_stats_mean(value, 1, (size_t)n)) : NAN;
}

double reuse__reduction(const struct reuse__side_by_side *of, int group, int b,
                        enum reuse__metric metric) {
  const int *baseline_of = of->input.baseline_of;
  const struct reuse__cell *cell = &of->cell[group * of->input.narchs];
  if (!baseline_of || baseline_of[b] < 0) return NAN;
  return cell[b].ratio[metric] / cell[baseline_of[b]].ratio[metric];
}

static const struct reuse__run *run_of(const struct reuse__comparison_input *in, int arch,
                                       int net) {
  return in->run[arch * in->nnets + net];
}

/* Whether every architecture runs row I of network NET. */
static bool common(const struct reuse__comparison_input *in, int net, int i) {
  for (int a = 0; a < in->narchs; a++)
    if (!run_of(in, a, net)->row[i].modelled) return false;
  return true;
}

int reuse__left_out(const struct reuse__side_by_side *of, enum reuse_layer_type type) {
  const struct reuse__comparison_input *in = &of->input;
  int layers = 0;
  for (int n = 0; n < in->nnets; n++)
    for (int i = 0; i < run_of(in, 0, n)->nrows; i++)
      layers += run_of(in, 0, n)->row[i].layer.type == type && !common(in, n, i);
  return layers;
}

/* Whether GROUP, of a network, has row I of its runs. */
static bool has_row(const struct reuse__comparison_input *in,
                    const struct reuse__group *group, int i) {
  const struct reuse__row *row = &run_of(in, 0, group->net)->row[i];
  return (group->row < 0 || group->row == i) &&
         (group->type < 0 || group->type == (int)row->layer.type);
}

static bool has_type(const struct reuse__comparison_input *in, int net, int type) {
  const struct reuse__run *run = run_of(in, 0, net);
  for (int i = 0; i < run->nrows; i++)
    if ((int)run->row[i].layer.type == type) return true;
  return false;
}

static void add_group(struct reuse__side_by_side *s, int net, int type, int row) {
  s->group[s->ngroups++] = (struct reuse__group){
      .net = net, .type = type, .row = row, .winner = -1, .second = -1, .margin = NAN};
}

/* The groups in their order; room is there. */
static void make_groups(struct reuse__side_by_side *s) {
  const struct reuse__comparison_input *in = &s->input;
  for (int n = 0; n < in->nnets; n++) {
    const struct reuse__run *run = run_of(in, 0, n);
    if (in->by == REUSE__BY_NETWORK) add_group(s, n, -1, -1);
    for (int t = 0; in->by == REUSE__BY_TYPE && t < REUSE_LAYER_TYPES; t++)
      if (has_type(in, n, t)) add_group(s, n, t, -1);
    for (int i = 0; in->by == REUSE__BY_LAYER && i < run->nrows; i++)
      add_group(s, n, (int)run->row[i].layer.type, i);
  }
  if (in->nnets < 2) return;
  if (in->by == REUSE__BY_NETWORK) add_group(s, -1, -1, -1);
  for (int t = 0; in->by == REUSE__BY_TYPE && t < REUSE_LAYER_TYPES; t++) {
    int networks = 0;
    for (int n = 0; n < in->nnets; n++) networks += has_type(in, n, t);
    if (networks > 1) add_group(s, -1, t, -1);
  }
}

/* What the mapper made least; NaN without layers. */
static double objective_of(const struct reuse__comparison_input *in,
                           const struct reuse__cell *cell) {
  double part[3];
  switch (in->objective) {
    case REUSE_ENERGY: return cell->value[REUSE__METRIC_ENERGY];
    case REUSE_LATENCY: return cell->value[REUSE__METRIC_TIME];
    case REUSE_DRAM_WORDS: return cell->value[REUSE__METRIC_DRAM];
    case REUSE_WEIGHTED:
      reuse__weighted_parts(&cell->sum, in->weights, part);
      return cell->sum.layers > 0 ? part[0] + part[1] + part[2] : NAN;
    default: return cell->value[REUSE__METRIC_EDP];
  }
}

static void fill_cells(struct reuse__side_by_side *s, int g) {
  const struct reuse__comparison_input *in = &s->input;
  struct reuse__group *group = &s->group[g];
  struct reuse__cell *cell = &s->cell[g * in->narchs];
  for (int i = 0; i < run_of(in, 0, group->net)->nrows; i++) {
    if (!has_row(in, group, i)) continue;
    if (!common(in, group->net, i)) {
      group->left_out++;
      continue;
    }
    for (int a = 0; a < in->narchs; a++) {
      const struct reuse__run *run = run_of(in, a, group->net);
      reuse__sum_row(&cell[a].sum, run, &run->row[i]);
    }
  }
  for (int a = 0; a < in->narchs; a++) {
    reuse__metrics(&cell[a].sum, cell[a].value);
    cell[a].objective = objective_of(in, &cell[a]);
  }
  for (int a = 0; a < in->narchs; a++)
    for (int m = 0; m < REUSE__METRICS; m++)
      cell[a].ratio[m] = cell[a].value[m] / cell[in->reference].value[m];
}

/* The architecture other than EXCEPT with the least objective, -1: none. */
static int least(const struct reuse__cell *cell, int n, int except) {
  int best = -1;
  for (int a = 0; a < n; a++)
    if (a != except && isfinite(cell[a].objective) &&
        (best < 0 || cell[a].objective < cell[best].objective))
      best = a;
  return best;
}

static void find_winner(struct reuse__side_by_side *s, int g) {
  const struct reuse__comparison_input *in = &s->input;
  struct reuse__group *group = &s->group[g];
  const struct reuse__cell *cell = &s->cell[g * in->narchs];
  group->winner = least(cell, in->narchs, -1);
  if (group->winner < 0) return;
  group->second = least(cell, in->narchs, group->winner);
  if (group->second < 0) return;
  group->margin = cell[group->second].objective / cell[group->winner].objective;
  if (group->net >= 0 && (group->margin > 1 + tie || isinf(group->margin)))
    group->term = reuse__deciding_term(&cell[group->winner].sum,
                                       &cell[group->second].sum, in->objective,
                                       in->weights);
}

/* What mean G is the mean of: metric M of architecture A, as it is or as a ratio; M
 * beyond the metrics is the objective. */
static double mean_of(const struct reuse__side_by_side *s, int g, int a, int m, bool ratio,
                      double *value) {
  int n = 0;
  for (int i = 0; i < s->ngroups; i++) {
    const struct reuse__cell *of = &s->cell[i * s->input.narchs + a];
    if (s->group[i].net >= 0 && s->group[i].type == s->group[g].type)
      value[n++] = m == REUSE__METRICS ? of->objective : ratio ? of->ratio[m] : of->value[m];
  }
  return reuse__geometric_mean(value, n);
}

/* Sets the mean G from the groups of networks. */
static void fill_mean(struct reuse__side_by_side *s, int g, double *value) {
  const int narchs = s->input.narchs;
  struct reuse__group *mean = &s->group[g];
  for (int a = 0; a < narchs; a++) {
    struct reuse__cell *cell = &s->cell[g * narchs + a];
    for (int m = 0; m < REUSE__METRICS; m++) {
      cell->value[m] = mean_of(s, g, a, m, false, value);
      cell->ratio[m] = mean_of(s, g, a, m, true, value);
    }
    cell->objective = mean_of(s, g, a, REUSE__METRICS, false, value);
  }
  for (int i = 0; i < g; i++)
    if (s->group[i].net >= 0 && s->group[i].type == mean->type)
      mean->left_out += s->group[i].left_out;
}

enum reuse_status reuse__side_by_side(const struct reuse__comparison_input *input,
                                      struct reuse_arena *arena,
                                      struct reuse__side_by_side *result) {
  size_t room = REUSE_LAYER_TYPES + 1;
  *result = (struct reuse__side_by_side){.input = *input};
  for (int n = 0; n < input->nnets; n++)
    room += (size_t)run_of(input, 0, n)->nrows + REUSE_LAYER_TYPES + 1;
  double *const value = reuse__alloc_array(arena, room, sizeof *value);
  result->group = reuse__alloc_array(arena, room, sizeof *result->group);
  if (!value || !result->group) return REUSE_ERR_MEMORY;
  make_groups(result);
  result->cell = reuse__alloc_array(
      arena, (size_t)result->ngroups * (size_t)input->narchs + 1, sizeof *result->cell);
  if (!result->cell) return REUSE_ERR_MEMORY;
  for (int g = 0; g < result->ngroups; g++) {
    if (result->group[g].net >= 0)
      fill_cells(result, g);
    else
      fill_mean(result, g, value);
    find_winner(result, g);
  }
  return REUSE_OK;
}
