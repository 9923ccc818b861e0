/* Every shipped network on every shipped architecture, in this process.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "run/run.h"

enum { REPEATS = 3 };
static const double REPEATED_BELOW_SECONDS = 0.1;

/* A network on an architecture: time of the run, and how much of it is proven. */
struct pair {
  enum reuse_status status;
  double seconds;
  int layers, proven;
  int64_t evaluations;
};

/* What all pairs, or those of one architecture, took. */
struct sum {
  int pairs, unmapped, failed, layers, proven;
  double seconds, slowest;
  char slowest_name[128];
  int64_t evaluations;
};

/* Of every layer: how much better than the mapping found another could be, in %; the time
 * to that mapping and to the end of the search, in ms. */
enum { MANY = 1 << 17 };
static struct { int n; double gap[MANY], found[MANY], end[MANY]; } layers;

static double gap(const struct reuse__row *row) {
  const double value = row->cost.energy_pj * row->cost.cycles;
  return row->proof.optimal ? 0 : 100 * (1 - row->proof.lower_bound / value);
}

static void add_layer(const struct reuse__row *row) {
  const int i = layers.n;
  if (i == MANY) return;
  layers.gap[i] = gap(row);
  layers.found[i] = 1e3 * row->proof.found_s;
  layers.end[i] = 1e3 * row->proof.end_s;
  layers.n++;
}

/* Evaluations that a layer may take: BENCH_EVALUATIONS, 0 for no limit. */
static int64_t budget(void) {
  const char *text = getenv("BENCH_EVALUATIONS");
  return text ? atoll(text) : REUSE__USUAL_EVALUATIONS;
}

/* The layers of a run that have no proof, a line of the CSV file each. */
static void put_open(const struct bench *bench, const char *arch, const char *net,
                     const struct reuse__run *r) {
  for (int i = 0; i < r->nrows; i++) {
    char name[192];
    if (!r->row[i].modelled || r->row[i].proof.optimal) continue;
    snprintf(name, sizeof name, "%s %s %s", arch, net, r->row[i].layer.name);
    const struct bench_figure f = {"gap of a layer without a proof", name, gap(&r->row[i]),
                                   "%", NO_TARGET};
    bench_put(bench, &f, true);
  }
}

/* Runs NET on ARCH; tells BENCH, unless it is NULL, which layers have no proof. */
static struct pair run_once(const struct bench *bench, const struct reuse_arch *arch,
                            const struct reuse_network_table *net) {
  const struct reuse__run_options options = {
      .batch = 1, .jobs = 1,
      .search = {.objective = REUSE_EDP, .max_evaluations = budget()}};
  struct reuse_arena *arena = reuse_arena_new();
  struct reuse_diag diag = {0};
  struct reuse__run *r = NULL;
  struct pair p = {0};
  const double start = bench_now();
  p.status = reuse__run(arch, net, &options, arena, &r, &diag);
  p.seconds = bench_now() - start;
  for (int i = 0; p.status == REUSE_OK && i < r->nrows; i++) {
    p.layers += r->row[i].modelled;
    p.proven += r->row[i].modelled && r->row[i].proof.optimal;
    p.evaluations += r->row[i].modelled ? r->row[i].proof.evaluations : 0;
    if (r->row[i].modelled) add_layer(&r->row[i]);
  }
  if (p.status == REUSE_OK && bench) put_open(bench, arch->name, net->name, r);
  reuse_arena_free(arena);
  return p;
}

/* As above, with the median time of several runs where that is quick. */
static struct pair run_pair(const struct bench *bench, const struct reuse_arch *arch,
                            const struct reuse_network_table *net) {
  struct pair p = run_once(bench, arch, net);
  double seconds[REPEATS] = {p.seconds};
  if (p.seconds >= REPEATED_BELOW_SECONDS)
    return p;
  for (int i = 1; i < REPEATS; i++)
    seconds[i] = run_once(NULL, arch, net).seconds;
  p.seconds = bench_median(seconds, REPEATS);
  return p;
}

static void add(struct sum *sum, const struct pair *p, const char *name) {
  sum->pairs++;
  sum->unmapped += p->status == REUSE_ERR_NO_MAPPING;
  sum->failed += p->status != REUSE_OK && p->status != REUSE_ERR_NO_MAPPING;
  sum->layers += p->layers;
  sum->proven += p->proven;
  sum->seconds += p->seconds;
  sum->evaluations += p->evaluations;
  if (p->seconds <= sum->slowest)
    return;
  sum->slowest = p->seconds;
  snprintf(sum->slowest_name, sizeof sum->slowest_name, "%s", name);
}

/* The shipped files, read once. */
struct shipped {
  struct reuse_arena *arena;
  int narchs, nnets;
  const struct reuse_arch *arch[256];
  const struct reuse_network_table *net[256];
};

static void print_message(void *context, const struct reuse_message *m) {
  (void)context;
  fprintf(stderr, "%s:%d: %s\n", m->file ? m->file : "", m->line, m->text);
}

static bool read_archs(const char *home, struct shipped *s) {
  char models[4000], pattern[4096];
  struct reuse_diag diag = {.sink = print_message};
  glob_t files;
  bool ok = true;
  snprintf(models, sizeof models, "%s/models", home);
  snprintf(pattern, sizeof pattern, "%s/*.yaml", models);
  if (glob(pattern, 0, NULL, &files) != 0)
    return false;
  for (size_t i = 0; i < files.gl_pathc && ok && s->narchs < 256; i++)
    ok = reuse_arch_read(files.gl_pathv[i], models, NULL, 0, s->arena,
                         &s->arch[s->narchs++], &diag) == REUSE_OK;
  globfree(&files);
  return ok;
}

static bool is_chosen(const struct bench *bench, const char *name) {
  bool chosen = bench->nnets == 0;
  for (int i = 0; i < bench->nnets; i++)
    chosen = chosen || strcmp(bench->net[i], name) == 0;
  return chosen;
}

static bool read_nets(const struct bench *bench, struct shipped *s) {
  char pattern[4096];
  struct reuse_diag diag = {.sink = print_message};
  glob_t files;
  bool ok = true;
  snprintf(pattern, sizeof pattern, "%s/data/*.csv", bench->home);
  if (glob(pattern, 0, NULL, &files) != 0)
    return false;
  for (size_t i = 0; i < files.gl_pathc && ok && s->nnets < 256; i++) {
    if (strcmp(strrchr(files.gl_pathv[i], '/'), "/aliases.csv") == 0)
      continue;
    ok = reuse_network_read(files.gl_pathv[i], s->arena, &s->net[s->nnets], &diag) ==
         REUSE_OK;
    s->nnets += ok && is_chosen(bench, s->net[s->nnets]->name);
  }
  globfree(&files);
  return ok;
}

/* All networks on ARCH with one thread, a line of the CSV file each. */
static void measure_arch(const struct bench *bench, const struct shipped *s,
                         const struct reuse_arch *arch, struct sum *all) {
  struct sum own = {0};
  char name[128];
  for (int n = 0; n < s->nnets; n++) {
    const struct pair p = run_pair(bench, arch, s->net[n]);
    snprintf(name, sizeof name, "%s %s", arch->name, s->net[n]->name);
    const struct bench_figure f = {"run, one thread", name, 1e3 * p.seconds, "ms", 2000};
    bench_put(bench, &f, true);
    add(&own, &p, name);
    add(all, &p, name);
  }
  const struct bench_figure f = {"slowest network, one thread", own.slowest_name,
                                 1e3 * own.slowest, "ms", 2000};
  bench_put(bench, &f, false);
}

/* Median, 95 % and largest of a figure of all layers; sorts it. */
static void put_layers(const struct bench *bench, const char *pairs, const char *what,
                       double *value, const char *unit, double target) {
  static const struct { const char *name; double part; } at[] = {
      {"median", 0.5}, {"95 % below", 0.95}, {"largest", 1}};
  bench_median(value, layers.n);
  for (int i = 0; i < 3 && layers.n > 0; i++) {
    char name[64];
    snprintf(name, sizeof name, "%s, %s", what, at[i].name);
    const struct bench_figure f = {name, pairs, value[(int)(at[i].part * (layers.n - 1))],
                                   unit, target};
    bench_put(bench, &f, false);
  }
}

/* The target for all pairs is judged only when all are run; on one thread it is
 * twice that on two cores. */
static void put_totals(const struct bench *bench, const struct shipped *s,
                       const struct sum *all) {
  struct rusage usage;
  char pairs[64];
  snprintf(pairs, sizeof pairs, "%d networks x %d architectures", s->nnets, s->narchs);
  const bool whole = bench->nnets == 0;
  const struct bench_figure slowest = {whole ? "slowest of all, one thread"
                                             : "slowest of those run, one thread",
                                       all->slowest_name,
                                       1e3 * all->slowest, "ms", 2000};
  const struct bench_figure one = {whole ? "all, one thread (60 s on two cores)"
                                         : "a part of all, one thread",
                                   pairs, all->seconds, "s", whole ? 120 : NO_TARGET};
  bench_put(bench, &slowest, false);
  bench_put(bench, &one, false);
  getrusage(RUSAGE_SELF, &usage);
  const struct bench_figure memory = {whole ? "peak memory of all" : "peak memory of those run",
                                      pairs,
                                      (double)usage.ru_maxrss / 1024, "MB", 64};
  bench_put(bench, &memory, false);
  const struct bench_figure unproven = {"layers not proven optimal", pairs,
                                        all->layers - all->proven, "", 0};
  bench_put(bench, &unproven, false);
  put_layers(bench, pairs, "gap of a layer", layers.gap, "%", 0);
  put_layers(bench, pairs, "time to a layer's mapping", layers.found, "ms", NO_TARGET);
  put_layers(bench, pairs, "time to a layer's proof", layers.end, "ms", NO_TARGET);
  const struct bench_figure speed = {"evaluations a second, one thread", pairs,
                                     (double)all->evaluations / all->seconds, "1/s",
                                     NO_TARGET};
  bench_put(bench, &speed, false);
  printf("%d of %d layers are proven optimal (target: all); %d of %d pairs have a layer "
         "that fits no level, %d failed\n",
         all->proven, all->layers, all->unmapped, all->pairs, all->failed);
}

bool bench_runs(const struct bench *bench) {
  static struct shipped s;
  struct sum all = {0};
  s = (struct shipped){.arena = reuse_arena_new()};
  const bool read = s.arena && read_archs(bench->home, &s) && read_nets(bench, &s);
  for (int a = 0; a < s.narchs && read; a++)
    measure_arch(bench, &s, s.arch[a], &all);
  if (read)
    put_totals(bench, &s, &all);
  reuse_arena_free(s.arena);
  return read && !all.failed;
}
