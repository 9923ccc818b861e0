/* Why a layer has no legal mapping.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_MAPPER_SMALLEST_H
#define REUSE_MAPPER_SMALLEST_H

#include "cost/fits.h"

/* What even the mapping of the smallest tiles lacks: of all spaces of LAYER on ARCH (with WANTED as
 * in reuse__spaces_list), the one where that is the least in proportion; its engine goes to
 * *ENGINE.  False if that is not what the layer fails by. */
bool reuse__smallest_misfit(const struct reuse_arch *arch, const struct reuse_layer *layer,
                            const char *wanted, int *engine, struct reuse__misfit *misfit);

#endif
