/* The layers of a run for people.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "report/format.h"
#include "report/text.h"

/* The columns; the energy's unit is set for the run. */
enum { UNIT_COLUMN = 16, COLUMNS = 18 };

static const struct reuse__grid_column columns[COLUMNS] = {
    {{"", "layer"}, true, 8, 0},
    {{"", "type"}, true, 0, 2},
    {{"", "pattern"}, true, 0, REUSE__EXTRA + 1},
    {{"", "MACs"}, false, 0, 1},
    {{"util", "%"}, false, 0, 0},
    {{"spatial", "%"}, false, 0, REUSE__EXTRA + 2},
    {{"", "cycles"}, false, 0, 0},
    {{"time", "%"}, false, 0, REUSE__EXTRA},
    {{"bound", "by"}, true, 7, 3},
    {{"", "Gop/s"}, false, 0, REUSE__EXTRA + 3},
    {{"ops per", "DRAM B"}, false, 0, 5},
    {{"DRAM", "bytes"}, false, 0, 4},
    {{"buffer", "words"}, false, 0, 6},
    {{"effective", "MACs"}, false, 0, REUSE__EXTRA + 4},
    {{"DRAM", "/ bound"}, false, 0, REUSE__EXTRA + 6},
    {{"gap", "%"}, false, 0, REUSE__EXTRA + 5},
    {{"energy", ""}, false, 0, 0},
    {{"", ""}, true, 0, 0},
};

/* The cells after MACs of a row that no engine runs. */
static void dashes(struct reuse__grid *grid) {
  for (int c = 4; c < COLUMNS - 1; c++)
    reuse__grid_cell(grid, "-");
}

static void cost_cells(const struct reuse__run *run, const struct reuse__row *row,
                       double run_s, double unit_pj, struct reuse__grid *grid) {
  const struct reuse_evaluation *cost = &row->cost;
  const double ops = 2.0 * (double)row->layer.macs;
  struct reuse_dram_bounds bounds;
  struct reuse__roles roles;
  double dram_bytes;
  reuse__roles(run, row, &roles);
  dram_bytes = roles.dram_read_bytes + roles.dram_write_bytes;
  reuse__grid_percent(grid, cost->utilization);
  reuse__grid_percent(grid, cost->spatial_utilization);
  reuse__grid_si(grid, cost->cycles);
  reuse__grid_percent(grid, cost->time_s / run_s);
  reuse__grid_cell(grid, reuse__row_bound(run, row, grid->arena));
  reuse__grid_digits(grid, ops / cost->time_s * 1e-9);
  reuse__grid_digits(grid, ops / dram_bytes);
  reuse__grid_si(grid, dram_bytes);
  reuse__grid_si(grid, roles.buffer_accesses);
  reuse__grid_si(grid, (double)cost->counts.effective_macs);
  if (reuse__row_dram_bounds(run, row, &bounds))
    reuse__grid_digits(grid, roles.dram_words / (double)bounds.bound);
  else
    reuse__grid_cell(grid, "-");
  if (reuse__is_searched(row))
    reuse__grid_percent(grid, reuse__gap(run, row));
  else
    reuse__grid_cell(grid, "-");
  reuse__grid_digits(grid, cost->energy_pj / unit_pj);
  reuse__grid_cell(grid, reuse__row_mark(row));
}

static void layer_cells(const struct reuse__run *run, const struct reuse__row *row,
                        double run_s, double unit_pj, struct reuse__grid *grid) {
  reuse__grid_row(grid);
  reuse__grid_cell(grid, row->layer.name);
  reuse__grid_cell(grid, reuse_layer_type_name[row->layer.type]);
  if (reuse__row_transform(row) != NULL)
    reuse__grid_format(grid, "%s, %s", reuse__row_pattern(run, row),
                       reuse__row_lowering(row));
  else
    reuse__grid_cell(grid, row->modelled ? reuse__row_pattern(run, row) : "-");
  reuse__grid_si(grid, (double)row->layer.macs);
  if (row->modelled)
    cost_cells(run, row, run_s, unit_pj, grid);
  else
    dashes(grid);
}

static void total_cells(const struct reuse__totals *all, double unit_pj,
                        struct reuse__grid *grid) {
  const double dram_bytes = all->dram_read_bytes + all->dram_write_bytes;
  const double ops = 2.0 * (double)all->macs;
  reuse__grid_rule(grid);
  reuse__grid_row(grid);
  reuse__grid_cell(grid, "total");
  reuse__grid_cell(grid, "");
  reuse__grid_cell(grid, "");
  reuse__grid_si(grid, (double)all->macs);
  reuse__grid_percent(grid, all->utilization);
  reuse__grid_cell(grid, "");
  reuse__grid_si(grid, all->cycles);
  reuse__grid_percent(grid, 1.0);
  reuse__grid_cell(grid, "");
  reuse__grid_digits(grid, ops / all->time_s * 1e-9);
  reuse__grid_digits(grid, ops / dram_bytes);
  reuse__grid_si(grid, dram_bytes);
  reuse__grid_si(grid, all->buffer_accesses);
  reuse__grid_si(grid, (double)all->effective_macs);
  reuse__grid_cell(grid, "");
  reuse__grid_cell(grid, "");
  reuse__grid_digits(grid, all->energy_pj / unit_pj);
}

/* VALUE of UNIT with the prefix that suits it: "6.92 ms". */
static const char *with_prefix(const struct reuse__page *page, double value,
                               const char *unit, char text[2 * REUSE__NUMBER]) {
  const char *const prefix[] = {"", "m", page->style.utf8 ? "\xc2\xb5" : "u", "n"};
  char digits[REUSE__NUMBER];
  int i = 0;
  for (; i < 3 && value < 1.0; i++)
    value *= 1e3;
  snprintf(text, 2 * REUSE__NUMBER, "%s %s%s", reuse__digits(digits, value), prefix[i],
           unit);
  return text;
}

/* Time and rates of the whole run in a line. */
static void headline(const struct reuse__page *page, const struct reuse__totals *all) {
  char time[2 * REUSE__NUMBER], rate[REUSE__NUMBER], energy[2 * REUSE__NUMBER];
  char efficiency[REUSE__NUMBER];
  const double ops = 2.0 * (double)all->macs;
  with_prefix(page, all->time_s, "s", time);
  with_prefix(page, all->energy_pj * 1e-12, "J", energy);
  reuse__digits(rate, ops / all->time_s * 1e-9);
  reuse__digits(efficiency, 1e3 * ops / all->energy_pj);
  reuse__text_line(page, "%s, %s: %s Gop/s, %s Gop/s per W.", time, energy, rate,
                   efficiency);
}

/* Whether DRAM is read for tiles as if they were full. */
static bool fills_tiles_up(const struct reuse_arch *arch) {
  for (int e = 0; e < arch->nengines; e++)
    for (int i = 0; i < arch->engine[e].nlevels; i++)
      for (int t = 0; t < REUSE_TENSORS; t++)
        if (arch->engine[e].level[i].kind == REUSE_DRAM &&
            arch->engine[e].level[i].tile_bytes[t].given)
          return true;
  return false;
}

/* The DRAM words of the run beside those that no mapping can avoid. */
static void dram_line(const struct reuse__page *page) {
  char words[REUSE__NUMBER], least[REUSE__NUMBER], compulsory[REUSE__NUMBER];
  double sum = 0.0;
  struct reuse_dram_bounds bounds, all = {0};
  struct reuse__roles roles;
  for (int i = 0; i < page->run->nrows; i++) {
    const struct reuse__row *row = &page->run->row[i];
    if (!reuse__row_dram_bounds(page->run, row, &bounds))
      continue;
    reuse__roles(page->run, row, &roles);
    sum += roles.dram_words;
    all.bound += bounds.bound;
    all.compulsory += bounds.compulsory;
  }
  if (all.bound > 0)
    reuse__text_line(page, "DRAM: %s words; no mapping moves fewer than %s (compulsory: "
                     "%s).%s", reuse__si(words, sum), reuse__si(least, (double)all.bound),
                     reuse__si(compulsory, (double)all.compulsory),
                     fills_tiles_up(page->run->arch)
                         ? " What fills tiles up is in the bytes only." : "");
}

enum reuse_status reuse__text_layers(const struct reuse__page *page) {
  const struct reuse__run *run = page->run;
  struct reuse__grid_column column[COLUMNS];
  struct reuse__energy_unit unit;
  struct reuse__totals all;
  struct reuse__grid grid;
  enum reuse_status status;
  reuse__totals(run, -1, &all);
  unit = reuse__energy_unit(all.energy_pj, page->style.utf8);
  for (int c = 0; c < COLUMNS; c++)
    column[c] = columns[c];
  column[UNIT_COLUMN].head[1] = unit.name;
  reuse__grid_init(&grid, column, COLUMNS, &page->style, page->arena);
  for (int i = 0; i < run->nrows; i++)
    layer_cells(run, &run->row[i], all.time_s, unit.pj, &grid);
  if (all.layers > all.not_modelled)
    total_cells(&all, unit.pj, &grid);
  status = reuse__grid_write(&grid, page->stream);
  if (status != REUSE_OK)
    return status;
  putc('\n', page->stream);
  if (all.layers > all.not_modelled) {
    headline(page, &all);
    dram_line(page);
    putc('\n', page->stream);
  }
  status = reuse__text_by_type(page);
  reuse__text_notes(page);
  reuse__text_line(page, "util: MACs over what the engine's units could do in the "
                   "time. DRAM, buffer: read and written. ops: 2 per MAC.");
  return status;
}
