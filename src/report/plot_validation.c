/* A plot of modelled against published figures, by system.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/validation.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "report/bars.h"
#include "report/latex.h"
#include "report/layout.h"
#include "report/pgf.h"

enum { NAME_LENGTH = 20, MOST_SYSTEMS = 20, PANELS = 2 };

/* What is drawn: the figures with a place on logarithmic axes, the N systems that they
 * are of, and where the two panels are on the page. */
struct picture {
  const struct reuse__validation *v;
  int n;
  const char **name;
  double low, high;             /* powers of 10 that all figures lie between */
  double most;                  /* the largest power of 10 of a ratio, without sign */
  struct reuse__layout layout;
};

static bool drawable(const struct reuse__comparison *c) {
  return reuse__has_error(c) && c->figure->value > 0 && c->modelled > 0;
}

/* The place of the system of C in P, from 0. */
static int system_of(const struct picture *p, const struct reuse__comparison *c) {
  return reuse__index_of(c->system, p->name, p->n);
}

/* The systems of P and the ends of its axes. */
static void find_range(struct picture *p) {
  double low = HUGE_VAL, high = 0;
  for (int i = 0; i < p->v->n; i++) {
    const struct reuse__comparison *c = &p->v->comparison[i];
    if (!drawable(c))
      continue;
    if (system_of(p, c) < 0)
      p->name[p->n++] = c->system;
    low = fmin(low, fmin(c->figure->value, c->modelled));
    high = fmax(high, fmax(c->figure->value, c->modelled));
    p->most = fmax(p->most, fabs(log10(c->modelled / c->figure->value)));
  }
  p->low = floor(log10(low) - 0.2);
  p->high = ceil(log10(high) + 0.2);
}

/* The panels beside each other, or on one column one above the other. */
static void place_panels(struct picture *p, int columns) {
  static const double left = 44.0, names = 92.0, below = 32.0, edge = 8.0, gap = 12.0;
  const bool single = columns == 1;
  const double width = single ? reuse__column : reuse__page;
  const double tall = fmax(single ? 160.0 : 196.0, 10.0 * p->n);
  const double head = reuse__layout_head("modelled against published", NULL, width,
                                         &p->layout);
  const double height = (single ? 2.0 * (tall + below) : tall + below) + gap - head;
  const double middle = single ? width : width / 2.0 - gap;
  p->layout.height = height;
  for (int i = 0; i < p->layout.nlines; i++)
    p->layout.line[i].y += height;
  p->layout.frame[0] = (struct reuse__frame){left, middle - edge, height + head - gap,
                                             height + head - gap - tall};
  p->layout.frame[1] = (struct reuse__frame){(single ? 0.0 : middle) + names, width - edge,
                                             below + tall, below};
}

static void put_frames(const struct picture *p, FILE *script) {
  static const char *const side[] = {"LEFT", "RIGHT", "TOP", "BOTTOM"};
  for (int s = 0; s < 4; s++) {
    fprintf(script, "array %s[%d] = [", side[s], PANELS);
    for (int i = 0; i < PANELS; i++) {
      const struct reuse__frame *f = &p->layout.frame[i];
      const double at[] = {f->left / p->layout.width, f->right / p->layout.width,
                           f->top / p->layout.height, f->bottom / p->layout.height};
      fputs(i > 0 ? ", " : "", script);
      reuse__script_value(script, at[s]);
    }
    fputs("]\n", script);
  }
}

static void put_script(const struct picture *p, FILE *script) {
  reuse__layout_script(&p->layout, script);
  put_frames(p, script);
  reuse__script_number(script, "N", p->n);
  reuse__script_array(script, "NAME", p->name, p->n, NAME_LENGTH);
  reuse__script_number(script, "LOW", p->low);
  reuse__script_number(script, "HIGH", p->high);
  reuse__script_number(script, "MOST", p->most);
  fputs("$data << EOD\n", script);
  for (int i = 0; i < p->v->n; i++) {
    const struct reuse__comparison *c = &p->v->comparison[i];
    if (!drawable(c))
      continue;
    reuse__script_value(script, c->figure->value);
    putc(' ', script);
    reuse__script_value(script, c->modelled);
    fprintf(script, " %d %d\n", system_of(p, c) + 1, reuse__recalled(c->figure));
  }
  fputs("EOD\n", script);
}

/* A row for each figure: published, ratio, and modelled and the row of the system in
 * the columns of it. */
static void write_data(const void *of, FILE *stream) {
  const struct picture *p = of;
  fputs("x ratio", stream);
  for (int s = 0; s < p->n; s++)
    fprintf(stream, " y%d row%d", s + 1, s + 1);
  putc('\n', stream);
  for (int i = 0; i < p->v->n; i++) {
    const struct reuse__comparison *c = &p->v->comparison[i];
    if (!drawable(c))
      continue;
    reuse__pgf_number(stream, "%s", c->figure->value);
    reuse__pgf_value(stream, c->modelled / c->figure->value);
    for (int s = 0; s < p->n; s++) {
      reuse__pgf_value(stream, s == system_of(p, c) ? c->modelled : (double)NAN);
      reuse__pgf_value(stream, s == system_of(p, c) ? s + 1.0 : (double)NAN);
    }
    putc('\n', stream);
  }
}

/* The marks of every system in the columns X and Y followed by its number. */
static void write_marks(const struct picture *p, const char *x, const char *y,
                        const char *data, FILE *stream) {
  static const char *const mark[] = {"o", "square", "triangle", "diamond", "pentagon", "x",
                                     "+", "asterisk", "*", "square*", "triangle*",
                                     "diamond*", "pentagon*"};
  enum { MARKS = sizeof mark / sizeof mark[0] };
  for (int s = 0; s < p->n; s++)
    fprintf(stream, "\\addplot[only marks,mark=%s,mark size=1.3pt,color=s%d] "
                    "table[x=%s,y=%s%d] {%s};\n", mark[s % MARKS], s % 8, x, y, s + 1, data);
}

static void write_picture(const void *of, const char *data, FILE *stream) {
  static const char *const colour[] = {"08306B", "D55E00", "009E73", "CC79A7",
                                       "0072B2", "B8860B", "444444", "56B4E9"};
  const struct picture *p = of;
  const struct reuse__frame *f = p->layout.frame;
  const bool single = f[1].top < f[0].bottom;
  const double low = pow(10.0, p->low), high = pow(10.0, p->high);
  const double end = pow(10.0, fmax(1.08 * p->most, 0.2));
  for (int s = 0; s < 8; s++)
    reuse__pgf_colour(stream, 's', s, colour[s]);
  fprintf(stream, "\\begin{groupplot}[group style={group size=%s,horizontal sep=110pt,"
                  "vertical sep=40pt},\n  scale only axis,axis lines=left,"
                  "axis line style={-},xmajorgrids,ymajorgrids,grid style={black!12},\n"
                  "  tick label style={font=\\scriptsize},label style={font=\\footnotesize},"
                  "unbounded coords=discard,\n",
          single ? "1 by 2" : "2 by 1");
  reuse__pgf_number(stream, "  height=%spt]\n", f[0].top - f[0].bottom);
  reuse__pgf_number(stream, "\\nextgroupplot[width=%spt,xmode=log,ymode=log,"
                            "xlabel={published, in its unit},ylabel=modelled,",
                    f[0].right - f[0].left);
  reuse__pgf_number(stream, "xmin=%s,", low);
  reuse__pgf_number(stream, "xmax=%s,", high);
  reuse__pgf_number(stream, "ymin=%s,", low);
  reuse__pgf_number(stream, "ymax=%s]\n", high);
  reuse__pgf_line(stream, "black!50", low, low, high, high);
  write_marks(p, "x", "y", data, stream);
  reuse__pgf_number(stream, "\\nextgroupplot[width=%spt,xmode=log,log ticks with fixed "
                            "point,xtick={0.001,0.01,0.1,0.2,0.5,0.7,1,1.5,2,5,10,100,"
                            "1000},xlabel={modelled over published},",
                    f[1].right - f[1].left);
  reuse__pgf_number(stream, "xmin=%s,", 1.0 / end);
  reuse__pgf_number(stream, "xmax=%s,ymin=0.3,", end);
  reuse__pgf_number(stream, "ymax=%s,y dir=reverse,ytick={1,...,", p->n + 0.7);
  fprintf(stream, "%d},\n  yticklabels={", p->n);
  for (int s = 0; s < p->n; s++) {
    fputs(s > 0 ? "," : "", stream);
    reuse__latex_text(p->name[s], stream);
  }
  fputs("}]\n", stream);
  reuse__pgf_line(stream, "black!50", 1.0, 0.3, 1.0, p->n + 0.7);
  write_marks(p, "ratio", "row", data, stream);
  fputs("\\end{groupplot}\n", stream);
}

enum reuse_status reuse__plot_validation(const struct reuse__validation *v,
                                         const char *path,
                                         const struct reuse__plot_options *options,
                                         struct reuse_arena *arena,
                                         struct reuse_diag *diag) {
  const char *format = reuse__plot_format(path);
  struct picture p = {.v = v};
  struct reuse__script script;
  p.name = reuse__alloc_array(arena, (size_t)v->nsystems + 1, sizeof *p.name);
  if (p.name == NULL)
    return REUSE_ERR_MEMORY;
  find_range(&p);
  if (p.n == 0 || p.n > MOST_SYSTEMS) {
    reuse__report(diag, REUSE_ERROR, NULL, NULL,
                  p.n == 0 ? "nothing to draw in '%s': no figure has a relative error"
                           : "'%s' is not drawn: more than twenty systems", path);
    return REUSE_ERR_INPUT;
  }
  place_panels(&p, options->columns);
  if (format != NULL && strcmp(format, "tex") == 0) {
    const struct reuse__pgf picture = {"modelled against published", &p, write_data,
                                       write_picture};
    return reuse__pgf_write(&picture, path, arena, diag);
  }
  if (!reuse__script_begin(&script))
    return REUSE_ERR_MEMORY;
  put_script(&p, script.stream);
  return reuse__script_draw(&script, path, "validation.gp", options, arena, diag);
}
