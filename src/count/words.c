/* Words of the tensors of a problem, and the MACs whose input exists.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "count/words.h"

#include "base/checked.h"

/* Number of pairs (a, b), a < m, b < n, with 0 <= a*s + b*d - pad < size. */
int64_t reuse__valid_pairs(int64_t m, int64_t s, int64_t n, int64_t d, int64_t pad,
                           int64_t size) {
  if (size == 0) return m * n;
  int64_t sum = 0;
  for (int64_t b = 0; b < n; b++) {
    int64_t low, high;
    reuse__valid_range(m, s, b * d - pad, size, &low, &high);
    sum += high - low;
  }
  return sum;
}

void reuse__valid_range(int64_t m, int64_t s, int64_t shift, int64_t size, int64_t *low,
                        int64_t *high) {
  *low = 0;
  *high = m;
  if (size == 0) return;
  if (shift < 0) *low = reuse__min(m, reuse__ceil_div(-shift, s));
  if (size - shift <= 0) *high = 0;
  else *high = reuse__min(m, reuse__ceil_div(size - shift, s));
  *low = reuse__min(*low, *high);
}

/* If all values a*s + b*d, a < m, b < n, up to the largest occur, their number; else 0:
 * one of the scales is 1 and its positions fill the gaps of the other. */
static int64_t gapless(int64_t m, int64_t s, int64_t n, int64_t d) {
  if (m < 1 || n < 1) return 0;
  if (d == 1 && (n >= s || m == 1)) return (m - 1) * s + n;
  if (s == 1 && (m >= d || n == 1)) return (n - 1) * d + m;
  return 0;
}

/* Number of distinct indices a*s + b*d - pad in [0, size) (all if size is 0),
 * a < m, b < n.  An index is counted at its pair with the smallest b: pair
 * (a, b) is a repeat if (a + d/g, b - s/g) is a pair too, g = gcd(s, d). */
int64_t reuse__touched(int64_t m, int64_t s, int64_t n, int64_t d, int64_t pad,
                       int64_t size) {
  const int64_t row = gapless(m, s, n, d);
  if (row) return size ? reuse__min(row, pad + size) - reuse__min(row, pad) : row;
  int64_t g = s;
  for (int64_t r = d; r;) {
    const int64_t t = g % r;
    g = r;
    r = t;
  }
  const int64_t da = d / g, db = s / g;
  int64_t sum = 0;
  if (size == 0) return reuse__min(n, db) * m + reuse__max(0, n - db) * reuse__min(m, da);
  for (int64_t b = 0; b < n; b++) {
    int64_t low, high;
    reuse__valid_range(m, s, b * d - pad, size, &low, &high);
    if (b >= db) low = reuse__max(low, reuse__min(high, m - da));
    sum += reuse__max(0, high - low);
  }
  return sum;
}

static int64_t axis_words(const struct reuse_problem *p, int i) {
  return reuse__touched(p->extent[REUSE_P + i], p->stride[i], p->extent[REUSE_R + i],
                        p->dilation[i], p->pad[i], p->input[i]);
}

int64_t reuse_tensor_words(const struct reuse_problem *p, enum reuse_tensor tensor) {
  const int64_t *e = p->extent;
  if (!(p->tensors & REUSE_BIT(tensor))) return 0;
  switch (tensor) {
    case REUSE_W: return e[REUSE_G] * e[REUSE_K] * e[REUSE_C] * e[REUSE_R] * e[REUSE_S];
    case REUSE_O: return e[REUSE_N] * e[REUSE_G] * e[REUSE_K] * e[REUSE_P] * e[REUSE_Q];
    default:
      return e[REUSE_N] * e[REUSE_G] * e[REUSE_C] * axis_words(p, 0) * axis_words(p, 1);
  }
}

int64_t reuse__effective_macs(const struct reuse_problem *p) {
  const int64_t *e = p->extent;
  int64_t n = e[REUSE_N] * e[REUSE_G] * e[REUSE_K] * e[REUSE_C];
  for (int i = 0; i < 2; i++)
    n *= reuse__valid_pairs(e[REUSE_P + i], p->stride[i], e[REUSE_R + i], p->dilation[i],
                            p->pad[i], p->input[i]);
  return n;
}
