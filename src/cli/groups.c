/* Names of several architectures: rows name,members,meaning of a file.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/groups.h"

#include <string.h>

#include "base/diag.h"
#include "cli/aliases.h"

/* The words of TEXT, apart by blanks. */
static int split(struct session *session, const char *text, struct words *words) {
  *words = (struct words){0, reuse__alloc_array(session->arena, strlen(text) + 1,
                                                sizeof *words->word)};
  if (!words->word)
    return memory_error(session);
  while (*text) {
    const size_t n = strcspn(text, " ");
    const char *word = reuse__strndup(session->arena, text, n);
    if (!word)
      return memory_error(session);
    words->word[words->n++] = word;
    text += n;
    text += strspn(text, " ");
  }
  return EXIT_OK;
}

int find_group(struct session *session, const char *word, struct words *members) {
  const char *path = reuse__printf(session->arena, "%s/models/groups.csv", session->home);
  struct aliases groups;
  *members = (struct words){0, NULL};
  int code = path ? aliases_load(session, path, "members", &groups) : memory_error(session);
  for (int i = 0; code == EXIT_OK && i < groups.n; i++) {
    if (strcmp(groups.alias[i].name, word) != 0)
      continue;
    reuse__report(&session->diag, REUSE_NOTE, NULL, NULL, "%s means %s (%s)", word,
                  groups.alias[i].meaning, groups.alias[i].target);
    return split(session, groups.alias[i].target, members);
  }
  return code;
}

int expand_groups(struct session *session, struct words *archs) {
  struct words all = {0, NULL};
  for (int i = 0; i < archs->n; i++) {
    struct words members;
    const int code = find_group(session, archs->word[i], &members);
    if (code != EXIT_OK)
      return code;
    if (members.n == 0)
      members = (struct words){1, &archs->word[i]};
    const char **word = reuse__alloc_array(session->arena, (size_t)(all.n + members.n),
                                           sizeof *word);
    if (!word)
      return memory_error(session);
    for (int k = 0; k < all.n + members.n; k++)
      word[k] = k < all.n ? all.word[k] : members.word[k - all.n];
    all = (struct words){all.n + members.n, word};
  }
  if (all.n > archs->n)
    *archs = all;
  return EXIT_OK;
}
