/* The options of the mapper: what it makes least, how it searches, how long.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/search.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "run/run.h"

enum { PART = 80 };             /* characters of a part of a list */

/* "NAME=VALUE" or "NAME", a part of the list of an option. */
struct part {
  char name[PART];
  const char *value;            /* NULL: without "="; points into name */
};

/* Whether there is another part at *TEXT, which then is in *part. */
static bool next_part(const char **text, struct part *part) {
  const size_t n = strcspn(*text, ",");
  if (!**text && part->name[0])
    return false;
  snprintf(part->name, sizeof part->name, "%.*s", n < PART ? (int)n : PART, *text);
  char *equal = n < PART ? strchr(part->name, '=') : NULL;
  if (equal)
    *equal = '\0';
  part->value = equal ? equal + 1 : NULL;
  *text += n + ((*text)[n] == ',' && (*text)[n + 1]);
  return true;
}

/* ---- weights ----------------------------------------------------------------------- */

static const char *const weight_name[] = {"energy", "latency", "dram"};
enum { WEIGHTS = sizeof weight_name / sizeof weight_name[0] };

/* So that no sum overflows. */
static const double LARGEST_WEIGHT = 1e100;

static int read_weight(struct session *session, const struct part *part,
                       double weight[WEIGHTS]) {
  char hint[200];
  const int i = reuse__index_of(part->name, weight_name, WEIGHTS);
  if (i < 0)
    return usage_error(session,
                       reuse__suggestion(part->name, "the weights are", weight_name,
                                         WEIGHTS, hint, sizeof hint),
                       "--weights: unknown weight '%s'", part->name);
  if (weight[i] >= 0)
    return usage_error(session, NULL, "--weights: %s is given twice", part->name);
  const size_t n = part->value ? reuse__parse_number(part->value, 0, &weight[i]) : 0;
  if (n == 0 || part->value[n] || !isfinite(weight[i]))
    return usage_error(session, "as in --weights energy=1,latency=200",
                       "--weights: %s needs a number that is not negative", part->name);
  if (weight[i] > LARGEST_WEIGHT)
    return usage_error(session, "only the ratios of the weights matter",
                       "--weights: %s is more than %g", part->name, LARGEST_WEIGHT);
  return EXIT_OK;
}

static int read_weights(struct session *session, const char *text,
                        struct reuse_search *mapper) {
  double weight[WEIGHTS] = {-1, -1, -1};
  struct part part = {.value = NULL};
  int code = EXIT_OK;
  while (code == EXIT_OK && next_part(&text, &part))
    code = read_weight(session, &part, weight);
  mapper->energy_weight = fmax(weight[0], 0);
  mapper->latency_weight = fmax(weight[1], 0);
  mapper->dram_weight = fmax(weight[2], 0);
  if (code == EXIT_OK &&
      !(mapper->energy_weight + mapper->latency_weight + mapper->dram_weight > 0))
    return usage_error(session, NULL, "--weights: one of them must be above 0");
  return code;
}

/* ---- budget ------------------------------------------------------------------------ */

static const char *const budget_name[] = {"evaluations", "time", "none"};
static const char budget_hint[] = "as in --budget evaluations=100000, --budget time=5s or "
                                  "--budget none";
enum budget { EVALUATIONS_BUDGET, TIME_BUDGET, NO_BUDGET, BUDGETS };

static int read_evaluations(struct session *session, const char *text,
                            struct reuse_search *mapper) {
  bool fits = true;
  if (!text || !reuse__parse_int(text, &mapper->max_evaluations, &fits) || !fits ||
      mapper->max_evaluations < 1)
    return usage_error(session, budget_hint,
                       "--budget: evaluations needs a whole number from 1 to %lld, in digits, "
                       "not '%s'", (long long)INT64_MAX, text ? text : "");
  return EXIT_OK;
}

/* "5", "5s" or "200ms". */
static int read_time(struct session *session, const char *text,
                     struct reuse_search *mapper) {
  const size_t n = text ? reuse__parse_number(text, 0, &mapper->max_seconds) : 0;
  const char *unit = n ? text + n : "?";
  if (strcmp(unit, "ms") == 0)
    mapper->max_seconds /= 1000;
  else if (*unit && strcmp(unit, "s") != 0)
    return usage_error(session, "the units are s and ms, as in time=5s or time=200ms",
                       "--budget: time needs a number of seconds, not '%s'", text ? text : "");
  if (!(mapper->max_seconds > 0) || !isfinite(mapper->max_seconds))
    return usage_error(session, budget_hint, "--budget: time must be above 0");
  return EXIT_OK;
}

static int read_budget(struct session *session, const char *text,
                       struct reuse_search *mapper) {
  struct part part = {.value = NULL};
  bool given[BUDGETS] = {false};
  char hint[200];
  int code = EXIT_OK, n = 0;
  mapper->max_evaluations = 0;
  for (; code == EXIT_OK && next_part(&text, &part); n++) {
    const int i = reuse__index_of(part.name, budget_name, BUDGETS);
    if (i < 0) {
      reuse__suggestion(part.name, "as in time=5s or evaluations=20000; the budgets are",
                        budget_name, BUDGETS, hint, sizeof hint);
      return usage_error(session, hint, "--budget: unknown budget '%s'", part.name);
    }
    if (given[i])
      return usage_error(session, NULL, "--budget: %s is given twice", part.name);
    given[i] = true;
    if (i == EVALUATIONS_BUDGET)
      code = read_evaluations(session, part.value, mapper);
    else if (i == TIME_BUDGET)
      code = read_time(session, part.value, mapper);
    else if (part.value)
      code = usage_error(session, budget_hint, "--budget: none takes no value");
  }
  if (code == EXIT_OK && given[NO_BUDGET] && n > 1)
    return usage_error(session, budget_hint, "--budget: none stands alone");
  return code;
}

/* ---- all --------------------------------------------------------------------------- */

int read_search(struct session *session, struct settings *settings) {
  struct reuse_search *mapper = &settings->mapper;
  const bool weighted = settings->objective == REUSE_WEIGHTED;
  int code = EXIT_OK;
  *mapper = (struct reuse_search){.objective = (enum reuse_objective)settings->objective,
                                  .dataflow = settings->dataflow,
                                  .complete = settings->search == COMPLETE_SEARCH,
                                  .exhaustive = settings->search == EXHAUSTIVE_SEARCH};
  if (!mapper->exhaustive)
    mapper->max_evaluations = REUSE__USUAL_EVALUATIONS;
  if (weighted && !settings->weights)
    return usage_error(session, "as in --weights energy=1,latency=200",
                       "--objective weighted needs --weights");
  if (settings->weights && !weighted)
    return usage_error(session, NULL, "--weights needs --objective weighted");
  if (settings->mapping && (settings->budget || settings->search != BOUND_SEARCH))
    return usage_error(session, "with --mapping nothing is searched",
                       "--mapping and --%s exclude each other",
                       settings->budget ? "budget" : "search");
  if (settings->weights)
    code = read_weights(session, settings->weights, mapper);
  if (code == EXIT_OK && settings->budget)
    code = read_budget(session, settings->budget, mapper);
  return code;
}
