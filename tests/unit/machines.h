/* The shipped machines, and layers small enough for brute force.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_UNIT_MACHINES_H
#define TESTS_UNIT_MACHINES_H

#include "reusemodel.h"

enum { MAX_MACHINES = 128 };

/* The files of models/, by name. */
struct machines {
  struct reuse_arena *arena;
  int n;
  const struct reuse_arch *arch[MAX_MACHINES];
};

/* Reads them; false, with a TAP comment, if one is refused. */
bool machines_read(struct machines *machines);
void machines_free(struct machines *machines);

/* The one called NAME, or NULL. */
const struct reuse_arch *machine_named(const struct machines *machines, const char *name);

/* Layers of every type that has MACs, at most 1e4 each, of sizes that divide little. */
extern const struct reuse_layer small_layer[];
extern const int small_layers;

/* A machine with one variant of one dataflow of one engine of another. */
struct narrowed {
  struct reuse_arch arch;
  struct reuse_engine engine;
  struct reuse_level level[REUSE_MAX_LEVELS];
  struct reuse_dataflow dataflow;
  struct reuse_spatial_variant variant;
};

/* Sets *RESULT, whose parts point to each other and to those of ARCH.  On-chip
 * memories other than registers have SHARE of their size. */
void machine_narrow(const struct reuse_arch *arch, int engine, int dataflow, int variant,
                    double share, struct narrowed *result);

/* Makes its memories just as large as the tiles of COUNTS need them; those without a size
 * stay so. */
void machine_tighten(struct narrowed *machine, const struct reuse_counts *counts);

#endif
