/* The program: what its commands share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_CLI_CLI_H
#define REUSE_CLI_CLI_H

#include "base/arena.h"
#include "reusemodel.h"

/* Exit codes, as reusemodel(1) states them. */
enum exit_code {
  EXIT_OK = 0,
  EXIT_CHECK = 1,      /* a check failed */
  EXIT_USAGE = 2,      /* the command line is wrong */
  EXIT_INPUT = 3,      /* a file or a setting is missing or wrong */
  EXIT_NO_MAPPING = 4, /* the machine has no legal mapping for a layer */
  EXIT_IO = 5          /* output was not written, or memory ran out */
};

/* How messages look. */
struct messages {
  const char *program;
  bool color, quiet;   /* quiet: notes are left out */
  bool progress;       /* a line of progress may be shown */
};

/* One run of the program. */
struct session {
  struct reuse_arena *arena;
  struct reuse_diag diag;      /* its context is &messages */
  struct messages messages;
  const char *home;            /* where models, data and plots are */
};

/* Writes MESSAGE to standard error in the form of a compiler; CONTEXT is a
 * struct messages. */
void message_sink(void *context, const struct reuse_message *message);

/* Shows on standard error how far a run is, on a line that the next call replaces and
 * the last one removes; a reuse__progress, CONTEXT is a struct messages. */
void show_progress(void *context, const char *arch, const char *network, int done,
                   int total);

/* Reports an error of the command line; gives EXIT_USAGE.  HINT may be NULL. */
int usage_error(struct session *session, const char *hint, const char *format, ...)
  REUSE__PRINTF(3, 4);

/* Reports that memory ran out; gives EXIT_IO. */
int memory_error(struct session *session);

/* The exit code after reading input, or writing output, gave STATUS.  What the
 * library did not report is reported, for WHAT (a file, a layer; may be NULL). */
int exit_of_input(struct session *session, enum reuse_status status, const char *what);
int exit_of_output(struct session *session, enum reuse_status status, const char *what);

#endif
