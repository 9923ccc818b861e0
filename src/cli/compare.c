/* compare: architectures side by side.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/baselines.h"
#include "cli/commands.h"
#include "cli/latex.h"
#include "cli/plots.h"
#include "compare/iso.h"
#include "report/compare.h"

static const char *const plot_name[] = {"compare", "reduction", "values", "energy"};
static enum reuse_status (*const draw_plot[])(const struct reuse__side_by_side *,
                                              const char *,
                                              const struct reuse__plot_options *,
                                              struct reuse_arena *,
                                              struct reuse_diag *) = {
  reuse__plot_compare, reuse__plot_reduction, reuse__plot_values, reuse__plot_parts
};
enum { PLOTS = sizeof plot_name / sizeof plot_name[0] };

/* Draws the plots that --plot names. */
static int draw_plots(struct session *session, const struct settings *settings,
                      const struct reuse__side_by_side *comparison) {
  struct reuse__plot_options options;
  int code = plot_options(session, settings, &options);
  for (int i = 0; code == EXIT_OK && i < settings->plots.n; i++) {
    const char *path;
    int kind;
    code = parse_plot(session, settings->plots.word[i], plot_name, PLOTS, &kind, &path);
    if (code == EXIT_OK)
      code = exit_of_output(session,
                            draw_plot[kind](comparison, path, &options, session->arena,
                                            &session->diag),
                            path);
  }
  return code;
}

static int check_settings(struct session *session, const struct settings *settings) {
  if (settings->operands.n > 0)
    return usage_error(session, "names follow --arch and --net",
                       "unexpected argument '%s'", settings->operands.word[0]);
  if (settings->archs.n == 0)
    return usage_error(session, "reusemodel list archs prints the names",
                       "--arch is needed");
  if (settings->nets.n == 0)
    return usage_error(session, "reusemodel list nets prints the names",
                       "--net is needed");
  if (settings->mapping)
    return usage_error(session, NULL, "--mapping is not for comparisons");
  return check_plot_options(session, settings, plot_name, PLOTS);
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

static int print_comparison(struct session *session, const struct settings *settings,
                            const struct inputs *inputs,
                            const struct reuse__side_by_side *comparison) {
  struct reuse__text_style style;
  const struct reuse__table *table;
  enum reuse_status status;
  if (is_text(settings)) {
    const int code = begin_text(session, settings, inputs, &style);
    if (code != EXIT_OK)
      return code;
    status = reuse__compare_text(comparison, &style, session->arena, stdout);
    return status == REUSE_OK ? check_stdout(session)
                              : exit_of_output(session, status, NULL);
  }
  status = reuse__compare_table(comparison, session->arena, &table);
  return status == REUSE_OK ? print_table(session, table, settings->format)
                            : exit_of_output(session, status, NULL);
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
    code = fill_input(session, &inputs, &pairs, &in);
  if (code != EXIT_OK)
    return code;
  const enum reuse_status status =
    reuse__side_by_side(&in, session->arena, &comparison);
  if (status != REUSE_OK)
    return exit_of_output(session, status, NULL);
  code = draw_plots(session, settings, &comparison);
  return code != EXIT_OK ? code : print_comparison(session, settings, &inputs, &comparison);
}
