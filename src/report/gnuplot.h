/* Running gnuplot: a script in, a picture out.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_REPORT_GNUPLOT_H
#define REUSE_REPORT_GNUPLOT_H

#include <stdio.h>

#include "reusemodel.h"

/* Runs "PROGRAM -d -" with the LENGTH bytes of SCRIPT as its input and copies
 * what it writes to PICTURE.  The script must not set an output.  PROGRAM is
 * looked up in PATH; NULL is "gnuplot".  Errors: REUSE_ERR_IO (told to DIAG)
 * when the program is missing, fails or writes nothing. */
enum reuse_status reuse__gnuplot(const char *program, const char *script,
                                 size_t length, FILE *picture,
                                 struct reuse_diag *diag);

/* Writes TEXT as a gnuplot string in single quotes, in which nothing is
 * expanded; control characters and malformed UTF-8 become '?'. */
void reuse__gnuplot_string(const char *text, FILE *script);

/* Writes TEXT as a quoted column of a datablock; quotes and backslashes, which
 * gnuplot would interpret there, become similar characters. */
void reuse__gnuplot_column(const char *text, FILE *script);

#endif
