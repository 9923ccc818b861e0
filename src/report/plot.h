/* Plots of runs, drawn by gnuplot.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_REPORT_PLOT_H
#define REUSE_REPORT_PLOT_H

#include <stdio.h>

#include "run/run.h"

struct reuse__plot_options {
  const char *template_dir;   /* where the templates, roofline.gp ..., are */
  const char *program;        /* NULL: gnuplot, looked up in PATH */
  const char *script_path;    /* where a script that can be edited is kept, or NULL */
  int columns;                /* of a page that a figure fills, 1 or 2; 0: as made */
  FILE *terminal;             /* where figures of the path "-" are written as text */
  const struct reuse__run_options *run; /* how runs are made, for figures of several */
};

/* Draws the layers of RUN into their roofline in PATH, whose extension is svg,
 * png, pdf or tex; "-" is text on the terminal.  The file appears complete or not
 * at all.  Memory is taken from ARENA.  Errors, told to DIAG: REUSE_ERR_INPUT (the
 * extension, nothing to draw), REUSE_ERR_IO, memory. */
enum reuse_status reuse__plot_roofline(const struct reuse__run *run,
                                       const char *path,
                                       const struct reuse__plot_options *options,
                                       struct reuse_arena *arena,
                                       struct reuse_diag *diag);

/* The same for bars, one for each layer: the parts of its energy, by level, by
 * operand; where the peak goes; the bytes that move at each memory. */
enum reuse_status reuse__plot_energy(const struct reuse__run *run, const char *path,
                                     const struct reuse__plot_options *options,
                                     struct reuse_arena *arena, struct reuse_diag *diag);
enum reuse_status reuse__plot_energy_level(const struct reuse__run *run, const char *path,
                                           const struct reuse__plot_options *options,
                                           struct reuse_arena *arena,
                                           struct reuse_diag *diag);
enum reuse_status reuse__plot_energy_operand(const struct reuse__run *run,
                                             const char *path,
                                             const struct reuse__plot_options *options,
                                             struct reuse_arena *arena,
                                             struct reuse_diag *diag);
enum reuse_status reuse__plot_utilization(const struct reuse__run *run, const char *path,
                                          const struct reuse__plot_options *options,
                                          struct reuse_arena *arena,
                                          struct reuse_diag *diag);
enum reuse_status reuse__plot_accesses(const struct reuse__run *run, const char *path,
                                       const struct reuse__plot_options *options,
                                       struct reuse_arena *arena,
                                       struct reuse_diag *diag);

/* A roofline for every memory, by operand, and estimates against bounds. */
enum reuse_status reuse__plot_hierarchy(const struct reuse__run *run, const char *path,
                                        const struct reuse__plot_options *options,
                                        struct reuse_arena *arena,
                                        struct reuse_diag *diag);

/* The reuse that layers offer, by operand, and that the machine requires. */
enum reuse_status reuse__plot_reuse(const struct reuse__run *run, const char *path,
                                    const struct reuse__plot_options *options,
                                    struct reuse_arena *arena, struct reuse_diag *diag);

/* The DRAM traffic of the run's layers against the size of the machine's buffer. */
enum reuse_status reuse__plot_buffer(const struct reuse__run *run, const char *path,
                                     const struct reuse__plot_options *options,
                                     struct reuse_arena *arena, struct reuse_diag *diag);

/* "svg", "png", "pdf" or "tex" as the extension of PATH says, "dumb" (text) for the
 * path "-"; NULL for others. */
const char *reuse__plot_format(const char *path);

/* Writes the format's variable, the variables and data at SCRIPT, what is common to
 * figures and the template NAME to gnuplot, and its picture to PATH. */
enum reuse_status reuse__plot_script(const char *path, const char *name,
                                     const char *script, size_t length,
                                     const struct reuse__plot_options *options,
                                     struct reuse_arena *arena,
                                     struct reuse_diag *diag);

#endif
