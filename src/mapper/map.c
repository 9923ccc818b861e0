/* The mapper: a search of every space that a layer has on a machine.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reusemodel.h"

#include <math.h>
#include <stdlib.h>

#include "base/checked.h"
#include "mapper/cells.h"
#include "mapper/clock.h"
#include "mapper/orders.h"
#include "mapper/parts.h"
#include "mapper/spaces.h"
#include "mapper/starts.h"
#include "mapper/steps.h"
#include "mapper/tiles.h"

/* Evaluations that the search of a cell should take at first, and of a whole space; how much
 * longer the next one is; one search for so many partings; evaluations for each descent in a
 * cell; to see whether cutting is worth it. */
enum { SLICE = 1000, LONGEST = 64000, LONGER = 8, PARTINGS = 4, PER_DESCENT = 4000,
       CUTS_SHARE = 4, FRONT_EVALUATIONS = 20000 };

/* A search changes its ways after parts of so many evaluations, or of a smaller budget. */
enum { PACE = 500000 };

/* Evaluations for a first look at every space, and after which the best starts are gone on
 * from; parts of the pace, if that is smaller. */
enum { FIRST_LOOK = 12000, FIRST_ROUND = 62500, LOOK_SHARE = 8 };

/* Evaluations that a cell should take with every step, and those of all cells together, or that
 * part of the pace. */
enum { EVERY_STEP_SLICE = 4000, EVERY_STEP_LOOK = 40000 };

/* The part of a budget that the usual steps have where every step is wanted. */
enum { USUAL_SHARE = 4 };

/* The part of the pace after which whole spaces are parted rather than searched again; that
 * for spaces of many outer tiles. */
enum { PATIENCE = 2, NO_PATIENCE = 16, MANY_TILES = 1 << 22 };

/* The part of the gap between bound and best mapping that cutting must close to be worth it:
 * fan-outs bear more on time than on energy. */
static const double GAIN = 0.15, ANY_GAIN = 0.001;

/* Parts of a budget in seconds: for the descents when it ends, and for an early round. */
static const double TIME_TO_DESCEND = 0.3, TIME_OF_ROUND = 0.1;

/* In so many spaces there are descents before anything else. */
enum { FEW_SPACES = 16 };

struct search {
  const struct reuse_arch *arch;
  const struct reuse_layer *layer;
  const struct reuse_search *wanted;
  struct reuse__branching branching;
  struct reuse__walk *walk;
  enum reuse_status failure;    /* why nothing was found */
  double start_s;               /* by reuse__seconds() */
  int64_t begun;                /* evaluations before the long search */
  struct reuse__spaces spaces;
  struct reuse__starts starts;
  bool left_out;                /* some space has not been searched at all */
  bool usual_optimal;           /* see reuse_proof */
  bool every_step;              /* all of them have been looked at soon */
  bool cut;                     /* spaces are cut up */
  struct reuse__cells cells;    /* to be searched */
  struct reuse__cells again;    /* to be searched for longer */
  int64_t spent_again;          /* evaluations in these */
  int descents;                 /* in cells */
  double open;                  /* least bound of what was left open */
};

/* What is done with each space in turn. */
typedef enum reuse_status visit_fn(struct search *s, int number,
                                   const struct reuse__space *space);

static enum reuse_status start_in(struct search *s, int number, const struct reuse__space *space) {
  return reuse__start_in(&s->starts, number, space);
}

static enum reuse_status start_late(struct search *s, int number,
                                    const struct reuse__space *space) {
  return reuse__start_late(&s->starts, number, space);
}

static enum reuse_status start_rest(struct search *s, int number,
                                    const struct reuse__space *space) {
  reuse__start_rest(&s->starts, number, space);
  return REUSE_OK;
}

static enum reuse_status go_on_from(struct search *s, int number,
                                    const struct reuse__space *space) {
  return reuse__go_on_from(&s->starts, number, space);
}

/* Evaluations of the long search so far. */
static int64_t spent(const struct search *s) { return s->branching.evaluations - s->begun; }

static int64_t pace(const struct search *s) {
  const int64_t most = s->wanted->max_evaluations;
  return most > 0 ? reuse__min(most, PACE) : PACE;
}

static void leave_out(struct search *s, enum reuse_status why) {
  s->failure = why;
  s->left_out = true;
}

/* Visits every space in turn. */
static void visit_all(struct search *s, visit_fn *visit) {
  for (int i = 0; i < s->spaces.n; i++) {
    struct reuse__space space;
    enum reuse_status st = REUSE_ERR_LIMIT;
    if (reuse__spaces_make(&s->spaces, i, &space)) st = visit(s, i, &space);
    if (st != REUSE_OK) leave_out(s, st);
  }
}

/* Another round of going on from the best starts, all of which are made before. */
static void go_on(struct search *s) {
  if (!reuse__can_go_on(&s->starts)) return;
  visit_all(s, start_rest);
  visit_all(s, go_on_from);
  s->starts.rounds++;
}

/* What is to be done early, for a part of the time if there is a limit to it. */
static void do_early(struct search *s, void (*what)(struct search *)) {
  struct reuse__branching *b = &s->branching;
  const double end_s = b->deadline_s;
  if (end_s > 0)
    b->deadline_s = reuse__fmin(end_s, reuse__seconds() + TIME_OF_ROUND * s->wanted->max_seconds);
  what(s);
  b->deadline_s = end_s;
}

/* ---- search ------------------------------------------------------------------------------ */

/* Searches all mappings of one space. */
static enum reuse_status exhaust(struct search *s, int number, const struct reuse__space *space) {
  (void)number;
  return reuse__walk_over(s->walk, space);
}

/* Adds one space as a cell. */
static enum reuse_status add_cell(struct search *s, int number, const struct reuse__space *space) {
  struct reuse__cell cell = {.space = number, .slice = SLICE};
  if (!reuse__walk_bound(s->walk, space, &cell.bound)) return REUSE_OK;
  return reuse__cells_add(&s->cells, &cell) ? REUSE_OK : REUSE_ERR_MEMORY;
}

static void leave_open(struct search *s, double bound) { s->open = reuse__fmin(s->open, bound); }

/* Walks over the space of a cell, for about as long as its slice and the budget say; whether it has
 * come to the end. */
static enum reuse_status walk_over(struct search *s, const struct reuse__space *space,
                                   struct reuse__cell *cell, bool *ended) {
  struct reuse__branching *b = &s->branching;
  b->open = INFINITY;
  b->slice = cell->slice;
  b->every_order = b->every_step || !reuse__orders_suffice(space);
  const enum reuse_status st = reuse__walk_over(s->walk, space);
  *ended = !b->stopped;
  b->slice = 0;
  b->stopped = false;
  if (*ended) leave_open(s, b->open);
  else cell->bound.value[0] = reuse__fmax(cell->bound.value[0], b->open);
  b->open = INFINITY;
  return st;
}

/* Makes the space of a cell; descends in the whole space when it is met for the first time. */
static enum reuse_status visit_cell(struct search *s, const struct reuse__cell *cell,
                                    struct reuse__space *space) {
  if (!reuse__spaces_make(&s->spaces, cell->space, space)) return REUSE_ERR_LIMIT;
  const enum reuse_status st = start_in(s, cell->space, space);
  return reuse__cell_narrow(cell, space) ? st : REUSE_ERR_NO_MAPPING;
}

/* Cuts a cell, of which SPACE will be the space, up further unless that is *DONE. */
static enum reuse_status cut_up(struct search *s, const struct reuse__cell *cell,
                                struct reuse__space *space, bool *done) {
  const enum reuse_status st = visit_cell(s, cell, space);
  if (st != REUSE_OK) return st;
  const int at = reuse__cell_next(cell, space);
  *done = at < 0;
  if (*done || reuse__cell_split(cell, space, at, s->walk, &s->cells)) return REUSE_OK;
  return REUSE_ERR_MEMORY;
}

/* Makes the space of a cell; cuts it up first if that is wanted and not *DONE. */
static enum reuse_status make_space(struct search *s, const struct reuse__cell *cell,
                                    struct reuse__space *space, bool *done) {
  *done = true;
  return s->cut ? cut_up(s, cell, space, done) : visit_cell(s, cell, space);
}

/* Parts a cell in the way that raises its bound most, unless it is *SINGLE: there is no way. */
static enum reuse_status part_cell(struct search *s, const struct reuse__cell *cell,
                                   bool *single) {
  struct reuse__space whole;
  struct reuse__cell own = *cell;
  own.slice = SLICE;
  if (!reuse__spaces_make(&s->spaces, cell->space, &whole)) return REUSE_ERR_LIMIT;
  if (!reuse__cell_part(&own, &whole, s->walk, &s->cells, single)) return REUSE_ERR_MEMORY;
  return REUSE_OK;
}

/* Whether the outermost loops of the chains of SPACE make so many tiles that a search of the
 * whole of it will not end. */
static bool has_many_tiles(const struct reuse__space *space) {
  static _Thread_local int64_t step[REUSE__MAX_STEPS];
  double tiles = 1;
  for (int i = 0; i < space->nslots; i++) {
    if (space->slot[i].spatial || !space->slot[i].first) continue;
    const int64_t range = reuse__space_loop_extent(space, i);
    tiles *= (double)reuse__max(1, reuse__steps(space, i, range, REUSE__FEW_STEPS, step));
  }
  return tiles >= MANY_TILES;
}

/* Whether a cell is rather parted than searched: because it has been parted only a little since
 * its last search, or, if it never was, has been searched for long enough. */
static bool is_to_part(const struct search *s, const struct reuse__cell *cell,
                       const struct reuse__space *space) {
  if (cell->parted > 0) return cell->parted % PARTINGS > 0;
  if (cell->slice == SLICE) return false;
  if (cell->slice > LONGEST) return true;
  return spent(s) > pace(s) / (has_many_tiles(space) ? NO_PATIENCE : PATIENCE);
}

/* Searches a cell, or parts it.  If it can neither be searched to its end nor be parted, it will
 * be searched again, for longer. */
static enum reuse_status search_cell(struct search *s, struct reuse__cell *cell,
                                     struct reuse__space *space) {
  bool ended, all, single = false;
  enum reuse_status st;
  if (is_to_part(s, cell, space)) {
    st = part_cell(s, cell, &single);
    if (st != REUSE_OK || !single) return st;
  }
  const int64_t before = s->branching.evaluations;
  st = walk_over(s, space, cell, &ended);
  if (cell->slice > SLICE) s->spent_again += s->branching.evaluations - before;
  if (st != REUSE_OK || ended) return st;
  if (s->cut && s->descents < spent(s) / PER_DESCENT) {
    s->descents++;
    st = reuse__start_from(&s->starts, cell->space, space, &all);
    if (st != REUSE_OK) return st;
  }
  if (cell->parted > 0 && !single) {
    st = part_cell(s, cell, &single);
    if (st != REUSE_OK || !single) return st;
  }
  const bool first = cell->slice == SLICE && cell->parted == 0 && !s->cut;
  cell->slice = first ? LONGEST : cell->slice * LONGER;
  return reuse__cells_add(&s->again, cell) ? REUSE_OK : REUSE_ERR_MEMORY;
}

/* Takes the next cell out, one that has not been walked over or one that has: as many
 * evaluations go into these as into those. */
static bool take_cell(struct search *s, struct reuse__cell *cell) {
  struct reuse__cells *fresh = &s->cells, *again = &s->again;
  const bool turn = s->spent_again < spent(s) / 2;
  return reuse__cells_take(turn ? again : fresh, cell) ||
         reuse__cells_take(turn ? fresh : again, cell);
}

/* COUNT evaluations, or a part of the pace if that is smaller. */
static int64_t share_of_pace(const struct search *s, int64_t count) {
  return reuse__min(count, pace(s) / LOOK_SHARE);
}

/* Cuts up and searches a cell, if there is time left for it; what the budget leaves no time for
 * is left open.  Whether it was searched. */
static bool visit_next(struct search *s, struct reuse__cell *cell) {
  struct reuse__space space;
  bool done;
  if (reuse__is_hopeless(&s->branching, &cell->bound)) return false;
  if (reuse__is_over(&s->branching)) {
    leave_open(s, cell->bound.value[0]);
    return false;
  }
  enum reuse_status st = make_space(s, cell, &space, &done);
  if (st == REUSE_OK && done) st = search_cell(s, cell, &space);
  if (st != REUSE_OK) leave_out(s, st);
  return st == REUSE_OK && done;
}

/* Searches the best cell of every space first, as far as that does not take too long: which
 * space has the best mappings shows only there. */
static void look_into_each(struct search *s) {
  const int64_t last = s->branching.evaluations + share_of_pace(s, FIRST_LOOK);
  struct reuse__cells rest = {0};
  bool seen[REUSE__MAX_SPACES] = {false};
  struct reuse__cell cell;
  while (s->branching.evaluations < last && reuse__cells_take(&s->cells, &cell))
    if (!seen[cell.space]) seen[cell.space] = visit_next(s, &cell);
    else if (!reuse__cells_add(&rest, &cell)) leave_out(s, REUSE_ERR_MEMORY);
  while (reuse__cells_take(&rest, &cell))
    if (!reuse__cells_add(&s->cells, &cell)) leave_out(s, REUSE_ERR_MEMORY);
  reuse__cells_free(&rest);
}

/* Whether it is time for an early round, before CELL is searched. */
static bool is_time_to_go_on(struct search *s, const struct reuse__cell *cell) {
  struct reuse__branching *b = &s->branching;
  return s->starts.rounds == 0 && spent(s) > share_of_pace(s, FIRST_ROUND) &&
         !reuse__is_hopeless(b, &cell->bound) && !reuse__is_over(b);
}

/* Searches the cells, those with the least bounds first, cut up if that is wanted.  What the
 * budget leaves no time for is left open. */
static void search_cells(struct search *s) {
  struct reuse__cell cell;
  while (take_cell(s, &cell)) {
    if (is_time_to_go_on(s, &cell)) do_early(s, go_on);
    visit_next(s, &cell);
  }
}

/* Whether time counts. */
static bool has_time(const struct search *s) {
  const enum reuse_objective o = s->wanted->objective;
  return o == REUSE_EDP || o == REUSE_LATENCY ||
         (o == REUSE_WEIGHTED && s->wanted->latency_weight > 0);
}

/* Cuts the best cells up until the best of them cannot be any further.  Whether its bound has
 * come a good deal nearer to the best mapping known than that of the whole spaces, or would
 * if it did not take too long. */
static bool is_worth_cutting(struct search *s) {
  struct reuse__branching *b = &s->branching;
  const double part = has_time(s) ? ANY_GAIN : GAIN;
  struct reuse__cell cell;
  struct reuse__space space;
  double first = INFINITY, last = INFINITY;
  bool done = false;
  while (!done && spent(s) < pace(s) / CUTS_SHARE && !reuse__is_over(b) &&
         reuse__cells_take(&s->cells, &cell)) {
    last = cell.bound.value[0];
    first = reuse__fmin(first, last);
    const enum reuse_status st = cut_up(s, &cell, &space, &done);
    if (st != REUSE_OK || (done && !reuse__cells_add(&s->cells, &cell))) return false;
  }
  if (!done || b->front) return true;
  return b->found && last - first >= part * (b->best.score.value[0] - first);
}

/* Makes cells of all spaces, cut up if that is worth it. */
static void make_cells(struct search *s) {
  visit_all(s, add_cell);
  s->cut = is_worth_cutting(s);
  if (!s->cut) {
    reuse__cells_free(&s->cells);
    visit_all(s, add_cell);
  }
}

/* The long search, with EVERY_STEP or the usual ones. */
static void branch_all(struct search *s, bool every_step) {
  struct reuse__branching *b = &s->branching;
  b->every_step = b->exhaustive || every_step;
  b->some_steps = false;
  b->every_order = b->every_step;
  if (b->exhaustive) {
    visit_all(s, exhaust);
    return;
  }
  make_cells(s);
  if (s->cut && s->spaces.n > FEW_SPACES) look_into_each(s);
  search_cells(s);
}

/* Whether every mapping of every space has been looked at or bound. */
static bool is_covered(const struct search *s) {
  const struct reuse__branching *b = &s->branching;
  return !b->stopped && !b->left_out && b->failure == REUSE_OK && !s->left_out;
}

/* Cuts up a cell, or searches it with every step; false if that does not end soon. */
static bool look_at(struct search *s, struct reuse__cell *cell) {
  struct reuse__space space;
  bool done, ended = false;
  if (reuse__is_hopeless(&s->branching, &cell->bound)) return true;
  if (reuse__is_over(&s->branching)) return false;
  const enum reuse_status st = make_space(s, cell, &space, &done);
  if (st != REUSE_OK || !done) return st == REUSE_OK;
  cell->slice = EVERY_STEP_SLICE;
  return walk_over(s, &space, cell, &ended) == REUSE_OK && ended;
}

/* Searches all spaces with every step, if that ends soon; if it does not, only the best mapping is
 * kept of it. */
static void look_at_every_step(struct search *s) {
  struct reuse__branching *b = &s->branching;
  struct reuse__cell cell;
  b->last_evaluation = share_of_pace(s, EVERY_STEP_LOOK);
  if (b->last_evaluation == 0) return;
  b->every_step = b->every_order = s->every_step = true;
  make_cells(s);
  while (s->every_step && reuse__cells_take(&s->cells, &cell)) s->every_step = look_at(s, &cell);
  reuse__cells_free(&s->cells);
  s->every_step = s->every_step && is_covered(s);
  if (s->every_step) return;
  b->stopped = b->left_out = false;
  b->failure = REUSE_OK;
  s->open = b->open = INFINITY;
}

/* Starts a search with every step from the best mapping that one with the usual steps finds in
 * a part of the budget, or at all if there is none. */
static void start_usual(struct search *s) {
  struct reuse__branching *b = &s->branching;
  struct reuse_search usual = *s->wanted;
  struct reuse__candidate c;
  struct reuse_proof proof = {.evaluations = 0};
  usual.complete = false;
  usual.max_evaluations = (usual.max_evaluations + USUAL_SHARE - 1) / USUAL_SHARE;
  usual.max_seconds /= USUAL_SHARE;
  const enum reuse_status st =
      reuse_map(s->arch, s->layer, &usual, &c.mapping, &c.evaluation, &proof);
  b->evaluations += proof.evaluations;
  s->every_step = proof.optimal && proof.every_step && !proof.stopped;
  if (st != REUSE_OK) return;
  reuse__score(s->arch, &c.mapping, &c.evaluation, s->wanted, &c.score);
  reuse__take(b, &c.mapping, &c.evaluation, &c.score);
  b->found_s = s->start_s + proof.found_s;
  s->usual_optimal = proof.optimal;
}

/* The long search: with every step as far as that ends soon, else with the wanted ones, again with
 * every step if no usual one fits.  Descents if it is stopped; these need a part of the time. */
static void search_on(struct search *s) {
  struct reuse__branching *b = &s->branching;
  const double end_s = b->deadline_s;
  s->open = b->open = INFINITY;
  if (end_s > 0) b->deadline_s = end_s - TIME_TO_DESCEND * s->wanted->max_seconds;
  const bool cold = s->wanted->exhaustive || s->wanted->cold_start;
  if (s->wanted->complete && !cold) start_usual(s);
  if (!s->every_step && !cold && s->spaces.n <= FEW_SPACES) visit_all(s, start_in);
  if (!s->wanted->complete && !cold) do_early(s, look_at_every_step);
  b->last_evaluation = s->wanted->max_evaluations;
  s->begun = b->evaluations;
  if (!s->every_step) branch_all(s, s->wanted->complete);
  if (!b->found && !b->stopped && b->some_steps) branch_all(s, true);
  b->deadline_s = end_s;
  if (b->stopped) visit_all(s, start_late);
  if (b->stopped) go_on(s);
}

static void prove(const struct search *s, struct reuse_proof *proof) {
  const struct reuse__branching *b = &s->branching;
  const double best = b->found ? b->best.score.value[0] : INFINITY;
  const bool known = !s->left_out && b->failure == REUSE_OK;
  proof->lower_bound = known ? reuse__fmin(reuse__fmin(s->open, b->open), best) : 0;
  proof->optimal = is_covered(s) || (b->found && proof->lower_bound >= best);
  proof->usual_optimal = proof->optimal || s->usual_optimal;
  proof->every_step = !b->some_steps && !s->left_out;
  proof->stopped = b->stopped;
  proof->evaluations = b->evaluations;
  proof->found_s = b->found ? b->found_s - s->start_s : 0;
  proof->end_s = reuse__seconds() - s->start_s;
}

/* A search of LAYER; NULL: no memory. */
static struct search *search_new(const struct reuse_arch *arch,
                                 const struct reuse_layer *layer,
                                 const struct reuse_search *wanted) {
  struct search *s = calloc(1, sizeof *s);
  if (!s) return NULL;
  s->arch = arch;
  s->layer = layer;
  s->wanted = wanted;
  s->failure = REUSE_ERR_NO_MAPPING;
  reuse__spaces_list(arch, layer, wanted->dataflow, &s->spaces);
  if (s->spaces.full) leave_out(s, REUSE_ERR_LIMIT);
  s->branching.wanted = wanted;
  s->branching.exhaustive = wanted->exhaustive;
  s->branching.memo = reuse__memo_new();
  s->walk = reuse__walk_new(&s->branching);
  if (!s->walk) {
    reuse__memo_free(s->branching.memo);
    free(s);
    return NULL;
  }
  s->starts.branching = &s->branching;
  s->starts.walk = s->walk;
  s->start_s = reuse__seconds();
  if (wanted->max_seconds > 0) s->branching.deadline_s = s->start_s + wanted->max_seconds;
  return s;
}

static enum reuse_status search_end(struct search *s) {
  const struct reuse__branching *b = &s->branching;
  const enum reuse_status why = b->failure != REUSE_OK ? b->failure : s->failure;
  const enum reuse_status st = b->found ? REUSE_OK : why;
  reuse__cells_free(&s->cells);
  reuse__cells_free(&s->again);
  reuse__walk_free(s->walk);
  reuse__memo_free(b->memo);
  free(s);
  return st;
}

enum reuse_status reuse_map(const struct reuse_arch *arch,
                            const struct reuse_layer *layer,
                            const struct reuse_search *search,
                            struct reuse_mapping *mapping,
                            struct reuse_evaluation *evaluation,
                            struct reuse_proof *proof) {
  struct search *s = search_new(arch, layer, search);
  if (!s) return REUSE_ERR_MEMORY;
  search_on(s);
  if (s->branching.found) {
    *mapping = s->branching.best.mapping;
    *evaluation = s->branching.best.evaluation;
  }
  if (proof) prove(s, proof);
  return search_end(s);
}

/* Puts what short searches find for energy, time and their product into FRONT, and what they know
 * of the least energy and time into KNOWN; takes half of a budget in seconds. */
static void start_front(const struct reuse_arch *arch, const struct reuse_layer *layer,
                        const struct reuse_search *wanted, struct reuse__front *front,
                        struct reuse_proof *known) {
  double *const least[] = {&known->least_pj, &known->least_cycles, &known->lower_bound};
  static const enum reuse_objective objective[] = {REUSE_ENERGY, REUSE_LATENCY, REUSE_EDP};
  for (int i = 0; i < 3; i++) {
    struct reuse_search one = *wanted;
    struct reuse_point best;
    struct reuse_proof proof;
    one.objective = objective[i];
    one.exhaustive = false;
    one.max_seconds = wanted->max_seconds / 6;
    one.max_evaluations = wanted->max_evaluations ? wanted->max_evaluations / 4 + 1
                                                  : FRONT_EVALUATIONS;
    if (reuse_map(arch, layer, &one, &best.mapping, &best.evaluation, &proof) != REUSE_OK)
      continue;
    reuse__front_add(front, &best.mapping, &best.evaluation);
    *least[i] = proof.lower_bound;
    known->every_step = known->every_step && proof.every_step;
  }
}

enum reuse_status reuse_pareto(const struct reuse_arch *arch,
                               const struct reuse_layer *layer,
                               const struct reuse_search *search, struct reuse_point *point,
                               int max, int *n, struct reuse_proof *proof) {
  struct reuse_search wanted = *search;
  struct reuse__front front = {.point = point, .max = max};
  struct reuse_proof known = {.every_step = true};
  wanted.objective = REUSE_EDP;
  struct search *s = search_new(arch, layer, &wanted);
  if (!s) return REUSE_ERR_MEMORY;
  s->open = s->branching.open = INFINITY;
  if (!wanted.exhaustive && !wanted.cold_start) start_front(arch, layer, &wanted, &front, &known);
  s->branching.front = &front;
  s->branching.last_evaluation = wanted.max_evaluations;
  const bool late = wanted.exhaustive || wanted.cold_start;
  if (late && wanted.max_seconds > 0) s->branching.deadline_s -= wanted.max_seconds / 2;
  branch_all(s, wanted.complete);
  if (late && front.n == 0 && s->branching.stopped)
    start_front(arch, layer, &wanted, &front, &known);
  *n = front.n;
  s->branching.found = front.n > 0;
  const bool exact = is_covered(s) && !front.full;
  if (proof)
    *proof = (struct reuse_proof){
        .optimal = exact,
        .stopped = s->branching.stopped,
        .every_step = !s->branching.some_steps && !s->left_out && (exact || known.every_step),
        .least_pj = exact && *n > 0 ? point[0].evaluation.energy_pj : known.least_pj,
        .least_cycles = exact && *n > 0 ? point[*n - 1].evaluation.cycles : known.least_cycles,
        .evaluations = s->branching.evaluations};
  const enum reuse_status st = search_end(s);
  return st == REUSE_OK && front.full ? REUSE_ERR_LIMIT : st;
}
