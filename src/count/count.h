/* Counting in two steps, with a memo.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_COUNT_COUNT_H
#define REUSE_COUNT_COUNT_H

#include "count/memo.h"

/* The traffic of a nest whose shape reuse__count_shape has put into COUNTS; the two
 * together are reuse_count().  With OUTERMOST only the link of each tensor's
 * outermost keeper to its children.  MEMO may be NULL. */
enum reuse_status reuse__count_traffic(const struct reuse_problem *problem,
                                       const struct reuse_nest *nest,
                                       struct reuse__memo *memo, bool outermost,
                                       struct reuse_counts *counts);

#endif
