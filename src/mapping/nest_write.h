/* Writing of nests: as a nest file and as pseudo-code.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_MAPPING_NEST_WRITE_H
#define REUSE_MAPPING_NEST_WRITE_H

#include <stdio.h>

#include "reusemodel.h"

/* Writes PROBLEM and NEST, which is legal, as a nest file (reusemodel-nest(5));
 * reuse_nest_read gives them back.  Errors: REUSE_ERR_IO, not reported. */
enum reuse_status reuse__nest_write(const struct reuse_problem *problem,
                                    const struct reuse_nest *nest, FILE *file);

/* Writes NEST, which is legal, as loops in pseudo-code, indented by depth, with the
 * levels as comments.  Errors: REUSE_ERR_IO, not reported. */
enum reuse_status reuse__nest_print_code(const struct reuse_problem *problem,
                                         const struct reuse_nest *nest, FILE *file);

#endif
