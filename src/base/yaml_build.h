/* Construction of YAML trees, for the reader and for settings.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_BASE_YAML_BUILD_H
#define REUSE_BASE_YAML_BUILD_H

#include "base/yaml.h"

/* The tree of the SIZE bytes at TEXT, or NULL after a fault (in yaml->status).
 * SETTING: places are FILE with line 0. */
struct reuse__node *reuse__yaml_build(struct reuse__yaml *yaml, const char *file,
                                      const char *text, size_t size, bool setting);

/* Appends ITEM (and KEY in a mapping) to NODE; *room is the capacity of its
 * arrays, 0 when it is unknown.  False: no memory, reported. */
bool reuse__node_append(struct reuse__yaml *yaml, struct reuse__node *node,
                        struct reuse__node *key, struct reuse__node *item,
                        int *room);

/* Index of the key NAME in the mapping NODE, or -1. */
int reuse__key_index(const struct reuse__node *node, const char *name);

#endif
