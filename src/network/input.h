/* A network file in memory, and messages that point into it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_NETWORK_INPUT_H
#define REUSE_NETWORK_INPUT_H

#include "base/arena.h"
#include "reusemodel.h"

/* TEXT is LENGTH bytes, not terminated.  A place in it is a byte offset. */
struct reuse__input {
  const char *path, *text;
  size_t length;
  struct reuse_arena *arena;
  struct reuse_diag *diag;
  int errors;      /* reported or suppressed */
  bool no_memory;  /* an allocation failed */
};

/* Reports an error at OFFSET with its line, column and source line.  HINT may
 * be NULL.  After twenty errors one closing message, then nothing. */
void reuse__input_error(struct reuse__input *in, size_t offset,
                        const char *hint, const char *format, ...)
  REUSE__PRINTF(4, 5);

/* Whether the bytes are a text: UTF-8, lines that end in LF or CR LF, no other
 * control characters than tabs.  The first offence is reported. */
bool reuse__input_is_text(struct reuse__input *in);

/* The number, from 1, of the line that holds OFFSET. */
int reuse__input_line(const struct reuse__input *in, size_t offset);

/* A copy of N bytes of S in the arena; "" and no_memory set on failure. */
const char *reuse__input_keep(struct reuse__input *in, const char *s, size_t n);

#endif
