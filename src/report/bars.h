/* What scripts of figures share: the part of their scripts that holds the data.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_REPORT_BARS_H
#define REUSE_REPORT_BARS_H

#include <stdio.h>

#include "report/plot.h"

/* A script that is being made in memory. */
struct reuse__script {
  FILE *stream;
  char *text;
  size_t size;
};

/* False: no memory. */
bool reuse__script_begin(struct reuse__script *script);

/* Draws SCRIPT with the template NAME into PATH, and frees it. */
enum reuse_status reuse__script_draw(struct reuse__script *script, const char *path,
                                     const char *name,
                                     const struct reuse__plot_options *options,
                                     struct reuse_arena *arena, struct reuse_diag *diag);

/* NAME = 'TEXT', NAME = VALUE, and an array of texts of at most LONGEST characters;
 * longer ones lose their middle.  Gives the length of the longest. */
void reuse__script_text(FILE *script, const char *name, const char *text);
void reuse__script_number(FILE *script, const char *name, double value);
int reuse__script_array(FILE *script, const char *name, const char *const *text, int n,
                        int longest);

/* A number of a datablock; NaN when it is not finite. */
void reuse__script_value(FILE *script, double value);

#endif
