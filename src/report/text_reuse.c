/* Reuse for people: offered by the layers, required by the machine.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/format.h"
#include "report/rows.h"
#include "report/text.h"

static const struct reuse__grid_column offered_column[] = {
    {{"", "layer"}, true, 8, 0},        {{"", "type"}, true, 0, 3},
    {{"", "MACs"}, false, 0, 2},        {{"filter", "words"}, false, 0, 4},
    {{"input", "words"}, false, 0, 4},  {{"output", "words"}, false, 0, 4},
    {{"filter", "reuse"}, false, 0, 0}, {{"input", "reuse"}, false, 0, 0},
    {{"output", "reuse"}, false, 0, 0}, {{"filter", "closed"}, false, 0, 1},
    {{"input", "closed"}, false, 0, 1}, {{"output", "closed"}, false, 0, 1},
};

static const struct reuse__grid_column required_column[] = {
    {{"", "layer"}, true, 8, 0},        {{"", "type"}, true, 0, 2},
    {{"", "MACs"}, false, 0, 2},        {{"filter", "reuse"}, false, 0, 1},
    {{"input", "reuse"}, false, 0, 1},  {{"output", "reuse"}, false, 0, 1},
    {{"bound", "%"}, false, 0, 0},      {{"limited", "by"}, true, 0, 0},
    {{"reached", "%"}, false, 0, 0},
};

static const enum reuse_tensor order[REUSE_TENSORS] = {REUSE_W, REUSE_I, REUSE_O};
static const char *const operand_name[REUSE_TENSORS] = {"input", "filter", "output"};

/* The three values of VALUE, "-" where the layer lacks the tensor or works on
 * nothing. */
static void reuse_cells(const struct reuse_layer *layer,
                        const double value[REUSE_TENSORS],
                        struct reuse__grid *grid) {
  for (int i = 0; i < REUSE_TENSORS; i++) {
    if ((layer->problem.tensors & REUSE_BIT(order[i])) && layer->macs > 0)
      reuse__grid_digits(grid, value[order[i]]);
    else
      reuse__grid_cell(grid, "-");
  }
}

static void layer_cells(const struct reuse_layer *layer, struct reuse__grid *grid) {
  reuse__grid_row(grid);
  reuse__grid_cell(grid, layer->name);
  reuse__grid_cell(grid, reuse_layer_type_name[layer->type]);
  reuse__grid_si(grid, (double)layer->macs);
}

static enum reuse_status write_offered(const struct reuse__page *page) {
  struct reuse__grid grid;
  reuse__grid_init(&grid, offered_column,
                   sizeof offered_column / sizeof offered_column[0], &page->style,
                   page->arena);
  for (int i = 0; i < page->run->nrows; i++) {
    const struct reuse_layer *layer = &page->run->row[i].layer;
    struct reuse_layer_reuse reuse;
    reuse_layer_reuse(layer, &reuse);
    layer_cells(layer, &grid);
    for (int k = 0; k < REUSE_TENSORS; k++) {
      if (layer->problem.tensors & REUSE_BIT(order[k]))
        reuse__grid_si(&grid, (double)reuse.words[order[k]]);
      else
        reuse__grid_cell(&grid, "-");
    }
    reuse_cells(layer, reuse.exact, &grid);
    reuse_cells(layer, reuse.closed_form, &grid);
  }
  return reuse__grid_write(&grid, page->stream);
}

/* Whether the machine of PAGE states a required reuse. */
static bool has_required(const struct reuse__page *page) {
  for (int t = 0; t < REUSE_TENSORS; t++)
    if (page->run->arch->required_reuse[t].given)
      return true;
  return false;
}

static void required_line(const struct reuse__page *page) {
  char value[REUSE_TENSORS][REUSE__NUMBER];
  const struct reuse_quantity *required = page->run->arch->required_reuse;
  for (int t = 0; t < REUSE_TENSORS; t++) {
    if (required[t].given)
      reuse__digits(value[t], required[t].value);
    else
      snprintf(value[t], sizeof value[t], "-");
  }
  reuse__text_line(page, "required reuse, MACs per word delivered: filter %s, input "
                   "%s, output %s", value[REUSE_W], value[REUSE_I], value[REUSE_O]);
  putc('\n', page->stream);
}

static enum reuse_status write_required(const struct reuse__page *page) {
  struct reuse__grid grid;
  reuse__grid_init(&grid, required_column,
                   sizeof required_column / sizeof required_column[0],
                   &page->style, page->arena);
  for (int i = 0; i < page->run->nrows; i++) {
    const struct reuse__row *row = &page->run->row[i];
    struct reuse_layer_reuse reuse;
    int operand;
    double bound;
    reuse_layer_reuse(&row->layer, &reuse);
    bound = reuse__bound_by_reuse(page->run->arch, &row->layer, &reuse, &operand);
    layer_cells(&row->layer, &grid);
    reuse_cells(&row->layer, reuse.exact, &grid);
    if (!reuse__row_is_required(row)) {
      reuse__grid_cell(&grid, "-");
      reuse__grid_cell(&grid, reuse__row_engine(page->run, row)->name);
    } else if (row->layer.macs > 0) {
      reuse__grid_percent(&grid, bound);
      reuse__grid_cell(&grid, operand < 0 ? "" : operand_name[operand]);
    } else {
      reuse__grid_cell(&grid, "-");
      reuse__grid_cell(&grid, "");
    }
    if (row->modelled)
      reuse__grid_percent(&grid, row->cost.utilization);
    else
      reuse__grid_cell(&grid, "-");
  }
  return reuse__grid_write(&grid, page->stream);
}

enum reuse_status reuse__text_reuse(const struct reuse__page *page) {
  enum reuse_status status;
  const bool required = page->run->arch != NULL && has_required(page);
  if (required)
    required_line(page);
  status = required ? write_required(page) : write_offered(page);
  if (status != REUSE_OK)
    return status;
  putc('\n', page->stream);
  reuse__text_line(page, "reuse: MACs per word of the tensor, counting the words that "
                   "are used.");
  if (required)
    reuse__text_line(page, "bound: the least of reuse/required over the operands, at "
                     "most 100 %%; reached: utilization of the mapping.");
  if (required && page->run->arch->nengines > 1)
    reuse__text_line(page, "required is that of engine %s; layers that another engine "
                     "runs have no bound here.", page->run->arch->engine[0].name);
  if (!required)
    reuse__text_line(page, "closed: the textbook forms HoWo, HfWfCo/s^2 and HfWfCi, "
                     "which neglect padding and halo.");
  if (page->run->arch != NULL && !required)
    reuse__text_line(page, "The machine states no required reuse.");
  return REUSE_OK;
}
