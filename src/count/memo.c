/* Sums of regions met before: a direct-mapped table with whole keys.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "count/memo.h"

#include <stdlib.h>
#include <string.h>

enum { ENTRIES = 1 << 13, KEY_WORDS = 96, MAX_TEMPORAL = 12 };

/* Everything that the sums of a region depend on, as numbers. */
struct key {
  int n;
  uint64_t word[KEY_WORDS];
};

struct entry {
  struct key key;
  int64_t total;
  int64_t wrap[MAX_TEMPORAL + 1], advance[MAX_TEMPORAL];
};

struct reuse__memo { struct entry entry[ENTRIES]; };

struct reuse__memo *reuse__memo_new(void) { return calloc(1, sizeof(struct reuse__memo)); }

void reuse__memo_free(struct reuse__memo *memo) { free(memo); }

static bool put(struct key *k, uint64_t word) {
  if (k->n == KEY_WORDS) return false;
  k->word[k->n++] = word;
  return true;
}

static bool put_parts(struct key *k, const struct reuse__factor *f) {
  bool ok = true;
  for (int i = 0; i < f->nparts; i++) {
    ok = put(k, (uint64_t)f->part[i].ndims) && ok;
    for (int j = 0; j < f->part[i].ndims; j++) {
      ok = put(k, f->part[i].dim[j]) && ok;
      ok = put(k, (uint64_t)f->part[i].loop_extent[j]) && ok;
      ok = put(k, (uint64_t)f->part[i].extent[j]) && ok;
    }
  }
  return ok;
}

static bool put_loops(struct key *k, const struct reuse__region *r) {
  const struct reuse__factor *f = r->factor;
  bool ok = true;
  uint64_t wanted = 0;
  for (int i = 0; i < f->nloops; i++) {
    const struct reuse__factor_loop *l = &f->loop[i];
    ok = put(k, (uint64_t)l->step) && ok;
    ok = put(k, (uint64_t)l->part << 8 | (uint64_t)l->dim << 3 | (uint64_t)l->flat << 2 |
                    (uint64_t)l->spatial << 1 | (uint64_t)l->inner) && ok;
  }
  for (int i = 0; i < f->ntemporal; i++)
    wanted = wanted << 2 | (uint64_t)r->want.wrap[i] << 1 | (uint64_t)r->want.advance[i];
  return put(k, wanted) && ok;
}

static bool put_axes(struct key *k, const struct reuse__region *r) {
  bool ok = true;
  for (int i = 0; i < r->naxes; i++) {
    const struct reuse__axis *a = &r->axis[i];
    ok = put(k, (uint64_t)(a->a << 8 | (a->b + 1))) && ok;
    ok = put(k, (uint64_t)a->scale_a << 32 | (uint64_t)a->scale_b) && ok;
    ok = put(k, (uint64_t)a->offset) && ok;
    ok = put(k, (uint64_t)a->size) && ok;
  }
  return ok;
}

/* False if the region is too large for a key. */
static bool make_key(const struct reuse__region *r, enum reuse__view view,
                     struct key *k) {
  k->n = 0;
  return r->factor->ntemporal <= MAX_TEMPORAL &&
         put(k, (uint64_t)r->factor->nparts << 32 | (uint64_t)r->factor->nloops << 16 |
                    (uint64_t)r->naxes << 8 | (uint64_t)view << 1 | r->keeps) &&
         put_parts(k, r->factor) && put_loops(k, r) && put_axes(k, r);
}

static uint64_t hash(const struct key *k) {
  uint64_t h = UINT64_C(0x9e3779b97f4a7c15);
  for (int i = 0; i < k->n; i++) {
    h = (h ^ k->word[i]) * UINT64_C(0xff51afd7ed558ccd);
    h ^= h >> 32;
  }
  return h;
}

static void take(const struct entry *e, int n, struct reuse__sums *sums) {
  sums->total = e->total;
  memcpy(sums->wrap, e->wrap, (size_t)(n + 1) * sizeof *e->wrap);
  memcpy(sums->advance, e->advance, (size_t)n * sizeof *e->advance);
}

static void keep(const struct key *k, int n, const struct reuse__sums *sums,
                 struct entry *e) {
  e->key.n = k->n;
  memcpy(e->key.word, k->word, (size_t)k->n * sizeof *k->word);
  e->total = sums->total;
  memcpy(e->wrap, sums->wrap, (size_t)(n + 1) * sizeof *e->wrap);
  memcpy(e->advance, sums->advance, (size_t)n * sizeof *e->advance);
}

bool reuse__memo_region_sums(struct reuse__memo *memo,
                             const struct reuse__region *region,
                             enum reuse__view view, struct reuse__sums *sums,
                             bool *overflow) {
  struct key k;
  if (!memo || !make_key(region, view, &k))
    return reuse__region_sums(region, view, sums, overflow);
  struct entry *e = &memo->entry[hash(&k) % ENTRIES];
  const int n = region->factor->ntemporal;
  if (e->key.n == k.n && memcmp(e->key.word, k.word, (size_t)k.n * sizeof *k.word) == 0) {
    take(e, n, sums);
    return true;
  }
  if (!reuse__region_sums(region, view, sums, overflow)) return false;
  if (!*overflow) keep(&k, n, sums, e);
  return true;
}
