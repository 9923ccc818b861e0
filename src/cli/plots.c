/* What --plot and its fellows say.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/plots.h"

#include <string.h>

#include "base/text.h"

const char plot_program[] = "gnuplot";

int parse_plot(struct session *session, const char *word, const char *const *names,
               int n_names, int *kind, const char **path) {
  char name[32], hint[200];
  size_t n = strcspn(word, "=");
  if (!word[n] || !word[n + 1] || n == 0 || n >= sizeof name)
    return usage_error(session, "write KIND=FILE, as in roofline=FILE.svg",
                       "--plot: '%s' is not KIND=FILE", word);
  memcpy(name, word, n);
  name[n] = '\0';
  *path = word + n + 1;
  *kind = reuse__index_of(name, names, n_names);
  if (*kind < 0)
    return usage_error(session,
                       reuse__suggestion(name, "the kinds are", names, n_names, hint,
                                         sizeof hint),
                       "--plot: unknown kind '%s'", name);
  if (!reuse__plot_format(*path))
    return usage_error(session, "the extensions are .svg, .png, .pdf and .tex",
                       "--plot: the extension of '%s' is not known", *path);
  return EXIT_OK;
}

int check_plot_options(struct session *session, const struct settings *settings,
                       const char *const *names, int n) {
  int kind;
  const char *path, *format = "";
  for (int i = 0; i < settings->plots.n; i++) {
    const int code = parse_plot(session, settings->plots.word[i], names, n, &kind, &path);
    if (code != EXIT_OK)
      return code;
    format = reuse__plot_format(path);
    if (strcmp(format, "dumb") == 0 && settings->format != TEXT_FORMAT)
      return usage_error(session, "--plot KIND=FILE.svg draws into a file",
                         "a plot as text goes with --format text only");
  }
  if (settings->plot_script && settings->plots.n != 1)
    return usage_error(session, "as in --plot energy=FILE.svg --plot-script FILE.gp",
                       "--plot-script is the script of one --plot");
  if (settings->plot_script && strcmp(format, "tex") == 0)
    return usage_error(session, NULL, "a plot for LaTeX has no script of gnuplot");
  return EXIT_OK;
}

int plot_options(struct session *session, const struct settings *settings,
                 struct reuse__plot_options *options) {
  *options = (struct reuse__plot_options){
    .template_dir = reuse__printf(session->arena, "%s/plots", session->home),
    .program = plot_program,
    .script_path = settings->plot_script,
    .columns = settings->plot_width,
    .terminal = stdout
  };
  return options->template_dir ? EXIT_OK : memory_error(session);
}
