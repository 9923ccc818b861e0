/* What the words that a layer has to move between DRAM and chip cost, however it is mapped.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * doc/MODEL.md, Lemma 25. */
#ifndef REUSE_COST_DRAM_FLOOR_H
#define REUSE_COST_DRAM_FLOOR_H

#include "reusemodel.h"

struct reuse__dram_floor {
  int level;                    /* the DRAM */
  double words;                 /* that it serves and receives at least; 0: not known */
  double pj, bits;              /* of one of them, at least */
};

/* The floor of all mappings of LAYER on engine number ENGINE, which runs its type. */
void reuse__dram_floor(const struct reuse_arch *arch, int engine, const struct reuse_layer *layer,
                       struct reuse__dram_floor *floor);

/* Raises PRICE, that of counts which no mapping undercuts, to what FLOOR adds to it: words, energy
 * and cycles.  Words that are added are counted as words of I. */
void reuse__dram_floor_raise(const struct reuse_arch *arch, int engine,
                             const struct reuse__dram_floor *floor,
                             struct reuse_evaluation *price);

#endif
