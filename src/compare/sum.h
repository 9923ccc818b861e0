/* Sums over layers of a run, with the terms that make them up.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_COMPARE_SUM_H
#define REUSE_COMPARE_SUM_H

#include "run/run.h"

/* Parts of energy. */
enum reuse__part { REUSE__PART_DRAM, REUSE__PART_BUFFERS, REUSE__PART_REGISTERS,
                   REUSE__PART_NETWORK, REUSE__PART_MACS, REUSE__PART_STATIC,
                   REUSE__PARTS };
/* "DRAM" "buffers" "registers" "network" "MACs" "static" */
extern const char *const reuse__part_name[REUSE__PARTS];

enum { REUSE__BOUNDS = 24 };

/* Time of the layers that one thing bounds. */
struct reuse__bound_time {
  const char *level;            /* NULL: compute */
  int tensor;                   /* -1: all tensors of the level */
  double time_s;
};

struct reuse__sum {
  int layers, proven;
  int some_steps;               /* layers whose search has not looked at every step */
  double gap;                   /* the largest, as reuse__gap */
  int64_t macs;
  double cycles, time_s, energy_pj, part_pj[REUSE__PARTS];
  double dram_bytes[REUSE_TENSORS], dram_words, buffer_accesses;
  double peak_macs;             /* MACs that the units could do in the time */
  int nbounds;                  /* at most REUSE__BOUNDS; more join the last */
  struct reuse__bound_time bound[REUSE__BOUNDS];
};

/* Adds ROW of RUN, which must be modelled. */
void reuse__sum_row(struct reuse__sum *sum, const struct reuse__run *run,
                    const struct reuse__row *row);

/* The parts of the energy of ROW, which must be modelled. */
void reuse__parts(const struct reuse__run *run, const struct reuse__row *row,
                  double part_pj[REUSE__PARTS]);

/* What decides between two sums. */
enum reuse__term_kind { REUSE__TERM_NONE, /* they do not differ */
                        REUSE__TERM_TIME, REUSE__TERM_ENERGY, REUSE__TERM_DRAM };
struct reuse__term {
  enum reuse__term_kind kind;
  const char *level;            /* TIME: as in struct reuse__bound_time */
  int tensor;                   /* TIME, DRAM */
  enum reuse__part part;        /* ENERGY */
};

/* Why LOSER has more of OBJECTIVE than WINNER: of energy, the part that differs
 * most; of time, what bounds the loser for most of its time; of the energy-delay
 * product, that of the factor whose ratio is larger; of DRAM words, the tensor
 * that differs most; of a sum with WEIGHTS, the part that differs most. */
struct reuse__term reuse__deciding_term(const struct reuse__sum *winner,
                                        const struct reuse__sum *loser,
                                        enum reuse_objective objective,
                                        const struct reuse_search *weights);

/* Energy, cycles and DRAM words of SUM, times their WEIGHTS. */
void reuse__weighted_parts(const struct reuse__sum *sum, const struct reuse_search *weights,
                           double part[3]);

/* "time: DRAM:W", "energy: buffers", "" without one; NULL: no memory. */
const char *reuse__term_text(const struct reuse__term *term, struct reuse_arena *arena);

#endif
