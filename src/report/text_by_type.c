/* Shares of the layer types, of the bounds and of the parts of energy.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "report/format.h"
#include "report/text.h"

static const struct reuse__grid_column columns[] = {
    {{"", "layer type"}, true, 8, 0}, {{"", "layers"}, false, 0, 3},
    {{"MACs", "%"}, false, 0, 0},     {{"time", "%"}, false, 0, 0},
    {{"energy", "%"}, false, 0, 0},   {{"DRAM", "%"}, false, 0, 2},
    {{"util", "%"}, false, 0, 1},     {{"ops per", "DRAM B"}, false, 0, 4},
};

/* Rows without a bound's name beyond this many are summed as "other". */
enum { MOST_BOUNDS = 24, SHOWN_BOUNDS = 4 };

struct share {
  const char *name;
  double part;
};

static double dram_bytes(const struct reuse__totals *totals) {
  return totals->dram_read_bytes + totals->dram_write_bytes;
}

static void type_cells(enum reuse_layer_type type, const struct reuse__totals *part,
                       const struct reuse__totals *all, struct reuse__grid *grid) {
  reuse__grid_row(grid);
  reuse__grid_cell(grid, reuse__type_words(type));
  reuse__grid_format(grid, "%d", part->layers);
  if (part->layers == part->not_modelled) {
    for (int c = 2; c < grid->ncolumns; c++)
      reuse__grid_cell(grid, "-");
    return;
  }
  reuse__grid_percent(grid, (double)part->macs / (double)all->macs);
  reuse__grid_percent(grid, part->time_s / all->time_s);
  reuse__grid_percent(grid, part->energy_pj / all->energy_pj);
  reuse__grid_percent(grid, dram_bytes(part) / dram_bytes(all));
  reuse__grid_percent(grid, part->utilization);
  reuse__grid_digits(grid, 2.0 * (double)part->macs / dram_bytes(part));
}

/* The type to speak of: the depthwise layers if there are any, else the type that
 * takes most time for its MACs if that is over twice its share; or -1. */
static int type_of_note(const struct reuse__page *page,
                        const struct reuse__totals *all) {
  double worst = 2.0;
  int type = -1;
  for (int t = 0; t < REUSE_LAYER_TYPES; t++) {
    struct reuse__totals part;
    double ratio;
    reuse__totals(page->run, t, &part);
    if (t == REUSE_DWCONV && part.time_s > 0)
      return t;
    if (part.macs <= 0 || part.time_s < 0.02 * all->time_s)
      continue;
    ratio = (part.time_s / all->time_s) / ((double)part.macs / (double)all->macs);
    if (ratio > worst) {
      worst = ratio;
      type = t;
    }
  }
  return type;
}

/* What that type takes, in a sentence. */
static void note_line(const struct reuse__page *page,
                      const struct reuse__totals *all) {
  struct reuse__totals part;
  char macs[REUSE__NUMBER], time[REUSE__NUMBER], energy[REUSE__NUMBER];
  const int type = type_of_note(page, all);
  if (type < 0)
    return;
  reuse__totals(page->run, type, &part);
  reuse__percent(macs, (double)part.macs / (double)all->macs);
  reuse__percent(time, part.time_s / all->time_s);
  reuse__percent(energy, part.energy_pj / all->energy_pj);
  reuse__text_line(page, "%s: %s %% of MACs, %s %% of time, %s %% of energy.",
                   reuse__type_words((enum reuse_layer_type)type), macs, time, energy);
}

static int falling(const void *a, const void *b) {
  const struct share *x = a, *y = b;
  if (x->part < y->part)
    return 1;
  return x->part > y->part ? -1 : strcmp(x->name, y->name);
}

/* "LABEL: NAME 61.2 %, NAME 38.8 %" of the N shares, the largest first. */
static void shares_line(const struct reuse__page *page, const char *label,
                        struct share *share, int n, double all) {
  char text[600], percent[REUSE__NUMBER];
  double rest = 0.0;
  size_t used = (size_t)snprintf(text, sizeof text, "%s:", label);
  qsort(share, (size_t)n, sizeof *share, falling);
  for (int i = 0; i < n; i++) {
    if (i >= SHOWN_BOUNDS + 2 || share[i].part < 0.0005 * all) {
      rest += share[i].part;
      continue;
    }
    used += (size_t)snprintf(text + used, sizeof text - used, "%s %.40s %s %%",
                             i > 0 ? "," : "", share[i].name,
                             reuse__percent(percent, share[i].part / all));
  }
  if (rest >= 0.0005 * all)
    snprintf(text + used, sizeof text - used, ", other %s %%",
             reuse__percent(percent, rest / all));
  reuse__text_line(page, "%s.", text);
}

/* What bounds the time: shares of the run time by bound. */
static void bound_line(const struct reuse__page *page,
                       const struct reuse__totals *all) {
  struct share share[MOST_BOUNDS + 1];
  int n = 0;
  for (int i = 0; i < page->run->nrows; i++) {
    const struct reuse__row *row = &page->run->row[i];
    const char *name;
    int k = 0;
    if (!row->modelled)
      continue;
    name = reuse__row_bound(page->run, row, page->arena);
    if (name == NULL || n == MOST_BOUNDS)
      name = "other";
    while (k < n && strcmp(share[k].name, name) != 0)
      k++;
    if (k == n)
      share[n++] = (struct share){name, 0.0};
    share[k].part += row->cost.time_s;
  }
  shares_line(page, "time bound by", share, n, all->time_s);
}

/* Where the energy goes. */
static void energy_line(const struct reuse__page *page,
                        const struct reuse__totals *all) {
  struct share share[] = {{"DRAM", all->dram_energy_pj},
                          {"buffers", all->buffer_energy_pj},
                          {"registers", 0.0},
                          {"network on chip", 0.0},
                          {"MACs", all->mac_energy_pj},
                          {"static", all->static_energy_pj}};
  for (int i = 0; i < page->run->nrows; i++) {
    struct reuse__roles roles;
    if (!page->run->row[i].modelled)
      continue;
    reuse__roles(page->run, &page->run->row[i], &roles);
    share[2].part += roles.register_energy_pj;
    share[3].part += roles.hop_energy_pj;
  }
  shares_line(page, "energy", share, (int)(sizeof share / sizeof share[0]),
              all->energy_pj);
}

enum reuse_status reuse__text_by_type(const struct reuse__page *page) {
  enum { COLUMNS = sizeof columns / sizeof columns[0] };
  struct reuse__totals all;
  struct reuse__grid grid;
  enum reuse_status status;
  reuse__totals(page->run, -1, &all);
  if (all.layers == all.not_modelled)
    return REUSE_OK;
  reuse__grid_init(&grid, columns, COLUMNS, &page->style, page->arena);
  for (int type = 0; type < REUSE_LAYER_TYPES; type++) {
    struct reuse__totals part;
    reuse__totals(page->run, type, &part);
    if (part.layers > 0)
      type_cells((enum reuse_layer_type)type, &part, &all, &grid);
  }
  status = reuse__grid_write(&grid, page->stream);
  if (status != REUSE_OK)
    return status;
  putc('\n', page->stream);
  note_line(page, &all);
  bound_line(page, &all);
  energy_line(page, &all);
  putc('\n', page->stream);
  return REUSE_OK;
}
