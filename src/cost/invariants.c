/* What every evaluation must satisfy, whatever the machine and the mapping.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cost/invariants.h"

#include <math.h>

struct subject {
  const struct reuse_arch *arch;
  const struct reuse_engine *engine;
  const struct reuse_problem *problem;
  const struct reuse_layer *layer;
  const struct reuse_mapping *mapping;
  const struct reuse_evaluation *evaluation;
  const char *why;
};

/* OK; unless it is, RULE is what is broken. */
static bool holds(struct subject *s, bool ok, const char *rule) {
  if (!ok) s->why = rule;
  return ok;
}

/* Whether A and B are equal but for rounding. */
static bool close_to(double a, double b) {
  return fabs(a - b) <= 1e-9 * fmax(fabs(a), fabs(b));
}

static bool in_unit_interval(double v) { return v > 0 && v <= 1 + 1e-9; }

/* ---- the whole nest ----------------------------------------------------- */

static bool nest_holds(struct subject *s) {
  const struct reuse_counts *c = &s->evaluation->counts;
  const int last = s->mapping->nest.nlevels - 1;
  double points = 1;
  for (int d = 0; d < REUSE_DIMS; d++) points *= (double)s->problem->extent[d];
  bool rise = c->level_steps[0] == 1 && c->level_instances[0] == 1;
  for (int i = 1; i <= last; i++)
    rise = rise && c->level_steps[i] >= c->level_steps[i - 1] &&
           c->level_instances[i] >= c->level_instances[i - 1] &&
           c->level_instances[i] % c->level_instances[i - 1] == 0;
  return holds(s, s->evaluation->nlevels == last && s->engine->nlevels == last,
               "the nest has the levels of the engine and the MACs") &&
         holds(s, (double)c->macs == points, "MACs are the points of the iteration space") &&
         holds(s, s->layer->macs == 0 || s->layer->macs == c->macs,
               "MACs are those of the layer") &&
         holds(s, c->effective_macs >= 0 && c->effective_macs <= c->macs,
               "effective MACs are between 0 and all MACs") &&
         holds(s, rise, "steps and instances do not fall from level to level") &&
         holds(s, c->steps == c->level_steps[last] && c->instances == c->level_instances[last],
               "steps and instances are those of the MACs") &&
         holds(s, (double)c->steps * (double)c->instances >= (double)c->macs,
               "steps times instances are no less than the MACs") &&
         holds(s, c->instances <= s->engine->macs, "instances are no more than the MAC units");
}

/* ---- words of a level -------------------------------------------------------- */

/* The level whose children see the expanded input, or that of the MACs. */
static int boundary(const struct reuse_nest *n) {
  for (int i = 0; i < n->nlevels - 1; i++)
    if (n->level[i].im2col) return i;
  return n->nlevels - 1;
}

/* Words of TENSOR as a level sees it, outside or (EXPANDED) inside the boundary. */
static int64_t words(const struct subject *s, int tensor, bool expanded) {
  if (tensor == REUSE_I && expanded)
    return s->evaluation->counts.macs / s->problem->extent[REUSE_K];
  return reuse_tensor_words(s->problem, (enum reuse_tensor)tensor);
}

/* Counts of LEVEL that hold without regard to its neighbours. */
static bool level_holds(struct subject *s, int level, int t) {
  const struct reuse_traffic *a = &s->evaluation->counts.at[level][t];
  const bool kept = s->problem->tensors & s->mapping->nest.level[level].keeps & REUSE_BIT(t);
  const bool inside = level > boundary(&s->mapping->nest);
  const bool none = !a->loads && !a->serves && !a->updates && !a->drains &&
                    !a->deliveries && !a->tile;
  if (!kept) return holds(s, none, "a tensor that a level does not keep does not move there");
  return holds(s, a->loads >= 0 && a->serves >= 0 && a->updates >= 0 && a->drains >= 0 &&
                      a->deliveries >= 0, "no count is negative") &&
         holds(s, a->tile <= words(s, t, inside), "a tile is no more than its tensor") &&
         holds(s, t == REUSE_O || (!a->updates && !a->drains),
               "only outputs are written by children and read out");
}

/* ---- links between a level and the next that keeps the tensor ----------------- */

struct link {
  int tensor, parent, child;
  bool memory;                  /* the child is not the MACs */
  bool crosses;                 /* the im2col boundary */
  double children;              /* instances of the child per instance of the parent */
  const struct reuse_traffic *up, *down;
  uint8_t network;
};

/* The first level inside I that keeps TENSOR: that of the MACs if there is none. */
static int next_keeper(const struct reuse_nest *n, int i, int tensor) {
  do i++;
  while (i < n->nlevels - 1 && !(n->level[i].keeps & REUSE_BIT(tensor)));
  return i;
}

static struct link make_link(const struct subject *s, int tensor, int parent, int child) {
  const struct reuse_counts *c = &s->evaluation->counts;
  const struct reuse_nest *n = &s->mapping->nest;
  const int edge = boundary(n);
  return (struct link){
      .tensor = tensor, .parent = parent, .child = child,
      .memory = child < n->nlevels - 1,
      .crosses = tensor == REUSE_I && n->level[edge].im2col && parent <= edge && child > edge,
      .children = (double)c->level_instances[child] / (double)c->level_instances[parent],
      .up = &c->at[parent][tensor], .down = &c->at[child][tensor],
      .network = n->level[parent].network[tensor]};
}

static bool input_link_holds(struct subject *s, const struct link *k) {
  const struct reuse_counts *c = &s->evaluation->counts;
  const bool expanded = k->child > boundary(&s->mapping->nest);
  const int64_t got = k->up->deliveries;
  int64_t least = words(s, k->tensor, expanded);
  if (!holds(s, !k->memory || k->down->loads == got, "a level loads what is delivered to it") ||
      !holds(s, got >= least, "loads are no less than the compulsory words"))
    return false;
  if (k->crosses) least = c->effective_macs / s->problem->extent[REUSE_K];
  return holds(s, k->up->serves >= least, "serves are no less than the compulsory words") &&
         holds(s, k->up->serves <= got, "a level serves no more than its children load") &&
         holds(s, k->network != REUSE_UNICAST || k->crosses || k->up->serves == got,
               "with unicast a level serves what its children load") &&
         holds(s, k->crosses || (double)k->up->serves * k->children >= (double)got,
               "a word read once goes to each child at most once") &&
         holds(s, got <= c->macs || k->memory, "the MACs take a word at most per MAC");
}

static bool output_link_holds(struct subject *s, const struct link *k) {
  const bool reduce = k->network == REUSE_REDUCE;
  const int64_t returned = reduce ? k->up->serves : 0;
  const int64_t out = k->up->deliveries - returned;
  return holds(s, !k->memory || k->down->drains == out,
               "a level drains what is delivered from it") &&
         holds(s, !k->memory || k->down->loads == returned,
               "partial sums return only where they are merged on the way") &&
         holds(s, k->up->updates >= words(s, REUSE_O, false),
               "updates are no less than the outputs") &&
         holds(s, out >= k->up->updates, "a level is updated no more than its children drain") &&
         holds(s, reduce || k->up->updates == out,
               "without reduction a level is updated as often as its children drain") &&
         holds(s, (double)k->up->updates * k->children >= (double)out,
               "an update merges at most one word of each child") &&
         holds(s, k->up->serves <= out, "no more partial sums return than have left") &&
         holds(s, out <= s->evaluation->counts.macs || k->memory,
               "the MACs write at most one partial sum per MAC");
}

static bool tensor_holds(struct subject *s, int t) {
  const struct reuse_nest *n = &s->mapping->nest;
  const int last = n->nlevels - 1;
  const int outermost = next_keeper(n, -1, t);
  for (int i = 0; i < last; i++)
    if (!level_holds(s, i, t)) return false;
  if (!(s->problem->tensors & REUSE_BIT(t))) return true;
  const struct reuse_traffic *a = &s->evaluation->counts.at[outermost][t];
  if (!holds(s, outermost < last, "a tensor is kept somewhere") ||
      !holds(s, !a->loads && !a->drains, "nothing moves beyond the outermost level"))
    return false;
  for (int i = outermost; i < last; i = next_keeper(n, i, t)) {
    const struct link k = make_link(s, t, i, next_keeper(n, i, t));
    if (!(t == REUSE_O ? output_link_holds(s, &k) : input_link_holds(s, &k))) return false;
  }
  return true;
}

/* ---- time and energy ---------------------------------------------------------- */

static bool time_holds(struct subject *s) {
  const struct reuse_evaluation *e = s->evaluation;
  const double array = e->compute_cycles + e->fill_cycles;
  double all = array, worst = array;
  bool hidden = e->cycles < array * (1 - 1e-9);
  for (int i = 0; i < e->nlevels; i++) {
    hidden = hidden || !(e->level[i].cycles >= 0) ||
             e->cycles < e->level[i].cycles * (1 - 1e-9);
    all += e->level[i].cycles;
    worst = fmax(worst, e->level[i].cycles);
  }
  const double bound = e->bound_level < 0 ? array : e->level[e->bound_level].cycles;
  return holds(s, e->compute_cycles > 0 && e->fill_cycles >= 0, "the array takes time") &&
         holds(s, !hidden, "the time is no less than that of the array and of any level") &&
         holds(s, e->cycles <= all * (1 + 1e-9), "the time is no more than all in sequence") &&
         holds(s, close_to(bound, worst), "the bound is what takes longest") &&
         holds(s, close_to(e->time_s * s->arch->clock_hz.value, e->cycles),
               "the time is the cycles over the clock");
}

/* MACs that are not skipped. */
static double executed(const struct subject *s) {
  double macs = (double)s->evaluation->counts.macs;
  for (int t = 0; t < REUSE_O; t++)
    if (s->engine->skip & REUSE_BIT(t)) macs -= macs * s->arch->zeros[t].value;
  return macs;
}

static bool utilization_holds(struct subject *s) {
  const struct reuse_evaluation *e = s->evaluation;
  const struct reuse_quantity *scale = &s->engine->macs_per_cycle_scale;
  const double peak = (double)s->engine->macs * (scale->given ? scale->value : 1);
  return holds(s, in_unit_interval(e->utilization) && in_unit_interval(e->spatial_utilization) &&
                      in_unit_interval(e->fill_efficiency) && in_unit_interval(e->stall_efficiency),
               "utilisations are in (0, 1]") &&
         holds(s, close_to(e->utilization, e->spatial_utilization * e->fill_efficiency *
                                               e->stall_efficiency),
               "the utilisation is the product of its parts") &&
         holds(s, close_to(e->utilization * peak * e->cycles, executed(s)),
               "the utilisation is the MACs over the peak in the time");
}

static bool energy_holds(struct subject *s) {
  const struct reuse_evaluation *e = s->evaluation;
  double parts = e->mac_energy_pj + e->static_energy_pj;
  bool good = e->mac_energy_pj >= 0 && e->static_energy_pj >= 0, moves = true;
  for (int i = 0; i < e->nlevels; i++)
    for (int t = 0; t < REUSE_TENSORS; t++) {
      const struct reuse_level_cost *l = &e->level[i];
      const struct reuse_traffic *a = &e->counts.at[i][t];
      good = good && l->energy_pj[t] >= 0 && l->hop_energy_pj[t] >= 0;
      moves = moves && (a->serves + a->drains > 0) == (l->read_bytes[t] > 0) &&
              (a->loads + a->updates > 0) == (l->write_bytes[t] > 0);
      parts += l->energy_pj[t] + l->hop_energy_pj[t];
    }
  return holds(s, moves, "a level moves bytes when it moves words") &&
         holds(s, good && e->energy_pj > 0 && isfinite(e->energy_pj), "energies are positive") &&
         holds(s, close_to(e->energy_pj, parts), "the energy is the sum of its parts");
}

bool reuse__invariants(const struct reuse_arch *arch, const struct reuse_layer *layer,
                       const struct reuse_mapping *mapping,
                       const struct reuse_evaluation *evaluation, const char **why) {
  struct subject s = {.arch = arch, .engine = &arch->engine[mapping->engine],
                      .problem = &layer->problem, .layer = layer, .mapping = mapping,
                      .evaluation = evaluation};
  bool ok = nest_holds(&s);
  for (int t = 0; t < REUSE_TENSORS; t++) ok = ok && tensor_holds(&s, t);
  ok = ok && time_holds(&s) && utilization_holds(&s) && energy_holds(&s) &&
       holds(&s, reuse_mapping_fits(arch, mapping, &evaluation->counts),
             "tiles fit their levels and fan-outs their arrays");
  if (why) *why = s.why;
  return ok;
}
