/* Figures of panels with a row of categories: data, layout, and how they are drawn.
 *
 *   results -> struct reuse__figure -> script of gnuplot -> picture, terminal
 *                                  -> .tex and .dat of pgfplots
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_REPORT_FIGURE_H
#define REUSE_REPORT_FIGURE_H

#include "report/layout.h"
#include "report/plot.h"

enum { REUSE__CEILINGS = 4 };

/* What stands for the values of a category (a layer, a group). */
enum reuse__form {
  REUSE__STACKS,   /* bars whose parts are the series; panels one above the other,
                      or in rows where bars are few */
  REUSE__GROUPS,   /* bars side by side, from the panel's base; panels side by side */
  REUSE__MARKS,    /* points; panels one above the other */
  REUSE__LINES,    /* points at x, joined; one panel */
  REUSE__STEPS,    /* points at x, joined by stairs; one panel, linear x */
  REUSE__SCATTER,  /* points anywhere, below a roof; panels beside one another */
  REUSE__FORMS
};

struct reuse__panel {
  const char *title;         /* NULL: none */
  const char *ylabel;        /* NULL: none */
  bool log;
  double ymin, ymax;
  double base;               /* a line across, where bars of groups begin; NaN: none */
  const char *base_name;     /* of the line, for marks; NULL: none */
  const double *value;       /* [category * nseries + series]; NaN: none */
  const double *across;      /* scatter: where the values are on the x axis */
  const char *xlabel;
  double xmin, xmax;
  double slope, peak;        /* scatter: the roof min(slope * x, peak); slope NaN: flat */
  int nceilings;             /* scatter: lines from the roof to the right */
  double ceiling[REUSE__CEILINGS];
  const char *ceiling_name[REUSE__CEILINGS]; /* "": no room for it */
};

struct reuse__figure {
  enum reuse__form form;
  const char *title;
  const char *note;          /* a smaller line below it; NULL: none */
  const char *xlabel;        /* lines, steps: of the x axis */
  int columns;               /* of a page that the figure is made for, 1 or 2 */
  int n;                     /* categories */
  const char *const *name;   /* of the categories */
  const double *x;           /* lines: where they are, increasing; steps: within the
                                points of each series, which stand together */
  double at_x;               /* lines: a line upright, NaN: none */
  int nmeans;                /* groups at the end that are means */
  int nseries;
  const char *const *key;    /* names of the series */
  int reference;             /* groups: the series that is the base; -1: none */
  int npanels;
  struct reuse__panel panel[REUSE__PANELS];
};

/* Whether the points of FIGURE stand at x, and not at categories. */
bool reuse__has_x(const struct reuse__figure *figure);

/* Draws FIGURE into PATH, by its extension or, when PATH is "-", as text; see
 * reuse__plot_roofline. */
enum reuse_status reuse__figure_draw(const struct reuse__figure *figure, const char *path,
                                     const struct reuse__plot_options *options,
                                     struct reuse_arena *arena, struct reuse_diag *diag);

/* The layout of FIGURE on COLUMNS columns: no text overlaps another. */
void reuse__figure_layout(const struct reuse__figure *figure, int columns,
                          struct reuse__layout *layout);

/* The longest name that is shown whole. */
enum { REUSE__NAME_LENGTH = 16 };

#endif
