/* Where the parts of a figure are on its page.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_REPORT_LAYOUT_H
#define REUSE_REPORT_LAYOUT_H

#include <stdbool.h>
#include <stdio.h>

enum { REUSE__PANELS = 8, REUSE__SERIES = 8 };

/* Where things are on the page, in points from its lower left corner. */
struct reuse__frame { double left, right, top, bottom; };

enum { REUSE__TITLE_LINES = 6, REUSE__LINE = 200 };

struct reuse__layout {
  double width, height;
  int nlines;                /* of the title and the note */
  struct { char text[REUSE__LINE]; double y; bool note; } line[REUSE__TITLE_LINES];
  bool used[REUSE__SERIES];  /* series that have a value */
  struct { double x, y; } key[REUSE__SERIES]; /* left end, middle of an entry */
  struct reuse__frame frame[REUSE__PANELS];
  int across;                /* panels in a row */
  bool upright;              /* names of categories stand upright */
  int step;                  /* every how many of them are shown */
  int longest;               /* characters of the longest */
};

/* Widths of one and of two columns in points. */
extern const double reuse__column, reuse__page;

/* Begins a layout WIDTH wide with TITLE and NOTE, whose lines are at heights from
 * the top, negative; gives where they end. */
double reuse__layout_head(const char *title, const char *note, double width,
                          struct reuse__layout *layout);

/* The page and its title as variables of a script. */
void reuse__layout_script(const struct reuse__layout *layout, FILE *script);

#endif
