/* Measures the speed targets of the design: bench HOME PROGRAM [CSV].
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HOME holds models/, data/ and bench/.  Every figure stands beside its target
 * where it has one; a target that is missed does not fail the benchmark. */
#include "bench.h"

#include <stdlib.h>
#include <time.h>

double bench_now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int compare(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

double bench_median(double *value, int n) {
  qsort(value, (size_t)n, sizeof *value, compare);
  return n % 2 ? value[n / 2] : (value[n / 2 - 1] + value[n / 2]) / 2;
}

void bench_message(void *context, const struct reuse_message *m) {
  (void)context;
  fprintf(stderr, "%s:%d: %s\n", m->file ? m->file : "", m->line, m->text);
}

static const char *verdict(const struct bench_figure *f) {
  if (f->value < 0)
    return "not measured";
  if (f->limit < 0)
    return "";
  return f->value <= f->limit ? "met" : "not met";
}

void bench_put(const struct bench *bench, const struct bench_figure *f, bool quiet) {
  char target[32] = "";
  if (f->limit >= 0)
    snprintf(target, sizeof target, "<= %g", f->limit);
  if (!quiet)
    printf("%-38s %-34s %12.3f %-4s %-8s %s\n", f->what, f->subject, f->value, f->unit,
           target, verdict(f));
  fflush(stdout);
  if (!bench->csv)
    return;
  fprintf(bench->csv, "\"%s\",\"%s\",%.6g,%s,", f->what, f->subject, f->value, f->unit);
  if (f->limit >= 0)
    fprintf(bench->csv, "%g", f->limit);
  fprintf(bench->csv, ",%s\n", verdict(f));
}

int main(int argc, char **argv) {
  if (argc < 4) {
    fprintf(stderr, "usage: bench HOME PROGRAM CSV [NETWORK]...\n");
    return 2;
  }
  struct bench bench = {.home = argv[1], .program = argv[2], .nnets = argc - 4,
                        .net = argv + 4};
  if (!(bench.csv = fopen(argv[3], "w"))) {
    perror(argv[3]);
    return 5;
  }
  if (bench.csv)
    fprintf(bench.csv, "benchmark,subject,value,unit,target,verdict\n");
  printf("%-38s %-34s %12s %-4s %-8s %s\n", "benchmark", "subject", "value", "unit",
         "target", "verdict");
  const bool counts = bench_counts(&bench);
  const bool process = bench_process(&bench);
  const bool decided = bench_decided(&bench);
  const bool runs = bench_runs(&bench);
  const bool written = !bench.csv || fclose(bench.csv) == 0;
  return counts && process && decided && runs && written ? 0 : 1;
}
