/* Files and plots of evaluate.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/diag.h"
#include "cli/commands.h"
#include "cli/plots.h"
#include "cli/terminal.h"
#include "report/output.h"
#include "report/plot.h"
#include "report/report.h"

/* Kinds of plots. */
static const char *const plot_name[] = {"roofline", "energy", "energy-level",
                                        "energy-operand", "utilization", "accesses",
                                        "hierarchy", "reuse", "buffer"};
enum { PLOTS = sizeof plot_name / sizeof plot_name[0],
       OUTPUT_PLOTS = 1 };      /* the first ones, that --output makes */

static enum reuse_status draw(int kind, const void *of, const char *path,
                              const struct reuse__plot_options *options,
                              struct reuse_arena *arena, struct reuse_diag *diag) {
  static enum reuse_status (*const drawer[PLOTS])(
    const struct reuse__run *, const char *, const struct reuse__plot_options *,
    struct reuse_arena *, struct reuse_diag *) = {
    reuse__plot_roofline, reuse__plot_energy, reuse__plot_energy_level,
    reuse__plot_energy_operand, reuse__plot_utilization, reuse__plot_accesses,
    reuse__plot_hierarchy, reuse__plot_reuse, reuse__plot_buffer};
  return drawer[kind](of, path, options, arena, diag);
}

static const struct plots plots = {plot_name, PLOTS, draw};

/* Checks that no two architectures and no two networks have the same label. */
static int check_labels(struct session *session, const struct inputs *inputs) {
  for (int i = 0; i < inputs->narchs; i++)
    for (int j = 0; j < i; j++)
      if (strcmp(inputs->arch[i].name.label, inputs->arch[j].name.label) == 0)
        return usage_error(session, NULL, "--output: two architectures are called '%s'",
                           inputs->arch[i].name.label);
  for (int i = 0; i < inputs->nnets; i++)
    for (int j = 0; j < i; j++)
      if (strcmp(inputs->net[i].name.label, inputs->net[j].name.label) == 0)
        return usage_error(session, NULL, "--output: two networks are called '%s'",
                           inputs->net[i].name.label);
  return EXIT_OK;
}

int check_run_plots(struct session *session, const struct settings *settings) {
  const int code = check_plots(session, settings, &plots);
  if (code == EXIT_OK && settings->plots.n > 0 &&
      (settings->archs.n > 1 || settings->nets.n > 1))
    return usage_error(session, "--output DIR draws one plot for each pair",
                       "--plot is for one architecture and one network");
  return code;
}

int check_output(struct session *session, const struct settings *settings,
                 const struct inputs *inputs) {
  if (!settings->output)
    return EXIT_OK;
  const enum reuse_status status = reuse__directory_check(settings->output, &session->diag);
  return status == REUSE_OK ? check_labels(session, inputs)
                            : exit_of_output(session, status, settings->output);
}

/* DIR/ARCH-NET-TAIL, or DIR/NET-TAIL without an architecture; NULL: no memory. */
static const char *file_path(struct session *session, const char *dir,
                             const struct pair *pair, const char *tail) {
  return reuse__printf(session->arena, "%s/%s%s%s-%s", dir,
                       pair->arch ? pair->arch->name.label : "",
                       pair->arch ? "-" : "", pair->net->name.label, tail);
}

/* Writes the table of KIND of PAIR into DIR. */
static int write_table(struct session *session, const char *dir,
                       const struct pair *pair, enum reuse__table_kind kind) {
  const struct reuse__run *const run = pair->run;
  const char *tail =
    reuse__printf(session->arena, "%s.csv", reuse__table_name[kind]);
  const char *path = tail ? file_path(session, dir, pair, tail) : NULL;
  const struct reuse__table *table;
  struct reuse__output output;
  if (!path)
    return memory_error(session);
  enum reuse_status status =
    reuse__build_table(kind, &run, 1, session->arena, &table);
  if (status == REUSE_OK)
    status = reuse__output_open(&output, path, &session->diag);
  if (status != REUSE_OK)
    return exit_of_output(session, status, path);
  reuse__write_csv(table, output.stream);
  return exit_of_output(session, reuse__output_close(&output, status, &session->diag),
                        path);
}

/* Whether RUN has a layer that a plot can show. */
static bool drawable(const struct reuse__run *run) {
  for (int i = 0; i < run->nrows; i++)
    if (run->row[i].modelled && run->row[i].layer.macs > 0)
      return true;
  return false;
}

/* The plots that --output makes of PAIR, as far as they can be made. */
static int write_plots(struct session *session, const struct settings *settings,
                       const struct pair *pair) {
  struct settings own = *settings;
  int code = EXIT_OK;
  own.plot_script = NULL;
  if (!drawable(pair->run)) {
    reuse__report(&session->diag, REUSE_WARNING, NULL, NULL,
                  "no plot of %s on %s: no layer can be shown", pair->net->name.label,
                  pair->arch->name.label);
    return EXIT_OK;
  }
  for (int k = 0; code == EXIT_OK && k < OUTPUT_PLOTS; k++) {
    const char *tail = reuse__printf(session->arena, "%s.svg", plot_name[k]);
    code = draw_plot(session, &own, &plots, k, pair->run,
                     tail ? file_path(session, own.output, pair, tail) : NULL);
  }
  return code;
}

/* The tables and plots of all PAIRS into DIR. */
static int write_directory(struct session *session, const struct settings *settings,
                           const struct pairs *pairs) {
  const char *dir = settings->output;
  const bool drawn = program_found(plot_program);
  int code = exit_of_output(session, reuse__make_directory(dir, &session->diag), dir);
  if (code == EXIT_OK && !drawn && pairs->pair[0].arch)
    reuse__report(&session->diag, REUSE_WARNING, NULL,
                  "on Debian it is in the package gnuplot-nox",
                  "plots are left out: %s is not found", plot_program);
  for (int i = 0; code == EXIT_OK && i < pairs->n; i++) {
    const struct pair *pair = &pairs->pair[i];
    code = write_table(session, dir, pair, REUSE__REUSE_TABLE);
    if (!pair->arch)
      continue;
    if (code == EXIT_OK)
      code = write_table(session, dir, pair, REUSE__LAYERS_TABLE);
    if (code == EXIT_OK)
      code = write_table(session, dir, pair, REUSE__ACCESSES_TABLE);
    if (code == EXIT_OK && drawn)
      code = write_plots(session, settings, pair);
  }
  return code;
}

int write_files(struct session *session, const struct settings *settings,
                const struct pairs *pairs) {
  const int code =
    settings->output ? write_directory(session, settings, pairs) : EXIT_OK;
  return code == EXIT_OK ? draw_plots(session, settings, &plots, pairs->pair[0].run) : code;
}
