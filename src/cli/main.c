/* reusemodel - the program, a client of the library.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <stdio.h>

#include "cli/commands.h"
#include "cli/groups.h"
#include "cli/terminal.h"

static int (*const run_command[COMMANDS])(struct session *, const struct settings *) = {
  [EVALUATE_COMMAND] = run_evaluate,
  [NEST_COMMAND] = run_nest,
  [LIST_COMMAND] = run_list,
  [SHOW_COMMAND] = run_show,
  [COMPARE_COMMAND] = run_compare,
  [REPORT_COMMAND] = run_report,
  [VALIDATE_COMMAND] = run_validate
};

/* Does what the command line says; gives the exit code. */
static int run(struct session *session, int argc, char **argv) {
  struct settings settings;
  int code = read_options(argc, argv, session, &settings);
  if (code != EXIT_OK)
    return code;
  session->messages.color = messages_in_color((enum color_choice)settings.color);
  session->messages.quiet = settings.quiet;
  session->messages.progress = !settings.quiet && progress_is_seen();
  if (!settings.help && !settings.version && !settings.completion) {
    code = expand_groups(session, &settings.archs);
    return code == EXIT_OK ? run_command[settings.command](session, &settings) : code;
  }
  if (settings.help)
    print_help(&settings);
  else if (settings.version)
    print_version();
  else
    print_completion(&settings);
  return check_stdout(session);
}

int main(int argc, char **argv) {
  struct session session = {.home = NULL};
  guard_streams();
  setlocale(LC_CTYPE, "");
  session.messages = (struct messages){"reusemodel", messages_in_color(COLOR_AUTO), false,
                                       false};
  session.diag = (struct reuse_diag){.sink = message_sink, .context = &session.messages};
  session.arena = reuse_arena_new();
  if (session.arena)
    session.home = home_directory(session.arena);
  const int code = session.arena ? run(&session, argc, argv) : memory_error(&session);
  reuse_arena_free(session.arena);
  return code;
}
