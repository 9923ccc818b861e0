/* Nest files: writing a problem and a loop nest as YAML.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapping/nest_write.h"

#include <inttypes.h>
#include <string.h>

#include "base/names.h"

/* Writes NAME, in quotes unless it is a word of letters, digits, '_', '-'. */
static void write_name(const char *name, FILE *f) {
  static const char plain[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
      "0123456789_-";
  if (*name && *name != '-' && strspn(name, plain) == strlen(name)) {
    fputs(name, f);
    return;
  }
  putc('"', f);
  for (; *name; name++) {
    if (*name == '"' || *name == '\\')
      putc('\\', f);
    putc(*name, f);
  }
  putc('"', f);
}

static void write_mask(const char *key, unsigned mask, FILE *f) {
  const char *comma = "";
  fprintf(f, ", %s: [", key);
  for (int t = 0; t < REUSE_TENSORS; t++)
    if (mask & REUSE_BIT(t)) {
      fprintf(f, "%s%c", comma, reuse_tensor_letter[t]);
      comma = ", ";
    }
  putc(']', f);
}

static void write_loop(const struct reuse_loop *l, FILE *f) {
  if (l->ndims == 1) {
    fprintf(f, "%c/%" PRId64, reuse_dim_letter[l->dim[0]], l->step);
    return;
  }
  fputs("'[", f);
  for (int i = 0; i < l->ndims; i++)
    fprintf(f, "%s%c", i ? "," : "", reuse_dim_letter[l->dim[i]]);
  fprintf(f, "]/%" PRId64 "'", l->step);
}

/* Writes the temporal or the spatial loops of LEVEL, if there are any. */
static void write_loops(const struct reuse_nest *nest,
                        const struct reuse_nest_level *level, bool spatial,
                        FILE *f) {
  const struct reuse_loop *l = nest->loop + level->first_loop;
  int written = 0;
  for (int i = 0; i < level->nloops; i++) {
    if (l[i].spatial != spatial)
      continue;
    fputs(written++ ? ", " : spatial ? ", spatial: [" : ", loops: [", f);
    write_loop(&l[i], f);
  }
  if (written)
    putc(']', f);
}

/* Writes the networks that are not the default. */
static void write_network(const struct reuse_nest_level *level, FILE *f) {
  int written = 0;
  for (int t = 0; t < REUSE_TENSORS; t++) {
    if (level->network[t] == (t == REUSE_O ? REUSE_REDUCE : REUSE_MULTICAST))
      continue;
    fprintf(f, "%s%c: %s", written++ ? ", " : ", network: {",
            reuse_tensor_letter[t], reuse__network_name[level->network[t]]);
  }
  if (written)
    putc('}', f);
}

static void write_blocks(const struct reuse_nest *nest, FILE *f) {
  int written = 0;
  for (int d = 0; d < REUSE_DIMS; d++)
    if (nest->block[d])
      fprintf(f, "%s%c: %" PRId64, written++ ? ", " : ", blocks: {",
              reuse_dim_letter[d], nest->block[d]);
  if (written)
    putc('}', f);
}

static void write_problem(const struct reuse_problem *p, FILE *f) {
  fputs("problem: {", f);
  for (int d = 0; d < REUSE_DIMS; d++)
    fprintf(f, "%s%c: %" PRId64, d ? ", " : "", reuse_dim_letter[d], p->extent[d]);
  fprintf(f, ", stride: [%" PRId64 ", %" PRId64 "]", p->stride[0], p->stride[1]);
  fprintf(f, ", dilation: [%" PRId64 ", %" PRId64 "]", p->dilation[0],
          p->dilation[1]);
  fprintf(f, ", pad: [%" PRId64 ", %" PRId64 "]", p->pad[0], p->pad[1]);
  if (p->input[0] || p->input[1])
    fprintf(f, ", input: [%" PRId64 ", %" PRId64 "]", p->input[0], p->input[1]);
  if (p->tensors != REUSE_ALL_TENSORS)
    write_mask("tensors", p->tensors, f);
  fputs("}\n", f);
}

enum reuse_status reuse__nest_write(const struct reuse_problem *problem,
                                    const struct reuse_nest *nest, FILE *file) {
  write_problem(problem, file);
  fputs("nest:\n", file);
  for (int i = 0; i < nest->nlevels; i++) {
    const struct reuse_nest_level *level = &nest->level[i];
    fputs("  - {level: ", file);
    write_name(level->name, file);
    if (i == nest->nlevels - 1) {
      write_mask("latch", level->latch, file);
      write_blocks(nest, file);
    } else {
      if (i > 0 || level->keeps != REUSE_ALL_TENSORS)
        write_mask("keeps", level->keeps, file);
      if (level->im2col)
        fputs(", lowering: im2col", file);
      write_loops(nest, level, false, file);
      write_loops(nest, level, true, file);
      write_network(level, file);
    }
    fputs("}\n", file);
  }
  return ferror(file) ? REUSE_ERR_IO : REUSE_OK;
}
