/* compare: architectures side by side.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/baselines.h"
#include "cli/commands.h"
#include "cli/plots.h"
#include "compare/iso.h"
#include "report/compare.h"

static const char *const plot_name[] = {"compare", "reduction", "values", "energy"};
enum { PLOTS = sizeof plot_name / sizeof plot_name[0] };

static enum reuse_status draw(int kind, const void *of, const char *path,
                              const struct reuse__plot_options *options,
                              struct reuse_arena *arena, struct reuse_diag *diag) {
  static enum reuse_status (*const drawer[PLOTS])(
    const struct reuse__side_by_side *, const char *, const struct reuse__plot_options *,
    struct reuse_arena *, struct reuse_diag *) = {reuse__plot_compare, reuse__plot_reduction,
                                                  reuse__plot_values, reuse__plot_parts};
  return drawer[kind](of, path, options, arena, diag);
}

static const struct plots plots = {plot_name, PLOTS, draw};

static int check_settings(struct session *session, const struct settings *settings) {
  if (settings->operands.n > 0)
    return usage_error(session, "names follow --arch and --net",
                       "unexpected argument '%s'", settings->operands.word[0]);
  for (int i = 0; i < settings->plots.n; i++)
    if (settings->baselines.n == 0 && strncmp(settings->plots.word[i], "reduction=", 10) == 0)
      return usage_error(session, "as in --baseline A,B",
                         "a plot of reductions needs --baseline");
  const int code = need_inputs(session, settings);
  return code == EXIT_OK ? check_plots(session, settings, &plots) : code;
}

/* The place of the architecture that the ratios are to. */
static int find_reference(struct session *session, const struct settings *settings,
                          const struct inputs *inputs, int *reference) {
  const char **names =
    reuse__alloc_array(session->arena, (size_t)inputs->narchs, sizeof *names);
  char hint[300];
  *reference = 0;
  if (!names)
    return memory_error(session);
  for (int i = 0; i < inputs->narchs; i++)
    names[i] = inputs->arch[i].name.label;
  if (!settings->relative_to)
    return EXIT_OK;
  for (int i = 0; i < inputs->narchs; i++)
    if (strcmp(settings->relative_to, settings->archs.word[i]) == 0 ||
        strcmp(settings->relative_to, names[i]) == 0) {
      *reference = i;
      return EXIT_OK;
    }
  return usage_error(session,
                     reuse__suggestion(settings->relative_to, "they are", names,
                                       inputs->narchs, hint, sizeof hint),
                     "--relative-to: '%s' is none of the architectures",
                     settings->relative_to);
}

static enum reuse_status comparison_text(const struct result *result,
                                         const struct reuse__text_style *style,
                                         struct reuse_arena *arena, FILE *stream) {
  return reuse__compare_text(result->of, style, arena, stream);
}

static enum reuse_status comparison_table(const struct result *result,
                                          struct reuse_arena *arena,
                                          const struct reuse__table **table) {
  return reuse__compare_table(result->of, arena, table);
}

/* The runs of PAIRS in a row, and what each architecture is a baseline of. */
static int fill_input(struct session *session, const struct inputs *inputs,
                      const struct pairs *pairs, struct reuse__comparison_input *in) {
  const struct reuse__run **run =
    reuse__alloc_array(session->arena, (size_t)pairs->n + 1, sizeof *run);
  int *baseline_of =
    reuse__alloc_array(session->arena, (size_t)inputs->narchs + 1, sizeof *baseline_of);
  if (!run || !baseline_of)
    return memory_error(session);
  for (int i = 0; i < pairs->n; i++)
    run[i] = pairs->pair[i].run;
  for (int a = 0; a < inputs->narchs; a++) {
    baseline_of[a] = inputs->arch[a].baseline_of;
    if (baseline_of[a] >= 0)
      in->baseline_of = baseline_of;
  }
  in->narchs = inputs->narchs;
  in->nnets = inputs->nnets;
  in->run = run;
  return EXIT_OK;
}

int run_compare(struct session *session, const struct settings *settings) {
  struct reuse__comparison_input in = {.by = (enum reuse__by)settings->by,
                                       .objective =
                                         (enum reuse_objective)settings->objective,
                                       .weights = &settings->mapper,
                                       .equal = reuse__iso_words[settings->iso]};
  struct reuse__side_by_side comparison;
  struct inputs inputs;
  struct pairs pairs;
  int code = check_settings(session, settings);
  if (code == EXIT_OK)
    code = read_inputs(session, settings, &inputs);
  if (code == EXIT_OK)
    code = find_reference(session, settings, &inputs, &in.reference);
  if (code == EXIT_OK)
    code = add_baselines(session, settings, in.reference, &inputs);
  if (code == EXIT_OK)
    code = make_equal(session, settings, in.reference, &inputs, &in.rule);
  if (code == EXIT_OK)
    code = run_pairs(session, settings, &inputs, &pairs);
  if (code == EXIT_OK)
    in.adopted = adopt_mappings(settings, &inputs, &pairs);
  if (code == EXIT_OK)
    code = fill_input(session, &inputs, &pairs, &in);
  if (code != EXIT_OK)
    return code;
  const enum reuse_status status =
    reuse__side_by_side(&in, session->arena, &comparison);
  if (status != REUSE_OK)
    return exit_of_output(session, status, NULL);
  const struct result result = {&comparison, 1, 0, comparison_text, comparison_table};
  code = draw_plots(session, settings, &plots, &comparison);
  return code != EXIT_OK ? code : print_result(session, settings, &inputs, &result);
}
