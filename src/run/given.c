/* Layers under a mapping that the user gives.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/given.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/checked.h"
#include "base/diag.h"
#include "base/names.h"
#include "cost/fits.h"
#include "count/shape.h"

static bool same_levels(const struct reuse_engine *e, const struct reuse_nest *n) {
  if (n->nlevels != e->nlevels + 1) return false;
  for (int i = 0; i < e->nlevels; i++)
    if (strcmp(e->level[i].name, n->level[i].name) != 0) return false;
  return true;
}

/* Where a nest contradicts the machine: the machine decides what its levels keep, but for what
 * they may leave out, how they are linked, what MACs hold, and blocks.  NULL: nowhere; else what
 * it says otherwise, with the name of the level in *LEVEL. */
static const char *contradiction(const struct reuse_engine *e, const struct reuse_nest *n,
                                 const char **level) {
  for (int i = 0; i < e->nlevels; i++) {
    const struct reuse_level *own = &e->level[i];
    const unsigned keeps = n->level[i].keeps;
    *level = own->name;
    if (keeps & ~own->keeps || own->keeps & ~own->bypass & ~keeps) return "keeps";
    for (int t = 0; t < REUSE_TENSORS; t++)
      if (keeps & REUSE_BIT(t) && n->level[i].network[t] != own->network[t]) return "network";
  }
  *level = "MAC";
  if (n->level[e->nlevels].latch != e->latch) return "latch";
  for (int d = 0; d < REUSE_DIMS; d++)
    if (reuse__max(1, n->block[d]) != reuse__max(1, e->block[d])) return "blocks";
  return NULL;
}

static bool same(const int64_t *a, const int64_t *b) {
  return memcmp(a, b, 2 * sizeof *a) == 0;
}

/* Whether problem A of a nest is not that of LAYER; how, for a message. */
static bool is_another(const struct reuse_problem *a, const struct reuse_layer *layer, char *text,
                       size_t size) {
  const struct reuse_problem *b = &layer->problem;
  const bool clip = a->input[0] || a->input[1];
  const char *what = !same(a->stride, b->stride)       ? "stride"
                     : !same(a->dilation, b->dilation) ? "dilation"
                     : clip && !same(a->pad, b->pad)     ? "pad"
                     : clip && !same(a->input, b->input) ? "input"
                                                         : NULL;
  for (int d = 0; d < REUSE_DIMS; d++) {
    if (a->extent[d] == b->extent[d]) continue;
    snprintf(text, size, "%s is %" PRId64 " in the nest and %" PRId64 " in layer %.100s",
             reuse__dim_name[d], a->extent[d], b->extent[d], layer->name);
    return true;
  }
  if (what) snprintf(text, size, "'%s' is not that of layer %.100s", what, layer->name);
  return what != NULL;
}

static enum reuse_status refuse(struct reuse_diag *diag, const char *path,
                                enum reuse_status st, const char *text,
                                const char *hint) {
  const struct reuse__place place = {.file = path};
  reuse__report(diag, REUSE_ERROR, &place, hint, "%s", text);
  return st;
}

static enum reuse_status evaluate_row(struct reuse__run *run, struct reuse__row *row,
                                      const char *path, struct reuse_diag *diag) {
  struct reuse_counts shape;
  struct reuse__misfit misfit;
  const char *why = NULL;
  char text[256];
  const struct reuse_engine *engine = &run->arch->engine[row->mapping.engine];
  if (!(engine->layers & REUSE_BIT(row->layer.type)))
    return refuse(diag, path, REUSE_ERR_NO_MAPPING,
                  "the engine with these levels does not run layers of this type",
                  "reusemodel show arch NAME prints what its engines run");
  if (reuse_nest_check(&row->layer.problem, &row->mapping.nest, &why, NULL) != REUSE_OK)
    return refuse(diag, path, REUSE_ERR_INPUT, why, NULL);
  enum reuse_status st =
      reuse__count_shape(&row->layer.problem, &row->mapping.nest, &shape);
  if (st != REUSE_OK) return refuse(diag, path, st, reuse_status_text(st), NULL);
  if (reuse__find_misfit(run->arch, &row->mapping, &shape, &misfit)) {
    reuse__misfit_text(engine, &misfit, text, sizeof text);
    return refuse(diag, path, REUSE_ERR_NO_MAPPING, text,
                  "reusemodel show arch NAME prints sizes and arrays");
  }
  row->modelled = true;
  st = reuse_evaluate(run->arch, &row->layer, &row->mapping, &row->cost);
  if (st != REUSE_OK) return refuse(diag, path, st, reuse_status_text(st), NULL);
  return REUSE_OK;
}

/* The engine of ARCH that nest N, from PATH, is for; -1: none, reported. */
static int engine_of(const struct reuse_arch *arch, const struct reuse_nest *n, const char *path,
                     struct reuse_diag *diag) {
  const char *key = NULL, *level = NULL;
  char text[160];
  for (int e = 0; e < arch->nengines; e++) {
    if (!same_levels(&arch->engine[e], n)) continue;
    key = contradiction(&arch->engine[e], n, &level);
    if (!key) return e;
  }
  if (key) {
    snprintf(text, sizeof text, "'%s' of %.100s is not as the machine has it", key, level);
    refuse(diag, path, REUSE_ERR_INPUT, text,
           "--table mapping, without --mapping, writes nests as the machine has them");
  } else {
    refuse(diag, path, REUSE_ERR_INPUT,
           "the levels of the nest are not those of an engine of the machine",
           "reusemodel show arch NAME prints the levels, outermost first");
  }
  return -1;
}

enum reuse_status reuse__run_given(struct reuse__run *run, const char *path,
                                   struct reuse_diag *diag) {
  struct reuse_problem problem;
  struct reuse_mapping mapping = {.engine = -1, .dataflow = -1, .variant = -1};
  char text[256];
  enum reuse_status st = reuse_nest_read(path, &problem, &mapping.nest, diag);
  if (st != REUSE_OK) return st;
  mapping.engine = engine_of(run->arch, &mapping.nest, path, diag);
  if (mapping.engine < 0) return REUSE_ERR_INPUT;
  for (int i = 0; i < run->nrows && st == REUSE_OK; i++) {
    struct reuse__row *row = &run->row[i];
    if (is_another(&problem, &row->layer, text, sizeof text))
      return refuse(diag, path, REUSE_ERR_INPUT, text,
                    "--layer selects the layer that the mapping is for");
    row->mapping = mapping;
    st = evaluate_row(run, row, path, diag);
  }
  return st;
}
