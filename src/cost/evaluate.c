/* Time and energy of a layer under a mapping.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * doc/MODEL.md, "Time" and "Energy". */
#include "cost/evaluate.h"

#include <math.h>
#include <string.h>

#include "arch/energy.h"
#include "cost/bits.h"
#include "count/count.h"
#include "count/shape.h"

/* Words and bytes that one level moves, all instances; on_links is the part that it
 * exchanges with its children. */
struct moved {
  double read[REUSE_TENSORS], write[REUSE_TENSORS];             /* words */
  double read_bytes[REUSE_TENSORS], write_bytes[REUSE_TENSORS];
  double on_links[REUSE_TENSORS];                               /* words */
};

struct context {
  const struct reuse_arch *arch;
  const struct reuse_engine *engine;
  const struct reuse_nest *nest;
  const struct reuse_counts *counts;
};

/* The outermost level inside I that keeps TENSOR, or -1. */
static int child_of(const struct context *x, int i, int t) {
  for (int j = i + 1; j < x->engine->nlevels; j++)
    if (x->nest->level[j].keeps & REUSE_BIT(t)) return j;
  return -1;
}

/* Whether what level I sends to its child cannot arrive while the child is used:
 * SRAM without a second half. */
static bool is_exposed(const struct context *x, int i, int t) {
  const int j = child_of(x, i, t);
  if (j < 0) return false;
  const struct reuse_level *child = &x->engine->level[j];
  return child->kind == REUSE_SRAM && !child->double_buffered && !child->streams;
}

/* Which transfers of a level: all; those that nothing hides; the others. */
enum transfers { ALL, EXPOSED, HIDDEN };

static void move_words(const struct context *x, int i, enum transfers which,
                       struct moved *m) {
  for (int t = 0; t < REUSE_TENSORS; t++) {
    const struct reuse_traffic *c = &x->counts->at[i][t];
    const bool links = which == ALL || is_exposed(x, i, t) == (which == EXPOSED);
    const double with_children = links, with_parent = which != EXPOSED;
    const double serves = (double)c->serves * with_children;
    const double updates = (double)c->updates * with_children;
    const double drains = (double)c->drains * with_parent;
    const double loads = (double)c->loads * with_parent;
    const double down = reuse__bits(x->arch, x->counts, i, t) / 8;
    const double up = reuse__bits_up(x->arch, x->nest, x->counts, i, t) / 8;
    m->read[t] = serves + drains;
    m->write[t] = loads + updates;
    m->read_bytes[t] = serves * down + drains * up;
    m->write_bytes[t] = loads * up + updates * down;
    m->on_links[t] = serves + updates;
  }
}

/* Cycles for WORDS or BYTES at a rate; 0 if none is given. */
static double at_rate(const struct reuse_rate *r, double words, double bytes, double hz) {
  if (!r->q.given) return 0;
  switch (r->unit) {
    case REUSE_WORDS_PER_CYCLE: return words / r->q.value;
    case REUSE_BYTES_PER_CYCLE: return bytes / r->q.value;
    default: return bytes / (r->q.value / hz);
  }
}

static double sum(const double *v) { return v[REUSE_I] + v[REUSE_W] + v[REUSE_O]; }

/* Cycles of the level's ports for the words moved, per used instance; the tensor
 * whose own path decides, or -1. */
static double port_cycles(const struct context *x, int i, const struct moved *m,
                          int *bound_tensor) {
  const struct reuse_level *l = &x->engine->level[i];
  const double hz = x->arch->clock_hz.value;
  const double share = 1 / (double)x->counts->level_instances[i];
  const double reads = sum(m->read) * share, writes = sum(m->write) * share;
  const double read_bytes = sum(m->read_bytes) * share;
  const double write_bytes = sum(m->write_bytes) * share;
  double longest = fmax(
      at_rate(&l->bandwidth, reads + writes, read_bytes + write_bytes, hz),
      fmax(at_rate(&l->read_bandwidth, reads, read_bytes, hz),
           at_rate(&l->write_bandwidth, writes, write_bytes, hz)));
  *bound_tensor = -1;
  for (int t = 0; t < REUSE_TENSORS; t++) {
    const double words = m->on_links[t] * share;
    const double bytes = words * reuse__bits(x->arch, x->counts, i, t) / 8;
    const double cycles = at_rate(&l->tensor_bandwidth[t], words, bytes, hz);
    if (cycles > longest) {
      longest = cycles;
      *bound_tensor = t;
    }
  }
  return longest;
}

static void energy(const struct context *x, int i, const struct moved *m,
                   struct reuse_level_cost *cost) {
  const struct reuse_level *l = &x->engine->level[i];
  const double read_pj = reuse__level_read_pj_per_bit(x->arch, l);
  const double write_pj = reuse__level_write_pj_per_bit(x->arch, l);
  for (int t = 0; t < REUSE_TENSORS; t++) {
    cost->energy_pj[t] = 8 * (m->read_bytes[t] * read_pj + m->write_bytes[t] * write_pj);
    cost->hop_energy_pj[t] = (double)x->counts->at[i][t].deliveries *
                             reuse__bits(x->arch, x->counts, i, t) *
                             (l->hop_pj_per_bit.given ? l->hop_pj_per_bit.value : 0);
  }
}

/* Cycles of the array: one step a cycle at full rate, and its fill and drain. */
static void array_cycles(const struct context *x, struct reuse_evaluation *r) {
  const struct reuse_engine *e = x->engine;
  const double rate = e->macs_per_cycle_scale.given ? e->macs_per_cycle_scale.value : 1;
  r->compute_cycles = (double)x->counts->steps / rate;
  r->fill_cycles = e->fill_cycles.given ? e->fill_cycles.value : 0;
  if (e->fill_level >= 0)
    r->fill_cycles *= (double)x->counts->level_steps[e->fill_level];
}

/* All cycles: hidden transfers and compute go on at once, exposed transfers add. */
static void total_cycles(const struct context *x, struct reuse_evaluation *r) {
  double longest = r->compute_cycles + r->fill_cycles, serial = 0;
  double worst = longest;
  r->bound_level = r->bound_tensor = -1;
  for (int i = 0; i < x->engine->nlevels; i++) {
    struct moved m;
    int tensor;
    move_words(x, i, EXPOSED, &m);
    serial += port_cycles(x, i, &m, &tensor);
    move_words(x, i, HIDDEN, &m);
    longest = fmax(longest, port_cycles(x, i, &m, &tensor));
    if (r->level[i].cycles > worst) {
      worst = r->level[i].cycles;
      r->bound_level = i;
      r->bound_tensor = r->level[i].bound_tensor;
    }
  }
  r->cycles = serial + longest;
}

static void ratios(const struct context *x, struct reuse_evaluation *r) {
  const double macs = (double)x->counts->macs, units = (double)x->engine->macs;
  const double array = r->compute_cycles + r->fill_cycles;
  r->spatial_utilization = macs / ((double)x->counts->steps * units);
  r->fill_efficiency = r->compute_cycles / array;
  r->stall_efficiency = array / r->cycles;
  r->utilization = r->spatial_utilization * r->fill_efficiency * r->stall_efficiency;
}

void reuse__price(const struct reuse_arch *arch, int engine,
                  const struct reuse_nest *nest, struct reuse_evaluation *result) {
  const struct reuse_engine *e = &arch->engine[engine];
  struct reuse_evaluation *r = result;
  const struct context x = {arch, e, nest, &r->counts};
  r->nlevels = e->nlevels;
  r->energy_pj = 0;
  array_cycles(&x, r);
  for (int i = 0; i < e->nlevels; i++) {
    struct moved m;
    move_words(&x, i, ALL, &m);
    memcpy(r->level[i].read_bytes, m.read_bytes, sizeof m.read_bytes);
    memcpy(r->level[i].write_bytes, m.write_bytes, sizeof m.write_bytes);
    r->level[i].cycles = port_cycles(&x, i, &m, &r->level[i].bound_tensor);
    energy(&x, i, &m, &r->level[i]);
    r->energy_pj += sum(r->level[i].energy_pj) + sum(r->level[i].hop_energy_pj);
  }
  total_cycles(&x, r);
  ratios(&x, r);
  r->time_s = r->cycles / arch->clock_hz.value;
  r->mac_energy_pj = (double)r->counts.macs * reuse__mac_pj(arch, e);
  r->static_energy_pj = arch->static_mw.given ? arch->static_mw.value * r->time_s * 1e9 : 0;
  r->energy_pj += r->mac_energy_pj + r->static_energy_pj;
}

enum reuse_status reuse__evaluate(const struct reuse_arch *arch,
                                  const struct reuse_layer *layer,
                                  const struct reuse_mapping *mapping,
                                  struct reuse__memo *memo, bool outermost,
                                  struct reuse_evaluation *result) {
  const enum reuse_status st = reuse__count_traffic(&layer->problem, &mapping->nest, memo,
                                                    outermost, &result->counts);
  if (st == REUSE_OK) reuse__price(arch, mapping->engine, &mapping->nest, result);
  return st;
}

enum reuse_status reuse_evaluate(const struct reuse_arch *arch,
                                 const struct reuse_layer *layer,
                                 const struct reuse_mapping *mapping,
                                 struct reuse_evaluation *result) {
  memset(result, 0, sizeof *result);
  enum reuse_status st = reuse_nest_check(&layer->problem, &mapping->nest, NULL, NULL);
  if (st == REUSE_OK)
    st = reuse__count_shape(&layer->problem, &mapping->nest, &result->counts);
  return st == REUSE_OK ? reuse__evaluate(arch, layer, mapping, NULL, false, result) : st;
}
