/* Results on standard output, in the form that --format says.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/result.h"

#include <stdio.h>

#include "cli/latex.h"
#include "report/output.h"

int check_stdout(struct session *session) {
  return exit_of_output(session,
                        reuse__stream_check(stdout, "standard output", &session->diag),
                        NULL);
}

int print_table(struct session *session, const struct reuse__table *table, int format) {
  if (format == CSV_FORMAT)
    reuse__write_csv(table, stdout);
  else
    reuse__write_json(table, stdout);
  return check_stdout(session);
}

int print_result(struct session *session, const struct settings *settings,
                 const struct inputs *inputs, const struct result *result) {
  struct reuse__text_style style;
  const struct reuse__table *table;
  enum reuse_status status;
  if (is_text(settings)) {
    const int code = begin_text(session, settings, inputs, &style);
    if (code != EXIT_OK)
      return code;
    status = result->text(result, &style, session->arena, stdout);
    return status == REUSE_OK ? check_stdout(session)
                              : exit_of_output(session, status, NULL);
  }
  status = result->table(result, session->arena, &table);
  return status == REUSE_OK ? print_table(session, table, settings->format)
                            : exit_of_output(session, status, NULL);
}
