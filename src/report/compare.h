/* Comparisons as a table of values, for people, and as a plot.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_REPORT_COMPARE_H
#define REUSE_REPORT_COMPARE_H

#include "compare/compare.h"
#include "report/plot.h"
#include "report/report.h"

/* A row for each group and architecture; ratios are columns relative_...  The
 * table is allocated in ARENA and points into the comparison.  Errors: memory. */
enum reuse_status reuse__compare_table(const struct reuse__side_by_side *comparison,
                                       struct reuse_arena *arena,
                                       const struct reuse__table **table);

/* Values, ratios, and who wins by how much and why.  Errors of writing are left
 * in STREAM.  Errors: memory. */
enum reuse_status reuse__compare_text(const struct reuse__side_by_side *comparison,
                                      const struct reuse__text_style *style,
                                      struct reuse_arena *arena, FILE *stream);

/* Draws the ratios of time, energy and their product into PATH, as
 * reuse__plot_roofline does. */
enum reuse_status reuse__plot_compare(const struct reuse__side_by_side *comparison,
                                      const char *path,
                                      const struct reuse__plot_options *options,
                                      struct reuse_arena *arena, struct reuse_diag *diag);

/* The same for what the baselines have more of. */
enum reuse_status reuse__plot_reduction(const struct reuse__side_by_side *comparison,
                                        const char *path,
                                        const struct reuse__plot_options *options,
                                        struct reuse_arena *arena,
                                        struct reuse_diag *diag);

/* The same for utilization, time and energy as they are; and for the parts of the
 * energy per MAC, a panel for each of the first eight groups. */
enum reuse_status reuse__plot_values(const struct reuse__side_by_side *comparison,
                                     const char *path,
                                     const struct reuse__plot_options *options,
                                     struct reuse_arena *arena, struct reuse_diag *diag);
enum reuse_status reuse__plot_parts(const struct reuse__side_by_side *comparison,
                                    const char *path,
                                    const struct reuse__plot_options *options,
                                    struct reuse_arena *arena, struct reuse_diag *diag);

/* "network", "type" or "layer" of GROUP: the network's name or "geomean"; the
 * type, or "" for all; the layer, or "". */
const char *reuse__group_network(const struct reuse__side_by_side *comparison,
                                 const struct reuse__group *group);
const char *reuse__group_type(const struct reuse__group *group);
const char *reuse__group_layer(const struct reuse__side_by_side *comparison,
                               const struct reuse__group *group);

/* The name of an architecture of the comparison, by its place. */
const char *reuse__compared_arch(const struct reuse__side_by_side *comparison, int arch);

#endif
