/* Tables of text cells: collecting the cells.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/grid.h"

#include <stdarg.h>
#include <string.h>

#include "report/format.h"

void reuse__grid_init(struct reuse__grid *grid,
                      const struct reuse__grid_column *column, int ncolumns,
                      const struct reuse__text_style *style,
                      struct reuse_arena *arena) {
  memset(grid, 0, sizeof *grid);
  grid->arena = arena;
  grid->style = *style;
  grid->column = column;
  grid->ncolumns = ncolumns;
}

/* Begins a row whose cells are all TEXT. */
static void add_row(struct reuse__grid *grid, const char *text) {
  const size_t width = (size_t)grid->ncolumns * sizeof *grid->cell;
  if (grid->nrows == grid->capacity && !grid->failed) {
    const int capacity = grid->capacity > 0 ? 2 * grid->capacity : 32;
    const char **cell = reuse__alloc(grid->arena, (size_t)capacity * width);
    if (cell != NULL && grid->nrows > 0)
      memcpy(cell, grid->cell, (size_t)grid->nrows * width);
    grid->failed = cell == NULL;
    grid->cell = cell;
    grid->capacity = capacity;
  }
  if (grid->failed)
    return;
  for (int c = 0; c < grid->ncolumns; c++)
    grid->cell[grid->nrows * grid->ncolumns + c] = text;
  grid->nrows++;
  grid->next = 0;
}

void reuse__grid_row(struct reuse__grid *grid) { add_row(grid, ""); }

void reuse__grid_rule(struct reuse__grid *grid) { add_row(grid, NULL); }

void reuse__grid_cell(struct reuse__grid *grid, const char *text) {
  const char *clean = NULL;
  if (grid->failed || grid->next >= grid->ncolumns)
    return;
  if (text != NULL)
    clean = reuse__clean(grid->arena, text, grid->style.utf8);
  if (clean == NULL)
    grid->failed = true;
  else
    grid->cell[(grid->nrows - 1) * grid->ncolumns + grid->next++] = clean;
}

void reuse__grid_format(struct reuse__grid *grid, const char *format, ...) {
  char text[200];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  reuse__grid_cell(grid, text);
}

void reuse__grid_si(struct reuse__grid *grid, double value) {
  char text[REUSE__NUMBER];
  reuse__grid_cell(grid, reuse__si(text, value));
}

void reuse__grid_digits(struct reuse__grid *grid, double value) {
  char text[REUSE__NUMBER];
  if (value > 0.0 && value < 0.001)
    reuse__grid_cell(grid, "<0.001");
  else if (value > 0.0 && value < 0.01)
    reuse__grid_cell(grid, reuse__fixed(text, value, 4));
  else
    reuse__grid_cell(grid, value < 9999.5 ? reuse__digits(text, value)
                                          : reuse__si(text, value));
}

void reuse__grid_percent(struct reuse__grid *grid, double share) {
  char text[REUSE__NUMBER];
  reuse__grid_cell(grid, reuse__percent(text, share));
}
