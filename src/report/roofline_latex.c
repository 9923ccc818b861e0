/* The roofline of a run for LaTeX: a picture of pgfplots, and its marks beside it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "report/format.h"
#include "report/latex.h"
#include "report/pgf.h"
#include "report/roofline.h"

/* Colours and marks by layer type, those of the other formats. */
static const struct { const char *colour, *mark; } look[REUSE_LAYER_TYPES] = {
    {"009E73", "square*"},   {"E69F00", "triangle*"}, {"D55E00", "diamond*"},
    {"0072B2", "*"},         {"CC79A7", "triangle*"}, {"56B4E9", "pentagon*"},
    {"999999", "*"},         {"666666", "*"}};

/* TEXT at a place of the page, with the point ANCHOR of it there. */
static void put_text(const struct reuse__roofline *r, FILE *stream, const char *text,
                     const char *anchor, double page_x, double page_y) {
  fprintf(stream, "\\node[font=\\scriptsize,inner sep=0pt,%s] at ", anchor);
  reuse__pgf_point(stream, reuse__data_x(r, page_x), reuse__data_y(r, page_y));
  fputs(" {", stream);
  reuse__latex_text(text, stream);
  fputs("};\n", stream);
}

/* A row for each mark: x, radius in points, and y in the column of its type. */
static void write_marks(const void *of, FILE *stream) {
  const struct reuse__roofline *r = of;
  fputs("x r", stream);
  for (int t = 0; t < REUSE_LAYER_TYPES; t++)
    fprintf(stream, " y%d", t + 1);
  putc('\n', stream);
  for (int i = 0; i < r->nmarks; i++) {
    reuse__pgf_number(stream, "%s", r->mark[i].x);
    reuse__pgf_number(stream, " %s", r->mark[i].radius * reuse__unit);
    for (int t = 0; t < REUSE_LAYER_TYPES; t++)
      reuse__pgf_value(stream, t == (int)r->mark[i].type ? r->mark[i].y : NAN);
    putc('\n', stream);
  }
}

static void write_axis(const struct reuse__roofline *r, FILE *stream) {
  fputs("\\begin{loglogaxis}[scale only axis,axis lines=left,axis line style={-},\n  ",
        stream);
  reuse__pgf_number(stream, "width=%spt,", (r->right - r->left) * reuse__unit);
  reuse__pgf_number(stream, "height=%spt,", (r->bottom - r->top) * reuse__unit);
  reuse__pgf_number(stream, "xmin=%s,", r->xmin);
  reuse__pgf_number(stream, "xmax=%s,", r->xmax);
  reuse__pgf_number(stream, "ymin=%s,", r->ymin);
  reuse__pgf_number(stream, "ymax=%s,\n  log basis x=2,log ticks with fixed point,", r->ymax);
  fputs("xmajorgrids,ymajorgrids,grid style={black!8},unbounded coords=discard,\n"
        "  tick label style={font=\\scriptsize,/pgf/number format/1000 sep={}},\n"
        "  label style={font=\\footnotesize},\n"
        "  legend style={draw=none,font=\\scriptsize,at={(1.02,1)},anchor=north west,\n"
        "    cells={anchor=west}},\n"
        "  xlabel={operational intensity (ops per byte)},ylabel={performance (Gop/s)}]\n",
        stream);
}

static void write_roofs(const struct reuse__roofline *r, FILE *stream) {
  const double peak = r->ceiling[0].gops;
  double left = r->nroofs > 0 ? r->xmax : r->xmin;
  for (int i = 0; i < r->nroofs; i++) {
    const double slope = r->roof[i].gb_per_s;
    const double x0 = fmax(r->xmin, r->ymin / slope), x1 = fmin(r->xmax, peak / slope);
    left = fmin(left, fmax(r->xmin, peak / slope));
    if (x1 > x0)
      reuse__pgf_line(stream, r->roof[i].dram ? "thick" : "dashed,black!55", x0, x0 * slope, x1,
               x1 * slope);
    if (r->roof[i].labelled) {
      const double dx = reuse__page_x(r, x1) - reuse__page_x(r, x0);
      const double dy = reuse__page_y(r, x0 * slope) - reuse__page_y(r, x1 * slope);
      char anchor[60], angle[REUSE__NUMBER];
      snprintf(anchor, sizeof anchor, "anchor=west,rotate=%s",
               reuse__fixed(angle, atan2(dy, dx) * 180.0 / 3.14159265358979, 2));
      put_text(r, stream, r->roof[i].label, anchor, r->roof[i].label_x,
               r->roof[i].label_y);
    }
  }
  reuse__pgf_line(stream, "thick", left, peak, r->xmax, peak);
  for (int i = 0; i < r->nceilings; i++) {
    const struct reuse__ceiling *c = &r->ceiling[i];
    char style[40];
    snprintf(style, sizeof style, "densely dotted,t%d", c->type);
    if (i > 0)
      reuse__pgf_line(stream, c->type < 0 ? "densely dotted,black!50" : style, r->xmin, c->gops,
               r->xmax, c->gops);
    if (c->labelled)
      put_text(r, stream, c->label, "anchor=east", c->label_x, c->label_y);
  }
}

/* The layers at DRAM, of every type that has some; sizes are shares of time. */
static void write_layers(const struct reuse__roofline *r, const char *data, FILE *stream) {
  for (int t = 0; t < REUSE_LAYER_TYPES; t++) {
    bool any = false;
    for (int i = 0; i < r->nmarks; i++)
      any = any || (int)r->mark[i].type == t;
    if (!any)
      continue;
    fprintf(stream, "\\addplot[only marks,scatter,point meta=x,mark=%s,\n"
                    "  scatter/use mapped color={draw=white,fill=t%d},\n"
                    "  visualization depends on=\\thisrow{r}\\as\\reuseradius,\n"
                    "  scatter/@pre marker code/.append style={/tikz/mark "
                    "size=\\reuseradius},\n"
                    "  legend image code/.code={\\fill[t%d] (0mm,-0.7mm) rectangle "
                    "(1.8mm,0.7mm);}]\n"
                    "  table[x=x,y=y%d] {%s};\n", look[t].mark, t, t, t + 1, data);
    reuse__pgf_entry(stream, reuse__type_words((enum reuse_layer_type)t));
  }
}

static void write_labels(const struct reuse__roofline *r, FILE *stream) {
  for (int i = 0; i < r->nmarks; i++) {
    const struct reuse__mark *m = &r->mark[i];
    if (!m->labelled)
      continue;
    if (m->leader)
      reuse__pgf_line(stream, "thin,black!40", m->x, m->y, reuse__data_x(r, m->label_x),
               reuse__data_y(r, m->label_y));
    put_text(r, stream, m->label, "anchor=center,fill=white,fill opacity=0.6,text opacity=1",
             m->label_x, m->label_y);
  }
}

static void write_picture(const void *of, const char *data, FILE *stream) {
  const struct reuse__roofline *r = of;
  for (int t = 0; t < REUSE_LAYER_TYPES; t++)
    reuse__pgf_colour(stream, 't', t, look[t].colour);
  write_axis(r, stream);
  write_roofs(r, stream);
  write_layers(r, data, stream);
  write_labels(r, stream);
  fputs("\\end{loglogaxis}\n", stream);
}

enum reuse_status reuse__roofline_latex(const struct reuse__roofline *r, const char *title,
                                        const char *path, struct reuse_arena *arena,
                                        struct reuse_diag *diag) {
  const struct reuse__pgf picture = {title, r, write_marks, write_picture};
  return reuse__pgf_write(&picture, path, arena, diag);
}
