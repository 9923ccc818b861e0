/* A network on an architecture: every distinct layer mapped once.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/run.h"

#include <assert.h>
#include <fnmatch.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "cost/invariants.h"
#include "run/given.h"

/* Whether two layers cost the same on any machine. */
static bool same_work(const struct reuse_layer *a, const struct reuse_layer *b) {
  return a->type == b->type && a->operand == b->operand &&
         memcmp(&a->problem, &b->problem, sizeof a->problem) == 0;
}

static bool runs(const struct reuse_arch *arch, const struct reuse_layer *layer) {
  for (int e = 0; e < arch->nengines; e++)
    if (arch->engine[e].layers & REUSE_BIT(layer->type)) return true;
  return false;
}

/* The first row with the same work as row I. */
static int first_like(const struct reuse__run *run, int i) {
  int j = 0;
  while (j < i && !same_work(&run->row[j].layer, &run->row[i].layer)) j++;
  return j;
}

static enum reuse_status make_rows(const struct reuse_network_table *net,
                                   const struct reuse__run_options *o,
                                   struct reuse_arena *arena, struct reuse__run *run,
                                   struct reuse_diag *diag) {
  run->row = reuse__alloc(arena, (size_t)net->nlayers * sizeof *run->row + 1);
  if (!run->row) return REUSE_ERR_MEMORY;
  for (int i = 0; i < net->nlayers; i++) {
    if (o->layer_glob && fnmatch(o->layer_glob, net->layer[i].name, 0) != 0) continue;
    struct reuse__row *row = &run->row[run->nrows++];
    row->index = i + 1;
    const enum reuse_status st =
        reuse_layer_batch(&net->layer[i], o->batch, &row->layer);
    if (st == REUSE_OK) continue;
    const struct reuse__place place = {.file = net->path, .line = net->layer[i].line};
    reuse__report(diag, REUSE_ERROR, &place, NULL, "layer %s with batch %lld: %s",
                  net->layer[i].name, (long long)o->batch, reuse_status_text(st));
    return st;
  }
  return REUSE_OK;
}

static enum reuse_status explain(const struct reuse__run *run,
                                 const struct reuse__row *row, enum reuse_status st,
                                 struct reuse_diag *diag) {
  const struct reuse__place place = {.file = run->network->path, .line = row->layer.line};
  reuse__report(diag, REUSE_ERROR, &place,
                st == REUSE_ERR_NO_MAPPING
                    ? "no tile of the layer that the dataflows allow fits the levels; "
                      "a larger level (--set LEVEL.size=...) or a smaller batch may help"
                    : NULL,
                "layer %s on %s: %s", row->layer.name, run->arch->name,
                reuse_status_text(st));
  return st;
}

/* In builds with checks, ends the program if a result breaks an invariant. */
static void check_row(const struct reuse__run *run, const struct reuse__row *row) {
#ifdef REUSE_CHECKS
  const char *why = NULL;
  const bool holds =
      reuse__invariants(run->arch, &row->layer, &row->mapping, &row->cost, &why);
  assert(holds && "reuse__invariants");
  (void)holds;
#else
  (void)run, (void)row;
#endif
}

/* Tells that one more row, *DONE, is mapped; only one thread is here at a time. */
static void tell(const struct reuse__run *run, const struct reuse__run_options *o,
                 int *done) {
  ++*done;
  if (o->progress)
    o->progress(o->progress_context, run->arch->name, run->network->name, *done,
                run->nrows);
}

/* Maps the distinct rows, in parallel; each writes its own row only. */
static enum reuse_status map_rows(struct reuse__run *run,
                                  const struct reuse__run_options *o,
                                  struct reuse_diag *diag) {
  int failed = -1, done = 0;
  enum reuse_status worst = REUSE_OK;
#pragma omp parallel for schedule(dynamic) num_threads(o->jobs)
  for (int i = 0; i < run->nrows; i++) {
    struct reuse__row *row = &run->row[i];
    enum reuse_status st = REUSE_OK;
    row->modelled = runs(run->arch, &row->layer);
    if (row->modelled && first_like(run, i) == i) {
      st = reuse_map(run->arch, &row->layer, &o->search, &row->mapping, &row->cost,
                     &row->proof);
      if (st == REUSE_OK) check_row(run, row);
    }
#pragma omp critical
    {
      tell(run, o, &done);
      if (st != REUSE_OK && (failed < 0 || i < failed)) {
        failed = i;
        worst = st;
      }
    }
  }
  return failed < 0 ? REUSE_OK : explain(run, &run->row[failed], worst, diag);
}

static void copy_like_rows(struct reuse__run *run) {
  for (int i = 0; i < run->nrows; i++) {
    const int j = first_like(run, i);
    if (j == i) continue;
    run->row[i].mapping = run->row[j].mapping;
    run->row[i].cost = run->row[j].cost;
    run->row[i].proof = run->row[j].proof;
  }
}

enum reuse_status reuse__run(const struct reuse_arch *arch,
                             const struct reuse_network_table *network,
                             const struct reuse__run_options *options,
                             struct reuse_arena *arena, struct reuse__run **run,
                             struct reuse_diag *diag) {
  struct reuse__run *r = reuse__alloc(arena, sizeof *r);
  if (!r) return REUSE_ERR_MEMORY;
  r->arch = arch;
  r->network = network;
  r->objective = options->search.objective;
  r->batch = options->batch;
  enum reuse_status st = make_rows(network, options, arena, r, diag);
  if (st != REUSE_OK) return st;
  if (r->nrows == 0) {
    reuse__report(diag, REUSE_ERROR, NULL, "reusemodel show net NAME lists the layers",
                  "no layer of %s matches '%s'", network->name, options->layer_glob);
    return REUSE_ERR_INPUT;
  }
  if (options->mapping_path) {
    st = reuse__run_given(r, options->mapping_path, diag);
  } else {
    st = map_rows(r, options, diag);
    if (st == REUSE_OK) copy_like_rows(r);
  }
  if (st != REUSE_OK) return st;
  *run = r;
  return REUSE_OK;
}
