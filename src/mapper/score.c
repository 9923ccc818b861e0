/* How good a mapping is under an objective, with ties broken in a stated order.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/score.h"

/* Words that the levels of kind dram read and write. */
static double dram_words(const struct reuse_arch *arch,
                         const struct reuse_mapping *mapping,
                         const struct reuse_evaluation *e) {
  const struct reuse_engine *engine = &arch->engine[mapping->engine];
  double words = 0;
  for (int i = 0; i < engine->nlevels; i++) {
    if (engine->level[i].kind != REUSE_DRAM) continue;
    for (int t = 0; t < REUSE_TENSORS; t++)
      words += (double)e->counts.at[i][t].serves + (double)e->counts.at[i][t].updates;
  }
  return words;
}

void reuse__score(const struct reuse_arch *arch, const struct reuse_mapping *mapping,
                  const struct reuse_evaluation *evaluation,
                  const struct reuse_search *wanted, struct reuse__score *score) {
  const double words = dram_words(arch, mapping, evaluation);
  const double energy = evaluation->energy_pj, cycles = evaluation->cycles;
  const double first[REUSE_OBJECTIVES] = {[REUSE_ENERGY] = energy,
                                          [REUSE_LATENCY] = cycles,
                                          [REUSE_EDP] = energy * cycles,
                                          [REUSE_DRAM_WORDS] = words,
                                          [REUSE_WEIGHTED] = wanted->energy_weight * energy +
                                                             wanted->latency_weight * cycles +
                                                             wanted->dram_weight * words};
  *score = (struct reuse__score){{first[wanted->objective], energy, cycles, words}};
}

bool reuse__score_less(const struct reuse__score *a, const struct reuse__score *b) {
  for (int i = 0; i < REUSE__SCORES; i++) {
    if (a->value[i] < b->value[i]) return true;
    if (a->value[i] > b->value[i]) return false;
  }
  return false;
}
