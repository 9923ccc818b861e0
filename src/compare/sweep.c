/* DRAM traffic against the size of a buffer.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "compare/sweep.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "compare/scaled.h"

enum { SMALLEST = -6 };           /* the power of two of the smallest size */

/* The bytes that LEVEL states, for all tensors together; 0: none. */
static double stated_bytes(const struct reuse_level *level) {
  double sum = level->size_bytes.given ? level->size_bytes.value : 0.0;
  for (int t = 0; t < REUSE_TENSORS; t++)
    if (level->tensor_bytes[t].given) sum += level->tensor_bytes[t].value;
  return sum;
}

/* The outermost SRAM level of ARCH's engines that has a size; NULL: none. */
static const struct reuse_level *find_buffer(const struct reuse_arch *arch) {
  for (int l = 0; l < REUSE_MAX_LEVELS; l++)
    for (int e = 0; e < arch->nengines; e++) {
      const struct reuse_engine *engine = &arch->engine[e];
      if (l < engine->nlevels && engine->level[l].kind == REUSE_SRAM &&
          stated_bytes(&engine->level[l]) > 0.0)
        return &engine->level[l];
    }
  return NULL;
}

/* Adds the DRAM bytes of ROW of RUN. */
static void add_dram(const struct reuse__run *run, const struct reuse__row *row,
                     double bytes[REUSE_TENSORS]) {
  const struct reuse_engine *engine = &run->arch->engine[row->mapping.engine];
  for (int l = 0; l < row->cost.nlevels; l++)
    for (int t = 0; engine->level[l].kind == REUSE_DRAM && t < REUSE_TENSORS; t++)
      bytes[t] += row->cost.level[l].read_bytes[t] + row->cost.level[l].write_bytes[t];
}

/* Whether DRAM of ENGINE keeps tensor T. */
static bool in_dram(const struct reuse_engine *engine, int t) {
  for (int l = 0; l < engine->nlevels; l++)
    if (engine->level[l].kind == REUSE_DRAM && (engine->level[l].keeps & REUSE_BIT(t)))
      return true;
  return false;
}

/* Adds the bytes of ROW's tensors that are in DRAM, each word once. */
static void add_least(const struct reuse__run *run, const struct reuse__row *row,
                      double bytes[REUSE_TENSORS]) {
  const struct reuse_engine *engine = &run->arch->engine[row->mapping.engine];
  for (int t = 0; t < REUSE_TENSORS; t++)
    if ((row->layer.problem.tensors & REUSE_BIT(t)) && in_dram(engine, t))
      bytes[t] += (double)reuse_tensor_words(&row->layer.problem, (enum reuse_tensor)t) *
                  run->arch->bits[t].value / 8.0;
}

/* The bytes that ROW of RUN moves under any mapping: those of its words, each once, or
 * of the words that the storage makes it move, at the narrowest width. */
static double bound_bytes(const struct reuse__run *run, const struct reuse__row *row) {
  struct reuse_dram_bounds bounds;
  double least[REUSE_TENSORS] = {0}, bits = INFINITY;
  add_least(run, row, least);
  for (int t = 0; t < REUSE_TENSORS; t++) bits = fmin(bits, run->arch->bits[t].value);
  bits = fmin(bits, run->arch->psum_bits.value);
  const double sum = least[REUSE_I] + least[REUSE_W] + least[REUSE_O];
  if (!reuse__row_dram_bounds(run, row, &bounds)) return sum;
  return fmax(sum, (double)bounds.bound * bits / 8.0);
}

enum reuse_status reuse__sweep(const struct reuse__run *run,
                               const struct reuse__run_options *options,
                               struct reuse_arena *arena, struct reuse__sweep *sweep,
                               struct reuse_diag *diag) {
  const struct reuse_level *buffer = find_buffer(run->arch);
  struct reuse__run_options own = *options;
  memset(sweep, 0, sizeof *sweep);
  if (!buffer) {
    reuse__report(diag, REUSE_ERROR, NULL, NULL, "%s states no size of a buffer",
                  run->arch->name);
    return REUSE_ERR_INPUT;
  }
  own.search.objective = REUSE_DRAM_WORDS;
  own.search.any_tie = true;
  sweep->level = buffer->name;
  sweep->own_bytes = stated_bytes(buffer);
  for (int i = 0; i < run->nrows; i++)
    if (run->row[i].modelled) add_least(run, &run->row[i], sweep->least);
  for (int k = 0; k < REUSE__SWEEP; k++) {
    bool limited;
    struct reuse__run *sized;
    const double factor = exp2(SMALLEST + k);
    const struct reuse_arch *arch =
        reuse__resized_arch(run->arch, buffer->name, factor, arena, &limited);
    if (!arch) return REUSE_ERR_MEMORY;
    const enum reuse_status status =
        reuse__run(arch, run->network, &own, arena, &sized, NULL);
    if (status == REUSE_ERR_MEMORY) return status;
    if (status != REUSE_OK) continue;
    sweep->bytes[sweep->n] = sweep->own_bytes * factor;
    for (int i = 0; i < sized->nrows; i++) {
      if (!sized->row[i].modelled) continue;
      add_dram(sized, &sized->row[i], sweep->dram[sweep->n]);
      sweep->bound[sweep->n] += bound_bytes(sized, &sized->row[i]);
    }
    sweep->n++;
  }
  return REUSE_OK;
}
