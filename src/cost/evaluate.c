/* Time and energy of a layer under a mapping.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * doc/MODEL.md, "Time" and "Energy". */
#include "cost/evaluate.h"

#include <math.h>
#include <string.h>

#include "arch/energy.h"
#include "base/checked.h"
#include "cost/bits.h"
#include "cost/sparse.h"
#include "count/count.h"
#include "count/fills.h"
#include "count/shape.h"

/* Words and bytes that one level moves, all instances; on_links is the part that it
 * exchanges with its children. */
struct moved {
  double read[REUSE_TENSORS], write[REUSE_TENSORS];             /* words */
  double read_bytes[REUSE_TENSORS], write_bytes[REUSE_TENSORS];
  double on_links[REUSE_TENSORS], on_links_bytes[REUSE_TENSORS];
  double tile_cycles;           /* to take in tiles, however full they are */
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

/* The innermost level outside I that keeps TENSOR, or -1. */
static int parent_of(const struct context *x, int i, int t) {
  while (--i >= 0)
    if (x->nest->level[i].keeps & REUSE_BIT(t)) return i;
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

/* Bits of a word of TENSOR as level I moves it: its width over its compression. */
static double stored(const struct context *x, int i, int t, double bits) {
  const struct reuse_quantity *c = &x->engine->level[i].compression[t];
  return c->given ? bits / c->value : bits;
}

/* Bytes that level I reads of TENSOR for its children, of words of so many bits: at least
 * whole tiles. */
static double served_bytes(const struct context *x, int i, int t, double bits) {
  const double bytes = (double)x->counts->at[i][t].serves * bits / 8;
  const int j = child_of(x, i, t);
  const struct reuse_quantity *tile = &x->engine->level[i].tile_bytes[t];
  if (j < 0 || !tile->given) return bytes;
  return reuse__fmax(bytes, (double)x->counts->at[j][t].fills * tile->value);
}

/* Which transfers of a level: all; those that nothing hides; the others. */
enum transfers { ALL, EXPOSED, HIDDEN };

static void move_words(const struct context *x, int i, enum transfers which,
                       struct moved *m) {
  m->tile_cycles = 0;
  for (int t = 0; t < REUSE_TENSORS; t++) {
    const struct reuse_traffic *c = &x->counts->at[i][t];
    const bool links = which == ALL || is_exposed(x, i, t) == (which == EXPOSED);
    const double with_children = links, with_parent = which != EXPOSED;
    const double serves = (double)c->serves * with_children;
    const double updates = (double)c->updates * with_children;
    const double drains = (double)c->drains * with_parent;
    const double loads = (double)c->loads * with_parent;
    const double bits = stored(x, i, t, reuse__bits(x->arch, x->counts, i, t));
    const double down = bits / 8;
    const double up =
        stored(x, i, t, reuse__bits_up(x->arch, x->nest, x->counts, i, t)) / 8;
    const double served = served_bytes(x, i, t, bits) * with_children;
    m->read[t] = serves + drains;
    m->write[t] = loads + updates;
    m->read_bytes[t] = served + drains * up;
    m->write_bytes[t] = loads * up + updates * down;
    m->on_links[t] = serves + updates;
    m->on_links_bytes[t] = served + updates * down;
    m->tile_cycles = reuse__fmax(m->tile_cycles, with_parent * (double)c->fills *
                                              x->engine->level[i].tile_cycles[t].value);
  }
}

double reuse__at_rate(const struct reuse_rate *r, double words, double bytes, double hz) {
  if (!r->q.given) return 0;
  switch (r->unit) {
    case REUSE_WORDS_PER_CYCLE: return words / r->q.value;
    case REUSE_BYTES_PER_CYCLE: return bytes / r->q.value;
    default: return bytes / (r->q.value / hz);
  }
}

static double sum(const double *v) { return v[REUSE_I] + v[REUSE_W] + v[REUSE_O]; }

/* Cycles of the level's ports for the words moved, per used instance, or for taking in
 * tiles; the tensor whose own path decides, or -1. */
static double port_cycles(const struct context *x, int i, const struct moved *m,
                          int *bound_tensor) {
  const struct reuse_level *l = &x->engine->level[i];
  const double hz = x->arch->clock_hz.value;
  const double share = 1 / (double)x->counts->level_instances[i];
  const double reads = sum(m->read) * share, writes = sum(m->write) * share;
  const double read_bytes = sum(m->read_bytes) * share;
  const double write_bytes = sum(m->write_bytes) * share;
  double longest = reuse__fmax(
      reuse__at_rate(&l->bandwidth, reads + writes, read_bytes + write_bytes, hz),
      reuse__fmax(reuse__at_rate(&l->read_bandwidth, reads, read_bytes, hz),
                  reuse__at_rate(&l->write_bandwidth, writes, write_bytes, hz)));
  longest = reuse__fmax(longest, m->tile_cycles);
  *bound_tensor = -1;
  for (int t = 0; t < REUSE_TENSORS; t++) {
    const double cycles = reuse__at_rate(&l->tensor_bandwidth[t], m->on_links[t] * share,
                                         m->on_links_bytes[t] * share, hz);
    if (cycles > longest) {
      longest = cycles;
      *bound_tensor = t;
    }
  }
  return longest;
}

/* The energy of words of TENSOR that level I, feeding one MAC each, need not
 * exchange with it because a MAC is not executed. */
static double saved_pj(const struct context *x, int i, int t, double read_pj,
                       double write_pj) {
  const struct reuse_traffic *c = &x->counts->at[i][t];
  if (x->engine->level[i].naxes > 0 || child_of(x, i, t) >= 0) return 0;
  return (1 - reuse__words_paid(x->arch, x->engine, t)) *
         stored(x, i, t, reuse__bits(x->arch, x->counts, i, t)) *
         ((double)c->serves * read_pj + (double)c->updates * write_pj);
}

static void energy(const struct context *x, int i, const struct moved *m,
                   struct reuse_level_cost *cost) {
  const struct reuse_level *l = &x->engine->level[i];
  const double read_pj = reuse__level_read_pj_per_bit(x->arch, l);
  const double write_pj = reuse__level_write_pj_per_bit(x->arch, l);
  const double hop_pj = reuse__level_hop_pj_per_bit(x->arch, l);
  for (int t = 0; t < REUSE_TENSORS; t++) {
    cost->energy_pj[t] = 8 * (m->read_bytes[t] * read_pj + m->write_bytes[t] * write_pj);
    if (x->engine->gate | x->engine->skip)
      cost->energy_pj[t] -= saved_pj(x, i, t, read_pj, write_pj);
    cost->hop_energy_pj[t] = (double)x->counts->at[i][t].deliveries *
                             stored(x, i, t, reuse__bits(x->arch, x->counts, i, t)) *
                             hop_pj;
  }
}

/* Cycles of a step: one at full rate, but for steps of skipped zeros. */
static double step_cycles(const struct context *x) {
  const struct reuse_quantity *rate = &x->engine->macs_per_cycle_scale;
  return reuse__steps_paid(x->arch, x->engine) / (rate->given ? rate->value : 1);
}

/* Cycles for which levels take in tiles that nothing hides; tensors come side by side. */
static double ramp_up_cycles(const struct context *x) {
  double all = 0;
  for (int i = 0; i < x->engine->nlevels; i++) {
    double longest = 0;
    for (int t = 0; t < REUSE_TENSORS; t++) {
      const struct reuse_rate *rate = &x->engine->level[i].ramp_up[t];
      const int p = parent_of(x, i, t);
      if (!rate->q.given || p < 0 || !(x->nest->level[i].keeps & REUSE_BIT(t))) continue;
      const double words =
          (double)x->counts->at[p][t].serves / (double)x->counts->level_instances[p];
      const double bytes = words * reuse__bits(x->arch, x->counts, p, t) / 8;
      longest = reuse__fmax(longest, reuse__at_rate(rate, words, bytes, x->arch->clock_hz.value));
    }
    all += longest;
  }
  return all;
}

/* Cycles for which the MAC units add sums from outside: one for each that the innermost
 * level that keeps them sends up, shared by the units in use. */
static double sum_cycles(const struct context *x) {
  const struct reuse_engine *e = x->engine;
  const int inner = parent_of(x, e->nlevels, REUSE_O);
  if (!e->sum_cycles.given || inner < 0) return 0;
  return e->sum_cycles.value * (double)x->counts->at[inner][REUSE_O].drains /
         (double)x->counts->instances;
}

/* Cycles of the array: those of its steps; its fill and drain, ramp-up and sums. */
static void array_cycles(const struct context *x, struct reuse_evaluation *r) {
  const struct reuse_engine *e = x->engine;
  r->compute_cycles = (double)x->counts->steps * step_cycles(x);
  r->fill_cycles = e->fill_cycles.given ? e->fill_cycles.value : 0;
  if (e->fill_level >= 0)
    r->fill_cycles *= (double)x->counts->level_steps[e->fill_level];
  r->fill_cycles += ramp_up_cycles(x) + sum_cycles(x);
}

/* Cycles that a tile of TENSOR in level I costs at least: those to take it in and those
 * that its parent needs to read it. */
static double cycles_of_tile(const struct context *x, int i, int t) {
  const double taken = x->engine->level[i].tile_cycles[t].value;
  const int p = parent_of(x, i, t);
  if (p < 0 || !x->engine->level[p].tile_bytes[t].given) return taken;
  const struct reuse_level *l = &x->engine->level[p];
  const double bytes = l->tile_bytes[t].value, hz = x->arch->clock_hz.value;
  const double words = bytes * 8 / x->arch->bits[t].value;
  return reuse__fmax(reuse__fmax(taken, reuse__at_rate(&l->bandwidth, words, bytes, hz)),
                     reuse__fmax(reuse__at_rate(&l->read_bandwidth, words, bytes, hz),
                                 reuse__at_rate(&l->tensor_bandwidth[t], words, bytes, hz)));
}

/* Whether the parent of level I reads whole tiles of TENSOR. */
static bool is_read_whole(const struct context *x, int i, int t) {
  const int p = parent_of(x, i, t);
  return p >= 0 && x->engine->level[p].tile_bytes[t].given;
}

/* Counts the tiles that cost something whatever they hold, and the steps with the time
 * for which the MACs wait for the next tile: a tile is used while the next one comes. */
static void count_tiles(const struct context *x, const struct reuse_problem *problem,
                        struct reuse_counts *c) {
  c->paced_steps = c->fed_steps = 0;
  for (int i = 0; i < x->engine->nlevels; i++)
    for (int t = 0; t < REUSE_TENSORS; t++) {
      const bool kept = problem->tensors & x->nest->level[i].keeps & REUSE_BIT(t);
      const double cycles = kept ? cycles_of_tile(x, i, t) : 0;
      if (!kept || !(cycles > 0 || is_read_whole(x, i, t))) continue;
      const double own = x->engine->level[i].tile_cycles[t].value;
      const struct reuse__fills paced =
          reuse__count_fills(problem, x->nest, i, t, own / step_cycles(x));
      const struct reuse__fills fed =
          reuse__count_fills(problem, x->nest, i, t, cycles / step_cycles(x));
      c->at[i][t].fills = fed.fills;
      c->paced_steps = reuse__fmax(c->paced_steps, paced.steps);
      c->fed_steps = reuse__fmax(c->fed_steps, fed.steps);
    }
}

static bool exposes_any(const struct context *x, int i) {
  return is_exposed(x, i, REUSE_I) || is_exposed(x, i, REUSE_W) || is_exposed(x, i, REUSE_O);
}

/* Cycles of the level's ports for some of its transfers. */
static double part_cycles(const struct context *x, int i, enum transfers which) {
  struct moved m;
  int tensor;
  move_words(x, i, which, &m);
  return port_cycles(x, i, &m, &tensor);
}

/* All cycles: hidden transfers and compute go on at once, exposed transfers add. */
static void total_cycles(const struct context *x, struct reuse_evaluation *r) {
  double longest = r->compute_cycles + r->fill_cycles, serial = 0;
  double worst = longest;
  longest = reuse__fmax(longest, x->counts->paced_steps * step_cycles(x) + r->fill_cycles);
  longest = reuse__fmax(longest, x->counts->fed_steps * step_cycles(x));
  r->bound_level = r->bound_tensor = -1;
  for (int i = 0; i < x->engine->nlevels; i++) {
    if (exposes_any(x, i)) {
      serial += part_cycles(x, i, EXPOSED);
      longest = reuse__fmax(longest, part_cycles(x, i, HIDDEN));
    } else {
      longest = reuse__fmax(longest, r->level[i].cycles);
    }
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
  r->mac_energy_pj =
      (double)r->counts.macs * reuse__macs_paid(arch, e) * reuse__mac_pj(arch, e);
  r->static_energy_pj = reuse__static_mw(arch) * r->time_s * 1e9;
  r->energy_pj += r->mac_energy_pj + r->static_energy_pj;
}

enum reuse_status reuse__evaluate(const struct reuse_arch *arch,
                                  const struct reuse_layer *layer,
                                  const struct reuse_mapping *mapping,
                                  struct reuse__memo *memo, bool outermost,
                                  struct reuse_evaluation *result) {
  const enum reuse_status st = reuse__count_traffic(&layer->problem, &mapping->nest, memo,
                                                    outermost, &result->counts);
  if (st != REUSE_OK) return st;
  const struct context x = {arch, &arch->engine[mapping->engine], &mapping->nest,
                            &result->counts};
  count_tiles(&x, &layer->problem, &result->counts);
  reuse__price(arch, mapping->engine, &mapping->nest, result);
  return REUSE_OK;
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
