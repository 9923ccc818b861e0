/* Reads technology files: energies by size, type and width.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "arch/reader.h"

/* A table of energies: entries rise in what they are entered by. */
struct table {
  const char *what;  /* key of the list */
  const char *entry; /* an entry, in messages */
  const char *by;    /* key of what it is entered by */
  enum reuse__unit_kind by_kind, energy_kind;
  double max;
};

static const struct table sram_table = {
    "sram",       "an entry of 'sram'", "size",
    REUSE__BYTES, REUSE__PJ_PER_BIT,    1e15};
static const struct table register_table = {
    "register",   "an entry of 'register'", "size",
    REUSE__BYTES, REUSE__PJ_PER_BIT,        1e15};
static const struct table mac_table = {"mac",       "an entry of 'mac'", "bits",
                                       REUSE__BITS, REUSE__PJ,           1024};

/* Reads the ends of the range of ENERGY, which has both or neither. */
static bool read_range(struct reuse__reader *r, const struct reuse__node *low,
                       const struct reuse__node *high, enum reuse__unit_kind kind,
                       const struct reuse_quantity *energy, struct reuse_range *range) {
  if (!low && !high)
    return true;
  if (!low || !high)
    return reuse__node_error(r->yaml, low ? low : high, "a range has both ends",
                             "'%s' without '%s'", low ? "low" : "high",
                             low ? "high" : "low");
  if (!reuse__read_quantity(r, low, "low", kind, 1e-9, REUSE__MAX_PJ, &range->low) ||
      !reuse__read_quantity(r, high, "high", kind, 1e-9, REUSE__MAX_PJ, &range->high))
    return false;
  if (range->low.value > energy->value || range->high.value < energy->value)
    return reuse__node_error(r->yaml, range->low.value > energy->value ? low : high, NULL,
                             "the energy is not between 'low' and 'high'");
  return true;
}

/* Reads one entry; X must be above the last entry's. */
static bool read_entry(struct reuse__reader *r, const struct reuse__node *node,
                       const struct table *table, const double *last,
                       const struct reuse_quantity *last_energy, double *x,
                       struct reuse_quantity *energy, struct reuse_range *range) {
  const struct reuse__key keys[] = {
      {table->by, true}, {"energy", true}, {"low", false}, {"high", false}};
  const struct reuse__node *v[4];
  struct reuse_quantity by = {0};
  if (!reuse__mapping(r->yaml, node, table->entry, keys, 4, v) ||
      !reuse__read_quantity(r, v[0], table->by, table->by_kind, 1, table->max, &by) ||
      !reuse__read_quantity(r, v[1], "energy", table->energy_kind, 1e-9,
                            REUSE__MAX_PJ, energy) ||
      !read_range(r, v[2], v[3], table->energy_kind, energy, range))
    return false;
  *x = by.value;
  if (last && !(*x > *last))
    return reuse__node_error(r->yaml, v[0], NULL,
                             "the entries of '%s' must rise in %s", table->what,
                             table->by);
  if (last && energy->value < last_energy->value)
    return reuse__node_error(r->yaml, v[1], NULL,
                             "the energy falls while the %s of '%s' rises",
                             table->by, table->what);
  return true;
}

/* Reads the list NODE into *n, *x and *energy; absent: an empty table. */
static bool read_table(struct reuse__reader *r, const struct reuse__node *node,
                       const struct table *table, int *n, const double **x,
                       const struct reuse_quantity **energy,
                       const struct reuse_range **range) {
  if (!node)
    return true;
  if (!reuse__expect_items(r->yaml, node, table->what, 1, REUSE__MAX_TABLE))
    return false;
  double *xs = reuse__read_alloc(r, node->n, sizeof *xs);
  struct reuse_quantity *es = reuse__read_alloc(r, node->n, sizeof *es);
  struct reuse_range *rs = reuse__read_alloc(r, node->n, sizeof *rs);
  bool ok = xs && es && rs;
  for (int i = 0; ok && i < node->n; i++)
    ok = read_entry(r, node->item[i], table, i ? &xs[i - 1] : NULL,
                    i ? &es[i - 1] : NULL, &xs[i], &es[i], &rs[i]);
  *n = ok ? node->n : 0;
  *x = xs;
  *energy = es;
  *range = rs;
  return ok;
}

/* One figure NAME, or a mapping of it as VALUE and its range; absent: none. */
static bool read_figure(struct reuse__reader *r, const struct reuse__node *node,
                        const char *name, const char *value, enum reuse__unit_kind kind,
                        struct reuse_quantity *figure, struct reuse_range *range) {
  const struct reuse__key keys[] = {{value, true}, {"low", false}, {"high", false}};
  const struct reuse__node *v[3] = {node, NULL, NULL};
  if (!node)
    return true;
  if (node->kind == REUSE__MAPPING && !reuse__mapping(r->yaml, node, name, keys, 3, v))
    return false;
  return reuse__read_quantity(r, v[0], name, kind, 1e-9, REUSE__MAX_PJ, figure) &&
         read_range(r, v[1], v[2], kind, figure, range);
}

/* Reads the mapping of DRAM types to energies. */
static bool read_dram(struct reuse__reader *r, const struct reuse__node *node,
                      struct reuse_technology *t) {
  if (!node)
    return true;
  if (!reuse__expect(r->yaml, node, "dram", REUSE__MAPPING))
    return false;
  const char **names = reuse__read_alloc(r, node->n, sizeof *names);
  struct reuse_quantity *energy = reuse__read_alloc(r, node->n, sizeof *energy);
  struct reuse_range *range = reuse__read_alloc(r, node->n, sizeof *range);
  bool ok = names && energy && range;
  for (int i = 0; ok && i < node->n; i++) {
    ok = reuse__read_name(r, node->key[i], "a DRAM type", &names[i]);
    ok = read_figure(r, node->item[i], names[i] ? names[i] : "dram", "energy",
                     REUSE__PJ_PER_BIT, &energy[i], &range[i]) &&
         ok;
  }
  t->ndram = ok ? node->n : 0;
  t->dram_name = names;
  t->dram_pj_per_bit = energy;
  t->dram_range = range;
  return ok;
}

/* One memory in the place of SRAM: ratios to it. */
static bool read_memory(struct reuse__reader *r, const struct reuse__node *node,
                        struct reuse_memory *m) {
  static const struct reuse__key keys[] = {
      {"read", true}, {"write", true}, {"static_power", true}};
  const struct reuse__node *v[3];
  return reuse__mapping(r->yaml, node, "a memory", keys, 3, v) &&
         read_figure(r, v[0], "read", "ratio", REUSE__RATIO, &m->read, &m->read_range) &&
         read_figure(r, v[1], "write", "ratio", REUSE__RATIO, &m->write, &m->write_range) &&
         read_figure(r, v[2], "static_power", "ratio", REUSE__RATIO, &m->leak,
                     &m->leak_range);
}

/* Reads the mapping of memories. */
static bool read_memories(struct reuse__reader *r, const struct reuse__node *node,
                          struct reuse_technology *t) {
  if (!node)
    return true;
  if (!reuse__expect(r->yaml, node, "memories", REUSE__MAPPING))
    return false;
  struct reuse_memory *memory = reuse__read_alloc(r, node->n, sizeof *memory);
  bool ok = memory != NULL;
  for (int i = 0; ok && i < node->n; i++)
    ok = reuse__read_name(r, node->key[i], "a memory", &memory[i].name) &&
         read_memory(r, node->item[i], &memory[i]);
  t->nmemories = ok ? node->n : 0;
  t->memory = memory;
  return ok;
}

/* Decodes the document of YAML. */
static void read_document(struct reuse__yaml *yaml, struct reuse_technology *t) {
  static const struct reuse__key keys[] = {
      {"name", true}, {"title", true},     {"sources", false}, {"sram", true},
      {"mac", true},  {"register", false}, {"dram", true},     {"hop", false},
      {"static_power", false}, {"memories", false}};
  enum { NAME, TITLE, SOURCES, SRAM, MAC, REGISTER, DRAM, HOP, STATIC, MEMORIES, KEYS };
  const struct reuse__node *v[KEYS];
  struct reuse__reader r = {.yaml = yaml};
  if (!reuse__mapping(yaml, yaml->root, "a technology", keys, KEYS, v))
    return;
  reuse__read_name(&r, v[NAME], "name", &t->name);
  reuse__get_string(yaml, v[TITLE], "title", &t->title);
  reuse__read_sources(&r, v[SOURCES]);
  t->nsources = r.nsources;
  t->source = r.source;
  read_table(&r, v[SRAM], &sram_table, &t->nsram, &t->sram_bytes,
             &t->sram_pj_per_bit, &t->sram_range);
  read_table(&r, v[REGISTER], &register_table, &t->nregister,
             &t->register_bytes, &t->register_pj_per_bit, &t->register_range);
  read_table(&r, v[MAC], &mac_table, &t->nmac, &t->mac_bits, &t->mac_pj, &t->mac_range);
  read_dram(&r, v[DRAM], t);
  read_figure(&r, v[HOP], "hop", "energy", REUSE__PJ_PER_BIT, &t->hop_pj_per_bit,
              &t->hop_range);
  read_figure(&r, v[STATIC], "static_power", "power", REUSE__MW, &t->leak_mw,
              &t->leak_range);
  read_memories(&r, v[MEMORIES], t);
}

bool reuse__read_technology(struct reuse__yaml *yaml,
                            const struct reuse__node *node, const char *model_dir,
                            const struct reuse_technology **technology) {
  struct reuse__yaml file;
  const char *path = reuse__read_path(yaml, node, "technology", model_dir, "tech/");
  if (!path)
    return false;
  struct reuse_technology *t = reuse__alloc(yaml->arena, sizeof *t);
  if (!t)
    return reuse__yaml_no_memory(yaml);
  t->path = path;
  if (reuse__yaml_load(path, yaml->arena, yaml->diag, &file) == REUSE_OK)
    read_document(&file, t);
  if (file.status != REUSE_OK) {
    if (yaml->status == REUSE_OK)
      yaml->status = file.status;
    return false;
  }
  *technology = t;
  return true;
}
