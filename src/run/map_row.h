/* A layer on a machine, lowered as the run wants.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_RUN_MAP_ROW_H
#define REUSE_RUN_MAP_ROW_H

#include "run/run.h"

/* Maps and evaluates ROW, whose layer some engine of ARCH runs.  Where a transform is
 * wanted that does not apply, the row is lowered as the dataflows state.  Errors: those
 * of reuse_map of the layer itself. */
enum reuse_status reuse__map_row(const struct reuse_arch *arch,
                                 const struct reuse__run_options *options,
                                 struct reuse__row *row);

#endif
