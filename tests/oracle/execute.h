/* Brute-force execution of a loop nest, the reference for the closed form.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every step of every level is walked; what each instance of a level holds is
 * an explicit set of elements, and every count is taken from these sets by the
 * definitions of doc/MODEL.md, "Counts".  The time is proportional to the
 * number of MACs times the number of levels: for small nests only. */
#ifndef ORACLE_EXECUTE_H
#define ORACLE_EXECUTE_H

#include "reusemodel.h"

/* Executes NEST, which must be legal for PROBLEM.  Sets every field of *COUNTS
 * but tile and partial, which are zero; so is the traffic of the MACs.
 * Returns 0, or -1 when there is no memory. */
int oracle_count(const struct reuse_problem *problem,
                 const struct reuse_nest *nest, struct reuse_counts *counts);

/* Number of elements of TENSOR that the points of PROBLEM touch, or -1 when
 * there is no memory. */
int64_t oracle_tensor_words(const struct reuse_problem *problem, int tensor);

#endif
