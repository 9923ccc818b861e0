/* What a search has shown of the layers of a run.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "mapper/score.h"
#include "run/run.h"

bool reuse__is_searched(const struct reuse__row *row) {
  return row->modelled && row->mapping.dataflow >= 0 && !reuse__row_transform(row);
}

double reuse__objective_value(const struct reuse__run *run, const struct reuse__row *row) {
  struct reuse__score score;
  const struct reuse__candidate *c = reuse__row_transform(row);
  const double words = c ? c->passes.dram_words : 0;
  reuse__score(run->arch, &row->mapping, &row->cost, &run->search, &score);
  if (run->search.objective == REUSE_DRAM_WORDS) return score.value[0] + words;
  if (run->search.objective != REUSE_WEIGHTED) return score.value[0];
  return score.value[0] + run->search.dram_weight * words;
}

double reuse__gap(const struct reuse__run *run, const struct reuse__row *row) {
  const double value = reuse__objective_value(run, row);
  if (row->proof.optimal || !(value > row->proof.lower_bound)) return 0;
  return 1 - row->proof.lower_bound / value;
}

bool reuse__row_dram_bounds(const struct reuse__run *run, const struct reuse__row *row,
                            struct reuse_dram_bounds *bounds) {
  return row->modelled && !reuse__row_transform(row) &&
         reuse_dram_bounds(run->arch, &row->layer, bounds) == REUSE_OK;
}

static bool could_be_transformed(const struct reuse__row *row) {
  for (int i = 0; i < row->ncandidates; i++)
    if (row->candidate[i].transformed) return true;
  return false;
}

void reuse__proofs(const struct reuse__run *run, struct reuse__proofs *proofs) {
  *proofs = (struct reuse__proofs){.usual_optimal = true};
  for (int i = 0; i < run->nrows; i++) {
    const struct reuse__row *row = &run->row[i];
    proofs->transformed += reuse__row_transform(row) != NULL;
    proofs->given += row->modelled && row->mapping.dataflow < 0;
    if (!reuse__is_searched(row)) continue;
    proofs->searched++;
    proofs->untransformed += could_be_transformed(row);
    proofs->some_steps += !row->proof.every_step;
    if (row->proof.optimal) continue;
    proofs->unproven++;
    proofs->left_out += !row->proof.stopped;
    proofs->usual_optimal = proofs->usual_optimal && row->proof.usual_optimal;
    if (proofs->worst && reuse__gap(run, row) <= proofs->gap) continue;
    proofs->worst = row;
    proofs->gap = reuse__gap(run, row);
  }
}
