/* Reads architecture files.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "arch/reader.h"
#include "base/names.h"
#include "base/yaml_build.h"

#include <string.h>

enum { MAX_ENGINES = 16, MAX_ASSUMPTIONS = 64, MAX_BASES = 3 };

static const struct reuse__key keys[] = {
    {"name", true},       {"title", true},           {"base", false},
    {"sources", false},   {"assumptions", false},    {"clock", true},
    {"technology", true}, {"energy_scale", false},   {"static_power", false},
    {"precision", true},  {"required_reuse", false}, {"levels", true},
    {"engines", true},    {"voltage", false},        {"nominal_voltage", false},
    {"sparsity", false}};
enum {
  NAME,
  TITLE,
  BASE,
  SOURCES,
  ASSUMPTIONS,
  CLOCK,
  TECHNOLOGY,
  ENERGY_SCALE,
  STATIC_POWER,
  PRECISION,
  REQUIRED_REUSE,
  LEVELS,
  ENGINES,
  VOLTAGE,
  NOMINAL_VOLTAGE,
  SPARSITY,
  KEYS
};

/* Puts the values of the mapping 'changes' at the paths that are its keys. */
static bool change(struct reuse__yaml *yaml) {
  const struct reuse__node *node = reuse__yaml_take(yaml, "changes");
  int room = REUSE__YAML_NODES;
  if (!node)
    return true;
  if (!reuse__expect(yaml, node, "changes", REUSE__MAPPING))
    return false;
  if (!reuse__lookup(yaml->root, "base"))
    return reuse__node_error(yaml, node, "write the values where they belong",
                             "changes without a base");
  for (int i = 0; i < node->n; i++)
    if (reuse__yaml_put(yaml, node->key[i], node->item[i], &room) != REUSE_OK)
      return false;
  return true;
}

/* YAML with its sources as the root, NULL: it has none. */
static struct reuse__yaml sources_of(const struct reuse__yaml *yaml) {
  struct reuse__yaml result = *yaml;
  const int i = reuse__key_index(yaml->root, "sources");
  result.root = i < 0 ? NULL : yaml->root->item[i];
  return result;
}

/* Adds to the sources of YAML those of BASE. */
static bool inherit_sources(struct reuse__yaml *yaml, const struct reuse__yaml *base) {
  struct reuse__yaml own = sources_of(yaml);
  const struct reuse__yaml more = sources_of(base);
  if (reuse__yaml_inherit(&own, &more, NULL, 0) != REUSE_OK)
    yaml->status = own.status;
  return yaml->status == REUSE_OK;
}

/* Adds to YAML what the file that its 'base' names has more, then its changes; DEPTH
 * files inherit from YAML. */
static bool inherit(struct reuse__yaml *yaml, const char *model_dir, int depth) {
  static const char *const own[] = {"name", "title", "base"};
  const struct reuse__node *node = reuse__lookup(yaml->root, "base");
  struct reuse__yaml base;
  if (!node)
    return change(yaml);
  if (depth == MAX_BASES)
    return reuse__node_error(yaml, node, "a file cannot be a base of itself",
                             "a base of more than %d files",
                             (int)MAX_BASES);
  const char *path = reuse__read_path(yaml, node, "architecture", model_dir, "");
  if (!path)
    return false;
  if (reuse__yaml_load(path, yaml->arena, yaml->diag, &base) != REUSE_OK ||
      !reuse__expect(&base, base.root, "an architecture", REUSE__MAPPING) ||
      !inherit(&base, model_dir, depth + 1)) {
    yaml->status = base.status;
    return false;
  }
  return inherit_sources(yaml, &base) &&
         reuse__yaml_inherit(yaml, &base, own, 3) == REUSE_OK && change(yaml);
}

/* The document of PATH with its bases' entries, its changes and the overrides. */
static bool load(struct reuse__yaml *yaml, const char *path, const char *model_dir,
                 const char *const *overrides, int noverrides,
                 struct reuse_arena *arena, struct reuse_diag *diag) {
  if (reuse__yaml_load(path, arena, diag, yaml) != REUSE_OK ||
      !reuse__expect(yaml, yaml->root, "an architecture", REUSE__MAPPING))
    return false;
  if (reuse__lookup(yaml->root, "nest") && reuse__lookup(yaml->root, "problem"))
    return reuse__node_error(yaml, yaml->root, "show mapping FILE and nest FILE read nests",
                             "this is a nest, not an architecture");
  if (!inherit(yaml, model_dir, 0))
    return false;
  for (int i = 0; i < noverrides; i++)
    if (reuse__yaml_set(yaml, overrides[i]) != REUSE_OK)
      return false;
  return true;
}

static bool read_assumptions(struct reuse__reader *r, const struct reuse__node *node,
                             struct reuse_arch *arch) {
  if (!node)
    return true;
  if (!reuse__expect_items(r->yaml, node, "assumptions", 0, MAX_ASSUMPTIONS))
    return false;
  const char **text = reuse__read_alloc(r, node->n, sizeof *text);
  bool ok = text != NULL;
  for (int i = 0; ok && i < node->n; i++)
    ok = reuse__get_string(r->yaml, node->item[i], "an assumption", &text[i]);
  arch->nassumptions = ok ? node->n : 0;
  arch->assumption = text;
  return ok;
}

/* Widths of I, W, O and of partial sums, which are O's when absent. */
static bool read_precision(struct reuse__reader *r, const struct reuse__node *node,
                           struct reuse_arch *arch) {
  static const struct reuse__key widths[] = {
      {"I", true}, {"W", true}, {"O", true}, {"psum", false}};
  const struct reuse__node *v[4];
  if (!reuse__mapping(r->yaml, node, "'precision'", widths, 4, v))
    return false;
  bool ok = true;
  for (int t = 0; t < REUSE_TENSORS; t++)
    ok = reuse__read_quantity(r, v[t], widths[t].name, REUSE__BITS, 1, 1024,
                              &arch->bits[t]) &&
         ok;
  arch->psum_bits = arch->bits[REUSE_O];
  ok = reuse__read_quantity(r, v[3], "psum", REUSE__BITS, 1, 1024, &arch->psum_bits) && ok;
  if (ok && arch->psum_bits.value < arch->bits[REUSE_O].value)
    return reuse__node_error(r->yaml, v[3], "partial sums are at least as wide",
                             "partial sums have fewer bits than outputs");
  return ok;
}

static bool read_required_reuse(struct reuse__reader *r,
                                const struct reuse__node *node,
                                struct reuse_arch *arch) {
  static const struct reuse__key tensors[] = {
      {"I", false}, {"W", false}, {"O", false}};
  const struct reuse__node *v[REUSE_TENSORS];
  if (!node)
    return true;
  if (!reuse__mapping(r->yaml, node, "'required_reuse'", tensors, REUSE_TENSORS, v))
    return false;
  bool ok = true;
  for (int t = 0; t < REUSE_TENSORS; t++)
    ok = reuse__read_quantity(r, v[t], tensors[t].name, REUSE__RATIO, 1e-9,
                              1e12, &arch->required_reuse[t]) &&
         ok;
  return ok;
}

/* The shares of words that are zero. */
static bool read_sparsity(struct reuse__reader *r, const struct reuse__node *node,
                          struct reuse_arch *arch) {
  static const struct reuse__key tensors[] = {{"I", false}, {"W", false}};
  const struct reuse__node *v[2];
  if (!node)
    return true;
  return reuse__mapping(r->yaml, node, "'sparsity'", tensors, 2, v) &&
         reuse__read_quantity(r, v[REUSE_I], "I", REUSE__RATIO, 0, 0.999999,
                              &arch->zeros[REUSE_I]) &&
         reuse__read_quantity(r, v[REUSE_W], "W", REUSE__RATIO, 0, 0.999999,
                              &arch->zeros[REUSE_W]);
}

/* The voltage of the chip and the one that its energies are stated at. */
static bool read_voltage(struct reuse__reader *r, const struct reuse__node *actual,
                         const struct reuse__node *nominal, struct reuse_arch *arch) {
  if (!actual != !nominal)
    return reuse__node_error(r->yaml, actual ? actual : nominal,
                             "energies go with the square of one over the other",
                             "'%s' without '%s'", actual ? "voltage" : "nominal_voltage",
                             actual ? "nominal_voltage" : "voltage");
  return reuse__read_quantity(r, actual, "voltage", REUSE__VOLT, 0.01, 100, &arch->volt) &&
         reuse__read_quantity(r, nominal, "nominal_voltage", REUSE__VOLT, 0.01, 100,
                              &arch->nominal_volt);
}

/* Everything but levels and engines. */
static bool read_machine(struct reuse__reader *r,
                         const struct reuse__node *const *v,
                         const char *model_dir, struct reuse_arch *arch) {
  bool ok = reuse__read_name(r, v[NAME], "name", &arch->name);
  ok = reuse__get_string(r->yaml, v[TITLE], "title", &arch->title) && ok;
  ok = read_assumptions(r, v[ASSUMPTIONS], arch) && ok;
  ok = reuse__read_quantity(r, v[CLOCK], "clock", REUSE__HZ, 1, 1e13,
                            &arch->clock_hz) &&
       ok;
  ok = reuse__read_quantity(r, v[ENERGY_SCALE], "energy_scale", REUSE__RATIO,
                            1e-9, 1e9, &arch->energy_scale) &&
       ok;
  ok = reuse__read_quantity(r, v[STATIC_POWER], "static_power", REUSE__MW, 0,
                            1e12, &arch->static_mw) &&
       ok;
  ok = read_precision(r, v[PRECISION], arch) && ok;
  ok = read_voltage(r, v[VOLTAGE], v[NOMINAL_VOLTAGE], arch) && ok;
  ok = read_sparsity(r, v[SPARSITY], arch) && ok;
  ok = read_required_reuse(r, v[REQUIRED_REUSE], arch) && ok;
  return reuse__read_technology(r->yaml, v[TECHNOLOGY], model_dir,
                                &arch->technology) &&
         ok;
}

/* The levels that the engines share; NULL after a fault. */
static const struct reuse_level *read_shared(struct reuse__reader *r,
                                             const struct reuse__node *node,
                                             struct reuse_arch *arch) {
  if (!reuse__expect_items(r->yaml, node, "levels", 1, REUSE_MAX_LEVELS - 1))
    return NULL;
  struct reuse_level *level = reuse__read_alloc(r, node->n, sizeof *level);
  if (!level || !reuse__read_levels(r, node, level, 0))
    return NULL;
  bool ok = true;
  for (int i = 0; i < node->n; i++)
    ok = reuse__resolve_energy(r, arch, node->item[i], &level[i]) && ok;
  arch->nshared = node->n;
  return ok ? level : NULL;
}

static bool read_engines(struct reuse__reader *r, const struct reuse__node *node,
                         const struct reuse_level *shared, struct reuse_arch *arch) {
  if (!reuse__expect_items(r->yaml, node, "engines", 1, MAX_ENGINES))
    return false;
  struct reuse_engine *e = reuse__read_alloc(r, node->n, sizeof *e);
  bool ok = e != NULL;
  for (int i = 0; e && i < node->n; i++) {
    ok = reuse__read_engine(r, node->item[i], arch, shared, &e[i]) && ok;
    for (int j = 0; ok && j < i; j++)
      if (strcmp(e[i].name, e[j].name) == 0)
        ok = reuse__node_error(r->yaml, node->item[i], NULL,
                               "two engines are called '%s'", e[i].name);
  }
  arch->engine = e;
  arch->nengines = ok ? node->n : 0;
  return ok;
}

/* Static power of the instances of levels FROM on of engine E, each once. */
static double levels_mw(const struct reuse_engine *e, int from) {
  double instances = 1, sum = 0;
  for (int i = 0; i < e->nlevels; i++) {
    if (i >= from && e->level[i].static_mw.given)
      sum += instances * e->level[i].static_mw.value;
    for (int a = 0; a < e->level[i].naxes; a++)
      instances *= (double)e->level[i].axis[a].size;
  }
  return sum;
}

/* Decodes the document. */
static bool read_document(struct reuse__yaml *yaml, const char *model_dir,
                          struct reuse_arch *arch) {
  const struct reuse__node *v[KEYS];
  struct reuse__reader r = {.yaml = yaml};
  if (!reuse__mapping(yaml, yaml->root, "an architecture", keys, KEYS, v) ||
      !reuse__read_sources(&r, v[SOURCES]))
    return false;
  arch->nsources = r.nsources;
  arch->source = r.source;
  if (!read_machine(&r, v, model_dir, arch))
    return false;
  const struct reuse_level *shared = read_shared(&r, v[LEVELS], arch);
  if (!shared || !read_engines(&r, v[ENGINES], shared, arch))
    return false;
  for (int e = 0; e < arch->nengines; e++)
    arch->levels_mw += levels_mw(&arch->engine[e], e == 0 ? 0 : arch->nshared);
  return true;
}

enum reuse_status reuse_arch_read(const char *path, const char *model_dir,
                                  const char *const *overrides, int noverrides,
                                  struct reuse_arena *arena,
                                  const struct reuse_arch **arch,
                                  struct reuse_diag *diag) {
  struct reuse__yaml yaml = {0};
  *arch = NULL;
  if (!load(&yaml, path, model_dir, overrides, noverrides, arena, diag))
    return yaml.status;
  struct reuse_arch *a = reuse__alloc(arena, sizeof *a);
  char *copy = reuse__strdup(arena, path);
  if (!a || !copy) {
    reuse__yaml_no_memory(&yaml);
    return yaml.status;
  }
  a->path = copy;
  if (read_document(&yaml, model_dir, a))
    *arch = a;
  return yaml.status;
}
