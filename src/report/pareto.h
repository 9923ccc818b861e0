/* Fronts of energy and time as a table of values, for people, and as a figure.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_REPORT_PARETO_H
#define REUSE_REPORT_PARETO_H

#include "report/plot.h"
#include "report/report.h"
#include "run/fronts.h"

/* A row for each point of the N FRONTS, one after the other; the table is allocated
 * in ARENA and points into them.  Errors: memory. */
enum reuse_status reuse__pareto_table(const struct reuse__fronts *fronts, int n,
                                      struct reuse_arena *arena,
                                      const struct reuse__table **table);

/* The same for people.  Errors of writing are left in STREAM.  Errors: memory. */
enum reuse_status reuse__pareto_text(const struct reuse__fronts *fronts, int n,
                                     const struct reuse__text_style *style,
                                     struct reuse_arena *arena, FILE *stream);

/* Draws FRONTS as staircases into PATH, as reuse__plot_roofline does: one of a layer in
 * energy and time, several relative to the least of each. */
enum reuse_status reuse__plot_pareto(const struct reuse__fronts *fronts, const char *path,
                                     const struct reuse__plot_options *options,
                                     struct reuse_arena *arena, struct reuse_diag *diag);

#endif
