/* The innermost temporal loop outside a level.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/innermost.h"

/* Dims whose loops index the tensors like those of the slot. */
static unsigned alike(const struct reuse__slot *s) {
  const unsigned outputs = REUSE_BIT(REUSE_P) | REUSE_BIT(REUSE_Q);
  const unsigned taps = REUSE_BIT(REUSE_R) | REUSE_BIT(REUSE_S);
  const unsigned dims = s->dims;
  if (!(dims & ~outputs)) return outputs;
  return dims & ~taps ? dims : taps;
}

int reuse__innermost_kinds(const struct reuse__space *s, int level,
                           struct reuse__innermost kind[REUSE__MAX_KINDS]) {
  unsigned dims[REUSE__MAX_KINDS];
  const unsigned held = level < s->engine->nlevels ? s->keeps[level] : s->engine->latch;
  int n = 1;
  if (!(held & s->layer->problem.tensors)) return 0;
  kind[0] = (struct reuse__innermost){true, 0};
  for (int i = 0; i < s->nslots; i++) {
    int k = 1;
    if (s->slot[i].spatial || s->slot[i].level >= level) continue;
    while (k < n && dims[k] != alike(&s->slot[i])) k++;
    if (k == REUSE__MAX_KINDS) return 0;
    if (k == n) kind[n++] = (struct reuse__innermost){true, 0};
    dims[k] = alike(&s->slot[i]);
    kind[k].slots |= UINT64_C(1) << i;
  }
  return n;
}

/* Whether an open temporal slot outside LEVEL is one of SLOTS. */
static bool has_open(const struct reuse__partial *p, int level, uint64_t slots) {
  const struct reuse__space *s = p->space;
  for (int i = 0; i < s->nslots && s->slot[i].level < level; i++)
    if (slots >> i & 1 && p->is_open[i]) return true;
  return false;
}

static bool holds(const struct reuse__partial *p, int level, uint64_t slots) {
  const struct reuse__space *s = p->space;
  if (has_open(p, level, slots)) return true;
  for (int i = p->position - 1; i >= 0; i--) {
    const struct reuse__decided *d = &p->at[i];
    if (s->slot[d->slot].spatial || s->slot[d->slot].level >= level) continue;
    const bool loose = d->at_most || reuse__is_loose(&p->chain[d->chain], d->depth);
    if (loose && d->trips == 1 && d->of_trips != REUSE__ONE_TRIP) return true;
    if (d->trips > 1) return slots >> d->slot & 1;
  }
  return slots == 0;
}

bool reuse__innermost_holds(const struct reuse__partial *p) {
  for (int level = 1; level <= p->space->engine->nlevels; level++) {
    const struct reuse__innermost *own = &p->space->innermost[level];
    if (own->known && !holds(p, level, own->slots)) return false;
  }
  return true;
}
