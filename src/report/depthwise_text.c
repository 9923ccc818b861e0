/* The report on layers of one type for people.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/depthwise.h"
#include "report/format.h"
#include "report/rows.h"
#include "report/text.h"

static const struct reuse__grid_column share_column[] = {
    {{"", "layer type"}, true, 8, 0}, {{"", "layers"}, false, 0, 3},
    {{"MACs", "%"}, false, 0, 0},     {{"DRAM", "%"}, false, 0, 0},
    {{"buffer", "%"}, false, 0, 1},   {{"time", "%"}, false, 0, 0},
    {{"energy", "%"}, false, 0, 0},   {{"util", "%"}, false, 0, 0},
};

static const struct reuse__grid_column offered_column[] = {
    {{"", "layer"}, true, 8, 0},        {{"filter", "reuse"}, false, 0, 0},
    {{"input", "reuse"}, false, 0, 0},  {{"output", "reuse"}, false, 0, 0},
    {{"bound", "%"}, false, 0, 0},      {{"limited", "by"}, true, 0, 0},
    {{"reached", "%"}, false, 0, 0},
};

static const struct reuse__grid_column loss_column[] = {
    {{"", "layer"}, true, 8, 0},     {{"", "dataflow"}, true, 8, 1},
    {{"util", "%"}, false, 0, 0},    {{"mapping", "%"}, false, 0, 0},
    {{"edges", "%"}, false, 0, 0},   {{"fill", "%"}, false, 0, 0},
    {{"stall", "%"}, false, 0, 0},   {{"bound", "by"}, true, 7, 0},
};

static const struct reuse__grid_column placed_column[] = {
    {{"", "dataflow"}, true, 8, 0}, {{"", "chosen"}, false, 0, 0},
    {{"util", "%"}, false, 0, 0},   {{"time", "ms"}, false, 0, 0},
    {{"energy", ""}, false, 0, 0},
};
enum { PLACED_ENERGY = 4 };

static const struct reuse__grid_column remedy_column[] = {
    {{"", "with"}, true, 8, 0},
    {{"these layers", "time"}, false, 0, 0}, {{"", "energy"}, false, 0, 0},
    {{"all layers", "time"}, false, 0, 0},   {{"", "energy"}, false, 0, 0},
};

static const char *const resource_words[REUSE__RESOURCES] = {
    "twice the DRAM bandwidth", "twice the buffer bandwidth", "twice the buffer size",
    "a taller array", "a wider array"};
static const char *const operand_name[REUSE_TENSORS] = {"input", "filter", "output"};
static const enum reuse_tensor order[REUSE_TENSORS] = {REUSE_W, REUSE_I, REUSE_O};

#define LENGTH(array) (int)(sizeof(array) / sizeof(array)[0])

/* A report on its page. */
struct sheet {
  const struct reuse__type_report *of;
  struct reuse__page page;
};

static void init(const struct sheet *sheet, const struct reuse__grid_column *column,
                 int n, struct reuse__grid *grid) {
  reuse__grid_init(grid, column, n, &sheet->page.style, sheet->page.arena);
}

static bool of_type(const struct sheet *sheet, const struct reuse__row *row) {
  return row->modelled && row->layer.type == sheet->of->type;
}

static double dram_bytes(const struct reuse__totals *t) {
  return t->dram_read_bytes + t->dram_write_bytes;
}

static enum reuse_status write_shares(const struct sheet *sheet) {
  struct reuse__totals all, part;
  struct reuse__grid grid;
  init(sheet, share_column, LENGTH(share_column), &grid);
  reuse__totals(sheet->of->run, -1, &all);
  for (int type = 0; type < REUSE_LAYER_TYPES; type++) {
    reuse__totals(sheet->of->run, type, &part);
    if (part.layers == 0)
      continue;
    reuse__grid_row(&grid);
    reuse__grid_cell(&grid, reuse__type_words((enum reuse_layer_type)type));
    reuse__grid_format(&grid, "%d", part.layers);
    if (part.layers == part.not_modelled) {
      for (int c = 2; c < LENGTH(share_column); c++)
        reuse__grid_cell(&grid, "-");
      continue;
    }
    reuse__grid_percent(&grid, (double)part.macs / (double)all.macs);
    reuse__grid_percent(&grid, dram_bytes(&part) / dram_bytes(&all));
    reuse__grid_percent(&grid, part.buffer_accesses / all.buffer_accesses);
    reuse__grid_percent(&grid, part.time_s / all.time_s);
    reuse__grid_percent(&grid, part.energy_pj / all.energy_pj);
    reuse__grid_percent(&grid, part.utilization);
  }
  return reuse__grid_write(&grid, sheet->page.stream);
}

/* Whether the machine says what reuse ROW needs. */
static bool has_required(const struct sheet *sheet, const struct reuse__row *row) {
  const struct reuse_quantity *required = sheet->of->run->arch->required_reuse;
  return reuse__row_is_required(row) &&
         (required[REUSE_I].given || required[REUSE_W].given || required[REUSE_O].given);
}

/* The machine's own row of the table. */
static void required_row(const struct sheet *sheet, struct reuse__grid *grid) {
  const struct reuse_quantity *required = sheet->of->run->arch->required_reuse;
  reuse__grid_rule(grid);
  reuse__grid_row(grid);
  reuse__grid_cell(grid, "required");
  for (int i = 0; i < REUSE_TENSORS; i++) {
    if (required[order[i]].given)
      reuse__grid_digits(grid, required[order[i]].value);
    else
      reuse__grid_cell(grid, "-");
  }
}

static enum reuse_status write_offered(const struct sheet *sheet) {
  const struct reuse__run *run = sheet->of->run;
  struct reuse__grid grid;
  bool any = false;
  init(sheet, offered_column, LENGTH(offered_column), &grid);
  for (int i = 0; i < run->nrows; i++) {
    const struct reuse__row *row = &run->row[i];
    struct reuse_layer_reuse reuse;
    int operand;
    if (!of_type(sheet, row))
      continue;
    reuse_layer_reuse(&row->layer, &reuse);
    reuse__grid_row(&grid);
    reuse__grid_cell(&grid, row->layer.name);
    for (int k = 0; k < REUSE_TENSORS; k++)
      reuse__grid_digits(&grid, reuse.exact[order[k]]);
    const double bound = reuse__bound_by_reuse(run->arch, &row->layer, &reuse, &operand);
    if (has_required(sheet, row)) {
      reuse__grid_percent(&grid, bound);
      reuse__grid_cell(&grid, operand < 0 ? "" : operand_name[operand]);
    } else {
      reuse__grid_cell(&grid, "-");
      reuse__grid_cell(&grid, "");
    }
    any = any || has_required(sheet, row);
    reuse__grid_percent(&grid, row->cost.utilization);
  }
  if (any)
    required_row(sheet, &grid);
  return reuse__grid_write(&grid, sheet->page.stream);
}

static void peak_cells(const struct reuse__peak *peak, struct reuse__grid *grid) {
  reuse__grid_percent(grid, peak->useful);
  reuse__grid_percent(grid, peak->mapping);
  reuse__grid_percent(grid, peak->edges);
  reuse__grid_percent(grid, peak->fill);
  reuse__grid_percent(grid, reuse__stalls(peak));
}

static enum reuse_status write_losses(const struct sheet *sheet) {
  const struct reuse__run *run = sheet->of->run;
  struct reuse__grid grid;
  init(sheet, loss_column, LENGTH(loss_column), &grid);
  for (int i = 0; i < run->nrows; i++) {
    const struct reuse__row *row = &run->row[i];
    struct reuse__peak peak;
    if (!of_type(sheet, row))
      continue;
    reuse__row_peak(run, row, &peak);
    reuse__grid_row(&grid);
    reuse__grid_cell(&grid, row->layer.name);
    reuse__grid_cell(&grid, reuse__row_pattern(run, row));
    peak_cells(&peak, &grid);
    reuse__grid_cell(&grid, reuse__row_bound(run, row, sheet->page.arena));
  }
  reuse__grid_rule(&grid);
  reuse__grid_row(&grid);
  reuse__grid_cell(&grid, "all of them");
  reuse__grid_cell(&grid, "");
  peak_cells(&sheet->of->peak, &grid);
  return reuse__grid_write(&grid, sheet->page.stream);
}

static enum reuse_status write_placements(const struct sheet *sheet) {
  const struct reuse__energy_unit unit =
      reuse__energy_unit(sheet->of->part.energy_pj, sheet->page.style.utf8);
  struct reuse__grid_column column[LENGTH(placed_column)];
  struct reuse__grid grid;
  for (int c = 0; c < LENGTH(column); c++)
    column[c] = placed_column[c];
  column[PLACED_ENERGY].head[1] = unit.name;
  init(sheet, column, LENGTH(column), &grid);
  for (int i = 0; i < sheet->of->nplacements; i++) {
    const struct reuse__placement *p = &sheet->of->placement[i];
    reuse__grid_row(&grid);
    reuse__grid_cell(&grid, p->dataflow);
    reuse__grid_format(&grid, "%d", p->chosen);
    if (!p->possible) {
      for (int c = 2; c < LENGTH(column); c++)
        reuse__grid_cell(&grid, "-");
      continue;
    }
    reuse__grid_percent(&grid, (double)p->sum.macs / p->sum.peak_macs);
    reuse__grid_digits(&grid, p->sum.time_s * 1e3);
    reuse__grid_digits(&grid, p->sum.energy_pj / unit.pj);
  }
  return reuse__grid_write(&grid, sheet->page.stream);
}

static void change_cells(const struct reuse__sum *now, const struct reuse__sum *before,
                         struct reuse__grid *grid) {
  reuse__grid_digits(grid, now->time_s / before->time_s);
  reuse__grid_digits(grid, now->energy_pj / before->energy_pj);
}

static enum reuse_status write_remedies(const struct sheet *sheet) {
  struct reuse__grid grid;
  init(sheet, remedy_column, LENGTH(remedy_column), &grid);
  for (int k = 0; k < REUSE__RESOURCES; k++) {
    const struct reuse__remedy *remedy = &sheet->of->remedy[k];
    reuse__grid_row(&grid);
    reuse__grid_cell(&grid, *remedy->shape == '\0' ? resource_words[k]
                                : reuse__printf(sheet->page.arena, "%s: %s",
                                                resource_words[k], remedy->shape));
    if (remedy->limited) {
      change_cells(&remedy->part, &sheet->of->part, &grid);
      change_cells(&remedy->all, &sheet->of->all, &grid);
    } else {
      for (int c = 1; c < LENGTH(remedy_column); c++)
        reuse__grid_cell(&grid, "-");
    }
  }
  return reuse__grid_write(&grid, sheet->page.stream);
}

/* The sentence for an abstract. */
static void write_sentence(const struct sheet *sheet) {
  const struct reuse__run *run = sheet->of->run;
  const struct reuse__sum *part = &sheet->of->part;
  struct reuse__totals all;
  char macs[REUSE__NUMBER], time[REUSE__NUMBER], energy[REUSE__NUMBER];
  const char *type = reuse__type_words(sheet->of->type);
  reuse__totals(run, -1, &all);
  if (part->layers == 0) {
    reuse__text_line(&sheet->page, "%s has no %s layers that %s runs.", run->network->name,
                     type, run->arch->name);
    return;
  }
  reuse__percent(macs, (double)part->macs / (double)all.macs);
  reuse__percent(time, part->time_s / all.time_s);
  reuse__percent(energy, part->energy_pj / all.energy_pj);
  reuse__text_line(&sheet->page, "Of %s on %s, %s layers are %s %% of the MACs, %s %% of "
                   "the time and %s %% of the energy.", run->network->name,
                   run->arch->name, type, macs, time, energy);
}

/* Where the peak of these layers goes, by name and the largest first. */
static void write_peak(const struct sheet *sheet) {
  const struct reuse__peak *peak = &sheet->of->peak;
  const char *text = "";
  char number[REUSE__NUMBER];
  struct reuse_arena *arena = sheet->page.arena;
  for (int i = 0; text != NULL && i < peak->nstalls; i++) {
    const struct reuse__bound_time *s = &peak->stall[i];
    const char letter[2] = {s->tensor < 0 ? '\0' : reuse_tensor_letter[s->tensor], '\0'};
    text = reuse__printf(arena, "%s, waiting for %s%s%s %s %%", text,
                         s->level != NULL ? s->level : "exposed transfers",
                         *letter ? ":" : "", letter, reuse__percent(number, s->time_s));
  }
  char useful[REUSE__NUMBER], mapping[REUSE__NUMBER], edges[REUSE__NUMBER];
  reuse__text_line(&sheet->page, "Of the peak in their time: used %s %%, unmapped units "
                   "%s %%, edges %s %%, fill and drain %s %%%s.",
                   reuse__percent(useful, peak->useful),
                   reuse__percent(mapping, peak->mapping),
                   reuse__percent(edges, peak->edges),
                   reuse__percent(number, peak->fill), text != NULL ? text : "");
}

/* What the signs of the table of KIND mean; "" for nothing to say, NULL: no memory. */
static const char *note_of(const struct sheet *sheet, int kind) {
  static const char *const note[REUSE__TYPE_TABLES] = {
      "", "bound: the least of reuse over required reuse; reached: utilization.",
      "mapping: units not mapped; edges: units mapped for part of the steps; fill: fill "
      "and drain; stall: waiting for what bounds the layer.",
      "chosen: layers that the mapper maps by it.",
      "Mapped again for the same objective. A larger buffer costs more energy per access; "
      "an array of another shape has as many units, and the same memories and bandwidths."};
  const struct reuse_quantity *required = sheet->of->run->arch->required_reuse;
  bool missing = false;
  if (kind == REUSE__OFFERED && !required[REUSE_I].given && !required[REUSE_W].given &&
      !required[REUSE_O].given)
    return "The machine's file states no reuse that the array requires, so there is no "
           "bound; reached: utilization.";
  for (int k = 0; k < REUSE__RESOURCES; k++)
    missing = missing || !sheet->of->remedy[k].limited;
  return kind != REUSE__REMEDIES || !missing
             ? note[kind]
             : reuse__printf(sheet->page.arena, "- : the machine's file states no such "
                             "limit, or has no such array. %s", note[kind]);
}

/* Writes the table of KIND below its heading; the first one has no empty line. */
static enum reuse_status write_kind(const struct sheet *sheet, int kind) {
  static const struct {
    const char *heading;
    enum reuse_status (*write)(const struct sheet *);
  } part[REUSE__TYPE_TABLES] = {
      {"Shares of the layer types", write_shares},
      {"Reuse offered and required, MACs per word", write_offered},
      {"Where the peak goes", write_losses},
      {"Placements: each dataflow alone", write_placements},
      {"What would help: time and energy relative to now", write_remedies}};
  const char *note = note_of(sheet, kind);
  if (note == NULL)
    return REUSE_ERR_MEMORY;
  reuse__text_collect(&sheet->page, false);
  reuse__text_line(&sheet->page, "%s:", part[kind].heading);
  reuse__text_collected(&sheet->page);
  putc('\n', sheet->page.stream);
  const enum reuse_status status = part[kind].write(sheet);
  putc('\n', sheet->page.stream);
  if (kind == REUSE__LOSSES)
    write_peak(sheet);
  if (*note != '\0') {
    reuse__text_line(&sheet->page, "%s", note);
    putc('\n', sheet->page.stream);
  }
  return status;
}

static enum reuse_status write_sheet(const struct sheet *sheet, int kind) {
  enum reuse_status status = REUSE_OK;
  reuse__text_title(&sheet->page);
  write_sentence(sheet);
  putc('\n', sheet->page.stream);
  for (int k = 0; k < REUSE__TYPE_TABLES && status == REUSE_OK; k++)
    if ((kind < 0 || kind == k) && (k == REUSE__SHARES || sheet->of->part.layers > 0))
      status = write_kind(sheet, k);
  reuse__text_notes(&sheet->page);
  return status;
}

enum reuse_status reuse__type_text(int kind, const struct reuse__type_report *report,
                                   int n, const struct reuse__text_style *style,
                                   struct reuse_arena *arena, FILE *stream) {
  enum reuse_status status = REUSE_OK;
  for (int i = 0; i < n && status == REUSE_OK; i++) {
    const struct sheet sheet = {&report[i], {report[i].run, *style, arena, stream}};
    if (i > 0)
      putc('\n', stream);
    status = write_sheet(&sheet, kind);
  }
  return status;
}
