/* Figures for LaTeX: a picture of pgfplots, and its data in a file beside it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/figure_latex.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "report/bars.h"
#include "report/format.h"
#include "report/latex.h"
#include "report/output.h"

/* Colours, patterns and marks of the series, as the templates of gnuplot have them. */
static const char *const colour[REUSE__SERIES] = {"08306B", "E69F00", "56B4E9", "CC79A7",
                                                  "009E73", "D55E00", "BBBBBB", "000000"};
static const char *const pattern[REUSE__SERIES] = {
    NULL, "north east lines", NULL, "north west lines", "crosshatch",
    "horizontal lines", NULL, "dots"};
static const char *const mark[REUSE__SERIES] = {"o", "triangle*", "square*", "triangle",
                                                "x", "diamond", "+", "asterisk"};
static const char *const dash[REUSE__SERIES] = {"solid", "dashed", "dotted", "dashdotted",
                                                "densely dashed", "densely dotted",
                                                "loosely dashed", "solid"};

enum reuse_status reuse__latex_data_path(const char *path, struct reuse_arena *arena,
                                         const char **data, const char **name,
                                         struct reuse_diag *diag) {
  const char *slash = strrchr(path, '/'), *dot = strrchr(path, '.');
  const char *base = slash != NULL ? slash + 1 : path;
  static const char safe[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                             "0123456789-_.+,";
  if (base[strspn(base, safe)] != '\0') {
    reuse__report(diag, REUSE_ERROR, NULL,
                  "letters, digits, '-', '_', '+', ',' and '.' are safe",
                  "TeX may not read a file named '%s'", base);
    return REUSE_ERR_INPUT;
  }
  *data = reuse__printf(arena, "%.*s.dat", (int)(dot - path), path);
  *name = reuse__printf(arena, "%.*s.dat", (int)(dot - base), base);
  return *data != NULL && *name != NULL ? REUSE_OK : REUSE_ERR_MEMORY;
}

void reuse__latex_picture_begin(const char *title, FILE *stream) {
  fputs("% ", stream);
  reuse__latex_text(title, stream);
  fputs("\n% Compile this file, or input it in a document with this preamble:\n"
        "%   \\usepackage{pgfplots}\\pgfplotsset{compat=1.16}\n"
        "%   \\usepgfplotslibrary{groupplots}\\usetikzlibrary{patterns}\n"
        "\\ifdefined\\pgfplotsset\\else\n"
        "\\documentclass{article}\n"
        "\\usepackage[margin=15mm]{geometry}\n"
        "\\usepackage{pgfplots}\\pgfplotsset{compat=1.16}\n"
        "\\usepgfplotslibrary{groupplots}\\usetikzlibrary{patterns}\n"
        "\\pagestyle{empty}\n"
        "\\def\\reusealone{}\n"
        "\\begin{document}\n"
        "\\fi\n"
        "\\begin{tikzpicture}\n", stream);
}

void reuse__latex_picture_end(FILE *stream) {
  fputs("\\end{tikzpicture}\n"
        "\\ifdefined\\reusealone\\expandafter\\end{document}\\fi\n", stream);
}

/* A row for each category: its number, or x, then the series of every panel. */
static void write_data(const struct reuse__figure *f, FILE *stream) {
  char number[REUSE__NUMBER];
  fputs("x", stream);
  for (int p = 0; p < f->npanels; p++)
    for (int s = 0; s < f->nseries; s++) {
      if (f->form == REUSE__SCATTER)
        fprintf(stream, " p%dx%d", p + 1, s + 1);
      fprintf(stream, " p%ds%d", p + 1, s + 1);
    }
  putc('\n', stream);
  for (int i = 0; i < f->n; i++) {
    if (reuse__has_x(f))
      fputs(reuse__shortest(number, f->x[i]), stream);
    else
      fprintf(stream, "%d", i + 1);
    for (int p = 0; p < f->npanels; p++)
      for (int s = 0; s < f->nseries; s++) {
        const double value = f->panel[p].value[i * f->nseries + s];
        if (f->form == REUSE__SCATTER) {
          const double x = f->panel[p].across[i * f->nseries + s];
          fprintf(stream, " %s", isfinite(x) ? reuse__shortest(number, x) : "nan");
        }
        const char *none = f->form == REUSE__STACKS ? "0" : "nan";
        fprintf(stream, " %s", isfinite(value) ? reuse__shortest(number, value) : none);
      }
    putc('\n', stream);
  }
}

static void put_number(const char *format, double value, FILE *stream) {
  char number[REUSE__NUMBER];
  fprintf(stream, format, reuse__shortest(number, value));
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

/* How many panels stand beside one another. */
static int across(const struct reuse__figure *f, const struct reuse__layout *l) {
  int n = 1;
  while (n < f->npanels && l->frame[n].top >= l->frame[0].top)
    n++;
  return n;
}

static void write_group_begin(const struct reuse__figure *f, const struct reuse__layout *l,
                              FILE *stream) {
  const int columns = across(f, l), rows = (f->npanels + columns - 1) / columns;
  const bool names_below = f->form == REUSE__STACKS || f->form == REUSE__MARKS;
  const double gap = columns > 1 ? l->frame[1].left - l->frame[0].right : 0.0;
  const double next = columns < f->npanels
                          ? l->frame[0].bottom - l->frame[columns].top : 0.0;
  fprintf(stream, "\\begin{groupplot}[\n  group style={group size=%d by %d,", columns, rows);
  put_number("horizontal sep=%spt,", gap + 12.0, stream);
  put_number("vertical sep=%spt", next + 4.0, stream);
  fprintf(stream, "%s},\n", names_below ? ",xticklabels at=edge bottom" : "");
  put_number("  scale only axis,width=%spt,", frame_width(l) - (columns > 1 ? 12.0 : 0.0),
             stream);
  put_number("height=%spt,\n", l->frame[0].top - l->frame[0].bottom, stream);
  fputs("  axis lines=left,axis line style={-},ymajorgrids,grid style={black!12},\n"
        "  tick label style={font=\\scriptsize,/pgf/number format/1000 sep={}},\n"
        "  label style={font=\\footnotesize},\n"
        "  title style={font=\\footnotesize,yshift=-5pt},unbounded coords=discard,\n",
        stream);
  put_number("  legend style={at={(%s,1)},anchor=south,yshift=12pt,",
             (l->frame[columns - 1].right - l->frame[0].left) / 2.0 / frame_width(l),
             stream);
  fputs("legend columns=4,draw=none,\n    font=\\footnotesize,/tikz/every even "
        "column/.append style={column sep=6pt}},\n", stream);
  if (reuse__has_x(f)) {
    fputs(f->form == REUSE__LINES ? "  xmode=log,log basis x=2,"
                                  : "  xmajorgrids,enlarge x limits=0.06,", stream);
    fputs("xlabel={", stream);
    reuse__latex_text(f->xlabel, stream);
    fputs("},\n", stream);
  } else if (f->form == REUSE__SCATTER) {
    fputs("  xmode=log,\n", stream);
  } else {
    put_number("  xmin=0.4,xmax=%s,\n", f->n + 0.6, stream);
    write_names(f, l, stream);
  }
  fputs("]\n", stream);
}

/* The bars' options of the form; marks and lines have none. */
static void write_form(const struct reuse__figure *f, const struct reuse__layout *l,
                       FILE *stream) {
  const double room = frame_width(l) / (f->n + 0.2);
  if (f->form == REUSE__STACKS)
    put_number("ybar stacked,bar width=%spt,", (f->n > 60 ? 1.0 : 0.8) * room, stream);
  if (f->form == REUSE__GROUPS)
    put_number("ybar=0pt,bar width=%spt,", 0.8 * room / f->nseries, stream);
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
        put_number(",%s", i * step, stream);
  }
  for (int e = -4; e <= 9 && panel->ymax / panel->ymin >= 5.0; e++)
    for (int k = 0; k < 3; k++) {
      const double tick = part[k] * pow(10.0, e);
      if (tick > panel->ymin && tick < panel->ymax)
        put_number(",%s", tick, stream);
    }
  fputs("},minor tick num=0,", stream);
}

static void write_panel_begin(const struct reuse__figure *f, const struct reuse__layout *l,
                              const struct reuse__panel *panel, FILE *stream) {
  fputs("\\nextgroupplot[", stream);
  write_form(f, l, stream);
  if (panel->title != NULL) {
    fputs("title={", stream);
    reuse__latex_text(panel->title, stream);
    fputs("},", stream);
  }
  if (panel->ylabel != NULL) {
    fputs("ylabel={", stream);
    reuse__latex_text(panel->ylabel, stream);
    fputs("},", stream);
  }
  if (panel->log)
    write_log_ticks(panel, stream);
  if (f->form == REUSE__SCATTER) {
    fprintf(stream, "xlabel={%s},", panel->xlabel);
    put_number("xmin=%s,", panel->xmin, stream);
    put_number("xmax=%s,", panel->xmax, stream);
  }
  put_number("ymin=%s,", panel->ymin, stream);
  put_number("ymax=%s]\n", panel->ymax, stream);
}

static void write_series(const struct reuse__figure *f, int p, int s, const char *data,
                         FILE *stream) {
  fputs("\\addplot[", stream);
  if (f->form == REUSE__MARKS || f->form == REUSE__SCATTER)
    fprintf(stream, "only marks,mark=%s,mark size=1.4pt,color=s%d", mark[s], s);
  else if (reuse__has_x(f))
    fprintf(stream, "%s%s,mark=%s,mark size=1.4pt,mark options={solid},color=s%d",
            f->form == REUSE__STEPS ? "const plot," : "", dash[s], mark[s], s);
  else if (pattern[s] != NULL)
    fprintf(stream, "area legend,draw=black!85,line width=0.3pt,pattern=%s,pattern color=s%d",
            pattern[s], s);
  else
    fprintf(stream, "area legend,draw=black!85,line width=0.3pt,fill=s%d", s);
  if (f->form == REUSE__SCATTER)
    fprintf(stream, "] table[x=p%dx%d,y=p%ds%d] {%s};\n", p + 1, s + 1, p + 1, s + 1, data);
  else
    fprintf(stream, "] table[x=x,y=p%ds%d] {%s};\n", p + 1, s + 1, data);
}

/* A straight line between two points of the axis. */
static void write_line(const char *style, double x0, double y0, double x1, double y1,
                       FILE *stream) {
  fprintf(stream, "\\draw[%s] ", style);
  put_number("(axis cs:%s,", x0, stream);
  put_number("%s) -- ", y0, stream);
  put_number("(axis cs:%s,", x1, stream);
  put_number("%s);\n", y1, stream);
}

/* The roof of PANEL and the ceilings below it. */
static void write_roof(const struct reuse__panel *panel, FILE *stream) {
  const bool slope = isfinite(panel->slope);
  const double start = slope ? fmax(panel->xmin, panel->ymin / panel->slope) : panel->xmin;
  const double ridge = slope ? fmin(panel->xmax, panel->peak / panel->slope) : panel->xmin;
  if (ridge > start)
    write_line("thick", start, start * panel->slope, ridge, ridge * panel->slope, stream);
  write_line("thick", fmax(ridge, panel->xmin), panel->peak, panel->xmax, panel->peak,
             stream);
  for (int i = 0; i < panel->nceilings; i++) {
    write_line("dashed,black!50", panel->xmin, panel->ceiling[i], panel->xmax,
               panel->ceiling[i], stream);
    put_number("\\node[anchor=south east,font=\\scriptsize,inner sep=1pt] at "
               "(axis cs:%s,", panel->xmax, stream);
    put_number("%s) {", panel->ceiling[i], stream);
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
    write_series(f, p, s, data, stream);
    if (p > 0)
      continue;
    fputs("\\addlegendentry{", stream);
    reuse__latex_text(f->key[s], stream);
    fputs("}\n", stream);
  }
  if (f->form == REUSE__SCATTER)
    write_roof(panel, stream);
  else if (isfinite(panel->base))
    write_line("black", 0.4, panel->base, f->n + 0.6, panel->base, stream);
}

static void write_picture(const struct reuse__figure *f, const struct reuse__layout *l,
                          const char *data, FILE *stream) {
  reuse__latex_picture_begin(f->title, stream);
  for (int s = 0; s < f->nseries; s++)
    fprintf(stream, "\\definecolor{s%d}{HTML}{%s}\n", s, colour[s]);
  write_group_begin(f, l, stream);
  for (int p = 0; p < f->npanels; p++)
    write_panel(f, l, p, data, stream);
  fputs("\\end{groupplot}\n", stream);
  reuse__latex_picture_end(stream);
}

enum reuse_status reuse__figure_latex(const struct reuse__figure *f,
                                      const struct reuse__layout *l, const char *path,
                                      struct reuse_arena *arena, struct reuse_diag *diag) {
  const char *data, *name;
  struct reuse__output output;
  enum reuse_status status = reuse__latex_data_path(path, arena, &data, &name, diag);
  if (status == REUSE_OK)
    status = reuse__output_open(&output, data, diag);
  if (status != REUSE_OK)
    return status;
  write_data(f, output.stream);
  status = reuse__output_close(&output, status, diag);
  if (status == REUSE_OK)
    status = reuse__output_open(&output, path, diag);
  if (status != REUSE_OK)
    return status;
  write_picture(f, l, name, output.stream);
  return reuse__output_close(&output, status, diag);
}
