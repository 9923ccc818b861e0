/* What the figures of a run's layers share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_REPORT_FIGURE_LAYERS_H
#define REUSE_REPORT_FIGURE_LAYERS_H

#include "report/figure.h"

/* Reports that nothing of RUN can be drawn in PATH: REUSE_ERR_INPUT. */
enum reuse_status reuse__nothing_to_draw(const struct reuse__run *run, const char *path,
                                         struct reuse_diag *diag);

/* A figure of one panel whose categories are the modelled layers of RUN, without
 * series; its title is what runs where and WHAT.  Errors: REUSE_ERR_INPUT (no
 * layer is modelled, told to DIAG), memory. */
enum reuse_status reuse__layers_figure(const struct reuse__run *run, const char *what,
                                       const char *path, struct reuse_arena *arena,
                                       struct reuse__figure *figure,
                                       struct reuse_diag *diag);

/* The names of the memories that layers of a run use, the outer ones first. */
struct reuse__level_names { int n; const char *name[2 * REUSE_MAX_LEVELS]; };

/* At most MOST names; more levels count as the last. */
void reuse__find_levels(const struct reuse__run *run, int most,
                        struct reuse__level_names *names);
int reuse__level_index(const struct reuse__level_names *names, const char *name);

#endif
