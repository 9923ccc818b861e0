/* What the figures of a run's layers share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/figure_layers.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "report/format.h"

enum reuse_status reuse__nothing_to_draw(const struct reuse__run *run, const char *path,
                                         struct reuse_diag *diag) {
  reuse__report(diag, REUSE_ERROR, NULL, NULL,
                "nothing to draw in '%s': no layer of %s was mapped on %s", path,
                run->network->name, run->arch->name);
  return REUSE_ERR_INPUT;
}

enum reuse_status reuse__layers_figure(const struct reuse__run *run, const char *what,
                                       const char *path, struct reuse_arena *arena,
                                       struct reuse__figure *figure,
                                       struct reuse_diag *diag) {
  const char **name = reuse__alloc_array(arena, (size_t)run->nrows + 1, sizeof *name);
  *figure = (struct reuse__figure){.columns = 2, .reference = -1, .npanels = 1,
                                   .at_x = NAN};
  for (int p = 0; p < REUSE__PANELS; p++)
    figure->panel[p].base = NAN;
  if (name == NULL)
    return REUSE_ERR_MEMORY;
  for (int i = 0; i < run->nrows; i++)
    if (run->row[i].modelled)
      name[figure->n++] = run->row[i].layer.name;
  figure->name = name;
  if (figure->n == 0)
    return reuse__nothing_to_draw(run, path, diag);
  figure->title = reuse__printf(arena, "%s on %s: %s", run->network->name, run->arch->name,
                                what);
  figure->note = reuse__printf(
      arena, "batch %lld, mapped for least %s", (long long)run->batch,
      reuse__objective_words(run->search.objective));
  return figure->title != NULL && figure->note != NULL ? REUSE_OK : REUSE_ERR_MEMORY;
}

int reuse__level_index(const struct reuse__level_names *names, const char *name) {
  int i = 0;
  while (i < names->n - 1 && strcmp(names->name[i], name) != 0)
    i++;
  return i;
}

void reuse__find_levels(const struct reuse__run *run, int most,
                        struct reuse__level_names *names) {
  names->n = 0;
  for (int l = 0; l < REUSE_MAX_LEVELS; l++)
    for (int e = 0; e < run->arch->nengines; e++) {
      const struct reuse_engine *engine = &run->arch->engine[e];
      bool known = l >= engine->nlevels, used = false;
      for (int i = 0; !known && i < names->n; i++)
        known = strcmp(names->name[i], engine->level[l].name) == 0;
      for (int i = 0; !known && i < run->nrows; i++)
        used = used || (run->row[i].modelled && run->row[i].mapping.engine == e);
      if (!known && used && names->n < most)
        names->name[names->n++] = engine->level[l].name;
    }
}
