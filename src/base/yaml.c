/* YAML nodes: strict walks over mappings, and values of scalars.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/yaml.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/yaml_build.h"

enum { MAX_KEYS = 64 }; /* of a table of known keys */

bool reuse__yaml_no_memory(struct reuse__yaml *yaml) {
  const struct reuse__place place = {.file = yaml->file};
  yaml->status = REUSE_ERR_MEMORY;
  reuse__report(yaml->diag, REUSE_ERROR, &place, NULL, "out of memory");
  return false;
}

/* Reports an error at PLACE; gives false. */
static bool report(struct reuse__yaml *yaml, const struct reuse__place *place,
                   const char *hint, const char *format, va_list args) {
  char text[512];
  vsnprintf(text, sizeof text, format, args);
  if (yaml->status == REUSE_OK)
    yaml->status = REUSE_ERR_INPUT;
  reuse__report(yaml->diag, REUSE_ERROR, place, hint && *hint ? hint : NULL,
                "%s", text);
  return false;
}

bool reuse__node_error(struct reuse__yaml *yaml, const struct reuse__node *node,
                       const char *hint, const char *format, ...) {
  const struct reuse__place file = {.file = yaml->file};
  va_list args;
  va_start(args, format);
  report(yaml, node ? &node->place : &file, hint, format, args);
  va_end(args);
  return false;
}

bool reuse__node_error_at(struct reuse__yaml *yaml,
                          const struct reuse__node *node, size_t offset,
                          const char *hint, const char *format, ...) {
  struct reuse__place place = node->place;
  const char *line = place.source_line;
  size_t begin = place.column > 0 ? (size_t)place.column - 1 : 0;
  size_t n = strlen(node->text);
  if (line && offset <= n && begin <= strlen(line) &&
      strncmp(line + begin, node->text, n) == 0)
    place.column = (int)(begin + offset) + 1;
  va_list args;
  va_start(args, format);
  report(yaml, &place, hint, format, args);
  va_end(args);
  return false;
}

const char *reuse__node_describe(const struct reuse__node *node, char *buffer,
                                 size_t size) {
  if (node->kind == REUSE__SEQUENCE)
    return "a list";
  if (node->kind == REUSE__MAPPING)
    return "a mapping";
  if (!*node->text)
    return "nothing";
  snprintf(buffer, size, "'%.60s'", node->text);
  return buffer;
}

/* ---- mappings and sequences ----------------------------------------------- */

const struct reuse__node *reuse__lookup(const struct reuse__node *node,
                                        const char *name) {
  int i = node && node->kind == REUSE__MAPPING ? reuse__key_index(node, name) : -1;
  return i < 0 ? NULL : node->item[i];
}

bool reuse__expect(struct reuse__yaml *yaml, const struct reuse__node *node,
                   const char *what, enum reuse__node_kind kind) {
  static const char *const names[] = {
      [REUSE__SCALAR] = "a single value",
      [REUSE__SEQUENCE] = "a list ([...])",
      [REUSE__MAPPING] = "a mapping (key: value)",
  };
  char buffer[80];
  if (node->kind == kind)
    return true;
  return reuse__node_error(yaml, node, NULL, "%s must be %s, not %s", what,
                           names[kind],
                           reuse__node_describe(node, buffer, sizeof buffer));
}

bool reuse__expect_items(struct reuse__yaml *yaml, const struct reuse__node *node,
                         const char *what, int min, int max) {
  if (!reuse__expect(yaml, node, what, REUSE__SEQUENCE))
    return false;
  if (node->n >= min && node->n <= max)
    return true;
  if (min == max)
    return reuse__node_error(yaml, node, NULL, "%s must have %d items, not %d",
                             what, min, node->n);
  return reuse__node_error(yaml, node, NULL, "%s must have %d to %d items, not %d",
                           what, min, max, node->n);
}

/* Index of the table's key NAME, -1: unknown. */
static int key_number(const char *name, const struct reuse__key *key, int nkeys) {
  for (int i = 0; i < nkeys; i++)
    if (strcmp(name, key[i].name) == 0)
      return i;
  return -1;
}

bool reuse__mapping(struct reuse__yaml *yaml, const struct reuse__node *node,
                    const char *what, const struct reuse__key *key, int nkeys,
                    const struct reuse__node **value) {
  const char *names[MAX_KEYS] = {NULL};
  char hint[320];
  bool good = true;
  for (int i = 0; i < nkeys; i++) {
    value[i] = NULL;
    names[i] = key[i].name;
  }
  if (!reuse__expect(yaml, node, what, REUSE__MAPPING))
    return false;
  for (int i = 0; i < node->n; i++) {
    const char *name = node->key[i]->text;
    int at = key_number(name, key, nkeys);
    if (at >= 0)
      value[at] = node->item[i];
    else
      good = reuse__node_error(yaml, node->key[i],
                               reuse__suggestion(name, "the keys are", names,
                                                 nkeys, hint, sizeof hint),
                               "unknown key '%.60s' in %s", name, what);
  }
  for (int i = 0; i < nkeys; i++)
    if (key[i].required && !value[i])
      good = reuse__node_error(yaml, node, NULL, "%s lacks the key '%s'", what,
                               key[i].name);
  return good;
}

/* ---- scalars -------------------------------------------------------------- */

/* Whether NODE is a scalar that is not empty, else reported. */
static bool expect_text(struct reuse__yaml *yaml,
                        const struct reuse__node *node, const char *what) {
  if (!reuse__expect(yaml, node, what, REUSE__SCALAR))
    return false;
  if (!*node->text)
    return reuse__node_error(yaml, node, NULL, "%s has no value", what);
  return true;
}

bool reuse__get_string(struct reuse__yaml *yaml, const struct reuse__node *node,
                       const char *what, const char **value) {
  if (!node)
    return true;
  if (!expect_text(yaml, node, what))
    return false;
  *value = node->text;
  return true;
}

bool reuse__get_int(struct reuse__yaml *yaml, const struct reuse__node *node,
                    const char *what, int64_t min, int64_t max, int64_t *value) {
  int64_t v;
  bool fits;
  if (!node)
    return true;
  if (!expect_text(yaml, node, what))
    return false;
  if (!reuse__parse_int(node->text, &v, &fits))
    return reuse__node_error(yaml, node, NULL, "%s must be an integer, not '%.60s'",
                             what, node->text);
  if (!fits || v < min || v > max)
    return reuse__node_error(yaml, node, NULL,
                             "%s must be between %lld and %lld, not %.60s",
                             what, (long long)min, (long long)max, node->text);
  *value = v;
  return true;
}

bool reuse__get_double(struct reuse__yaml *yaml, const struct reuse__node *node,
                       const char *what, double min, double max, double *value) {
  double v;
  if (!node)
    return true;
  if (!expect_text(yaml, node, what))
    return false;
  bool negative = node->text[0] == '-';
  size_t n = reuse__parse_number(node->text + negative, 0, &v);
  if (n == 0 || node->text[negative + n])
    return reuse__node_error(yaml, node, NULL, "%s must be a number, not '%.60s'",
                             what, node->text);
  v = negative ? -v : v;
  if (!(v >= min && v <= max))
    return reuse__node_error(yaml, node, NULL,
                             "%s must be between %g and %g, not %.60s", what,
                             min, max, node->text);
  *value = v;
  return true;
}

bool reuse__get_bool(struct reuse__yaml *yaml, const struct reuse__node *node,
                     const char *what, bool *value) {
  static const char *const names[] = {"no", "yes", "false", "true"};
  int i;
  if (!node)
    return true;
  if (!reuse__get_enum(yaml, node, what, names, 4, &i))
    return false;
  *value = i % 2;
  return true;
}

bool reuse__get_enum(struct reuse__yaml *yaml, const struct reuse__node *node,
                     const char *what, const char *const *names, int n, int *value) {
  char hint[320];
  if (!node)
    return true;
  if (!expect_text(yaml, node, what))
    return false;
  int i = reuse__index_of(node->text, names, n);
  if (i < 0)
    return reuse__node_error(yaml, node,
                             reuse__suggestion(node->text, "the choices are",
                                               names, n, hint, sizeof hint),
                             "%s cannot be '%.60s'", what, node->text);
  *value = i;
  return true;
}

bool reuse__get_mask(struct reuse__yaml *yaml, const struct reuse__node *node,
                     const char *what, const char *const *names, int n,
                     unsigned *mask) {
  unsigned bits = 0;
  bool good = true;
  if (!node)
    return true;
  if (!reuse__expect(yaml, node, what, REUSE__SEQUENCE))
    return false;
  for (int i = 0; i < node->n; i++) {
    int bit;
    if (!reuse__get_enum(yaml, node->item[i], what, names, n, &bit)) {
      good = false;
      continue;
    }
    if (bits & REUSE_BIT(bit))
      good = reuse__node_error(yaml, node->item[i], NULL, "%s has '%s' twice",
                               what, names[bit]);
    bits |= REUSE_BIT(bit);
  }
  if (good)
    *mask = bits;
  return good;
}

/* Whether VALUE, written at NODE, is between MIN and MAX, else reported. */
static bool check_range(struct reuse__yaml *yaml, const struct reuse__node *node,
                        const char *what, enum reuse__unit_kind kind,
                        double min, double max, double value) {
  const char *unit = reuse__unit_name(kind);
  if (value >= min && value <= max)
    return true;
  return reuse__node_error(yaml, node, NULL, "%s must be between %g%s and %g%s",
                           what, min, unit, max, unit);
}

bool reuse__get_quantity(struct reuse__yaml *yaml, const struct reuse__node *node,
                         const char *what, enum reuse__unit_kind kind,
                         double min, double max, struct reuse_quantity *value) {
  struct reuse__unit_error error;
  struct reuse_quantity q;
  if (!node)
    return true;
  if (!expect_text(yaml, node, what))
    return false;
  if (!reuse__quantity_parse(node->text, kind, yaml->arena, &q, &error))
    return reuse__node_error_at(yaml, node, error.offset, error.hint, "%s: %s",
                                what, error.text);
  if (!check_range(yaml, node, what, kind, min, max, q.value))
    return false;
  *value = q;
  return true;
}

bool reuse__get_rate(struct reuse__yaml *yaml, const struct reuse__node *node,
                     const char *what, struct reuse_rate *value) {
  struct reuse__unit_error error;
  struct reuse_rate rate;
  if (!node)
    return true;
  if (!expect_text(yaml, node, what))
    return false;
  if (!reuse__rate_parse(node->text, yaml->arena, &rate, &error))
    return reuse__node_error_at(yaml, node, error.offset, error.hint, "%s: %s",
                                what, error.text);
  if (!(rate.q.value > 0))
    return reuse__node_error(yaml, node, NULL, "%s must be above zero", what);
  *value = rate;
  return true;
}
