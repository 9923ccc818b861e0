/* Reading of nest files from memory.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_MAPPING_NEST_READ_H
#define REUSE_MAPPING_NEST_READ_H

#include <stddef.h>

#include "reusemodel.h"

/* reuse_nest_read of the SIZE bytes at TEXT, called FILE in messages.  *problem
 * and *nest are unchanged after an error. */
enum reuse_status reuse__nest_parse(const char *file, const char *text,
                                    size_t size, struct reuse_problem *problem,
                                    struct reuse_nest *nest,
                                    struct reuse_diag *diag);

#endif
