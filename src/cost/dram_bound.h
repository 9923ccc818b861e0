/* Parts of the lower bounds on DRAM words.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * doc/MODEL.md, "DRAM bounds". */
#ifndef REUSE_COST_DRAM_BOUND_H
#define REUSE_COST_DRAM_BOUND_H

#include "reusemodel.h"

/* Words that may be on the chip at once of what comes from DRAM: of I and W, of O, of
 * all; INFINITY without a limit. */
struct reuse__storage {
  double operands, outputs, all;
};

/* The storage of ENGINE for the tensors in the mask TENSORS: that of the outermost
 * levels inside their sources that keep them, the most of what bypass leaves open. */
void reuse__storage(const struct reuse_arch *arch, const struct reuse_engine *engine,
                    unsigned tensors, struct reuse__storage *storage);

/* Filter positions that meet one input element at most. */
double reuse__taps(const struct reuse_problem *problem);

/* The largest T for which PHASES phases of T words are too few for MACS MACs whose
 * input elements meet TAPS filter positions; 0: none. */
int64_t reuse__phase_words(const struct reuse__storage *storage, int64_t phases,
                           double macs, double taps);

/* The outermost level of ENGINE from FROM on that keeps T; nlevels: none. */
int reuse__keeper_from(const struct reuse_engine *engine, int from, int t);

/* Bits of a word of tensor T, at least: a partial sum may be wider than an output, or narrower. */
double reuse__narrowest(const struct reuse_arch *arch, int t);

/* The tensors of LAYER whose source in ENGINE is a DRAM in any mapping. */
unsigned reuse__from_dram(const struct reuse_engine *engine, const struct reuse_layer *layer);

/* reuse_dram_bounds() of the mappings on ENGINE, which runs the layer's type. */
void reuse__engine_dram_bounds(const struct reuse_arch *arch, const struct reuse_engine *engine,
                               const struct reuse_layer *layer, struct reuse_dram_bounds *bounds);

#endif
