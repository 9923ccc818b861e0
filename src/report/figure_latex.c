/* Figures for LaTeX: a picture of pgfplots, and its data in a file beside it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/figure_latex.h"

#include <math.h>

#include "report/latex.h"
#include "report/pgf.h"

/* Colours, patterns and marks of the series, as the templates of gnuplot have them. */
static const char *const colour[REUSE__SERIES] = {"08306B", "E69F00", "56B4E9", "CC79A7",
                                                  "009E73", "D55E00", "BBBBBB", "000000"};
static const char *const fill[REUSE__SERIES] = {"08306B", "E69F00", "B5E1FA", "CC79A7",
                                                "00735A", "F0E442", "8C510A", "DDDDDD"};
static const char *const pattern[REUSE__SERIES] = {
    NULL, "north west lines", NULL, "north east lines", NULL, NULL, NULL, "crosshatch"};
static const char *const mark[REUSE__SERIES] = {"o", "triangle*", "square*", "triangle",
                                                "x", "diamond", "+", "asterisk"};
static const char *const dash[REUSE__SERIES] = {"solid", "dashed", "dotted", "dashdotted",
                                                "densely dashed", "densely dotted",
                                                "loosely dashed", "solid"};

/* A figure and where its parts are. */
struct sheet { const struct reuse__figure *f; const struct reuse__layout *l; };

/* A row for each category: its number, or x, then the series of every panel. */
static void write_data(const void *of, FILE *stream) {
  const struct reuse__figure *f = ((const struct sheet *)of)->f;
  fputs("x", stream);
  for (int p = 0; p < f->npanels; p++)
    for (int s = 0; s < f->nseries; s++) {
      if (f->form == REUSE__SCATTER)
        fprintf(stream, " p%dx%d", p + 1, s + 1);
      fprintf(stream, " p%ds%d", p + 1, s + 1);
    }
  putc('\n', stream);
  for (int i = 0; i < f->n; i++) {
    reuse__pgf_number(stream, "%s", reuse__has_x(f) ? f->x[i] : i + 1);
    for (int p = 0; p < f->npanels; p++)
      for (int s = 0; s < f->nseries; s++) {
        const double value = f->panel[p].value[i * f->nseries + s];
        if (f->form == REUSE__SCATTER)
          reuse__pgf_value(stream, f->panel[p].across[i * f->nseries + s]);
        reuse__pgf_value(stream,
                         f->form == REUSE__STACKS && !isfinite(value) ? 0.0 : value);
      }
    putc('\n', stream);
  }
}

static double frame_width(const struct reuse__layout *l) {
  return l->frame[0].right - l->frame[0].left;
}

/* The ticks of the categories and their names. */
static void write_names(const struct reuse__figure *f, const struct reuse__layout *l,
                        FILE *stream) {
  fputs("  xtick={", stream);
  for (int i = 0; i < f->n; i += l->step)
    fprintf(stream, "%s%d", i > 0 ? "," : "", i + 1);
  fputs("},\n  xticklabels={", stream);
  for (int i = 0; i < f->n; i += l->step) {
    fputs(i > 0 ? ",{" : "{", stream);
    reuse__latex_text(f->name[i], stream);
    putc('}', stream);
  }
  fputs("},\n  xtick style={draw=none},\n", stream);
  if (l->upright)
    fputs("  x tick label style={rotate=90,anchor=east},\n", stream);
}

static void write_group_begin(const struct reuse__figure *f, const struct reuse__layout *l,
                              FILE *stream) {
  const int columns = l->across, rows = (f->npanels + columns - 1) / columns;
  const bool names_below =
      columns == 1 && (f->form == REUSE__STACKS || f->form == REUSE__MARKS);
  const double gap = columns > 1 ? l->frame[1].left - l->frame[0].right : 0.0;
  const double next = columns < f->npanels
                          ? l->frame[0].bottom - l->frame[columns].top : 0.0;
  fprintf(stream, "\\begin{groupplot}[\n  group style={group size=%d by %d,", columns, rows);
  reuse__pgf_number(stream, "horizontal sep=%spt,", gap + 12.0);
  reuse__pgf_number(stream, "vertical sep=%spt", next + 4.0);
  fprintf(stream, "%s},\n", names_below ? ",xticklabels at=edge bottom" : "");
  reuse__pgf_number(stream, "  scale only axis,width=%spt,",
                    frame_width(l) - (columns > 1 ? 12.0 : 0.0));
  reuse__pgf_number(stream, "height=%spt,\n", l->frame[0].top - l->frame[0].bottom);
  fputs("  axis lines=left,axis line style={-},ymajorgrids,grid style={black!12},\n"
        "  tick label style={font=\\scriptsize,/pgf/number format/1000 sep={}},\n"
        "  label style={font=\\footnotesize},\n"
        "  title style={font=\\footnotesize,yshift=-5pt},unbounded coords=discard,\n",
        stream);
  reuse__pgf_number(stream, "  legend style={at={(%s,1)},anchor=south,yshift=12pt,",
                    (l->frame[columns - 1].right - l->frame[0].left) / 2.0 / frame_width(l));
  fputs("legend columns=4,draw=none,\n    font=\\footnotesize,/tikz/every even "
        "column/.append style={column sep=6pt}},\n", stream);
  if (reuse__has_x(f)) {
    fputs(f->form == REUSE__LINES ? "  xmode=log,log basis x=2,"
                                  : "  xmajorgrids,enlarge x limits=0.06,", stream);
    reuse__pgf_text(stream, "xlabel", f->xlabel);
    fputs(",\n", stream);
  } else if (f->form == REUSE__SCATTER) {
    fputs("  xmode=log,\n", stream);
  } else {
    reuse__pgf_number(stream, "  xmin=0.4,xmax=%s,\n", f->n + 0.6);
    write_names(f, l, stream);
  }
  fputs("]\n", stream);
}

/* The width of a bar in points. */
static double bar_width(const struct reuse__figure *f, const struct reuse__layout *l) {
  const double room = frame_width(l) / (f->n + 0.2);
  return f->form == REUSE__GROUPS ? 0.8 * room / f->nseries : (room < 5.0 ? 1.0 : 0.8) * room;
}

/* The bars' options of the form; marks and lines have none. */
static void write_form(const struct reuse__figure *f, const struct reuse__layout *l,
                       FILE *stream) {
  if (f->form == REUSE__STACKS)
    reuse__pgf_number(stream, "ybar stacked,bar width=%spt,", bar_width(f, l));
  if (f->form == REUSE__GROUPS)
    reuse__pgf_number(stream, "ybar=0pt,bar width=%spt,", bar_width(f, l));
}

/* A logarithmic axis whose bars begin at 1; 1, 2 and 5 of every decade when they are
 * few. */
static void write_log_ticks(const struct reuse__panel *panel, FILE *stream) {
  static const double part[] = {1.0, 2.0, 5.0};
  fprintf(stream, "ymode=log,log origin=%s,",
          fabs(panel->base - 1.0) < 1e-12 ? "0" : "infty");
  if (panel->ymax / panel->ymin >= 60.0 || panel->ymin >= 1e6)
    return;
  fputs("log ticks with fixed point,ytick={1", stream);
  if (panel->ymax / panel->ymin < 5.0) {
    const double least = (panel->ymax - panel->ymin) / 4.0;
    const double power = pow(10.0, floor(log10(least)));
    const double step = power * (least / power < 1.5 ? 1.0 : least / power < 3.0 ? 2.0 : 5.0);
    for (int i = 1; i * step < panel->ymax; i++)
      if (i * step > panel->ymin)
        reuse__pgf_number(stream, ",%s", i * step);
  }
  for (int e = -4; e <= 9 && panel->ymax / panel->ymin >= 5.0; e++)
    for (int k = 0; k < 3; k++) {
      const double tick = part[k] * pow(10.0, e);
      if (tick > panel->ymin && tick < panel->ymax)
        reuse__pgf_number(stream, ",%s", tick);
    }
  fputs("},minor tick num=0,", stream);
}

static void write_panel_begin(const struct reuse__figure *f, const struct reuse__layout *l,
                              const struct reuse__panel *panel, FILE *stream) {
  fputs("\\nextgroupplot[", stream);
  write_form(f, l, stream);
  const struct { const char *name, *text; } label[] = {
      {"title", panel->title}, {"ylabel", panel->ylabel}, {"xlabel", panel->xlabel}};
  for (size_t i = 0; i < sizeof label / sizeof label[0]; i++)
    if (label[i].text != NULL) {
      reuse__pgf_text(stream, label[i].name, label[i].text);
      putc(',', stream);
    }
  if (panel->log)
    write_log_ticks(panel, stream);
  if (f->form == REUSE__SCATTER) {
    reuse__pgf_number(stream, "xmin=%s,", panel->xmin);
    reuse__pgf_number(stream, "xmax=%s,", panel->xmax);
  }
  reuse__pgf_number(stream, "ymin=%s,", panel->ymin);
  reuse__pgf_number(stream, "ymax=%s]\n", panel->ymax);
}

/* The look of the bars of series S: wide ones have edges, and hatches where grey print
 * has colours close. */
static void write_bars(double width, int s, FILE *stream) {
  fprintf(stream, "area legend,%s,line width=0.3pt,fill=b%d",
          width < 4.0 ? "draw=none" : "draw=black!85", s);
  if (width > 5.0 && pattern[s] != NULL)
    fprintf(stream, ",postaction={pattern=%s,pattern color=black!75}", pattern[s]);
}

static void write_series(const struct reuse__figure *f, const struct reuse__layout *l, int p,
                         int s, const char *data, FILE *stream) {
  fputs("\\addplot[", stream);
  if (f->form == REUSE__MARKS || f->form == REUSE__SCATTER)
    fprintf(stream, "only marks,mark=%s,mark size=1.4pt,color=s%d", mark[s], s);
  else if (reuse__has_x(f))
    fprintf(stream, "%s%s,mark=%s,mark size=1.4pt,mark options={solid},color=s%d",
            f->form == REUSE__STEPS ? "const plot," : "", dash[s], mark[s], s);
  else
    write_bars(bar_width(f, l), s, stream);
  if (f->form == REUSE__SCATTER)
    fprintf(stream, "] table[x=p%dx%d,y=p%ds%d] {%s};\n", p + 1, s + 1, p + 1, s + 1, data);
  else
    fprintf(stream, "] table[x=x,y=p%ds%d] {%s};\n", p + 1, s + 1, data);
}

/* The roof of PANEL and the ceilings below it. */
static void write_roof(const struct reuse__panel *panel, FILE *stream) {
  const bool slope = isfinite(panel->slope);
  const double start = slope ? fmax(panel->xmin, panel->ymin / panel->slope) : panel->xmin;
  const double ridge = slope ? fmin(panel->xmax, panel->peak / panel->slope) : panel->xmin;
  if (ridge > start)
    reuse__pgf_line(stream, "thick", start, start * panel->slope, ridge,
                    ridge * panel->slope);
  reuse__pgf_line(stream, "thick", fmax(ridge, panel->xmin), panel->peak, panel->xmax,
                  panel->peak);
  for (int i = 0; i < panel->nceilings; i++) {
    reuse__pgf_line(stream, "dashed,black!50", panel->xmin, panel->ceiling[i], panel->xmax,
                    panel->ceiling[i]);
    fputs("\\node[anchor=south east,font=\\scriptsize,inner sep=1pt] at ", stream);
    reuse__pgf_point(stream, panel->xmax, panel->ceiling[i]);
    fputs(" {", stream);
    reuse__latex_text(panel->ceiling_name[i], stream);
    fputs("};\n", stream);
  }
}

static void write_panel(const struct reuse__figure *f, const struct reuse__layout *l, int p,
                        const char *data, FILE *stream) {
  const struct reuse__panel *panel = &f->panel[p];
  write_panel_begin(f, l, panel, stream);
  for (int s = 0; s < f->nseries; s++) {
    if (!l->used[s])
      continue;
    write_series(f, l, p, s, data, stream);
    if (p == 0)
      reuse__pgf_entry(stream, f->key[s]);
  }
  if (f->form == REUSE__SCATTER)
    write_roof(panel, stream);
  else if (isfinite(panel->base))
    reuse__pgf_line(stream, "black", 0.4, panel->base, f->n + 0.6, panel->base);
}

static void write_picture(const void *of, const char *data, FILE *stream) {
  const struct sheet *sheet = of;
  const bool bars = sheet->f->form == REUSE__STACKS || sheet->f->form == REUSE__GROUPS;
  for (int s = 0; s < sheet->f->nseries; s++)
    reuse__pgf_colour(stream, bars ? 'b' : 's', s, bars ? fill[s] : colour[s]);
  write_group_begin(sheet->f, sheet->l, stream);
  for (int p = 0; p < sheet->f->npanels; p++)
    write_panel(sheet->f, sheet->l, p, data, stream);
  fputs("\\end{groupplot}\n", stream);
}

enum reuse_status reuse__figure_latex(const struct reuse__figure *f,
                                      const struct reuse__layout *l, const char *path,
                                      struct reuse_arena *arena, struct reuse_diag *diag) {
  const struct sheet sheet = {f, l};
  const struct reuse__pgf picture = {f->title, &sheet, write_data, write_picture};
  return reuse__pgf_write(&picture, path, arena, diag);
}
