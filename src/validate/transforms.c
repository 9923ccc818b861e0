/* Tiles of transformed convolutions as quantities of a validation.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/names.h"
#include "base/text.h"
#include "validate/bench.h"

static const char *const part_name[] = {"multiplications", "data", "filter", "inverse"};
enum { PARTS = sizeof part_name / sizeof part_name[0] };

/* The lines of Winograd's transforms, read once; NULL after a message. */
static const struct reuse__lines *lines_of(struct reuse__formula *f) {
  struct reuse__bench *b = f->context;
  if (b->lines.n > 0)
    return &b->lines;
  const char *path = reuse__printf(b->arena, "%s/data/transforms.yaml", b->home);
  const enum reuse_status status =
    path ? reuse__lines_read(path, b->arena, &b->lines, b->diag) : REUSE_ERR_MEMORY;
  if (status == REUSE_OK)
    return &b->lines;
  if (b->status == REUSE_OK)
    b->status = status;
  reuse__formula_error(f, "transforms: %s", reuse_status_text(status));
  return NULL;
}

/* *value is the part A[2] of a tile of A[0], for square filters of A[1] taps. */
static bool tile_part(struct reuse__formula *f, enum reuse__lowering kind,
                      const struct reuse__argument *a, double *value) {
  const int part = reuse__index_of(a[2].word, part_name, PARTS);
  const struct reuse__lines *lines = lines_of(f);
  struct reuse__tile tile;
  const char *why;
  if (part < 0)
    return reuse__formula_error(f, "'%s' is no part of a tile", a[2].word);
  if (!lines)
    return false;
  if (!(a[0].number >= 2 && a[0].number <= REUSE__MAX_FFT && a[1].number >= 2 &&
        a[1].number <= REUSE__MAX_FFT))
    return reuse__formula_error(f, "the tile is out of range");
  const int64_t taps[2] = {(int64_t)a[1].number, (int64_t)a[1].number};
  if (!reuse__tile_make(kind, (int64_t)a[0].number, taps, lines, &tile, &why))
    return reuse__formula_error(f, "%s", why);
  const int64_t of[PARTS] = {reuse__tile_multiplications(&tile), tile.data_ops,
                             tile.filter_ops, tile.inverse_ops};
  *value = (double)of[part];
  return true;
}

bool reuse__winograd_part(struct reuse__formula *f, const struct reuse__argument *a,
                          double *value) {
  return tile_part(f, REUSE__WINOGRAD, a, value);
}

bool reuse__fft_part(struct reuse__formula *f, const struct reuse__argument *a,
                     double *value) {
  return tile_part(f, REUSE__FFT, a, value);
}
