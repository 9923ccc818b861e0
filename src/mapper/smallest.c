/* What the mappings of the smallest tiles lack.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/smallest.h"

#include "count/shape.h"
#include "mapper/choice.h"
#include "mapper/spaces.h"

/* Whether the mapping of SPACE without a loop side by side, and with the smallest tiles, does not
 * fit. */
static bool lacks(const struct reuse__space *s, struct reuse__misfit *misfit) {
  struct reuse__unknowns unknowns;
  struct reuse__choice ones;
  struct reuse_counts shape;
  struct reuse_mapping mapping = {.engine = s->engine_index, .dataflow = s->dataflow_index,
                                  .variant = s->variant_index};
  reuse__unknowns_make(s, &unknowns);
  for (int u = 0; u < unknowns.n; u++)
    ones.value[u] = unknowns.unknown[u].kind == REUSE__ORDER ? 0 : 1;
  return reuse__choice_nest(&unknowns, &ones, &mapping.nest) &&
         reuse__count_shape(&s->layer->problem, &mapping.nest, &shape) == REUSE_OK &&
         reuse__find_misfit(s->arch, &mapping, &shape, misfit);
}

static double lack(const struct reuse__misfit *m) { return m->needs / m->has; }

bool reuse__smallest_misfit(const struct reuse_arch *arch, const struct reuse_layer *layer,
                            const char *wanted, int *engine, struct reuse__misfit *misfit) {
  struct reuse__spaces spaces;
  bool found = false;
  reuse__spaces_list(arch, layer, wanted, &spaces);
  for (int i = 0; i < spaces.n; i++) {
    struct reuse__space space;
    struct reuse__misfit own;
    if (!reuse__spaces_make(&spaces, i, &space) || !lacks(&space, &own)) continue;
    if (found && lack(&own) >= lack(misfit)) continue;
    found = true;
    *misfit = own;
    *engine = space.engine_index;
  }
  return found;
}
