/* Time a mapping of a space that is evaluated or proven not to be better.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A mapper that draws mappings at random evaluates about 1400 a second on a core; a thousand
 * times as many leave 714 ns for each.  As such a mapper draws them, mappings count as several
 * that differ in the order of loops with one trip, and those that do not fit count, too.  Those of
 * a small layer are counted by evaluating them one by one, once; branch and bound settles the same
 * space. */
#include "bench.h"

#include "reusemodel.h"

enum { REPEATS = 7 };

/* Seconds of a search for the least energy-delay product; *EVALUATIONS of it; negative: no
 * proof. */
static double search_s(const struct reuse_arch *arch, const struct reuse_layer *layer,
                       const struct reuse_search *how, double *evaluations) {
  struct reuse_mapping mapping;
  struct reuse_evaluation evaluation;
  struct reuse_proof proof = {0};
  const double start = bench_now();
  const enum reuse_status st = reuse_map(arch, layer, how, &mapping, &evaluation, &proof);
  *evaluations = (double)proof.evaluations;
  return st == REUSE_OK && proof.optimal ? bench_now() - start : -1;
}

static bool measure(const struct bench *bench, const struct reuse_arch *arch,
                    const struct reuse_layer *layer) {
  const struct reuse_search every = {.objective = REUSE_EDP, .exhaustive = true};
  const struct reuse_search complete = {.objective = REUSE_EDP, .complete = true};
  double seconds[REPEATS], mappings, bounds = 0;
  const double all_s = search_s(arch, layer, &every, &mappings);
  bool ok = all_s > 0;
  for (int i = 0; i < REPEATS && ok; i++)
    ok = (seconds[i] = search_s(arch, layer, &complete, &bounds)) > 0;
  const double bound_s = ok ? bench_median(seconds, REPEATS) : -1;
  const struct bench_figure figures[] = {
      {"mappings of a layer, in any order", arch->name, ok ? mappings : -1, "", NO_TARGET},
      {"evaluations that settle them", arch->name, ok ? bounds : -1, "", NO_TARGET},
      {"time a mapping, every one evaluated", arch->name, ok ? 1e9 * all_s / mappings : -1, "ns",
       NO_TARGET},
      {"time a mapping, branch and bound", arch->name, ok ? 1e9 * bound_s / mappings : -1, "ns",
       714}};
  for (int i = 0; i < 4; i++) bench_put(bench, &figures[i], false);
  return ok;
}

bool bench_decided(const struct bench *bench) {
  char models[4000], machine[4096], network[4096];
  struct reuse_arena *arena = reuse_arena_new();
  const struct reuse_arch *arch;
  const struct reuse_network_table *net;
  struct reuse_diag diag = {.sink = bench_message};
  snprintf(models, sizeof models, "%s/models", bench->home);
  snprintf(machine, sizeof machine, "%s/eyeriss-like.yaml", models);
  snprintf(network, sizeof network, "%s/bench/small.csv", bench->home);
  const bool ok =
      arena && reuse_arch_read(machine, models, NULL, 0, arena, &arch, &diag) == REUSE_OK &&
      reuse_network_read(network, arena, &net, &diag) == REUSE_OK &&
      measure(bench, arch, &net->layer[0]);
  reuse_arena_free(arena);
  return ok;
}
