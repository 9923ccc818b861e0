/* Names on the command line: shipped models, networks and their aliases.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/names.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "cli/aliases.h"

enum { NEAREST = 3 };           /* names in a suggestion */

static const struct {
  const char *directory, *extension, *what, *list;
} kinds[NAME_KINDS] = {
  [ARCH_NAME] = {"models", ".yaml", "architecture", "archs"},
  [NET_NAME] = {"data", ".csv", "network", "nets"}
};

/* The directory UP levels above that of the running program if it has the shipped
 * models, as a source tree with its build inside; else NULL. */
static const char *beside_program(struct reuse_arena *arena, int up) {
  char path[PATH_MAX];
  const ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
  if (n <= 0)
    return NULL;
  path[n] = '\0';
  for (int i = 0; i <= up; i++) {
    char *slash = strrchr(path, '/');
    if (!slash)
      return NULL;
    *slash = '\0';
  }
  const char *probe = reuse__printf(arena, "%s/models/tech", path);
  return probe && access(probe, R_OK) == 0 ? reuse__strdup(arena, path) : NULL;
}

const char *home_directory(struct reuse_arena *arena) {
  const char *home = getenv("REUSEMODEL_HOME");
  if (home && *home)
    return home;
  for (int up = 0; up < 2 && access(REUSEMODEL_PKGDATADIR, R_OK) != 0; up++)
    if ((home = beside_program(arena, up)) != NULL)
      return home;
  return REUSEMODEL_PKGDATADIR;
}

/* Whether TEXT ends in TAIL and is longer. */
static bool ends_in(const char *text, const char *tail) {
  size_t n = strlen(text), t = strlen(tail);
  return n > t && strcmp(text + n - t, tail) == 0;
}

static int by_name(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names of the files in DIR with the extension of KIND, unsorted. */
static const char **read_names(struct session *session, DIR *dir, enum name_kind kind,
                               int *n) {
  const char *extension = kinds[kind].extension;
  int room = 0;
  const char **names = NULL;
  *n = 0;
  for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
    const char *file = entry->d_name;
    if (file[0] == '.' || !ends_in(file, extension) || strcmp(file, ALIASES_FILE) == 0)
      continue;
    if (*n == room) {
      room = room ? 2 * room : 64;
      const char **larger = reuse__alloc_array(session->arena, (size_t)room,
                                               sizeof *names);
      if (!larger)
        return NULL;
      if (*n)
        memcpy(larger, names, (size_t)*n * sizeof *names);
      names = larger;
    }
    names[*n] = reuse__strndup(session->arena, file, strlen(file) - strlen(extension));
    if (!names[(*n)++])
      return NULL;
  }
  return names ? names : reuse__alloc(session->arena, sizeof *names);
}

int list_names(struct session *session, enum name_kind kind, const char *const **names,
               int *n) {
  const char *path = reuse__printf(session->arena, "%s/%s", session->home,
                                   kinds[kind].directory);
  if (!path)
    return memory_error(session);
  DIR *dir = opendir(path);
  if (!dir) {
    reuse__report(&session->diag, REUSE_ERROR, NULL,
                  "the environment variable REUSEMODEL_HOME says where the shipped "
                  "files are", "cannot read the directory '%s': %s", path,
                  strerror(errno));
    return EXIT_INPUT;
  }
  const char **list = read_names(session, dir, kind, n);
  closedir(dir);
  if (!list)
    return memory_error(session);
  qsort(list, (size_t)*n, sizeof *list, by_name);
  *names = list;
  return EXIT_OK;
}

const char *shipped_path(struct session *session, enum name_kind kind,
                         const char *name) {
  return reuse__printf(session->arena, "%s/%s/%s%s", session->home,
                       kinds[kind].directory, name, kinds[kind].extension);
}

int read_aliases(struct session *session, struct aliases *aliases) {
  const char *path = reuse__printf(session->arena, "%s/%s/%s", session->home,
                                   kinds[NET_NAME].directory, ALIASES_FILE);
  return path ? aliases_load(session, path, "network", aliases) : memory_error(session);
}

/* The name of the file at PATH without directory and extension; NULL: no memory. */
static const char *base_name(struct session *session, const char *path,
                             const char *extension) {
  const char *slash = strrchr(path, '/');
  const char *file = slash && slash[1] ? slash + 1 : path;
  size_t n = strlen(file);
  if (ends_in(file, extension))
    n -= strlen(extension);
  return reuse__strndup(session->arena, file, n);
}

/* Whether WORD is an alias, with what it means as a note. */
static bool find_alias(struct session *session, const char *word, struct named *named,
                       int *code) {
  struct aliases aliases;
  *code = read_aliases(session, &aliases);
  for (int i = 0; *code == EXIT_OK && i < aliases.n; i++) {
    const struct alias *a = &aliases.alias[i];
    if (strcmp(a->name, word) != 0)
      continue;
    reuse__report(&session->diag, REUSE_NOTE, NULL, NULL, "%s means %s (%s)", a->name,
                  a->meaning, a->target);
    *named = (struct named){word, shipped_path(session, NET_NAME, a->target)};
    if (!named->path)
      *code = memory_error(session);
    return true;
  }
  return *code != EXIT_OK;
}

bool find_name(struct session *session, enum name_kind kind, const char *word,
               struct named *named, int *code) {
  const char *extension = kinds[kind].extension;
  *code = EXIT_OK;
  if (strchr(word, '/') || ends_in(word, extension)) {
    *named = (struct named){base_name(session, word, extension), word};
    if (!named->label)
      *code = memory_error(session);
    return true;
  }
  *named = (struct named){word, shipped_path(session, kind, word)};
  if (!named->path) {
    *code = memory_error(session);
    return true;
  }
  if (access(named->path, F_OK) == 0 &&
      !(kind == NET_NAME && ends_in(named->path, "/" ALIASES_FILE)))
    return true;
  return kind == NET_NAME && find_alias(session, word, named, code);
}

/* All names of KIND with the aliases into *names, to be changed at will. */
static int all_names(struct session *session, enum name_kind kind,
                     const char ***names, int *n) {
  struct aliases aliases = {0, NULL};
  const char *const *list[NAME_KINDS];
  int count[NAME_KINDS] = {0}, code = EXIT_OK;
  for (int k = 0; code == EXIT_OK && k < NAME_KINDS; k++)
    if (kind == NAME_KINDS || (int)kind == k)
      code = list_names(session, (enum name_kind)k, &list[k], &count[k]);
  if (code == EXIT_OK && kind != ARCH_NAME)
    code = read_aliases(session, &aliases);
  if (code != EXIT_OK)
    return code;
  size_t room = (size_t)(count[ARCH_NAME] + count[NET_NAME] + aliases.n);
  *names = reuse__alloc_array(session->arena, room + 1, sizeof **names);
  if (!*names)
    return memory_error(session);
  *n = 0;
  for (int k = 0; k < NAME_KINDS; k++)
    for (int i = 0; i < count[k]; i++)
      (*names)[(*n)++] = list[k][i];
  for (int i = 0; i < aliases.n; i++)
    (*names)[(*n)++] = aliases.alias[i].name;
  return EXIT_OK;
}

/* "did you mean 'A', 'B' or 'C'?" into HINT, or how the names are listed, those of
 * KIND.  Changes NAMES. */
static void suggest(const char *word, enum name_kind kind, const char **names, int n,
                    char *hint, size_t size) {
  const char *near[NEAREST];
  int found = 0;
  for (; found < NEAREST; found++) {
    near[found] = reuse__nearest(word, names, n);
    if (!near[found])
      break;
    names[reuse__index_of(near[found], names, n)] = NULL;
  }
  if (found == 0) {
    snprintf(hint, size, "reusemodel list%s%s prints the names",
             kind == NAME_KINDS ? "" : " ", kind == NAME_KINDS ? "" : kinds[kind].list);
    return;
  }
  size_t at = (size_t)snprintf(hint, size, "did you mean '%s'", near[0]);
  for (int i = 1; i < found && at < size; i++)
    at += (size_t)snprintf(hint + at, size - at, "%s'%s'",
                           i == found - 1 ? " or " : ", ", near[i]);
  if (at < size)
    snprintf(hint + at, size - at, "?");
}

int unknown_name(struct session *session, enum name_kind kind, const char *word) {
  const char **names = NULL;
  char hint[300];
  int n = 0;
  int code = all_names(session, kind, &names, &n);
  if (code != EXIT_OK)
    return code;
  suggest(word, kind, names, n, hint, sizeof hint);
  return usage_error(session, hint, "unknown %s '%s'",
                     kind == NAME_KINDS ? "name" : kinds[kind].what, word);
}

int resolve_name(struct session *session, enum name_kind kind, const char *word,
                 struct named *named) {
  int code;
  if (find_name(session, kind, word, named, &code))
    return code;
  return unknown_name(session, kind, word);
}
