/* Helpers of the reader: provenance, names, paths of files.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "arch/reader.h"

#include <ctype.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

void *reuse__read_alloc(struct reuse__reader *reader, int n, size_t size) {
  void *p = reuse__alloc_array(reader->yaml->arena, n > 0 ? (size_t)n : 1, size);
  if (!p)
    reuse__yaml_no_memory(reader->yaml);
  return p;
}

static int find_source(const struct reuse__reader *reader, const char *key) {
  for (int i = 0; i < reader->nsources; i++)
    if (strcmp(reader->source[i].key, key) == 0)
      return i;
  return -1;
}

bool reuse__read_sources(struct reuse__reader *reader,
                         const struct reuse__node *node) {
  reader->nsources = 0;
  if (node && !reuse__expect(reader->yaml, node, "sources", REUSE__MAPPING))
    return false;
  struct reuse_source *list = reuse__read_alloc(reader, node ? node->n : 0, sizeof *list);
  bool ok = list != NULL;
  reader->source = list;
  for (int i = 0; list && node && i < node->n; i++) {
    struct reuse_source s = {node->key[i]->text, NULL};
    if (strpbrk(s.key, " \t;()") || !*s.key)
      ok = reuse__node_error(reader->yaml, node->key[i], NULL,
                             "the key of a source is one word");
    else if (reuse__get_string(reader->yaml, node->item[i], s.key, &s.text))
      list[reader->nsources++] = s;
    else
      ok = false;
  }
  return ok;
}

/* Whether the source of Q is declared, else reported at NODE. */
static bool known_source(struct reuse__reader *reader,
                         const struct reuse__node *node,
                         const struct reuse_quantity *q) {
  enum { SHOWN = 32 };
  const char *names[SHOWN];
  char hint[200];
  if (!q->source || find_source(reader, q->source) >= 0)
    return true;
  int n = reader->nsources < SHOWN ? reader->nsources : SHOWN;
  for (int i = 0; i < n; i++)
    names[i] = reader->source[i].key;
  const char *at = strstr(node->text, q->source);
  return reuse__node_error_at(
      reader->yaml, node, at ? (size_t)(at - node->text) : 0,
      n == 0 ? "declare it under 'sources:'"
             : reuse__suggestion(q->source, "the sources are", names, n, hint,
                                 sizeof hint),
      "'%s' is not a key of 'sources'", q->source);
}

bool reuse__read_quantity(struct reuse__reader *reader,
                          const struct reuse__node *node, const char *what,
                          enum reuse__unit_kind kind, double min, double max,
                          struct reuse_quantity *value) {
  if (!node)
    return true;
  return reuse__get_quantity(reader->yaml, node, what, kind, min, max, value) &&
         known_source(reader, node, value);
}

bool reuse__read_rate(struct reuse__reader *reader, const struct reuse__node *node,
                      const char *what, struct reuse_rate *value) {
  if (!node)
    return true;
  return reuse__get_rate(reader->yaml, node, what, value) &&
         known_source(reader, node, &value->q);
}

bool reuse__read_name(struct reuse__reader *reader, const struct reuse__node *node,
                      const char *what, const char **value) {
  const char *name = NULL;
  if (!node || !reuse__get_string(reader->yaml, node, what, &name))
    return false;
  for (size_t i = 0; name[i]; i++)
    if (!isalnum((unsigned char)name[i]) && !strchr("-_.", name[i]))
      return reuse__node_error_at(reader->yaml, node, i,
                                  "use letters, digits, '-', '_' and '.'",
                                  "'%c' in a name", name[i]);
  if (strlen(name) >= REUSE_NAME)
    return reuse__node_error(reader->yaml, node, NULL,
                             "a name has at most %d characters", REUSE_NAME - 1);
  *value = name;
  return true;
}

const char *reuse__read_path(struct reuse__yaml *yaml,
                             const struct reuse__node *node, const char *what,
                             const char *dir, const char *subdir) {
  const char *name = NULL;
  if (!node || !reuse__get_string(yaml, node, what, &name))
    return NULL;
  const char *path = strchr(name, '/')
                         ? name
                         : reuse__printf(yaml->arena, "%s/%s%s.yaml",
                                         dir ? dir : ".", subdir, name);
  if (!path) {
    reuse__yaml_no_memory(yaml);
    return NULL;
  }
  if (access(path, R_OK) != 0) {
    reuse__node_error(yaml, node, NULL, "there is no %s '%s': no file %s", what,
                      name, path);
    return NULL;
  }
  return path;
}
