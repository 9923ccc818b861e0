/* Formulas in text: arithmetic over named values and functions.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "validate/formula.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum { MAX_DEPTH = 32, MAX_MESSAGE = 300 };

static bool read_sum(struct reuse__formula *f, int depth, double *value);

bool reuse__formula_error(struct reuse__formula *f, const char *format, ...) {
  char text[MAX_MESSAGE];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  return reuse__node_error_at(f->yaml, f->node, (size_t)(f->at - f->node->text), NULL,
                              "%s", text);
}

static void skip_blanks(struct reuse__formula *f) { f->at += strspn(f->at, " \t\n"); }

/* Whether the next character is C, which is then read. */
static bool take(struct reuse__formula *f, char c) {
  skip_blanks(f);
  if (*f->at != c)
    return false;
  f->at++;
  return true;
}

static bool expect(struct reuse__formula *f, char c) {
  return take(f, c) || reuse__formula_error(f, "'%c' expected", c);
}

/* The word at the place of reading, in the arena; NULL after a message. */
static const char *read_word(struct reuse__formula *f) {
  skip_blanks(f);
  const bool quoted = *f->at == '\'';
  const char *first = f->at + quoted;
  size_t n = strcspn(first, quoted ? "'" : ",()");
  const char *after = first + n + quoted;
  while (!quoted && n > 0 && strchr(" \t\n", first[n - 1]))
    n--;
  if (n == 0 || (quoted && first[n] != '\'')) {
    reuse__formula_error(f, "a word expected");
    return NULL;
  }
  const char *word = reuse__strndup(f->yaml->arena, first, n);
  if (!word)
    reuse__yaml_no_memory(f->yaml);
  f->at = after;
  return word;
}

static bool read_arguments(struct reuse__formula *f, const struct reuse__function *function,
                           int depth, struct reuse__argument *argument) {
  bool optional = false;
  int n = 0;
  for (const char *p = function->parameters; *p; p++) {
    skip_blanks(f);
    if (*p == '|') {
      optional = true;
      continue;
    }
    if (optional && *f->at == ')')
      break;
    if (n > 0 && !expect(f, ','))
      return false;
    if (*p == 'w') {
      argument[n].word = read_word(f);
      if (!argument[n].word)
        return false;
    } else if (!read_sum(f, depth, &argument[n].number)) {
      return false;
    }
    n++;
  }
  return expect(f, ')');
}

static bool read_call(struct reuse__formula *f, const char *name, int depth,
                      double *value) {
  struct reuse__argument argument[REUSE__ARGUMENTS] = {0};
  for (int i = 0; i < f->nfunctions; i++)
    if (strcmp(f->function[i].name, name) == 0)
      return read_arguments(f, &f->function[i], depth, argument) &&
             f->function[i].call(f, argument, value);
  return reuse__formula_error(f, "there is no function %s", name);
}

static bool read_name(struct reuse__formula *f, int depth, double *value) {
  static const char letters[] =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
  const size_t n = strspn(f->at, letters);
  if (n == 0)
    return reuse__formula_error(f, "a number, a name or '(' expected");
  const char *name = reuse__strndup(f->yaml->arena, f->at, n);
  if (!name)
    return reuse__yaml_no_memory(f->yaml);
  f->at += n;
  return take(f, '(') ? read_call(f, name, depth, value) : f->name(f, name, value);
}

static bool read_factor(struct reuse__formula *f, int depth, double *value) {
  if (depth > MAX_DEPTH)
    return reuse__formula_error(f, "too deeply nested");
  if (take(f, '-')) {
    if (!read_factor(f, depth + 1, value))
      return false;
    *value = -*value;
    return true;
  }
  if (take(f, '('))
    return read_sum(f, depth + 1, value) && expect(f, ')');
  const size_t n = reuse__parse_number(f->at, 0, value);
  f->at += n;
  return n > 0 || read_name(f, depth + 1, value);
}

static bool read_product(struct reuse__formula *f, int depth, double *value) {
  double right;
  if (!read_factor(f, depth, value))
    return false;
  for (;;) {
    const bool divide = take(f, '/');
    if (!divide && !take(f, '*'))
      return true;
    if (!read_factor(f, depth, &right))
      return false;
    *value = divide ? *value / right : *value * right;
  }
}

static bool read_sum(struct reuse__formula *f, int depth, double *value) {
  double right;
  if (!read_product(f, depth, value))
    return false;
  for (;;) {
    const bool minus = take(f, '-');
    if (!minus && !take(f, '+'))
      return true;
    if (!read_product(f, depth, &right))
      return false;
    *value += minus ? -right : right;
  }
}

bool reuse__formula_value(struct reuse__formula *f, double *value) {
  f->at = f->node->text;
  if (!read_sum(f, 0, value))
    return false;
  skip_blanks(f);
  if (*f->at)
    return reuse__formula_error(f, "an operator expected");
  return isfinite(*value) || reuse__formula_error(f, "the value is not finite");
}
