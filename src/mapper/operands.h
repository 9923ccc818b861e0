/* Words that MACs which hold nothing read.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_MAPPER_OPERANDS_H
#define REUSE_MAPPER_OPERANDS_H

#include "mapper/partial.h"

/* Words of the link's tensor that the MACs use: one in each MAC, but for raw padding. */
double reuse__at_macs(const struct reuse__partial *partial, const struct reuse__chain_link *l);

/* At least how many words the MACs, which do not hold the link's tensor, read from its parent;
 * a word that several MACs below an instance of the parent use in the same step counts once. */
double reuse__operands(const struct reuse__partial *partial, const struct reuse__chain_link *l);

#endif
