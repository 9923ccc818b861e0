/* Nest files: a problem and a loop nest in YAML.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapping/nest_read.h"

#include <stdio.h>
#include <string.h>

#include "base/names.h"
#include "base/text.h"
#include "base/yaml.h"

static const int64_t MAX_EXTENT = INT64_C(1) << 31;
static const int64_t MAX_SCALE = 1 << 20;
static const int64_t MAX_STEP = INT64_C(1) << 62;
static const int64_t MAX_BLOCK = 1 << 16;

/* A nest being read. */
struct reader {
  struct reuse__yaml yaml;
  struct reuse_problem problem;
  struct reuse_nest nest;
  const struct reuse__node *loop_node[REUSE_MAX_LOOPS];
};

/* ---- the problem ---------------------------------------------------------- */

/* Reads the two numbers of the sequence NODE, if any. */
static bool read_pair(struct reuse__yaml *y, const struct reuse__node *node,
                      const char *what, int64_t min, int64_t max,
                      int64_t value[2]) {
  if (!node)
    return true;
  if (!reuse__expect_items(y, node, what, 2, 2))
    return false;
  bool first = reuse__get_int(y, node->item[0], what, min, max, &value[0]);
  return reuse__get_int(y, node->item[1], what, min, max, &value[1]) && first;
}

/* Reads `problem:`; dims that are not named have the extent 1. */
static void read_problem(struct reuse__yaml *y, const struct reuse__node *node,
                         struct reuse_problem *p) {
  enum { STRIDE = REUSE_DIMS, DILATION, PAD, INPUT, TENSORS, KEYS };
  static const struct reuse__key keys[KEYS] = {
      {"N", false},      {"G", false},        {"K", false},   {"C", false},
      {"P", false},      {"Q", false},        {"R", false},   {"S", false},
      {"stride", false}, {"dilation", false}, {"pad", false}, {"input", false},
      {"tensors", false}};
  const struct reuse__node *v[KEYS];
  *p = (struct reuse_problem){
      .stride = {1, 1}, .dilation = {1, 1}, .tensors = REUSE_ALL_TENSORS};
  if (!reuse__mapping(y, node, "the problem", keys, KEYS, v))
    return;
  for (int d = 0; d < REUSE_DIMS; d++) {
    p->extent[d] = 1;
    reuse__get_int(y, v[d], keys[d].name, 1, MAX_EXTENT, &p->extent[d]);
  }
  read_pair(y, v[STRIDE], "stride", 1, MAX_SCALE, p->stride);
  read_pair(y, v[DILATION], "dilation", 1, MAX_SCALE, p->dilation);
  read_pair(y, v[PAD], "pad", 0, MAX_EXTENT, p->pad);
  read_pair(y, v[INPUT], "input", 1, MAX_EXTENT, p->input);
  reuse__get_mask(y, v[TENSORS], "tensors", reuse__tensor_name, REUSE_TENSORS,
                  &p->tensors);
}

/* ---- loops ---------------------------------------------------------------- */

/* A loop's text being read. */
struct cursor {
  struct reuse__yaml *yaml;
  const struct reuse__node *node;
  const char *at;
};

static void skip_blanks(struct cursor *c) {
  while (*c->at == ' ')
    c->at++;
}

/* Reports TEXT at the cursor; gives false. */
static bool fail(const struct cursor *c, const char *hint, const char *text) {
  return reuse__node_error_at(c->yaml, c->node, (size_t)(c->at - c->node->text),
                              hint, "%s", text);
}

/* Whether the character WANTED, which is read, is next. */
static bool accept(struct cursor *c, char wanted) {
  skip_blanks(c);
  if (*c->at != wanted)
    return false;
  c->at++;
  return true;
}

/* Reads a dim's letter and adds it to LOOP. */
static bool read_dim(struct cursor *c, struct reuse_loop *loop) {
  skip_blanks(c);
  char letter[2] = {*c->at, '\0'}, hint[96], text[64];
  int d = reuse__index_of(letter, reuse__dim_name, REUSE_DIMS);
  if (d < 0) {
    bool print = letter[0] > ' ' && letter[0] < 127;
    snprintf(text, sizeof text,
             print ? "'%s' is not a dim" : "a dim is missing", letter);
    return fail(c,
                reuse__suggestion(letter, "the dims are", reuse__dim_name,
                                  REUSE_DIMS, hint, sizeof hint),
                text);
  }
  for (int i = 0; i < loop->ndims; i++)
    if (loop->dim[i] == d) {
      snprintf(text, sizeof text, "the dim %s is named twice", letter);
      return fail(c, NULL, text);
    }
  loop->dim[loop->ndims++] = (uint8_t)d;
  c->at++;
  return true;
}

/* Reads the dims of LOOP: one letter or [D1,D2,...]. */
static bool read_dims(struct cursor *c, struct reuse_loop *loop) {
  if (!accept(c, '['))
    return read_dim(c, loop);
  do {
    if (!read_dim(c, loop))
      return false;
  } while (accept(c, ','));
  return accept(c, ']') ||
         fail(c, NULL, "']' is missing after the dims of a flattened loop");
}

/* Reads "/STEP", the rest of the text. */
static bool read_step(struct cursor *c, struct reuse_loop *loop) {
  static const char form[] = "write DIM/STEP, as in K/16, or '[C,R,S]/256'";
  bool fits;
  if (!accept(c, '/'))
    return fail(c, form, "a loop needs '/' and a step after its dim");
  skip_blanks(c);
  if (!reuse__parse_int(c->at, &loop->step, &fits))
    return fail(c, form, "the step must be an integer");
  if (!fits || loop->step < 1 || loop->step > MAX_STEP)
    return fail(c, NULL, "the step must be between 1 and 2^62");
  return true;
}

/* Adds the loop written at NODE to the nest. */
static bool read_loop(struct reader *r, const struct reuse__node *node,
                      bool spatial) {
  struct reuse_loop loop = {.spatial = spatial};
  struct cursor c = {&r->yaml, node, node->text};
  if (node->kind != REUSE__SCALAR)
    return reuse__node_error(&r->yaml, node, "quote a flattened loop: '[C,R,S]/256'",
                             "a loop must be written DIM/STEP");
  if (!read_dims(&c, &loop) || !read_step(&c, &loop))
    return false;
  if (r->nest.nloops >= REUSE_MAX_LOOPS)
    return reuse__node_error(&r->yaml, node, NULL, "more than %d loops",
                             (int)REUSE_MAX_LOOPS);
  r->loop_node[r->nest.nloops] = node;
  r->nest.loop[r->nest.nloops++] = loop;
  return true;
}

/* Adds the loops of the sequence NODE, if any, to the nest. */
static void read_loops(struct reader *r, const struct reuse__node *node,
                       const char *what, bool spatial) {
  if (!node || !reuse__expect(&r->yaml, node, what, REUSE__SEQUENCE))
    return;
  for (int i = 0; i < node->n; i++)
    read_loop(r, node->item[i], spatial);
}

/* ---- levels --------------------------------------------------------------- */

enum {
  LEVEL,
  KEEPS,
  LOOPS,
  SPATIAL,
  NETWORK,
  LATCH,
  LOWERING,
  BLOCKS,
  LEVEL_KEYS
};

static const struct reuse__key level_keys[LEVEL_KEYS] = {
    {"level", true},     {"keeps", false},   {"loops", false},
    {"spatial", false},  {"network", false}, {"latch", false},
    {"lowering", false}, {"blocks", false}};

/* Reads the name of level number I, which no level before it has. */
static void read_name(struct reader *r, const struct reuse__node *node, int i) {
  const char *name;
  struct reuse__yaml *y = &r->yaml;
  if (!node || !reuse__get_string(y, node, "level", &name))
    return;
  if (strlen(name) >= REUSE_NAME || strpbrk(name, "\n\r\t")) {
    reuse__node_error(y, node, NULL,
                      "the name of a level has at most %d bytes on one line",
                      REUSE_NAME - 1);
    return;
  }
  for (int j = 0; j < i; j++)
    if (strcmp(r->nest.level[j].name, name) == 0)
      reuse__node_error(y, node, NULL, "two levels are called '%s'", name);
  memcpy(r->nest.level[i].name, name, strlen(name) + 1);
}

/* Reads `network: {I: multicast, W: unicast, O: reduce}`, if any. */
static void read_network(struct reuse__yaml *y, const struct reuse__node *node,
                         struct reuse_nest_level *level) {
  static const struct reuse__key keys[REUSE_TENSORS] = {
      [REUSE_I] = {"I", false}, [REUSE_W] = {"W", false}, [REUSE_O] = {"O", false}};
  const struct reuse__node *v[REUSE_TENSORS];
  if (!node || !reuse__mapping(y, node, "the network", keys, REUSE_TENSORS, v))
    return;
  for (int t = 0; t < REUSE_TENSORS; t++) {
    const char *names[REUSE__NETWORKS];
    char what[] = "the network of T";
    int network = level->network[t];
    what[sizeof what - 2] = reuse_tensor_letter[t];
    for (int i = 0; i < REUSE__NETWORKS; i++)
      names[i] = reuse__network_allowed((enum reuse_tensor)t, i)
                     ? reuse__network_name[i]
                     : NULL;
    if (reuse__get_enum(y, v[t], what, names, REUSE__NETWORKS, &network))
      level->network[t] = (uint8_t)network;
  }
}

/* Reads `blocks: {C: 16}`, if any. */
static void read_blocks(struct reuse__yaml *y, const struct reuse__node *node,
                        int64_t block[REUSE_DIMS]) {
  struct reuse__key keys[REUSE_DIMS];
  const struct reuse__node *v[REUSE_DIMS];
  for (int d = 0; d < REUSE_DIMS; d++)
    keys[d] = (struct reuse__key){reuse__dim_name[d], false};
  if (!node || !reuse__mapping(y, node, "the blocks", keys, REUSE_DIMS, v))
    return;
  for (int d = 0; d < REUSE_DIMS; d++)
    reuse__get_int(y, v[d], "a block", 1, MAX_BLOCK, &block[d]);
}

/* Reports those of the N keys numbered WHICH that are given: WHO cannot have them. */
static void forbid(struct reuse__yaml *y, const struct reuse__node *const *v,
                   const int *which, int n, const char *who, const char *hint) {
  for (int i = 0; i < n; i++)
    if (v[which[i]])
      reuse__node_error(y, v[which[i]], hint, "%s cannot have '%s'", who,
                        level_keys[which[i]].name);
}

/* Reads what a memory level has beside its name. */
static void read_memory(struct reader *r, const struct reuse__node *const *v,
                        struct reuse_nest_level *level) {
  static const char *const lowerings[] = {"direct", "im2col"};
  static const int only_macs[] = {LATCH, BLOCKS};
  struct reuse__yaml *y = &r->yaml;
  int lowering = 0;
  forbid(y, v, only_macs, 2, "a memory level",
         "only the last entry, the MACs, has it");
  level->keeps = REUSE_ALL_TENSORS;
  reuse__get_mask(y, v[KEEPS], "keeps", reuse__tensor_name, REUSE_TENSORS,
                  &level->keeps);
  read_loops(r, v[LOOPS], "loops", false);
  read_loops(r, v[SPATIAL], "spatial", true);
  read_network(y, v[NETWORK], level);
  reuse__get_enum(y, v[LOWERING], "lowering", lowerings, 2, &lowering);
  level->im2col = lowering == 1;
}

/* Reads what the MACs, the last level, have beside their name. */
static void read_macs(struct reader *r, const struct reuse__node *const *v,
                      struct reuse_nest_level *level) {
  static const int only_memories[] = {KEEPS, LOOPS, SPATIAL, NETWORK, LOWERING};
  forbid(&r->yaml, v, only_memories, 5, "the last entry, the MACs,",
         "end the nest with an entry {level: MAC, latch: []}");
  reuse__get_mask(&r->yaml, v[LATCH], "latch", reuse__tensor_name,
                  REUSE_TENSORS, &level->latch);
  read_blocks(&r->yaml, v[BLOCKS], r->nest.block);
}

/* Reads `nest:`. */
static void read_nest(struct reader *r, const struct reuse__node *node) {
  if (!reuse__expect_items(&r->yaml, node, "nest", 2, REUSE_MAX_LEVELS))
    return;
  r->nest.nlevels = node->n;
  for (int i = 0; i < node->n; i++) {
    const struct reuse__node *v[LEVEL_KEYS];
    struct reuse_nest_level *level = &r->nest.level[i];
    level->network[REUSE_I] = level->network[REUSE_W] = REUSE_MULTICAST;
    level->network[REUSE_O] = REUSE_REDUCE;
    level->first_loop = r->nest.nloops;
    reuse__mapping(&r->yaml, node->item[i], "a level of the nest", level_keys,
                   LEVEL_KEYS, v);
    read_name(r, v[LEVEL], i);
    if (i < node->n - 1)
      read_memory(r, v, level);
    else
      read_macs(r, v, level);
    level->nloops = r->nest.nloops - level->first_loop;
  }
}

/* ---- the whole ------------------------------------------------------------ */

/* A dim whose plain loops stop above one point, or -1; its step in *left. */
static int unfinished_dim(const struct reuse_problem *p,
                          const struct reuse_nest *n, int64_t *left) {
  for (int d = 0; d < REUSE_DIMS; d++) {
    int64_t range = n->block[d] > p->extent[d] ? n->block[d] : p->extent[d];
    bool flattened = false;
    for (int i = 0; i < n->nloops; i++) {
      const struct reuse_loop *l = &n->loop[i];
      for (int j = 0; j < l->ndims; j++)
        flattened = flattened || (l->ndims > 1 && l->dim[j] == d);
      if (l->dim[0] == d && l->step < range)
        range = l->step;
    }
    *left = range;
    if (range > 1 && !flattened)
      return d;
  }
  return -1;
}

/* Reports why reuse_nest_check refuses the nest, at the offending loop. */
static void report_illegal(struct reader *r, const struct reuse__node *nest,
                           const char *why, int loop) {
  const struct reuse__node *node = loop >= 0 ? r->loop_node[loop] : nest;
  char hint[80];
  int64_t left;
  int d = loop < 0 ? unfinished_dim(&r->problem, &r->nest, &left) : -1;
  if (d >= 0)
    snprintf(hint, sizeof hint, "the loops of %c leave %lld points: end with %c/1",
             reuse_dim_letter[d], (long long)left, reuse_dim_letter[d]);
  reuse__node_error(&r->yaml, node, d >= 0 ? hint : NULL, "%s", why);
}

/* Decodes the document in r->yaml into *problem and *nest. */
static enum reuse_status decode(struct reader *r, struct reuse_problem *problem,
                                struct reuse_nest *nest) {
  static const struct reuse__key keys[] = {{"problem", true}, {"nest", true}};
  const struct reuse__node *v[2];
  const char *why = NULL;
  int loop = -1;
  if (!r->yaml.root ||
      !reuse__mapping(&r->yaml, r->yaml.root, "a nest file", keys, 2, v))
    return r->yaml.status;
  read_problem(&r->yaml, v[0], &r->problem);
  read_nest(r, v[1]);
  if (r->yaml.status != REUSE_OK)
    return r->yaml.status;
  enum reuse_status status = reuse_nest_check(&r->problem, &r->nest, &why, &loop);
  if (status != REUSE_OK) {
    report_illegal(r, v[1], why ? why : reuse_status_text(status), loop);
    return status;
  }
  *problem = r->problem;
  *nest = r->nest;
  return REUSE_OK;
}

/* Reads SIZE bytes at TEXT called FILE, or the file FILE when TEXT is NULL. */
static enum reuse_status read_any(const char *file, const char *text,
                                  size_t size, struct reuse_problem *problem,
                                  struct reuse_nest *nest, struct reuse_diag *diag) {
  struct reuse_arena *arena = reuse_arena_new();
  struct reader r = {.loop_node = {NULL}};
  if (!arena)
    return REUSE_ERR_MEMORY;
  enum reuse_status status =
      text ? reuse__yaml_parse(file, text, size, arena, diag, &r.yaml)
           : reuse__yaml_load(file, arena, diag, &r.yaml);
  if (status == REUSE_OK)
    status = decode(&r, problem, nest);
  reuse_arena_free(arena);
  return status;
}

enum reuse_status reuse__nest_parse(const char *file, const char *text,
                                    size_t size, struct reuse_problem *problem,
                                    struct reuse_nest *nest,
                                    struct reuse_diag *diag) {
  return read_any(file, text ? text : "", size, problem, nest, diag);
}

enum reuse_status reuse_nest_read(const char *path, struct reuse_problem *problem,
                                  struct reuse_nest *nest, struct reuse_diag *diag) {
  return read_any(path, NULL, 0, problem, nest, diag);
}
