/* What the fuzz targets share.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A target is LLVMFuzzerTestOneInput: libFuzzer calls it with inputs that it
 * makes up (`make fuzz`), replay.c with those of tests/fuzz/corpus. */
#ifndef FUZZ_INPUT_H
#define FUZZ_INPUT_H

#include <stddef.h>
#include <stdint.h>

#include "reusemodel.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The path of a file that holds the SIZE bytes at DATA; the next call replaces
 * them.  NULL: the file cannot be written. */
const char *fuzz_file(const uint8_t *data, size_t size);

/* A sink that reads every message and forgets it. */
struct reuse_diag fuzz_diag(void);

#endif
