/* Memory of parsed inputs: allocated piecewise, freed as a whole.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_BASE_ARENA_H
#define REUSE_BASE_ARENA_H

#include <stddef.h>

#include "reusemodel.h"

#if defined(__GNUC__)
#define REUSE__PRINTF(at, first) __attribute__((format(printf, at, first)))
#else
#define REUSE__PRINTF(at, first)
#endif

/* N bytes, zeroed and aligned for any type, that live as long as ARENA;
 * NULL: no memory. */
void *reuse__alloc(struct reuse_arena *arena, size_t n);

/* N * SIZE bytes likewise; NULL also when the product overflows. */
void *reuse__alloc_array(struct reuse_arena *arena, size_t n, size_t size);

/* A copy of S; NULL: no memory. */
char *reuse__strdup(struct reuse_arena *arena, const char *s);

/* A NUL-terminated copy of the N bytes at S, which need not be terminated. */
char *reuse__strndup(struct reuse_arena *arena, const char *s, size_t n);

/* The text that printf would write. */
char *reuse__printf(struct reuse_arena *arena, const char *format, ...)
    REUSE__PRINTF(2, 3);

#endif
