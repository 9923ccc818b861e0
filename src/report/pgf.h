/* Pictures of pgfplots: a file for LaTeX with its data in another beside it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_REPORT_PGF_H
#define REUSE_REPORT_PGF_H

#include <stdio.h>

#include "base/arena.h"
#include "reusemodel.h"

/* What is drawn: OF, in two functions that write its data, a table of pgfplots, and
 * what is inside the tikzpicture, which reads the data in the file NAME. */
struct reuse__pgf {
  const char *title;
  const void *of;
  void (*data)(const void *of, FILE *stream);
  void (*picture)(const void *of, const char *name, FILE *stream);
};

/* Writes PICTURE to PATH, FILE.tex, and its data to FILE.dat; each appears complete or
 * not at all.  FILE.tex is a document of its own and can be input in one that uses
 * pgfplots.  Errors, told to DIAG: REUSE_ERR_INPUT (TeX cannot read such a name),
 * REUSE_ERR_IO, memory. */
enum reuse_status reuse__pgf_write(const struct reuse__pgf *picture, const char *path,
                                   struct reuse_arena *arena, struct reuse_diag *diag);

/* VALUE in the place of the %s of FORMAT. */
void reuse__pgf_number(FILE *stream, const char *format, double value);

/* " VALUE", or " nan" when it is not finite, of a table of data. */
void reuse__pgf_value(FILE *stream, double value);

/* (axis cs:X,Y), and a straight line between two such points. */
void reuse__pgf_point(FILE *stream, double x, double y);
void reuse__pgf_line(FILE *stream, const char *style, double x0, double y0, double x1,
                     double y1);

/* NAME={TEXT}, as an option of an axis. */
void reuse__pgf_text(FILE *stream, const char *name, const char *text);

/* The colour NAME followed by NUMBER. */
void reuse__pgf_colour(FILE *stream, char name, int number, const char *html);

/* An entry of the legend. */
void reuse__pgf_entry(FILE *stream, const char *text);

#endif
