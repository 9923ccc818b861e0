/* Names of several architectures: rows name,members,meaning of a file.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_CLI_GROUPS_H
#define REUSE_CLI_GROUPS_H

#include "cli/options.h"

/* Sets *members to the architectures of the group WORD, told in a note, or to none when
 * there is no such group.  Gives EXIT_OK, or another code after a message. */
int find_group(struct session *session, const char *word, struct words *members);

/* Puts the members of groups among ARCHS in their place. */
int expand_groups(struct session *session, struct words *archs);

#endif
