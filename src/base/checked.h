/* Checked 64-bit arithmetic: an overflow sets a sticky flag.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_BASE_CHECKED_H
#define REUSE_BASE_CHECKED_H

#include <stdbool.h>
#include <stdint.h>

/* a*b; sets *overflow when it does not fit. */
static inline int64_t reuse__mul(int64_t a, int64_t b, bool *overflow) {
  int64_t r;
  if (__builtin_mul_overflow(a, b, &r)) {
    *overflow = true;
    return INT64_MAX;
  }
  return r;
}

/* a+b; sets *overflow when it does not fit. */
static inline int64_t reuse__add(int64_t a, int64_t b, bool *overflow) {
  int64_t r;
  if (__builtin_add_overflow(a, b, &r)) {
    *overflow = true;
    return INT64_MAX;
  }
  return r;
}

struct reuse__quotient { int64_t full, rest; };

/* a/b and a%b for a >= 0, b > 0.  Many processors take twice as long for 64 bits as for 32. */
static inline struct reuse__quotient reuse__div(int64_t a, int64_t b) {
  if (((a | b) >> 32) != 0) return (struct reuse__quotient){a / b, a % b};
  return (struct reuse__quotient){(uint32_t)a / (uint32_t)b, (uint32_t)a % (uint32_t)b};
}

/* ceil(a/b) for a >= 0, b > 0. */
static inline int64_t reuse__ceil_div(int64_t a, int64_t b) {
  const struct reuse__quotient q = reuse__div(a, b);
  return q.full + (q.rest != 0);
}

static inline int64_t reuse__min(int64_t a, int64_t b) { return a < b ? a : b; }
static inline int64_t reuse__max(int64_t a, int64_t b) { return a > b ? a : b; }

/* Of two numbers, neither of which is NaN. */
static inline double reuse__fmin(double a, double b) { return a < b ? a : b; }
static inline double reuse__fmax(double a, double b) { return a > b ? a : b; }

#endif
