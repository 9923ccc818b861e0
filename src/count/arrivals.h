/* Words that arrive over a link, summed over steps.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_COUNT_ARRIVALS_H
#define REUSE_COUNT_ARRIVALS_H

#include "count/terms.h"

/* Sum over steps of |new \ previous| in the given view: summed over the child's
 * instances, or united over the children of a parent instance (for LEAVING of
 * |previous \ new|, the end included).  TERMS are those of the link; their
 * sums are overwritten.  Errors: REUSE_ERR_OVERFLOW, REUSE_ERR_LIMIT. */
enum reuse_status reuse__arrivals(const struct reuse__link *link,
                                  struct reuse__terms *terms, enum reuse__view view,
                                  int64_t *result);

/* As above for the expanded input across the im2col boundary: only the new words
 * that are not padding. */
enum reuse_status reuse__crossing(const struct reuse__link *link,
                                  struct reuse__terms *terms, enum reuse__view view,
                                  int64_t *result);

#endif
