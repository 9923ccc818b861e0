/* Which lowering a run wants, and machines restricted to one.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "lowering/lowering.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

const char *const reuse__lowering_name[REUSE__LOWERINGS] = {
  "dataflow", "direct", "im2col", "winograd", "fft", "auto"
};

/* The decimal integer that is all of TEXT, at most MAX; 0: it is none. */
static int64_t whole_number(const char *text, int64_t max) {
  int64_t n = 0;
  for (; *text >= '0' && *text <= '9' && n <= max; text++)
    n = 10 * n + (*text - '0');
  return *text || n > max ? 0 : n;
}

bool reuse__lowering_parse(const char *text, struct reuse__wanted_lowering *wanted,
                           const char **why) {
  const size_t n = strcspn(text, ":");
  int kind = REUSE__LOWERINGS;
  while (--kind > REUSE__AS_DATAFLOW)
    if (strlen(reuse__lowering_name[kind]) == n &&
        strncmp(text, reuse__lowering_name[kind], n) == 0)
      break;
  *wanted = (struct reuse__wanted_lowering){(enum reuse__lowering)kind, 0};
  *why = "the lowerings are direct, im2col, winograd[:m], fft[:n] and auto";
  if (kind == REUSE__AS_DATAFLOW)
    return false;
  if (!text[n])
    return true;
  *why = "a size, as in winograd:4 or fft:16, is for winograd and fft";
  if (kind != REUSE__WINOGRAD && kind != REUSE__FFT)
    return false;
  if (kind == REUSE__WINOGRAD) {
    *why = "winograd:m has m outputs of a line, 2 to 64";
    wanted->size = whole_number(text + n + 1, REUSE__MAX_OUTPUTS);
    return wanted->size >= 2;
  }
  *why = "fft:n has n points of a line, a power of two from 4 to 4096";
  wanted->size = whole_number(text + n + 1, REUSE__MAX_FFT);
  return wanted->size >= 4 && (wanted->size & (wanted->size - 1)) == 0;
}

/* Keeps in ENGINE the dataflows that im2col lowers, or the others. */
static bool restrict_engine(struct reuse_engine *engine, bool im2col,
                            struct reuse_arena *arena) {
  struct reuse_dataflow *kept =
    reuse__alloc_array(arena, (size_t)engine->ndataflows + 1, sizeof *kept);
  unsigned layers = 0;
  int n = 0;
  if (!kept)
    return false;
  for (int d = 0; d < engine->ndataflows; d++) {
    if ((engine->dataflow[d].im2col_level >= 0) != im2col)
      continue;
    kept[n] = engine->dataflow[d];
    layers |= kept[n++].layers;
  }
  engine->dataflow = kept;
  engine->ndataflows = n;
  engine->layers &= layers;
  return true;
}

const struct reuse_arch *reuse__arch_restricted(const struct reuse_arch *arch,
                                                enum reuse__lowering kind,
                                                struct reuse_arena *arena) {
  struct reuse_arch *result = reuse__alloc(arena, sizeof *result);
  struct reuse_engine *engine =
    reuse__alloc_array(arena, (size_t)arch->nengines, sizeof *engine);
  bool ok = result && engine;
  for (int e = 0; ok && e < arch->nengines; e++) {
    engine[e] = arch->engine[e];
    ok = restrict_engine(&engine[e], kind == REUSE__IM2COL, arena);
  }
  if (!ok)
    return NULL;
  *result = *arch;
  result->engine = engine;
  return result;
}
