/* The rules of a dataflow in words.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_CLI_RULES_H
#define REUSE_CLI_RULES_H

#include "cli/figures.h"

/* "conv, pwconv, ...": the layer types of MASK. */
const char *layer_types(const struct page *page, unsigned mask);

/* The loops that DATAFLOW of ENGINE allows. */
void put_dataflow(const struct page *page, const struct reuse_engine *engine,
                  const struct reuse_dataflow *dataflow);

#endif
