/* Accesses, energy, mappings and the summary for people.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/format.h"
#include "report/text.h"

static const struct reuse__grid_column access_column[] = {
    {{"", "layer"}, true, 8, 0},     {{"", "level"}, true, 6, 0},
    {{"I", "read"}, false, 0, 1},    {{"W", "read"}, false, 0, 1},
    {{"O", "read"}, false, 0, 1},    {{"I", "written"}, false, 0, 2},
    {{"W", "written"}, false, 0, 2}, {{"O", "written"}, false, 0, 2},
    {{"energy", ""}, false, 0, 0},
};

static const struct reuse__grid_column energy_column[] = {
    {{"", "layer"}, true, 8, 0},       {{"", "type"}, true, 0, 3},
    {{"energy", ""}, false, 0, 0},     {{"per MAC", "pJ"}, false, 0, 2},
    {{"DRAM", "%"}, false, 0, 0},      {{"buffers", "%"}, false, 0, 0},
    {{"regis-", "ters %"}, false, 0, 1}, {{"net-", "work %"}, false, 0, 5},
    {{"MACs", "%"}, false, 0, 1},      {{"static", "%"}, false, 0, 4},
};

enum { ACCESS_COLUMNS = sizeof access_column / sizeof access_column[0],
       ENERGY_COLUMNS = sizeof energy_column / sizeof energy_column[0] };

/* COLUMNS with the unit's name as the second line of heading AT. */
static void with_unit(const struct reuse__grid_column *columns, int n, int at,
                      const char *unit, struct reuse__grid_column *result) {
  for (int c = 0; c < n; c++)
    result[c] = columns[c];
  result[at].head[1] = unit;
}

static void access_cells(const struct reuse__run *run, const struct reuse__row *row,
                         int level, double unit_pj, struct reuse__grid *grid) {
  const struct reuse_level_cost *cost = &row->cost.level[level];
  double energy_pj = 0.0;
  reuse__grid_row(grid);
  reuse__grid_cell(grid, level == 0 ? row->layer.name : "");
  reuse__grid_cell(grid, reuse__row_engine(run, row)->level[level].name);
  for (int t = 0; t < REUSE_TENSORS; t++)
    reuse__grid_si(grid, cost->read_bytes[t]);
  for (int t = 0; t < REUSE_TENSORS; t++) {
    reuse__grid_si(grid, cost->write_bytes[t]);
    energy_pj += cost->energy_pj[t];
  }
  reuse__grid_digits(grid, energy_pj / unit_pj);
}

enum reuse_status reuse__text_accesses(const struct reuse__page *page) {
  const struct reuse__run *run = page->run;
  struct reuse__grid_column column[ACCESS_COLUMNS];
  struct reuse__energy_unit unit;
  struct reuse__totals all;
  struct reuse__grid grid;
  enum reuse_status status;
  reuse__totals(run, -1, &all);
  unit = reuse__energy_unit(all.energy_pj, page->style.utf8);
  with_unit(access_column, ACCESS_COLUMNS, ACCESS_COLUMNS - 1, unit.name, column);
  reuse__grid_init(&grid, column, ACCESS_COLUMNS, &page->style, page->arena);
  for (int i = 0; i < run->nrows; i++)
    for (int l = 0; run->row[i].modelled && l < run->row[i].cost.nlevels; l++)
      access_cells(run, &run->row[i], l, unit.pj, &grid);
  status = reuse__grid_write(&grid, page->stream);
  if (status != REUSE_OK)
    return status;
  putc('\n', page->stream);
  reuse__text_line(page, "Bytes read and written in all instances of the level. I "
                   "input, W filter, O output and partial sums.");
  return REUSE_OK;
}

/* The cells after the type: energy per MAC and the shares of its parts. */
static void energy_cells(double energy_pj, int64_t macs, const double part_pj[6],
                         double unit_pj, struct reuse__grid *grid) {
  reuse__grid_digits(grid, energy_pj / unit_pj);
  if (macs > 0)
    reuse__grid_digits(grid, energy_pj / (double)macs);
  else
    reuse__grid_cell(grid, "-");
  for (int i = 0; i < 6; i++)
    reuse__grid_percent(grid, part_pj[i] / energy_pj);
}

/* The parts of ROW's energy in the order of the columns. */
static void parts_of(const struct reuse__run *run, const struct reuse__row *row,
                     double part_pj[6]) {
  struct reuse__roles roles;
  reuse__roles(run, row, &roles);
  part_pj[0] = roles.dram_energy_pj;
  part_pj[1] = roles.buffer_energy_pj;
  part_pj[2] = roles.register_energy_pj;
  part_pj[3] = roles.hop_energy_pj;
  part_pj[4] = row->cost.mac_energy_pj;
  part_pj[5] = row->cost.static_energy_pj;
}

enum reuse_status reuse__text_energy(const struct reuse__page *page) {
  const struct reuse__run *run = page->run;
  struct reuse__grid_column column[ENERGY_COLUMNS];
  double sum_pj[6] = {0.0}, part_pj[6];
  struct reuse__energy_unit unit;
  struct reuse__totals all;
  struct reuse__grid grid;
  enum reuse_status status;
  reuse__totals(run, -1, &all);
  unit = reuse__energy_unit(all.energy_pj, page->style.utf8);
  with_unit(energy_column, ENERGY_COLUMNS, 2, unit.name, column);
  reuse__grid_init(&grid, column, ENERGY_COLUMNS, &page->style, page->arena);
  for (int i = 0; i < run->nrows; i++) {
    const struct reuse__row *row = &run->row[i];
    if (!row->modelled)
      continue;
    parts_of(run, row, part_pj);
    for (int k = 0; k < 6; k++)
      sum_pj[k] += part_pj[k];
    reuse__grid_row(&grid);
    reuse__grid_cell(&grid, row->layer.name);
    reuse__grid_cell(&grid, reuse_layer_type_name[row->layer.type]);
    energy_cells(row->cost.energy_pj, row->layer.macs, part_pj, unit.pj, &grid);
  }
  reuse__grid_rule(&grid);
  reuse__grid_row(&grid);
  reuse__grid_cell(&grid, "total");
  reuse__grid_cell(&grid, "");
  energy_cells(all.energy_pj, all.macs, sum_pj, unit.pj, &grid);
  status = reuse__grid_write(&grid, page->stream);
  putc('\n', page->stream);
  reuse__text_notes(page);
  return status;
}

/* The mappings as a grid, for LaTeX. */
static enum reuse_status mapping_grid(const struct reuse__page *page) {
  static const struct reuse__grid_column column[] = {
      {{"", "layer"}, true, 8, 0},    {{"", "type"}, true, 0, 0},
      {{"", "engine"}, true, 0, 0},   {{"", "dataflow"}, true, 0, 0},
      {{"", "mapping"}, true, 40, 0}, {{"", ""}, true, 0, 0}};
  struct reuse__grid grid;
  reuse__grid_init(&grid, column, sizeof column / sizeof column[0], &page->style,
                   page->arena);
  for (int i = 0; i < page->run->nrows; i++) {
    const struct reuse__row *row = &page->run->row[i];
    reuse__grid_row(&grid);
    reuse__grid_cell(&grid, row->layer.name);
    reuse__grid_cell(&grid, reuse_layer_type_name[row->layer.type]);
    if (!row->modelled)
      continue;
    reuse__grid_cell(&grid, reuse__row_engine(page->run, row)->name);
    reuse__grid_cell(&grid, reuse__row_pattern(page->run, row));
    reuse__grid_cell(&grid, reuse__nest_line(&row->mapping.nest, page->arena));
    reuse__grid_cell(&grid, reuse__row_mark(row));
  }
  return reuse__grid_write(&grid, page->stream);
}

enum reuse_status reuse__text_mapping(const struct reuse__page *page) {
  const struct reuse__run *run = page->run;
  const bool latex = page->style.latex != NULL;
  const enum reuse_status status = latex ? mapping_grid(page) : REUSE_OK;
  if (status != REUSE_OK)
    return status;
  for (int i = 0; i < run->nrows && !latex; i++) {
    const struct reuse__row *row = &run->row[i];
    const char *line;
    if (!row->modelled) {
      reuse__text_line(page, "%s (%s): -", row->layer.name,
                       reuse_layer_type_name[row->layer.type]);
      continue;
    }
    line = reuse__nest_line(&row->mapping.nest, page->arena);
    if (line == NULL)
      return REUSE_ERR_MEMORY;
    reuse__text_line(page, "%s (%s, %s, %s)%s", row->layer.name,
                     reuse_layer_type_name[row->layer.type],
                     reuse__row_engine(run, row)->name,
                     reuse__row_pattern(run, row), *reuse__row_mark(row) != '\0' ? " *" : "");
    reuse__text_line(page, "  %s", line);
  }
  putc('\n', page->stream);
  reuse__text_line(page, "D/n: dim D in chunks of n, outer loops first; loops after || "
                   "are spatial.");
  reuse__text_notes(page);
  return REUSE_OK;
}

enum reuse_status reuse__text_summary(const struct reuse__page *page) {
  char macs[REUSE__NUMBER], time[REUSE__NUMBER], energy[REUSE__NUMBER];
  char dram[REUSE__NUMBER], utilization[REUSE__NUMBER];
  struct reuse__totals all;
  enum reuse_status status;
  reuse__totals(page->run, -1, &all);
  if (all.layers > all.not_modelled) {
    reuse__text_line(page, "%s MACs in %s ms with %s mJ and %sB of DRAM traffic; "
                     "utilization %s %%", reuse__si(macs, (double)all.macs),
                     reuse__digits(time, all.time_s * 1e3),
                     reuse__digits(energy, all.energy_pj * 1e-9),
                     reuse__si(dram, all.dram_read_bytes + all.dram_write_bytes),
                     reuse__percent(utilization, all.utilization));
    putc('\n', page->stream);
  }
  status = reuse__text_by_type(page);
  reuse__text_notes(page);
  return status;
}
