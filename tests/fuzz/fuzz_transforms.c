/* Fuzz target: a file of transforms is read, and its first line is the argument of
 * --lowering; what both accept makes a tile of every small filter or is refused.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "input.h"

#include <stdlib.h>
#include <string.h>

#include "lowering/transform.h"

/* Aborts when a tile of the lines breaks what a tile promises. */
static void check_tiles(const struct reuse__lines *lines,
                        const struct reuse__wanted_lowering *wanted) {
  struct reuse_layer layer = {
    .name = "layer", .type = REUSE_CONV,
    .problem = {{2, 1, 3, 5, 7, 11, 3, 3}, {1, 1}, {1, 1}, {0, 0}, {0, 0},
                REUSE_ALL_TENSORS}
  };
  for (int64_t taps = 1; taps <= 9; taps++) {
    struct reuse__transform t;
    const char *why = NULL;
    layer.problem.extent[REUSE_R] = taps;
    const enum reuse_status status =
      reuse__transform_make(&layer, wanted->kind, wanted->size, lines, &t, &why);
    if (status == REUSE_ERR_NO_MAPPING && !why)
      abort();
    if (status == REUSE_OK &&
        (t.tiles < 1 || t.products.macs < 1 || t.input_ops < 0 || t.filter_ops < 0 ||
         reuse__transform_work(&t) < t.products.macs ||
         t.tile.outputs[0] + taps - 1 != t.tile.points[0]))
      abort();
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct reuse_diag diag = fuzz_diag();
  struct reuse__wanted_lowering wanted;
  struct reuse__lines lines;
  char word[64] = "";
  const char *why = NULL;
  for (size_t i = 0; i < size && i < sizeof word - 1 && data[i] != '\n'; i++)
    word[i] = (char)data[i];
  const char *text = word + strspn(word, "# ");
  if (!reuse__lowering_parse(text, &wanted, &why)) {
    if (!why)
      abort();
    wanted = (struct reuse__wanted_lowering){REUSE__WINOGRAD, 0};
  }
  struct reuse_arena *arena = reuse_arena_new();
  const char *path = fuzz_file(data, size);
  if (arena && path && reuse__lines_read(path, arena, &lines, &diag) == REUSE_OK &&
      (wanted.kind == REUSE__WINOGRAD || wanted.kind == REUSE__FFT))
    check_tiles(&lines, &wanted);
  reuse_arena_free(arena);
  return 0;
}
