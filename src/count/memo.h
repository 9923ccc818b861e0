/* Sums of regions met before, for callers that count many similar nests.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A mapper changes one loop at a time; most factors of the next nest are those of
 * the last.  A memo never changes a result: keys hold all that sums depend on. */
#ifndef REUSE_COUNT_MEMO_H
#define REUSE_COUNT_MEMO_H

#include "count/factor.h"

struct reuse__memo;

struct reuse__memo *reuse__memo_new(void);        /* gives; NULL: no memory */
void reuse__memo_free(struct reuse__memo *memo);  /* takes; NULL allowed */

/* reuse__region_sums() through MEMO; without one if MEMO is NULL. */
bool reuse__memo_region_sums(struct reuse__memo *memo,
                             const struct reuse__region *region,
                             enum reuse__view view, struct reuse__sums *sums,
                             bool *overflow);

#endif
