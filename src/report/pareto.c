/* Fronts of energy and time as a table of values and for people.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/pareto.h"

#include <math.h>

#include "report/format.h"
#include "report/text.h"

static const struct reuse__column value_column[] = {
    {"arch", REUSE__STRING},          {"network", REUSE__STRING},
    {"index", REUSE__INTEGER},        {"layer", REUSE__STRING},
    {"type", REUSE__STRING},          {"point", REUSE__INTEGER},
    {"energy_pj", REUSE__DOUBLE},     {"cycles", REUSE__DOUBLE},
    {"time_us", REUSE__DOUBLE},       {"utilization", REUSE__DOUBLE},
    {"proven", REUSE__BOOL},          {"engine", REUSE__STRING},
    {"pattern", REUSE__STRING},       {"mapping", REUSE__STRING},
    {"every_step", REUSE__BOOL},      {"energy_bound_pj", REUSE__DOUBLE},
    {"cycles_bound", REUSE__DOUBLE},
};

static const struct reuse__grid_column text_column[] = {
    {{"", "layer"}, true, 8, 0},      {{"", "type"}, true, 0, 2},
    {{"", "point"}, false, 0, 1},     {{"energy", ""}, false, 0, 0},
    {{"", "cycles"}, false, 0, 0},    {{"util", "%"}, false, 0, 3},
    {{"energy", "/ least"}, false, 0, 0}, {{"time", "/ least"}, false, 0, 0},
    {{"", "pattern"}, true, 0, 4},    {{"", "mapping"}, true, 20, REUSE__EXTRA},
    {{"", ""}, true, 0, 0},
};

enum { VALUES = sizeof value_column / sizeof value_column[0],
       COLUMNS = sizeof text_column / sizeof text_column[0], UNIT_COLUMN = 3,
       AFTER_TYPE = COLUMNS - 3 };

/* ---- values ---------------------------------------------------------------------- */

static void put_point(const struct reuse__fronts *f, int row, int i,
                      struct reuse__table *table) {
  const struct reuse_point *p = &f->row[row].point[i];
  const struct reuse_engine *engine = &f->run->arch->engine[p->mapping.engine];
  reuse__table_row(table);
  reuse__put_string(table, f->run->arch->name);
  reuse__put_string(table, f->run->network->name);
  reuse__put_integer(table, f->run->row[row].index);
  reuse__put_string(table, f->run->row[row].layer.name);
  reuse__put_string(table, reuse_layer_type_name[f->run->row[row].layer.type]);
  reuse__put_integer(table, i + 1);
  reuse__put_number(table, p->evaluation.energy_pj);
  reuse__put_number(table, p->evaluation.cycles);
  reuse__put_number(table, p->evaluation.time_s * 1e6);
  reuse__put_number(table, p->evaluation.utilization);
  reuse__put_bool(table, f->row[row].proof.optimal);
  reuse__put_string(table, engine->name);
  reuse__put_string(table, engine->dataflow[p->mapping.dataflow].name);
  reuse__put_string(table, reuse__nest_line(&p->mapping.nest, table->arena));
  reuse__put_bool(table, f->row[row].proof.every_step);
  reuse__put_number(table, f->row[row].proof.least_pj);
  reuse__put_number(table, f->row[row].proof.least_cycles);
}

enum reuse_status reuse__pareto_table(const struct reuse__fronts *fronts, int n,
                                      struct reuse_arena *arena,
                                      const struct reuse__table **table) {
  struct reuse__table *made = reuse__table_new(arena, value_column, VALUES);
  if (made == NULL)
    return REUSE_ERR_MEMORY;
  for (int k = 0; k < n; k++)
    for (int r = 0; r < fronts[k].run->nrows; r++)
      for (int i = 0; i < fronts[k].row[r].n; i++)
        put_point(&fronts[k], r, i, made);
  if (made->failed)
    return REUSE_ERR_MEMORY;
  *table = made;
  return REUSE_OK;
}

/* ---- text ------------------------------------------------------------------------ */

static void point_cells(const struct reuse__fronts *f, int row, int i, double unit_pj,
                        struct reuse__grid *grid) {
  const struct reuse__row_front *front = &f->row[row];
  const struct reuse_point *p = &front->point[i];
  const struct reuse_engine *engine = &f->run->arch->engine[p->mapping.engine];
  const double least_pj = front->point[0].evaluation.energy_pj;
  const double least_cycles = front->point[front->n - 1].evaluation.cycles;
  const bool first = i == 0;
  reuse__grid_row(grid);
  reuse__grid_cell(grid, first ? f->run->row[row].layer.name : "");
  reuse__grid_cell(grid, first ? reuse_layer_type_name[f->run->row[row].layer.type] : "");
  reuse__grid_format(grid, "%d", i + 1);
  reuse__grid_digits(grid, p->evaluation.energy_pj / unit_pj);
  reuse__grid_si(grid, p->evaluation.cycles);
  reuse__grid_percent(grid, p->evaluation.utilization);
  reuse__grid_format(grid, "%.3f", p->evaluation.energy_pj / least_pj);
  reuse__grid_format(grid, "%.3f", p->evaluation.cycles / least_cycles);
  reuse__grid_cell(grid, engine->dataflow[p->mapping.dataflow].name);
  reuse__grid_cell(grid, reuse__nest_line(&p->mapping.nest, grid->arena));
  reuse__grid_cell(grid, first && !front->proof.optimal ? "*" : "");
}

static void row_cells(const struct reuse__fronts *f, int row, double unit_pj,
                      struct reuse__grid *grid) {
  for (int i = 0; i < f->row[row].n; i++)
    point_cells(f, row, i, unit_pj, grid);
  if (f->row[row].modelled)
    return;
  reuse__grid_row(grid);
  reuse__grid_cell(grid, f->run->row[row].layer.name);
  reuse__grid_cell(grid, reuse_layer_type_name[f->run->row[row].layer.type]);
  for (int c = 0; c < AFTER_TYPE; c++)
    reuse__grid_cell(grid, "-");
}

static double largest_pj(const struct reuse__fronts *f) {
  double largest = 0.0;
  for (int r = 0; r < f->run->nrows; r++)
    for (int i = 0; i < f->row[r].n; i++)
      largest = fmax(largest, f->row[r].point[i].evaluation.energy_pj);
  return largest;
}

/* How much less energy, and time, a mapping may take than any point of a front that is not
 * proven, at most: shares. */
struct gaps { double energy, time; };

static void add_gaps(const struct reuse__row_front *front, struct gaps *gaps) {
  const struct reuse_evaluation *least = &front->point[0].evaluation;
  const struct reuse_evaluation *fastest = &front->point[front->n - 1].evaluation;
  gaps->energy = fmax(gaps->energy, 1 - front->proof.least_pj / least->energy_pj);
  gaps->time = fmax(gaps->time, 1 - front->proof.least_cycles / fastest->cycles);
}

/* TEXT of a share in percent, rounded up to a tenth. */
static const char *share_text(char text[REUSE__NUMBER], double share) {
  return reuse__fixed(text, ceil(1e3 * share) / 10, 1);
}

static void write_open(const struct reuse__page *page, int open, int layers, bool stopped,
                       bool every_step, const struct gaps *gaps) {
  char energy[REUSE__NUMBER], time[REUSE__NUMBER];
  reuse__text_line(page, "* : %d of %d layer%s: %s; points%s may be missing, or better ones, by "
                   "%s %% of the least energy and %s %% of the least time at most.", open,
                   layers, layers == 1 ? "" : "s", reuse__open_text(stopped),
                   reuse__steps_text(every_step), share_text(energy, gaps->energy),
                   share_text(time, gaps->time));
}

static void write_notes(const struct reuse__fronts *f, const struct reuse__page *page) {
  int missing = 0, open = 0;
  bool every_step = true, stopped = true;
  struct gaps gaps = {0};
  for (int r = 0; r < f->run->nrows; r++) {
    missing += !f->row[r].modelled;
    if (!f->row[r].modelled) continue;
    every_step = every_step && f->row[r].proof.every_step;
    if (f->row[r].proof.optimal) continue;
    open++;
    add_gaps(&f->row[r], &gaps);
    stopped = stopped && f->row[r].proof.stopped;
  }
  const int layers = f->run->nrows - missing;
  if (missing > 0)
    reuse__text_line(page, "- : %d layer%s that no engine of the machine runs.", missing,
                     missing == 1 ? "" : "s");
  if (open > 0)
    write_open(page, open, layers, stopped, every_step, &gaps);
  else if (layers > 0)
    reuse__text_line(page, "All fronts are proven: no point%s is missing.",
                     reuse__steps_text(every_step));
}

/* The fronts of one run. */
static enum reuse_status write_fronts(const struct reuse__fronts *f,
                                      const struct reuse__page *page) {
  const struct reuse__energy_unit unit =
      reuse__energy_unit(largest_pj(f), page->style.utf8);
  struct reuse__grid_column column[COLUMNS];
  struct reuse__grid grid;
  for (int c = 0; c < COLUMNS; c++)
    column[c] = text_column[c];
  column[UNIT_COLUMN].head[1] = unit.name;
  reuse__text_title(page);
  reuse__text_collect(page, false);
  reuse__text_line(page, "Mappings such that none has both less energy and less time:");
  reuse__text_collected(page);
  putc('\n', page->stream);
  reuse__grid_init(&grid, column, COLUMNS, &page->style, page->arena);
  for (int r = 0; r < f->run->nrows; r++)
    row_cells(f, r, unit.pj, &grid);
  const enum reuse_status status = reuse__grid_write(&grid, page->stream);
  if (status != REUSE_OK)
    return status;
  putc('\n', page->stream);
  write_notes(f, page);
  return REUSE_OK;
}

enum reuse_status reuse__pareto_text(const struct reuse__fronts *fronts, int n,
                                     const struct reuse__text_style *style,
                                     struct reuse_arena *arena, FILE *stream) {
  for (int k = 0; k < n; k++) {
    const struct reuse__page page = {fronts[k].run, *style, arena, stream};
    if (k > 0)
      putc('\n', stream);
    const enum reuse_status status = write_fronts(&fronts[k], &page);
    if (status != REUSE_OK)
      return status;
  }
  return REUSE_OK;
}
