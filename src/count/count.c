/* Access counts of a loop nest, level by level and tensor by tensor.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * doc/MODEL.md, "Counts". */
#include "count/count.h"

#include "count/arrivals.h"
#include "count/shape.h"
#include "count/words.h"

/* Levels that keep TENSOR, then the MACs. Returns their number. */
static int keepers(const struct reuse_nest *n, int tensor, int *level) {
  int count = 0;
  for (int i = 0; i < n->nlevels - 1; i++)
    if (n->level[i].keeps & REUSE_BIT(tensor)) level[count++] = i;
  level[count++] = n->nlevels - 1;
  return count;
}

/* The two outermost of them. */
static int keepers_above(const struct reuse_nest *n, int tensor, int *level) {
  const int count = keepers(n, tensor, level);
  return count < 2 ? count : 2;
}

static bool is_clipped(const struct reuse_problem *p) {
  for (int i = 0; i < 2; i++)
    if (p->input[i] > 0 &&
        (p->pad[i] > 0 || (p->extent[REUSE_P + i] - 1) * p->stride[i] +
                              (p->extent[REUSE_R + i] - 1) * p->dilation[i] >=
                          p->input[i]))
      return true;
  return false;
}

/* Words that all instances of a child that holds nothing receive. */
static int64_t words_at_macs(const struct reuse_problem *p, bool raw_input) {
  if (raw_input) return reuse__effective_macs(p);
  int64_t n = 1;
  for (int d = 0; d < REUSE_DIMS; d++) n *= p->extent[d];
  return n;
}

/* Whether every instance of the parent has one child: unions are sums. */
static bool is_single(const struct reuse__link *k) {
  const struct reuse_nest *n = k->nest;
  for (int i = n->level[k->parent].first_loop; i < n->level[k->child].first_loop; i++)
    if (n->loop[i].spatial) return false;
  return true;
}

static enum reuse_status count_input(struct reuse__link *k, int tensor,
                                     struct reuse_counts *c) {
  struct reuse_traffic *up = &c->at[k->parent][tensor];
  struct reuse_traffic *down = &c->at[k->child][tensor];
  const int edge = reuse__boundary(k->nest);
  const bool expanded = tensor == REUSE_I && k->child > edge;
  const bool crosses = expanded && k->parent <= edge && is_clipped(k->problem);
  const bool unicast = k->nest->level[k->parent].network[tensor] == REUSE_UNICAST;
  struct reuse__terms ts;
  int64_t received, served;
  enum reuse_status st = REUSE_OK;
  k->shape = reuse__shape_of(tensor, expanded);
  if (tensor == REUSE_W) k->shape.raw_input = false;
  reuse__make_terms(k, &ts);
  received = words_at_macs(k->problem, k->shape.raw_input);
  if (k->held) st = reuse__arrivals(k, &ts, REUSE__INSTANCES, &received);
  if (st != REUSE_OK) return st;
  served = received;
  if (crosses && unicast && !k->held) served = reuse__effective_macs(k->problem);
  else if (crosses) st = reuse__crossing(k, &ts, unicast ? REUSE__INSTANCES
                                                         : REUSE__ARRIVING, &served);
  else if (!unicast && !(k->held && is_single(k)))
    st = reuse__arrivals(k, &ts, REUSE__ARRIVING, &served);
  if (k->child < k->nest->nlevels - 1) down->loads = received;
  up->deliveries = received;
  up->serves = served;
  return st;
}

static enum reuse_status count_output(struct reuse__link *k, int64_t *zeros,
                                      struct reuse_counts *c) {
  struct reuse_traffic *up = &c->at[k->parent][REUSE_O];
  struct reuse_traffic *down = &c->at[k->child][REUSE_O];
  const bool reduce = k->nest->level[k->parent].network[REUSE_O] == REUSE_REDUCE;
  struct reuse__terms ts;
  int64_t stays, come, leave;
  enum reuse_status st = REUSE_OK;
  k->shape = reuse__shape_of(REUSE_O, false);
  reuse__make_terms(k, &ts);
  stays = words_at_macs(k->problem, false);
  if (k->held) st = reuse__arrivals(k, &ts, REUSE__INSTANCES, &stays);
  come = leave = stays;
  const bool merged = reduce && !is_single(k);
  if (st == REUSE_OK && merged) st = reuse__arrivals(k, &ts, REUSE__ARRIVING, &come);
  if (st == REUSE_OK && merged) st = reuse__arrivals(k, &ts, REUSE__LEAVING, &leave);
  if (st != REUSE_OK) return st;
  up->updates = leave;
  up->serves = come - *zeros;
  const int64_t returned = reduce ? up->serves : 0;
  up->deliveries = stays + returned;
  if (k->child < k->nest->nlevels - 1) {
    down->drains = stays;
    down->loads = returned;
  }
  *zeros = stays - returned;
  return REUSE_OK;
}

static enum reuse_status count_tensor(const struct reuse_problem *p,
                                      const struct reuse_nest *n, int tensor,
                                      struct reuse__memo *memo, bool outermost,
                                      struct reuse_counts *c) {
  int level[REUSE_MAX_LEVELS];
  const int count = outermost ? keepers_above(n, tensor, level)
                              : keepers(n, tensor, level);
  const unsigned latch = n->level[n->nlevels - 1].latch;
  int64_t zeros = reuse_tensor_words(p, REUSE_O);
  for (int i = 0; i + 1 < count; i++) {
    struct reuse__link k = {.problem = p, .nest = n, .parent = level[i],
                            .child = level[i + 1], .memo = memo};
    k.held = k.child < n->nlevels - 1 || latch & REUSE_BIT(tensor);
    const enum reuse_status st = tensor == REUSE_O ? count_output(&k, &zeros, c)
                                                   : count_input(&k, tensor, c);
    if (st != REUSE_OK) return st;
  }
  return REUSE_OK;
}

enum reuse_status reuse__count_traffic(const struct reuse_problem *problem,
                                       const struct reuse_nest *nest,
                                       struct reuse__memo *memo, bool outermost,
                                       struct reuse_counts *counts) {
  enum reuse_status st = REUSE_OK;
  for (int t = 0; t < REUSE_TENSORS && st == REUSE_OK; t++)
    if (problem->tensors & REUSE_BIT(t))
      st = count_tensor(problem, nest, t, memo, outermost, counts);
  return st;
}

enum reuse_status reuse_count(const struct reuse_problem *problem,
                              const struct reuse_nest *nest,
                              struct reuse_counts *counts) {
  enum reuse_status st = reuse_nest_check(problem, nest, NULL, NULL);
  if (st == REUSE_OK) st = reuse__count_shape(problem, nest, counts);
  return st == REUSE_OK ? reuse__count_traffic(problem, nest, NULL, false, counts) : st;
}
