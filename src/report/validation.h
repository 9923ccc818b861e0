/* Reports on validations.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_REPORT_VALIDATION_H
#define REUSE_REPORT_VALIDATION_H

#include "report/plot.h"
#include "validate/validate.h"

/* Draws the comparisons that have a relative error into PATH, modelled against
 * published, by system; as the other plots (report/plot.h). */
enum reuse_status reuse__plot_validation(const struct reuse__validation *validation,
                                         const char *path,
                                         const struct reuse__plot_options *options,
                                         struct reuse_arena *arena,
                                         struct reuse_diag *diag);

#endif
