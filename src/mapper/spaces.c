/* The spaces of a layer.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/spaces.h"

#include <string.h>

static void add_space(struct reuse__spaces *s, int engine, int dataflow, int variant,
                      const unsigned *keeps) {
  s->full = s->n == REUSE__MAX_SPACES;
  if (s->full) return;
  struct reuse__space_of *of = &s->of[s->n++];
  *of = (struct reuse__space_of){.engine = engine, .dataflow = dataflow, .variant = variant};
  memcpy(of->keeps, keeps, (size_t)s->arch->engine[engine].nlevels * sizeof *keeps);
}

/* Adds the variant with every choice of what the levels from LEVEL on bypass. */
static void add_keeps(struct reuse__spaces *s, int engine, int dataflow, int variant, int level,
                      unsigned *keeps) {
  const struct reuse_engine *e = &s->arch->engine[engine];
  if (level == e->nlevels) {
    add_space(s, engine, dataflow, variant, keeps);
    return;
  }
  unsigned may = e->level[level].bypass & s->layer->problem.tensors;
  if (level == e->dataflow[dataflow].im2col_level) may &= ~REUSE_BIT(REUSE_I);
  for (unsigned out = 0;; out = (out - may) & may) {
    keeps[level] = e->level[level].keeps & ~out;
    add_keeps(s, engine, dataflow, variant, level + 1, keeps);
    if (out == may) return;
  }
}

/* Whether some engine has dataflow WANTED for the layer's type; else any of the machine's is
 * as good. */
static bool has_wanted(const struct reuse__spaces *s, const char *wanted) {
  const unsigned type = REUSE_BIT(s->layer->type);
  for (int e = 0; e < s->arch->nengines && wanted; e++)
    for (int d = 0; d < s->arch->engine[e].ndataflows; d++) {
      const struct reuse_dataflow *f = &s->arch->engine[e].dataflow[d];
      if (f->layers & s->arch->engine[e].layers & type && strcmp(f->name, wanted) == 0)
        return true;
    }
  return false;
}

/* Adds the spaces of an engine, of the dataflow ONLY if there is one. */
static void add_engine(struct reuse__spaces *s, int engine, const char *only) {
  const struct reuse_engine *e = &s->arch->engine[engine];
  const unsigned type = REUSE_BIT(s->layer->type);
  unsigned keeps[REUSE_MAX_LEVELS];
  const int first = s->n;
  if (!(e->layers & type)) return;
  for (int d = 0; d < e->ndataflows; d++) {
    const struct reuse_dataflow *f = &e->dataflow[d];
    if (!(f->layers & type) || (only && strcmp(only, f->name) != 0)) continue;
    for (int v = 0; v < f->nvariants; v++) add_keeps(s, engine, d, v, 0, keeps);
  }
  struct reuse__dram_floor floor;
  reuse__dram_floor(s->arch, engine, s->layer, &floor);
  for (int i = first; i < s->n; i++) s->of[i].floor = floor;
}

void reuse__spaces_list(const struct reuse_arch *arch, const struct reuse_layer *layer,
                        const char *wanted, struct reuse__spaces *s) {
  s->arch = arch;
  s->layer = layer;
  s->n = 0;
  s->full = false;
  const char *only = has_wanted(s, wanted) ? wanted : NULL;
  for (int e = 0; e < arch->nengines; e++) add_engine(s, e, only);
}

bool reuse__spaces_make(const struct reuse__spaces *s, int number, struct reuse__space *space) {
  const struct reuse__space_of *of = &s->of[number];
  if (!reuse__space_make(s->arch, of->engine, of->dataflow, of->variant, of->keeps, s->layer,
                         space))
    return false;
  space->floor = of->floor;
  return true;
}
