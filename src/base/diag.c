/* Diagnostics: formatting and counting of messages.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/diag.h"

#include <stdarg.h>
#include <stdio.h>

void reuse__report(struct reuse_diag *diag, enum reuse_severity severity,
                   const struct reuse__place *place, const char *hint,
                   const char *format, ...) {
  if (!diag)
    return;
  if (severity == REUSE_ERROR)
    diag->errors++;
  else if (severity == REUSE_WARNING)
    diag->warnings++;
  if (!diag->sink)
    return;
  char text[1001];
  va_list args;
  va_start(args, format);
  int n = vsnprintf(text, sizeof text, format, args);
  va_end(args);
  struct reuse_message message = {
      .severity = severity, .text = n < 0 ? format : text, .hint = hint};
  if (place) {
    message.file = place->file;
    message.line = place->line;
    message.column = place->column;
    message.source_line = place->source_line;
  }
  diag->sink(diag->context, &message);
}
