/* A row of a network file as a layer.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_NETWORK_LAYER_H
#define REUSE_NETWORK_LAYER_H

#include "network/columns.h"

/* Checks the shape of ROW - groups, output size, the type's shape, 63 bits -
 * and fills *layer but for its line.  False when something is wrong
 * (reported). */
bool reuse__layer_from_row(struct reuse__input *in,
                           const struct reuse__row *row,
                           struct reuse_layer *layer);

/* Whether the iteration space and every tensor of PROBLEM have at most
 * 2^63 - 1 elements; *points is the size of the iteration space. */
bool reuse__problem_size(const struct reuse_problem *problem, int64_t *points);

#endif
