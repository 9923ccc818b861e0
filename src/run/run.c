/* A network on an architecture: every distinct layer mapped once.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/run.h"

#include <fnmatch.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "mapper/smallest.h"
#include "run/given.h"
#include "run/map_row.h"
#include "run/rows.h"

bool reuse__same_work(const struct reuse_layer *a, const struct reuse_layer *b) {
  return a->type == b->type && a->operand == b->operand &&
         memcmp(&a->problem, &b->problem, sizeof a->problem) == 0;
}

bool reuse__runs_type(const struct reuse_arch *arch, const struct reuse_layer *layer) {
  for (int e = 0; e < arch->nengines; e++)
    if (arch->engine[e].layers & REUSE_BIT(layer->type)) return true;
  return false;
}

int reuse__first_like(const struct reuse__run *run, int i) {
  int j = 0;
  while (j < i && !reuse__same_work(&run->row[j].layer, &run->row[i].layer)) j++;
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

enum reuse_status reuse__explain_row(const struct reuse__run *run,
                                     const struct reuse__row *row,
                                     enum reuse_status st, struct reuse_diag *diag) {
  const struct reuse__place place = {.file = run->network->path, .line = row->layer.line};
  struct reuse__misfit misfit;
  char text[256] = "";
  int engine;
  const bool none = st == REUSE_ERR_NO_MAPPING;
  if (none && reuse__smallest_misfit(run->arch, &row->layer, run->search.dataflow, &engine,
                                     &misfit))
    reuse__misfit_text(&run->arch->engine[engine], &misfit, text, sizeof text);
  reuse__report(diag, REUSE_ERROR, &place,
                none ? "a larger level (--set LEVEL.size=...) or a smaller batch may help" : NULL,
                "layer %s on %s: %s%s%s", row->layer.name, run->arch->name, reuse_status_text(st),
                *text ? "; however small they are, " : "", text);
  return st;
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
    row->modelled = reuse__runs_type(run->arch, &row->layer);
    if (row->modelled && reuse__first_like(run, i) == i) st = reuse__map_row(run->arch, o, row);
#pragma omp critical
    {
      tell(run, o, &done);
      if (st != REUSE_OK && (failed < 0 || i < failed)) {
        failed = i;
        worst = st;
      }
    }
  }
  return failed < 0 ? REUSE_OK : reuse__explain_row(run, &run->row[failed], worst, diag);
}

static void copy_like_rows(struct reuse__run *run) {
  for (int i = 0; i < run->nrows; i++) {
    const int j = reuse__first_like(run, i);
    if (j == i) continue;
    const struct reuse_layer layer = run->row[i].layer;
    const int index = run->row[i].index;
    run->row[i] = run->row[j];
    run->row[i].layer = layer;
    run->row[i].index = index;
  }
}

/* ARCH, with the dataflows of the wanted lowering only; NULL: no memory. */
static const struct reuse_arch *machine_of(const struct reuse_arch *arch,
                                           const struct reuse__run_options *o,
                                           struct reuse_arena *arena) {
  const enum reuse__lowering kind = o->lowering.kind;
  if (kind != REUSE__DIRECT && kind != REUSE__IM2COL) return arch;
  return reuse__arch_restricted(arch, kind, arena);
}

/* Reports it if the lowering that was asked for applies to no row of RUN. */
static enum reuse_status check_lowering(const struct reuse__run *run,
                                        const struct reuse__run_options *o,
                                        struct reuse_diag *diag) {
  const enum reuse__lowering kind = o->lowering.kind;
  const char *why = NULL;
  if (kind == REUSE__AS_DATAFLOW || kind == REUSE__AUTO) return REUSE_OK;
  for (int i = 0; i < run->nrows; i++) {
    const struct reuse__row *row = &run->row[i];
    if (row->modelled && (row->ncandidates == 0 || reuse__row_transform(row)))
      return REUSE_OK;
    if (row->ncandidates > 1 && !why) why = row->candidate[1].refused;
  }
  reuse__report(diag, REUSE_ERROR, NULL, why, "no selected layer of %s can be lowered by %s on %s",
                run->network->name, reuse__lowering_name[kind], run->arch->name);
  return REUSE_ERR_NO_MAPPING;
}

enum reuse_status reuse__run(const struct reuse_arch *arch,
                             const struct reuse_network_table *network,
                             const struct reuse__run_options *options,
                             struct reuse_arena *arena, struct reuse__run **run,
                             struct reuse_diag *diag) {
  struct reuse__run *r = reuse__alloc(arena, sizeof *r);
  if (!r) return REUSE_ERR_MEMORY;
  r->arch = machine_of(arch, options, arena);
  if (!r->arch) return REUSE_ERR_MEMORY;
  r->network = network;
  r->search = options->search;
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
    if (st == REUSE_OK) st = check_lowering(r, options, diag);
  }
  if (st != REUSE_OK) return st;
  *run = r;
  return REUSE_OK;
}
