/* Arena: blocks in a list, each handed out from its front.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct block {
  struct block *next;
  size_t used, size; /* of data */
  alignas(max_align_t) unsigned char data[];
};

struct reuse_arena {
  struct block *first; /* the one that allocations come from */
};

enum { BLOCK_BYTES = 16 * 1024 };

struct reuse_arena *reuse_arena_new(void) {
  return calloc(1, sizeof(struct reuse_arena));
}

void reuse_arena_free(struct reuse_arena *arena) {
  if (!arena)
    return;
  for (struct block *b = arena->first, *next; b; b = next) {
    next = b->next;
    free(b);
  }
  free(arena);
}

/* A zeroed block with room for N bytes, put in front of the list, or behind the
 * first block when it is for one large piece only. */
static struct block *block_new(struct reuse_arena *arena, size_t n) {
  bool large = n > BLOCK_BYTES / 4;
  size_t size = large ? n : BLOCK_BYTES;
  struct block *b = calloc(1, sizeof *b + size);
  if (!b)
    return NULL;
  b->size = size;
  struct block **link = large && arena->first ? &arena->first->next : &arena->first;
  b->next = *link;
  *link = b;
  return b;
}

void *reuse__alloc(struct reuse_arena *arena, size_t n) {
  const size_t align = alignof(max_align_t);
  if (n > SIZE_MAX / 2)
    return NULL;
  n = n ? (n + align - 1) / align * align : align;
  struct block *b = arena->first;
  if (!b || b->size - b->used < n)
    b = block_new(arena, n);
  if (!b)
    return NULL;
  void *p = b->data + b->used;
  b->used += n;
  return p;
}

void *reuse__alloc_array(struct reuse_arena *arena, size_t n, size_t size) {
  if (size && n > SIZE_MAX / 2 / size)
    return NULL;
  return reuse__alloc(arena, n * size);
}

char *reuse__strndup(struct reuse_arena *arena, const char *s, size_t n) {
  char *copy = n < SIZE_MAX ? reuse__alloc(arena, n + 1) : NULL;
  if (copy && n)
    memcpy(copy, s, n);
  return copy;
}

char *reuse__strdup(struct reuse_arena *arena, const char *s) {
  return reuse__strndup(arena, s, strlen(s));
}

char *reuse__printf(struct reuse_arena *arena, const char *format, ...) {
  va_list args;
  va_start(args, format);
  int n = vsnprintf(NULL, 0, format, args);
  va_end(args);
  char *text = n < 0 ? NULL : reuse__alloc(arena, (size_t)n + 1);
  if (!text)
    return NULL;
  va_start(args, format);
  vsnprintf(text, (size_t)n + 1, format, args);
  va_end(args);
  return text;
}
