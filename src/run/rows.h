/* What runs and fronts of their rows share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_RUN_ROWS_H
#define REUSE_RUN_ROWS_H

#include "run/run.h"

/* The first row of RUN with the same work as row I. */
int reuse__first_like(const struct reuse__run *run, int i);

/* Whether an engine of ARCH runs layers of the type of LAYER. */
bool reuse__runs_type(const struct reuse_arch *arch, const struct reuse_layer *layer);

/* Reports why ROW was not mapped; gives STATUS. */
enum reuse_status reuse__explain_row(const struct reuse__run *run,
                                     const struct reuse__row *row,
                                     enum reuse_status status, struct reuse_diag *diag);

#endif
