/* YAML files: reading into memory, inheritance and settings.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/yaml_build.h"

enum { MAX_NAMES = 64 }; /* names that a suggestion looks at */

enum reuse_status reuse__yaml_parse(const char *file, const char *text,
                                    size_t size, struct reuse_arena *arena,
                                    struct reuse_diag *diag,
                                    struct reuse__yaml *yaml) {
  *yaml = (struct reuse__yaml){.arena = arena, .diag = diag};
  yaml->file = reuse__strdup(arena, file);
  if (!yaml->file)
    reuse__yaml_no_memory(yaml);
  else
    yaml->root = reuse__yaml_build(yaml, yaml->file, text, size, false);
  return yaml->status;
}

/* The contents of F, to be freed, of at most REUSE__YAML_BYTES + 1 bytes; NULL:
 * an error, in *status. */
static char *read_all(FILE *f, size_t *size, enum reuse_status *status) {
  size_t room = 16 * 1024, n = 0;
  char *text = NULL;
  for (;;) {
    char *larger = realloc(text, room);
    if (!larger) {
      *status = REUSE_ERR_MEMORY;
      break;
    }
    text = larger;
    n += fread(text + n, 1, room - n, f);
    if (ferror(f)) {
      *status = REUSE_ERR_IO;
      break;
    }
    *size = n;
    if (n < room || n > REUSE__YAML_BYTES)
      return text;
    room *= 2;
  }
  free(text);
  return NULL;
}

enum reuse_status reuse__yaml_load(const char *path, struct reuse_arena *arena,
                                   struct reuse_diag *diag,
                                   struct reuse__yaml *yaml) {
  *yaml = (struct reuse__yaml){.arena = arena, .diag = diag, .file = path};
  const struct reuse__place place = {.file = path};
  enum reuse_status status = REUSE_ERR_IO;
  size_t size = 0;
  FILE *f = fopen(path, "rb");
  char *text = f ? read_all(f, &size, &status) : NULL;
  int error = errno;
  if (f)
    fclose(f);
  if (text) {
    reuse__yaml_parse(path, text, size, arena, diag, yaml);
    free(text);
    return yaml->status;
  }
  yaml->status = status;
  reuse__report(diag, REUSE_ERROR, &place, NULL, "cannot read the file: %s",
                status == REUSE_ERR_MEMORY ? "out of memory" : strerror(error));
  return status;
}

enum reuse_status reuse__yaml_inherit(struct reuse__yaml *yaml,
                                      const struct reuse__yaml *base,
                                      const char *const *skip, int nskip) {
  const struct reuse__node *from = base->root;
  int room = 0;
  if (!yaml->root || !from || yaml->root->kind != REUSE__MAPPING ||
      from->kind != REUSE__MAPPING)
    return yaml->status;
  for (int i = 0; i < from->n; i++)
    if (reuse__index_of(from->key[i]->text, skip, nskip) < 0 &&
        reuse__key_index(yaml->root, from->key[i]->text) < 0 &&
        !reuse__node_append(yaml, yaml->root, from->key[i], from->item[i], &room))
      break;
  return yaml->status;
}

/* ---- settings ------------------------------------------------------------- */

/* A setting being applied. */
struct setting {
  struct reuse__yaml *yaml;
  const struct reuse__node *origin; /* a node at the setting's place */
  struct reuse__node *value;
};

/* The name of an entry: its name: or level:, or NULL. */
static const char *entry_name(const struct reuse__node *node) {
  const struct reuse__node *name = reuse__lookup(node, "name");
  name = name ? name : reuse__lookup(node, "level");
  return name && name->kind == REUSE__SCALAR && *name->text ? name->text : NULL;
}

/* Entries that have a name, found in a document. */
struct found {
  const char *wanted;
  struct reuse__node *node; /* the first of the name */
  bool several;
  const char *names[MAX_NAMES];
  int nnames;
};

/* Adds the named entries in and below NODE to *found. */
static void find_entries(struct reuse__node *node, struct found *found) {
  const char *name = entry_name(node);
  if (name && found->nnames < MAX_NAMES)
    found->names[found->nnames++] = name;
  if (name && strcmp(name, found->wanted) == 0 && node != found->node) {
    found->several = found->node != NULL;
    found->node = found->node ? found->node : node;
  }
  for (int i = 0; i < node->n && !found->several; i++)
    find_entries(node->item[i], found);
}

/* Reports that there is no WORD among the N names; gives NULL. */
static struct reuse__node *unknown(struct setting *s, const char *word,
                                   const char *const *names, int n) {
  char hint[256];
  reuse__node_error(
      s->yaml, s->origin,
      n ? reuse__suggestion(word, "there are", names, n, hint, sizeof hint) : NULL,
      "the file has no '%s'", word);
  return NULL;
}

/* The entry called WORD anywhere in the document; NULL: none or several, reported. */
static struct reuse__node *search(struct setting *s, const char *word) {
  struct found found = {.wanted = word};
  find_entries(s->yaml->root, &found);
  const struct reuse__node *root = s->yaml->root;
  if (found.several) {
    reuse__node_error(s->yaml, s->origin, "write the path from the top of the file",
                      "several entries are called '%s'", word);
    return NULL;
  }
  for (int i = 0; i < root->n && root->key && found.nnames < MAX_NAMES; i++)
    found.names[found.nnames++] = root->key[i]->text;
  return found.node ? found.node : unknown(s, word, found.names, found.nnames);
}

/* Index of the item of the sequence NODE that WORD names or numbers, or -1. */
static int item_index(const struct reuse__node *node, const char *word) {
  int64_t index;
  for (int i = 0; i < node->n; i++) {
    const char *name = entry_name(node->item[i]);
    if (name && strcmp(name, word) == 0)
      return i;
  }
  if (reuse__parse_int(word, &index, NULL) && index >= 0 && index < node->n)
    return (int)index;
  return -1;
}

/* Where the value of WORD in NODE is kept, or NULL. */
static struct reuse__node **slot(struct reuse__node *node, const char *word) {
  int i = -1;
  if (node->kind == REUSE__MAPPING)
    i = reuse__key_index(node, word);
  else if (node->kind == REUSE__SEQUENCE)
    i = item_index(node, word);
  return i < 0 ? NULL : &node->item[i];
}

/* Reports that NODE has no WORD, with the names that it has; gives NULL. */
static struct reuse__node *nothing_in(struct setting *s,
                                      const struct reuse__node *node,
                                      const char *word) {
  const char *names[MAX_NAMES];
  int n = 0;
  for (int i = 0; i < node->n && n < MAX_NAMES; i++) {
    const char *name = node->key ? node->key[i]->text : entry_name(node->item[i]);
    if (name)
      names[n++] = name;
  }
  return unknown(s, word, names, n);
}

/* Puts the setting's value at WORD in NODE, a new key if need be. */
static bool put(struct setting *s, struct reuse__node *node, const char *word) {
  struct reuse__node **old = slot(node, word);
  if (old) {
    *old = s->value;
    return true;
  }
  if (node->kind != REUSE__MAPPING)
    return nothing_in(s, node, word);
  struct reuse__node *key = reuse__alloc(s->yaml->arena, sizeof *key);
  int room = 0;
  if (!key)
    return reuse__yaml_no_memory(s->yaml);
  *key = *s->origin;
  key->text = word;
  return reuse__node_append(s->yaml, node, key, s->value, &room);
}

/* Puts the setting's value at PATH, whose dots are overwritten. */
static void apply(struct setting *s, char *path) {
  struct reuse__node *node = s->yaml->root;
  char *word = path, *dot;
  for (; node && (dot = strchr(word, '.')); word = dot + 1) {
    *dot = '\0';
    struct reuse__node **child = slot(node, word);
    if (child)
      node = *child;
    else
      node = word == path ? search(s, word) : nothing_in(s, node, word);
  }
  if (node)
    put(s, node, word);
}

/* Whether the N characters at PATH are words with a dot between two. */
static bool is_path(const char *path, size_t n) {
  return n > 0 && path[0] != '.' && path[n - 1] != '.' && !strstr(path, "..");
}

/* A copy of NODE and all that is in it, *room nodes at most; NULL: it is larger, or no
 * memory, which is noted. */
static struct reuse__node *copy(struct reuse__yaml *yaml, const struct reuse__node *node,
                                int *room) {
  if (--*room < 0)
    return NULL;
  struct reuse__node *result = reuse__alloc(yaml->arena, sizeof *result);
  struct reuse__node **item =
      reuse__alloc_array(yaml->arena, (size_t)node->n + 1, sizeof *item);
  bool ok = result && item;
  if (!ok)
    reuse__yaml_no_memory(yaml);
  for (int i = 0; ok && i < node->n; i++)
    ok = (item[i] = copy(yaml, node->item[i], room)) != NULL;
  if (!ok)
    return NULL;
  *result = *node;
  result->item = item;
  return result;
}

enum reuse_status reuse__yaml_put(struct reuse__yaml *yaml,
                                  const struct reuse__node *key,
                                  const struct reuse__node *value, int *room) {
  struct setting s = {.yaml = yaml, .origin = key};
  char *path = reuse__strdup(yaml->arena, key->text);
  if (!path)
    reuse__yaml_no_memory(yaml);
  else if (!is_path(path, strlen(path)))
    reuse__node_error(yaml, key, "write KEY or LEVEL.KEY", "not a path");
  if (yaml->status != REUSE_OK || !yaml->root)
    return yaml->status;
  s.value = copy(yaml, value, room);
  if (s.value) {
    apply(&s, path);
  } else if (yaml->status == REUSE_OK) {
    yaml->status = REUSE_ERR_LIMIT;
    reuse__node_error(yaml, key, NULL, "more than %d values", REUSE__YAML_NODES);
  }
  return yaml->status;
}

struct reuse__node *reuse__yaml_take(struct reuse__yaml *yaml, const char *name) {
  struct reuse__node *root = yaml->root;
  const int at = root && root->kind == REUSE__MAPPING ? reuse__key_index(root, name) : -1;
  if (at < 0)
    return NULL;
  struct reuse__node *taken = root->item[at];
  root->n--;
  for (int i = at; i < root->n; i++) {
    root->key[i] = root->key[i + 1];
    root->item[i] = root->item[i + 1];
  }
  return taken;
}

enum reuse_status reuse__yaml_set(struct reuse__yaml *yaml, const char *setting) {
  const char *equals = strchr(setting, '=');
  size_t n = equals ? (size_t)(equals - setting) : strlen(setting);
  char *path = reuse__strndup(yaml->arena, setting, n);
  char *file =
      reuse__printf(yaml->arena, "--set %.*s", n > 200 ? 200 : (int)n, setting);
  struct setting s = {.yaml = yaml};
  struct reuse__node *origin = reuse__alloc(yaml->arena, sizeof *origin);
  s.origin = origin;
  if (!path || !file || !origin) {
    reuse__yaml_no_memory(yaml);
    return yaml->status;
  }
  origin->text = "";
  origin->place.file = file;
  if (!equals || !is_path(path, n)) {
    reuse__node_error(yaml, s.origin, "write KEY=VALUE or LEVEL.KEY=VALUE",
                      "not a setting");
    return yaml->status;
  }
  if (!yaml->root)
    return yaml->status;
  s.value = reuse__yaml_build(yaml, file, equals + 1, strlen(equals + 1), true);
  if (s.value)
    apply(&s, path);
  return yaml->status;
}
