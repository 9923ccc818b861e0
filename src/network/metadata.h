/* The comment lines at the top of a network file.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_NETWORK_METADATA_H
#define REUSE_NETWORK_METADATA_H

#include "network/input.h"

enum reuse__key {
  REUSE__KEY_NAME, REUSE__KEY_TITLE, REUSE__KEY_SOURCE, REUSE__KEY_MACS,
  REUSE__KEY_PARAMS, REUSE__KEY_OTHER_PARAMS, REUSE__KEY_NOTE, REUSE__KEYS
};

/* What "# key: value" lines state.  Texts are in the arena, "" when absent. */
struct reuse__metadata {
  const char *text[REUSE__KEYS];
  size_t offset[REUSE__KEYS];   /* of the value; 0 when absent */
  bool given[REUSE__KEYS];
  int64_t macs, params, other_params;
  size_t end;                   /* of the comments: where the columns begin */
};

/* Reads the comments; false when a key is unknown, given twice or missing, or
 * a value is wrong (reported). */
bool reuse__metadata_read(struct reuse__input *in,
                          struct reuse__metadata *metadata);

#endif
