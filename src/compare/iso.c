/* Machines with as much of a resource as another.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "compare/iso.h"

#include <math.h>
#include <string.h>

#include "arch/energy.h"
#include "base/diag.h"
#include "compare/axes.h"

const char *const reuse__iso_name[REUSE__ISOS] = {"none", "pes", "area", "bandwidth"};

const char *const reuse__iso_words[REUSE__ISOS] = {NULL, "PEs", "PEs and storage",
                                                   "DRAM bandwidth"};

static const char pes_rule[] =
    "Equal units: both axes of an array are scaled alike and rounded, then the last so "
    "that no more MACs than the reference's remain, and static power as the units; "
    "memories, bandwidths and clocks stay";
static const char area_rule[] =
    "Equal units, as by --iso pes, and equal bytes of storage on the chip, which stand "
    "for area: the outermost buffer takes what the inner levels leave; clocks stay";
static const char bandwidth_rule[] =
    "Equal DRAM bandwidth in bytes per second; the rest stays";

const char *const reuse__iso_rule[REUSE__ISOS] = {"", pes_rule, area_rule, bandwidth_rule};

/* A copy that may be changed. */
struct copy {
  struct reuse_arch *arch;
  struct reuse_engine *engine;
  struct reuse_level *level[REUSE_MAX_LEVELS]; /* of the only engine */
};

enum { MOST_AXES = REUSE_MAX_LEVELS * REUSE_MAX_AXES };

/* A copy of ARCH whose only engine's levels are copies too; false: no memory. */
static bool copy_arch(const struct reuse_arch *arch, struct reuse_arena *arena,
                      struct copy *copy) {
  const int n = arch->engine[0].nlevels;
  struct reuse_level *level = reuse__alloc_array(arena, (size_t)n, sizeof *level);
  copy->arch = reuse__alloc(arena, sizeof *copy->arch);
  copy->engine = reuse__alloc(arena, sizeof *copy->engine);
  if (!copy->arch || !copy->engine || !level) return false;
  *copy->arch = *arch;
  *copy->engine = arch->engine[0];
  memcpy(level, arch->engine[0].level, (size_t)n * sizeof *level);
  copy->engine->level = level;
  copy->arch->engine = copy->engine;
  for (int i = 0; i < n; i++) copy->level[i] = &level[i];
  return true;
}

static enum reuse_status refuse(const struct reuse_arch *arch, const char *why,
                                struct reuse_diag *diag) {
  reuse__report(diag, REUSE_ERROR, NULL, NULL, "%s cannot be made equal: %s", arch->name,
                why);
  return REUSE_ERR_INPUT;
}

/* The axes of COPY longer than 1; gives how many. */
static int find_axes(struct copy *copy, struct reuse_axis *axis[MOST_AXES]) {
  int n = 0;
  for (int l = 0; l < copy->engine->nlevels; l++)
    for (int a = 0; a < copy->level[l]->naxes; a++)
      if (copy->level[l]->axis[a].size > 1) axis[n++] = &copy->level[l]->axis[a];
  return n;
}

static void scale(struct reuse_quantity *q, double factor) {
  if (q->given) q->value *= factor;
}

/* Tiles of an array whose axes are FACTOR times as long and that has MORE times the units. */
static void scale_tiles(struct copy *copy, double factor, double more) {
  for (int l = 0; l < copy->engine->nlevels; l++)
    for (int t = 0; t < REUSE_TENSORS; t++) {
      scale(&copy->level[l]->tile_cycles[t], factor);
      scale(&copy->level[l]->tile_bytes[t], more);
    }
}

/* Scales the axes of COPY to at most MACS units, the last axis last.  The fill and the time
 * of a tile grow as an axis does, a tile's bytes as the units; a required reuse, which is
 * that of the old array, is dropped. */
static enum reuse_status scale_axes(struct copy *copy, int64_t macs,
                                    struct reuse_arena *arena, const char **what,
                                    struct reuse_diag *diag) {
  struct reuse_axis *axis[MOST_AXES];
  const int n = find_axes(copy, axis);
  const double ratio = (double)macs / (double)copy->engine->macs;
  const int64_t before = copy->engine->macs;
  int64_t units = 1;
  if (before == macs) return REUSE_OK;
  if (n == 0) return refuse(copy->arch, "it has one unit and no array", diag);
  const double factor = pow(ratio, 1.0 / n);
  for (int i = 0; i < n; i++) {
    const double size = (double)axis[i]->size * factor;
    axis[i]->size = i < n - 1 ? (int64_t)fmax(1, round(size)) : macs / units;
    if (axis[i]->size < 1)
      return refuse(copy->arch, "its array has more axes than units remain", diag);
    units *= axis[i]->size;
    *what = reuse__printf(arena, "%s%s%s %lld", *what, i > 0 ? ", " : "", axis[i]->name,
                          (long long)axis[i]->size);
    if (!*what) return REUSE_ERR_MEMORY;
  }
  copy->engine->macs = units;
  copy->arch->static_mw.value *= (double)units / (double)before;
  copy->engine->fill_cycles.value *= factor;
  scale_tiles(copy, factor, (double)units / (double)before);
  for (int t = 0; t < REUSE_TENSORS; t++) copy->arch->required_reuse[t].given = false;
  *what = reuse__printf(arena, "%lld for %lld MACs (%s)", (long long)units,
                        (long long)before, *what);
  return *what ? REUSE_OK : REUSE_ERR_MEMORY;
}

/* The instances of level L of ENGINE. */
static double instances(const struct reuse_engine *engine, int l) {
  double n = 1;
  for (int i = 0; i < l; i++)
    for (int a = 0; a < engine->level[i].naxes; a++)
      n *= (double)engine->level[i].axis[a].size;
  return n;
}

/* The bytes of one instance of LEVEL; 0: not stated. */
static double stated_bytes(const struct reuse_level *level) {
  double sum = level->size_bytes.given ? level->size_bytes.value : 0;
  for (int t = 0; t < REUSE_TENSORS; t++)
    if (level->tensor_bytes[t].given) sum += level->tensor_bytes[t].value;
  return sum;
}

/* Bytes on the chip in all instances of ENGINE's levels; *outer becomes the outermost
 * SRAM, -1 without one.  Levels that state no size count nothing. */
static double chip_bytes(const struct reuse_engine *engine, int *outer) {
  double sum = 0;
  *outer = -1;
  for (int l = 0; l < engine->nlevels; l++) {
    if (engine->level[l].kind == REUSE_DRAM) continue;
    sum += stated_bytes(&engine->level[l]) * instances(engine, l);
    if (*outer < 0 && engine->level[l].kind == REUSE_SRAM &&
        stated_bytes(&engine->level[l]) > 0)
      *outer = l;
  }
  return sum;
}

/* Gives the outermost buffer of COPY what BYTES leave it. */
static enum reuse_status scale_storage(struct copy *copy, double bytes,
                                       struct reuse_arena *arena, const char **what,
                                       struct reuse_diag *diag) {
  int outer;
  const double own = chip_bytes(copy->engine, &outer);
  if (outer < 0) return refuse(copy->arch, "it states no size of a buffer", diag);
  struct reuse_level *level = copy->level[outer];
  const double all = stated_bytes(level) * instances(copy->engine, outer);
  const double left = all + bytes - own;
  if (left <= 0)
    return refuse(copy->arch, "its inner levels alone hold more than the reference", diag);
  scale(&level->size_bytes, left / all);
  for (int t = 0; t < REUSE_TENSORS; t++) scale(&level->tensor_bytes[t], left / all);
  reuse__reprice_level(copy->arch, level);
  *what = reuse__printf(arena, "%s%s%s %.1f for %.1f KiB", *what, **what ? ", " : "",
                        level->name, left / 1024, all / 1024);
  return *what ? REUSE_OK : REUSE_ERR_MEMORY;
}

/* Bytes per second of the DRAM of ARCH, and its level; 0: not stated in one figure. */
static double dram_bandwidth(const struct reuse_arch *arch, int *level) {
  const struct reuse_engine *engine = &arch->engine[0];
  for (*level = 0; *level < engine->nlevels; (*level)++) {
    const struct reuse_rate *rate = &engine->level[*level].bandwidth;
    if (engine->level[*level].kind != REUSE_DRAM || !rate->q.given) continue;
    if (rate->unit == REUSE_BYTES_PER_SECOND) return rate->q.value;
    if (rate->unit == REUSE_BYTES_PER_CYCLE) return rate->q.value * arch->clock_hz.value;
    return rate->q.value * arch->clock_hz.value * arch->bits[REUSE_I].value / 8;
  }
  return 0;
}

static enum reuse_status scale_bandwidth(struct copy *copy,
                                         const struct reuse_arch *reference,
                                         struct reuse_arena *arena, const char **what,
                                         struct reuse_diag *diag) {
  int level, other;
  const double own = dram_bandwidth(copy->arch, &level);
  const double goal = dram_bandwidth(reference, &other);
  if (own <= 0 || goal <= 0)
    return refuse(own <= 0 ? copy->arch : reference, "it states no bandwidth of its DRAM",
                  diag);
  copy->level[level]->bandwidth.q.value *= goal / own;
  if (fabs(goal / own - 1) < 1e-12) return REUSE_OK;
  *what = reuse__printf(arena, "DRAM %.4g for %.4g GB/s", goal * 1e-9, own * 1e-9);
  return *what ? REUSE_OK : REUSE_ERR_MEMORY;
}

enum reuse_status reuse__iso_arch(const struct reuse_arch *arch,
                                  const struct reuse_arch *reference, enum reuse__iso iso,
                                  struct reuse_arena *arena,
                                  const struct reuse_arch **result, const char **what,
                                  struct reuse_diag *diag) {
  struct copy copy;
  int outer;
  enum reuse_status status = REUSE_OK;
  *result = arch;
  *what = "";
  if (iso == REUSE__ISO_NONE || arch == reference) return REUSE_OK;
  if (arch->nengines > 1 || reference->nengines > 1)
    return refuse(arch->nengines > 1 ? arch : reference,
                  "it has several engines, and no rule says what each gets", diag);
  if (!copy_arch(arch, arena, &copy)) return REUSE_ERR_MEMORY;
  if (iso == REUSE__ISO_BANDWIDTH)
    status = scale_bandwidth(&copy, reference, arena, what, diag);
  else
    status = scale_axes(&copy, reference->engine[0].macs, arena, what, diag);
  copy.engine->dataflow = reuse__follow_axes(&arch->engine[0], copy.engine->level, arena);
  if (status == REUSE_OK && !copy.engine->dataflow) status = REUSE_ERR_MEMORY;
  if (status == REUSE_OK && iso == REUSE__ISO_AREA)
    status = scale_storage(&copy, chip_bytes(&reference->engine[0], &outer), arena, what,
                           diag);
  *result = copy.arch;
  return status;
}
