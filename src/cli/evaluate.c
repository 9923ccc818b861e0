/* evaluate: networks on architectures, as tables, files and plots.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "mapping/nest_write.h"
#include "report/format.h"

/* Checks what the options say about one another. */
static int check_settings(struct session *session, const struct settings *settings) {
  const bool reuse = settings->table == REUSE__REUSE_TABLE;
  const char *help = "see reusemodel --help";
  if (settings->operands.n > 0)
    return usage_error(session, "a command comes first; names follow --arch and --net",
                       "unexpected argument '%s'", settings->operands.word[0]);
  if (settings->pareto)
    return check_pareto(session, settings);
  if (settings->archs.n == 0 && settings->nets.n == 0)
    return usage_error(session, help, "--arch and --net are needed");
  if (settings->nets.n == 0)
    return usage_error(session, "reusemodel list nets prints the names",
                       "--net is needed");
  if (settings->archs.n == 0 && !reuse)
    return usage_error(session,
                       "reusemodel list archs prints the names; --table reuse needs none",
                       "--arch is needed");
  if (settings->archs.n == 0 && settings->plots.n > 0)
    return usage_error(session, NULL, "--plot needs --arch");
  if (settings->archs.n == 0 && (settings->mapping || settings->dataflow ||
                                 settings->lowering || settings->budget ||
                                 settings->sets.n > 0))
    return usage_error(session, NULL, "%s needs --arch",
                       settings->mapping    ? "--mapping"
                       : settings->dataflow ? "--dataflow"
                       : settings->lowering ? "--lowering"
                       : settings->budget   ? "--budget"
                                            : "--set");
  if (settings->mapping && settings->dataflow)
    return usage_error(session, NULL, "--mapping and --dataflow exclude each other");
  if (settings->mapping && settings->lowering)
    return usage_error(session, NULL, "--mapping and --lowering exclude each other");
  if (settings->mapping && (settings->archs.n > 1 || settings->nets.n > 1))
    return usage_error(session, NULL,
                       "--mapping is for one architecture and one network");
  for (int i = 0; i < settings->plots.n; i++)
    if (strncmp(settings->plots.word[i], "pareto=", 7) == 0)
      return usage_error(session, "--pareto energy,latency finds them",
                         "a plot of fronts needs --pareto");
  return check_run_plots(session, settings);
}

/* Writes the mapping of the only row as a nest file. */
static int print_mapping(struct session *session, const struct reuse__run *run) {
  const struct reuse__row *row = &run->row[0];
  const struct reuse_engine *engine = &run->arch->engine[row->mapping.engine];
  const char *proof = reuse__proof_text(run, row, session->arena);
  const char *goal = reuse__goal_text(&run->search, session->arena);
  printf("# %s, %s, %s", run->arch->name, run->network->name, row->layer.name);
  if (row->mapping.dataflow >= 0)
    printf(": %s, %s\n# for least %s: %s", engine->name,
           engine->dataflow[row->mapping.dataflow].name, goal ? goal : "", proof ? proof : "");
  putchar('\n');
  reuse__nest_write(&reuse__row_work(row)->problem, &row->mapping.nest, stdout);
  return check_stdout(session);
}

static enum reuse_status runs_text(const struct result *result,
                                   const struct reuse__text_style *style,
                                   struct reuse_arena *arena, FILE *stream) {
  return reuse__write_report((enum reuse__table_kind)result->kind, result->of, result->n,
                             style, arena, stream);
}

static enum reuse_status runs_table(const struct result *result, struct reuse_arena *arena,
                                    const struct reuse__table **table) {
  return reuse__build_table((enum reuse__table_kind)result->kind, result->of, result->n,
                            arena, table);
}

/* Prints the table of RUNS. */
static int print_runs(struct session *session, const struct settings *settings,
                      const struct inputs *inputs,
                      const struct reuse__run *const *runs, int nruns) {
  const struct result result = {
    runs, nruns, settings->table < 0 ? REUSE__LAYERS_TABLE : settings->table, runs_text,
    runs_table};
  if (settings->format == TEXT_FORMAT && result.kind == REUSE__MAPPING_TABLE &&
      nruns == 1 && runs[0]->nrows == 1 && runs[0]->row[0].modelled)
    return print_mapping(session, runs[0]);
  return print_result(session, settings, inputs, &result);
}

int run_evaluate(struct session *session, const struct settings *settings) {
  struct inputs inputs;
  struct pairs pairs;
  int code = check_settings(session, settings);
  if (code == EXIT_OK && settings->pareto)
    return run_pareto(session, settings);
  if (code == EXIT_OK)
    code = read_inputs(session, settings, &inputs);
  if (code == EXIT_OK)
    code = check_output(session, settings, &inputs);
  if (code == EXIT_OK)
    code = run_pairs(session, settings, &inputs, &pairs);
  if (code == EXIT_OK)
    code = write_files(session, settings, &pairs);
  if (code != EXIT_OK)
    return code;
  const struct reuse__run **runs =
    reuse__alloc_array(session->arena, (size_t)pairs.n, sizeof *runs);
  if (!runs)
    return memory_error(session);
  for (int i = 0; i < pairs.n; i++)
    runs[i] = pairs.pair[i].run;
  return print_runs(session, settings, &inputs, runs, pairs.n);
}
