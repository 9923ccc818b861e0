/* Machines with more of something.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_COMPARE_SCALED_H
#define REUSE_COMPARE_SCALED_H

#include "base/arena.h"
#include "reusemodel.h"

enum reuse__resource { REUSE__DRAM_BANDWIDTH, REUSE__BUFFER_BANDWIDTH, REUSE__BUFFER_SIZE,
                       REUSE__ARRAY_TALLER, REUSE__ARRAY_WIDER, REUSE__RESOURCES };
extern const char *const reuse__resource_name[REUSE__RESOURCES];
/* "dram_bandwidth" "buffer_bandwidth" "buffer_size" "array_taller" "array_wider" */

/* ARCH with FACTOR times RESOURCE in every level of its kind (buffers are SRAM), or the
 * arrays of its engines as reuse__reshape makes them, in ARENA; it points into ARCH.
 * *limited is whether ARCH states any, or has such an array.  An energy that follows
 * from the size follows the new one.  NULL: no memory. */
const struct reuse_arch *reuse__scaled_arch(const struct reuse_arch *arch,
                                            enum reuse__resource resource, double factor,
                                            struct reuse_arena *arena, bool *limited);

/* The same for the size of the SRAM levels called LEVEL alone. */
const struct reuse_arch *reuse__resized_arch(const struct reuse_arch *arch,
                                             const char *level, double factor,
                                             struct reuse_arena *arena, bool *limited);

#endif
