/* What the terminal and the environment allow.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_CLI_TERMINAL_H
#define REUSE_CLI_TERMINAL_H

#include "cli/options.h"
#include "report/report.h"

/* Keeps files that are opened from getting the number of a closed standard
 * stream: such streams become ones on which reading or writing fails. */
void guard_streams(void);

/* Whether messages are coloured: as chosen, else on a terminal that can. */
bool messages_in_color(enum color_choice choice);

/* Whether standard error is a terminal that can replace a line. */
bool progress_is_seen(void);

/* Width of standard output (COLUMNS, the terminal's, else 80) and whether its
 * character set, by the locale in force, is UTF-8. */
struct reuse__text_style page_style(void);

/* Threads for a choice of --jobs: 0 is one for each processor. */
int thread_count(int64_t jobs);

/* Whether PROGRAM is found in PATH. */
bool program_found(const char *program);

#endif
