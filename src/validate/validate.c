/* The model against published figures.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "validate/validate.h"

#include <fnmatch.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "validate/bench.h"

const char *const reuse__verdict_name[REUSE__VERDICTS] = {
  "within", "outside", "parameter", "not modelled", "unassigned"
};

/* ---- verdicts ------------------------------------------------------------------ */

static bool close_enough(const struct reuse__tolerance *t, double published,
                         double modelled) {
  const double slack = 1e-9 * fabs(published);
  switch (t->kind) {
  case REUSE__RELATIVE:
    return fabs(modelled - published) <= t->value * fabs(published) + slack;
  case REUSE__ABSOLUTE:
    return fabs(modelled - published) <= t->value + slack;
  case REUSE__AT_LEAST:
    return modelled >= published - slack;
  default:
    return modelled <= published + slack;
  }
}

static bool compare(struct reuse__bench *bench, struct reuse__comparison *c) {
  const double published = c->figure->value;
  if (!c->figure->numeric)
    return reuse__node_error(&(struct reuse__yaml){.diag = bench->diag}, c->entry->node,
                             NULL, "%s is not a number", c->figure->text);
  if (!reuse__bench_value(bench, c->entry->formula, &c->modelled))
    return false;
  const double difference = c->modelled - published;
  c->error = fabs(published) > 0 ? difference / fabs(published) : difference;
  c->verdict = close_enough(&c->entry->tolerance, published, c->modelled) ? REUSE__WITHIN
                                                                        : REUSE__OUTSIDE;
  c->decides = c->verdict == REUSE__OUTSIDE && !reuse__recalled(c->figure);
  return true;
}

/* ---- figures and entries --------------------------------------------------------- */

/* The next comparison of FIGURE with ENTRY, in a list that has room. */
static struct reuse__comparison *add(struct reuse__validation *v,
                                     const struct reuse__figure *figure,
                                     const struct reuse__entry *entry,
                                     enum reuse__verdict verdict) {
  struct reuse__comparison *c = &v->comparison[v->n++];
  *c = (struct reuse__comparison){.figure = figure, .entry = entry, .verdict = verdict,
                                  .system = reuse__system_of(&v->plan, figure)};
  return c;
}

/* Every entry that compares FIGURE; without one the first that selects it. */
static bool assign(struct reuse__validation *v, struct reuse__bench *bench,
                   const struct reuse__figure *figure) {
  const struct reuse__entry *first = NULL;
  int compared = 0;
  for (int i = 0; i < v->plan.nentries; i++) {
    const struct reuse__entry *e = &v->plan.entry[i];
    if (!reuse__selects(&e->which, figure))
      continue;
    if (!first)
      first = e;
    if (!e->formula)
      continue;
    compared++;
    if (!compare(bench, add(v, figure, e, REUSE__WITHIN)))
      return false;
    v->deciding += v->comparison[v->n - 1].decides;
  }
  if (compared > 0)
    return true;
  v->unassigned += first == NULL;
  add(v, figure, first,
      !first ? REUSE__UNASSIGNED : first->used_by ? REUSE__PARAMETER : REUSE__NOT_MODELLED);
  return true;
}

static bool make_room(struct reuse__validation *v, struct reuse__bench *bench) {
  size_t most = (size_t)v->figures.n + 1;
  for (int i = 0; i < v->plan.nentries; i++)
    for (int f = 0; f < v->figures.n && v->plan.entry[i].formula; f++)
      most += reuse__selects(&v->plan.entry[i].which, &v->figures.figure[f]);
  const size_t values = v->plan.values ? (size_t)v->plan.values->n : 0;
  v->comparison = reuse__alloc_array(bench->arena, most, sizeof *v->comparison);
  v->system = reuse__alloc_array(bench->arena, most, sizeof *v->system);
  bench->run = reuse__alloc_array(bench->arena, (size_t)v->plan.nscenarios + 1,
                                  sizeof *bench->run);
  bench->in_progress = reuse__alloc(bench->arena, values + 1);
  return v->comparison && v->system && bench->run && bench->in_progress;
}

/* The systems of the comparisons, in the order in which the figures have them. */
static void list_systems(struct reuse__validation *v) {
  for (int i = 0; i < v->n; i++)
    if (reuse__index_of(v->comparison[i].system, v->system, v->nsystems) < 0)
      v->system[v->nsystems++] = v->comparison[i].system;
}

static enum reuse_status read_all(struct reuse__bench *bench, struct reuse__validation *v) {
  const char *path = reuse__printf(bench->arena, "%s/data/validation.yaml", bench->home);
  if (!path)
    return REUSE_ERR_MEMORY;
  enum reuse_status status = reuse__plan_read(path, bench->arena, &v->plan, bench->diag);
  for (int i = 0; status == REUSE_OK && i < v->plan.npublished; i++) {
    const char *name = v->plan.published[i];
    path = reuse__printf(bench->arena, "%s/data/published/%s.csv", bench->home, name);
    status = path ? reuse__published_read(path, name, bench->arena, &v->figures, bench->diag)
                  : REUSE_ERR_MEMORY;
  }
  return status;
}

enum reuse_status reuse__validate(const char *home, const char *system, int jobs,
                                  struct reuse_arena *arena,
                                  struct reuse__validation *v, struct reuse_diag *diag) {
  struct reuse__bench *bench = reuse__alloc(arena, sizeof *bench);
  *v = (struct reuse__validation){0};
  if (!bench)
    return REUSE_ERR_MEMORY;
  *bench = (struct reuse__bench){.home = home, .jobs = jobs, .arena = arena, .diag = diag,
                                 .plan = &v->plan, .figures = &v->figures};
  const enum reuse_status status = read_all(bench, v);
  if (status != REUSE_OK)
    return status;
  if (!make_room(v, bench))
    return REUSE_ERR_MEMORY;
  for (int i = 0; i < v->figures.n; i++) {
    const struct reuse__figure *f = &v->figures.figure[i];
    if (system && fnmatch(system, reuse__system_of(&v->plan, f), 0) != 0)
      continue;
    if (!assign(v, bench, f))
      return bench->status != REUSE_OK ? bench->status : REUSE_ERR_INPUT;
  }
  list_systems(v);
  return v->n > 0 ? REUSE_OK : REUSE_ERR_INPUT;
}

/* ---- errors ------------------------------------------------------------------------ */

static void count(const struct reuse__comparison *c, struct reuse__error_summary *s) {
  const bool compared = c->verdict == REUSE__WITHIN || c->verdict == REUSE__OUTSIDE;
  s->compared += compared;
  s->within += c->verdict == REUSE__WITHIN;
  s->recalled_outside += c->verdict == REUSE__OUTSIDE && !c->decides;
  s->parameters += c->verdict == REUSE__PARAMETER;
  s->not_modelled += c->verdict == REUSE__NOT_MODELLED || c->verdict == REUSE__UNASSIGNED;
}

bool reuse__has_error(const struct reuse__comparison *c) {
  return (c->verdict == REUSE__WITHIN || c->verdict == REUSE__OUTSIDE) &&
         c->entry->tolerance.kind <= REUSE__ABSOLUTE && fabs(c->figure->value) > 0;
}

enum reuse_status reuse__error_summary(const struct reuse__validation *v,
                                       const char *system, struct reuse_arena *arena,
                                       struct reuse__error_summary *s) {
  double *error = reuse__alloc_array(arena, (size_t)v->n + 1, sizeof *error);
  *s = (struct reuse__error_summary){0};
  if (!error)
    return REUSE_ERR_MEMORY;
  for (int i = 0; i < v->n; i++) {
    const struct reuse__comparison *c = &v->comparison[i];
    if (system && strcmp(system, c->system) != 0)
      continue;
    count(c, s);
    if (!reuse__has_error(c))
      continue;
    error[s->errors++] = fabs(c->error);
    if (!s->worst_at || fabs(c->error) > fabs(s->worst)) {
      s->worst = c->error;
      s->worst_at = c;
    }
  }
  if (s->errors == 0)
    return REUSE_OK;
  gsl_sort(error, 1, (size_t)s->errors);
  s->median = gsl_stats_median_from_sorted_data(error, 1, (size_t)s->errors);
  s->mean = gsl_stats_mean(error, 1, (size_t)s->errors);
  return REUSE_OK;
}
