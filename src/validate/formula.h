/* Formulas in text: arithmetic over named values and functions.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   sum     = product {("+" | "-") product}
 *   product = factor {("*" | "/") factor}
 *   factor  = ["-"] (number | name | name "(" [argument {"," argument}] ")"
 *             | "(" sum ")")
 *
 * An argument is a sum or, where the function takes a word, all up to the next
 * comma or parenthesis; a word in single quotes may hold those, too. */
#ifndef REUSE_VALIDATE_FORMULA_H
#define REUSE_VALIDATE_FORMULA_H

#include "base/yaml.h"

enum { REUSE__ARGUMENTS = 8 };

struct reuse__argument {
  const char *word;            /* NULL: a number, or left out */
  double number;
};

struct reuse__formula;

/* A function.  parameters has 'n' for a number, 'w' for a word, after '|' those
 * that may be left out.  call gives false when there is no value, after it has
 * reported why with reuse__formula_error. */
struct reuse__function {
  const char *name, *parameters;
  bool (*call)(struct reuse__formula *formula, const struct reuse__argument *argument,
               double *value);
};

/* A formula and what it is evaluated in. */
struct reuse__formula {
  struct reuse__yaml *yaml;    /* takes the messages */
  const struct reuse__node *node; /* the text */
  const struct reuse__function *function;
  int nfunctions;
  bool (*name)(struct reuse__formula *formula, const char *name, double *value);
  void *context;               /* for call and name */
  const char *at;              /* where reading is */
};

/* Reports an error at the place of reading.  Gives false. */
bool reuse__formula_error(struct reuse__formula *formula, const char *format, ...)
  REUSE__PRINTF(2, 3);

/* The value of the formula; false after a message.  NaN and infinity are errors. */
bool reuse__formula_value(struct reuse__formula *formula, double *value);

#endif
