/* Which lowering a run wants, and machines restricted to one.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_LOWERING_LOWERING_H
#define REUSE_LOWERING_LOWERING_H

#include "reusemodel.h"

enum reuse__lowering {
  REUSE__AS_DATAFLOW,   /* what the machine's dataflows state */
  REUSE__DIRECT,        /* only dataflows on the convolution's dims */
  REUSE__IM2COL,        /* only dataflows on the matrix product */
  REUSE__WINOGRAD, REUSE__FFT,
  REUSE__AUTO,          /* the best of the machine's own, Winograd and FFT */
  REUSE__LOWERINGS
};

/* "dataflow" "direct" "im2col" "winograd" "fft" "auto" */
extern const char *const reuse__lowering_name[REUSE__LOWERINGS];

enum { REUSE__MAX_OUTPUTS = 64, REUSE__MAX_FFT = 4096 };

/* size: Winograd's outputs of a line, the FFT's points of a line; 0: the one with
 * the fewest multiplications and operations for the layer. */
struct reuse__wanted_lowering {
  enum reuse__lowering kind;
  int64_t size;
};

/* Reads "direct", "winograd", "winograd:4", "fft:16", ...  False: *why is a static
 * text that says what is wrong. */
bool reuse__lowering_parse(const char *text, struct reuse__wanted_lowering *wanted,
                           const char **why);

/* ARCH with the dataflows of the KIND (REUSE__DIRECT or REUSE__IM2COL) only, in ARENA;
 * engines keep their places.  NULL: no memory. */
const struct reuse_arch *reuse__arch_restricted(const struct reuse_arch *arch,
                                                enum reuse__lowering kind,
                                                struct reuse_arena *arena);

#endif
