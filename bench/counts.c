/* Microseconds to count one given mapping.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

#include <glob.h>
#include <string.h>

#include "reusemodel.h"

enum { BATCHES = 15 };
static const double BATCH_SECONDS = 0.01;

static double batch(const struct reuse_problem *p, const struct reuse_nest *n, int counts) {
  struct reuse_counts c;
  const double start = bench_now();
  for (int i = 0; i < counts; i++)
    if (reuse_count(p, n, &c) != REUSE_OK)
      return -1;
  return bench_now() - start;
}

/* The median of batches that are long enough for the clock, per count. */
static double count_us(const char *path) {
  struct reuse_diag diag = {.sink = bench_message};
  struct reuse_problem p;
  struct reuse_nest n;
  double seconds[BATCHES];
  int counts = 1;
  if (reuse_nest_read(path, &p, &n, &diag) != REUSE_OK)
    return -1;
  for (double s = 0; s < BATCH_SECONDS; counts *= 2)
    if ((s = batch(&p, &n, counts)) < 0)
      return -1;
  for (int i = 0; i < BATCHES; i++)
    seconds[i] = batch(&p, &n, counts);
  return 1e6 * bench_median(seconds, BATCHES) / counts;
}

bool bench_counts(const struct bench *bench) {
  char pattern[4096];
  glob_t files;
  bool ok = true;
  snprintf(pattern, sizeof pattern, "%s/bench/*.yaml", bench->home);
  if (glob(pattern, 0, NULL, &files) != 0)
    return false;
  for (size_t i = 0; i < files.gl_pathc; i++) {
    const struct bench_figure f = {"count one mapping on four levels",
                                   strrchr(files.gl_pathv[i], '/') + 1,
                                   count_us(files.gl_pathv[i]), "us", 10};
    ok = ok && f.value >= 0;
    bench_put(bench, &f, false);
  }
  globfree(&files);
  return ok;
}
