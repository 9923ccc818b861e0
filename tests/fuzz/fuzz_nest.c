/* Fuzzing of the nest reader: no input may crash it, and what it accepts must
 * come back from the writer unchanged.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mapping/nest_read.h"
#include "mapping/nest_write.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TEXT_BYTES = 1 << 16 };

/* Reads what reuse__nest_write and reuse__nest_print_code make of a nest. */
static void write_and_read(const struct reuse_problem *problem,
                           const struct reuse_nest *nest) {
  struct reuse_problem problem2;
  struct reuse_nest nest2;
  char *text = calloc(1, TEXT_BYTES);
  FILE *f = text ? fmemopen(text, TEXT_BYTES, "w") : NULL;
  if (!f)
    abort();
  reuse__nest_print_code(problem, nest, f);
  rewind(f);
  reuse__nest_write(problem, nest, f);
  long n = ftell(f);
  fclose(f);
  if (n < 0 || reuse__nest_parse("copy", text, (size_t)n, &problem2, &nest2, NULL) ||
      memcmp(problem, &problem2, sizeof problem2) ||
      nest->nlevels != nest2.nlevels || nest->nloops != nest2.nloops ||
      memcmp(nest->block, nest2.block, sizeof nest->block))
    abort();
  for (int i = 0; i < nest->nlevels; i++)
    if (strcmp(nest->level[i].name, nest2.level[i].name) ||
        nest->level[i].keeps != nest2.level[i].keeps ||
        nest->level[i].nloops != nest2.level[i].nloops)
      abort();
  for (int i = 0; i < nest->nloops; i++)
    if (nest->loop[i].step != nest2.loop[i].step ||
        nest->loop[i].spatial != nest2.loop[i].spatial ||
        memcmp(nest->loop[i].dim, nest2.loop[i].dim, sizeof nest->loop[i].dim))
      abort();
  free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct reuse_problem problem;
  struct reuse_nest nest;
  const char *text = (const char *)data;
  if (reuse__nest_parse("fuzz", text, size, &problem, &nest, NULL) == REUSE_OK)
    write_and_read(&problem, &nest);
  return 0;
}
