/* The commands.  Each gives the exit code.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_CLI_COMMANDS_H
#define REUSE_CLI_COMMANDS_H

#include "cli/inputs.h"
#include "cli/plots.h"
#include "cli/result.h"

int run_evaluate(struct session *session, const struct settings *settings);
int run_nest(struct session *session, const struct settings *settings);
int run_list(struct session *session, const struct settings *settings);
int run_validate(struct session *session, const struct settings *settings);
int run_show(struct session *session, const struct settings *settings);
int run_compare(struct session *session, const struct settings *settings);
int run_report(struct session *session, const struct settings *settings);

/* Parts of run_evaluate where --pareto is given: what can be checked before anything
 * is read; and the rest. */
int check_pareto(struct session *session, const struct settings *settings);
int run_pareto(struct session *session, const struct settings *settings);

/* Parts of run_show. */
int show_arch(struct session *session, const struct reuse_arch *arch);
int show_net(struct session *session, const struct reuse_network_table *network);

/* Files and plots of evaluate, into --output's directory and --plot's files: what
 * can be checked before anything is read, before anything is run; and writing. */
int check_run_plots(struct session *session, const struct settings *settings);
int check_output(struct session *session, const struct settings *settings,
                 const struct inputs *inputs);
int write_files(struct session *session, const struct settings *settings,
                const struct pairs *pairs);

#endif
