/* Names of the enumerations, as files and tables spell them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/names.h"

const char reuse_dim_letter[REUSE_DIMS + 1] = "NGKCPQRS";
const char reuse_tensor_letter[REUSE_TENSORS + 1] = "IWO";

const char *const reuse_layer_type_name[REUSE_LAYER_TYPES] = {
    [REUSE_CONV] = "conv",     [REUSE_GCONV] = "gconv",
    [REUSE_DWCONV] = "dwconv", [REUSE_PWCONV] = "pwconv",
    [REUSE_FC] = "fc",         [REUSE_MATMUL] = "matmul",
    [REUSE_POOL] = "pool",     [REUSE_ELTWISE] = "eltwise",
};

const char *const reuse_tag_name[REUSE_TAGS] = {
    [REUSE_UNTAGGED] = "untagged", [REUSE_FOUND] = "found",
    [REUSE_DERIVED] = "derived",   [REUSE_RECALLED] = "recalled",
    [REUSE_ASSUMED] = "assumed",   [REUSE_INFERRED] = "inferred",
    [REUSE_FITTED] = "fitted",
};

const char *const reuse_objective_name[REUSE_OBJECTIVES] = {
    [REUSE_ENERGY] = "energy",
    [REUSE_LATENCY] = "latency",
    [REUSE_EDP] = "edp",
    [REUSE_DRAM_WORDS] = "dram",
    [REUSE_WEIGHTED] = "weighted",
};

const char *const reuse__dim_name[REUSE_DIMS] = {"N", "G", "K", "C",
                                                 "P", "Q", "R", "S"};
const char *const reuse__tensor_name[REUSE_TENSORS] = {"I", "W", "O"};

const char *const reuse__network_name[REUSE__NETWORKS] = {
    [REUSE_MULTICAST] = "multicast",
    [REUSE_UNICAST] = "unicast",
    [REUSE_REDUCE] = "reduce",
    [REUSE_ACCUMULATE] = "accumulate",
};

const char *const reuse__memory_kind_name[REUSE__MEMORY_KINDS] = {
    [REUSE_DRAM] = "dram",
    [REUSE_SRAM] = "sram",
    [REUSE_REGISTER] = "register",
};

const char *const reuse__operand_name[REUSE__OPERANDS] = {
    [REUSE_WEIGHTS] = "weights",
    [REUSE_TIED] = "tied",
    [REUSE_ACTIVATIONS] = "activations",
};

bool reuse__network_allowed(enum reuse_tensor tensor, int network) {
  bool output_only = network == REUSE_REDUCE || network == REUSE_ACCUMULATE;
  return (tensor == REUSE_O) == output_only;
}

const char *reuse_status_text(enum reuse_status status) {
  switch (status) {
  case REUSE_OK: return "no error";
  case REUSE_ERR_INPUT: return "an input is wrong";
  case REUSE_ERR_NO_MAPPING: return "no legal mapping";
  case REUSE_ERR_OVERFLOW: return "a count does not fit in 63 bits";
  case REUSE_ERR_LIMIT: return "a limit of the program is exceeded";
  case REUSE_ERR_MEMORY: return "out of memory";
  case REUSE_ERR_IO: return "reading or writing failed";
  }
  return "unknown status";
}
