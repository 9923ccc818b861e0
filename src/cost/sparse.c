/* What zeros save: MACs, steps, and words that the MACs would take.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cost/sparse.h"

/* The share of MACs none of whose operands in TENSORS is 0. */
static double nonzero(const struct reuse_arch *arch, unsigned tensors) {
  double share = 1;
  for (int t = 0; t < REUSE_O; t++)
    if (tensors & REUSE_BIT(t)) share *= 1 - arch->zeros[t].value;
  return share;
}

double reuse__macs_paid(const struct reuse_arch *arch, const struct reuse_engine *engine) {
  return nonzero(arch, engine->gate | engine->skip);
}

double reuse__steps_paid(const struct reuse_arch *arch, const struct reuse_engine *engine) {
  return nonzero(arch, engine->skip);
}

double reuse__words_paid(const struct reuse_arch *arch, const struct reuse_engine *engine,
                         int tensor) {
  const unsigned seen = engine->gate & ~engine->skip & REUSE_BIT(tensor);
  return nonzero(arch, (engine->gate | engine->skip) & ~seen);
}
