/* Tiles of transformed convolutions: places, multiplications, operations.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * doc/MODEL.md, "Transforms".  Winograd's transforms of a tile are those of its lines,
 * first along the height, then along the width (A. Lavin, S. Gray, arXiv 1509.09308).
 * The FFT is split-radix (H. V. Sorensen et al., IEEE TASSP 35(6), 1987). */
#include "lowering/transform.h"

#include <stddef.h>

int64_t reuse__tile_multiplications(const struct reuse__tile *t) {
  return t->products * t->parts * t->parts;
}

/* ---- Winograd --------------------------------------------------------------------- */

static const struct reuse__line *find_line(const struct reuse__lines *lines,
                                           int64_t outputs, int64_t taps) {
  for (int i = 0; lines && i < lines->n; i++)
    if (lines->line[i].outputs == outputs && lines->line[i].taps == taps)
      return &lines->line[i];
  return NULL;
}

static bool make_winograd(struct reuse__tile *t, const int64_t taps[2],
                          const struct reuse__lines *lines, const char **why) {
  static const struct reuse__line none = {.outputs = 1, .taps = 1};
  const struct reuse__line *l[2];
  for (int i = 0; i < 2; i++) {
    l[i] = taps[i] > 1 ? find_line(lines, t->size, taps[i]) : &none;
    *why = "no operations of the transform of this size are known (transforms.yaml)";
    if (!l[i])
      return false;
    t->outputs[i] = l[i]->outputs;
    t->points[i] = l[i]->outputs + taps[i] - 1;
  }
  t->parts = 1;
  t->products = t->points[0] * t->points[1];
  t->data_ops = t->points[1] * (int64_t)l[0]->data.value +
                t->points[0] * (int64_t)l[1]->data.value;
  t->filter_ops = taps[1] * (int64_t)l[0]->filter.value +
                  t->points[0] * (int64_t)l[1]->filter.value;
  t->inverse_ops = t->points[1] * (int64_t)l[0]->inverse.value +
                   t->outputs[0] * (int64_t)l[1]->inverse.value;
  return true;
}

/* ---- FFT ---------------------------------------------------------------------------- */

static int64_t log2_of(int64_t n) {
  int64_t k = 0;
  while (n > 1) {
    n /= 2;
    k++;
  }
  return k;
}

/* Real operations of a split-radix FFT of N real, N complex numbers. */
static int64_t real_fft(int64_t n) { return 2 * n * log2_of(n) - 4 * n + 6; }
static int64_t complex_fft(int64_t n) { return 4 * n * log2_of(n) - 6 * n + 8; }

/* The transform of a tile: real along its rows; of the N/2 + 1 columns that remain
 * the first and the last are real. */
static int64_t fft_ops(const int64_t points[2]) {
  const int64_t n = points[0] > points[1] ? points[0] : points[1];
  if (points[0] == 1 || points[1] == 1)
    return real_fft(n);
  return n * real_fft(n) + 2 * real_fft(n) + (n / 2 - 1) * complex_fft(n);
}

static bool make_fft(struct reuse__tile *t, const int64_t taps[2], const char **why) {
  *why = "the tile of the FFT is not larger than the filter";
  for (int i = 0; i < 2; i++) {
    t->points[i] = taps[i] > 1 ? t->size : 1;
    t->outputs[i] = t->points[i] - taps[i] + 1;
    if (t->outputs[i] < 1 || (taps[i] > 1 && t->outputs[i] < 2))
      return false;
  }
  t->parts = 2;
  t->products = t->size / 2 + 1;
  if (t->points[0] > 1 && t->points[1] > 1)
    t->products *= t->size;
  t->data_ops = t->filter_ops = t->inverse_ops = fft_ops(t->points);
  return true;
}

bool reuse__tile_make(enum reuse__lowering kind, int64_t size, const int64_t taps[2],
                      const struct reuse__lines *lines, struct reuse__tile *tile,
                      const char **why) {
  *tile = (struct reuse__tile){.kind = kind, .size = size};
  return kind == REUSE__WINOGRAD ? make_winograd(tile, taps, lines, why)
                                 : make_fft(tile, taps, why);
}
