/* Tables of names that files and messages use, beside the public ones.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_BASE_NAMES_H
#define REUSE_BASE_NAMES_H

#include "reusemodel.h"

/* One-letter strings, for reuse__get_enum and reuse__get_mask. */
extern const char *const reuse__dim_name[REUSE_DIMS];       /* "N" ... "S" */
extern const char *const reuse__tensor_name[REUSE_TENSORS]; /* "I" "W" "O" */

/* By enum reuse_network: "multicast" "unicast" "reduce" "accumulate". */
enum { REUSE__NETWORKS = 4 };
extern const char *const reuse__network_name[REUSE__NETWORKS];

/* Whether NETWORK (enum reuse_network) can carry TENSOR. */
bool reuse__network_allowed(enum reuse_tensor tensor, int network);

/* By enum reuse_memory_kind: "dram" "sram" "register". */
enum { REUSE__MEMORY_KINDS = 3 };
extern const char *const reuse__memory_kind_name[REUSE__MEMORY_KINDS];

/* By enum reuse_operand: "weights" "tied" "activations". */
enum { REUSE__OPERANDS = 3 };
extern const char *const reuse__operand_name[REUSE__OPERANDS];

#endif
