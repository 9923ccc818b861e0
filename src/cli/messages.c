/* Messages on standard error, and exit codes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "cli/cli.h"

enum { SOURCE_COLUMNS = 120 };  /* of a long source line */

#define BOLD "\033[1m"
#define GREEN "\033[1;32m"
#define RESET "\033[0m"

static const char *const severity_name[] = {
  [REUSE_NOTE] = "note", [REUSE_WARNING] = "warning", [REUSE_ERROR] = "error"
};
static const char *const severity_color[] = {
  [REUSE_NOTE] = "\033[1;36m", [REUSE_WARNING] = "\033[1;35m",
  [REUSE_ERROR] = "\033[1;31m"
};

/* Starts and ends CODE when messages are coloured. */
static void color(const struct messages *m, const char *code) {
  if (m->color)
    fputs(code, stderr);
}

/* Writes N bytes of TEXT; control characters become '?', tabs blanks. */
static void put_clean(const char *text, size_t n) {
  for (size_t i = 0; i < n && text[i]; i++) {
    unsigned char c = (unsigned char)text[i];
    putc(c == '\t' ? ' ' : c < 0x20 || c == 0x7f ? '?' : c, stderr);
  }
}

static void put_place(const struct messages *m, const struct reuse_message *message) {
  color(m, BOLD);
  if (!message->file) {
    fprintf(stderr, "%s: ", m->program);
  } else {
    put_clean(message->file, strlen(message->file));
    if (message->line > 0)
      fprintf(stderr, ":%d", message->line);
    if (message->line > 0 && message->column > 0)
      fprintf(stderr, ":%d", message->column);
    fputs(": ", stderr);
  }
  color(m, RESET);
}

/* Whether the byte C continues a character of UTF-8. */
static bool continues(char c) {
  return ((unsigned char)c & 0xc0) == 0x80;
}

/* Offset of the character COLUMN, from 1, of LINE; at most its length. */
static size_t offset_of(const char *line, int column) {
  size_t at = 0;
  while (line[at] && column > 1) {
    at++;
    while (continues(line[at]))
      at++;
    column--;
  }
  return at;
}

/* Writes the source line, or what surrounds the column of a long one, and a
 * caret below the column. */
static void put_source(const struct messages *m, const struct reuse_message *message) {
  const char *line = message->source_line;
  int first = message->column > SOURCE_COLUMNS - 20 ? message->column - 60 : 1;
  size_t begin = offset_of(line, first);
  size_t end = begin + offset_of(line + begin, SOURCE_COLUMNS + 1);
  const char *before = first > 1 ? "..." : "";
  int digits = fprintf(stderr, "  %d", message->line) - 2;
  fprintf(stderr, " | %s", before);
  put_clean(line + begin, end - begin);
  fputs(line[end] ? "...\n" : "\n", stderr);
  if (message->column <= 0)
    return;
  fprintf(stderr, "  %*s | %*s", digits, "",
          message->column - first + (int)strlen(before), "");
  color(m, GREEN);
  putc('^', stderr);
  color(m, RESET);
  putc('\n', stderr);
}

void message_sink(void *context, const struct reuse_message *message) {
  const struct messages *m = context;
  if (m->quiet && message->severity == REUSE_NOTE)
    return;
  put_place(m, message);
  color(m, severity_color[message->severity]);
  fprintf(stderr, "%s:", severity_name[message->severity]);
  color(m, RESET);
  putc(' ', stderr);
  put_clean(message->text, strlen(message->text));
  putc('\n', stderr);
  if (message->source_line && message->line > 0)
    put_source(m, message);
  if (message->hint) {
    fputs("  hint: ", stderr);
    put_clean(message->hint, strlen(message->hint));
    putc('\n', stderr);
  }
}

void show_progress(void *context, const char *arch, const char *network, int done,
                   int total) {
  const struct messages *m = context;
  if (!m->progress)
    return;
  fputs("\r\033[K", stderr);
  if (done < total) {
    put_clean(network, strlen(network));
    fputs(" on ", stderr);
    put_clean(arch, strlen(arch));
    fprintf(stderr, ": %d of %d layers", done, total);
  }
  fflush(stderr);
}

int usage_error(struct session *session, const char *hint, const char *format, ...) {
  char text[1000];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  reuse__report(&session->diag, REUSE_ERROR, NULL, hint, "%s", text);
  return EXIT_USAGE;
}

int memory_error(struct session *session) {
  reuse__report(&session->diag, REUSE_ERROR, NULL, NULL, "out of memory");
  return EXIT_IO;
}

/* Reports STATUS unless an error has been reported before. */
static void report_status(struct session *session, enum reuse_status status,
                          const char *what) {
  const struct reuse__place place = {.file = what};
  if (session->diag.errors == 0)
    reuse__report(&session->diag, REUSE_ERROR, what ? &place : NULL, NULL, "%s",
                  reuse_status_text(status));
}

int exit_of_input(struct session *session, enum reuse_status status, const char *what) {
  if (status == REUSE_OK)
    return EXIT_OK;
  report_status(session, status, what);
  if (status == REUSE_ERR_NO_MAPPING)
    return EXIT_NO_MAPPING;
  return status == REUSE_ERR_MEMORY ? EXIT_IO : EXIT_INPUT;
}

int exit_of_output(struct session *session, enum reuse_status status, const char *what) {
  if (status == REUSE_OK)
    return EXIT_OK;
  report_status(session, status, what);
  return EXIT_IO;
}
