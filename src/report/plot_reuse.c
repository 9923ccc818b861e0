/* A figure of the reuse that layers offer and that a machine requires.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "report/figure_layers.h"
#include "report/format.h"

/* The operands of the panels. */
static const enum reuse_tensor operand[REUSE_TENSORS] = {REUSE_W, REUSE_I, REUSE_O};
static const char *const operand_name[REUSE_TENSORS] = {"filter", "input", "output"};

/* The reuse that the layers offer of operand P, a series for each type. */
static enum reuse_status fill_panel(const struct reuse__run *run, int n, int p,
                                    struct reuse_arena *arena,
                                    struct reuse__panel *panel) {
  const enum reuse_tensor t = operand[p];
  const struct reuse_quantity *required = &run->arch->required_reuse[t];
  const size_t room = (size_t)n * REUSE_LAYER_TYPES;
  double *value = reuse__alloc_array(arena, room + 1, sizeof *value), *at = value;
  char number[REUSE__NUMBER];
  double low = INFINITY, high = 0.0;
  if (value == NULL)
    return REUSE_ERR_MEMORY;
  for (size_t i = 0; i < room; i++)
    value[i] = NAN;
  for (int i = 0; i < run->nrows; i++) {
    const struct reuse_layer *layer = &run->row[i].layer;
    struct reuse_layer_reuse reuse;
    if (!run->row[i].modelled)
      continue;
    reuse_layer_reuse(layer, &reuse);
    if ((layer->problem.tensors & REUSE_BIT(t)) && reuse.exact[t] > 0.0) {
      at[layer->type] = reuse.exact[t];
      low = fmin(low, reuse.exact[t]);
      high = fmax(high, reuse.exact[t]);
    }
    at += REUSE_LAYER_TYPES;
  }
  if (required->given) {
    panel->base = required->value;
    panel->base_name = reuse__printf(arena, "required %s",
                                     reuse__plain(number, required->value));
    low = fmin(low, required->value);
    high = fmax(high, required->value);
  }
  panel->title = operand_name[p];
  panel->ylabel = "MACs per word";
  panel->value = value;
  panel->log = true;
  panel->ymin = isfinite(low) ? low / 2.5 : 0.1;
  panel->ymax = high > 0.0 ? high * 2.5 : 10.0;
  return REUSE_OK;
}

enum reuse_status reuse__plot_reuse(const struct reuse__run *run, const char *path,
                                    const struct reuse__plot_options *options,
                                    struct reuse_arena *arena, struct reuse_diag *diag) {
  const char *key[REUSE_LAYER_TYPES];
  struct reuse__figure figure;
  enum reuse_status status = reuse__layers_figure(
      run, "reuse that the layers offer", path, arena, &figure, diag);
  if (status != REUSE_OK)
    return status;
  for (int t = 0; t < REUSE_LAYER_TYPES; t++)
    key[t] = reuse__type_words((enum reuse_layer_type)t);
  figure.form = REUSE__MARKS;
  figure.note = "line: what the array requires to be busy; below it, shaded, it waits";
  for (int p = 0; p < REUSE_TENSORS; p++)
    if (!run->arch->required_reuse[p].given)
      figure.note = NULL;
  figure.nseries = REUSE_LAYER_TYPES;
  figure.key = key;
  figure.npanels = REUSE_TENSORS;
  for (int p = 0; status == REUSE_OK && p < REUSE_TENSORS; p++)
    status = fill_panel(run, figure.n, p, arena, &figure.panel[p]);
  return status == REUSE_OK ? reuse__figure_draw(&figure, path, options, arena, diag)
                            : status;
}
