/* report: what is behind the numbers of a kind of layers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "base/text.h"
#include "cli/commands.h"
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
  return need_inputs(session, settings);
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

static enum reuse_status reports_text(const struct result *result,
                                      const struct reuse__text_style *style,
                                      struct reuse_arena *arena, FILE *stream) {
  return reuse__type_text(result->kind, result->of, result->n, style, arena, stream);
}

static enum reuse_status reports_table(const struct result *result,
                                       struct reuse_arena *arena,
                                       const struct reuse__table **table) {
  return reuse__type_table(
    result->kind < 0 ? REUSE__SHARES : (enum reuse__type_table)result->kind, result->of,
    result->n, arena, table);
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
  const struct result result = {report, pairs.n, settings->table, reports_text,
                                reports_table};
  return code == EXIT_OK ? print_result(session, settings, &inputs, &result) : code;
}
