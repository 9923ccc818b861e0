/* Networks: reading from memory, for the tests and fuzzing.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_NETWORK_NETWORK_H
#define REUSE_NETWORK_NETWORK_H

#include "reusemodel.h"

/* As reuse_network_read, from the LENGTH bytes at TEXT (kept by the caller, not
 * needed afterwards); PATH is the file's name in messages. */
enum reuse_status reuse__network_read_memory(
  const char *path, const char *text, size_t length, struct reuse_arena *arena,
  const struct reuse_network_table **network, struct reuse_diag *diag);

#endif
