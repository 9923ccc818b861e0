/* Reads loop rules: DIM, DIM/STEP, [DIM,DIM,..]/STEP.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "arch/reader.h"
#include "base/text.h"

static const char form[] =
    "write DIM, DIM/STEP or '[DIM,DIM]/STEP' with dims of "
    "N G K C P Q R S";

bool reuse__same_dims(const struct reuse_loop_rule *a,
                      const struct reuse_loop_rule *b) {
  return a->ndims == b->ndims && memcmp(a->dim, b->dim, a->ndims) == 0;
}

static size_t skip_blanks(const char *text, size_t at) {
  while (text[at] == ' ')
    at++;
  return at;
}

/* Appends the dim at TEXT[at] to the rule. */
static bool read_dim(struct reuse__reader *r, const struct reuse__node *node,
                     size_t at, struct reuse_loop_rule *rule) {
  const char c = node->text[at];
  const char *letter = c ? strchr(reuse_dim_letter, c) : NULL;
  if (!c)
    return reuse__node_error_at(r->yaml, node, at, form, "a dim is missing");
  if (!letter)
    return reuse__node_error_at(r->yaml, node, at, form, "'%c' is not a dim", c);
  const uint8_t dim = (uint8_t)(letter - reuse_dim_letter);
  for (int i = 0; i < rule->ndims; i++)
    if (rule->dim[i] == dim)
      return reuse__node_error_at(r->yaml, node, at, NULL,
                                  "dim %c twice in a group", c);
  rule->dim[rule->ndims++] = dim;
  return true;
}

/* Reads the dims of a group whose '[' is at *at; moves *at behind the ']'. */
static bool read_group(struct reuse__reader *r, const struct reuse__node *node,
                       size_t *at, struct reuse_loop_rule *rule) {
  const char *text = node->text;
  do {
    *at = skip_blanks(text, *at + 1);
    if (!read_dim(r, node, *at, rule))
      return false;
    *at = skip_blanks(text, *at + 1);
  } while (text[*at] == ',');
  if (text[*at] != ']')
    return reuse__node_error_at(r->yaml, node, *at, form, "']' is missing");
  if (rule->ndims < 2)
    return reuse__node_error_at(r->yaml, node, 0, "a single dim has no brackets",
                                "a flattened group of one dim");
  (*at)++;
  return true;
}

bool reuse__read_loop(struct reuse__reader *reader, const struct reuse__node *node,
                      struct reuse_loop_rule *rule) {
  struct reuse__yaml *yaml = reader->yaml;
  size_t at = 0;
  memset(rule, 0, sizeof *rule);
  if (node->kind != REUSE__SCALAR)
    return reuse__node_error(yaml, node, "quote a flattened loop: '[C,R,S]/16'",
                             "a %s where a loop is expected",
                             node->kind == REUSE__SEQUENCE ? "list" : "mapping");
  if (node->text[0] == '[') {
    if (!read_group(reader, node, &at, rule))
      return false;
  } else if (!read_dim(reader, node, at++, rule)) {
    return false;
  }
  if (node->text[at] == '\0')
    return true;
  if (node->text[at] != '/')
    return reuse__node_error_at(yaml, node, at, form, "'/' is expected");
  if (!reuse__parse_int(node->text + at + 1, &rule->step, NULL) || rule->step < 1)
    return reuse__node_error_at(yaml, node, at + 1, NULL,
                                "the step must be a whole number above zero");
  return true;
}
