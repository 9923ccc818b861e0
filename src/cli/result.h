/* Results on standard output, in the form that --format says.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_CLI_RESULT_H
#define REUSE_CLI_RESULT_H

#include "cli/inputs.h"
#include "report/report.h"

/* What is printed: OF, N of it, of KIND as its writers read them.  TEXT writes it for
 * people or for LaTeX, TABLE makes the table of CSV and JSON. */
struct result {
  const void *of;
  int n, kind;
  enum reuse_status (*text)(const struct result *result,
                            const struct reuse__text_style *style,
                            struct reuse_arena *arena, FILE *stream);
  enum reuse_status (*table)(const struct result *result, struct reuse_arena *arena,
                             const struct reuse__table **table);
};

/* Prints RESULT, which INPUTS made.  Gives EXIT_OK, or another code after a message. */
int print_result(struct session *session, const struct settings *settings,
                 const struct inputs *inputs, const struct result *result);

/* Writes TABLE, which is complete, as FORMAT (not text) to standard output. */
int print_table(struct session *session, const struct reuse__table *table, int format);

/* Flushes standard output and reports what went wrong with it. */
int check_stdout(struct session *session);

#endif
