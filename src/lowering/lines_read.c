/* Reads the file of operations of Winograd's transforms.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "arch/reader.h"
#include "lowering/transform.h"

enum { MAX_LINES = 256, MAX_TAPS = 64, MAX_OPS = 1 << 20 };

/* A whole number of operations with its source. */
static bool read_ops(struct reuse__reader *r, const struct reuse__node *node,
                     const char *what, struct reuse_quantity *ops) {
  if (!reuse__read_quantity(r, node, what, REUSE__RATIO, 0, MAX_OPS, ops))
    return false;
  return ops->value <= floor(ops->value) ||
         reuse__node_error(r->yaml, node, NULL, "%s: operations are a whole number", what);
}

/* Reads the entry NODE; it must differ from the N entries at LINE before it. */
static bool read_line(struct reuse__reader *r, const struct reuse__node *node,
                      const struct reuse__line *line, int n,
                      struct reuse__line *result) {
  static const struct reuse__key keys[] = {
    {"m", true}, {"r", true}, {"data", true}, {"filter", true}, {"inverse", true}
  };
  enum { M, R, DATA, FILTER, INVERSE, KEYS };
  const struct reuse__node *v[KEYS];
  if (!reuse__mapping(r->yaml, node, "an entry of 'winograd'", keys, KEYS, v))
    return false;
  bool ok = reuse__get_int(r->yaml, v[M], "m", 2, REUSE__MAX_OUTPUTS, &result->outputs);
  ok = reuse__get_int(r->yaml, v[R], "r", 2, MAX_TAPS, &result->taps) && ok;
  ok = read_ops(r, v[DATA], "data", &result->data) && ok;
  ok = read_ops(r, v[FILTER], "filter", &result->filter) && ok;
  ok = read_ops(r, v[INVERSE], "inverse", &result->inverse) && ok;
  for (int i = 0; ok && i < n; i++)
    if (line[i].outputs == result->outputs && line[i].taps == result->taps)
      return reuse__node_error(r->yaml, node, NULL, "F(%lld, %lld) stands here twice",
                               (long long)result->outputs, (long long)result->taps);
  return ok;
}

static void read_lines(struct reuse__reader *r, const struct reuse__node *node,
                       struct reuse__lines *lines) {
  if (!reuse__expect_items(r->yaml, node, "winograd", 1, MAX_LINES))
    return;
  struct reuse__line *line = reuse__read_alloc(r, node->n, sizeof *line);
  bool ok = line != NULL;
  for (int i = 0; ok && i < node->n; i++)
    ok = read_line(r, node->item[i], line, i, &line[i]);
  lines->line = line;
  lines->n = ok ? node->n : 0;
}

enum reuse_status reuse__lines_read(const char *path, struct reuse_arena *arena,
                                    struct reuse__lines *lines, struct reuse_diag *diag) {
  static const struct reuse__key keys[] = {{"sources", true}, {"winograd", true}};
  enum { SOURCES, WINOGRAD, KEYS };
  const struct reuse__node *v[KEYS];
  struct reuse__yaml yaml;
  *lines = (struct reuse__lines){0};
  if (reuse__yaml_load(path, arena, diag, &yaml) != REUSE_OK)
    return yaml.status;
  struct reuse__reader r = {.yaml = &yaml};
  if (reuse__mapping(&yaml, yaml.root, "a file of transforms", keys, KEYS, v)) {
    reuse__read_sources(&r, v[SOURCES]);
    lines->nsources = r.nsources;
    lines->source = r.source;
    read_lines(&r, v[WINOGRAD], lines);
  }
  return yaml.status;
}
