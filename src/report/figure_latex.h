/* Figures for LaTeX: a picture of pgfplots, and its data in a file beside it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_REPORT_FIGURE_LATEX_H
#define REUSE_REPORT_FIGURE_LATEX_H

#include <stdio.h>

#include "report/figure.h"

/* Writes FIGURE as LAYOUT places it to PATH, FILE.tex, and its data to FILE.dat.
 * FILE.tex is a document of its own and can be input in one that uses pgfplots. */
enum reuse_status reuse__figure_latex(const struct reuse__figure *figure,
                                      const struct reuse__layout *layout,
                                      const char *path, struct reuse_arena *arena,
                                      struct reuse_diag *diag);

#endif
