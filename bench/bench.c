/* Measures the speed targets of the program: bench HOME PROGRAM [CSV].
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HOME holds models/, data/ and bench/.  Prints a table and writes it to CSV.
 * Processes run one after another; times are wall-clock. */
#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "reusemodel.h"

enum { COUNTS = 20000, REPEATS = 5 };

struct result {
  const char *what;
  double value;
  const char *unit;
  double target; /* at most; 0: none */
};

struct process {
  double seconds, mbytes;
  int status; /* exit status, -1: it did not exit */
};

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* PROGRAM --arch ARCH --net NET with its output thrown away. */
static struct process evaluate(const char *program, const char *arch,
                               const char *net) {
  struct process p = {.status = -1};
  struct rusage usage;
  int status;
  double start = now();
  pid_t child = fork();
  if (child < 0)
    return p;
  if (child == 0) {
    int null = open("/dev/null", O_WRONLY);
    dup2(null, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
    execl(program, program, "--arch", arch, "--net", net, (char *)NULL);
    _exit(127);
  }
  if (wait4(child, &status, 0, &usage) == child && WIFEXITED(status))
    p.status = WEXITSTATUS(status);
  p.seconds = now() - start;
  p.mbytes = (double)usage.ru_maxrss / 1024;
  return p;
}

/* Microseconds to count the nest of bench/conv.yaml once; negative: failure. */
static double count_time(const char *home) {
  char path[4096];
  struct reuse_diag diag = {0};
  struct reuse_problem problem;
  struct reuse_nest nest;
  struct reuse_counts counts;
  snprintf(path, sizeof path, "%s/bench/conv.yaml", home);
  if (reuse_nest_read(path, &problem, &nest, &diag) != REUSE_OK)
    return -1;
  double start = now();
  for (int i = 0; i < COUNTS; i++)
    if (reuse_count(&problem, &nest, &counts) != REUSE_OK)
      return -1;
  return 1e6 * (now() - start) / COUNTS;
}

/* The files HOME/PATTERN; the caller frees them with globfree. */
static int list(const char *home, const char *pattern, glob_t *files) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", home, pattern);
  return glob(path, 0, NULL, files);
}

/* What running every network on every architecture took. */
struct sweep {
  int pairs, failed;
  double seconds, slowest_s, mbytes;
  char slowest[256];
};

static void add_pair(struct sweep *sweep, const struct process *p,
                     const char *arch, const char *net) {
  sweep->pairs++;
  sweep->failed += p->status != 0 && p->status != 4;
  sweep->seconds += p->seconds;
  if (p->mbytes > sweep->mbytes)
    sweep->mbytes = p->mbytes;
  if (p->seconds > sweep->slowest_s) {
    sweep->slowest_s = p->seconds;
    snprintf(sweep->slowest, sizeof sweep->slowest, "%.100s on %.100s",
             strrchr(net, '/') + 1, strrchr(arch, '/') + 1);
  }
}

static struct sweep run_sweep(const char *home, const char *program) {
  struct sweep sweep = {0};
  glob_t archs, nets;
  if (list(home, "models/*.yaml", &archs) != 0)
    return sweep;
  if (list(home, "data/*.csv", &nets) == 0) {
    for (size_t a = 0; a < archs.gl_pathc; a++)
      for (size_t n = 0; n < nets.gl_pathc; n++) {
        if (strstr(nets.gl_pathv[n], "/aliases.csv"))
          continue;
        struct process p =
            evaluate(program, archs.gl_pathv[a], nets.gl_pathv[n]);
        add_pair(&sweep, &p, archs.gl_pathv[a], nets.gl_pathv[n]);
      }
    globfree(&nets);
  }
  globfree(&archs);
  return sweep;
}

/* Milliseconds of the quickest of a few runs of the main command. */
static double main_command_time(const char *program) {
  double best = 1e9;
  for (int i = 0; i < REPEATS; i++) {
    struct process p = evaluate(program, "dna", "mobilenet");
    if (p.status != 0)
      return -1;
    if (p.seconds < best)
      best = p.seconds;
  }
  return 1e3 * best;
}

/* Prints the results, as CSV to PATH if there is one; false: cannot write. */
static bool print_results(const struct result *r, size_t n, const char *path) {
  FILE *csv = path ? fopen(path, "w") : NULL;
  if (csv)
    fprintf(csv, "benchmark,value,unit,target\n");
  for (size_t i = 0; i < n; i++) {
    printf("%-44s %10.3f %-4s", r[i].what, r[i].value, r[i].unit);
    if (r[i].target > 0)
      printf(" target %g: %s", r[i].target,
             r[i].value >= 0 && r[i].value <= r[i].target ? "met" : "missed");
    printf("\n");
    if (csv)
      fprintf(csv, "%s,%.6g,%s,%g\n", r[i].what, r[i].value, r[i].unit,
              r[i].target);
  }
  return !path || (csv && fclose(csv) == 0);
}

int main(int argc, char **argv) {
  if (argc < 3) {
    fprintf(stderr, "usage: bench HOME PROGRAM [CSV]\n");
    return 2;
  }
  double count_us = count_time(argv[1]);
  double main_ms = main_command_time(argv[2]);
  struct sweep sweep = run_sweep(argv[1], argv[2]);
  const struct result results[] = {
      {"count of one mapping on four levels", count_us, "us", 10},
      {"main command as a process", main_ms, "ms", 100},
      {"slowest network and architecture", sweep.slowest_s, "s", 2},
      {"all networks on all architectures", sweep.seconds, "s", 60},
      {"largest resident set", sweep.mbytes, "MB", 64},
  };
  bool written = print_results(results, sizeof results / sizeof results[0],
                               argc > 3 ? argv[3] : NULL);
  printf("%d pairs, %d failed; slowest: %s\n", sweep.pairs, sweep.failed,
         sweep.slowest);
  return written && count_us >= 0 && main_ms >= 0 && !sweep.failed ? 0 : 1;
}
