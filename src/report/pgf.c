/* Writing pictures of pgfplots.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/pgf.h"

#include <math.h>
#include <string.h>

#include "base/diag.h"
#include "report/format.h"
#include "report/latex.h"
#include "report/output.h"

/* The file of data beside PATH, *data, and its name without directories. */
static enum reuse_status data_path(const char *path, struct reuse_arena *arena,
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

static void begin(const char *title, FILE *stream) {
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

static void end(FILE *stream) {
  fputs("\\end{tikzpicture}\n"
        "\\ifdefined\\reusealone\\expandafter\\end{document}\\fi\n", stream);
}

enum reuse_status reuse__pgf_write(const struct reuse__pgf *p, const char *path,
                                   struct reuse_arena *arena, struct reuse_diag *diag) {
  const char *data, *name;
  struct reuse__output output;
  enum reuse_status status = data_path(path, arena, &data, &name, diag);
  if (status == REUSE_OK)
    status = reuse__output_open(&output, data, diag);
  if (status != REUSE_OK)
    return status;
  p->data(p->of, output.stream);
  status = reuse__output_close(&output, status, diag);
  if (status == REUSE_OK)
    status = reuse__output_open(&output, path, diag);
  if (status != REUSE_OK)
    return status;
  begin(p->title, output.stream);
  p->picture(p->of, name, output.stream);
  end(output.stream);
  return reuse__output_close(&output, status, diag);
}

void reuse__pgf_number(FILE *stream, const char *format, double value) {
  char number[REUSE__NUMBER];
  fprintf(stream, format, reuse__shortest(number, value));
}

void reuse__pgf_value(FILE *stream, double value) {
  if (isfinite(value))
    reuse__pgf_number(stream, " %s", value);
  else
    fputs(" nan", stream);
}

void reuse__pgf_point(FILE *stream, double x, double y) {
  reuse__pgf_number(stream, "(axis cs:%s,", x);
  reuse__pgf_number(stream, "%s)", y);
}

void reuse__pgf_line(FILE *stream, const char *style, double x0, double y0, double x1,
                     double y1) {
  fprintf(stream, "\\draw[%s] ", style);
  reuse__pgf_point(stream, x0, y0);
  fputs(" -- ", stream);
  reuse__pgf_point(stream, x1, y1);
  fputs(";\n", stream);
}

void reuse__pgf_text(FILE *stream, const char *name, const char *text) {
  fprintf(stream, "%s={", name);
  reuse__latex_text(text, stream);
  putc('}', stream);
}

void reuse__pgf_colour(FILE *stream, char name, int number, const char *html) {
  fprintf(stream, "\\definecolor{%c%d}{HTML}{%s}\n", name, number, html);
}

void reuse__pgf_entry(FILE *stream, const char *text) {
  fputs("\\addlegendentry{", stream);
  reuse__latex_text(text, stream);
  putc('}', stream);
  putc('\n', stream);
}
