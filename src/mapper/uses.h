/* How often an instance uses a word of the raw input.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_MAPPER_USES_H
#define REUSE_MAPPER_USES_H

#include "mapper/partial.h"

/* Words of the raw input that come to the link's child, seen from LEVEL, at least: every
 * instance needs those that its MACs use.  doc/MODEL.md, Lemma 18. */
double reuse__words_used(const struct reuse__partial *partial, const struct reuse__chain_link *l,
                         int level);

#endif
