/* Orders of the temporal loops of a level.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/orders.h"

/* The tensor that the loops of a dim leave where it is; none for groups of channels and
 * for what belongs to every tensor. */
static int stays(const struct reuse__slot *s) {
  switch (s->loop.ndims == 1 ? s->loop.dim[0] : REUSE_G) {
    case REUSE_K: return REUSE_I;
    case REUSE_N: case REUSE_P: case REUSE_Q: return REUSE_W;
    case REUSE_C: case REUSE_R: case REUSE_S: return REUSE_O;
    default: return REUSE_TENSORS;
  }
}

static bool slides(const struct reuse__slot *s) {
  const int d = s->loop.dim[0];
  return s->loop.ndims == 1 &&
         (d == REUSE_P || d == REUSE_Q || d == REUSE_R || d == REUSE_S);
}

static void temporal_slots(const struct reuse__space *s, int level, struct reuse__order *o) {
  o->n = 0;
  for (int i = 0; i < s->nslots; i++)
    if (s->slot[i].level == level && !s->slot[i].spatial) o->slot[o->n++] = i;
}

static void add_spatial(const struct reuse__space *s, int level, struct reuse__order *o) {
  for (int i = 0; i < s->nslots; i++)
    if (s->slot[i].level == level && s->slot[i].spatial) o->slot[o->n++] = i;
}

/* Permutation number I of the slots; false beyond the last. */
static bool permute(struct reuse__order *o, int i) {
  for (int at = 0; at < o->n; at++) {
    const int left = o->n - at;
    int pick = i % left;
    i /= left;
    const int slot = o->slot[at + pick];
    for (; pick > 0; pick--) o->slot[at + pick] = o->slot[at + pick - 1];
    o->slot[at] = slot;
  }
  return i == 0;
}

/* Moves the slots that WANTED picks to the inside, in their order. */
static int move_inside(const struct reuse__space *s, struct reuse__order *o, int tensor) {
  int inside[REUSE__MAX_SLOTS], n = 0, kept = 0;
  for (int i = 0; i < o->n; i++)
    if (stays(&s->slot[o->slot[i]]) == tensor) inside[n++] = o->slot[i];
    else o->slot[kept++] = o->slot[i];
  for (int i = 0; i < n; i++) o->slot[kept + i] = inside[i];
  return n;
}

static void swap_last(struct reuse__order *o, int last, int pick) {
  const int slot = o->slot[pick];
  for (int i = pick; i < last; i++) o->slot[i] = o->slot[i + 1];
  o->slot[last] = slot;
}

/* Class number I: the loops that leave one tensor where it is inside, and of the loops
 * that slide over the input each once the innermost of its kind. */
static bool order_class(const struct reuse__space *s, struct reuse__order *o, int i) {
  for (int tensor = 0; tensor <= REUSE_TENSORS; tensor++) {
    struct reuse__order trial = *o;
    const int n = move_inside(s, &trial, tensor);
    const int last = tensor == REUSE_I ? trial.n - n - 1 : trial.n - 1;
    const int first = tensor == REUSE_I ? 0 : trial.n - n;
    if (n == 0) continue;
    if (tensor == REUSE_TENSORS && n < trial.n) continue;
    if (i-- == 0) {
      *o = trial;
      return true;
    }
    for (int k = first; k < last; k++) {
      if (!slides(&s->slot[trial.slot[k]]) || i-- != 0) continue;
      *o = trial;
      swap_last(o, last, k);
      return true;
    }
  }
  return o->n == 0 && i == 0;
}

bool reuse__order_at(const struct reuse__space *s, int level, bool all, int i,
                     struct reuse__order *o) {
  bool found = i == 0;
  temporal_slots(s, level, o);
  if (s->dataflow->temporal[level].any_order && o->n > 1)
    found = all ? permute(o, i) : order_class(s, o, i);
  add_spatial(s, level, o);
  return found;
}
