/* Machines with as much of a resource as another.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_COMPARE_ISO_H
#define REUSE_COMPARE_ISO_H

#include "base/arena.h"
#include "reusemodel.h"

/* What is made equal. */
enum reuse__iso { REUSE__ISO_NONE, REUSE__ISO_PES, REUSE__ISO_AREA, REUSE__ISO_BANDWIDTH,
                  REUSE__ISOS };
extern const char *const reuse__iso_name[REUSE__ISOS]; /* "none" "pes" "area" "bandwidth" */

/* The same in words, as "PEs and storage"; NULL for none. */
extern const char *const reuse__iso_words[REUSE__ISOS];

/* What is done to make it so, a sentence. */
extern const char *const reuse__iso_rule[REUSE__ISOS];

/* ARCH with as much as REFERENCE has, in ARENA; it points into ARCH.  *what becomes
 * what was changed, "" for nothing.  Errors: REUSE_ERR_INPUT (the file of ARCH or
 * REFERENCE does not allow it, told to DIAG), memory. */
enum reuse_status reuse__iso_arch(const struct reuse_arch *arch,
                                  const struct reuse_arch *reference, enum reuse__iso iso,
                                  struct reuse_arena *arena,
                                  const struct reuse_arch **result, const char **what,
                                  struct reuse_diag *diag);

#endif
