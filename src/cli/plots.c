/* What --plot and its fellows say.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/plots.h"

#include <string.h>

#include "base/text.h"
#include "cli/inputs.h"
#include "report/output.h"

const char plot_program[] = "gnuplot";

/* The place in PLOTS and the file of the argument WORD of --plot. */
static int parse_plot(struct session *session, const char *word, const struct plots *plots,
                      int *kind, const char **path) {
  char name[32], hint[200];
  size_t n = strcspn(word, "=");
  if (!word[n] || !word[n + 1] || n == 0 || n >= sizeof name)
    return usage_error(session, "write KIND=FILE, as in roofline=FILE.svg",
                       "--plot: '%s' is not KIND=FILE", word);
  memcpy(name, word, n);
  name[n] = '\0';
  *path = word + n + 1;
  *kind = reuse__index_of(name, plots->name, plots->n);
  if (*kind < 0)
    return usage_error(session,
                       reuse__suggestion(name, "the kinds are", plots->name, plots->n,
                                         hint, sizeof hint),
                       "--plot: unknown kind '%s'", name);
  if (!reuse__plot_format(*path))
    return usage_error(session, "the extensions are .svg, .png, .pdf and .tex",
                       "--plot: the extension of '%s' is not known", *path);
  return EXIT_OK;
}

int check_plots(struct session *session, const struct settings *settings,
                const struct plots *plots) {
  int kind;
  const char *path, *format = "";
  for (int i = 0; i < settings->plots.n; i++) {
    const int code = parse_plot(session, settings->plots.word[i], plots, &kind, &path);
    if (code != EXIT_OK)
      return code;
    format = reuse__plot_format(path);
    if (strcmp(format, "dumb") == 0 && settings->format != TEXT_FORMAT)
      return usage_error(session, "--plot KIND=FILE.svg draws into a file",
                         "a plot as text goes with --format text only");
    if (strcmp(format, "dumb") != 0) {
      const enum reuse_status status = reuse__output_check(path, &session->diag);
      if (status != REUSE_OK)
        return exit_of_output(session, status, path);
    }
  }
  if (settings->plot_script && settings->plots.n != 1)
    return usage_error(session, "as in --plot energy=FILE.svg --plot-script FILE.gp",
                       "--plot-script is the script of one --plot");
  if (settings->plot_script && strcmp(format, "tex") == 0)
    return usage_error(session, NULL, "a plot for LaTeX has no script of gnuplot");
  return EXIT_OK;
}

int draw_plot(struct session *session, const struct settings *settings,
              const struct plots *plots, int kind, const void *of, const char *path) {
  const struct reuse__run_options how = run_options(session, settings);
  const struct reuse__plot_options options = {
    .template_dir = reuse__printf(session->arena, "%s/plots", session->home),
    .program = plot_program,
    .script_path = settings->plot_script,
    .columns = settings->plot_width,
    .terminal = stdout,
    .run = &how
  };
  if (!options.template_dir || !path)
    return memory_error(session);
  return exit_of_output(session,
                        plots->draw(kind, of, path, &options, session->arena,
                                    &session->diag),
                        path);
}

int draw_plots(struct session *session, const struct settings *settings,
               const struct plots *plots, const void *of) {
  int code = EXIT_OK;
  for (int i = 0; code == EXIT_OK && i < settings->plots.n; i++) {
    const char *path;
    int kind;
    code = parse_plot(session, settings->plots.word[i], plots, &kind, &path);
    if (code == EXIT_OK)
      code = draw_plot(session, settings, plots, kind, of, path);
  }
  return code;
}
