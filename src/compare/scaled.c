/* Copies of machines with more bandwidth or larger memories.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "compare/scaled.h"

#include <string.h>

#include "arch/energy.h"
#include "compare/axes.h"

const char *const reuse__resource_name[REUSE__RESOURCES] = {
    "dram_bandwidth", "buffer_bandwidth", "buffer_size", "array_taller", "array_wider"};

static void scale(struct reuse_quantity *q, double factor, bool *limited) {
  if (!q->given) return;
  q->value *= factor;
  *limited = true;
}

static bool is_shape(enum reuse__resource resource) {
  return resource == REUSE__ARRAY_TALLER || resource == REUSE__ARRAY_WIDER;
}

static void scale_level(struct reuse_level *level, enum reuse__resource resource,
                        double factor, bool *limited) {
  const enum reuse_memory_kind kind =
      resource == REUSE__DRAM_BANDWIDTH ? REUSE_DRAM : REUSE_SRAM;
  if (level->kind != kind || is_shape(resource)) return;
  if (resource == REUSE__BUFFER_SIZE) {
    scale(&level->size_bytes, factor, limited);
    for (int t = 0; t < REUSE_TENSORS; t++)
      scale(&level->tensor_bytes[t], factor, limited);
    return;
  }
  scale(&level->bandwidth.q, factor, limited);
  scale(&level->read_bandwidth.q, factor, limited);
  scale(&level->write_bandwidth.q, factor, limited);
  for (int t = 0; t < REUSE_TENSORS; t++)
    scale(&level->tensor_bandwidth[t].q, factor, limited);
}

/* What is changed of a level that a machine is copied with. */
struct change {
  enum reuse__resource resource;
  double factor;
  const char *level;            /* only of this name; NULL: of every */
};

/* A copy of ARCH, in ARENA, with CHANGE; *limited is whether it changed anything.
 * NULL: no memory. */
static const struct reuse_arch *changed_arch(const struct reuse_arch *arch,
                                             const struct change *change,
                                             struct reuse_arena *arena, bool *limited) {
  struct reuse_arch *copy = reuse__alloc(arena, sizeof *copy);
  struct reuse_engine *engine =
      reuse__alloc_array(arena, (size_t)arch->nengines, sizeof *engine);
  *limited = false;
  if (!copy || !engine) return NULL;
  *copy = *arch;
  copy->engine = engine;
  for (int e = 0; e < arch->nengines; e++) {
    const size_t n = (size_t)arch->engine[e].nlevels;
    struct reuse_level *level = reuse__alloc_array(arena, n, sizeof *level);
    if (!level) return NULL;
    memcpy(level, arch->engine[e].level, n * sizeof *level);
    for (size_t i = 0; i < n; i++)
      if (!change->level || strcmp(change->level, level[i].name) == 0)
        scale_level(&level[i], change->resource, change->factor, limited);
    for (size_t i = 0; change->resource == REUSE__BUFFER_SIZE && i < n; i++)
      reuse__reprice_level(arch, &level[i]);
    engine[e] = arch->engine[e];
    engine[e].level = level;
    if (is_shape(change->resource) &&
        reuse__reshape(&engine[e], level, (int64_t)change->factor,
                       change->resource == REUSE__ARRAY_TALLER)) {
      engine[e].dataflow = reuse__follow_axes(&arch->engine[e], level, arena);
      if (!engine[e].dataflow) return NULL;
      *limited = true;
    }
  }
  return copy;
}

const struct reuse_arch *reuse__scaled_arch(const struct reuse_arch *arch,
                                            enum reuse__resource resource, double factor,
                                            struct reuse_arena *arena, bool *limited) {
  const struct change change = {resource, factor, NULL};
  return changed_arch(arch, &change, arena, limited);
}

const struct reuse_arch *reuse__resized_arch(const struct reuse_arch *arch,
                                             const char *level, double factor,
                                             struct reuse_arena *arena, bool *limited) {
  const struct change change = {REUSE__BUFFER_SIZE, factor, level};
  return changed_arch(arch, &change, arena, limited);
}
