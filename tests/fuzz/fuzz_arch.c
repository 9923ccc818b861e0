/* Fuzz target: an architecture file is read; technologies and bases are those
 * of $REUSEMODEL_HOME/models.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "input.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct reuse_diag diag = fuzz_diag();
  const struct reuse_arch *arch;
  const char *home = getenv("REUSEMODEL_HOME");
  char models[4096];
  snprintf(models, sizeof models, "%s/models", home ? home : ".");
  struct reuse_arena *arena = reuse_arena_new();
  const char *path = fuzz_file(data, size);
  if (arena && path)
    reuse_arch_read(path, models, NULL, 0, arena, &arch, &diag);
  reuse_arena_free(arena);
  return 0;
}
