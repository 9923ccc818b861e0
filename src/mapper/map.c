/* The mapper: every engine, dataflow and variant that may run a layer.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reusemodel.h"

#include <stdlib.h>
#include <string.h>

#include "mapper/descend.h"

struct search {
  const struct reuse_arch *arch;
  const struct reuse_layer *layer;
  const struct reuse_search *wanted;
  const char *only;             /* the wanted dataflow, where it applies */
  struct reuse__memo *memo;
  struct reuse__space best_space;
  struct reuse__point best;
  bool found;
  enum reuse_status failure;    /* why nothing was found */
};

static void try_variant(struct search *s, int engine, int dataflow, int variant) {
  struct reuse__space space;
  struct reuse__point p;
  if (!reuse__space_make(s->arch, engine, dataflow, variant, s->layer, &space)) return;
  const enum reuse_status st =
      reuse__descend(&space, s->wanted->objective, s->memo, &p);
  if (st != REUSE_OK && st != REUSE_ERR_NO_MAPPING) s->failure = st;
  if (st != REUSE_OK) return;
  if (s->found && !reuse__score_less(&p.cost.score, &s->best.cost.score)) return;
  s->best_space = space;
  s->best = p;
  s->found = true;
}

/* Whether some engine has the wanted dataflow for the layer's type; else any of
 * the machine's is as good. */
static bool has_wanted(const struct search *s) {
  const unsigned type = REUSE_BIT(s->layer->type);
  for (int e = 0; e < s->arch->nengines && s->wanted->dataflow; e++)
    for (int d = 0; d < s->arch->engine[e].ndataflows; d++) {
      const struct reuse_dataflow *f = &s->arch->engine[e].dataflow[d];
      if (f->layers & s->arch->engine[e].layers & type &&
          strcmp(f->name, s->wanted->dataflow) == 0)
        return true;
    }
  return false;
}

static void try_engine(struct search *s, int engine) {
  const struct reuse_engine *e = &s->arch->engine[engine];
  const unsigned type = REUSE_BIT(s->layer->type);
  if (!(e->layers & type)) return;
  for (int d = 0; d < e->ndataflows; d++) {
    const struct reuse_dataflow *f = &e->dataflow[d];
    if (!(f->layers & type)) continue;
    if (s->only && strcmp(s->only, f->name) != 0) continue;
    for (int v = 0; v < f->nvariants; v++) try_variant(s, engine, d, v);
  }
}

enum reuse_status reuse_map(const struct reuse_arch *arch,
                            const struct reuse_layer *layer,
                            const struct reuse_search *search,
                            struct reuse_mapping *mapping,
                            struct reuse_evaluation *evaluation, bool *proven) {
  *proven = false;
  struct search *s = calloc(1, sizeof *s);
  if (!s) return REUSE_ERR_MEMORY;
  s->arch = arch;
  s->layer = layer;
  s->wanted = search;
  s->failure = REUSE_ERR_NO_MAPPING;
  s->only = has_wanted(s) ? search->dataflow : NULL;
  s->memo = reuse__memo_new();
  for (int e = 0; e < arch->nengines; e++) try_engine(s, e);
  if (s->found) {
    reuse__polish(&s->best_space, search->objective, s->memo, &s->best);
    *mapping = s->best.cost.mapping;
    *evaluation = s->best.cost.evaluation;
  }
  const enum reuse_status st = s->found ? REUSE_OK : s->failure;
  reuse__memo_free(s->memo);
  free(s);
  return st;
}
