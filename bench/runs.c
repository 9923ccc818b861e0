/* Every shipped network on every shipped architecture, in this process.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Layers that cost the same on any machine are searched once for an architecture, whatever
 * networks they are in; a network takes as long as its distinct layers together. */
#include "bench.h"

#include <glob.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "run/run.h"

/* A layer on an architecture: time of the run, and how much of it is proven. */
struct searched {
  enum reuse_status status;
  double seconds;
  bool modelled, proven;
  double gap;                   /* how much better than its mapping another may be, in % */
  double found_s, end_s;        /* to that mapping and to the end of the search */
  int64_t evaluations;
};

/* What all searches, or those of one network or architecture, took. */
struct sum {
  int pairs, unmapped, failed, layers, proven;
  double seconds, slowest;
  char slowest_name[128];
  int64_t evaluations;
};

/* So much can be read. */
enum { MOST_ARCHS = 256, MOST_NETS = 256, MOST_LAYERS = 8192, MANY = MOST_ARCHS * MOST_LAYERS };

/* Of every search that was made; times in ms. */
static struct { int n; double gap[MANY], found[MANY], end[MANY]; } searches;

/* The shipped files, read once, and their distinct layers. */
struct shipped {
  struct reuse_arena *arena;
  int narchs, nnets, nlayers;
  const struct reuse_arch *arch[MOST_ARCHS];
  const struct reuse_network_table *net[MOST_NETS];
  struct { int net, index; } layer[MOST_LAYERS];
};

/* What the environment says of NAME; NULL: nothing. */
static const char *given(const char *name) {
  const char *text = getenv(name);
  return text && *text ? text : NULL;
}

/* Whether NAME is one of the words of LIST, or that is NULL. */
static bool is_in(const char *list, const char *name) {
  const size_t n = strlen(name);
  if (!list) return true;
  for (const char *at = list; (at = strstr(at, name)); at += n)
    if ((at == list || at[-1] == ' ') && (at[n] == ' ' || !at[n])) return true;
  return false;
}

static bool read_archs(const char *home, struct shipped *s) {
  char models[4000], pattern[4096];
  struct reuse_diag diag = {.sink = bench_message};
  glob_t files;
  bool ok = true;
  snprintf(models, sizeof models, "%s/models", home);
  snprintf(pattern, sizeof pattern, "%s/*.yaml", models);
  if (glob(pattern, 0, NULL, &files) != 0)
    return false;
  for (size_t i = 0; i < files.gl_pathc && ok && s->narchs < MOST_ARCHS; i++) {
    ok = reuse_arch_read(files.gl_pathv[i], models, NULL, 0, s->arena, &s->arch[s->narchs],
                         &diag) == REUSE_OK;
    s->narchs += ok && is_in(given("BENCH_ARCHS"), s->arch[s->narchs]->name);
  }
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
  struct reuse_diag diag = {.sink = bench_message};
  glob_t files;
  bool ok = true;
  snprintf(pattern, sizeof pattern, "%s/data/*.csv", bench->home);
  if (glob(pattern, 0, NULL, &files) != 0)
    return false;
  for (size_t i = 0; i < files.gl_pathc && ok && s->nnets < MOST_NETS; i++) {
    if (strcmp(strrchr(files.gl_pathv[i], '/'), "/aliases.csv") == 0)
      continue;
    ok = reuse_network_read(files.gl_pathv[i], s->arena, &s->net[s->nnets], &diag) ==
         REUSE_OK;
    s->nnets += ok && is_chosen(bench, s->net[s->nnets]->name);
  }
  globfree(&files);
  return ok;
}

/* ---- layers -------------------------------------------------------------------------------- */

static const struct reuse_layer *layer_of(const struct shipped *s, int i) {
  return &s->net[s->layer[i].net]->layer[s->layer[i].index];
}

/* The number of the distinct layer that is like LAYER, or that of the next one. */
static int number_of(const struct shipped *s, const struct reuse_layer *layer) {
  int i = 0;
  while (i < s->nlayers && !reuse__same_work(layer_of(s, i), layer)) i++;
  return i;
}

static bool list_layers(struct shipped *s) {
  for (int n = 0; n < s->nnets; n++)
    for (int i = 0; i < s->net[n]->nlayers; i++) {
      const int number = number_of(s, &s->net[n]->layer[i]);
      if (number < s->nlayers) continue;
      if (number == MOST_LAYERS) return false;
      s->layer[s->nlayers].net = n;
      s->layer[s->nlayers++].index = i;
    }
  return true;
}

/* Evaluations that a layer may take: BENCH_EVALUATIONS, 0 for no limit. */
static int64_t budget(void) {
  const char *text = given("BENCH_EVALUATIONS");
  return text ? atoll(text) : REUSE__USUAL_EVALUATIONS;
}

/* LIMIT is judged of the usual budget only. */
static double target(double limit) {
  return budget() == REUSE__USUAL_EVALUATIONS ? limit : NO_TARGET;
}

/* What RUN, of one layer, tells of it. */
static void note(const struct reuse__run *run, struct searched *l) {
  const struct reuse__row *row = &run->row[0];
  l->modelled = row->modelled;
  if (!l->modelled) return;
  l->proven = row->proof.optimal;
  l->evaluations = row->proof.evaluations;
  l->gap = 100 * reuse__gap(run, row);
  l->found_s = row->proof.found_s;
  l->end_s = row->proof.end_s;
}

static struct searched search(const struct reuse_arch *arch, const struct reuse_network_table *net,
                              int index) {
  const struct reuse__run_options options = {
      .batch = 1, .jobs = 1,
      .search = {.objective = REUSE_EDP, .max_evaluations = budget()}};
  struct reuse_network_table one = *net;
  struct reuse_arena *arena = reuse_arena_new();
  struct reuse_diag diag = {0};
  struct reuse__run *r = NULL;
  struct searched l = {0};
  one.layer = &net->layer[index];
  one.nlayers = 1;
  const double start = bench_now();
  l.status = reuse__run(arch, &one, &options, arena, &r, &diag);
  l.seconds = bench_now() - start;
  if (l.status == REUSE_OK) note(r, &l);
  reuse_arena_free(arena);
  return l;
}

/* Searches the distinct layers on ARCH; a line of the CSV file for each that has no proof. */
static void search_layers(const struct bench *bench, const struct shipped *s,
                          const struct reuse_arch *arch, struct searched *l) {
  for (int i = 0; i < s->nlayers; i++) {
    const struct reuse_network_table *net = s->net[s->layer[i].net];
    char name[192];
    l[i] = search(arch, net, s->layer[i].index);
    if (!l[i].modelled) continue;
    searches.gap[searches.n] = l[i].gap;
    searches.found[searches.n] = 1e3 * l[i].found_s;
    searches.end[searches.n++] = 1e3 * l[i].end_s;
    snprintf(name, sizeof name, "%s %s %s", arch->name, net->name, layer_of(s, i)->name);
    const struct bench_figure f = {"gap of a layer without a proof", name, l[i].gap, "%",
                                   NO_TARGET};
    if (!l[i].proven) bench_put(bench, &f, true);
  }
}

/* ---- networks ------------------------------------------------------------------------------ */

static void add(struct sum *sum, const struct sum *own, const char *name) {
  sum->pairs += own->pairs;
  sum->unmapped += own->unmapped;
  sum->failed += own->failed;
  sum->layers += own->layers;
  sum->proven += own->proven;
  sum->seconds += own->seconds;
  sum->evaluations += own->evaluations;
  if (own->seconds <= sum->slowest) return;
  sum->slowest = own->seconds;
  snprintf(sum->slowest_name, sizeof sum->slowest_name, "%s", name);
}

/* What NET takes when its distinct layers, L, took that. */
static struct sum sum_of(const struct shipped *s, const struct reuse_network_table *net,
                         const struct searched *l) {
  struct sum sum = {.pairs = 1};
  static bool is_met[MOST_LAYERS];
  memset(is_met, 0, sizeof is_met);
  for (int i = 0; i < net->nlayers; i++) {
    const int number = number_of(s, &net->layer[i]);
    const struct searched *own = &l[number];
    sum.layers += own->modelled;
    sum.proven += own->modelled && own->proven;
    if (is_met[number]) continue;
    is_met[number] = true;
    sum.unmapped |= own->status == REUSE_ERR_NO_MAPPING;
    sum.failed |= own->status != REUSE_OK && own->status != REUSE_ERR_NO_MAPPING;
    sum.seconds += own->seconds;
    sum.evaluations += own->evaluations;
  }
  return sum;
}

/* All networks on ARCH with one thread, a line of the CSV file each. */
static void measure_arch(const struct bench *bench, const struct shipped *s,
                         const struct reuse_arch *arch, struct sum *all) {
  static struct searched layer[MOST_LAYERS];
  struct sum own = {0};
  char name[128];
  search_layers(bench, s, arch, layer);
  for (int n = 0; n < s->nnets; n++) {
    const struct sum pair = sum_of(s, s->net[n], layer);
    snprintf(name, sizeof name, "%s %s", arch->name, s->net[n]->name);
    const struct bench_figure f = {"run, one thread", name, 1e3 * pair.seconds, "ms",
                                   target(2000)};
    bench_put(bench, &f, true);
    add(&own, &pair, name);
    add(all, &pair, name);
  }
  const struct bench_figure f = {"slowest network, one thread", own.slowest_name,
                                 1e3 * own.slowest, "ms", target(2000)};
  bench_put(bench, &f, false);
}

/* Median, 95 % and largest of a figure of all searches; sorts it. */
static void put_searches(const struct bench *bench, const char *pairs, const char *what,
                       double *value, const char *unit, double target) {
  static const struct { const char *name; double part; } at[] = {
      {"median", 0.5}, {"95 % below", 0.95}, {"largest", 1}};
  bench_median(value, searches.n);
  for (int i = 0; i < 3; i++) {
    char name[64];
    const int last = (int)ceil(at[i].part * searches.n) - 1;
    snprintf(name, sizeof name, "%s, %s", what, at[i].name);
    const struct bench_figure f = {name, pairs, value[last],
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
  const bool whole = bench->nnets == 0 && !given("BENCH_ARCHS");
  const struct bench_figure slowest = {whole ? "slowest of all, one thread"
                                             : "slowest of those run, one thread",
                                       all->slowest_name,
                                       1e3 * all->slowest, "ms", target(2000)};
  const struct bench_figure one = {whole ? "all, one thread (60 s on two cores)"
                                         : "a part of all, one thread",
                                   pairs, all->seconds, "s",
                                   whole ? target(120) : NO_TARGET};
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
  put_searches(bench, pairs, "gap of a distinct layer", searches.gap, "%", 0);
  put_searches(bench, pairs, "time to its mapping", searches.found, "ms", NO_TARGET);
  put_searches(bench, pairs, "time to its end", searches.end, "ms", NO_TARGET);
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
  const bool read = s.arena && read_archs(bench->home, &s) && read_nets(bench, &s) &&
                    list_layers(&s);
  for (int a = 0; a < s.narchs && read; a++)
    measure_arch(bench, &s, s.arch[a], &all);
  if (read && searches.n > 0) put_totals(bench, &s, &all);
  else fprintf(stderr, "bench: nothing to run: no such network or architecture, a file that cannot "
                       "be read, or too many\n");
  reuse_arena_free(s.arena);
  return read && searches.n > 0 && !all.failed;
}
