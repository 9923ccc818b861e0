/* The plan of a validation: which figures are compared, with what, how closely.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "validate/plan.h"

#include <fnmatch.h>
#include <string.h>

#include "base/text.h"

enum { MAX_BATCH = 1 << 20 };

/* ---- selectors ---------------------------------------------------------------- */

static bool matches(const char *glob, const char *text) {
  return !glob || strcmp(glob, text) == 0 || fnmatch(glob, text, 0) == 0;
}

bool reuse__selects(const struct reuse__selector *s, const struct reuse__figure *f) {
  return matches(s->file, f->file) && matches(s->system, f->system) &&
         matches(s->network, f->network) && matches(s->layer, f->layer) &&
         matches(s->metric, f->metric);
}

const char *reuse__system_of(const struct reuse__plan *plan,
                             const struct reuse__figure *figure) {
  for (int i = 0; i < plan->nsystems; i++)
    for (int g = 0; g < plan->system[i].n; g++)
      if (matches(plan->system[i].glob[g], figure->system))
        return plan->system[i].name;
  return figure->system;
}

/* ---- lists -------------------------------------------------------------------- */

/* Room for the items of NODE, NULL: no memory or no list. */
static void *room(struct reuse__yaml *y, const struct reuse__node *node, const char *what,
                  enum reuse__node_kind kind, size_t size) {
  if (!reuse__expect(y, node, what, kind))
    return NULL;
  void *items = reuse__alloc_array(y->arena, (size_t)node->n + 1, size);
  if (!items)
    reuse__yaml_no_memory(y);
  return items;
}

/* The strings of the list NODE (NULL: none). */
static const char **strings(struct reuse__yaml *y, const struct reuse__node *node,
                            const char *what, int *n) {
  const char **list = node ? room(y, node, what, REUSE__SEQUENCE, sizeof *list) : NULL;
  *n = 0;
  if (!list)
    return NULL;
  for (int i = 0; i < node->n; i++)
    if (reuse__get_string(y, node->item[i], what, &list[*n]))
      ++*n;
  return list;
}

static void read_systems(struct reuse__plan *p, const struct reuse__node *node) {
  struct reuse__yaml *y = &p->yaml;
  p->system = room(y, node, "systems", REUSE__MAPPING, sizeof *p->system);
  for (int i = 0; p->system && i < node->n; i++) {
    struct reuse__system *s = &p->system[p->nsystems++];
    s->name = node->key[i]->text;
    s->glob = strings(y, node->item[i], "a system", &s->n);
  }
}

static void read_remarks(struct reuse__plan *p, const struct reuse__node *node) {
  static const struct reuse__key keys[] = {{"system", true}, {"text", true}};
  const struct reuse__node *v[2];
  struct reuse__yaml *y = &p->yaml;
  p->remark = room(y, node, "remarks", REUSE__SEQUENCE, sizeof *p->remark);
  for (int i = 0; p->remark && i < node->n; i++) {
    struct reuse__remark *c = &p->remark[p->nremarks++];
    if (reuse__mapping(y, node->item[i], "a remark", keys, 2, v)) {
      reuse__get_string(y, v[0], "system", &c->system);
      reuse__get_string(y, v[1], "text", &c->text);
    }
  }
}

/* ---- scenarios ------------------------------------------------------------------ */

static void read_scenario(struct reuse__yaml *y, const struct reuse__node *key,
                          const struct reuse__node *node, struct reuse__scenario *s) {
  static const struct reuse__key keys[] = {
    {"arch", true}, {"net", true}, {"layers", false}, {"mapping", false},
    {"dataflow", false}, {"objective", false}, {"batch", false}, {"set", false}
  };
  enum { ARCH, NET, LAYERS, MAPPING, DATAFLOW, OBJECTIVE, BATCH, SET, KEYS };
  const struct reuse__node *v[KEYS];
  int64_t batch = 1;
  *s = (struct reuse__scenario){.name = key->text, .node = key};
  if (!reuse__mapping(y, node, "a scenario", keys, KEYS, v))
    return;
  reuse__get_string(y, v[ARCH], "arch", &s->arch);
  reuse__get_string(y, v[NET], "net", &s->net);
  reuse__get_string(y, v[LAYERS], "layers", &s->layers);
  reuse__get_string(y, v[MAPPING], "mapping", &s->mapping);
  reuse__get_string(y, v[DATAFLOW], "dataflow", &s->dataflow);
  reuse__get_enum(y, v[OBJECTIVE], "objective", reuse_objective_name, REUSE_WEIGHTED,
                  &s->objective);
  reuse__get_int(y, v[BATCH], "batch", 1, MAX_BATCH, &batch);
  s->set = strings(y, v[SET], "set", &s->nset);
  s->batch = (int)batch;
}

static void read_scenarios(struct reuse__plan *p, const struct reuse__node *node) {
  struct reuse__yaml *y = &p->yaml;
  p->scenario = room(y, node, "scenarios", REUSE__MAPPING, sizeof *p->scenario);
  for (int i = 0; p->scenario && i < node->n; i++)
    read_scenario(y, node->key[i], node->item[i], &p->scenario[p->nscenarios++]);
}

/* ---- entries -------------------------------------------------------------------- */

/* "exact", "2%", "0.5" (in the figure's unit), "at least", "at most". */
static void read_tolerance(struct reuse__yaml *y, const struct reuse__node *node,
                           struct reuse__tolerance *t) {
  if (!node || !reuse__get_string(y, node, "tolerance", &t->text))
    return;
  const size_t n = reuse__parse_number(t->text, 0, &t->value);
  if (strcmp(t->text, "exact") == 0) {
    t->value = 1e-9;
  } else if (strcmp(t->text, "at least") == 0) {
    t->kind = REUSE__AT_LEAST;
  } else if (strcmp(t->text, "at most") == 0) {
    t->kind = REUSE__AT_MOST;
  } else if (n > 0 && strcmp(t->text + n, "%") == 0) {
    t->value /= 100;
  } else if (n > 0 && !t->text[n]) {
    t->kind = REUSE__ABSOLUTE;
  } else {
    reuse__node_error(y, node, "exact, 2%, 0.5 (in the unit of the figure), at least or "
                      "at most", "'%.40s' is no tolerance", t->text);
  }
}

enum { FILE_KEY, SYSTEM, NETWORK, LAYER, METRIC, VALUE, VARIANT, TOLERANCE, REASON,
       FITTED, USED_BY, KEYS };

static void read_entry(struct reuse__plan *p, const struct reuse__node *node,
                       struct reuse__entry *e) {
  static const struct reuse__key keys[KEYS] = {
    {"file", false}, {"system", true}, {"network", false}, {"layer", false},
    {"metric", false}, {"value", false}, {"variant", false}, {"tolerance", false},
    {"reason", false}, {"fitted", false}, {"used_by", false}
  };
  struct reuse__yaml *y = &p->yaml;
  const struct reuse__node *v[KEYS];
  const char *formula = NULL;
  *e = (struct reuse__entry){.node = node};
  if (!reuse__mapping(y, node, "an entry", keys, KEYS, v))
    return;
  reuse__get_string(y, v[FILE_KEY], "file", &e->which.file);
  reuse__get_string(y, v[SYSTEM], "system", &e->which.system);
  reuse__get_string(y, v[NETWORK], "network", &e->which.network);
  reuse__get_string(y, v[LAYER], "layer", &e->which.layer);
  reuse__get_string(y, v[METRIC], "metric", &e->which.metric);
  reuse__get_string(y, v[VALUE], "value", &formula);
  reuse__get_string(y, v[VARIANT], "variant", &e->variant);
  reuse__get_string(y, v[REASON], "reason", &e->reason);
  reuse__get_string(y, v[USED_BY], "used_by", &e->used_by);
  reuse__get_bool(y, v[FITTED], "fitted", &e->fitted);
  read_tolerance(y, v[TOLERANCE], &e->tolerance);
  e->formula = v[VALUE];
  if (y->status != REUSE_OK)
    return;
  if (e->formula && (!e->tolerance.text || !e->reason))
    reuse__node_error(y, node, NULL, "a comparison needs a tolerance and its reason");
  if (!e->formula && !e->reason && !e->used_by)
    reuse__node_error(y, node, NULL,
                      "an entry needs a value, a file that uses it, or a reason");
}

static void read_entries(struct reuse__plan *p, const struct reuse__node *node) {
  p->entry = room(&p->yaml, node, "figures", REUSE__SEQUENCE, sizeof *p->entry);
  for (int i = 0; p->entry && i < node->n; i++)
    read_entry(p, node->item[i], &p->entry[p->nentries++]);
}

enum reuse_status reuse__plan_read(const char *path, struct reuse_arena *arena,
                                   struct reuse__plan *plan, struct reuse_diag *diag) {
  static const struct reuse__key keys[] = {{"published", true}, {"systems", true},
                                           {"remarks", true}, {"scenarios", true},
                                           {"values", false},   {"figures", true}};
  const struct reuse__node *v[6];
  *plan = (struct reuse__plan){0};
  struct reuse__yaml *y = &plan->yaml;
  const enum reuse_status status = reuse__yaml_load(path, arena, diag, y);
  if (status != REUSE_OK)
    return status;
  if (!reuse__mapping(y, y->root, "a validation", keys, 6, v))
    return y->status;
  plan->published = strings(y, v[0], "published", &plan->npublished);
  read_systems(plan, v[1]);
  read_remarks(plan, v[2]);
  read_scenarios(plan, v[3]);
  plan->values = v[4] && reuse__expect(y, v[4], "values", REUSE__MAPPING) ? v[4] : NULL;
  read_entries(plan, v[5]);
  return y->status;
}
