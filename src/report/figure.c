/* Figures as scripts of gnuplot.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/figure.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "report/gnuplot.h"
#include "report/bars.h"
#include "report/figure_latex.h"

static const char *const template_name[REUSE__FORMS] = {"stacks.gp", "groups.gp",
                                                        "marks.gp", "lines.gp", "steps.gp",
                                                        "scatter.gp"};

bool reuse__has_x(const struct reuse__figure *f) {
  return f->form == REUSE__LINES || f->form == REUSE__STEPS;
}

/* NAME[N] = [VALUE, ...] */
static void put_array(FILE *script, const char *name, int n, const double *value) {
  fprintf(script, "array %s[%d] = [", name, n > 0 ? n : 1);
  for (int i = 0; i < n; i++) {
    if (i > 0)
      fputs(", ", script);
    reuse__script_value(script, value[i]);
  }
  fputs(n > 0 ? "]\n" : "0]\n", script);
}

void reuse__layout_script(const struct reuse__layout *l, FILE *script) {
  const char *text[REUSE__TITLE_LINES];
  double y[REUSE__TITLE_LINES], note[REUSE__TITLE_LINES];
  for (int i = 0; i < l->nlines; i++) {
    text[i] = l->line[i].text;
    y[i] = l->line[i].y / l->height;
    note[i] = l->line[i].note;
  }
  reuse__script_number(script, "WIDTH", l->width);
  reuse__script_number(script, "HEIGHT", l->height);
  reuse__script_number(script, "LINES", l->nlines);
  reuse__script_array(script, "LINE", text, l->nlines, REUSE__LINE);
  put_array(script, "LINEY", l->nlines, y);
  put_array(script, "LINENOTE", l->nlines, note);
}

static void put_keys(const struct reuse__figure *f, const struct reuse__layout *l,
                     FILE *script) {
  double x[REUSE__SERIES], y[REUSE__SERIES], used[REUSE__SERIES];
  for (int s = 0; s < f->nseries; s++) {
    x[s] = l->key[s].x / l->width;
    y[s] = l->key[s].y / l->height;
    used[s] = l->used[s];
  }
  reuse__script_number(script, "SERIES", f->nseries);
  reuse__script_number(script, "REFERENCE", f->reference + 1);
  reuse__script_array(script, "KEY", f->key, f->nseries, REUSE__LINE);
  put_array(script, "KEYX", f->nseries, x);
  put_array(script, "KEYY", f->nseries, y);
  put_array(script, "USED", f->nseries, used);
}

static void put_categories(const struct reuse__figure *f, const struct reuse__layout *l,
                           FILE *script) {
  reuse__script_number(script, "N", f->n);
  if (f->form == REUSE__SCATTER)
    return;
  if (reuse__has_x(f)) {
    reuse__script_text(script, "XLABEL", f->xlabel);
    reuse__script_number(script, "ATX", f->at_x);
    return;
  }
  reuse__script_number(script, "MEANS", f->nmeans);
  reuse__script_number(script, "UPRIGHT", l->upright);
  reuse__script_number(script, "STEP", l->step);
  reuse__script_number(script, "LONGEST", l->longest);
  reuse__script_array(script, "NAME", f->name, f->n, REUSE__NAME_LENGTH);
}

static void put_frames(const struct reuse__figure *f, const struct reuse__layout *l,
                       FILE *script) {
  double v[4][REUSE__PANELS];
  for (int p = 0; p < f->npanels; p++) {
    v[0][p] = l->frame[p].left / l->width;
    v[1][p] = l->frame[p].right / l->width;
    v[2][p] = l->frame[p].top / l->height;
    v[3][p] = l->frame[p].bottom / l->height;
  }
  put_array(script, "LEFT", f->npanels, v[0]);
  put_array(script, "RIGHT", f->npanels, v[1]);
  put_array(script, "TOP", f->npanels, v[2]);
  put_array(script, "BOTTOM", f->npanels, v[3]);
}

static void put_panels(const struct reuse__figure *f, const struct reuse__layout *l,
                       FILE *script) {
  const char *title[REUSE__PANELS], *ylabel[REUSE__PANELS], *base[REUSE__PANELS];
  double v[4][REUSE__PANELS];
  for (int p = 0; p < f->npanels; p++) {
    const struct reuse__panel *panel = &f->panel[p];
    title[p] = panel->title != NULL ? panel->title : "";
    ylabel[p] = panel->ylabel != NULL ? panel->ylabel : "";
    base[p] = panel->base_name != NULL ? panel->base_name : "";
    v[0][p] = panel->log;
    v[1][p] = panel->ymin;
    v[2][p] = panel->ymax;
    v[3][p] = panel->base;
  }
  reuse__script_number(script, "PANELS", f->npanels);
  reuse__script_number(script, "ACROSS", l->across);
  reuse__script_array(script, "PANEL", title, f->npanels, 60);
  reuse__script_array(script, "YLABEL", ylabel, f->npanels, 60);
  reuse__script_array(script, "BASENAME", base, f->npanels, 60);
  put_array(script, "LOG", f->npanels, v[0]);
  put_array(script, "YMIN", f->npanels, v[1]);
  put_array(script, "YMAX", f->npanels, v[2]);
  put_array(script, "BASE", f->npanels, v[3]);
}

/* What only scatter has: the x axes, the roofs and the ceilings. */
static void put_roofs(const struct reuse__figure *f, FILE *script) {
  const char *xlabel[REUSE__PANELS];
  double v[4][REUSE__PANELS];
  for (int p = 0; p < f->npanels; p++) {
    const struct reuse__panel *panel = &f->panel[p];
    xlabel[p] = panel->xlabel;
    v[0][p] = panel->xmin;
    v[1][p] = panel->xmax;
    v[2][p] = panel->slope;
    v[3][p] = panel->peak;
  }
  reuse__script_array(script, "XLABEL", xlabel, f->npanels, 60);
  put_array(script, "XMIN", f->npanels, v[0]);
  put_array(script, "XMAX", f->npanels, v[1]);
  put_array(script, "SLOPE", f->npanels, v[2]);
  put_array(script, "PEAK", f->npanels, v[3]);
  for (int p = 0; p < f->npanels; p++) {
    fprintf(script, "$ceiling%d << EOD\n", p + 1);
    for (int i = 0; i < f->panel[p].nceilings; i++) {
      reuse__script_value(script, f->panel[p].ceiling[i]);
      fputs(" 1 ", script);
      reuse__gnuplot_column(f->panel[p].ceiling_name[i], script);
      putc('\n', script);
    }
    reuse__script_value(script, f->panel[p].peak);
    fputs(" 0 \"\"\nEOD\n", script);
  }
}

/* The datablocks: a row of the series for each category, after x for lines, each
 * after its x for scatter. */
static void put_data(const struct reuse__figure *f, FILE *script) {
  for (int p = 0; p < f->npanels; p++) {
    fprintf(script, "$panel%d << EOD\n", p + 1);
    for (int i = 0; i < f->n; i++) {
      if (reuse__has_x(f))
        reuse__script_value(script, f->x[i]);
      for (int s = 0; s < f->nseries; s++) {
        if (s > 0 || reuse__has_x(f))
          putc(' ', script);
        if (f->form == REUSE__SCATTER) {
          reuse__script_value(script, f->panel[p].across[i * f->nseries + s]);
          putc(' ', script);
        }
        reuse__script_value(script, f->panel[p].value[i * f->nseries + s]);
      }
      putc('\n', script);
    }
    fputs("EOD\n", script);
  }
}

enum reuse_status reuse__figure_draw(const struct reuse__figure *f, const char *path,
                                     const struct reuse__plot_options *options,
                                     struct reuse_arena *arena, struct reuse_diag *diag) {
  const char *format = reuse__plot_format(path);
  struct reuse__layout layout;
  struct reuse__script script;
  reuse__figure_layout(f, options->columns, &layout);
  if (format != NULL && strcmp(format, "tex") == 0)
    return reuse__figure_latex(f, &layout, path, arena, diag);
  if (!reuse__script_begin(&script))
    return REUSE_ERR_MEMORY;
  reuse__layout_script(&layout, script.stream);
  put_keys(f, &layout, script.stream);
  put_categories(f, &layout, script.stream);
  put_frames(f, &layout, script.stream);
  put_panels(f, &layout, script.stream);
  if (f->form == REUSE__SCATTER)
    put_roofs(f, script.stream);
  put_data(f, script.stream);
  return reuse__script_draw(&script, path, template_name[f->form], options, arena, diag);
}
