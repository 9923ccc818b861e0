/* Orders that differ in the places of loops with one trip alone are met once; orders that are
 * left out.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <CUnit/CUnit.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mapper/dominance.h"
#include "mapper/spaces.h"
#include "mapper/steps.h"
#include "unit/machines.h"

int register_dominance_tests(void);

static struct machines shipped;   /* and odd ones that tests of the search have */
static const struct reuse_arch *machine; /* any loop anywhere, in any order */

/* Those have groups among loops in free order; false if one is refused. */
static bool read_odd(void) {
  const char *top = getenv("abs_top_srcdir"), *home = getenv("REUSEMODEL_HOME");
  struct reuse_diag diag = {.sink = NULL};
  char pattern[600], models[600];
  glob_t files;
  snprintf(pattern, sizeof pattern, "%.400s/tests/data/search/*.yaml", top ? top : ".");
  snprintf(models, sizeof models, "%.400s/models", home ? home : ".");
  if (glob(pattern, 0, NULL, &files) != 0) return false;
  bool ok = true;
  for (size_t i = 0; i < files.gl_pathc && ok && shipped.n < MAX_MACHINES; i++)
    ok = reuse_arch_read(files.gl_pathv[i], models, NULL, 0, shipped.arena,
                         &shipped.arch[shipped.n++], &diag) == REUSE_OK;
  globfree(&files);
  return ok;
}

static int set_up(void) {
  if (!machines_read(&shipped) || !read_odd()) return -1;
  machine = machine_named(&shipped, "eyeriss-like");
  return machine ? 0 : -1;
}

static int clean_up(void) {
  machines_free(&shipped);
  return 0;
}

/* One image, 64 and 32 channels, 8 x 8 outputs. */
static const struct reuse_layer pointwise = {
    .name = "pointwise", .type = REUSE_PWCONV,
    .problem = {.extent = {1, 1, 64, 32, 8, 8, 1, 1}, .stride = {1, 1}, .dilation = {1, 1},
                .tensors = REUSE_ALL_TENSORS}};

/* Three rows of 16 words by a matrix of 16 x 32. */
static const struct reuse_layer product = {
    .name = "product", .type = REUSE_MATMUL,
    .problem = {.extent = {3, 1, 32, 16, 1, 1, 1, 1}, .stride = {1, 1}, .dilation = {1, 1},
                .tensors = REUSE_ALL_TENSORS}};

/* ---- a level, walked by hand ------------------------------------------------------------ */

enum { LOOPS = 8, MOST_CHOICES = 3, LEAVES = 24000 };

/* The loops of a level with more than one trip, outermost first. */
struct succession {
  int n, slot[LOOPS];
  int64_t step[LOOPS];
};

struct found {
  int n;
  struct succession at[LEAVES];
};

struct walked {
  struct reuse__partial *partial;
  int level, norders, temporal; /* orders; temporal slots */
  struct reuse__order *list;
  enum reuse__orders_kind kind;
  int choices;                  /* steps that a slot may have at most */
  bool drops;
};

static struct found all, kept;

/* Up to MOST of the usual steps of SLOT: the largest, the smallest, one between; their number. */
static int choices(const struct reuse__space *s, int slot, int64_t range, int most,
                   int64_t step[MOST_CHOICES]) {
  static int64_t usual[REUSE__MAX_STEPS];
  const int n = reuse__steps(s, slot, range, REUSE__USUAL_STEPS, usual);
  int m = 0;
  step[m++] = usual[0];
  if (n > 2 && most > 2) step[m++] = usual[n / 2];
  if (n > 1 && most > 1) step[m++] = usual[n - 1];
  return m;
}

/* Walks order AT from its slot number I on, behind the loops NOW. */
static void walk(const struct walked *w, int at, int i, struct succession *now,
                 struct found *found) {
  const struct reuse__space *s = w->partial->space;
  int64_t step[MOST_CHOICES];
  if (i == w->temporal) {
    found->at[found->n++] = *now;
    return;
  }
  const int slot = w->list[at].slot[i];
  const int64_t range = reuse__partial_range(w->partial, slot);
  int n = choices(s, slot, range, w->choices, step);
  if (w->drops)
    n = reuse__drop_repeated(w->partial, slot, range, w->list, at, w->kind, step, n);
  for (int k = 0; k < n; k++) {
    if (!reuse__partial_push(w->partial, slot, step[k])) continue;
    const bool turns = step[k] < range;
    now->slot[now->n] = slot;
    now->step[now->n] = step[k];
    now->n += turns;
    walk(w, at, i + 1, now, found);
    now->n -= turns;
    reuse__partial_pop(w->partial);
  }
}

static int compare(const void *a, const void *b) {
  const struct succession *x = a, *y = b;
  if (x->n != y->n) return x->n - y->n;
  for (int i = 0; i < x->n; i++) {
    if (x->slot[i] != y->slot[i]) return x->slot[i] - y->slot[i];
    if (x->step[i] != y->step[i]) return x->step[i] < y->step[i] ? -1 : 1;
  }
  return 0;
}

/* What all orders make, with or without DROPS, sorted. */
static void walk_all(struct walked *w, bool drops, struct found *found) {
  struct succession now = {.n = 0};
  w->drops = drops;
  found->n = 0;
  for (int at = 0; at < w->norders; at++) walk(w, at, 0, &now, found);
  qsort(found->at, (size_t)found->n, sizeof *found->at, compare);
}

/* Of sorted ones that which is left when each is there once; their number. */
static int once(struct found *f) {
  int n = 0;
  for (int i = 0; i < f->n; i++)
    if (n == 0 || compare(&f->at[n - 1], &f->at[i]) != 0) f->at[n++] = f->at[i];
  return n;
}

/* False if there are too many orders or more leaves than are looked at. */
static bool start(struct walked *w, struct reuse__partial *p, int level, bool every, int most) {
  *w = (struct walked){.partial = p, .level = level, .choices = most};
  w->norders = reuse__orders(p->space, level, every, &w->list, &w->kind);
  int64_t leaves = w->norders;
  for (int i = 0; i < p->space->nslots; i++) {
    if (p->space->slot[i].level != level || p->space->slot[i].spatial) continue;
    w->temporal++;
    leaves *= most;
  }
  if (w->norders > 0 && leaves <= LEAVES) return true;
  free(w->list);
  return false;
}

/* Decides all slots of LEVEL, by the largest steps that are legal or, if SMALL, from a middle one
 * on; false if none is. */
static bool decide(struct reuse__partial *p, int level, bool small) {
  struct reuse__order *list;
  enum reuse__orders_kind kind;
  int64_t step[MOST_CHOICES];
  bool ok = reuse__orders(p->space, level, false, &list, &kind) > 0;
  for (int i = 0; ok && i < list[0].n; i++) {
    const int slot = list[0].slot[i];
    const int64_t range = reuse__partial_range(p, slot);
    const int n = choices(p->space, slot, range, MOST_CHOICES, step);
    int k = small ? n / 2 : 0;
    while (k < n && !reuse__partial_push(p, slot, step[k])) k++;
    ok = k < n;
  }
  free(list);
  return ok;
}

/* ---- the lemma --------------------------------------------------------------------------- */

/* Levels walked, and how many had something dropped, by kind; levels with groups in free order. */
struct seen { int levels[REUSE__CLASSES + 1], drops[REUSE__CLASSES + 1], groups; };

/* Whether no range of a temporal slot of LEVEL depends on another one. */
static bool are_apart(const struct reuse__space *s, int level) {
  unsigned dims = 0;
  for (int i = 0; i < s->nslots; i++) {
    if (s->slot[i].level != level || s->slot[i].spatial) continue;
    if (s->slot[i].loop.ndims > 1 || dims & s->slot[i].dims) return false;
    dims |= s->slot[i].dims;
  }
  return true;
}

/* Whatever all orders make is made exactly once when repetitions are dropped, and nothing else;
 * of orders that are given, nothing is dropped. */
static void check_level(struct reuse__partial *p, int level, bool every, struct seen *seen) {
  struct walked w;
  if (!start(&w, p, level, every, MOST_CHOICES)) return;
  walk_all(&w, false, &all);
  walk_all(&w, true, &kept);
  seen->levels[w.kind]++;
  seen->drops[w.kind] += kept.n < all.n;
  if (w.kind != REUSE__GIVEN_ORDERS) all.n = once(&all);
  bool same = all.n == kept.n;
  for (int i = 0; same && i < kept.n; i++) same = compare(&all.at[i], &kept.at[i]) == 0;
  CU_ASSERT(same);
  CU_ASSERT(w.kind == REUSE__GIVEN_ORDERS || are_apart(p->space, level));
  seen->groups += w.norders > 1 && !are_apart(p->space, level);
  if (!same)
    printf("# %s, %s, level %d: %d of %d\n", p->space->arch->name, p->space->layer->name, level,
           kept.n, all.n);
  free(w.list);
}

static void check_space(const struct reuse__space *s, struct seen *seen) {
  static struct reuse__partial partial;
  for (int small = 0; small < 2; small++) {
    bool ok = true;
    reuse__partial_start(s, &partial);
    for (int level = 0; ok && level < s->engine->nlevels; level++) {
      check_level(&partial, level, false, seen);
      check_level(&partial, level, true, seen);
      ok = decide(&partial, level, small);
    }
  }
}

static void every_nest_is_met_once(void) {
  struct seen seen = {.levels = {0}};
  for (int i = 0; i < shipped.n; i++)
    for (int j = 0; j < small_layers; j++) {
      struct reuse__spaces spaces;
      reuse__spaces_list(shipped.arch[i], &small_layer[j], NULL, &spaces);
      for (int k = 0; k < spaces.n; k++) {
        struct reuse__space s;
        if (k > 0 && spaces.of[k].dataflow == spaces.of[k - 1].dataflow) continue;
        if (reuse__spaces_make(&spaces, k, &s)) check_space(&s, &seen);
      }
    }
  CU_ASSERT(seen.groups > 10);
  for (int kind = 0; kind <= REUSE__CLASSES; kind++) {
    CU_ASSERT(seen.levels[kind] > 100);
    CU_ASSERT(kind == REUSE__GIVEN_ORDERS ? seen.drops[kind] == 0 : seen.drops[kind] > 100);
  }
}

/* The space of LAYER in which the buffer holds everything, and the register files KEEP. */
static void make_space(const struct reuse_layer *layer, int variant, unsigned keep,
                       struct reuse__space *space) {
  const unsigned keeps[] = {REUSE_ALL_TENSORS, REUSE_ALL_TENSORS, keep};
  CU_ASSERT_TRUE_FATAL(reuse__space_make(machine, 0, 0, variant, keeps, layer, space));
}

/* What the loops of the DRAM make for LAYER, each slot with one trip or in another step. */
static struct walked walk_dram(const struct reuse_layer *layer, bool every) {
  static struct reuse__partial partial;
  static struct reuse__space space;
  struct walked w;
  make_space(layer, 0, REUSE_ALL_TENSORS, &space);
  reuse__partial_start(&space, &partial);
  CU_ASSERT_TRUE_FATAL(start(&w, &partial, 0, every, 2));
  walk_all(&w, false, &all);
  walk_all(&w, true, &kept);
  return w;
}

/* N, K and C, each with one trip or more, in six orders: 48 leaves.  No loop 1, one 3, two in
 * either order 3 x 2, three 6: 16 nests.
 *
 * K, C, P and Q, of which P and Q leave the weights, in three classes: K C PQ, K PQ C, C PQ K: 48
 * leaves.  No loop 1; one 4; two 11, for only PQ has one order; three 3 + 3 + 2 + 2 (K C P, K C Q,
 * K P Q, C P Q); four 3: 29 nests. */
static void nests_of_a_few_loops(void) {
  struct walked w = walk_dram(&product, false);
  CU_ASSERT_EQUAL(w.kind, REUSE__ALL_ORDERS);
  CU_ASSERT_EQUAL(w.norders, 6);
  CU_ASSERT_EQUAL(all.n, 48);
  CU_ASSERT_EQUAL(kept.n, 16);
  free(w.list);
  w = walk_dram(&pointwise, false);
  CU_ASSERT_EQUAL(w.kind, REUSE__CLASSES);
  CU_ASSERT_EQUAL(w.norders, 3);
  CU_ASSERT_EQUAL(all.n, 48);
  CU_ASSERT_EQUAL(kept.n, 29);
  free(w.list);
}

/* The three slots of PRODUCT in the DRAM, in slot order N K C.  In order K N C with K of one trip,
 * N of one trip is out of place, for it stands before K; with K of two trips it stands behind a
 * loop.  In order N K C both are in place. */
static void one_trip_has_one_place(void) {
  static struct reuse__partial p;
  struct reuse__space space;
  struct reuse__order order = {3, {1, 0, 2}};
  int64_t step[2] = {3, 1};
  make_space(&product, 0, REUSE_ALL_TENSORS, &space);
  CU_ASSERT_EQUAL_FATAL(space.slot[1].loop.dim[0], REUSE_K);
  reuse__partial_start(&space, &p);
  CU_ASSERT(reuse__partial_push(&p, 1, 32));
  CU_ASSERT_EQUAL(reuse__drop_repeated(&p, 0, 3, &order, 0, REUSE__GIVEN_ORDERS, step, 2), 2);
  CU_ASSERT_EQUAL(reuse__drop_repeated(&p, 0, 3, &order, 0, REUSE__ALL_ORDERS, step, 2), 1);
  CU_ASSERT_EQUAL(step[0], 1);
  step[0] = 3;
  CU_ASSERT_EQUAL(reuse__drop_repeated(&p, 0, 3, &order, 0, REUSE__ALL_ORDERS, step, 0), 0);
  reuse__partial_pop(&p);
  CU_ASSERT(reuse__partial_push(&p, 1, 16));
  step[0] = 3;
  CU_ASSERT_EQUAL(reuse__drop_repeated(&p, 0, 3, &order, 0, REUSE__ALL_ORDERS, step, 2), 1);
  reuse__partial_pop(&p);
  order = (struct reuse__order){3, {0, 1, 2}};
  step[0] = 3;
  CU_ASSERT_EQUAL(reuse__drop_repeated(&p, 0, 3, &order, 0, REUSE__ALL_ORDERS, step, 2), 2);
  CU_ASSERT(reuse__partial_push(&p, 0, 3));
  step[0] = 32;
  CU_ASSERT_EQUAL(reuse__drop_repeated(&p, 1, 32, &order, 0, REUSE__ALL_ORDERS, step, 2), 2);
}

/* K/8 inside K steps of 6 has one trip; outside it, four of them.  So where a dim stands twice in
 * a level a loop with one trip has a place, and nothing is dropped. */
static void a_dim_that_stands_twice_keeps_its_orders(void) {
  static const struct reuse_loop_rule k = {1, {REUSE_K}, 0}, k8 = {1, {REUSE_K}, 8},
                                      c = {1, {REUSE_C}, 0};
  static struct reuse__partial p;
  static struct narrowed own;
  struct reuse_temporal_rules rules[REUSE_MAX_LEVELS];
  struct seen seen = {.groups = 0};
  struct reuse__space s;
  machine_narrow(machine, 0, 0, 0, 1, &own);
  memcpy(rules, own.dataflow.temporal, (size_t)own.engine.nlevels * sizeof *rules);
  rules[0] = (struct reuse_temporal_rules){true, 3, {k, c, k8}};
  own.dataflow.temporal = rules;
  const unsigned keeps[] = {REUSE_ALL_TENSORS, REUSE_ALL_TENSORS, 0};
  CU_ASSERT_TRUE_FATAL(reuse__space_make(&own.arch, 0, 0, 0, keeps, &product, &s));
  reuse__partial_start(&s, &p);
  CU_ASSERT(reuse__partial_push(&p, 0, 6));
  CU_ASSERT_EQUAL(reuse__partial_range(&p, 2), 6);
  reuse__partial_pop(&p);
  CU_ASSERT_EQUAL(reuse__partial_range(&p, 2), 32);
  check_level(&p, 0, false, &seen);
  CU_ASSERT_EQUAL(seen.levels[REUSE__GIVEN_ORDERS], 1);
  CU_ASSERT_EQUAL(seen.groups, 1);
}

/* ---- classes ------------------------------------------------------------------------------- */

/* Which tensor a loop over D leaves where it is; -1: none. */
static int left_alone(int d) {
  static const int tensor[REUSE_DIMS] = {
      [REUSE_N] = REUSE_W, [REUSE_G] = -1,      [REUSE_K] = REUSE_I, [REUSE_C] = REUSE_O,
      [REUSE_P] = REUSE_W, [REUSE_Q] = REUSE_W, [REUSE_R] = REUSE_O, [REUSE_S] = REUSE_O};
  return tensor[d];
}

static int dim_of(const struct reuse__space *s, const struct succession *x, int i) {
  return s->slot[x->slot[i]].loop.dim[0];
}

/* Where X's innermost loop stands that always brings other input; -1: none. */
static int last_part(const struct reuse__space *s, const struct succession *x) {
  int i = x->n - 1;
  while (i >= 0 && dim_of(s, x, i) != REUSE_N && dim_of(s, x, i) != REUSE_G &&
         dim_of(s, x, i) != REUSE_C)
    i--;
  return i;
}

/* Whether X and Y, of the same loops, agree from the innermost one inwards that always brings other
 * input. */
static bool ends_alike(const struct reuse__space *s, const struct succession *x,
                       const struct succession *y) {
  const int part = last_part(s, y);
  for (int i = part < 0 ? 0 : part; i < x->n; i++)
    if (x->slot[i] != y->slot[i]) return false;
  return true;
}

/* Whether X has the loops that leave alone what Y's innermost one does inside all others.  If that
 * is one over G, which leaves nothing alone, any X is as good. */
static bool has_inside(const struct reuse__space *s, const struct succession *x,
                       const struct succession *y) {
  const int tensor = left_alone(dim_of(s, y, y->n - 1));
  int inside = 0;
  if (tensor < 0) return true;
  for (int i = 0; i < x->n; i++) {
    if (left_alone(dim_of(s, x, i)) == tensor) inside++;
    else if (inside > 0) return false;
  }
  return inside > 0;
}

static bool same_loops(const struct succession *x, uint64_t loops) {
  uint64_t own = 0;
  for (int i = 0; i < x->n; i++) own |= UINT64_C(1) << x->slot[i];
  return own == loops;
}

/* The slots of LOOPS, of the N slots of order O, as they stand there; false if the others do not
 * come first, in their own order: so each succession comes once. */
static bool part_of(const struct reuse__order *o, int n, uint64_t loops, struct succession *x) {
  x->n = 0;
  for (int i = 0; i < n; i++) {
    const bool in = loops >> o->slot[i] & 1;
    if (in) x->slot[x->n++] = o->slot[i];
    else if (x->n > 0 || (i > 0 && o->slot[i - 1] > o->slot[i])) return false;
  }
  return true;
}

/* Whether what is kept has a succession of LOOPS that is as good as Y by Lemma 6. */
static bool is_met(const struct reuse__space *s, bool overlap, uint64_t loops,
                   const struct succession *y) {
  for (int i = 0; i < kept.n; i++)
    if (kept.at[i].n == y->n && same_loops(&kept.at[i], loops) &&
        (overlap ? ends_alike(s, &kept.at[i], y) : has_inside(s, &kept.at[i], y)))
      return true;
  return false;
}

/* For every set of loops with more than one trip, every class of the orders of just these. */
static void check_classes(const struct reuse_layer *layer) {
  struct walked w = walk_dram(layer, false);
  const struct reuse__space *s = w.partial->space;
  const int64_t *n = layer->problem.extent;
  const bool overlap = (n[REUSE_P] > 1 && n[REUSE_R] > 1) || (n[REUSE_Q] > 1 && n[REUSE_S] > 1);
  struct reuse__order *list;
  enum reuse__orders_kind kind;
  const int orders = reuse__orders(s, 0, true, &list, &kind);
  int factorial = 1;
  for (int i = 2; i <= w.temporal; i++) factorial *= i;
  CU_ASSERT_EQUAL(w.kind, REUSE__CLASSES);
  CU_ASSERT_EQUAL(orders, factorial);
  CU_ASSERT(w.norders < orders);
  struct succession y;
  int missed = 0;
  for (int k = 0; k < orders; k++)
    for (uint64_t loops = 1; loops >> w.temporal == 0; loops++)
      missed += part_of(&list[k], w.temporal, loops, &y) && !is_met(s, overlap, loops, &y);
  CU_ASSERT_EQUAL(missed, 0);
  free(list);
  free(w.list);
}

static void every_class_of_fewer_loops_is_met(void) {
  static const struct reuse_layer window = {
      .name = "window", .type = REUSE_CONV,
      .problem = {.extent = {1, 1, 1, 6, 5, 7, 3, 2}, .stride = {1, 1}, .dilation = {1, 1},
                  .tensors = REUSE_ALL_TENSORS}};
  static const struct reuse_layer products = {
      .name = "products", .type = REUSE_MATMUL,
      .problem = {.extent = {13, 3, 7, 11, 1, 1, 1, 1}, .stride = {1, 1}, .dilation = {1, 1},
                  .tensors = REUSE_ALL_TENSORS}};
  static const struct reuse_layer grid = {
      .name = "grid", .type = REUSE_PWCONV,
      .problem = {.extent = {2, 3, 7, 11, 5, 6, 1, 1}, .stride = {1, 1}, .dilation = {1, 1},
                  .tensors = REUSE_ALL_TENSORS}};
  check_classes(&pointwise);
  check_classes(&window);
  check_classes(&products);
  check_classes(&grid);
}

/* ---- orders -------------------------------------------------------------------------------- */

/* 0 and 2 stand in the second order as in the first, in the third not; 0 and 1 in the third as in
 * the first. */
static void loops_stand_as_before(void) {
  static const struct reuse__order list[] = {{3, {0, 1, 2}}, {3, {1, 0, 2}}, {3, {2, 0, 1}}};
  CU_ASSERT_FALSE(reuse__order_is_repeated(list, 0, 0));
  CU_ASSERT_FALSE(reuse__order_is_repeated(list, 0, 5));
  CU_ASSERT_TRUE(reuse__order_is_repeated(list, 1, 0));
  CU_ASSERT_TRUE(reuse__order_is_repeated(list, 1, 4));
  CU_ASSERT_TRUE(reuse__order_is_repeated(list, 1, 5));
  CU_ASSERT_FALSE(reuse__order_is_repeated(list, 1, 3));
  CU_ASSERT_FALSE(reuse__order_is_repeated(list, 1, 7));
  CU_ASSERT_FALSE(reuse__order_is_repeated(list, 2, 5));
  CU_ASSERT_FALSE(reuse__order_is_repeated(list, 2, 6));
  CU_ASSERT_TRUE(reuse__order_is_repeated(list, 2, 3));
}

/* Three loops have every order.  Of four, classes do if nothing inside the array holds an operand,
 * or sums where C is side by side: in a short last chunk instances would idle with them.  Sums that
 * only images, groups and positions divide are done when they are given up. */
static void classes_suffice_if_nothing_idles(void) {
  static const struct reuse_layer depthwise = {
      .name = "depthwise", .type = REUSE_DWCONV,
      .problem = {.extent = {2, 5, 1, 1, 7, 6, 1, 1}, .stride = {1, 1}, .dilation = {1, 1},
                  .tensors = REUSE_ALL_TENSORS}};
  enum { CHANNELS, GROUPS };
  struct reuse__space space;
  make_space(&product, CHANNELS, REUSE_ALL_TENSORS, &space);
  CU_ASSERT_TRUE(reuse__orders_suffice(&space));
  make_space(&pointwise, CHANNELS, REUSE_ALL_TENSORS, &space);
  CU_ASSERT_FALSE(reuse__orders_suffice(&space));
  make_space(&pointwise, CHANNELS, 0, &space);
  CU_ASSERT_TRUE(reuse__orders_suffice(&space));
  make_space(&pointwise, CHANNELS, REUSE_BIT(REUSE_W), &space);
  CU_ASSERT_FALSE(reuse__orders_suffice(&space));
  make_space(&pointwise, CHANNELS, REUSE_BIT(REUSE_O), &space);
  CU_ASSERT_FALSE(reuse__orders_suffice(&space));
  make_space(&depthwise, GROUPS, REUSE_BIT(REUSE_O), &space);
  CU_ASSERT_TRUE(reuse__orders_suffice(&space));
}

int register_dominance_tests(void) {
  CU_pSuite s = CU_add_suite("dominance", set_up, clean_up);
  return s && CU_ADD_TEST(s, every_nest_is_met_once) && CU_ADD_TEST(s, nests_of_a_few_loops) &&
                 CU_ADD_TEST(s, one_trip_has_one_place) &&
                 CU_ADD_TEST(s, a_dim_that_stands_twice_keeps_its_orders) &&
                 CU_ADD_TEST(s, every_class_of_fewer_loops_is_met) &&
                 CU_ADD_TEST(s, loops_stand_as_before) &&
                 CU_ADD_TEST(s, classes_suffice_if_nothing_idles)
             ? 0
             : -1;
}
