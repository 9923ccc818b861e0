/* The result of a network on an architecture: one row per layer.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_RUN_RUN_H
#define REUSE_RUN_RUN_H

#include "lowering/transform.h"

/* A way to lower a row that was tried. */
struct reuse__candidate {
  char name[24];                    /* "direct", "im2col", "winograd:4" */
  const char *refused;              /* why it does not apply, NULL: it does; static */
  bool transformed;                 /* transform and passes are set */
  double cycles, energy_pj;         /* where it applies */
  struct reuse__transform transform;
  struct reuse__passes passes;
};

enum { REUSE__CANDIDATES = 3 };

struct reuse__row {
  int index;                        /* 1-based position in the network */
  struct reuse_layer layer;         /* with the batch applied */
  bool modelled;                    /* false: no engine of the machine runs it */
  struct reuse_proof proof;         /* set when the mapping was searched for */
  struct reuse_mapping mapping;     /* the rest is set when modelled */
  struct reuse_evaluation cost;     /* of a transformed layer with the passes; the
                                       counts are those of the products */
  int ncandidates, chosen;          /* of a run that wants transforms; else none */
  struct reuse__candidate candidate[REUSE__CANDIDATES];
};

/* The candidate by which ROW is transformed; NULL: it is not. */
const struct reuse__candidate *reuse__row_transform(const struct reuse__row *row);

/* The layer that ROW's mapping is of: its own, or the products of its transform. */
const struct reuse_layer *reuse__row_work(const struct reuse__row *row);

struct reuse__run {
  const struct reuse_arch *arch;
  const struct reuse_network_table *network;
  struct reuse_search search;       /* what the mapper made least, and its limits */
  int64_t batch;
  int nrows;
  struct reuse__row *row;           /* those that the layer glob selects */
};

/* Told of a run in which DONE of TOTAL layers are mapped; at the end both are equal. */
typedef void reuse__progress(void *context, const char *arch, const char *network,
                             int done, int total);

/* The evaluations that a search of one layer may take where nobody says otherwise. */
enum { REUSE__USUAL_EVALUATIONS = 500000 };

struct reuse__run_options {
  struct reuse_search search;
  int64_t batch;
  const char *layer_glob;           /* NULL: all */
  const char *mapping_path;         /* NULL: search */
  struct reuse__wanted_lowering lowering; /* zero: as the dataflows state */
  const struct reuse__lines *lines; /* for Winograd's algorithm */
  int jobs;                         /* threads, >= 1 */
  reuse__progress *progress;        /* called by one thread at a time; NULL: nobody */
  void *progress_context;
};

/* Maps and evaluates the layers of NETWORK on ARCH; equal layers once.  The run
 * and its rows are allocated in ARENA.  Deterministic for any number of jobs. */
enum reuse_status reuse__run(const struct reuse_arch *arch,
                             const struct reuse_network_table *network,
                             const struct reuse__run_options *options,
                             struct reuse_arena *arena,
                             struct reuse__run **run, struct reuse_diag *diag);

/* Whether two layers cost the same on any machine. */
bool reuse__same_work(const struct reuse_layer *a, const struct reuse_layer *b);

/* Totals over rows of a run: all, or those of one layer type. */
struct reuse__totals {
  int layers, not_modelled;
  int64_t macs, effective_macs;
  double cycles, time_s, energy_pj, mac_energy_pj, static_energy_pj;
  double dram_read_bytes, dram_write_bytes, dram_energy_pj;
  double buffer_accesses, buffer_energy_pj;
  double utilization;               /* MACs over peak MACs in the time */
};
void reuse__totals(const struct reuse__run *run, int type /* -1: all */,
                   struct reuse__totals *totals);

/* Bytes, accesses and energy of one row by role: DRAM is every level of kind
 * dram, buffer the SRAM levels (words read and written), registers the rest. */
struct reuse__roles {
  double dram_read_bytes, dram_write_bytes, dram_energy_pj;
  double dram_words;                /* served to and received from the levels inside */
  double buffer_accesses, buffer_energy_pj, register_energy_pj, hop_energy_pj;
};
void reuse__roles(const struct reuse__run *run, const struct reuse__row *row,
                  struct reuse__roles *roles);

/* Whether what ROW costs is that of a mapping that was searched for: it is not given,
 * and there are no passes of a transform. */
bool reuse__is_searched(const struct reuse__row *row);

/* The value of the objective that ROW, which is modelled, has; and by what share of
 * it the best mapping may be better, 0 where that is proven to be none. */
double reuse__objective_value(const struct reuse__run *run, const struct reuse__row *row);
double reuse__gap(const struct reuse__run *run, const struct reuse__row *row);

/* The bounds on the DRAM words of any mapping of ROW; false for one that no engine runs,
 * or whose MACs are not those of the layer, being transformed. */
bool reuse__row_dram_bounds(const struct reuse__run *run, const struct reuse__row *row,
                            struct reuse_dram_bounds *bounds);

/* What the searches of a run have proven. */
struct reuse__proofs {
  int searched, given, transformed; /* layers; a transformed one has no proof */
  int untransformed;                /* of those searched, ones that could be transformed */
  int unproven, left_out;           /* of those searched; of these, not stopped by a budget */
  bool usual_optimal;               /* all these are proven optimal with the usual steps */
  const struct reuse__row *worst;   /* of these, that with the largest gap */
  int some_steps;                   /* of those searched, not with every step of every loop */
  double gap;                       /* of that */
};
void reuse__proofs(const struct reuse__run *run, struct reuse__proofs *proofs);

#endif
