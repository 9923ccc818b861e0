/* report: what is behind the numbers of a kind of layers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/latex.h"
#include "report/depthwise.h"

/* The reports and the layer types that they are on. */
static const char *const report_name[] = {"depthwise"};
static const enum reuse_layer_type report_type[] = {REUSE_DWCONV};
enum { REPORTS = sizeof report_name / sizeof report_name[0] };

static int check_settings(struct session *session, const struct settings *settings,
                          int *which) {
  char hint[200];
  if (settings->operands.n != 1)
    return usage_error(session, "as in reusemodel report depthwise --arch A --net N",
                       settings->operands.n ? "report takes one name"
                                            : "the name of a report is missing");
  *which = reuse__index_of(settings->operands.word[0], report_name, REPORTS);
  if (*which < 0)
    return usage_error(session,
                       reuse__suggestion(settings->operands.word[0], "the reports are",
                                         report_name, REPORTS, hint, sizeof hint),
                       "there is no report '%s'", settings->operands.word[0]);
  if (settings->archs.n == 0)
    return usage_error(session, "reusemodel list archs prints the names",
                       "--arch is needed");
  if (settings->nets.n == 0)
    return usage_error(session, "reusemodel list nets prints the names",
                       "--net is needed");
  if (settings->mapping)
    return usage_error(session, NULL, "--mapping is not for reports");
  return EXIT_OK;
}

static int make_reports(struct session *session, const struct settings *settings,
                        const struct pairs *pairs, enum reuse_layer_type type,
                        struct reuse__type_report *report) {
  const struct reuse__run_options options = run_options(session, settings);
  for (int i = 0; i < pairs->n; i++) {
    const enum reuse_status status = reuse__type_report(
      pairs->pair[i].run, type, &options, session->arena, &report[i], &session->diag);
    if (status != REUSE_OK)
      return exit_of_input(session, status, pairs->pair[i].net->network->path);
  }
  return EXIT_OK;
}

static int print_reports(struct session *session, const struct settings *settings,
                         const struct inputs *inputs,
                         const struct reuse__type_report *report, int n) {
  struct reuse__text_style style;
  const struct reuse__table *table;
  enum reuse_status status;
  if (is_text(settings)) {
    const int code = begin_text(session, settings, inputs, &style);
    if (code != EXIT_OK)
      return code;
    status = reuse__type_text(settings->table, report, n, &style, session->arena, stdout);
    return status == REUSE_OK ? check_stdout(session)
                              : exit_of_output(session, status, NULL);
  }
  status = reuse__type_table(
    settings->table < 0 ? REUSE__SHARES : (enum reuse__type_table)settings->table, report,
    n, session->arena, &table);
  return status == REUSE_OK ? print_table(session, table, settings->format)
                            : exit_of_output(session, status, NULL);
}

int run_report(struct session *session, const struct settings *settings) {
  struct inputs inputs;
  struct pairs pairs = {0};
  int which;
  int code = check_settings(session, settings, &which);
  if (code == EXIT_OK)
    code = read_inputs(session, settings, &inputs);
  if (code == EXIT_OK)
    code = run_pairs(session, settings, &inputs, &pairs);
  if (code != EXIT_OK)
    return code;
  struct reuse__type_report *report =
    reuse__alloc_array(session->arena, (size_t)pairs.n, sizeof *report);
  if (!report)
    return memory_error(session);
  code = make_reports(session, settings, &pairs, report_type[which], report);
  return code == EXIT_OK ? print_reports(session, settings, &inputs, report, pairs.n) : code;
}
