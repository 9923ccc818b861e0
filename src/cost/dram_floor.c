/* The least cost of the words between DRAM and chip.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cost/dram_floor.h"

#include <math.h>

#include "arch/energy.h"
#include "base/checked.h"
#include "cost/dram_bound.h"
#include "cost/evaluate.h"
#include "cost/sparse.h"

/* Rounding errors of a price are far smaller. */
static const double margin = 1e-13;

/* Energy of a word of tensor T that LEVEL moves, at least. */
static double word_pj(const struct reuse_arch *arch, const struct reuse_engine *engine,
                      const struct reuse_level *level, int t, double bits) {
  const double read = reuse__level_read_pj_per_bit(arch, level);
  const double write = reuse__level_write_pj_per_bit(arch, level);
  return bits * (t == REUSE_O ? reuse__fmin(read, write) : read) *
         reuse__words_paid(arch, engine, t);
}

void reuse__dram_floor(const struct reuse_arch *arch, int engine, const struct reuse_layer *layer,
                       struct reuse__dram_floor *floor) {
  const struct reuse_engine *e = &arch->engine[engine];
  struct reuse_dram_bounds bounds;
  *floor = (struct reuse__dram_floor){.pj = INFINITY, .bits = INFINITY};
  if (reuse__from_dram(e, layer) != REUSE_ALL_TENSORS) return;
  floor->level = reuse__keeper_from(e, 0, REUSE_O);
  const struct reuse_level *level = &e->level[floor->level];
  for (int t = 0; t < REUSE_TENSORS; t++) {
    const struct reuse_quantity *compression = &level->compression[t];
    const double bits = reuse__narrowest(arch, t) / (compression->given ? compression->value : 1);
    if (reuse__keeper_from(e, 0, t) != floor->level || level->tile_bytes[t].given) return;
    floor->bits = reuse__fmin(floor->bits, bits);
    floor->pj = reuse__fmin(floor->pj, word_pj(arch, e, level, t, bits));
  }
  reuse__engine_dram_bounds(arch, e, layer, &bounds);
  floor->words = (double)bounds.bound;
}

void reuse__dram_floor_raise(const struct reuse_arch *arch, int engine,
                             const struct reuse__dram_floor *floor,
                             struct reuse_evaluation *price) {
  struct reuse_traffic *dram = price->counts.at[floor->level];
  const struct reuse_level_cost *cost = &price->level[floor->level];
  double words = 0, bytes = 0;
  for (int t = 0; t < REUSE_TENSORS; t++) {
    words += (double)dram[t].serves + (double)dram[t].updates;
    bytes += cost->read_bytes[t] + cost->write_bytes[t];
  }
  const double missing = floor->words - words;
  if (missing <= 0) return;
  const double hz = arch->clock_hz.value;
  const struct reuse_rate *rate = &arch->engine[engine].level[floor->level].bandwidth;
  const double cycles = reuse__at_rate(rate, floor->words, bytes + missing * floor->bits / 8, hz) /
                        (double)price->counts.level_instances[floor->level];
  const double more = reuse__fmax(0, cycles * (1 - margin) - price->cycles);
  const double pj = missing * floor->pj + reuse__static_mw(arch) * more / hz * 1e9;
  price->energy_pj = reuse__fmax(price->energy_pj, (price->energy_pj + pj) * (1 - margin));
  price->cycles += more;
  dram[REUSE_I].serves += (int64_t)missing;
}
