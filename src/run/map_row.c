/* A layer on a machine, lowered as the run wants.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/map_row.h"

#include <assert.h>
#include <stdio.h>

#include "cost/invariants.h"
#include "count/words.h"
#include "mapper/score.h"

const struct reuse__candidate *reuse__row_transform(const struct reuse__row *row) {
  if (!row->modelled || row->ncandidates == 0) return NULL;
  const struct reuse__candidate *c = &row->candidate[row->chosen];
  return c->transformed ? c : NULL;
}

const struct reuse_layer *reuse__row_work(const struct reuse__row *row) {
  const struct reuse__candidate *c = reuse__row_transform(row);
  return c ? &c->transform.products : &row->layer;
}

/* What a mapping of a row came to. */
struct mapped {
  struct reuse_mapping mapping;
  struct reuse_evaluation cost;
  struct reuse_proof proof;
};

/* Maps LAYER; in builds with checks, ends the program if the result breaks an
 * invariant. */
static enum reuse_status map_layer(const struct reuse_arch *arch,
                                   const struct reuse_layer *layer,
                                   const struct reuse__run_options *o, struct mapped *m) {
  const enum reuse_status st =
      reuse_map(arch, layer, &o->search, &m->mapping, &m->cost, &m->proof);
#ifdef REUSE_CHECKS
  const char *why = NULL;
  const bool holds = st != REUSE_OK ||
                     reuse__invariants(arch, layer, &m->mapping, &m->cost, &why);
  assert(holds && "reuse__invariants");
  (void)holds;
#endif
  return st;
}

static void take(struct reuse__row *row, const struct mapped *m) {
  row->mapping = m->mapping;
  row->cost = m->cost;
  row->proof = m->proof;
}

static bool runs(const struct reuse_arch *arch, enum reuse_layer_type type) {
  for (int e = 0; e < arch->nengines; e++)
    if (arch->engine[e].layers & REUSE_BIT(type)) return true;
  return false;
}

/* What the objective makes least; the passes of a transform move DRAM_WORDS in levels of
 * kind dram. */
static double score(const struct reuse_arch *arch, const struct reuse_search *search,
                    const struct mapped *m, double dram_words) {
  struct reuse__score s;
  reuse__score(arch, &m->mapping, &m->cost, search, &s);
  if (search->objective == REUSE_DRAM_WORDS) return s.value[0] + dram_words;
  if (search->objective != REUSE_WEIGHTED) return s.value[0];
  return s.value[0] + search->dram_weight * dram_words;
}

static void set_costs(struct reuse__candidate *c, const struct mapped *m) {
  c->cycles = m->cost.cycles;
  c->energy_pj = m->cost.energy_pj;
}

/* Adds the candidate by KIND to ROW; false if it is refused. */
static bool try_transform(const struct reuse_arch *arch, const struct reuse__run_options *o,
                          enum reuse__lowering kind, struct reuse__row *row,
                          struct mapped *m) {
  struct reuse__candidate *c = &row->candidate[row->ncandidates++];
  const int64_t size = o->lowering.kind == kind ? o->lowering.size : 0;
  snprintf(c->name, sizeof c->name, "%s", reuse__lowering_name[kind]);
  enum reuse_status st = reuse__transform_make(&row->layer, kind, size, o->lines,
                                               &c->transform, &c->refused);
  if (st == REUSE_ERR_NO_MAPPING) return false;
  c->refused = st == REUSE_OK ? NULL : reuse_status_text(st);
  if (st != REUSE_OK) return false;
  snprintf(c->name, sizeof c->name, "%s:%d", reuse__lowering_name[kind],
           (int)c->transform.tile.size);
  if (!runs(arch, c->transform.products.type)) {
    c->refused = "no engine of the machine runs grouped products";
    return false;
  }
  st = map_layer(arch, &c->transform.products, o, m);
  c->refused = st == REUSE_OK ? NULL : reuse_status_text(st);
  if (st != REUSE_OK) return false;
  reuse__add_passes(arch, &m->mapping, &c->transform, &m->cost, &c->passes);
  m->cost.counts.effective_macs = reuse__effective_macs(&row->layer.problem);
  m->proof.optimal = false;
  c->transformed = true;
  set_costs(c, m);
  return true;
}

static bool is_im2col(const struct reuse_nest *nest) {
  for (int i = 0; i < nest->nlevels; i++)
    if (nest->level[i].im2col) return true;
  return false;
}

enum reuse_status reuse__map_row(const struct reuse_arch *arch,
                                 const struct reuse__run_options *o,
                                 struct reuse__row *row) {
  const enum reuse__lowering kind = o->lowering.kind;
  struct mapped own, other;
  enum reuse_status st = map_layer(arch, &row->layer, o, &own);
  if (st != REUSE_OK) return st;
  take(row, &own);
  if (kind != REUSE__WINOGRAD && kind != REUSE__FFT && kind != REUSE__AUTO) return st;
  struct reuse__candidate *c = &row->candidate[row->ncandidates++];
  snprintf(c->name, sizeof c->name, "%s",
           reuse__lowering_name[is_im2col(&own.mapping.nest) ? REUSE__IM2COL
                                                             : REUSE__DIRECT]);
  set_costs(c, &own);
  double best = kind == REUSE__AUTO ? score(arch, &o->search, &own, 0) : 0;
  for (int k = REUSE__WINOGRAD; k <= REUSE__FFT; k++) {
    if (kind != REUSE__AUTO && k != (int)kind) continue;
    if (!try_transform(arch, o, (enum reuse__lowering)k, row, &other)) continue;
    const struct reuse__passes *passes = &row->candidate[row->ncandidates - 1].passes;
    const double found = score(arch, &o->search, &other, passes->dram_words);
    if (kind == REUSE__AUTO && found >= best) continue;
    best = found;
    row->chosen = row->ncandidates - 1;
    take(row, &other);
  }
  return REUSE_OK;
}
