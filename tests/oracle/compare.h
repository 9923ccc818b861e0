/* Differences between two counts of one nest.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ORACLE_COMPARE_H
#define ORACLE_COMPARE_H

#include "reusemodel.h"

/* One integer in which two counts differ. */
struct difference {
  int level, tensor;  /* -1: of the whole nest, of the whole level */
  const char *field;
  int64_t expected, actual;
};

/* Compares all integers but those of the tiles: of the nest, of every level
 * and, for the memories, of every tensor.  Stores the first SIZE differences
 * in DIFFERENCE and returns the number of all. */
int compare_counts(const struct reuse_nest *nest,
                   const struct reuse_counts *expected,
                   const struct reuse_counts *actual, int size,
                   struct difference *difference);

#endif
