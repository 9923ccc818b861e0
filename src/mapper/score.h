/* How good a mapping is under an objective, with ties broken in a stated order.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_MAPPER_SCORE_H
#define REUSE_MAPPER_SCORE_H

#include "reusemodel.h"

/* The objective first, then energy, cycles and DRAM words: smaller is better,
 * compared in that order. */
enum { REUSE__SCORES = 4 };
struct reuse__score { double value[REUSE__SCORES]; };

void reuse__score(const struct reuse_arch *arch, const struct reuse_mapping *mapping,
                  const struct reuse_evaluation *evaluation,
                  const struct reuse_search *wanted, struct reuse__score *score);

bool reuse__score_less(const struct reuse__score *a, const struct reuse__score *b);

#endif
