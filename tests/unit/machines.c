/* The shipped machines, and layers small enough for brute force.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cost/bits.h"
#include "unit/machines.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_message(void *context, const struct reuse_message *m) {
  (void)context;
  printf("# %s:%d: %s\n", m->file ? m->file : "", m->line, m->text);
}

bool machines_read(struct machines *m) {
  const char *home = getenv("REUSEMODEL_HOME");
  struct reuse_diag diag = {.sink = print_message};
  char models[1024], pattern[1040];
  glob_t files;
  bool ok = true;
  *m = (struct machines){.arena = reuse_arena_new()};
  snprintf(models, sizeof models, "%s/models", home ? home : ".");
  snprintf(pattern, sizeof pattern, "%s/*.yaml", models);
  if (!m->arena || glob(pattern, 0, NULL, &files) != 0)
    return false;
  for (size_t i = 0; i < files.gl_pathc && ok && m->n < MAX_MACHINES; i++)
    ok = reuse_arch_read(files.gl_pathv[i], models, NULL, 0, m->arena,
                         &m->arch[m->n++], &diag) == REUSE_OK;
  globfree(&files);
  return ok;
}

void machines_free(struct machines *m) {
  reuse_arena_free(m->arena);
}

const struct reuse_arch *machine_named(const struct machines *m, const char *name) {
  for (int i = 0; i < m->n; i++)
    if (strcmp(m->arch[i]->name, name) == 0) return m->arch[i];
  return NULL;
}

#define LAYER(label, kind, n, g, k, c, p, q, r, s, stride, dilation, pad, h, w)       \
  {.name = (label), .type = (kind), .macs = (n) * (g) * (k) * (c) * (p) * (q) * (r) * (s), \
   .problem = {{n, g, k, c, p, q, r, s}, {stride, stride}, {dilation, dilation},           \
               {pad, pad}, {h, w}, REUSE_ALL_TENSORS}}

const struct reuse_layer small_layer[] = {
    LAYER("conv", REUSE_CONV, 1, 1, 7, 5, 5, 7, 3, 3, 1, 1, 1, 5, 7),
    LAYER("conv_stride", REUSE_CONV, 2, 1, 5, 3, 4, 5, 5, 3, 2, 1, 2, 7, 9),
    LAYER("conv_dilated", REUSE_CONV, 1, 1, 3, 5, 5, 3, 3, 2, 1, 2, 0, 9, 5),
    LAYER("conv_holes", REUSE_CONV, 1, 1, 7, 2, 3, 5, 2, 2, 3, 1, 0, 8, 14),
    LAYER("gconv", REUSE_GCONV, 1, 3, 5, 4, 5, 3, 3, 3, 1, 1, 1, 5, 3),
    LAYER("dwconv", REUSE_DWCONV, 1, 19, 1, 1, 7, 5, 3, 3, 1, 1, 1, 7, 5),
    LAYER("dwconv_stride", REUSE_DWCONV, 1, 5, 1, 1, 5, 7, 3, 3, 2, 1, 1, 10, 14),
    LAYER("pwconv", REUSE_PWCONV, 1, 1, 23, 17, 5, 3, 1, 1, 1, 1, 0, 5, 3),
    LAYER("pwconv_stride", REUSE_PWCONV, 2, 1, 7, 5, 3, 5, 1, 1, 2, 1, 0, 6, 10),
    LAYER("fc", REUSE_FC, 1, 1, 41, 67, 1, 1, 1, 1, 1, 1, 0, 1, 1),
    LAYER("fc_batch", REUSE_FC, 3, 1, 17, 37, 1, 1, 1, 1, 1, 1, 0, 1, 1),
    LAYER("fc_wide", REUSE_FC, 1, 1, 263, 19, 1, 1, 1, 1, 1, 1, 0, 1, 1),
    LAYER("matmul", REUSE_MATMUL, 13, 3, 7, 11, 1, 1, 1, 1, 1, 1, 0, 1, 1),
};
const int small_layers = sizeof small_layer / sizeof *small_layer;

void machine_narrow(const struct reuse_arch *arch, int engine, int dataflow, int variant,
                    double share, struct narrowed *r) {
  r->arch = *arch;
  r->engine = arch->engine[engine];
  r->dataflow = r->engine.dataflow[dataflow];
  r->variant = r->dataflow.variant[variant];
  memcpy(r->level, r->engine.level, (size_t)r->engine.nlevels * sizeof *r->level);
  for (int i = 0; i < r->engine.nlevels; i++) {
    if (r->level[i].kind != REUSE_SRAM)
      continue;
    r->level[i].size_bytes.value *= share;
    for (int t = 0; t < REUSE_TENSORS; t++)
      r->level[i].tensor_bytes[t].value *= share;
  }
  r->arch.nengines = 1;
  r->arch.engine = &r->engine;
  r->engine.level = r->level;
  r->engine.ndataflows = 1;
  r->engine.dataflow = &r->dataflow;
  r->dataflow.nvariants = 1;
  r->dataflow.variant = &r->variant;
}

void machine_tighten(struct narrowed *m, const struct reuse_counts *counts) {
  for (int i = 0; i < m->engine.nlevels; i++) {
    struct reuse_level *l = &m->level[i];
    double shared = 0;
    for (int t = 0; t < REUSE_TENSORS; t++) {
      const double bytes = (double)counts->at[i][t].tile *
                           reuse__bits(&m->arch, counts, i, t) / 8 *
                           (l->double_buffered ? 2 : 1);
      if (l->tensor_bytes[t].given) l->tensor_bytes[t].value = bytes;
      else shared += bytes;
    }
    if (l->size_bytes.given) l->size_bytes.value = shared;
  }
}
