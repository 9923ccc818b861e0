/* Reads dataflows: the loops that a mapping may have.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "arch/reader.h"
#include "base/text.h"

static const struct reuse__key keys[] = {{"name", true},    {"note", false},
                                         {"layers", false}, {"lowering", false},
                                         {"loops", true},   {"spatial", false}};
enum { NAME, NOTE, LAYERS, LOWERING, LOOPS, SPATIAL, KEYS };

/* The index of the engine's level that NODE names; -1 after a fault. */
static int read_level_name(struct reuse__reader *r, const struct reuse__node *node,
                           const struct reuse_engine *engine) {
  const char *names[REUSE_MAX_LEVELS];
  char hint[200];
  for (int i = 0; i < engine->nlevels; i++)
    names[i] = engine->level[i].name;
  if (!reuse__expect(r->yaml, node, "a level", REUSE__SCALAR))
    return -1;
  const int i = reuse__index_of(node->text, names, engine->nlevels);
  if (i < 0)
    reuse__node_error(r->yaml, node,
                      reuse__suggestion(node->text, "the levels are", names,
                                        engine->nlevels, hint, sizeof hint),
                      "engine '%s' has no level '%s'", engine->name, node->text);
  return i;
}

/* ---- temporal loops ------------------------------------------------------ */

/* A loop of the engine's nests, in which blocks of a dim can be cut up. */
static bool read_rule(struct reuse__reader *r, const struct reuse__node *node,
                      const struct reuse_engine *engine, struct reuse_loop_rule *rule) {
  if (!reuse__read_loop(r, node, rule))
    return false;
  for (int i = 1; i < rule->ndims; i++)
    if (engine->block[rule->dim[i]] > 1)
      return reuse__node_error(r->yaml, node, NULL,
                               "%c has blocks and must come first in '%s'",
                               reuse_dim_letter[rule->dim[i]], node->text);
  return true;
}

/* A list of loops, or {any: list}. */
static bool read_temporal(struct reuse__reader *r, const struct reuse__node *node,
                          const struct reuse_engine *engine,
                          struct reuse_temporal_rules *rules) {
  static const struct reuse__key any[] = {{"any", true}};
  const struct reuse__node *list = node;
  if (node->kind == REUSE__MAPPING) {
    if (!reuse__mapping(r->yaml, node, "the loops of a level", any, 1, &list))
      return false;
    rules->any_order = true;
  }
  if (!reuse__expect_items(r->yaml, list, "loops", 0, REUSE_MAX_RULES))
    return false;
  for (int i = 0; i < list->n; i++) {
    struct reuse_loop_rule *rule = &rules->rule[i];
    if (!read_rule(r, list->item[i], engine, rule))
      return false;
    for (int j = 0; j < i; j++)
      if (reuse__same_dims(rule, &rules->rule[j]))
        return reuse__node_error(r->yaml, list->item[i],
                                 NULL, "'%s' splits what '%s' splits at the same level",
                                 list->item[i]->text, list->item[j]->text);
    rules->n++;
  }
  return true;
}

/* The mapping of levels to loops. */
static bool read_loops(struct reuse__reader *r, const struct reuse__node *node,
                       const struct reuse_engine *engine,
                       struct reuse_dataflow *d) {
  struct reuse_temporal_rules *rules =
      reuse__read_alloc(r, engine->nlevels, sizeof *rules);
  d->temporal = rules;
  if (!rules || !reuse__expect(r->yaml, node, "loops", REUSE__MAPPING))
    return false;
  bool ok = true;
  for (int i = 0; i < node->n; i++) {
    const int level = read_level_name(r, node->key[i], engine);
    ok = level >= 0 && read_temporal(r, node->item[i], engine, &rules[level]) && ok;
  }
  return ok;
}

/* ---- spatial loops ------------------------------------------------------- */

/* Finds the axis that NODE names; sets the rule's level and adds to its mask. */
static bool read_axis(struct reuse__reader *r, const struct reuse__node *node,
                      const struct reuse_engine *engine,
                      struct reuse_spatial_rule *rule) {
  enum { ALL = REUSE_MAX_LEVELS * REUSE_MAX_AXES };
  const char *names[ALL];
  char hint[200];
  int n = 0;
  if (!reuse__expect(r->yaml, node, "axis", REUSE__SCALAR))
    return false;
  for (int i = 0; i < engine->nlevels; i++)
    for (int a = 0; a < engine->level[i].naxes; a++) {
      names[n++] = engine->level[i].axis[a].name;
      if (strcmp(names[n - 1], node->text) != 0)
        continue;
      if (rule->axes && rule->level != i)
        return reuse__node_error(r->yaml, node, NULL,
                                 "the axes of a loop must be of one array");
      if (rule->axes & REUSE_BIT(a))
        return reuse__node_error(r->yaml, node, NULL, "axis '%s' twice", node->text);
      rule->level = i;
      rule->axes |= REUSE_BIT(a);
      return true;
    }
  return reuse__node_error(r->yaml, node,
                           n == 0 ? "no level of the engine has an 'array'"
                                  : reuse__suggestion(node->text, "the axes are",
                                                      names, n, hint, sizeof hint),
                           "there is no axis '%s'", node->text);
}

static bool read_axes(struct reuse__reader *r, const struct reuse__node *node,
                      const struct reuse_engine *engine,
                      struct reuse_spatial_rule *rule) {
  if (node->kind != REUSE__SEQUENCE)
    return read_axis(r, node, engine, rule);
  if (!reuse__expect_items(r->yaml, node, "axis", 1, REUSE_MAX_AXES))
    return false;
  for (int i = 0; i < node->n; i++)
    if (!read_axis(r, node->item[i], engine, rule))
      return false;
  return true;
}

/* The size of the smallest axis that RULE occupies. */
static int64_t smallest_axis(const struct reuse_engine *engine,
                             const struct reuse_spatial_rule *rule) {
  const struct reuse_level *level = &engine->level[rule->level];
  int64_t size = INT64_MAX;
  for (int a = 0; a < level->naxes; a++)
    if ((rule->axes & REUSE_BIT(a)) && level->axis[a].size < size)
      size = level->axis[a].size;
  return size;
}

static bool read_spatial_rule(struct reuse__reader *r,
                              const struct reuse__node *node,
                              const struct reuse_engine *engine,
                              struct reuse_spatial_rule *rule) {
  static const struct reuse__key rule_keys[] = {
      {"loop", true}, {"axis", true}, {"max", false}, {"span", false}};
  static const char *const spans[] = {"output", "input", "phases"};
  const struct reuse__node *v[4];
  int span = 0;
  if (!reuse__mapping(r->yaml, node, "a spatial loop", rule_keys, 4, v) ||
      !read_rule(r, v[0], engine, &rule->loop) || !read_axes(r, v[1], engine, rule) ||
      !reuse__get_int(r->yaml, v[2], "max", 1, smallest_axis(engine, rule),
                      &rule->max) ||
      !reuse__get_enum(r->yaml, v[3], "span", spans, 3, &span))
    return false;
  rule->input_span = span == 1;
  rule->phases = span == 2;
  if (rule->phases && !v[2])
    return reuse__node_error(r->yaml, v[3], "add 'max:', the most at stride 1",
                             "'span: phases' without 'max'");
  if (rule->input_span &&
      (rule->loop.ndims != 1 ||
       (rule->loop.dim[0] != REUSE_P && rule->loop.dim[0] != REUSE_Q)))
    return reuse__node_error(r->yaml, v[3], "only P and Q have a stride",
                             "'span: input' on '%s'", v[0]->text);
  return true;
}

/* A list of spatial loops, those of outer levels first. */
static bool read_variant(struct reuse__reader *r, const struct reuse__node *node,
                         const struct reuse_engine *engine,
                         struct reuse_spatial_variant *variant) {
  if (!reuse__expect_items(r->yaml, node, "spatial", 0, REUSE_MAX_RULES))
    return false;
  struct reuse_spatial_rule *rule = reuse__read_alloc(r, node->n, sizeof *rule);
  bool ok = rule != NULL;
  for (int i = 0; ok && i < node->n; i++) {
    ok = read_spatial_rule(r, node->item[i], engine, &rule[i]);
    if (ok && i && rule[i].level < rule[i - 1].level)
      ok = reuse__node_error(
          r->yaml, node->item[i], "list the loops of outer arrays first",
          "a spatial loop of level '%s' after one of level '%s'",
          engine->level[rule[i].level].name, engine->level[rule[i - 1].level].name);
  }
  variant->n = ok ? node->n : 0;
  variant->rule = rule;
  return ok;
}

/* One list, or a mapping of variants; absent: one variant without loops. */
static bool read_spatial(struct reuse__reader *r, const struct reuse__node *node,
                         const struct reuse_engine *engine,
                         struct reuse_dataflow *d) {
  const bool named = node && node->kind == REUSE__MAPPING;
  const int n = named ? node->n : 1;
  struct reuse_spatial_variant *variant = reuse__read_alloc(r, n, sizeof *variant);
  if (!variant)
    return false;
  d->variant = variant;
  d->nvariants = n;
  if (!named)
    return !node || read_variant(r, node, engine, variant);
  if (n == 0)
    return reuse__node_error(r->yaml, node, NULL, "'spatial' has no variant");
  bool ok = true;
  for (int i = 0; i < n; i++) {
    ok = reuse__read_name(r, node->key[i], "a variant", &variant[i].name) && ok;
    ok = read_variant(r, node->item[i], engine, &variant[i]) && ok;
  }
  return ok;
}

/* ---- the dataflow -------------------------------------------------------- */

static bool read_lowering(struct reuse__reader *r, const struct reuse__node *node,
                          const struct reuse_engine *engine,
                          struct reuse_dataflow *d) {
  static const struct reuse__key lowering[] = {{"im2col", true}};
  const struct reuse__node *level;
  d->im2col_level = -1;
  if (!node)
    return true;
  if (!reuse__mapping(r->yaml, node, "'lowering'", lowering, 1, &level))
    return false;
  d->im2col_level = read_level_name(r, level, engine);
  if (d->im2col_level < 0)
    return false;
  if (!(engine->level[d->im2col_level].keeps & REUSE_BIT(REUSE_I)))
    return reuse__node_error(r->yaml, level, "name a level that keeps I",
                             "level '%s' holds no inputs to expand", level->text);
  return true;
}

bool reuse__read_dataflow(struct reuse__reader *reader,
                          const struct reuse__node *node,
                          const struct reuse_engine *engine,
                          struct reuse_dataflow *dataflow) {
  const struct reuse__node *v[KEYS];
  struct reuse__yaml *y = reader->yaml;
  if (!reuse__mapping(y, node, "a dataflow", keys, KEYS, v) ||
      !reuse__read_name(reader, v[NAME], "name", &dataflow->name))
    return false;
  dataflow->layers = engine->layers;
  bool ok = reuse__get_string(y, v[NOTE], "note", &dataflow->note);
  ok = reuse__get_mask(y, v[LAYERS], "layers", reuse_layer_type_name,
                       REUSE_LAYER_TYPES, &dataflow->layers) &&
       ok;
  ok = read_lowering(reader, v[LOWERING], engine, dataflow) && ok;
  ok = read_loops(reader, v[LOOPS], engine, dataflow) && ok;
  ok = read_spatial(reader, v[SPATIAL], engine, dataflow) && ok;
  if (ok && (dataflow->layers & ~engine->layers))
    return reuse__node_error(y, v[LAYERS], "add it to the engine's 'layers'",
                             "engine '%s' does not run all of these layers",
                             engine->name);
  return ok && reuse__check_loops(reader, v[LOOPS], engine, dataflow);
}
