/* YAML files, read strictly, over libfyaml's parser.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A document becomes a tree of nodes in the caller's arena; nothing has to be
 * closed.  Every fault is reported once to the diagnostics with file, line,
 * column and source line, and kept in yaml->status.  So a decoder may go on
 * after a fault and return yaml->status at the end:
 *
 *   static const struct reuse__key keys[] = {{"name", true}, {"size", false}};
 *   enum { NAME, SIZE, KEYS };
 *   const struct reuse__node *v[KEYS];
 *   if (reuse__mapping(&y, node, "a level", keys, KEYS, v)) {
 *     reuse__get_string(&y, v[NAME], "name", &level->name);
 *     reuse__get_quantity(&y, v[SIZE], "size", REUSE__BYTES, 1, 1e15, &level->size);
 *   }
 *   return y.status;
 *
 * Getters take a NULL node (an absent key) as "leave *value as it is, true". */
#ifndef REUSE_BASE_YAML_H
#define REUSE_BASE_YAML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/units.h"
#include "reusemodel.h"

enum {
  REUSE__YAML_BYTES = 4 << 20, /* largest file */
  REUSE__YAML_DEPTH = 32,      /* deepest nesting */
  REUSE__YAML_NODES = 65536,   /* most nodes of a document */
  REUSE__YAML_KEYS = 256       /* most keys of one mapping */
};

enum reuse__node_kind { REUSE__SCALAR, REUSE__SEQUENCE, REUSE__MAPPING };

/* A node.  Aliases are the very node of their anchor; "<<: *anchor" has been
 * merged.  Iterate a sequence with node->item[0 .. n), a mapping (in the order
 * of the file) with node->key[i], a scalar, and node->item[i], its value. */
struct reuse__node {
  enum reuse__node_kind kind;
  bool quoted; /* a scalar written in quotes or as a block */
  struct reuse__place place;
  const char *text; /* of a scalar; "" when the value is missing */
  int n;
  struct reuse__node **item;
  struct reuse__node **key; /* NULL in sequences */
};

struct reuse__yaml {
  struct reuse_arena *arena; /* keeps the nodes and all strings */
  struct reuse_diag *diag;
  enum reuse_status status; /* first fault, REUSE_OK: none */
  const char *file;
  struct reuse__node *root; /* NULL when the document could not be read */
};

/* Reads the file PATH into *yaml.  Errors: REUSE_ERR_IO, REUSE_ERR_INPUT,
 * REUSE_ERR_LIMIT, REUSE_ERR_MEMORY, all reported. */
enum reuse_status reuse__yaml_load(const char *path, struct reuse_arena *arena,
                                   struct reuse_diag *diag,
                                   struct reuse__yaml *yaml);

/* Reads the SIZE bytes at TEXT, called FILE in messages. */
enum reuse_status reuse__yaml_parse(const char *file, const char *text,
                                    size_t size, struct reuse_arena *arena,
                                    struct reuse_diag *diag,
                                    struct reuse__yaml *yaml);

/* Replaces or inserts a value: SETTING is "PATH=VALUE", VALUE any flow YAML.
 * PATH is keys joined by dots; in a sequence a component is the name:, level: or
 * 0-based index of an entry.  When the root has no key of the first component,
 * it names an entry (by name:) anywhere in the document, so "buffer.size" works.
 * Places of the value are "--set PATH" with line 0.  The last key is inserted if
 * it is absent.  The root may be NULL only after a fault. */
enum reuse_status reuse__yaml_set(struct reuse__yaml *yaml, const char *setting);

/* Puts a copy of VALUE at the path that the text of KEY is, as reuse__yaml_set does;
 * KEY is its place in messages.  *room, which falls by the nodes copied, is how many
 * may be: without room REUSE_ERR_LIMIT. */
enum reuse_status reuse__yaml_put(struct reuse__yaml *yaml,
                                  const struct reuse__node *key,
                                  const struct reuse__node *value, int *room);

/* Takes the entry NAME out of YAML's root mapping; NULL: there is none. */
struct reuse__node *reuse__yaml_take(struct reuse__yaml *yaml, const char *name);

/* Adds to YAML's root mapping the entries of BASE's that it lacks, except the
 * NSKIP keys in SKIP.  Both must have mappings as roots; BASE's nodes are shared. */
enum reuse_status reuse__yaml_inherit(struct reuse__yaml *yaml,
                                      const struct reuse__yaml *base,
                                      const char *const *skip, int nskip);

/* Reports an error at NODE (NULL: none) and sets yaml->status if it was OK to
 * REUSE_ERR_INPUT.  Gives false. */
bool reuse__node_error(struct reuse__yaml *yaml, const struct reuse__node *node,
                       const char *hint, const char *format, ...)
    REUSE__PRINTF(4, 5);

/* The same OFFSET bytes into the scalar's text, when it lies on one line. */
bool reuse__node_error_at(struct reuse__yaml *yaml, const struct reuse__node *node,
                          size_t offset, const char *hint, const char *format,
                          ...) REUSE__PRINTF(5, 6);

/* Notes REUSE_ERR_MEMORY in yaml->status and reports it.  Gives false. */
bool reuse__yaml_no_memory(struct reuse__yaml *yaml);

/* "a list", "a mapping", "the word 'x'", ...: for messages; storage in BUFFER. */
const char *reuse__node_describe(const struct reuse__node *node, char *buffer,
                                 size_t size);

/* ---- mappings and sequences --------------------------------------------- */

struct reuse__key {
  const char *name;
  bool required;
};

/* Walks the mapping NODE, which WHAT ("a level") names in messages: value[i] is
 * the value of key[i] or NULL.  An unknown key, a missing required one or a NODE
 * that is no mapping is an error, reported; all of them are.  NKEYS <= 64. */
bool reuse__mapping(struct reuse__yaml *yaml, const struct reuse__node *node,
                    const char *what, const struct reuse__key *key, int nkeys,
                    const struct reuse__node **value);

/* The value of the key NAME of a mapping, NULL: absent or no mapping. */
const struct reuse__node *reuse__lookup(const struct reuse__node *node,
                                        const char *name);

/* Whether NODE (not NULL) is of the kind, else reported; WHAT is the key's name. */
bool reuse__expect(struct reuse__yaml *yaml, const struct reuse__node *node,
                   const char *what, enum reuse__node_kind kind);

/* Whether NODE is a sequence of MIN to MAX items, else reported. */
bool reuse__expect_items(struct reuse__yaml *yaml, const struct reuse__node *node,
                         const char *what, int min, int max);

/* ---- scalars: WHAT is the key's name in messages ------------------------- */

/* A non-empty text; the result lives in the arena. */
bool reuse__get_string(struct reuse__yaml *yaml, const struct reuse__node *node,
                       const char *what, const char **value);

bool reuse__get_int(struct reuse__yaml *yaml, const struct reuse__node *node,
                    const char *what, int64_t min, int64_t max, int64_t *value);

/* A plain number, which may be negative when MIN is. */
bool reuse__get_double(struct reuse__yaml *yaml, const struct reuse__node *node,
                       const char *what, double min, double max, double *value);

/* yes, no, true or false. */
bool reuse__get_bool(struct reuse__yaml *yaml, const struct reuse__node *node,
                     const char *what, bool *value);

/* One of N names; *value is its index. NULL entries of NAMES are not accepted. */
bool reuse__get_enum(struct reuse__yaml *yaml, const struct reuse__node *node,
                     const char *what, const char *const *names, int n, int *value);

/* A sequence of names, none twice; *mask has the bit of each one's index. */
bool reuse__get_mask(struct reuse__yaml *yaml, const struct reuse__node *node,
                     const char *what, const char *const *names, int n,
                     unsigned *mask);

/* A quantity of KIND between MIN and MAX in its canonical unit. */
bool reuse__get_quantity(struct reuse__yaml *yaml, const struct reuse__node *node,
                         const char *what, enum reuse__unit_kind kind,
                         double min, double max, struct reuse_quantity *value);

/* A rate above zero. */
bool reuse__get_rate(struct reuse__yaml *yaml, const struct reuse__node *node,
                     const char *what, struct reuse_rate *value);

#endif
