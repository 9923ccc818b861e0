/* A figure of DRAM traffic against the size of a buffer.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/arena.h"
#include "compare/sweep.h"
#include "report/figure_layers.h"
#include "report/format.h"

/* Lines of the figure. */
enum { TOTAL, INPUT, FILTER, OUTPUT, LEAST, BOUND, LINES };

/* The lines' values at each size in units of UNIT bytes, and the axis. */
static enum reuse_status fill_panel(const struct reuse__sweep *sweep, double unit,
                                    struct reuse_arena *arena, struct reuse__panel *panel) {
  double *value = reuse__alloc_array(arena, (size_t)(sweep->n * LINES) + 1, sizeof *value);
  double low = INFINITY, high = 0.0;
  if (value == NULL)
    return REUSE_ERR_MEMORY;
  for (int i = 0; i < sweep->n; i++) {
    double *at = value + i * LINES;
    at[INPUT] = sweep->dram[i][REUSE_I] / unit;
    at[FILTER] = sweep->dram[i][REUSE_W] / unit;
    at[OUTPUT] = sweep->dram[i][REUSE_O] / unit;
    at[TOTAL] = at[INPUT] + at[FILTER] + at[OUTPUT];
    at[LEAST] = 0.0;
    for (int t = 0; t < REUSE_TENSORS; t++)
      at[LEAST] += sweep->least[t] / unit;
    at[BOUND] = sweep->bound[i] / unit;
    for (int s = 0; s < LINES; s++) {
      at[s] = at[s] > 0.0 ? at[s] : NAN;
      low = fmin(low, at[s]);
      high = fmax(high, at[s]);
    }
  }
  panel->value = value;
  panel->log = high / low > 20.0;
  panel->ymin = panel->log ? low / 1.3 : 0.0;
  panel->ymax = panel->log ? high * 1.3 : high * 1.08;
  return REUSE_OK;
}

enum reuse_status reuse__plot_buffer(const struct reuse__run *run, const char *path,
                                     const struct reuse__plot_options *options,
                                     struct reuse_arena *arena, struct reuse_diag *diag) {
  static const char *const key[LINES] = {"all", "input", "filter", "output",
                                         "every word once", "no mapping below"};
  struct reuse__figure figure;
  struct reuse__sweep sweep;
  enum reuse_status status =
      reuse__layers_figure(run, "DRAM traffic", path, arena, &figure, diag);
  if (status == REUSE_OK)
    status = reuse__sweep(run, options->run, arena, &sweep, diag);
  if (status == REUSE_OK && sweep.n == 0)
    status = reuse__nothing_to_draw(run, path, diag);
  if (status != REUSE_OK)
    return status;
  figure.form = REUSE__LINES;
  figure.columns = 1;
  figure.note = reuse__printf(arena, "batch %lld, mapped for least DRAM words; upright: "
                              "the machine's size", (long long)run->batch);
  figure.xlabel = reuse__printf(arena, "size of %s (bytes)", sweep.level);
  figure.n = sweep.n;
  figure.x = sweep.bytes;
  figure.at_x = sweep.own_bytes;
  figure.nseries = LINES;
  figure.key = key;
  figure.panel[0].ylabel = "MB read and written";
  status = fill_panel(&sweep, 1e6, arena, &figure.panel[0]);
  if (figure.note == NULL || figure.xlabel == NULL)
    return REUSE_ERR_MEMORY;
  return status == REUSE_OK ? reuse__figure_draw(&figure, path, options, arena, diag)
                            : status;
}
