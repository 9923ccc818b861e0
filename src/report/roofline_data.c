/* What a roofline shows: marks, roofs, ceilings, ranges.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "report/format.h"
#include "report/roofline.h"

const double reuse__unit = 0.7;

/* The page of R and the plot's area on it, below a head HEAD high: the legend is to
 * the right, or on one column below. */
static void find_page(struct reuse__roofline *r, double head) {
  const bool single = r->columns == 1;
  r->width = single ? 360.0 : 720.0;
  r->left = 58.0;
  r->right = single ? 344.0 : 494.0;
  r->top = head + 8.0;
  r->bottom = r->top + (single ? 250.0 : 320.0);
  r->height = r->bottom + (single ? 185.0 : 42.0);
}

double reuse__page_x(const struct reuse__roofline *r, double x) {
  return r->left + (r->right - r->left) *
                                log(x / r->xmin) / log(r->xmax / r->xmin);
}

double reuse__page_y(const struct reuse__roofline *r, double y) {
  return r->bottom - (r->bottom - r->top) *
                                  log(y / r->ymin) / log(r->ymax / r->ymin);
}

double reuse__data_x(const struct reuse__roofline *r, double page_x) {
  return r->xmin * pow(r->xmax / r->xmin, (page_x - r->left) /
                                              (r->right - r->left));
}

double reuse__data_y(const struct reuse__roofline *r, double page_y) {
  return r->ymin * pow(r->ymax / r->ymin,
                       (r->bottom - page_y) /
                           (r->bottom - r->top));
}

/* RATE in bytes per second, 0 when it is not given. */
static double bytes_per_s(const struct reuse_arch *arch, const struct reuse_rate *rate,
                          double word_bits) {
  if (!rate->q.given)
    return 0.0;
  switch (rate->unit) {
  case REUSE_BYTES_PER_SECOND:
    return rate->q.value;
  case REUSE_BYTES_PER_CYCLE:
    return rate->q.value * arch->clock_hz.value;
  case REUSE_WORDS_PER_CYCLE:
    return rate->q.value * arch->clock_hz.value * word_bits / 8.0;
  }
  return 0.0;
}

double reuse__level_bandwidth(const struct reuse_arch *arch,
                              const struct reuse_engine *engine, int level) {
  const struct reuse_level *l = &engine->level[level];
  const double bits = arch->bits[REUSE_I].value;
  double instances = 1.0, sum = bytes_per_s(arch, &l->bandwidth, bits);
  for (int outer = 0; outer < level; outer++)
    for (int a = 0; a < engine->level[outer].naxes; a++)
      instances *= (double)engine->level[outer].axis[a].size;
  if (sum <= 0.0)
    sum = bytes_per_s(arch, &l->read_bandwidth, bits) +
          bytes_per_s(arch, &l->write_bandwidth, bits);
  if (sum <= 0.0)
    for (int t = 0; t < REUSE_TENSORS; t++)
      sum += bytes_per_s(arch, &l->tensor_bandwidth[t], arch->bits[t].value);
  return sum * instances;
}

/* Bytes read and written at the outermost buffer of ROW's engine, else 0. */
static double buffer_bytes(const struct reuse__run *run, const struct reuse__row *row) {
  const struct reuse_engine *engine = reuse__row_engine(run, row);
  for (int l = 0; l < row->cost.nlevels; l++) {
    double sum = 0.0;
    if (engine->level[l].kind != REUSE_SRAM)
      continue;
    for (int t = 0; t < REUSE_TENSORS; t++)
      sum += row->cost.level[l].read_bytes[t] + row->cost.level[l].write_bytes[t];
    if (sum > 0.0)
      return sum;
  }
  return 0.0;
}

/* The coordinates of MARK from its sums. */
static void settle(struct reuse__mark *mark) {
  mark->x = mark->ops / mark->dram_bytes;
  mark->y = mark->ops / mark->time_s * 1e-9;
  mark->buffer_x = mark->buffer_bytes > 0.0 ? mark->ops / mark->buffer_bytes : 0.0;
}

/* A mark for each row that moves and computes something. */
static void one_mark_per_row(const struct reuse__run *run,
                             struct reuse__roofline *roofline) {
  for (int i = 0; i < run->nrows; i++) {
    const struct reuse__row *row = &run->row[i];
    struct reuse__mark *mark = &roofline->mark[roofline->nmarks];
    struct reuse__roles roles;
    roofline->next_row[i] = -1;
    if (!row->modelled)
      continue;
    roofline->total_s += row->cost.time_s;
    reuse__roles(run, row, &roles);
    memset(mark, 0, sizeof *mark);
    mark->type = row->layer.type;
    mark->nlayers = 1;
    mark->first = mark->next = i;
    mark->ops = 2.0 * (double)row->layer.macs;
    mark->time_s = row->cost.time_s;
    mark->dram_bytes = roles.dram_read_bytes + roles.dram_write_bytes;
    mark->buffer_bytes = buffer_bytes(run, row);
    if (mark->ops <= 0.0 || mark->time_s <= 0.0 || mark->dram_bytes <= 0.0)
      continue;
    settle(mark);
    roofline->nmarks++;
  }
}

static double smaller(double a, double b) { return a < b ? a : b; }
static double larger(double a, double b) { return a > b ? a : b; }

/* The roofs of the main engine, DRAM first. */
static void find_roofs(struct reuse__roofline *roofline) {
  const struct reuse_arch *arch = roofline->run->arch;
  const struct reuse_engine *engine = reuse__main_engine(arch);
  for (int l = 0; l < engine->nlevels; l++) {
    struct reuse__roof *roof = &roofline->roof[roofline->nroofs];
    const double gb_per_s = reuse__level_bandwidth(arch, engine, l) * 1e-9;
    char number[REUSE__NUMBER];
    if (gb_per_s <= 0.0)
      continue;
    memset(roof, 0, sizeof *roof);
    roof->name = engine->level[l].name;
    roof->gb_per_s = gb_per_s;
    roof->dram = engine->level[l].kind == REUSE_DRAM;
    snprintf(roof->label, sizeof roof->label, "%.40s %s GB/s", roof->name,
             reuse__plain(number, gb_per_s));
    roofline->nroofs++;
  }
}

double reuse__mapping_ceiling(const struct reuse__run *run, int type) {
  double best = 0.0;
  for (int i = 0; i < run->nrows; i++) {
    const struct reuse__row *row = &run->row[i];
    if (!row->modelled || (int)row->layer.type != type || row->layer.macs <= 0)
      continue;
    best = larger(best, 2e-9 * row->cost.spatial_utilization *
                            reuse__peak_macs_per_s(run->arch,
                                                   reuse__row_engine(run, row)));
  }
  return best;
}

/* The lowest ceiling of the types that take some of the time, whose type becomes
 * *TYPE; 0: none. */
static double lowest_ceiling(const struct reuse__run *run, int *type) {
  double lowest = 0.0;
  struct reuse__totals all, part;
  reuse__totals(run, -1, &all);
  for (int t = 0; t < REUSE_LAYER_TYPES; t++) {
    const double own = reuse__mapping_ceiling(run, t);
    reuse__totals(run, t, &part);
    if (own > 0.0 && part.time_s > 0.02 * all.time_s && (lowest <= 0.0 || own < lowest)) {
      lowest = own;
      *type = t;
    }
  }
  return lowest;
}

static struct reuse__ceiling *add_ceiling(struct reuse__roofline *roofline,
                                          double gops, int type) {
  struct reuse__ceiling *ceiling = &roofline->ceiling[roofline->nceilings++];
  memset(ceiling, 0, sizeof *ceiling);
  ceiling->gops = gops;
  ceiling->type = type;
  return ceiling;
}

/* The lowest peak of the engines that run rows, when it is below PEAK. */
static void add_second_engine(struct reuse__roofline *roofline, double peak) {
  const struct reuse__run *run = roofline->run;
  const struct reuse_engine *engine = NULL;
  double lowest = 0.95 * peak;
  char number[REUSE__NUMBER];
  struct reuse__ceiling *ceiling;
  for (int i = 0; i < run->nrows; i++) {
    double own;
    if (!run->row[i].modelled || run->row[i].layer.macs <= 0)
      continue;
    own = 2e-9 * reuse__peak_macs_per_s(run->arch,
                                        reuse__row_engine(run, &run->row[i]));
    if (own > 0.0 && own < lowest) {
      lowest = own;
      engine = reuse__row_engine(run, &run->row[i]);
    }
  }
  if (engine == NULL)
    return;
  ceiling = add_ceiling(roofline, lowest, -1);
  snprintf(ceiling->label, sizeof ceiling->label, "peak of engine %.40s %s",
           engine->name, reuse__plain(number, lowest));
}

/* The peak, a slower engine's, and the ceiling of the depthwise mapping, or of
 * the type with the lowest when there is no depthwise layer. */
static void find_ceilings(struct reuse__roofline *roofline) {
  const struct reuse_arch *arch = roofline->run->arch;
  const double peak = 2e-9 * reuse__peak_macs_per_s(arch, reuse__main_engine(arch));
  double lowest = reuse__mapping_ceiling(roofline->run, REUSE_DWCONV);
  int type = REUSE_DWCONV;
  char number[REUSE__NUMBER], percent[REUSE__NUMBER];
  struct reuse__ceiling *ceiling = add_ceiling(roofline, peak, -1);
  snprintf(ceiling->label, sizeof ceiling->label, "compute peak %s Gop/s",
           reuse__plain(number, peak));
  add_second_engine(roofline, peak);
  if (lowest <= 0.0)
    lowest = lowest_ceiling(roofline->run, &type);
  if (lowest <= 0.0 || lowest > 0.9 * peak)
    return;
  ceiling = add_ceiling(roofline, lowest, type);
  snprintf(ceiling->label, sizeof ceiling->label,
           "ceiling of the %s mapping %s (%s %% of peak)",
           reuse__type_words((enum reuse_layer_type)type),
           reuse__digits(number, lowest), reuse__percent(percent, lowest / peak));
  snprintf(ceiling->shorter, sizeof ceiling->shorter, "%s ceiling %s",
           reuse__type_words((enum reuse_layer_type)type), number);
}

/* The least of 1, 2, 5 times a power of ten that is not below VALUE (or, with
 * UP false, the greatest that is not above). */
static double nice(double value, bool up) {
  const double decade = pow(10.0, floor(log10(value)));
  const double part = value / decade;
  if (up)
    return decade * (part > 5.0 ? 10.0 : part > 2.0 ? 5.0 : part > 1.0 ? 2.0 : 1.0);
  return decade * (part >= 5.0 ? 5.0 : part >= 2.0 ? 2.0 : 1.0);
}

/* Ranges that hold all marks, the ridge of DRAM and the peak. */
static void find_ranges(struct reuse__roofline *r) {
  const double peak = r->ceiling[0].gops;
  double x0 = 1.0, x1 = 8.0, y0 = peak;
  for (int i = 0; i < r->nmarks; i++) {
    const struct reuse__mark *mark = &r->mark[i];
    x0 = smaller(x0, mark->x);
    x1 = larger(x1, mark->x);
    y0 = smaller(y0, mark->y);
    if (mark->buffer_x > 0.0) {
      x0 = smaller(x0, mark->buffer_x);
      x1 = larger(x1, mark->buffer_x);
    }
  }
  for (int i = 0; i < r->nroofs; i++)
    if (r->roof[i].dram)
      x1 = larger(x1, peak / r->roof[i].gb_per_s * 2.0);
  r->xmin = exp2(floor(log2(x0 / 1.4)));
  r->xmax = exp2(ceil(log2(x1 * 1.4)));
  r->ymin = nice(smaller(y0, peak / 20.0) / 1.6, false);
  r->ymax = nice(peak * 1.9, true);
}

/* Points on the page between the centres of A and B. */
static double distance(const struct reuse__roofline *r, const struct reuse__mark *a,
                       const struct reuse__mark *b) {
  const double dx = reuse__page_x(r, a->x) - reuse__page_x(r, b->x);
  const double dy = reuse__page_y(r, a->y) - reuse__page_y(r, b->y);
  return sqrt(dx * dx + dy * dy);
}

/* Adds mark B to mark A and removes B. */
static void merge(struct reuse__roofline *r, int a, int b) {
  struct reuse__mark *into = &r->mark[a], *from = &r->mark[b];
  r->next_row[into->next] = from->first;
  into->next = from->next;
  into->nlayers += from->nlayers;
  into->ops += from->ops;
  into->time_s += from->time_s;
  into->dram_bytes += from->dram_bytes;
  into->buffer_bytes += from->buffer_bytes;
  settle(into);
  r->mark[b] = r->mark[--r->nmarks];
}

/* Merges the nearest two marks of one type while they are nearer than LIMIT. */
static void merge_within(struct reuse__roofline *r, double limit) {
  for (;;) {
    int a = -1, b = -1;
    double nearest = limit;
    for (int i = 0; i < r->nmarks; i++)
      for (int j = i + 1; j < r->nmarks; j++)
        if (r->mark[i].type == r->mark[j].type &&
            distance(r, &r->mark[i], &r->mark[j]) < nearest) {
          nearest = distance(r, &r->mark[i], &r->mark[j]);
          a = i;
          b = j;
        }
    if (a < 0)
      return;
    merge(r, a, b);
  }
}

static int by_time(const void *a, const void *b) {
  const struct reuse__mark *x = a, *y = b;
  if (x->time_s < y->time_s)
    return 1;
  return x->time_s > y->time_s ? -1 : x->first - y->first;
}

/* Radii so that the areas are as the shares of time and the largest has 17
 * units, but none so small that it cannot be seen.  The largest mark first. */
static void find_radii(struct reuse__roofline *r) {
  double largest;
  qsort(r->mark, (size_t)r->nmarks, sizeof *r->mark, by_time);
  largest = r->mark[0].time_s / r->total_s;
  r->points_per_share = smaller(17.0 * 17.0 / largest, 30.0 * 30.0);
  for (int i = 0; i < r->nmarks; i++) {
    const double share = r->mark[i].time_s / r->total_s;
    r->mark[i].radius = larger(2.6, sqrt(share * r->points_per_share));
  }
}

/* Merges a mark with a larger one of its type that hides most of it; false when
 * there is none. */
static bool merge_hidden(struct reuse__roofline *r) {
  for (int i = 0; i < r->nmarks; i++)
    for (int j = i + 1; j < r->nmarks; j++)
      if (r->mark[i].type == r->mark[j].type &&
          distance(r, &r->mark[i], &r->mark[j]) < 0.7 * r->mark[i].radius) {
        merge(r, i, j);
        return true;
      }
  return false;
}

bool reuse__roofline_build(const struct reuse__run *run, int columns, double head,
                           struct reuse_arena *arena, struct reuse__roofline *roofline) {
  const int most = columns == 1 ? 9 : 14;
  const size_t n = (size_t)run->nrows + 1;
  memset(roofline, 0, sizeof *roofline);
  roofline->run = run;
  roofline->columns = columns;
  find_page(roofline, head);
  roofline->mark = reuse__alloc(arena, n * sizeof *roofline->mark);
  roofline->next_row = reuse__alloc(arena, n * sizeof *roofline->next_row);
  if (roofline->mark == NULL || roofline->next_row == NULL)
    return false;
  one_mark_per_row(run, roofline);
  if (roofline->nmarks == 0)
    return true;
  find_roofs(roofline);
  find_ceilings(roofline);
  find_ranges(roofline);
  merge_within(roofline, 10.0);
  for (double limit = 13.0; roofline->nmarks > most && limit < 60.0; limit *= 1.3)
    merge_within(roofline, limit);
  do
    find_radii(roofline);
  while (merge_hidden(roofline));
  for (int i = 0; i < roofline->nmarks; i++)
    reuse__roofline_name(roofline, &roofline->mark[i], roofline->mark[i].label);
  return true;
}
