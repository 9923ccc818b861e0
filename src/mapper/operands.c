/* Words that MACs which hold nothing read.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/operands.h"

#include <math.h>

#include "base/checked.h"
#include "mapper/turns.h"
#include "mapper/widths.h"

double reuse__at_macs(const struct reuse__partial *p, const struct reuse__chain_link *l) {
  return l->tensor == REUSE_I && !l->expanded ? p->effective : p->macs;
}

/* Dims of groups over dims that other loops lay side by side: these may leave instances unequal
 * ranges, so that in one step they have other points of any of the dims. */
static unsigned out_of_step(const struct reuse__partial *p) {
  unsigned dims = 0;
  for (int i = 0; i < p->nchains; i++)
    for (int k = 0; k < p->nspatial && reuse__is_group(&p->chain[i]); k++) {
      const unsigned own = p->space->slot[p->spatial[k]].dims;
      if (own != p->chain[i].dims && own & p->chain[i].dims && p->fan[p->spatial[k]] > 1)
        dims |= p->chain[i].dims;
    }
  return dims;
}

/* Loops side by side below an instance of a level: at most so many outputs and taps of either
 * axis, and of both. */
struct meeting {
  double output[2], tap[2], outputs, taps;
};

/* Taps of axis I that meet in one word of the input, each with another output. */
static double taps_alike(const struct reuse_problem *p, int i) {
  int64_t a = p->stride[i], b = p->dilation[i];
  while (b) {
    const int64_t rest = a % b;
    a = b;
    b = rest;
  }
  return (double)((p->extent[REUSE_R + i] - 1) / (p->stride[i] / a) + 1);
}

static struct meeting meeting(const struct reuse__partial *p, int level) {
  const struct reuse_problem *problem = &p->space->layer->problem;
  const unsigned loose = out_of_step(p);
  const unsigned output[2] = {REUSE_BIT(REUSE_P) | loose, REUSE_BIT(REUSE_Q) | loose};
  const unsigned tap[2] = {REUSE_BIT(REUSE_R) | loose, REUSE_BIT(REUSE_S) | loose};
  struct meeting m = {.outputs = reuse__fan_out(p, output[0] | output[1], level),
                      .taps = reuse__fan_out(p, tap[0] | tap[1], level)};
  for (int i = 0; i < 2; i++) {
    m.output[i] = reuse__fan_out(p, output[i], level);
    m.tap[i] = reuse__fmin(reuse__fan_out(p, tap[i], level), taps_alike(problem, i));
  }
  return m;
}

/* At most how many of them meet in one word of the raw input: each tap has one output there,
 * each output one tap, and of either there are so many within the reach of the filter. */
static double most_pairs(const struct meeting *m) {
  double pairs = 1;
  for (int i = 0; i < 2; i++) pairs *= reuse__fmin(m->output[i], m->tap[i]);
  return reuse__fmin(pairs, reuse__fmin(m->outputs, m->taps));
}

/* Pairs of a output rows and b taps of one axis per row of the input, which are a + b - 1 at
 * least. */
static double pairs_per_row(double a, double b) { return a * b / (a + b - 1); }

/* The same for the two axes together, when ALL of a are shared out between them. */
static double pairs_per_word(double all, const double b[2]) {
  const double edge = sqrt(all) + sqrt((b[0] - 1) * (b[1] - 1));
  return all * b[0] * b[1] / (edge * edge);
}

/* At most how many of them meet in a word on average. */
static double mean_pairs(const struct reuse__partial *p, const struct meeting *m) {
  const unsigned window = REUSE_BIT(REUSE_P) | REUSE_BIT(REUSE_Q) | REUSE_BIT(REUSE_R) |
                          REUSE_BIT(REUSE_S);
  if (p->space->grouped & window) return INFINITY;
  double pairs = pairs_per_row(m->output[0], m->tap[0]) * pairs_per_row(m->output[1], m->tap[1]);
  pairs = reuse__fmin(pairs, pairs_per_row(m->outputs, m->taps));
  pairs = reuse__fmin(pairs, pairs_per_word(m->outputs, m->tap));
  pairs = reuse__fmin(pairs, pairs_per_word(m->taps, m->output));
  return pairs * (1 + 1e-12);
}

double reuse__operands(const struct reuse__partial *p, const struct reuse__chain_link *l) {
  const struct reuse_problem *problem = &p->space->layer->problem;
  const bool raw = l->halo[0] || l->halo[1];
  const double uses = l->crosses ? p->effective : reuse__at_macs(p, l);
  const double users = reuse__fan_out(p, ~l->relevant | out_of_step(p), l->parent);
  double words = l->words, least = reuse__fmax(l->words - l->padding, ceil(uses / users));
  if (l->crosses || raw) words = p->effective / (double)problem->extent[REUSE_K];
  if (raw) {
    const struct meeting m = meeting(p, l->parent);
    const double pairs = most_pairs(&m), padding = p->macs - p->effective;
    words = floor(words / pairs);
    least = reuse__fmax(l->words, ceil(uses / (users * pairs)));
    least = reuse__fmax(least, ceil((p->macs / mean_pairs(p, &m) - padding) / users));
  }
  for (int i = 0; i < p->nchains; i++) {
    const struct reuse__chain *c = &p->chain[i], *over = reuse__group_over(p, c);
    if (!reuse__indexes_none(c, l)) continue;
    const int v = c->view[l->parent];
    if (over && reuse__indexes_none(over, l)) continue;
    if (over) words *= reuse__runs_count(reuse__chunks(c, c->depth, v));
    else if (reuse__is_group(c))
      words *= reuse__group_turns(p, c, l, l->parent, c->depth,
                                  reuse__open_width(p, c, l->parent));
    else words *= reuse__passes(c, v, reuse__open_width(p, c, l->parent));
  }
  return reuse__fmax(words, least);
}
