/* Files that appear complete or not at all.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_REPORT_OUTPUT_H
#define REUSE_REPORT_OUTPUT_H

#include <stdio.h>

#include "reusemodel.h"

/* A file being written under a temporary name beside its own.  A path that is
 * there and is no regular file (a device, a pipe) is written in place. */
struct reuse__output {
  FILE *stream;         /* write here */
  const char *path;     /* kept, not copied */
  char *temporary;      /* NULL: written in place */
};

/* Opens PATH for writing.  Errors: REUSE_ERR_IO (told to DIAG), memory. */
enum reuse_status reuse__output_open(struct reuse__output *output,
                                     const char *path, struct reuse_diag *diag);

/* Whether a file could be made at PATH, or in a directory PATH that is not there yet, before there
 * is anything to write.  Errors: REUSE_ERR_IO (told to DIAG), memory. */
enum reuse_status reuse__output_check(const char *path, struct reuse_diag *diag);
enum reuse_status reuse__directory_check(const char *path, struct reuse_diag *diag);

/* Ends OUTPUT: when STATUS is REUSE_OK and every byte was written, the file gets
 * its name; else nothing is left of it.  Gives STATUS, or REUSE_ERR_IO (told to
 * DIAG) when writing failed. */
enum reuse_status reuse__output_close(struct reuse__output *output,
                                      enum reuse_status status,
                                      struct reuse_diag *diag);

/* Flushes STREAM (standard output, say) and reports a write error as one of
 * NAME: REUSE_ERR_IO. */
enum reuse_status reuse__stream_check(FILE *stream, const char *name,
                                      struct reuse_diag *diag);

/* Makes the directory PATH with all that lead to it. */
enum reuse_status reuse__make_directory(const char *path, struct reuse_diag *diag);

#endif
