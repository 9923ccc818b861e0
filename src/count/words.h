/* Words of the tensors of a problem, and the MACs whose input exists.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_COUNT_WORDS_H
#define REUSE_COUNT_WORDS_H

#include "reusemodel.h"

/* The indices a < m with 0 <= a*s + shift < size are [*low, *high); all if size
 * is 0. */
void reuse__valid_range(int64_t m, int64_t s, int64_t shift, int64_t size, int64_t *low,
                        int64_t *high);

/* Number of pairs (a, b), a < m, b < n, with 0 <= a*s + b*d - pad < size. */
int64_t reuse__valid_pairs(int64_t m, int64_t s, int64_t n, int64_t d, int64_t pad,
                           int64_t size);

/* Number of distinct values of a*s + b*d - pad in [0, size). */
int64_t reuse__touched(int64_t m, int64_t s, int64_t n, int64_t d, int64_t pad,
                       int64_t size);

/* MACs whose input element exists. */
int64_t reuse__effective_macs(const struct reuse_problem *problem);

#endif
