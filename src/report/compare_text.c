/* A comparison for people: values, ratios, winners.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/arena.h"
#include "base/text.h"
#include "report/compare.h"
#include "report/format.h"
#include "report/text.h"

enum { MOST_TECHNOLOGIES = 16, NAMES = 4, NETWORK = 0, TYPE = 1, LAYER = 2, ARCH = 3 };

#define NAME_COLUMNS \
  {{"", "network"}, true, 12, 0}, {{"", "type"}, true, 0, 0}, \
  {{"", "layer"}, true, 8, 0}, {{"", "arch"}, true, 10, 0}

static const struct reuse__grid_column value_column[] = {
    NAME_COLUMNS,
    {{"time", "ms"}, false, 0, 0},      {{"energy", ""}, false, 0, 0},
    {{"EDP", "J s"}, false, 0, 3},    {{"util", "%"}, false, 0, 1},
    {{"DRAM", "bytes"}, false, 0, 2},   {{"buffer", "words"}, false, 0, 4},
    {{"", "Gop/s"}, false, 0, 2},       {{"Gop/s", "per W"}, false, 0, 1},
    {{"without", "DRAM"}, false, 0, 3},
};

static const struct reuse__grid_column ratio_column[] = {
    NAME_COLUMNS,
    {{"", "time"}, false, 0, 0},        {{"", "energy"}, false, 0, 0},
    {{"", "EDP"}, false, 0, 0},         {{"", "util"}, false, 0, 5},
    {{"", "DRAM"}, false, 0, 1},        {{"", "buffer"}, false, 0, 2},
    {{"", "Gop/s"}, false, 0, 4},       {{"Gop/s", "per W"}, false, 0, 4},
    {{"without", "DRAM"}, false, 0, 3},
};

static const struct reuse__grid_column winner_column[] = {
    {{"", "network"}, true, 7, 0}, {{"", "type"}, true, 0, 0},
    {{"", "layer"}, true, 8, 0},   {{"", "winner"}, true, 8, 0},
    {{"", "second"}, true, 8, 1},  {{"second", "/ winner"}, false, 0, 0},
    {{"", "decided by"}, true, 0, 0},
};

static const struct reuse__grid_column reduction_column[] = {
    {{"", "network"}, true, 7, 0}, {{"", "type"}, true, 0, 0},
    {{"", "layer"}, true, 8, 0},   {{"", "arch"}, true, 8, 0},
    {{"", "baseline"}, true, 8, 0},  {{"", "time"}, false, 0, 0},
    {{"", "energy"}, false, 0, 0}, {{"", "EDP"}, false, 0, 0},
    {{"", "DRAM"}, false, 0, 0},   {{"", "buffer"}, false, 0, 0},
};

enum { COLUMNS = sizeof value_column / sizeof value_column[0], ENERGY_COLUMN = 5,
       WINNER_COLUMNS = sizeof winner_column / sizeof winner_column[0],
       REDUCTION_COLUMNS = sizeof reduction_column / sizeof reduction_column[0] };

/* A comparison on its page. */
struct sheet {
  const struct reuse__side_by_side *of;
  struct reuse__page page;
};

/* Whether the comparison has the column NAME of names. */
static bool shows(const struct sheet *sheet, int name) {
  const enum reuse__by by = sheet->of->input.by;
  return name == TYPE ? by != REUSE__BY_NETWORK : name != LAYER || by == REUSE__BY_LAYER;
}

/* The N columns of ALL less the names that are not shown; gives how many. */
static int choose_columns(const struct sheet *sheet, const struct reuse__grid_column *all,
                          int n, struct reuse__grid_column *column) {
  int chosen = 0;
  for (int c = 0; c < n; c++)
    if (c >= ARCH || shows(sheet, c))
      column[chosen++] = all[c];
  return chosen;
}

/* The cells of the group's names, blank where they repeat those of the row above. */
static void name_cells(const struct sheet *sheet, const struct reuse__group *group,
                       bool first, struct reuse__grid *grid) {
  reuse__grid_row(grid);
  reuse__grid_cell(grid, first ? reuse__group_network(sheet->of, group) : "");
  if (shows(sheet, TYPE))
    reuse__grid_cell(grid, first ? reuse__group_type(group) : "");
  if (shows(sheet, LAYER))
    reuse__grid_cell(grid, first ? reuse__group_layer(sheet->of, group) : "");
}

static void number_cell(struct reuse__grid *grid, double value) {
  if (isfinite(value))
    reuse__grid_digits(grid, value);
  else
    reuse__grid_cell(grid, "-");
}

static void value_cells(const double value[REUSE__METRICS], double unit_pj,
                        struct reuse__grid *grid) {
  number_cell(grid, value[REUSE__METRIC_TIME] * 1e3);
  number_cell(grid, value[REUSE__METRIC_ENERGY] / unit_pj);
  reuse__grid_si(grid, value[REUSE__METRIC_EDP]);
  reuse__grid_percent(grid, value[REUSE__METRIC_UTILIZATION]);
  reuse__grid_si(grid, value[REUSE__METRIC_DRAM]);
  reuse__grid_si(grid, value[REUSE__METRIC_BUFFER]);
  number_cell(grid, value[REUSE__METRIC_GOPS]);
  number_cell(grid, value[REUSE__METRIC_GOPS_PER_W]);
  number_cell(grid, value[REUSE__METRIC_GOPS_PER_W_ON_CHIP]);
}

/* Whether the architectures have layers of group G in common. */
static bool has_layers(const struct reuse__side_by_side *of, int g) {
  for (int a = 0; a < of->input.narchs; a++)
    if (isfinite(of->cell[g * of->input.narchs + a].value[REUSE__METRIC_TIME]))
      return true;
  return false;
}

static double largest_energy_pj(const struct reuse__side_by_side *of) {
  double largest = 0;
  for (int i = 0; i < of->ngroups * of->input.narchs; i++)
    if (of->cell[i].value[REUSE__METRIC_ENERGY] > largest)
      largest = of->cell[i].value[REUSE__METRIC_ENERGY];
  return largest;
}

/* Writes values, or ratios. */
static enum reuse_status write_metrics(const struct sheet *sheet, bool ratios) {
  const struct reuse__side_by_side *of = sheet->of;
  const int narchs = of->input.narchs;
  const struct reuse__energy_unit unit =
      reuse__energy_unit(largest_energy_pj(of), sheet->page.style.utf8);
  struct reuse__grid_column all[COLUMNS], column[COLUMNS];
  struct reuse__grid grid;
  for (int c = 0; c < COLUMNS; c++)
    all[c] = ratios ? ratio_column[c] : value_column[c];
  if (!ratios)
    all[ENERGY_COLUMN].head[1] = unit.name;
  const int n = choose_columns(sheet, all, COLUMNS, column);
  reuse__grid_init(&grid, column, n, &sheet->page.style, sheet->page.arena);
  for (int g = 0; g < of->ngroups; g++) {
    if (of->group[g].net < 0 && (g == 0 || of->group[g - 1].net >= 0))
      reuse__grid_rule(&grid);
    if (!has_layers(of, g))
      continue;
    for (int a = 0; a < narchs; a++) {
      const struct reuse__cell *cell = &of->cell[g * narchs + a];
      name_cells(sheet, &of->group[g], a == 0, &grid);
      reuse__grid_cell(&grid, reuse__compared_arch(of, a));
      for (int m = 0; ratios && m < REUSE__METRICS; m++)
        number_cell(&grid, cell->ratio[m]);
      if (!ratios)
        value_cells(cell->value, unit.pj, &grid);
    }
  }
  return reuse__grid_write(&grid, sheet->page.stream);
}

static enum reuse_status write_winners(const struct sheet *sheet) {
  const struct reuse__side_by_side *of = sheet->of;
  struct reuse__grid_column column[WINNER_COLUMNS];
  struct reuse__grid grid;
  const int n = choose_columns(sheet, winner_column, WINNER_COLUMNS, column);
  reuse__grid_init(&grid, column, n, &sheet->page.style, sheet->page.arena);
  for (int g = 0; g < of->ngroups; g++) {
    const struct reuse__group *group = &of->group[g];
    if (group->second < 0)
      continue;
    const bool tie = group->net >= 0 && group->term.kind == REUSE__TERM_NONE;
    name_cells(sheet, group, true, &grid);
    reuse__grid_cell(&grid, tie ? "tie" : reuse__compared_arch(of, group->winner));
    reuse__grid_cell(&grid, tie ? "" : reuse__compared_arch(of, group->second));
    number_cell(&grid, group->margin);
    reuse__grid_cell(&grid, reuse__term_text(&group->term, sheet->page.arena));
  }
  return grid.nrows > 0 ? reuse__grid_write(&grid, sheet->page.stream) : REUSE_OK;
}

/* What the baselines have more of, by how much. */
static enum reuse_status write_reductions(const struct sheet *sheet) {
  static const enum reuse__metric metric[] = {
      REUSE__METRIC_TIME, REUSE__METRIC_ENERGY, REUSE__METRIC_EDP, REUSE__METRIC_DRAM,
      REUSE__METRIC_BUFFER};
  const struct reuse__side_by_side *of = sheet->of;
  struct reuse__grid_column column[REDUCTION_COLUMNS];
  struct reuse__grid grid;
  const int n = choose_columns(sheet, reduction_column, REDUCTION_COLUMNS, column);
  reuse__grid_init(&grid, column, n, &sheet->page.style, sheet->page.arena);
  for (int g = 0; g < of->ngroups; g++) {
    bool first = true;
    for (int b = 0; has_layers(of, g) && b < of->input.narchs; b++) {
      const int a = of->input.baseline_of[b];
      if (a < 0)
        continue;
      name_cells(sheet, &of->group[g], first, &grid);
      reuse__grid_cell(&grid, reuse__compared_arch(of, a));
      reuse__grid_cell(&grid, reuse__compared_arch(of, b));
      for (size_t m = 0; m < sizeof metric / sizeof metric[0]; m++)
        number_cell(&grid, reuse__reduction(of, g, b, metric[m]));
      first = false;
    }
  }
  return grid.nrows > 0 ? reuse__grid_write(&grid, sheet->page.stream) : REUSE_OK;
}

/* What is compared, and how. */
static void write_title(const struct sheet *sheet) {
  const struct reuse__comparison_input *in = &sheet->of->input;
  const int nnets = in->nnets, narchs = in->narchs;
  reuse__text_collect(&sheet->page, true);
  reuse__text_line(&sheet->page, "%d network%s on %d architecture%s; batch %lld; mapped "
                   "for least %s", nnets, nnets == 1 ? "" : "s", narchs,
                   narchs == 1 ? "" : "s", (long long)in->run[0]->batch,
                   reuse__goal_text(&in->run[0]->search, sheet->page.arena));
  for (int a = 0; a < narchs; a++) {
    const struct reuse_arch *arch = in->run[a * nnets]->arch;
    const struct reuse_engine *engine = reuse__main_engine(arch);
    char clock[REUSE__NUMBER], peak[REUSE__NUMBER];
    const char *bits = reuse__precision_text(arch, sheet->page.arena);
    reuse__plain(clock, arch->clock_hz.value * 1e-6);
    reuse__plain(peak, 2e-9 * reuse__peak_macs_per_s(arch, engine));
    reuse__text_line(&sheet->page, "  %s: %lld MACs, %s, %s MHz, peak %s Gop/s, %s",
                     arch->name, (long long)engine->macs, bits != NULL ? bits : "", clock,
                     peak, arch->technology != NULL ? arch->technology->name : "");
  }
  if (in->rule != NULL)
    reuse__text_line(&sheet->page, "%s.", in->rule);
  reuse__text_collected(&sheet->page);
  putc('\n', sheet->page.stream);
}

/* Which layers are not compared, as "2 pooling, 1 element-wise". */
static void write_left_out(const struct sheet *sheet) {
  const char *text = "";
  int layers = 0;
  for (int t = 0; text != NULL && t < REUSE_LAYER_TYPES; t++) {
    const int n = reuse__left_out(sheet->of, (enum reuse_layer_type)t);
    if (n > 0)
      text = reuse__printf(sheet->page.arena, "%s%s%d %s", text, layers > 0 ? ", " : "", n,
                           reuse__type_words((enum reuse_layer_type)t));
    layers += n;
  }
  if (layers > 0)
    reuse__text_line(&sheet->page, "Left out on all of them: layers that not every "
                     "architecture runs (%s).", text != NULL ? text : "");
}

/* What is proven of the mappings that are compared. */
static void write_proofs(const struct sheet *sheet) {
  const struct reuse__side_by_side *of = sheet->of;
  int layers = 0, proven = 0, some_steps = 0;
  double gap = 0;
  for (int g = 0; g < of->ngroups; g++)
    for (int a = 0; of->group[g].net >= 0 && a < of->input.narchs; a++) {
      const struct reuse__sum *sum = &of->cell[g * of->input.narchs + a].sum;
      layers += sum->layers;
      proven += sum->proven;
      some_steps += sum->some_steps;
      gap = fmax(gap, sum->gap);
    }
  const char *better = reuse__gap_text(gap, some_steps == 0, sheet->page.arena);
  if (proven < layers)
    reuse__text_line(&sheet->page, "%d of %d searches stopped by their budget; %s. %s wins among "
                     "the mappings that were found.", layers - proven, layers,
                     better != NULL ? better : "",
                     gap < 1 ? "Who wins by less" : "Who wins");
  else if (layers > 0)
    reuse__text_line(&sheet->page, "All mappings (%d) are proven optimal%s.", layers,
                     reuse__some_steps_text(some_steps, layers, sheet->page.arena));
  if (of->input.adopted > 0)
    reuse__text_line(&sheet->page, "%d layer%s mapped as by a baseline: %s own search "
                     "stopped before it met that.", of->input.adopted,
                     of->input.adopted == 1 ? " is" : "s are",
                     of->input.adopted == 1 ? "its" : "their");
}

/* Tells which technologies the energies are of, where they are of several. */
static void write_technologies(const struct sheet *sheet) {
  const struct reuse__comparison_input *in = &sheet->of->input;
  const char *name[MOST_TECHNOLOGIES], *text = "";
  int n = 0;
  for (int a = 0; text != NULL && a < in->narchs; a++) {
    const struct reuse_technology *own = in->run[a * in->nnets]->arch->technology;
    if (own == NULL || n == MOST_TECHNOLOGIES || reuse__index_of(own->name, name, n) >= 0)
      continue;
    name[n++] = own->name;
    text = reuse__printf(sheet->page.arena, "%s%s%s", text, n > 1 ? ", " : "", own->name);
  }
  if (n > 1)
    reuse__text_line(&sheet->page, "The energies are of different technologies: %s.",
                     text != NULL ? text : "");
}

static void write_notes(const struct sheet *sheet) {
  write_left_out(sheet);
  write_technologies(sheet);
  write_proofs(sheet);
  reuse__text_line(&sheet->page, "EDP: energy times time. util: MACs over what the "
                   "engine's units could do in the time. DRAM, buffer: read and written. "
                   "Gop/s: 2 ops per MAC; per W without DRAM: on-chip energy only.");
}

/* An empty line, then a heading. */
static void write_heading(const struct sheet *sheet, const char *format,
                          const char *what) {
  putc('\n', sheet->page.stream);
  reuse__text_collect(&sheet->page, false);
  reuse__text_line(&sheet->page, format, what);
  reuse__text_collected(&sheet->page);
  putc('\n', sheet->page.stream);
}

enum reuse_status reuse__compare_text(const struct reuse__side_by_side *comparison,
                                      const struct reuse__text_style *style,
                                      struct reuse_arena *arena, FILE *stream) {
  const struct sheet sheet = {comparison, {comparison->input.run[0], *style, arena, stream}};
  enum reuse_status status;
  write_title(&sheet);
  status = write_metrics(&sheet, false);
  if (status == REUSE_OK && comparison->input.narchs > 1) {
    write_heading(&sheet, "Relative to %s:",
                  reuse__compared_arch(comparison, comparison->input.reference));
    status = write_metrics(&sheet, true);
  }
  if (status == REUSE_OK && comparison->input.baseline_of != NULL) {
    write_heading(&sheet, "Reductions, the baseline over the %s:", "architecture");
    status = write_reductions(&sheet);
  }
  if (status == REUSE_OK && comparison->input.narchs > 1) {
    write_heading(&sheet, "Least %s:", reuse__objective_words(comparison->input.objective));
    status = write_winners(&sheet);
  }
  putc('\n', stream);
  write_notes(&sheet);
  return status;
}
