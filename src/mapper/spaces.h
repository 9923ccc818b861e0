/* The spaces of a layer: every engine, dataflow and variant that may run it, with every choice
 * of what is bypassed.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_MAPPER_SPACES_H
#define REUSE_MAPPER_SPACES_H

#include "mapper/space.h"

enum { REUSE__MAX_SPACES = 512 };

struct reuse__spaces {
  const struct reuse_arch *arch;
  const struct reuse_layer *layer;
  int n;
  bool full;                    /* there are more */
  struct reuse__space_of {
    int engine, dataflow, variant;
    unsigned keeps[REUSE_MAX_LEVELS];
    struct reuse__dram_floor floor;
  } of[REUSE__MAX_SPACES];
};

/* Lists the spaces of LAYER on ARCH, of which the list keeps no copy: those of the dataflow
 * WANTED if some engine has it for the layer (NULL: of all). */
void reuse__spaces_list(const struct reuse_arch *arch, const struct reuse_layer *layer,
                        const char *wanted, struct reuse__spaces *spaces);

/* Makes space NUMBER; false if it has more slots than the limits. */
bool reuse__spaces_make(const struct reuse__spaces *spaces, int number,
                        struct reuse__space *space);

#endif
