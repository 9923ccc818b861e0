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

/* Reads one entry; X must be above the last entry's. */
static bool read_entry(struct reuse__reader *r, const struct reuse__node *node,
                       const struct table *table, const double *last,
                       const struct reuse_quantity *last_energy, double *x,
                       struct reuse_quantity *energy) {
  const struct reuse__key keys[] = {{table->by, true}, {"energy", true}};
  const struct reuse__node *v[2];
  struct reuse_quantity by = {0};
  if (!reuse__mapping(r->yaml, node, table->entry, keys, 2, v) ||
      !reuse__read_quantity(r, v[0], table->by, table->by_kind, 1, table->max, &by) ||
      !reuse__read_quantity(r, v[1], "energy", table->energy_kind, 1e-9,
                            REUSE__MAX_PJ, energy))
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
                       const struct reuse_quantity **energy) {
  if (!node)
    return true;
  if (!reuse__expect_items(r->yaml, node, table->what, 1, REUSE__MAX_TABLE))
    return false;
  double *xs = reuse__read_alloc(r, node->n, sizeof *xs);
  struct reuse_quantity *es = reuse__read_alloc(r, node->n, sizeof *es);
  bool ok = xs && es;
  for (int i = 0; ok && i < node->n; i++)
    ok = read_entry(r, node->item[i], table, i ? &xs[i - 1] : NULL,
                    i ? &es[i - 1] : NULL, &xs[i], &es[i]);
  *n = ok ? node->n : 0;
  *x = xs;
  *energy = es;
  return ok;
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
  bool ok = names && energy;
  for (int i = 0; ok && i < node->n; i++) {
    ok = reuse__read_name(r, node->key[i], "a DRAM type", &names[i]);
    ok = reuse__read_quantity(r, node->item[i], names[i] ? names[i] : "dram",
                              REUSE__PJ_PER_BIT, 1e-9, REUSE__MAX_PJ, &energy[i]) &&
         ok;
  }
  t->ndram = ok ? node->n : 0;
  t->dram_name = names;
  t->dram_pj_per_bit = energy;
  return ok;
}

/* Decodes the document of YAML. */
static void read_document(struct reuse__yaml *yaml, struct reuse_technology *t) {
  static const struct reuse__key keys[] = {
      {"name", true}, {"title", true},     {"sources", false}, {"sram", true},
      {"mac", true},  {"register", false}, {"dram", true}};
  enum { NAME, TITLE, SOURCES, SRAM, MAC, REGISTER, DRAM, KEYS };
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
             &t->sram_pj_per_bit);
  read_table(&r, v[REGISTER], &register_table, &t->nregister,
             &t->register_bytes, &t->register_pj_per_bit);
  read_table(&r, v[MAC], &mac_table, &t->nmac, &t->mac_bits, &t->mac_pj);
  read_dram(&r, v[DRAM], t);
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
