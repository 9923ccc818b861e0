/* Whether tiles fit their levels and fan-outs their arrays.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cost/fits.h"

#include <math.h>
#include <stdio.h>

#include "base/checked.h"
#include "base/names.h"
#include "cost/bits.h"

/* Whether NEEDS bytes of TENSOR, or of all that share LEVEL, number I, are more than it HAS. */
static bool is_too_much(double needs, const struct reuse_quantity *has,
                        const struct reuse_level *level, int i, int tensor,
                        struct reuse__misfit *misfit) {
  const double room = level->double_buffered ? has->value / 2 : has->value;
  if (!has->given || needs <= room) return false;
  *misfit = (struct reuse__misfit){.level = i, .tensor = tensor, .needs = needs, .has = room};
  return true;
}

static bool is_too_small(const struct reuse_arch *arch, const struct reuse_level *level,
                         const struct reuse_counts *counts, int i,
                         struct reuse__misfit *misfit) {
  double sum = 0;
  for (int t = 0; t < REUSE_TENSORS; t++) {
    const double bytes =
        (double)counts->at[i][t].tile * reuse__bits(arch, counts, i, t) / 8;
    if (!level->tensor_bytes[t].given) sum += bytes;
    else if (is_too_much(bytes, &level->tensor_bytes[t], level, i, t, misfit)) return true;
  }
  return is_too_much(sum, &level->size_bytes, level, i, -1, misfit);
}

bool reuse__level_fits(const struct reuse_arch *arch, const struct reuse_level *level,
                       const struct reuse_counts *counts, int i) {
  struct reuse__misfit misfit;
  return !is_too_small(arch, level, counts, i, &misfit);
}

bool reuse__find_misfit(const struct reuse_arch *arch, const struct reuse_mapping *mapping,
                        const struct reuse_counts *counts, struct reuse__misfit *misfit) {
  const struct reuse_engine *e = &arch->engine[mapping->engine];
  for (int i = 0; i < e->nlevels; i++) {
    int64_t children = 1;
    for (int a = 0; a < e->level[i].naxes; a++) children *= e->level[i].axis[a].size;
    if (counts->level_instances[i + 1] > counts->level_instances[i] * children) {
      const double fans =
          (double)counts->level_instances[i + 1] / (double)counts->level_instances[i];
      *misfit = (struct reuse__misfit){.level = i, .tensor = -1, .fans = true, .needs = fans,
                                       .has = (double)children};
      return true;
    }
    if (is_too_small(arch, &e->level[i], counts, i, misfit)) return true;
  }
  return false;
}

void reuse__misfit_text(const struct reuse_engine *engine, const struct reuse__misfit *m,
                        char *text, size_t size) {
  const struct reuse_level *level = &engine->level[m->level];
  if (m->fans)
    snprintf(text, size, "the loops side by side in %.100s need %.0f children, it has %.0f",
             level->name, m->needs, m->has);
  else
    snprintf(text, size, "the tile%s%s in %.100s take%s %.0f bytes, it has %.0f%s",
             m->tensor < 0 ? "s" : " of ", m->tensor < 0 ? "" : reuse__tensor_name[m->tensor],
             level->name, m->tensor < 0 ? "" : "s", ceil(m->needs), floor(m->has),
             level->double_buffered ? " (half of its size: it is double buffered)" : "");
}

bool reuse_mapping_fits(const struct reuse_arch *arch,
                        const struct reuse_mapping *mapping,
                        const struct reuse_counts *counts) {
  struct reuse__misfit misfit;
  return !reuse__find_misfit(arch, mapping, counts, &misfit);
}
