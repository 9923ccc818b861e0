/* Greedy reduction of a failing nest to a small one.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROPERTY_SHRINK_H
#define PROPERTY_SHRINK_H

#include "reusemodel.h"

/* Whether a legal nest of a problem still fails. */
typedef bool shrink_fails(const struct reuse_problem *problem,
                          const struct reuse_nest *nest);

/* Simplifies *PROBLEM and *NEST, for which FAILS holds, step by step as long
 * as the nest stays legal and fails: no single step leads further. */
void shrink(shrink_fails *fails, struct reuse_problem *problem,
            struct reuse_nest *nest);

#endif
