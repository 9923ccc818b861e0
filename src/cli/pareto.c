/* evaluate --pareto: the best compromises of energy and time.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/plots.h"
#include "report/pareto.h"

static const char *const plot_name[] = {"pareto"};

static enum reuse_status draw(int kind, const void *of, const char *path,
                              const struct reuse__plot_options *options,
                              struct reuse_arena *arena, struct reuse_diag *diag) {
  (void)kind;
  return reuse__plot_pareto(of, path, options, arena, diag);
}

static const struct plots plots = {plot_name, 1, draw};

int check_pareto(struct session *session, const struct settings *settings) {
  const struct { bool given; const char *option, *hint; } other[] = {
    {settings->table >= 0, "table", NULL}, {settings->mapping, "mapping", NULL},
    {settings->lowering, "lowering", NULL},
    {settings->output, "output",
     "--format csv > FILE keeps the front, --plot pareto=FILE draws it"}};
  if (strcmp(settings->pareto, "energy,latency") != 0)
    return usage_error(session, "write --pareto energy,latency",
                       "--pareto: '%s' is not a pair with a front", settings->pareto);
  if (settings->archs.n == 0 || settings->nets.n == 0)
    return usage_error(session, "see reusemodel --help", "--pareto needs --arch and --net");
  for (size_t i = 0; i < sizeof other / sizeof other[0]; i++)
    if (other[i].given)
      return usage_error(session, other[i].hint, "--pareto and --%s exclude each other",
                         other[i].option);
  if (settings->plots.n > 0 && (settings->archs.n > 1 || settings->nets.n > 1))
    return usage_error(session, NULL, "--plot is for one architecture and one network");
  return check_plots(session, settings, &plots);
}

/* The fronts of every network on every architecture. */
static int find_fronts(struct session *session, const struct settings *settings,
                       const struct inputs *inputs, struct reuse__fronts *fronts) {
  const struct reuse__run_options options = run_options(session, settings);
  for (int i = 0; i < inputs->narchs * inputs->nnets; i++) {
    const struct reuse_network_table *network = inputs->net[i % inputs->nnets].network;
    struct reuse__run *run;
    enum reuse_status status =
      reuse__unmapped_run(inputs->arch[i / inputs->nnets].arch, network, settings->batch,
                          settings->layer, session->arena, &run);
    if (status == REUSE_OK)
      status = reuse__fronts(run, &options, session->arena, &fronts[i], &session->diag);
    if (status != REUSE_OK)
      return exit_of_input(session, status, network->path);
  }
  return EXIT_OK;
}

static enum reuse_status fronts_text(const struct result *result,
                                     const struct reuse__text_style *style,
                                     struct reuse_arena *arena, FILE *stream) {
  return reuse__pareto_text(result->of, result->n, style, arena, stream);
}

static enum reuse_status fronts_table(const struct result *result,
                                      struct reuse_arena *arena,
                                      const struct reuse__table **table) {
  return reuse__pareto_table(result->of, result->n, arena, table);
}

int run_pareto(struct session *session, const struct settings *settings) {
  struct inputs inputs;
  int code = read_inputs(session, settings, &inputs);
  if (code != EXIT_OK)
    return code;
  const int n = inputs.narchs * inputs.nnets;
  struct reuse__fronts *fronts =
    reuse__alloc_array(session->arena, (size_t)n + 1, sizeof *fronts);
  if (!fronts)
    return memory_error(session);
  code = find_fronts(session, settings, &inputs, fronts);
  if (code == EXIT_OK)
    code = draw_plots(session, settings, &plots, fronts);
  const struct result result = {fronts, n, 0, fronts_text, fronts_table};
  return code == EXIT_OK ? print_result(session, settings, &inputs, &result) : code;
}
