/* Layers under a mapping that the user gives.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_RUN_GIVEN_H
#define REUSE_RUN_GIVEN_H

#include "run/run.h"

/* Evaluates every row of RUN under the nest file at PATH, whose problem must be
 * that of the row and whose levels those of one engine of the machine.  Errors:
 * REUSE_ERR_INPUT, REUSE_ERR_NO_MAPPING (a tile or fan-out does not fit). */
enum reuse_status reuse__run_given(struct reuse__run *run, const char *path,
                                   struct reuse_diag *diag);

#endif
