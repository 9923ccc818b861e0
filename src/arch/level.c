/* Reads memory levels.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "arch/energy.h"
#include "arch/reader.h"
#include "base/names.h"
#include "base/text.h"

static const struct reuse__key keys[] = {{"name", true},
                                         {"kind", true},
                                         {"dram", false},
                                         {"keeps", false},
                                         {"bypass", false},
                                         {"size", false},
                                         {"double_buffered", false},
                                         {"streams", false},
                                         {"bandwidth", false},
                                         {"read_bandwidth", false},
                                         {"write_bandwidth", false},
                                         {"energy", false},
                                         {"network", false},
                                         {"hop_energy", false},
                                         {"array", false},
                                         {"compression", false},
                                         {"tile_cycles", false},
                                         {"tile_bytes", false},
                                         {"ramp_up", false},
                                         {"memory", false},
                                         {"static_power", false}};
enum {
  NAME,
  KIND,
  DRAM,
  KEEPS,
  BYPASS,
  SIZE,
  DOUBLE_BUFFERED,
  STREAMS,
  BANDWIDTH,
  READ_BANDWIDTH,
  WRITE_BANDWIDTH,
  ENERGY,
  NETWORK,
  HOP_ENERGY,
  ARRAY,
  COMPRESSION,
  TILE_CYCLES,
  TILE_BYTES,
  RAMP_UP,
  MEMORY,
  STATIC_POWER,
  KEYS
};

/* The tensor that KEY names, which LEVEL must keep; -1 after a fault. */
static int read_tensor(struct reuse__reader *r, const struct reuse__node *key,
                       const struct reuse_level *level) {
  int t = -1;
  if (!reuse__get_enum(r->yaml, key, "a tensor", reuse__tensor_name,
                       REUSE_TENSORS, &t))
    return -1;
  if (level->keeps & REUSE_BIT(t))
    return t;
  reuse__node_error(r->yaml, key, "list it in 'keeps' or remove it here",
                    "level '%s' does not keep %s", level->name,
                    reuse__tensor_name[t]);
  return -1;
}

/* One size, or a size for each tensor that is kept. */
static bool read_size(struct reuse__reader *r, const struct reuse__node *node,
                      struct reuse_level *level) {
  unsigned seen = 0;
  if (!node || node->kind != REUSE__MAPPING)
    return reuse__read_quantity(r, node, "size", REUSE__BYTES, 1e-3,
                                REUSE__MAX_BYTES, &level->size_bytes);
  for (int i = 0; i < node->n; i++) {
    const int t = read_tensor(r, node->key[i], level);
    if (t < 0 || !reuse__read_quantity(r, node->item[i], "size", REUSE__BYTES, 1e-3,
                                       REUSE__MAX_BYTES, &level->tensor_bytes[t]))
      return false;
    seen |= REUSE_BIT(t);
  }
  for (int t = 0; t < REUSE_TENSORS; t++)
    if (level->keeps & ~seen & REUSE_BIT(t))
      return reuse__node_error(r->yaml, node, "a split size names every kept tensor",
                               "no size for tensor %s", reuse__tensor_name[t]);
  return true;
}

/* WHAT, a rate of some of the tensors. */
static bool read_rates(struct reuse__reader *r, const struct reuse__node *node,
                       const char *what, const struct reuse_level *level,
                       struct reuse_rate *rate) {
  if (!node)
    return true;
  if (!reuse__expect(r->yaml, node, what, REUSE__MAPPING))
    return false;
  for (int i = 0; i < node->n; i++) {
    const int t = read_tensor(r, node->key[i], level);
    if (t < 0 || !reuse__read_rate(r, node->item[i], what, &rate[t]))
      return false;
  }
  return true;
}

/* One bandwidth, or one of some tensors. */
static bool read_bandwidth(struct reuse__reader *r, const struct reuse__node *node,
                           struct reuse_level *level) {
  if (!node || node->kind != REUSE__MAPPING)
    return reuse__read_rate(r, node, "bandwidth", &level->bandwidth);
  return read_rates(r, node, "bandwidth", level, level->tensor_bandwidth);
}

/* One energy, or one for reads and one for writes. */
static bool read_energy(struct reuse__reader *r, const struct reuse__node *node,
                        struct reuse_level *level) {
  static const struct reuse__key both[] = {{"read", true}, {"write", true}};
  const struct reuse__node *v[2] = {node, node};
  if (!node)
    return true;
  if (node->kind == REUSE__MAPPING &&
      !reuse__mapping(r->yaml, node, "'energy'", both, 2, v))
    return false;
  return reuse__read_quantity(r, v[0], "energy", REUSE__PJ_PER_BIT, 0,
                              REUSE__MAX_PJ, &level->read_pj_per_bit) &&
         reuse__read_quantity(r, v[1], "energy", REUSE__PJ_PER_BIT, 0,
                              REUSE__MAX_PJ, &level->write_pj_per_bit);
}

static bool read_network(struct reuse__reader *r, const struct reuse__node *node,
                         struct reuse_level *level) {
  for (int t = 0; t < REUSE_TENSORS; t++)
    level->network[t] = t == REUSE_O ? REUSE_REDUCE : REUSE_MULTICAST;
  if (!node)
    return true;
  if (!reuse__expect(r->yaml, node, "network", REUSE__MAPPING))
    return false;
  for (int i = 0; i < node->n; i++) {
    int network = 0;
    const int t = read_tensor(r, node->key[i], level);
    if (t < 0 || !reuse__get_enum(r->yaml, node->item[i], "network",
                                  reuse__network_name, REUSE__NETWORKS, &network))
      return false;
    if (!reuse__network_allowed((enum reuse_tensor)t, network))
      return reuse__node_error(
          r->yaml, node->item[i],
          t == REUSE_O ? "O takes reduce or accumulate"
                       : "I and W take multicast or unicast",
          "'%s' does not carry %s", reuse__network_name[network],
          reuse__tensor_name[t]);
    level->network[t] = (uint8_t)network;
  }
  return true;
}

/* WHAT, a quantity of some of the tensors. */
static bool read_by_tensor(struct reuse__reader *r, const struct reuse__node *node,
                           const char *what, enum reuse__unit_kind kind, double low,
                           double high, const struct reuse_level *level,
                           struct reuse_quantity *quantity) {
  if (!node)
    return true;
  if (!reuse__expect(r->yaml, node, what, REUSE__MAPPING))
    return false;
  for (int i = 0; i < node->n; i++) {
    const int t = read_tensor(r, node->key[i], level);
    if (t < 0 || !reuse__read_quantity(r, node->item[i], what, kind, low, high,
                                       &quantity[t]))
      return false;
  }
  return true;
}

static bool read_array(struct reuse__reader *r, const struct reuse__node *node,
                       struct reuse_level *level) {
  if (!node)
    return true;
  if (!reuse__expect(r->yaml, node, "array", REUSE__MAPPING))
    return false;
  if (node->n < 1 || node->n > REUSE_MAX_AXES)
    return reuse__node_error(r->yaml, node, NULL, "an array has 1 to %d axes",
                             REUSE_MAX_AXES);
  for (int i = 0; i < node->n; i++) {
    struct reuse_axis *axis = &level->axis[i];
    if (!reuse__read_name(r, node->key[i], "an axis", &axis->name) ||
        !reuse__get_int(r->yaml, node->item[i], axis->name, 1, REUSE__MAX_AXIS,
                        &axis->size))
      return false;
  }
  level->naxes = node->n;
  return true;
}

/* Whether NODE leaves its figure to the technology. */
static bool is_technology(const struct reuse__node *node) {
  return node && node->kind == REUSE__SCALAR && strcmp(node->text, "technology") == 0;
}

/* What must not stand together in a level. */
static bool check_level(struct reuse__reader *r, const struct reuse__node *const *v,
                        const struct reuse_level *level) {
  bool ok = true;
  if (v[DRAM] && level->kind != REUSE_DRAM)
    ok = reuse__node_error(r->yaml, v[DRAM], "remove it, or write kind: dram",
                           "'dram' on a level of kind %s",
                           reuse__memory_kind_name[level->kind]);
  if (v[MEMORY] && level->kind != REUSE_SRAM)
    ok = reuse__node_error(r->yaml, v[MEMORY], "remove it, or write kind: sram",
                           "'memory' on a level of kind %s",
                           reuse__memory_kind_name[level->kind]);
  if (level->double_buffered && level->streams)
    ok =
        reuse__node_error(r->yaml, v[STREAMS], NULL,
                          "a level is double_buffered or it streams, not both");
  if (level->bandwidth.q.given &&
      (level->read_bandwidth.q.given || level->write_bandwidth.q.given))
    ok = reuse__node_error(
        r->yaml, v[BANDWIDTH], "'bandwidth' is for reads and writes together",
        "'bandwidth' beside read_bandwidth or write_bandwidth");
  return ok;
}

/* Tells that an energy that is stated stays when --set gives the level another size. */
static void note_energy(const struct reuse__reader *r, const struct reuse__node *size,
                        const struct reuse__node *energy, const char *name) {
  if (!size || !energy || size->place.line > 0 || energy->place.line == 0) return;
  reuse__report(r->yaml->diag, REUSE_NOTE, &size->place, "--set LEVEL.energy gives it another",
                "the energy of %s is stated and does not follow its size", name);
}

static bool read_level(struct reuse__reader *r, const struct reuse__node *node,
                       struct reuse_level *level) {
  const struct reuse__node *v[KEYS];
  int kind = 0;
  if (!reuse__mapping(r->yaml, node, "a level", keys, KEYS, v) ||
      !reuse__read_name(r, v[NAME], "name", &level->name) ||
      !reuse__get_enum(r->yaml, v[KIND], "kind", reuse__memory_kind_name,
                       REUSE__MEMORY_KINDS, &kind))
    return false;
  level->kind = (enum reuse_memory_kind)kind;
  level->keeps = REUSE_ALL_TENSORS;
  bool ok = reuse__get_mask(r->yaml, v[KEEPS], "keeps", reuse__tensor_name,
                            REUSE_TENSORS, &level->keeps);
  ok = reuse__get_mask(r->yaml, v[BYPASS], "bypass", reuse__tensor_name, REUSE_TENSORS,
                       &level->bypass) &&
       ok;
  if (level->bypass & ~level->keeps)
    ok = reuse__node_error(r->yaml, v[BYPASS], "list it in 'keeps', too",
                           "level '%s' bypasses a tensor that it never keeps",
                           level->name);
  if (v[DRAM])
    ok = reuse__get_string(r->yaml, v[DRAM], "dram", &level->dram) && ok;
  ok = read_size(r, v[SIZE], level) && ok;
  ok = reuse__get_bool(r->yaml, v[DOUBLE_BUFFERED], "double_buffered",
                       &level->double_buffered) &&
       ok;
  ok = reuse__get_bool(r->yaml, v[STREAMS], "streams", &level->streams) && ok;
  ok = read_bandwidth(r, v[BANDWIDTH], level) && ok;
  ok = reuse__read_rate(r, v[READ_BANDWIDTH], "read_bandwidth",
                        &level->read_bandwidth) &&
       ok;
  ok = reuse__read_rate(r, v[WRITE_BANDWIDTH], "write_bandwidth",
                        &level->write_bandwidth) &&
       ok;
  ok = read_energy(r, v[ENERGY], level) && ok;
  note_energy(r, v[SIZE], v[ENERGY], level->name);
  ok = read_network(r, v[NETWORK], level) && ok;
  if (!is_technology(v[HOP_ENERGY]))
    ok = reuse__read_quantity(r, v[HOP_ENERGY], "hop_energy", REUSE__PJ_PER_BIT,
                              0, REUSE__MAX_PJ, &level->hop_pj_per_bit) &&
         ok;
  ok = read_array(r, v[ARRAY], level) && ok;
  ok = read_by_tensor(r, v[COMPRESSION], "compression", REUSE__RATIO, 0.01, 1e4, level,
                      level->compression) && ok;
  ok = read_by_tensor(r, v[TILE_CYCLES], "tile_cycles", REUSE__CYCLES, 0, 1e12, level,
                      level->tile_cycles) && ok;
  ok = read_by_tensor(r, v[TILE_BYTES], "tile_bytes", REUSE__BYTES, 0, REUSE__MAX_BYTES,
                      level, level->tile_bytes) && ok;
  ok = read_rates(r, v[RAMP_UP], "ramp_up", level, level->ramp_up) && ok;
  ok = reuse__read_quantity(r, v[STATIC_POWER], "static_power", REUSE__MW, 0, 1e12,
                            &level->static_mw) &&
       ok;
  return check_level(r, v, level) && ok;
}

/* Whether the names of LEVEL and of its axes are new among level[0 .. n). */
static bool check_names(struct reuse__reader *r, const struct reuse__node *node,
                        const struct reuse_level *level, int n) {
  const struct reuse_level *last = &level[n];
  if (strcmp(last->name, "MAC") == 0 || strcmp(last->name, "layer") == 0)
    return reuse__node_error(r->yaml, reuse__lookup(node, "name"), NULL,
                             "'%s' is reserved: no level may have this name",
                             last->name);
  for (int i = 0; i < n; i++) {
    if (strcmp(level[i].name, last->name) == 0)
      return reuse__node_error(r->yaml, reuse__lookup(node, "name"), NULL,
                               "two levels are called '%s'", last->name);
    for (int a = 0; a < level[i].naxes; a++)
      for (int b = 0; b < last->naxes; b++)
        if (strcmp(level[i].axis[a].name, last->axis[b].name) == 0)
          return reuse__node_error(r->yaml, reuse__lookup(node, "array"), NULL,
                                   "axis '%s' exists in level '%s' already",
                                   last->axis[b].name, level[i].name);
  }
  return true;
}

bool reuse__read_levels(struct reuse__reader *reader, const struct reuse__node *node,
                        struct reuse_level *level, int first) {
  bool ok = true;
  if (!reuse__expect(reader->yaml, node, "levels", REUSE__SEQUENCE))
    return false;
  for (int i = 0; i < node->n; i++) {
    ok = read_level(reader, node->item[i], &level[first + i]) && ok;
    ok = ok && check_names(reader, node->item[i], level, first + i);
  }
  return ok;
}

/* Reports why the technology has no energy for LEVEL. */
static bool no_energy(struct reuse__reader *r, const struct reuse_arch *arch,
                      const struct reuse__node *node,
                      const struct reuse_level *level) {
  const struct reuse_technology *t = arch->technology;
  char hint[200];
  const struct reuse__node *dram = reuse__lookup(node, "dram");
  if (level->kind == REUSE_DRAM && dram)
    return reuse__node_error(
        r->yaml, dram,
        reuse__suggestion(level->dram, "the types are", t->dram_name, t->ndram,
                          hint, sizeof hint),
        "technology '%s' has no DRAM '%s'", t->name, level->dram);
  return reuse__node_error(r->yaml, reuse__lookup(node, "name"),
                           level->kind == REUSE_DRAM
                               ? "add 'dram: TYPE' or 'energy:'"
                               : "add 'size:' or 'energy:'",
                           "the energy of level '%s' is not known", level->name);
}

/* The energy of a hop, where it is left to the technology. */
static bool resolve_hop(struct reuse__reader *r, const struct reuse_technology *t,
                        const struct reuse__node *node, struct reuse_level *level) {
  const struct reuse__node *hop = reuse__lookup(node, "hop_energy");
  if (!is_technology(hop))
    return true;
  level->hop_pj_per_bit = t->hop_pj_per_bit;
  return t->hop_pj_per_bit.given ||
         reuse__node_error(r->yaml, hop, "write the energy here",
                           "technology '%s' has no energy of a hop", t->name);
}

/* KiB of an instance of LEVEL, all parts of a split size. */
static double kibibytes(const struct reuse_level *level) {
  double bytes = level->size_bytes.value;
  for (int t = 0; t < REUSE_TENSORS; t++)
    bytes += level->tensor_bytes[t].value;
  return bytes / 1024;
}

/* What LEVEL is made of, and with that its static power unless it states one. */
static bool resolve_memory(struct reuse__reader *r, const struct reuse_technology *t,
                           const struct reuse__node *node, struct reuse_level *level) {
  const struct reuse__node *name = reuse__lookup(node, "memory");
  const char *names[REUSE__MAX_TABLE];
  char hint[200];
  int n = 0;
  if (!name)
    return true;
  if (!reuse__expect(r->yaml, name, "memory", REUSE__SCALAR))
    return false;
  for (int i = 0; i < t->nmemories && n < REUSE__MAX_TABLE; i++) {
    names[n++] = t->memory[i].name;
    if (strcmp(t->memory[i].name, name->text) == 0)
      level->memory = &t->memory[i];
  }
  if (!level->memory)
    return reuse__node_error(r->yaml, name,
                             n == 0 ? "a technology lists them as 'memories'"
                                    : reuse__suggestion(name->text, "the memories are", names,
                                                        n, hint, sizeof hint),
                             "technology '%s' has no memory '%s'", t->name, name->text);
  if (!level->static_mw.given && t->leak_mw.given)
    level->static_mw = (struct reuse_quantity){
        .value = t->leak_mw.value * kibibytes(level) * level->memory->leak.value,
        .given = true, .tag = REUSE_DERIVED, .note = "technology's, by size and memory"};
  return true;
}

bool reuse__resolve_energy(struct reuse__reader *reader,
                           const struct reuse_arch *arch,
                           const struct reuse__node *node,
                           struct reuse_level *level) {
  if (!resolve_memory(reader, arch->technology, node, level) ||
      !resolve_hop(reader, arch->technology, node, level))
    return false;
  if (level->read_pj_per_bit.given)
    return true;
  const double pj = reuse__level_table_pj_per_bit(arch, level);
  if (!(pj > 0 && pj < REUSE__MAX_PJ))
    return no_energy(reader, arch, node, level);
  level->read_pj_per_bit.value = level->write_pj_per_bit.value = pj;
  return true;
}
