/* The options of the mapper: what it makes least, how it searches, how long.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_CLI_SEARCH_H
#define REUSE_CLI_SEARCH_H

#include "cli/options.h"

/* Sets settings->mapper from --objective, --weights, --search, --budget and
 * --dataflow.  Gives EXIT_OK, or another code after a message. */
int read_search(struct session *session, struct settings *settings);

#endif
