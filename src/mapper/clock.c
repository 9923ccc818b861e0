/* The time that budgets in seconds are measured by.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/clock.h"

#include <time.h>

double reuse__seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}
