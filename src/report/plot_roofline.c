/* The roofline of a run as data for its template.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "report/figure_layers.h"
#include "report/format.h"
#include "report/gnuplot.h"
#include "report/roofline.h"
#include "report/bars.h"

/* Colours (Okabe and Ito's, safe for colour-blind readers) and gnuplot's filled
 * point types, by layer type. */
static const struct {
  unsigned colour;
  int point;
} look[REUSE_LAYER_TYPES] = {{0x009e73, 5},  {0xe69f00, 11}, {0xd55e00, 13},
                             {0x0072b2, 7},  {0xcc79a7, 9},  {0x56b4e9, 15},
                             {0x999999, 7},  {0x666666, 7}};

/* Formatted numbers, with a point whatever the locale. */
static void put_numbers(FILE *script, int n, ...) {
  char number[REUSE__NUMBER];
  va_list args;
  va_start(args, n);
  for (int i = 0; i < n; i++)
    fprintf(script, "%s%s", i > 0 ? " " : "",
            reuse__shortest(number, va_arg(args, double)));
  va_end(args);
}

static void put_variable(FILE *script, const char *name, double value) {
  fprintf(script, "%s = ", name);
  put_numbers(script, 1, value);
  putc('\n', script);
}

/* Powers of two of the range, at most 12, as a list of words. */
static void put_xtics(const struct reuse__roofline *r, FILE *script) {
  const int first = (int)lround(log2(r->xmin)), last = (int)lround(log2(r->xmax));
  const int step = 1 + (last - first) / 12;
  fputs("XTICS = '", script);
  for (int e = first; e <= last; e += step) {
    put_numbers(script, 1, exp2(e));
    putc(' ', script);
  }
  fputs("'\n", script);
}

/* 1, 2, 5 in each decade of the range, or decades alone when it is long. */
static void put_ytics(const struct reuse__roofline *r, FILE *script) {
  const int first = (int)floor(log10(r->ymin) + 1e-9);
  const int last = (int)ceil(log10(r->ymax) - 1e-9);
  static const double part[] = {1.0, 2.0, 5.0};
  const int parts = last - first > 5 ? 1 : 3;
  char number[REUSE__NUMBER];
  fputs("YTICS = '", script);
  for (int e = first; e <= last; e++)
    for (int k = 0; k < parts; k++) {
      const double y = part[k] * pow(10.0, e);
      if (y > 0.999 * r->ymin && y < 1.001 * r->ymax)
        fprintf(script, "%s ", reuse__fixed(number, y, e < 0 ? -e : 0));
    }
  fputs("'\n", script);
}

/* The head of the page: its title, and how the run was made. */
static bool make_head(const struct reuse__run *run, double width,
                      struct reuse_arena *arena, struct reuse__layout *layout,
                      double *end) {
  const struct reuse_network_table *network = run->network;
  const char *bits = reuse__precision_text(run->arch, arena);
  const struct reuse_engine *engine = reuse__main_engine(run->arch);
  char clock[REUSE__NUMBER];
  const char *title = reuse__printf(
      arena, "%s on %s", network->title != NULL ? network->title : network->name,
      run->arch->title != NULL ? run->arch->title : run->arch->name);
  reuse__plain(clock, run->arch->clock_hz.value * 1e-6);
  const char *note = reuse__printf(
      arena,
      "%s \xc2\xb7 batch %lld \xc2\xb7 %lld MACs at %s MHz, 1 MAC = 2 ops \xc2\xb7 "
      "mapped for least %s \xc2\xb7 area of a mark = share of the run time",
      bits != NULL ? bits : "", (long long)run->batch, (long long)engine->macs, clock,
      reuse__objective_words(run->search.objective));
  if (title == NULL || note == NULL)
    return false;
  *end = reuse__layout_head(title, note, width, layout);
  return true;
}

/* Angle of roofs on the page in degrees. */
static double roof_angle(const struct reuse__roofline *r) {
  const double dx = (r->right - r->left) / log(r->xmax / r->xmin);
  const double dy = (r->bottom - r->top) / log(r->ymax / r->ymin);
  return atan2(dy, dx) * 180.0 / 3.14159265358979;
}

/* Roofs as segments x0 y0 x1 y1 dram, and their names x y angle colour text; a last
 * empty name, since gnuplot 5.4 fails on labels none of which is in the plot. */
static void put_roofs(const struct reuse__roofline *r, FILE *script) {
  const double peak = r->ceiling[0].gops;
  double left = r->xmax;
  fputs("$roof << EOD\n", script);
  for (int i = 0; i < r->nroofs; i++) {
    const double bandwidth = r->roof[i].gb_per_s, ridge = peak / bandwidth;
    const double x0 = fmax(r->xmin, r->ymin / bandwidth);
    const double x1 = fmin(r->xmax, ridge);
    left = fmin(left, fmax(r->xmin, ridge));
    if (x1 <= x0)
      continue;
    put_numbers(script, 5, x0, x0 * bandwidth, x1, x1 * bandwidth,
                r->roof[i].dram ? 1.0 : 0.0);
    putc('\n', script);
  }
  if (r->nroofs == 0)
    left = r->xmin;
  put_numbers(script, 5, left, peak, r->xmax, peak, 1.0);
  fputs("\nEOD\n$roofname << EOD\n", script);
  for (int i = 0; i < r->nroofs; i++) {
    const struct reuse__roof *roof = &r->roof[i];
    if (!roof->labelled)
      continue;
    put_numbers(script, 4, reuse__data_x(r, roof->label_x),
                reuse__data_y(r, roof->label_y), roof_angle(r),
                roof->dram ? (double)0x222222 : (double)0x777777);
    putc(' ', script);
    reuse__gnuplot_column(roof->label, script);
    putc('\n', script);
  }
  put_numbers(script, 4, r->xmin, r->ymin, 0.0, 0.0);
  fputs(" \"\"\nEOD\n", script);
}

/* Ceilings below the peak, x0 y x1 colour, and names of all, x y colour text. */
static void put_ceilings(const struct reuse__roofline *r, double dram_gb_per_s,
                         FILE *script) {
  fputs("$ceiling << EOD\n", script);
  for (int i = 1; i < r->nceilings; i++) {
    const struct reuse__ceiling *c = &r->ceiling[i];
    const double start = dram_gb_per_s > 0.0 ? c->gops / dram_gb_per_s : r->xmin;
    put_numbers(script, 4, fmin(fmax(start, r->xmin), r->xmax), c->gops, r->xmax,
                (double)(c->type < 0 ? 0x777777 : look[c->type].colour));
    putc('\n', script);
  }
  fputs("NaN NaN NaN 0\nEOD\n$ceilingname << EOD\n", script);
  for (int i = 0; i < r->nceilings; i++) {
    const struct reuse__ceiling *c = &r->ceiling[i];
    if (!c->labelled)
      continue;
    put_numbers(script, 3, reuse__data_x(r, c->label_x), reuse__data_y(r, c->label_y),
                (double)(i == 0        ? 0x222222
                         : c->type < 0 ? 0x777777
                                       : look[c->type].colour));
    putc(' ', script);
    reuse__gnuplot_column(c->label, script);
    putc('\n', script);
  }
  put_numbers(script, 3, r->xmin, r->ymin, 0.0);
  fputs(" \"\"\nEOD\n", script);
}

/* Marks x y radius point colour, each after its white halo, so that those drawn
 * later, the smaller, stand out; at the buffer x y x-at-DRAM colour; rings, as two discs each. */
static void put_marks(const struct reuse__roofline *r, FILE *script) {
  fputs("$mark << EOD\n", script);
  for (int i = 0; i < r->nmarks; i++) {
    const struct reuse__mark *m = &r->mark[i];
    put_numbers(script, 5, m->x, m->y, m->radius + 1.4,
                (double)look[m->type].point, (double)0xffffff);
    putc('\n', script);
    put_numbers(script, 5, m->x, m->y, m->radius, (double)look[m->type].point,
                (double)look[m->type].colour);
    putc('\n', script);
  }
  fputs("EOD\n$buffer << EOD\n", script);
  for (int i = 0; i < r->nmarks; i++) {
    const struct reuse__mark *m = &r->mark[i];
    if (m->buffer_x <= 0.0)
      continue;
    put_numbers(script, 4, m->buffer_x, m->y, m->x, (double)look[m->type].colour);
    putc('\n', script);
  }
  fputs("NaN NaN NaN 0\nEOD\n$ring << EOD\n", script);
  for (int i = 0; i < r->nmarks; i++) {
    const struct reuse__mark *m = &r->mark[i];
    if (m->buffer_x <= 0.0)
      continue;
    put_numbers(script, 4, m->buffer_x, m->y, 4.2, (double)look[m->type].colour);
    putc('\n', script);
    put_numbers(script, 4, m->buffer_x, m->y, 2.7, (double)0xffffff);
    putc('\n', script);
  }
  fputs("NaN NaN 1 0\nEOD\n", script);
}

/* Names of marks x y text, and lines from marks to those far off. */
static void put_labels(const struct reuse__roofline *r, FILE *script) {
  fputs("$text << EOD\n", script);
  for (int i = 0; i < r->nmarks; i++) {
    const struct reuse__mark *m = &r->mark[i];
    if (!m->labelled)
      continue;
    put_numbers(script, 2, reuse__data_x(r, m->label_x), reuse__data_y(r, m->label_y));
    putc(' ', script);
    reuse__gnuplot_column(m->label, script);
    putc('\n', script);
  }
  put_numbers(script, 2, r->xmin, r->ymin);
  fputs(" \"\"\nEOD\n$leader << EOD\n", script);
  for (int i = 0; i < r->nmarks; i++) {
    const struct reuse__mark *m = &r->mark[i];
    const double half = reuse__text_width(m->label, 10.0) / 2.0;
    const double x = reuse__page_x(r, m->x), y = reuse__page_y(r, m->y);
    double tx, ty;
    if (!m->labelled || !m->leader)
      continue;
    tx = fmin(fmax(x, m->label_x - half), m->label_x + half);
    ty = fmin(fmax(y, m->label_y - 6.0), m->label_y + 6.0);
    put_numbers(script, 4, m->x, m->y, reuse__data_x(r, tx), reuse__data_y(r, ty));
    putc('\n', script);
  }
  fputs("NaN NaN NaN NaN\nEOD\n", script);
}

/* PART as a share for the legend, whose columns have no room for more than 100 %. */
static const char *share(char text[REUSE__NUMBER], double part) {
  reuse__percent(text, part);
  return strcmp(text, "100.0") == 0 ? "100" : text;
}

/* Rows of the legend: point, colour, and shares as texts, in arrays. */
static void put_legend(const struct reuse__roofline *r, FILE *script) {
  struct reuse__totals all, part;
  int n = 0;
  reuse__totals(r->run, -1, &all);
  fprintf(script, "array LNAME[%d]; array LMACS[%d]; array LTIME[%d]\n"
                  "array LENERGY[%d]; array LPOINT[%d]; array LCOLOUR[%d]\n",
          REUSE_LAYER_TYPES, REUSE_LAYER_TYPES, REUSE_LAYER_TYPES,
          REUSE_LAYER_TYPES, REUSE_LAYER_TYPES, REUSE_LAYER_TYPES);
  for (int t = 0; t < REUSE_LAYER_TYPES; t++) {
    char macs[REUSE__NUMBER], time[REUSE__NUMBER], energy[REUSE__NUMBER];
    reuse__totals(r->run, t, &part);
    if (part.layers == part.not_modelled || part.macs <= 0)
      continue;
    n++;
    fprintf(script, "LNAME[%d] = '%s'; LMACS[%d] = '%s %%'; LTIME[%d] = '%s %%'\n", n,
            reuse__type_words((enum reuse_layer_type)t), n,
            share(macs, (double)part.macs / (double)all.macs), n,
            share(time, part.time_s / all.time_s));
    fprintf(script, "LENERGY[%d] = '%s %%'; LPOINT[%d] = %d; LCOLOUR[%d] = %u\n", n,
            share(energy, part.energy_pj / all.energy_pj), n, look[t].point, n, look[t].colour);
  }
  fprintf(script, "LEGEND = %d\n", n);
}

/* The buffer's name for the legend, '' when no mark has one. */
static void put_buffer_name(const struct reuse__roofline *r, FILE *script) {
  const struct reuse_engine *engine = reuse__main_engine(r->run->arch);
  const char *name = "";
  bool any = false;
  for (int i = 0; i < r->nmarks; i++)
    any = any || r->mark[i].buffer_x > 0.0;
  for (int l = engine->nlevels - 1; any && l >= 0; l--)
    if (engine->level[l].kind == REUSE_SRAM)
      name = engine->level[l].name;
  reuse__script_text(script, "BUFFER", name);
}

static void write_data(const struct reuse__roofline *r, struct reuse__layout *layout,
                       FILE *script) {
  double dram = 0.0;
  for (int i = 0; i < r->nroofs; i++)
    if (r->roof[i].dram)
      dram = r->roof[i].gb_per_s;
  layout->height = r->height * reuse__unit;
  for (int i = 0; i < layout->nlines; i++)
    layout->line[i].y += layout->height;
  reuse__layout_script(layout, script);
  put_variable(script, "SINGLE", r->columns == 1);
  put_variable(script, "PLOTLEFT", r->left);
  put_variable(script, "PLOTRIGHT", r->right);
  put_variable(script, "PLOTTOP", r->top);
  put_variable(script, "PLOTBOTTOM", r->bottom);
  put_variable(script, "XMIN", r->xmin);
  put_variable(script, "XMAX", r->xmax);
  put_variable(script, "YMIN", r->ymin);
  put_variable(script, "YMAX", r->ymax);
  put_variable(script, "PEAK", r->ceiling[0].gops);
  put_variable(script, "DRAM", dram);
  put_variable(script, "AREA", r->points_per_share);
  put_xtics(r, script);
  put_ytics(r, script);
  put_buffer_name(r, script);
  put_roofs(r, script);
  put_ceilings(r, dram, script);
  put_marks(r, script);
  put_labels(r, script);
  put_legend(r, script);
}

enum reuse_status reuse__plot_roofline(const struct reuse__run *run,
                                       const char *path,
                                       const struct reuse__plot_options *options,
                                       struct reuse_arena *arena,
                                       struct reuse_diag *diag) {
  const int columns = options->columns == 1 ? 1 : 2;
  const char *format = reuse__plot_format(path);
  struct reuse__roofline roofline;
  struct reuse__layout layout;
  struct reuse__script script;
  double end;
  if (!make_head(run, columns == 1 ? reuse__column : reuse__page, arena, &layout, &end) ||
      !reuse__roofline_build(run, columns, -end / reuse__unit, arena, &roofline))
    return REUSE_ERR_MEMORY;
  if (roofline.nmarks == 0 || !(roofline.ceiling[0].gops > 0.0))
    return reuse__nothing_to_draw(run, path, diag);
  if (!reuse__roofline_place(&roofline, arena))
    return REUSE_ERR_MEMORY;
  if (format != NULL && strcmp(format, "tex") == 0)
    return reuse__roofline_latex(&roofline, layout.line[0].text, path, arena, diag);
  if (!reuse__script_begin(&script))
    return REUSE_ERR_MEMORY;
  write_data(&roofline, &layout, script.stream);
  return reuse__script_draw(&script, path, "roofline.gp", options, arena, diag);
}
