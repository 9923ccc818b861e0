/* Whether the outputs in a level are partial sums for certain.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/partial_sums.h"

#include <math.h>

#include "base/checked.h"

/* The level that LEVEL sends outputs to and gets them from, or the number of levels: MACs. */
static int child_of_sums(const struct reuse__space *s, int level) {
  int child = level + 1;
  while (child < s->engine->nlevels && !(s->keeps[child] & REUSE_BIT(REUSE_O))) child++;
  return child;
}

static double most_sums(const struct reuse__space *s, int level);

/* Words of outputs that what LEVEL sends them to holds at once, at most. */
static double most_below(const struct reuse__space *s, int level) {
  const int child = child_of_sums(s, level);
  double instances = 1;
  for (int i = level; i < child; i++) instances *= (double)reuse__space_children(s, i);
  return instances * most_sums(s, child);
}

/* Whether a temporal loop over outputs may stand between LEVEL and what it sends them to. */
static bool may_turn(const struct reuse__space *s, int level) {
  const int child = child_of_sums(s, level);
  for (int i = 0; i < s->nslots; i++) {
    const struct reuse__slot *slot = &s->slot[i];
    if (!slot->spatial && slot->level >= level && slot->level < child &&
        slot->dims & ~reuse__not_indexing(REUSE_O))
      return true;
  }
  return false;
}

/* Words of outputs that one instance of LEVEL, or a MAC, holds, at most. */
static double most_sums(const struct reuse__space *s, int level) {
  if (level == s->engine->nlevels) return 1;
  const struct reuse_level *own = &s->engine->level[level];
  const struct reuse_quantity *of = &own->tensor_bytes[REUSE_O];
  const struct reuse_quantity *size = of->given ? of : &own->size_bytes;
  const double most = size->given ? size->value * 8 / s->arch->bits[REUSE_O].value : INFINITY;
  return may_turn(s, level) ? most : reuse__fmin(most, most_below(s, level));
}

bool reuse__sums_are_partial(const struct reuse__space *s, int level, bool split, int64_t words) {
  const bool latched = s->engine->latch & REUSE_BIT(REUSE_O);
  if (child_of_sums(s, level) == s->engine->nlevels && !latched) return true;
  return split && (double)words > most_below(s, level);
}
