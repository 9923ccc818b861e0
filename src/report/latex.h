/* Reports as LaTeX: every grid a table of booktabs and siunitx.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_REPORT_LATEX_H
#define REUSE_REPORT_LATEX_H

#include "report/grid.h"

/* What the writers of a document share.  A style that points to it makes
 * reuse__grid_write a table and reuse__text_line a paragraph. */
struct reuse__latex {
  struct reuse_arena *arena;
  const char *provenance;    /* ends every caption */
  const char *title;         /* of the report: begins the captions */
  const char *heading;       /* of the next table; NULL: none */
  const char **collecting;   /* where lines go; NULL: they are paragraphs */
};

/* Lines of text go to PART, which becomes empty, until reuse__latex_collected. */
void reuse__latex_collect(struct reuse__latex *latex, const char **part);
void reuse__latex_collected(struct reuse__latex *latex);

/* TEXT as a paragraph, or as a part of what is collected. */
void reuse__latex_line(struct reuse__latex *latex, const char *text, FILE *stream);

/* GRID as a table; over many rows, as a longtable.  Columns of REUSE__EXTRA are
 * left out, prefixes of numbers become a power of ten in the heading. */
enum reuse_status reuse__latex_grid(const struct reuse__grid *grid, FILE *stream);

/* TEXT with what is special to LaTeX escaped. */
void reuse__latex_text(const char *text, FILE *stream);

#endif
