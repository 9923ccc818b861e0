/* Checks that the loops of a dataflow make legal nests.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "arch/reader.h"

/* What the loops seen so far have done to each dim. */
struct progress {
  const struct reuse_loop_rule *last[REUSE_DIMS];  /* innermost loop of a dim */
  const struct reuse_loop_rule *group[REUSE_DIMS]; /* flattened loop it is in */
};

/* "[C,R,S]" or "Q" in BUFFER. */
static const char *name_of(const struct reuse_loop_rule *rule, char *buffer) {
  char *p = buffer;
  if (rule->ndims > 1)
    *p++ = '[';
  for (int i = 0; i < rule->ndims; i++) {
    if (i)
      *p++ = ',';
    *p++ = reuse_dim_letter[rule->dim[i]];
  }
  if (rule->ndims > 1)
    *p++ = ']';
  *p = '\0';
  return buffer;
}

/* Whether RULE may stand inside the loops of *p; adds it to them. */
static bool enter(struct reuse__reader *r, const struct reuse__node *node,
                  const struct reuse_loop_rule *rule, struct progress *p) {
  char a[2 * REUSE_DIMS + 2], b[2 * REUSE_DIMS + 2];
  for (int i = 0; i < rule->ndims; i++) {
    const struct reuse_loop_rule *group = p->group[rule->dim[i]];
    if (group && !reuse__same_dims(group, rule))
      return reuse__node_error(
          r->yaml, node,
          "inside a flattened loop its dims may only be split by "
          "loops of the same group",
          "'%s' inside '%s'", name_of(rule, a), name_of(group, b));
  }
  for (int i = 0; i < rule->ndims; i++) {
    p->last[rule->dim[i]] = rule;
    if (rule->ndims > 1)
      p->group[rule->dim[i]] = rule;
  }
  return true;
}

/* In a level whose order is free, groups must not share dims with other loops. */
static bool check_any(struct reuse__reader *r, const struct reuse__node *node,
                      const struct reuse_temporal_rules *t) {
  char a[2 * REUSE_DIMS + 2], b[2 * REUSE_DIMS + 2];
  for (int i = 0; t->any_order && i < t->n; i++)
    for (int j = 0; j < i; j++)
      for (int k = 0; k < t->rule[i].ndims; k++)
        for (int l = 0; l < t->rule[j].ndims; l++)
          if (t->rule[i].dim[k] == t->rule[j].dim[l])
            return reuse__node_error(r->yaml, node, "give the loops a fixed order",
                                     "'%s' and '%s' share a dim under 'any'",
                                     name_of(&t->rule[j], a),
                                     name_of(&t->rule[i], b));
  return true;
}

/* Whether every dim was split, its innermost loop being free or of step 1. */
static bool check_done(struct reuse__reader *r, const struct reuse__node *node,
                       const struct reuse_dataflow *d,
                       const struct reuse_spatial_variant *v,
                       const struct progress *p) {
  const char *in = v->name ? ", variant " : "";
  const char *variant = v->name ? v->name : "";
  for (int i = 0; i < REUSE_DIMS; i++) {
    if (!p->last[i])
      return reuse__node_error(
          r->yaml, node, "add it, with step /1, at the level that would split it",
          "dataflow '%s'%s%s: no loop brings dim %c down to one "
          "point",
          d->name, in, variant, reuse_dim_letter[i]);
    if (p->last[i]->step > 1)
      return reuse__node_error(
          r->yaml, node, "add an inner loop with step /1",
          "dataflow '%s'%s%s: the innermost loop of dim %c has "
          "step %lld",
          d->name, in, variant, reuse_dim_letter[i], (long long)p->last[i]->step);
  }
  return true;
}

static bool check_variant(struct reuse__reader *r, const struct reuse__node *node,
                          const struct reuse_engine *engine,
                          const struct reuse_dataflow *d,
                          const struct reuse_spatial_variant *v) {
  struct progress p = {0};
  int loops = 0;
  for (int i = 0; i < engine->nlevels; i++) {
    const struct reuse_temporal_rules *t = &d->temporal[i];
    loops += t->n;
    if (!check_any(r, node, t))
      return false;
    for (int j = 0; j < t->n; j++)
      if (!enter(r, node, &t->rule[j], &p))
        return false;
    for (int j = 0; j < v->n; j++)
      if (v->rule[j].level == i && !enter(r, node, &v->rule[j].loop, &p))
        return false;
  }
  if (loops + v->n > REUSE_MAX_LOOPS)
    return reuse__node_error(r->yaml, node, NULL, "more than %d loops",
                             REUSE_MAX_LOOPS);
  return check_done(r, node, d, v, &p);
}

bool reuse__check_loops(struct reuse__reader *reader, const struct reuse__node *node,
                        const struct reuse_engine *engine,
                        const struct reuse_dataflow *dataflow) {
  for (int i = 0; i < dataflow->nvariants; i++)
    if (!check_variant(reader, node, engine, dataflow, &dataflow->variant[i]))
      return false;
  return true;
}
