/* Tables of text cells that are fitted to the width of a page.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_REPORT_GRID_H
#define REUSE_REPORT_GRID_H

#include "base/arena.h"
#include "report/report.h"

/* A column.  To fit the page, columns with a priority of REUSE__EXTRA go first,
 * then texts are cut to their smallest width, then the gaps are narrowed, then
 * columns go in falling order of their priority; priority 0 always stays.  Texts of
 * the first column, which name the rows, stay distinct as long as that can be. */
struct reuse__grid_column {
  const char *head[2];  /* two lines; "" for none */
  bool left;            /* text, else a number: right-aligned */
  int smallest;         /* columns that a cut text keeps; 0: never cut */
  int priority;
};

enum { REUSE__EXTRA = 100, REUSE__GRID_COLUMNS = 20 };

struct reuse__grid {
  struct reuse_arena *arena;
  struct reuse__text_style style;
  const struct reuse__grid_column *column;
  int ncolumns, nrows, capacity, next;
  const char **cell;    /* nrows * ncolumns; the first is NULL in a rule */
  bool failed;          /* no memory */
};

void reuse__grid_init(struct reuse__grid *grid,
                      const struct reuse__grid_column *column, int ncolumns,
                      const struct reuse__text_style *style,
                      struct reuse_arena *arena);

/* Begins a row of blank cells, or makes it a rule across the page. */
void reuse__grid_row(struct reuse__grid *grid);
void reuse__grid_rule(struct reuse__grid *grid);

/* The next cell of the row; the text is copied and made printable. */
void reuse__grid_cell(struct reuse__grid *grid, const char *text);
void reuse__grid_format(struct reuse__grid *grid, const char *format, ...)
    REUSE__PRINTF(2, 3);
/* Numbers: with an SI prefix, with three digits, as a percentage. */
void reuse__grid_si(struct reuse__grid *grid, double value);
void reuse__grid_digits(struct reuse__grid *grid, double value);
void reuse__grid_percent(struct reuse__grid *grid, double share);

enum reuse_status reuse__grid_write(const struct reuse__grid *grid, FILE *stream);

/* TEXT in lines of at most the style's width, broken at blanks; lines after the
 * first begin with INDENT blanks.  NULL is written as nothing. */
void reuse__write_wrapped(const char *text, int indent,
                          const struct reuse__text_style *style,
                          struct reuse_arena *arena, FILE *stream);

/* Columns on the page: the characters of TEXT. */
int reuse__text_columns(const char *text);

#endif
