/* Parts of a run in words: bounds, nests, peaks, precisions.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "report/format.h"

const char *reuse__type_words(enum reuse_layer_type type) {
  static const char *const words[REUSE_LAYER_TYPES] = {
      "convolution", "grouped conv", "depthwise", "pointwise",
      "fully connected", "matrix product", "pooling", "element-wise"};
  return words[type];
}

const char *reuse__objective_words(enum reuse_objective objective) {
  static const char *const words[REUSE_OBJECTIVES] = {
      [REUSE_ENERGY] = "energy", [REUSE_LATENCY] = "time",
      [REUSE_EDP] = "energy-delay product", [REUSE_DRAM_WORDS] = "DRAM traffic",
      [REUSE_WEIGHTED] = "weighted sum"};
  return words[objective];
}

const char *reuse__goal_text(const struct reuse_search *search, struct reuse_arena *arena) {
  static const char *const unit[] = {"pJ", "cycles", "DRAM words"};
  const double weight[] = {search->energy_weight, search->latency_weight,
                           search->dram_weight};
  const char *text = "";
  if (search->objective != REUSE_WEIGHTED)
    return reuse__objective_words(search->objective);
  for (int i = 0; i < 3 && text != NULL; i++) {
    char number[REUSE__NUMBER];
    if (weight[i] > 0.0)
      text = reuse__printf(arena, "%s%s%s * %s", text, *text != '\0' ? " + " : "",
                           reuse__shortest(number, weight[i]), unit[i]);
  }
  return text;
}

const char *reuse__steps_text(bool every_step) {
  return every_step ? "" : " with the usual steps";
}

const char *reuse__some_steps_text(int some_steps, int searches, struct reuse_arena *arena) {
  if (some_steps == 0 || some_steps == searches)
    return reuse__steps_text(some_steps == 0);
  const char *text = reuse__printf(arena, ", %d of them%s", some_steps, reuse__steps_text(false));
  return text != NULL ? text : "";
}

const char *reuse__open_text(bool stopped) {
  return stopped ? "search stopped by its budget" : "search had to leave mappings out";
}

const char *reuse__gap_text(double gap, bool every_step, struct reuse_arena *arena) {
  const char *steps = reuse__steps_text(every_step);
  char percent[REUSE__NUMBER];
  if (!(gap > 0.0))
    return reuse__printf(arena, "no mapping%s is better", steps);
  if (gap >= 1.0)
    return "how much better another mapping may be is not known";
  return reuse__printf(arena, "no mapping%s is more than %s %% better", steps,
                       reuse__fixed(percent, ceil(1e3 * gap) / 10, 1));
}

const char *reuse__proof_text(const struct reuse__run *run, const struct reuse__row *row,
                              struct reuse_arena *arena) {
  if (reuse__row_transform(row) != NULL)
    return "of a transformed layer nothing is proven";
  if (!reuse__is_searched(row))
    return "";
  const bool every = row->proof.every_step;
  if (row->proof.optimal)
    return reuse__printf(arena, "proven optimal%s", reuse__steps_text(every));
  return reuse__printf(arena, "%s; %s%s", reuse__open_text(row->proof.stopped),
                       reuse__gap_text(reuse__gap(run, row), every, arena),
                       row->proof.usual_optimal ? "; with the usual steps none is" : "");
}

const struct reuse_engine *reuse__row_engine(const struct reuse__run *run,
                                             const struct reuse__row *row) {
  return &run->arch->engine[row->mapping.engine];
}

const char *reuse__row_pattern(const struct reuse__run *run,
                               const struct reuse__row *row) {
  if (row->mapping.dataflow < 0)
    return "given";
  return reuse__row_engine(run, row)->dataflow[row->mapping.dataflow].name;
}

const char *reuse__row_lowering(const struct reuse__row *row) {
  const struct reuse__candidate *transform = reuse__row_transform(row);
  if (transform != NULL)
    return transform->name;
  for (int i = 0; i < row->mapping.nest.nlevels; i++)
    if (row->mapping.nest.level[i].im2col)
      return "im2col";
  return "direct";
}

const char *reuse__row_bound(const struct reuse__run *run,
                             const struct reuse__row *row,
                             struct reuse_arena *arena) {
  const struct reuse_evaluation *cost = &row->cost;
  const char *level;
  if (cost->bound_level < 0)
    return "compute";
  level = reuse__row_engine(run, row)->level[cost->bound_level].name;
  if (cost->bound_tensor < 0)
    return level;
  return reuse__printf(arena, "%s:%c", level,
                       reuse_tensor_letter[cost->bound_tensor]);
}

/* Appends LOOP at OUT, [K,P]/32, and returns the end. */
static char *append_loop(char *out, const struct reuse_loop *loop) {
  if (loop->ndims > 1)
    *out++ = '[';
  for (int d = 0; d < loop->ndims; d++) {
    if (d > 0)
      *out++ = ',';
    *out++ = reuse_dim_letter[loop->dim[d]];
  }
  if (loop->ndims > 1)
    *out++ = ']';
  return out + sprintf(out, "/%" PRId64, loop->step);
}

/* Appends LEVEL of NEST at OUT and returns the end. */
static char *append_level(char *out, const struct reuse_nest *nest,
                          const struct reuse_nest_level *level) {
  bool spatial = false;
  out += sprintf(out, "%.*s", REUSE_NAME - 1, level->name);
  if (level->nloops > 0)
    *out++ = ':';
  for (int i = 0; i < level->nloops; i++) {
    const struct reuse_loop *loop = &nest->loop[level->first_loop + i];
    if (loop->spatial && !spatial)
      out += sprintf(out, " ||");
    spatial = loop->spatial;
    *out++ = ' ';
    out = append_loop(out, loop);
  }
  return out;
}

const char *reuse__nest_line(const struct reuse_nest *nest,
                             struct reuse_arena *arena) {
  enum { LEVEL_ROOM = REUSE_NAME + 8, LOOP_ROOM = 2 * REUSE_DIMS + 28 };
  char line[REUSE_MAX_LEVELS * LEVEL_ROOM + REUSE_MAX_LOOPS * LOOP_ROOM];
  char *out = line;
  *out = '\0';
  for (int l = 0; l < nest->nlevels - 1; l++) {
    if (l > 0)
      out += sprintf(out, " | ");
    out = append_level(out, nest, &nest->level[l]);
  }
  *out = '\0';
  return reuse__strdup(arena, line);
}

double reuse__peak_macs_per_s(const struct reuse_arch *arch,
                              const struct reuse_engine *engine) {
  const struct reuse_quantity *scale = &engine->macs_per_cycle_scale;
  return (double)engine->macs * (scale->given ? scale->value : 1.0) *
         (arch->clock_hz.given ? arch->clock_hz.value : 0.0);
}

const struct reuse_engine *reuse__main_engine(const struct reuse_arch *arch) {
  const struct reuse_engine *best = &arch->engine[0];
  for (int e = 1; e < arch->nengines; e++)
    if (reuse__peak_macs_per_s(arch, &arch->engine[e]) >
        reuse__peak_macs_per_s(arch, best))
      best = &arch->engine[e];
  return best;
}

const char *reuse__precision_text(const struct reuse_arch *arch,
                                  struct reuse_arena *arena) {
  const double i = arch->bits[REUSE_I].value, w = arch->bits[REUSE_W].value;
  const double o = arch->bits[REUSE_O].value;
  if (fabs(i - w) < 0.5 && fabs(i - o) < 0.5)
    return reuse__printf(arena, "%.0f-bit", i);
  return reuse__printf(arena, "bits I %.0f W %.0f O %.0f", i, w, o);
}
