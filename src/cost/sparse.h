/* What zeros save: MACs, steps, and words that the MACs would take.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * doc/MODEL.md, "Zeros".  Zeros of I and W are taken to be independent. */
#ifndef REUSE_COST_SPARSE_H
#define REUSE_COST_SPARSE_H

#include "reusemodel.h"

/* The share of MACs that ENGINE executes: no operand that it gates or skips is 0. */
double reuse__macs_paid(const struct reuse_arch *arch, const struct reuse_engine *engine);

/* The share of steps that take time: no operand that ENGINE skips is 0. */
double reuse__steps_paid(const struct reuse_arch *arch, const struct reuse_engine *engine);

/* The share of the words of TENSOR between its innermost level, if that feeds one
 * MAC, and the MACs that are moved.  A gated word is read to be seen. */
double reuse__words_paid(const struct reuse_arch *arch, const struct reuse_engine *engine,
                         int tensor);

#endif
