/* Lowerings of a run for people: what each costs, why others do not apply.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "report/format.h"
#include "report/text.h"

static const struct reuse__grid_column columns[] = {
    {{"", "layer"}, true, 8, 0},        {{"", "type"}, true, 0, 3},
    {{"", "lowering"}, true, 0, 0},     {{"", ""}, true, 0, 0},
    {{"multipli-", "cations"}, false, 0, 1}, {{"transform", "ops"}, false, 0, 1},
    {{"work", "per MAC"}, false, 0, 0}, {{"transform", "bytes"}, false, 0, 2},
    {{"", "cycles"}, false, 0, 0},      {{"energy", ""}, false, 0, 4},
};
enum { COLUMNS = sizeof columns / sizeof columns[0] };

static void cost_cells(int64_t multiplications, int64_t ops, int64_t macs, double bytes,
                       double cycles, double energy, struct reuse__grid *grid) {
  reuse__grid_si(grid, (double)multiplications);
  reuse__grid_si(grid, (double)ops);
  reuse__grid_digits(grid, (double)(multiplications + ops) / (double)macs);
  reuse__grid_si(grid, bytes);
  reuse__grid_si(grid, cycles);
  reuse__grid_digits(grid, energy);
}

static void candidate_cells(const struct reuse__row *row, int i, double unit_pj,
                            struct reuse__grid *grid) {
  const struct reuse__candidate *c = &row->candidate[i];
  const struct reuse__transform *t = &c->transform;
  reuse__grid_row(grid);
  reuse__grid_cell(grid, i == 0 ? row->layer.name : "");
  reuse__grid_cell(grid, i == 0 ? reuse_layer_type_name[row->layer.type] : "");
  reuse__grid_cell(grid, c->name);
  reuse__grid_cell(grid, i == row->chosen ? "<" : "");
  if (c->refused != NULL)
    for (int k = 4; k < COLUMNS; k++)
      reuse__grid_cell(grid, "-");
  else if (c->transformed)
    cost_cells(t->products.macs, t->input_ops + t->output_ops, row->layer.macs,
               c->passes.read_bytes + c->passes.write_bytes, c->cycles,
               c->energy_pj / unit_pj, grid);
  else
    cost_cells(row->layer.macs, 0, row->layer.macs, 0, c->cycles,
               c->energy_pj / unit_pj, grid);
}

/* How many rows have no transform, by reason, in a line each. */
static void refusals(const struct reuse__page *page) {
  const struct reuse__run *run = page->run;
  for (int r = 0; r < run->nrows; r++)
    for (int i = 1; i < run->row[r].ncandidates; i++) {
      const struct reuse__candidate *c = &run->row[r].candidate[i];
      const size_t kind = strcspn(c->name, ":");
      int same = 0;
      bool first = c->refused != NULL;
      for (int q = 0; c->refused != NULL && q < run->nrows; q++)
        for (int k = 1; k < run->row[q].ncandidates; k++) {
          const struct reuse__candidate *d = &run->row[q].candidate[k];
          if (d->refused == NULL || strcmp(d->refused, c->refused) != 0 ||
              strncmp(d->name, c->name, kind) != 0)
            continue;
          first = first && (q > r || (q == r && k >= i));
          same++;
        }
      if (first)
        reuse__text_line(page, "%.*s does not apply to %d layer%s: %s.", (int)kind,
                         c->name, same, same == 1 ? "" : "s", c->refused);
    }
}

enum reuse_status reuse__text_lowering(const struct reuse__page *page) {
  const struct reuse__run *run = page->run;
  struct reuse__grid_column column[COLUMNS];
  struct reuse__energy_unit unit;
  struct reuse__totals all;
  struct reuse__grid grid;
  reuse__totals(run, -1, &all);
  unit = reuse__energy_unit(all.energy_pj, page->style.utf8);
  memcpy(column, columns, sizeof column);
  column[COLUMNS - 1].head[1] = unit.name;
  reuse__grid_init(&grid, column, COLUMNS, &page->style, page->arena);
  for (int r = 0; r < run->nrows; r++) {
    const struct reuse__row *row = &run->row[r];
    for (int i = 0; i < row->ncandidates; i++)
      candidate_cells(row, i, unit.pj, &grid);
    if (!row->modelled || row->ncandidates > 0)
      continue;
    reuse__grid_row(&grid);
    reuse__grid_cell(&grid, row->layer.name);
    reuse__grid_cell(&grid, reuse_layer_type_name[row->layer.type]);
    reuse__grid_cell(&grid, reuse__row_lowering(row));
    reuse__grid_cell(&grid, "<");
    cost_cells(row->layer.macs, 0, row->layer.macs, 0, row->cost.cycles,
               row->cost.energy_pj / unit.pj, &grid);
  }
  const enum reuse_status status = reuse__grid_write(&grid, page->stream);
  if (status != REUSE_OK)
    return status;
  putc('\n', page->stream);
  refusals(page);
  reuse__text_line(page, "< : the lowering of the other tables. work: multiplications "
                   "and operations of the transforms of inputs and sums; filters are "
                   "transformed beforehand.");
  reuse__text_notes(page);
  return REUSE_OK;
}
