/* Evaluation with a memo.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_COST_EVALUATE_H
#define REUSE_COST_EVALUATE_H

#include "count/memo.h"

/* reuse_evaluate() of a mapping whose nest is known to be legal and whose shape
 * reuse__count_shape has put into result->counts; MEMO may be NULL.  With
 * OUTERMOST only the traffic of the outermost links is counted: energy, cycles and
 * every traffic are lower bounds of the true ones. */
enum reuse_status reuse__evaluate(const struct reuse_arch *arch,
                                  const struct reuse_layer *layer,
                                  const struct reuse_mapping *mapping,
                                  struct reuse__memo *memo, bool outermost,
                                  struct reuse_evaluation *result);

/* Time and energy of result->counts, the other half of the above. */
void reuse__price(const struct reuse_arch *arch, int engine,
                  const struct reuse_nest *nest, struct reuse_evaluation *result);

/* Cycles of HZ for WORDS or BYTES at a rate; 0 if none is given. */
double reuse__at_rate(const struct reuse_rate *rate, double words, double bytes, double hz);

#endif
