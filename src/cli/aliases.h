/* Files of aliases: rows name,TARGET,meaning, where TARGET is a network, say.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_CLI_ALIASES_H
#define REUSE_CLI_ALIASES_H

#include "cli/names.h"

#define ALIASES_FILE "aliases.csv"

/* Reads the file at PATH, whose second column is called TARGET, into the session's arena;
 * an absent file has no rows.
 * Gives EXIT_OK, or another code after a message. */
int aliases_load(struct session *session, const char *path, const char *target,
                 struct aliases *aliases);

#endif
