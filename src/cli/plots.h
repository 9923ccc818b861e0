/* What --plot and its fellows say.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_CLI_PLOTS_H
#define REUSE_CLI_PLOTS_H

#include "cli/options.h"
#include "report/plot.h"

/* The program that draws. */
extern const char plot_program[];

/* The N plots of a command, and how the one at KIND is drawn of its results. */
struct plots {
  const char *const *name;
  int n;
  enum reuse_status (*draw)(int kind, const void *of, const char *path,
                            const struct reuse__plot_options *options,
                            struct reuse_arena *arena, struct reuse_diag *diag);
};

/* Checks the options on plots. */
int check_plots(struct session *session, const struct settings *settings,
                const struct plots *plots);

/* Draws what --plot names, which was checked, of OF. */
int draw_plots(struct session *session, const struct settings *settings,
               const struct plots *plots, const void *of);

/* Draws one plot into PATH. */
int draw_plot(struct session *session, const struct settings *settings,
              const struct plots *plots, int kind, const void *of, const char *path);

#endif
