/* Layers under a mapping that the user gives.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/given.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

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

/* The machine decides what its levels keep, but for what they may leave out, and how
 * they are linked. */
static void take_machine(const struct reuse_engine *e, struct reuse_nest *n) {
  for (int i = 0; i < e->nlevels; i++) {
    n->level[i].keeps |= ~e->level[i].bypass;
    n->level[i].keeps &= e->level[i].keeps;
    memcpy(n->level[i].network, e->level[i].network, sizeof n->level[i].network);
  }
  n->level[e->nlevels].latch = e->latch;
  memcpy(n->block, e->block, sizeof n->block);
}

static bool same_problem(const struct reuse_problem *a, const struct reuse_problem *b) {
  const bool clip = a->input[0] || a->input[1];
  return memcmp(a->extent, b->extent, sizeof a->extent) == 0 &&
         memcmp(a->stride, b->stride, sizeof a->stride) == 0 &&
         memcmp(a->dilation, b->dilation, sizeof a->dilation) == 0 &&
         (!clip || (memcmp(a->pad, b->pad, sizeof a->pad) == 0 &&
                    memcmp(a->input, b->input, sizeof a->input) == 0));
}

static enum reuse_status refuse(struct reuse_diag *diag, const char *path,
                                enum reuse_status st, const char *text,
                                const char *hint) {
  const struct reuse__place place = {.file = path};
  reuse__report(diag, REUSE_ERROR, &place, hint, "%s", text);
  return st;
}

/* What does not fit, and by how much. */
static void write_misfit(const struct reuse_engine *engine, const struct reuse__misfit *m,
                         char *text, size_t size) {
  const struct reuse_level *level = &engine->level[m->level];
  if (m->fans)
    snprintf(text, size, "the loops side by side in %.100s need %.0f children, it has %.0f",
             level->name, m->needs, m->has);
  else
    snprintf(text, size, "the tile%s%s in %.100s take%s %.0f bytes, it has %.0f%s",
             m->tensor < 0 ? "s" : " of ", m->tensor < 0 ? "" : reuse__tensor_name[m->tensor],
             level->name, m->tensor < 0 ? "" : "s", ceil(m->needs), floor(m->has),
             level->double_buffered ? " (half of its size: it is double buffered)" : "");
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
    write_misfit(engine, &misfit, text, sizeof text);
    return refuse(diag, path, REUSE_ERR_NO_MAPPING, text,
                  "reusemodel show arch NAME prints sizes and arrays");
  }
  row->modelled = true;
  st = reuse_evaluate(run->arch, &row->layer, &row->mapping, &row->cost);
  if (st != REUSE_OK) return refuse(diag, path, st, reuse_status_text(st), NULL);
  return REUSE_OK;
}

enum reuse_status reuse__run_given(struct reuse__run *run, const char *path,
                                   struct reuse_diag *diag) {
  struct reuse_problem problem;
  struct reuse_mapping mapping = {.engine = -1, .dataflow = -1, .variant = -1};
  enum reuse_status st = reuse_nest_read(path, &problem, &mapping.nest, diag);
  if (st != REUSE_OK) return st;
  for (int e = 0; e < run->arch->nengines && mapping.engine < 0; e++)
    if (same_levels(&run->arch->engine[e], &mapping.nest)) mapping.engine = e;
  if (mapping.engine < 0)
    return refuse(diag, path, REUSE_ERR_INPUT,
                  "the levels of the nest are not those of an engine of the machine",
                  "reusemodel show arch NAME prints the levels, outermost first");
  take_machine(&run->arch->engine[mapping.engine], &mapping.nest);
  for (int i = 0; i < run->nrows && st == REUSE_OK; i++) {
    struct reuse__row *row = &run->row[i];
    if (!same_problem(&problem, &row->layer.problem))
      return refuse(diag, path, REUSE_ERR_INPUT,
                    "the problem of the nest is not that of the selected layer",
                    "--layer selects the layer that the mapping is for");
    row->mapping = mapping;
    st = evaluate_row(run, row, path, diag);
  }
  return st;
}
