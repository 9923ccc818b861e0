/* Names on the command line: shipped models, networks and their aliases.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_CLI_NAMES_H
#define REUSE_CLI_NAMES_H

#include "cli/cli.h"

enum name_kind { ARCH_NAME, NET_NAME, NAME_KINDS };

/* A word of the command line as a file. */
struct named {
  const char *label;    /* the word, or a file's name without its extension */
  const char *path;
};

/* Another name of what TARGET says. */
struct alias { const char *name, *target, *meaning; };

struct aliases { int n; const struct alias *alias; };

/* Where shipped files are: REUSEMODEL_HOME, else the installed data, else, before an
 * installation, the source tree around the program. */
const char *home_directory(struct reuse_arena *arena);

/* The shipped names of KIND in alphabetical order, in the session's arena.  Gives
 * EXIT_OK, or another code after a message. */
int list_names(struct session *session, enum name_kind kind, const char *const **names,
               int *n);

/* The path of the shipped NAME of KIND; NULL: no memory. */
const char *shipped_path(struct session *session, enum name_kind kind, const char *name);

/* The aliases of networks; none when the file is absent. */
int read_aliases(struct session *session, struct aliases *aliases);

/* Whether WORD is a file name, a shipped name of KIND or an alias, which *named
 * then is; nothing is reported but the meaning of an alias and faults in reading,
 * which are in *code. */
bool find_name(struct session *session, enum name_kind kind, const char *word,
               struct named *named, int *code);

/* As find_name, but an unknown WORD is an error that lists the nearest names of
 * KIND, or of all kinds when it is NAME_KINDS. */
int resolve_name(struct session *session, enum name_kind kind, const char *word,
                 struct named *named);
int unknown_name(struct session *session, enum name_kind kind, const char *word);

#endif
