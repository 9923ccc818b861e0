/* Reads engines: levels of their own, MACs, dataflows.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "arch/energy.h"
#include "arch/reader.h"
#include "base/checked.h"
#include "base/names.h"
#include "base/text.h"

enum { MAX_DATAFLOWS = 64, MAX_BLOCK = 1 << 16 };

static const struct reuse__key keys[] = {
    {"name", true},  {"layers", true}, {"levels", false},
    {"macs", false}, {"fill", false},  {"dataflows", true}};
enum { NAME, LAYERS, LEVELS, MACS, FILL, DATAFLOWS, KEYS };

static bool read_blocks(struct reuse__reader *r, const struct reuse__node *node,
                        struct reuse_engine *e) {
  if (!node)
    return true;
  if (!reuse__expect(r->yaml, node, "blocks", REUSE__MAPPING))
    return false;
  for (int i = 0; i < node->n; i++) {
    int dim = 0;
    if (!reuse__get_enum(r->yaml, node->key[i], "a dim", reuse__dim_name,
                         REUSE_DIMS, &dim) ||
        !reuse__get_int(r->yaml, node->item[i], "blocks", 1, MAX_BLOCK,
                        &e->block[dim]))
      return false;
  }
  return true;
}

static bool read_macs(struct reuse__reader *r, const struct reuse__node *node,
                      struct reuse_engine *e) {
  static const struct reuse__key mac_keys[] = {
      {"latch", false}, {"blocks", false}, {"energy", false},
      {"rate", false},  {"gate", false},   {"skip", false},
      {"sum", false}};
  const struct reuse__node *v[7];
  if (!node)
    return true;
  return reuse__mapping(r->yaml, node, "'macs'", mac_keys, 7, v) &&
         reuse__get_mask(r->yaml, v[0], "latch", reuse__tensor_name,
                         REUSE_TENSORS, &e->latch) &&
         read_blocks(r, v[1], e) &&
         reuse__read_quantity(r, v[2], "energy", REUSE__PJ, 0, REUSE__MAX_PJ,
                              &e->mac_pj) &&
         reuse__read_quantity(r, v[3], "rate", REUSE__RATIO, 1e-6, 1e6,
                              &e->macs_per_cycle_scale) &&
         reuse__get_mask(r->yaml, v[4], "gate", reuse__tensor_name, REUSE_O, &e->gate) &&
         reuse__get_mask(r->yaml, v[5], "skip", reuse__tensor_name, REUSE_O, &e->skip) &&
         reuse__read_quantity(r, v[6], "sum", REUSE__CYCLES, 0, 1e6, &e->sum_cycles);
}

static bool read_fill(struct reuse__reader *r, const struct reuse__node *node,
                      struct reuse_engine *e) {
  static const struct reuse__key fill_keys[] = {{"cycles", true}, {"per", true}};
  const struct reuse__node *v[2];
  const char *names[REUSE_MAX_LEVELS + 1] = {"layer"};
  int per = 0;
  e->fill_level = -1;
  if (!node)
    return true;
  for (int i = 0; i < e->nlevels; i++)
    names[i + 1] = e->level[i].name;
  if (!reuse__mapping(r->yaml, node, "'fill'", fill_keys, 2, v) ||
      !reuse__read_quantity(r, v[0], "cycles", REUSE__CYCLES, 0, 1e12,
                            &e->fill_cycles) ||
      !reuse__get_enum(r->yaml, v[1], "per", names, e->nlevels + 1, &per))
    return false;
  e->fill_level = per - 1;
  return true;
}

/* Copies the shared levels and reads the engine's own behind them. */
static bool read_levels(struct reuse__reader *r, const struct reuse__node *node,
                        const struct reuse_arch *arch,
                        const struct reuse_level *shared, struct reuse_engine *e) {
  const int own = node && node->kind == REUSE__SEQUENCE ? node->n : 0;
  const int n = arch->nshared + own;
  if (n > REUSE_MAX_LEVELS - 1)
    return reuse__node_error(r->yaml, node, NULL,
                             "%d levels; the limit is %d, shared ones included",
                             n, REUSE_MAX_LEVELS - 1);
  struct reuse_level *level = reuse__read_alloc(r, n, sizeof *level);
  if (!level)
    return false;
  memcpy(level, shared, (size_t)arch->nshared * sizeof *level);
  e->level = level;
  e->nlevels = n;
  if (node && !reuse__read_levels(r, node, level, arch->nshared))
    return false;
  bool ok = true;
  for (int i = 0; i < own; i++)
    ok = reuse__resolve_energy(r, arch, node->item[i], &level[arch->nshared + i]) &&
         ok;
  return ok;
}

/* Counts the MACs and checks that every tensor is kept somewhere. */
static bool check_levels(struct reuse__reader *r, const struct reuse__node *node,
                         struct reuse_engine *e) {
  const int64_t most = INT64_C(1) << 40;
  unsigned keeps = 0;
  bool overflow = false;
  e->macs = 1;
  for (int i = 0; i < e->nlevels; i++) {
    keeps |= e->level[i].keeps & ~e->level[i].bypass;
    for (int a = 0; a < e->level[i].naxes; a++)
      e->macs = reuse__mul(e->macs, e->level[i].axis[a].size, &overflow);
  }
  if (overflow || e->macs > most)
    return reuse__node_error(r->yaml, node, NULL,
                             "engine '%s' has more than 2^40 MACs", e->name);
  for (int t = 0; t < REUSE_TENSORS; t++)
    if (!(keeps & REUSE_BIT(t)))
      return reuse__node_error(r->yaml, node, "add it to the 'keeps' of a level",
                               "no level of engine '%s' always keeps %s", e->name,
                               reuse__tensor_name[t]);
  return true;
}

static bool read_dataflows(struct reuse__reader *r, const struct reuse__node *node,
                           struct reuse_engine *e) {
  unsigned covered = 0;
  bool ok = true;
  if (!reuse__expect_items(r->yaml, node, "dataflows", 1, MAX_DATAFLOWS))
    return false;
  struct reuse_dataflow *d = reuse__read_alloc(r, node->n, sizeof *d);
  if (!d)
    return false;
  e->dataflow = d;
  e->ndataflows = node->n;
  for (int i = 0; i < node->n; i++) {
    ok = reuse__read_dataflow(r, node->item[i], e, &d[i]) && ok;
    covered |= d[i].layers;
    for (int j = 0; ok && j < i; j++)
      if (strcmp(d[i].name, d[j].name) == 0)
        ok = reuse__node_error(r->yaml, node->item[i], NULL,
                               "two dataflows are called '%s'", d[i].name);
  }
  for (int t = 0; ok && t < REUSE_LAYER_TYPES; t++)
    if (e->layers & ~covered & REUSE_BIT(t))
      ok = reuse__node_error(r->yaml, node, "add it to the 'layers' of a dataflow",
                             "no dataflow of engine '%s' runs %s layers",
                             e->name, reuse_layer_type_name[t]);
  return ok;
}

/* Fills in the MAC's energy from the technology. */
static bool resolve_mac(struct reuse__reader *r, const struct reuse_arch *arch,
                        const struct reuse__node *node, struct reuse_engine *e) {
  if (e->mac_pj.given)
    return true;
  const double pj = reuse__mac_table_pj(arch);
  if (!(pj > 0 && pj < REUSE__MAX_PJ))
    return reuse__node_error(r->yaml, node, "add 'energy:' to 'macs'",
                             "the energy of a MAC of engine '%s' is not known",
                             e->name);
  e->mac_pj.value = pj;
  return true;
}

bool reuse__read_engine(struct reuse__reader *reader, const struct reuse__node *node,
                        const struct reuse_arch *arch,
                        const struct reuse_level *shared,
                        struct reuse_engine *engine) {
  const struct reuse__node *v[KEYS];
  if (!reuse__mapping(reader->yaml, node, "an engine", keys, KEYS, v) ||
      !reuse__read_name(reader, v[NAME], "name", &engine->name) ||
      !reuse__get_mask(reader->yaml, v[LAYERS], "layers", reuse_layer_type_name,
                       REUSE_LAYER_TYPES, &engine->layers) ||
      !read_levels(reader, v[LEVELS], arch, shared, engine) ||
      !check_levels(reader, v[LEVELS] ? v[LEVELS] : node, engine))
    return false;
  bool ok = read_macs(reader, v[MACS], engine);
  ok = ok && resolve_mac(reader, arch, node, engine);
  ok = read_fill(reader, v[FILL], engine) && ok;
  return read_dataflows(reader, v[DATAFLOWS], engine) && ok;
}
