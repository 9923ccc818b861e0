/* Random nests: the closed form against the brute-force execution.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * counts_property [--count N] [--seed S] [--seconds T]
 *
 * Nest I of seed S is the same on any number of threads and for any N.  Of the
 * failing nests the first few are reduced and written as nest files, with the
 * integers that differ.  Exits with 0 when all nests passed, 1 when some
 * failed, 2 for wrong usage. */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <gsl/gsl_rng.h>

#include "mapping/nest_write.h"
#include "oracle/compare.h"
#include "oracle/execute.h"
#include "random.h"
#include "shrink.h"

enum { MAX_REPORTS = 3, MAX_DIFFERENCES = 8 };

enum feature {
  FLATTENED, IM2COL, BLOCKED, SPATIAL, BYPASS, LATCH, UNICAST, ACCUMULATE,
  CLIPPED, FEATURES
};
static const char *const feature_name[FEATURES] = {
    "flattened", "im2col", "blocked", "spatial", "bypass", "latch",
    "unicast", "accumulate", "clipped"};

struct options {
  int64_t count;
  unsigned long seed;
  double seconds;       /* 0: no limit */
};

struct tally {
  int64_t passed, failed;
  int64_t with[FEATURES];
  int64_t failure[MAX_REPORTS]; /* the first failing nests, by number */
};

/* How a nest failed, and where. */
enum verdict { PASSED, ILLEGAL, REFUSED, NO_MEMORY, TENSOR_WORDS, DIFFERENT };
static const char *const verdict_text[] = {
    "passed", "reuse_nest_check refuses the generated nest",
    "reuse_count refuses the nest", "no memory for the execution",
    "reuse_tensor_words differs", "counts differ"};

/* Compares the counts of one nest, on DIFFERENT with what differs in
 * *DIFFERENCES. */
static enum verdict judge(const struct reuse_problem *problem,
                          const struct reuse_nest *nest, int *ndifferences,
                          struct difference *differences) {
  struct reuse_counts expected, actual;

  *ndifferences = 0;
  if (reuse_nest_check(problem, nest, NULL, NULL) != REUSE_OK)
    return ILLEGAL;
  if (reuse_count(problem, nest, &actual) != REUSE_OK)
    return REFUSED;
  if (oracle_count(problem, nest, &expected) != 0)
    return NO_MEMORY;
  for (int t = 0; t < REUSE_TENSORS; t++)
    if ((problem->tensors & REUSE_BIT(t)) &&
        oracle_tensor_words(problem, t) !=
            reuse_tensor_words(problem, (enum reuse_tensor)t))
      return TENSOR_WORDS;
  *ndifferences = compare_counts(nest, &expected, &actual, MAX_DIFFERENCES,
                                 differences);
  return *ndifferences > 0 ? DIFFERENT : PASSED;
}

static bool fails(const struct reuse_problem *problem,
                  const struct reuse_nest *nest) {
  struct difference differences[MAX_DIFFERENCES];
  int n;

  return judge(problem, nest, &n, differences) != PASSED;
}

/* ---- random nests ------------------------------------------------------- */

/* Well mixed bits of X. */
static unsigned long mixed(uint64_t x) {
  x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
  return (unsigned long)((x ^ (x >> 31)) & UINT32_MAX);
}

/* Nest number I of SEED. */
static void make_case(gsl_rng *rng, unsigned long seed, int64_t i,
                      struct reuse_problem *problem, struct reuse_nest *nest) {
  gsl_rng_set(rng, mixed(seed * UINT64_C(0x9e3779b97f4a7c15) + (uint64_t)i));
  random_case(rng, problem, nest);
}

/* Mask of the features of a nest. */
static unsigned features(const struct reuse_problem *p,
                         const struct reuse_nest *n) {
  unsigned mask = 0;

  for (int i = 0; i < n->nloops; i++)
    mask |= (n->loop[i].ndims > 1 ? REUSE_BIT(FLATTENED) : 0) |
            (n->loop[i].spatial ? REUSE_BIT(SPATIAL) : 0);
  for (int i = 0; i < n->nlevels - 1; i++) {
    const struct reuse_nest_level *l = &n->level[i];
    mask |= (l->im2col ? REUSE_BIT(IM2COL) : 0) |
            (l->keeps != p->tensors ? REUSE_BIT(BYPASS) : 0) |
            (l->network[REUSE_O] == REUSE_ACCUMULATE ? REUSE_BIT(ACCUMULATE) : 0);
    for (int t = 0; t < REUSE_O; t++)
      mask |= l->network[t] == REUSE_UNICAST ? REUSE_BIT(UNICAST) : 0;
  }
  for (int d = 0; d < REUSE_DIMS; d++)
    mask |= n->block[d] > 1 ? REUSE_BIT(BLOCKED) : 0;
  mask |= n->level[n->nlevels - 1].latch != 0 ? REUSE_BIT(LATCH) : 0;
  mask |= p->input[0] != 0 || p->input[1] != 0 ? REUSE_BIT(CLIPPED) : 0;
  return mask;
}

/* Enters the result of nest I. */
static void enter(struct tally *tally, int64_t i, bool failed, unsigned mask) {
  for (int f = 0; f < FEATURES; f++)
    tally->with[f] += (mask & REUSE_BIT(f)) != 0;
  tally->passed += !failed;
  tally->failed += failed;
  for (int k = 0; k < MAX_REPORTS && failed; k++) {
    if (tally->failure[k] < 0 || i < tally->failure[k]) {
      const int64_t later = tally->failure[k];
      tally->failure[k] = i;
      i = later;
      if (i < 0)
        break;
    }
  }
}

static double now_seconds(void) {
  struct timespec t;

  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Judges nests until the count or the time is spent. */
static void judge_all(const struct options *o, struct tally *tally) {
  const double end = o->seconds > 0 ? now_seconds() + o->seconds : 0;
  int64_t next = 0;

#pragma omp parallel
  {
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    for (;;) {
      struct reuse_problem problem;
      struct reuse_nest nest;
      struct difference differences[MAX_DIFFERENCES];
      int64_t i;
      int n;
#pragma omp atomic capture
      i = next++;
      if (i >= o->count || (end > 0 && now_seconds() > end))
        break;
      make_case(rng, o->seed, i, &problem, &nest);
      const bool failed = judge(&problem, &nest, &n, differences) != PASSED;
#pragma omp critical
      enter(tally, i, failed, features(&problem, &nest));
    }
    gsl_rng_free(rng);
  }
}

/* ---- reports ------------------------------------------------------------ */

static void print_difference(const struct reuse_nest *nest,
                             const struct difference *d) {
  printf("#   ");
  if (d->level >= 0)
    printf("%s ", nest->level[d->level].name);
  if (d->tensor >= 0)
    printf("%c ", reuse_tensor_letter[d->tensor]);
  printf("%s: execution %" PRId64 ", closed form %" PRId64 "\n", d->field,
         d->expected, d->actual);
}

/* Reduces nest I of SEED, which fails, and prints it and how it fails. */
static void report(unsigned long seed, int64_t i) {
  struct difference differences[MAX_DIFFERENCES];
  struct reuse_problem problem;
  struct reuse_nest nest;
  int n;
  gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

  make_case(rng, seed, i, &problem, &nest);
  gsl_rng_free(rng);
  if (judge(&problem, &nest, &n, differences) != ILLEGAL)
    shrink(fails, &problem, &nest);
  const enum verdict verdict = judge(&problem, &nest, &n, differences);
  printf("# nest %" PRId64 " of seed %lu: %s\n", i, seed, verdict_text[verdict]);
  if (reuse__nest_write(&problem, &nest, stdout) != REUSE_OK)
    printf("# the nest cannot be written\n");
  for (int k = 0; k < n && k < MAX_DIFFERENCES; k++)
    print_difference(&nest, &differences[k]);
}

static int usage(void) {
  fputs("usage: counts_property [--count N] [--seed S] [--seconds T]\n", stderr);
  return 2;
}

/* Reads the options; returns false for any that is wrong. */
static bool read_options(int argc, char **argv, struct options *o) {
  static const struct option table[] = {{"count", required_argument, NULL, 'n'},
                                        {"seed", required_argument, NULL, 's'},
                                        {"seconds", required_argument, NULL, 't'},
                                        {NULL, 0, NULL, 0}};
  bool counted = false;
  int c;

  while ((c = getopt_long(argc, argv, "", table, NULL)) != -1) {
    char *end = optarg;
    if (c == 'n') {
      o->count = strtoll(optarg, &end, 10);
      counted = true;
    } else if (c == 's') {
      o->seed = strtoul(optarg, &end, 10);
    } else if (c == 't') {
      o->seconds = strtod(optarg, &end);
    } else {
      return false;
    }
    if (end == optarg || *end != '\0')
      return false;
  }
  if (o->seconds > 0 && !counted)
    o->count = INT64_MAX;
  return optind == argc && o->count >= 0 && o->seconds >= 0;
}

int main(int argc, char **argv) {
  struct options o = {.count = 100000, .seed = 20170904};
  struct tally tally = {.failure = {-1, -1, -1}};

  if (!read_options(argc, argv, &o))
    return usage();
  printf("# seed %lu\n", o.seed);
  judge_all(&o, &tally);
  printf("# nests with");
  for (int f = 0; f < FEATURES; f++)
    printf("%s %s %" PRId64, f == 0 ? "" : ",", feature_name[f], tally.with[f]);
  printf("\n");
  for (int k = 0; k < MAX_REPORTS; k++)
    if (tally.failure[k] >= 0)
      report(o.seed, tally.failure[k]);
  printf("1..1\n%sok 1 - closed form equals execution\n",
         tally.failed > 0 ? "not " : "");
  printf("%" PRId64 " passed, %" PRId64 " failed\n", tally.passed, tally.failed);
  return tally.failed > 0;
}
