/* Random problems and legal loop nests for the property tests.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROPERTY_RANDOM_H
#define PROPERTY_RANDOM_H

#include <gsl/gsl_rng.h>

#include "reusemodel.h"

enum { RANDOM_POINTS = 1200, RANDOM_INSTANCES = 48 };

/* A problem of at most RANDOM_POINTS points (rounded to blocks) and a legal
 * nest of it with at most RANDOM_INSTANCES MACs, drawn from RNG. */
void random_case(gsl_rng *rng, struct reuse_problem *problem,
                 struct reuse_nest *nest);

#endif
