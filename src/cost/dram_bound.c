/* Lower bounds on the words that a layer moves between DRAM and chip.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * doc/MODEL.md, "DRAM bounds". */
#include "cost/dram_bound.h"

#include <math.h>

#include "base/checked.h"
#include "count/words.h"

enum { OPERANDS = REUSE_BIT(REUSE_I) | REUSE_BIT(REUSE_W), GROWTH = 32 };

/* Rounding errors of the sums below are far smaller. */
static const double margin = 1e-9;

/* ---- storage --------------------------------------------------------------------- */

int reuse__keeper_from(const struct reuse_engine *engine, int from, int t) {
  int i = from;
  while (i < engine->nlevels && !(engine->level[i].keeps & REUSE_BIT(t))) i++;
  return i;
}

/* Which level holds each tensor next to its source, nlevels for the MACs; -1: the
 * tensor does not count. */
struct places {
  const struct reuse_arch *arch;
  const struct reuse_engine *engine;
  unsigned tensors;
  int level[REUSE_TENSORS];
};

/* The tensors of MASK that LEVEL holds next to their sources. */
static unsigned held_at(const struct places *p, int level, unsigned mask) {
  unsigned held = 0;
  for (int t = 0; t < REUSE_TENSORS; t++)
    if (p->level[t] == level) held |= mask & REUSE_BIT(t);
  return held;
}

double reuse__narrowest(const struct reuse_arch *arch, int t) {
  const double bits = arch->bits[t].value;
  return t == REUSE_O ? fmin(bits, arch->psum_bits.value) : bits;
}

/* Words of SIZE bytes, of which half is usable when HALVED. */
static double words_of(const struct reuse_quantity *size, bool halved, double bits) {
  return size->given ? size->value / (halved ? 2 : 1) * 8 / bits : INFINITY;
}

/* Words of the tensors HELD that one instance of LEVEL has room for. */
static double room(const struct reuse_arch *arch, const struct reuse_level *level,
                   unsigned held) {
  double words = 0, bits = INFINITY;
  for (int t = 0; t < REUSE_TENSORS; t++) {
    if (!(held & REUSE_BIT(t))) continue;
    if (level->tensor_bytes[t].given)
      words += words_of(&level->tensor_bytes[t], level->double_buffered,
                        reuse__narrowest(arch, t));
    else
      bits = fmin(bits, reuse__narrowest(arch, t));
  }
  if (isfinite(bits)) words += words_of(&level->size_bytes, level->double_buffered, bits);
  return words;
}

/* Words of the tensors of MASK in all of the engine. */
static double storage_of(const struct places *p, unsigned mask) {
  const struct reuse_engine *engine = p->engine;
  double instances = 1, words = 0;
  for (int i = 0; i < engine->nlevels; i++) {
    words += instances * room(p->arch, &engine->level[i], held_at(p, i, mask));
    for (int a = 0; a < engine->level[i].naxes; a++)
      instances *= (double)engine->level[i].axis[a].size;
  }
  const unsigned latched = held_at(p, engine->nlevels, mask) & engine->latch;
  for (int t = 0; t < REUSE_TENSORS; t++)
    if (latched & REUSE_BIT(t)) words += (double)engine->macs;
  return words;
}

/* Raises *MOST to the storage of all places that tensor T and those after it may have;
 * the places of those before it are set. */
static void place(struct places *p, int t, struct reuse__storage *most) {
  if (t == REUSE_TENSORS) {
    most->operands = fmax(most->operands, storage_of(p, OPERANDS));
    most->outputs = fmax(most->outputs, storage_of(p, REUSE_BIT(REUSE_O)));
    most->all = fmax(most->all, storage_of(p, REUSE_ALL_TENSORS));
    return;
  }
  p->level[t] = p->tensors & REUSE_BIT(t) ? reuse__keeper_from(p->engine, 0, t) : -1;
  if (p->level[t] < 0) {
    place(p, t + 1, most);
    return;
  }
  do {
    p->level[t] = reuse__keeper_from(p->engine, p->level[t] + 1, t);
    place(p, t + 1, most);
  } while (p->level[t] < p->engine->nlevels &&
           p->engine->level[p->level[t]].bypass & REUSE_BIT(t));
}

void reuse__storage(const struct reuse_arch *arch, const struct reuse_engine *engine,
                    unsigned tensors, struct reuse__storage *storage) {
  struct places p = {.arch = arch, .engine = engine, .tensors = tensors};
  *storage = (struct reuse__storage){0};
  place(&p, 0, storage);
}

/* ---- phases ---------------------------------------------------------------------- */

static int64_t gcd(int64_t a, int64_t b) {
  while (b) {
    const int64_t r = a % b;
    a = b;
    b = r;
  }
  return a;
}

double reuse__taps(const struct reuse_problem *p) {
  double taps = 1;
  for (int i = 0; i < 2; i++) {
    const int64_t apart = p->stride[i] / gcd(p->stride[i], p->dilation[i]);
    taps *= (double)reuse__min(p->extent[REUSE_P + i],
                               reuse__ceil_div(p->extent[REUSE_R + i], apart));
  }
  return taps;
}

/* The power 3/2 of a third of A: MACs, less the taps, of A words. */
static double work_of(double a) { return a / 3 * sqrt(a / 3); }

/* What PHASES phases of T words can do at most: what they begin and end with is shared
 * out so that as few as possible have as much as possible. */
static double work(const struct reuse__storage *s, double phases, double t) {
  const double most = s->operands + s->outputs, all = (phases - 1) * s->all;
  if (phases < 2) return work_of(t);
  const double full = most > 0 ? floor(all / most) : 0, rest = all - full * most;
  return full * work_of(most + t) + work_of(rest + t) + (phases - full - 1) * work_of(t);
}

int64_t reuse__phase_words(const struct reuse__storage *s, int64_t phases, double macs,
                           double taps) {
  const double needed = macs / sqrt(taps) * (1 - margin);
  int64_t low = 0, high = (int64_t)(3 * cbrt(needed * needed)) + 1;
  if (!isfinite(s->operands + s->outputs) && phases > 1) return 0;
  while (low + 1 < high) {
    const int64_t t = low + (high - low) / 2;
    if (work(s, (double)phases, (double)t) < needed)
      low = t;
    else
      high = t;
  }
  return low;
}

/* The words that the MACs of LAYER need at least with this storage. */
static int64_t least_words(const struct reuse_layer *layer,
                           const struct reuse__storage *s) {
  const double macs = (double)reuse__effective_macs(&layer->problem);
  const double taps = reuse__taps(&layer->problem);
  int64_t least = 0;
  for (int64_t n = 1, t = 1; t > 0 && (n == 1 || (double)t > s->all / 2);
       n += 1 + n / GROWTH) {
    t = reuse__phase_words(s, n, macs, taps);
    if (t > 0) least = reuse__max(least, n * t + 1);
  }
  return least;
}

/* ---- all ------------------------------------------------------------------------- */

unsigned reuse__from_dram(const struct reuse_engine *engine, const struct reuse_layer *layer) {
  unsigned tensors = 0;
  for (int t = 0; t < REUSE_TENSORS; t++) {
    const int source = reuse__keeper_from(engine, 0, t);
    if ((layer->problem.tensors & REUSE_BIT(t)) && source < engine->nlevels &&
        engine->level[source].kind == REUSE_DRAM &&
        !(engine->level[source].bypass & REUSE_BIT(t)))
      tensors |= REUSE_BIT(t);
  }
  return tensors;
}

void reuse__engine_dram_bounds(const struct reuse_arch *arch, const struct reuse_engine *engine,
                               const struct reuse_layer *layer, struct reuse_dram_bounds *b) {
  const unsigned tensors = reuse__from_dram(engine, layer);
  struct reuse__storage storage;
  reuse__storage(arch, engine, tensors, &storage);
  *b = (struct reuse_dram_bounds){.storage_words = storage.all};
  for (int t = 0; t < REUSE_TENSORS; t++)
    if (tensors & REUSE_BIT(t))
      b->compulsory += reuse_tensor_words(&layer->problem, (enum reuse_tensor)t);
  b->bound = b->compulsory;
  if (tensors == REUSE_ALL_TENSORS)
    b->bound = reuse__max(b->bound, least_words(layer, &storage));
}

enum reuse_status reuse_dram_bounds(const struct reuse_arch *arch,
                                    const struct reuse_layer *layer,
                                    struct reuse_dram_bounds *bounds) {
  bool found = false;
  for (int e = 0; e < arch->nengines; e++) {
    struct reuse_dram_bounds own;
    if (!(arch->engine[e].layers & REUSE_BIT(layer->type))) continue;
    reuse__engine_dram_bounds(arch, &arch->engine[e], layer, &own);
    if (!found || own.bound < bounds->bound ||
        (own.bound == bounds->bound && own.compulsory < bounds->compulsory))
      *bounds = own;
    found = true;
  }
  return found ? REUSE_OK : REUSE_ERR_NO_MAPPING;
}
