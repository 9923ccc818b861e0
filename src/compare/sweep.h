/* DRAM traffic against the size of a buffer.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_COMPARE_SWEEP_H
#define REUSE_COMPARE_SWEEP_H

#include "run/run.h"

enum { REUSE__SWEEP = 13 };

/* A machine with its outermost sized SRAM at powers of two times its size, the
 * layers mapped for least DRAM words. */
struct reuse__sweep {
  const char *level;              /* the buffer */
  double own_bytes;               /* its size in the machine */
  int n;                          /* sizes that every layer can be mapped with */
  double bytes[REUSE__SWEEP];
  double dram[REUSE__SWEEP][REUSE_TENSORS];  /* bytes read and written */
  double least[REUSE_TENSORS];    /* bytes if every word moved once */
  double bound[REUSE__SWEEP];     /* bytes that no mapping can avoid */
};

/* Maps the rows of RUN, which OPTIONS made, with every size.  Errors:
 * REUSE_ERR_INPUT (the machine states no size of a buffer, told to DIAG), memory. */
enum reuse_status reuse__sweep(const struct reuse__run *run,
                               const struct reuse__run_options *options,
                               struct reuse_arena *arena, struct reuse__sweep *sweep,
                               struct reuse_diag *diag);

#endif
