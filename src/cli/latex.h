/* The style of text on standard output: a page, or LaTeX with its provenance.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_CLI_LATEX_H
#define REUSE_CLI_LATEX_H

#include "cli/inputs.h"
#include "report/report.h"

/* Whether --format is one that the writers of text make. */
bool is_text(const struct settings *settings);

/* Sets *style; for LaTeX, also writes the comment that begins the document.
 * Gives EXIT_OK, or another code after a message. */
int begin_text(struct session *session, const struct settings *settings,
               const struct inputs *inputs, struct reuse__text_style *style);

/* The same where the inputs are the N files at PATH. */
int begin_text_of_files(struct session *session, const struct settings *settings,
                        const char *const *path, int n, struct reuse__text_style *style);

#endif
