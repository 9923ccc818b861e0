/* Layers of one type: losses, placements, and more of a resource.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "compare/depthwise.h"

#include <string.h>

#include "base/arena.h"
#include "compare/axes.h"

static const double twice = 2.0;

static bool same_text(const char *a, const char *b) {
  return a == b || (a && b && strcmp(a, b) == 0);
}

static void add_stall(struct reuse__peak *peak, const char *level, int tensor,
                      double share) {
  int i = 0;
  if (!(share > 0)) return;
  while (i < peak->nstalls &&
         !(same_text(peak->stall[i].level, level) && peak->stall[i].tensor == tensor))
    i++;
  if (i == REUSE__BOUNDS)
    i--;
  else if (i == peak->nstalls)
    peak->stall[peak->nstalls++] = (struct reuse__bound_time){level, tensor, 0};
  peak->stall[i].time_s += share;
}

void reuse__row_peak(const struct reuse__run *run, const struct reuse__row *row,
                     struct reuse__peak *peak) {
  const struct reuse_evaluation *c = &row->cost;
  const struct reuse_engine *engine = &run->arch->engine[row->mapping.engine];
  const double compute = c->fill_efficiency * c->stall_efficiency;
  const double used = (double)c->counts.instances / (double)engine->macs;
  memset(peak, 0, sizeof *peak);
  peak->useful = c->utilization;
  peak->mapping = compute * (1 - used);
  peak->edges = compute * (used - c->spatial_utilization);
  peak->fill = c->stall_efficiency * (1 - c->fill_efficiency);
  add_stall(peak, c->bound_level < 0 ? NULL : engine->level[c->bound_level].name,
            c->bound_level < 0 ? -1 : c->bound_tensor, 1 - c->stall_efficiency);
}

double reuse__stalls(const struct reuse__peak *peak) {
  double sum = 0;
  for (int i = 0; i < peak->nstalls; i++) sum += peak->stall[i].time_s;
  return sum;
}

/* What the units of ROW's engine could do in its time, in MACs at one a cycle. */
static double slots(const struct reuse__run *run, const struct reuse__row *row) {
  return row->cost.cycles * (double)run->arch->engine[row->mapping.engine].macs;
}

static bool counts(const struct reuse__row *row, int type) {
  return row->modelled && (type < 0 || (int)row->layer.type == type);
}

/* The peak of all rows of TYPE. */
static void sum_peak(const struct reuse__run *run, int type, struct reuse__peak *sum) {
  double all = 0;
  memset(sum, 0, sizeof *sum);
  for (int i = 0; i < run->nrows; i++)
    if (counts(&run->row[i], type)) all += slots(run, &run->row[i]);
  for (int i = 0; i < run->nrows; i++) {
    struct reuse__peak peak;
    if (!counts(&run->row[i], type)) continue;
    const double share = slots(run, &run->row[i]) / all;
    reuse__row_peak(run, &run->row[i], &peak);
    sum->useful += share * peak.useful;
    sum->mapping += share * peak.mapping;
    sum->edges += share * peak.edges;
    sum->fill += share * peak.fill;
    for (int s = 0; s < peak.nstalls; s++)
      add_stall(sum, peak.stall[s].level, peak.stall[s].tensor,
                share * peak.stall[s].time_s);
  }
}

static void sum_rows(const struct reuse__run *run, int type, struct reuse__sum *sum) {
  memset(sum, 0, sizeof *sum);
  for (int i = 0; i < run->nrows; i++)
    if (counts(&run->row[i], type)) reuse__sum_row(sum, run, &run->row[i]);
}

/* The network of RUN with its modelled layers of TYPE only, without batch. */
static const struct reuse_network_table *part_of(const struct reuse__run *run, int type,
                                                 struct reuse_arena *arena) {
  struct reuse_network_table *part = reuse__alloc(arena, sizeof *part);
  struct reuse_layer *layer =
      reuse__alloc_array(arena, (size_t)run->nrows, sizeof *layer);
  if (!part || !layer) return NULL;
  *part = *run->network;
  part->layer = layer;
  part->nlayers = 0;
  for (int i = 0; i < run->nrows; i++)
    if (counts(&run->row[i], type))
      layer[part->nlayers++] = run->network->layer[run->row[i].index - 1];
  return part;
}

/* Whether a placement of the name is there. */
static bool listed(const struct reuse__type_report *r, const char *name) {
  for (int i = 0; i < r->nplacements; i++)
    if (strcmp(r->placement[i].dataflow, name) == 0) return true;
  return false;
}

/* The dataflows that the machine has for the type. */
static void list_placements(struct reuse__type_report *r) {
  const struct reuse_arch *arch = r->run->arch;
  for (int e = 0; e < arch->nengines; e++)
    for (int d = 0; d < arch->engine[e].ndataflows; d++) {
      const struct reuse_dataflow *flow = &arch->engine[e].dataflow[d];
      if ((flow->layers & arch->engine[e].layers & REUSE_BIT(r->type)) &&
          r->nplacements < REUSE__PLACEMENTS && !listed(r, flow->name))
        r->placement[r->nplacements++].dataflow = flow->name;
    }
}

static void count_chosen(const struct reuse__run *run, int type,
                         struct reuse__placement *p) {
  for (int i = 0; i < run->nrows; i++) {
    const struct reuse_mapping *m = &run->row[i].mapping;
    if (counts(&run->row[i], type) && m->dataflow >= 0)
      p->chosen += strcmp(run->arch->engine[m->engine].dataflow[m->dataflow].name,
                          p->dataflow) == 0;
  }
}

/* Runs the layers by the dataflow of P; that it cannot be is no error. */
static enum reuse_status run_placement(const struct reuse__type_report *r,
                                       const struct reuse_network_table *part,
                                       const struct reuse__run_options *options,
                                       struct reuse_arena *arena,
                                       struct reuse__placement *p) {
  struct reuse__run_options fixed = *options;
  struct reuse_diag silent = {0};
  struct reuse__run *run;
  fixed.search.dataflow = p->dataflow;
  const enum reuse_status status =
      reuse__run(r->run->arch, part, &fixed, arena, &run, &silent);
  count_chosen(r->run, (int)r->type, p);
  p->possible = status == REUSE_OK;
  if (p->possible) sum_rows(run, -1, &p->sum);
  return status == REUSE_ERR_NO_MAPPING ? REUSE_OK : status;
}

static enum reuse_status run_remedy(const struct reuse__type_report *r,
                                    const struct reuse_network_table *all,
                                    const struct reuse__run_options *options,
                                    struct reuse_arena *arena, struct reuse__remedy *remedy,
                                    struct reuse_diag *diag) {
  struct reuse__run *run;
  struct reuse_diag silent = {0};
  const struct reuse_arch *arch = reuse__scaled_arch(r->run->arch, remedy->resource, twice,
                                                     arena, &remedy->limited);
  if (!arch) return REUSE_ERR_MEMORY;
  remedy->shape = reuse__axes_text(r->run->arch, arch, arena);
  if (!remedy->shape) return REUSE_ERR_MEMORY;
  if (!remedy->limited) return REUSE_OK;
  const enum reuse_status status =
      reuse__run(arch, all, options, arena, &run, *remedy->shape ? &silent : diag);
  remedy->limited = status == REUSE_OK;
  if (status == REUSE_ERR_NO_MAPPING && *remedy->shape) return REUSE_OK;
  if (status != REUSE_OK) return status;
  sum_rows(run, (int)r->type, &remedy->part);
  sum_rows(run, -1, &remedy->all);
  return REUSE_OK;
}

enum reuse_status reuse__type_report(const struct reuse__run *run,
                                     enum reuse_layer_type type,
                                     const struct reuse__run_options *options,
                                     struct reuse_arena *arena,
                                     struct reuse__type_report *r,
                                     struct reuse_diag *diag) {
  enum reuse_status status = REUSE_OK;
  memset(r, 0, sizeof *r);
  r->run = run;
  r->type = type;
  sum_rows(run, (int)type, &r->part);
  sum_rows(run, -1, &r->all);
  if (r->part.layers == 0) return REUSE_OK;
  sum_peak(run, (int)type, &r->peak);
  const struct reuse_network_table *part = part_of(run, (int)type, arena);
  const struct reuse_network_table *all = part_of(run, -1, arena);
  if (!part || !all) return REUSE_ERR_MEMORY;
  list_placements(r);
  for (int i = 0; i < r->nplacements && status == REUSE_OK; i++)
    status = run_placement(r, part, options, arena, &r->placement[i]);
  for (int k = 0; k < REUSE__RESOURCES && status == REUSE_OK; k++) {
    r->remedy[k].resource = (enum reuse__resource)k;
    status = run_remedy(r, all, options, arena, &r->remedy[k], diag);
  }
  return status;
}
