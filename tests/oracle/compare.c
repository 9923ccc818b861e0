/* Differences between two counts of one nest.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "compare.h"

#include <stddef.h>

struct list {
  int n, size;
  struct difference *item;
};

struct field {
  const char *name;
  size_t offset;
};

static const struct field nest_fields[] = {
    {"macs", offsetof(struct reuse_counts, macs)},
    {"effective_macs", offsetof(struct reuse_counts, effective_macs)},
    {"steps", offsetof(struct reuse_counts, steps)},
    {"instances", offsetof(struct reuse_counts, instances)}};

static const struct field traffic_fields[] = {
    {"loads", offsetof(struct reuse_traffic, loads)},
    {"serves", offsetof(struct reuse_traffic, serves)},
    {"updates", offsetof(struct reuse_traffic, updates)},
    {"drains", offsetof(struct reuse_traffic, drains)},
    {"deliveries", offsetof(struct reuse_traffic, deliveries)}};

static void compare(struct list *l, int level, int tensor, const char *field,
                    int64_t expected, int64_t actual) {
  if (expected == actual)
    return;
  if (l->n < l->size)
    l->item[l->n] = (struct difference){level, tensor, field, expected, actual};
  l->n++;
}

static int64_t value(const void *object, const struct field *field) {
  return *(const int64_t *)(const void *)((const char *)object + field->offset);
}

int compare_counts(const struct reuse_nest *nest,
                   const struct reuse_counts *expected,
                   const struct reuse_counts *actual, int size,
                   struct difference *difference) {
  struct list l = {0, size, difference};

  for (size_t f = 0; f < sizeof nest_fields / sizeof *nest_fields; f++)
    compare(&l, -1, -1, nest_fields[f].name, value(expected, &nest_fields[f]),
            value(actual, &nest_fields[f]));
  for (int i = 0; i < nest->nlevels; i++) {
    compare(&l, i, -1, "level_steps", expected->level_steps[i],
            actual->level_steps[i]);
    compare(&l, i, -1, "level_instances", expected->level_instances[i],
            actual->level_instances[i]);
  }
  for (int i = 0; i < nest->nlevels - 1; i++)
    for (int t = 0; t < REUSE_TENSORS; t++)
      for (size_t f = 0; f < sizeof traffic_fields / sizeof *traffic_fields; f++)
        compare(&l, i, t, traffic_fields[f].name,
                value(&expected->at[i][t], &traffic_fields[f]),
                value(&actual->at[i][t], &traffic_fields[f]));
  return l.n;
}
