/* What --plot and its fellows say.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_CLI_PLOTS_H
#define REUSE_CLI_PLOTS_H

#include "cli/options.h"
#include "report/plot.h"

/* The program that draws. */
extern const char plot_program[];

/* The place in the N NAMES and the file of the argument WORD of --plot. */
int parse_plot(struct session *session, const char *word, const char *const *names, int n,
               int *kind, const char **path);

/* Checks the options on plots against the N kinds of plots at NAMES. */
int check_plot_options(struct session *session, const struct settings *settings,
                       const char *const *names, int n);

/* How plots are drawn. */
int plot_options(struct session *session, const struct settings *settings,
                 struct reuse__plot_options *options);

#endif
