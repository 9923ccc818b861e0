/* Sums over layers of a run, and what makes two of them differ.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "compare/sum.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/names.h"

const char *const reuse__part_name[REUSE__PARTS] = {"DRAM",    "buffers", "registers",
                                                    "network", "MACs",    "static"};

void reuse__parts(const struct reuse__run *run, const struct reuse__row *row,
                  double part_pj[REUSE__PARTS]) {
  struct reuse__roles roles;
  reuse__roles(run, row, &roles);
  part_pj[REUSE__PART_DRAM] = roles.dram_energy_pj;
  part_pj[REUSE__PART_BUFFERS] = roles.buffer_energy_pj;
  part_pj[REUSE__PART_REGISTERS] = roles.register_energy_pj;
  part_pj[REUSE__PART_NETWORK] = roles.hop_energy_pj;
  part_pj[REUSE__PART_MACS] = row->cost.mac_energy_pj;
  part_pj[REUSE__PART_STATIC] = row->cost.static_energy_pj;
}

static bool same_text(const char *a, const char *b) {
  return a == b || (a && b && strcmp(a, b) == 0);
}

/* Adds the time of a layer that LEVEL and TENSOR bound. */
static void add_bound(struct reuse__sum *sum, const char *level, int tensor,
                      double time_s) {
  int i = 0;
  while (i < sum->nbounds && !(same_text(sum->bound[i].level, level) &&
                               sum->bound[i].tensor == tensor))
    i++;
  if (i == REUSE__BOUNDS)
    i--;
  else if (i == sum->nbounds)
    sum->bound[sum->nbounds++] = (struct reuse__bound_time){level, tensor, 0};
  sum->bound[i].time_s += time_s;
}

void reuse__sum_row(struct reuse__sum *sum, const struct reuse__run *run,
                    const struct reuse__row *row) {
  const struct reuse_evaluation *cost = &row->cost;
  const struct reuse_engine *engine = &run->arch->engine[row->mapping.engine];
  struct reuse__roles roles;
  double part_pj[REUSE__PARTS];
  reuse__roles(run, row, &roles);
  reuse__parts(run, row, part_pj);
  sum->layers++;
  sum->proven += row->proof.optimal;
  sum->some_steps += !row->proof.every_step;
  sum->gap = fmax(sum->gap, reuse__gap(run, row));
  sum->dram_words += roles.dram_words;
  sum->macs += row->layer.macs;
  sum->cycles += cost->cycles;
  sum->time_s += cost->time_s;
  sum->energy_pj += cost->energy_pj;
  sum->buffer_accesses += roles.buffer_accesses;
  for (int p = 0; p < REUSE__PARTS; p++)
    sum->part_pj[p] += part_pj[p];
  for (int l = 0; l < engine->nlevels; l++)
    for (int t = 0; t < REUSE_TENSORS && engine->level[l].kind == REUSE_DRAM; t++)
      sum->dram_bytes[t] += cost->level[l].read_bytes[t] + cost->level[l].write_bytes[t];
  if (cost->utilization > 0)
    sum->peak_macs += (double)cost->counts.macs / cost->utilization;
  add_bound(sum, cost->bound_level < 0 ? NULL : engine->level[cost->bound_level].name,
            cost->bound_level < 0 ? -1 : cost->bound_tensor, cost->time_s);
}

/* What bounds SUM for most of its time; the first of equals. */
static struct reuse__term time_term(const struct reuse__sum *sum) {
  int most = 0;
  for (int i = 1; i < sum->nbounds; i++)
    if (sum->bound[i].time_s > sum->bound[most].time_s)
      most = i;
  return (struct reuse__term){.kind = REUSE__TERM_TIME,
                              .level = sum->bound[most].level,
                              .tensor = sum->bound[most].tensor};
}

static struct reuse__term energy_term(const struct reuse__sum *winner,
                                      const struct reuse__sum *loser) {
  int most = 0;
  for (int p = 1; p < REUSE__PARTS; p++)
    if (loser->part_pj[p] - winner->part_pj[p] >
        loser->part_pj[most] - winner->part_pj[most])
      most = p;
  return (struct reuse__term){.kind = REUSE__TERM_ENERGY,
                              .tensor = -1,
                              .part = (enum reuse__part)most};
}

static struct reuse__term dram_term(const struct reuse__sum *winner,
                                    const struct reuse__sum *loser) {
  int most = 0;
  for (int t = 1; t < REUSE_TENSORS; t++)
    if (loser->dram_bytes[t] - winner->dram_bytes[t] >
        loser->dram_bytes[most] - winner->dram_bytes[most])
      most = t;
  return (struct reuse__term){.kind = REUSE__TERM_DRAM, .tensor = most};
}

void reuse__weighted_parts(const struct reuse__sum *sum, const struct reuse_search *weights,
                           double part[3]) {
  part[0] = weights->energy_weight * sum->energy_pj;
  part[1] = weights->latency_weight * sum->cycles;
  part[2] = weights->dram_weight * sum->dram_words;
}

static struct reuse__term weighted_term(const struct reuse__sum *winner,
                                        const struct reuse__sum *loser,
                                        const struct reuse_search *weights) {
  double less[3], more[3];
  int most = 0;
  reuse__weighted_parts(winner, weights, less);
  reuse__weighted_parts(loser, weights, more);
  for (int i = 1; i < 3; i++)
    if (more[i] - less[i] > more[most] - less[most])
      most = i;
  if (most == 0)
    return energy_term(winner, loser);
  return most == 1 ? time_term(loser) : dram_term(winner, loser);
}

struct reuse__term reuse__deciding_term(const struct reuse__sum *winner,
                                        const struct reuse__sum *loser,
                                        enum reuse_objective objective,
                                        const struct reuse_search *weights) {
  switch (objective) {
    case REUSE_ENERGY: return energy_term(winner, loser);
    case REUSE_LATENCY: return time_term(loser);
    case REUSE_DRAM_WORDS: return dram_term(winner, loser);
    case REUSE_WEIGHTED: return weighted_term(winner, loser, weights);
    default: break;
  }
  return loser->time_s * winner->energy_pj > loser->energy_pj * winner->time_s
             ? time_term(loser)
             : energy_term(winner, loser);
}

const char *reuse__term_text(const struct reuse__term *term, struct reuse_arena *arena) {
  const char *tensor = term->tensor < 0 ? "" : reuse__tensor_name[term->tensor];
  switch (term->kind) {
    case REUSE__TERM_TIME:
      return reuse__printf(arena, "time: %s%s%s", term->level ? term->level : "compute",
                           *tensor ? ":" : "", tensor);
    case REUSE__TERM_ENERGY:
      return reuse__printf(arena, "energy: %s", reuse__part_name[term->part]);
    case REUSE__TERM_DRAM: return reuse__printf(arena, "DRAM: %s", tensor);
    default: return "";
  }
}
