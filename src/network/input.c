/* A network file in memory, and messages that point into it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "network/input.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/diag.h"

enum { MAX_ERRORS = 20, MAX_TEXT = 512 };

/* The offset of the first byte of the line that holds OFFSET. */
static size_t line_start(const struct reuse__input *in, size_t offset) {
  while (offset > 0 && in->text[offset - 1] != '\n')
    offset--;
  return offset;
}

int reuse__input_line(const struct reuse__input *in, size_t offset) {
  int line = 1;
  for (size_t i = 0; i < offset && i < in->length; i++)
    line += in->text[i] == '\n';
  return line;
}

/* The line that begins at START, without its end, in the arena. */
static const char *source_line(const struct reuse__input *in, size_t start) {
  size_t end = start;
  while (end < in->length && in->text[end] != '\n' && in->text[end] != '\r')
    end++;
  return reuse__strndup(in->arena, in->text + start, end - start);
}

void reuse__input_error(struct reuse__input *in, size_t offset,
                        const char *hint, const char *format, ...) {
  in->errors++;
  if (in->errors > MAX_ERRORS + 1)
    return;
  size_t start = line_start(in, offset);
  const struct reuse__place place = {
    .file = in->path,
    .line = reuse__input_line(in, offset),
    .column = (int)(offset - start) + 1,
    .source_line = source_line(in, start),
  };
  char text[MAX_TEXT];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  if (in->errors > MAX_ERRORS)
    reuse__report(in->diag, REUSE_ERROR, &place, NULL,
                  "too many errors; this and later ones are not shown");
  else
    reuse__report(in->diag, REUSE_ERROR, &place, hint, "%s", text);
}

/* The length of the UTF-8 sequence at S of at most N bytes; 0: malformed. */
static size_t utf8_length(const unsigned char *s, size_t n) {
  if (s[0] < 0x80)
    return 1;
  size_t length = s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : 2;
  if (s[0] < 0xC2 || s[0] > 0xF4 || length > n)
    return 0;
  for (size_t i = 1; i < length; i++)
    if ((s[i] & 0xC0) != 0x80)
      return 0;
  bool overlong = (s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xF0 && s[1] < 0x90);
  bool outside = (s[0] == 0xED && s[1] > 0x9F) || (s[0] == 0xF4 && s[1] > 0x8F);
  return overlong || outside ? 0 : length;
}

bool reuse__input_is_text(struct reuse__input *in) {
  const unsigned char *s = (const unsigned char *)in->text;
  for (size_t i = 0; i < in->length;) {
    size_t n = utf8_length(s + i, in->length - i);
    bool crlf = s[i] == '\r' && i + 1 < in->length && s[i + 1] == '\n';
    if (n == 0) {
      reuse__input_error(in, i, "save the file as UTF-8",
                         "byte 0x%02x is not UTF-8", s[i]);
      return false;
    }
    if (s[i] == '\r' && !crlf) {
      reuse__input_error(in, i, "lines end in LF or CR LF",
                         "carriage return without a line feed");
      return false;
    }
    if ((s[i] < 0x20 && s[i] != '\t' && s[i] != '\n' && !crlf) || s[i] == 0x7F) {
      reuse__input_error(in, i, NULL, "control character 0x%02x", s[i]);
      return false;
    }
    i += n;
  }
  return true;
}

const char *reuse__input_keep(struct reuse__input *in, const char *s, size_t n) {
  const char *copy = reuse__strndup(in->arena, s, n);
  if (copy == NULL)
    in->no_memory = true;
  return copy != NULL ? copy : "";
}
