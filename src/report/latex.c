/* Tables and paragraphs for LaTeX.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/latex.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/format.h"

enum { LONG = 45,          /* rows that fit a page */
       WIDE = 40,          /* characters of a text beyond which it is broken */
       MANY = 8 };         /* columns that make a table with broken ones wide */

/* A numeric column: digits before and after the point, and the power of a
 * thousand that its numbers are in; of text, the width alone. */
struct shape {
  bool shown, broken;
  int before, after, power;
};

void reuse__latex_text(const char *text, FILE *stream) {
  static const struct { const char *from, *to; } special[] = {
      {"\\", "\\textbackslash{}"}, {"~", "\\textasciitilde{}"},
      {"^", "\\textasciicircum{}"}, {"<", "$<$"}, {">", "$>$"}, {"|", "$|$"},
      {"&", "\\&"}, {"%", "\\%"}, {"$", "\\$"}, {"#", "\\#"}, {"_", "\\_"},
      {"{", "\\{"}, {"}", "\\}"}, {"\"", "''"}, {"--", "-{}-"},
      {"\xc2\xb5", "$\\mu$"}, {"\xc3\x97", "$\\times$"}};
  while (*text != '\0') {
    size_t i = 0;
    const size_t n = sizeof special / sizeof special[0];
    while (i < n && strncmp(text, special[i].from, strlen(special[i].from)) != 0)
      i++;
    if (i < n) {
      fputs(special[i].to, stream);
      text += strlen(special[i].from);
    } else {
      putc(*text++, stream);
    }
  }
}

void reuse__latex_collect(struct reuse__latex *latex, const char **part) {
  *part = NULL;
  latex->collecting = part;
}

void reuse__latex_collected(struct reuse__latex *latex) {
  latex->collecting = NULL;
}

void reuse__latex_line(struct reuse__latex *latex, const char *text, FILE *stream) {
  text += strspn(text, " ");
  if (latex->collecting != NULL) {
    const char *before = *latex->collecting;
    *latex->collecting = reuse__printf(latex->arena, "%s%s%s", before ? before : "",
                                       before ? "; " : "", text);
    return;
  }
  fputs("\\noindent ", stream);
  reuse__latex_text(text, stream);
  fputs("\\par\n", stream);
}

/* The number that TEXT is, "11.2M" say: its digits before and after the point,
 * and the power of a thousand of its prefix.  False: it is none. */
static bool parse(const char *text, int *before, int *after, int *power) {
  static const char prefix[] = "fpnum kMGTPE";
  const char *c = text + (*text == '-');
  const size_t digits = strspn(c, "0123456789");
  size_t decimals = 0;
  *before = (int)digits + (*text == '-');
  c += digits;
  if (*c == '.') {
    decimals = strspn(c + 1, "0123456789");
    c += decimals + 1;
  }
  *after = (int)decimals;
  *power = 0;
  if (digits == 0)
    return false;
  if (*c != '\0' && *c != ' ' && strchr(prefix, *c) != NULL)
    *power = (int)(strchr(prefix, *c++) - prefix) - 5;
  return *c == '\0';
}

static const char *cell_of(const struct reuse__grid *grid, int row, int column) {
  return grid->cell[row * grid->ncolumns + column];
}

/* The power of a thousand that column C is written in: that of its largest. */
static int power_of(const struct reuse__grid *grid, int c) {
  int most = -6, before, after, power;
  for (int r = 0; r < grid->nrows; r++)
    if (cell_of(grid, r, 0) != NULL &&
        parse(cell_of(grid, r, c), &before, &after, &power) && power > most)
      most = power;
  return most < -5 ? 0 : most;
}

/* TEXT, a number, in units of a thousand to POWER, into BUFFER with all its
 * significant digits; false: it is none, or too small for the column. */
static bool scaled(const char *text, int to_power, char buffer[REUSE__NUMBER]) {
  int before, after, power;
  if (!parse(text, &before, &after, &power) || to_power - power > 2)
    return false;
  double value = strtod(text, NULL);
  if (fabs(value) < 1e-30) {
    reuse__fixed(buffer, 0, after);
    return true;
  }
  for (int i = power; i < to_power; i++)
    value /= 1000.0;
  reuse__fixed(buffer, value, after + 3 * (to_power - power));
  return true;
}

static struct shape shape_of(const struct reuse__grid *grid, int c) {
  struct shape s = {.shown = grid->column[c].priority < REUSE__EXTRA, .before = 1};
  if (grid->column[c].left) {
    for (int r = 0; r < grid->nrows; r++)
      if (cell_of(grid, r, 0) != NULL && reuse__text_columns(cell_of(grid, r, c)) > WIDE)
        s.broken = true;
    return s;
  }
  s.power = power_of(grid, c);
  for (int r = 0; r < grid->nrows; r++) {
    char number[REUSE__NUMBER];
    int before, after, power;
    if (cell_of(grid, r, 0) == NULL || !scaled(cell_of(grid, r, c), s.power, number))
      continue;
    parse(number, &before, &after, &power);
    s.before = before > s.before ? before : s.before;
    s.after = after > s.after ? after : s.after;
  }
  return s;
}

/* Whether there are many columns: then texts are broken early, and letters small. */
static bool is_wide(const struct reuse__grid *grid, const struct shape *shape) {
  bool broken = false;
  int shown = 0;
  for (int c = 0; c < grid->ncolumns; c++) {
    shown += shape[c].shown;
    broken |= shape[c].broken;
  }
  return broken && shown > MANY;
}

static void write_columns(const struct reuse__grid *grid, const struct shape *shape,
                          FILE *stream) {
  const bool wide = is_wide(grid, shape);
  for (int c = 0; c < grid->ncolumns; c++) {
    if (!shape[c].shown)
      continue;
    if (shape[c].broken)
      fprintf(stream, "p{0.%d\\linewidth}", wide ? 2 : 5);
    else if (grid->column[c].left)
      putc('l', stream);
    else
      fprintf(stream, "S[table-format=%d.%d]", shape[c].before, shape[c].after);
  }
}

/* The heading of a column, its lines one below the other, in braces. */
static void write_head(const struct reuse__grid_column *column, int power, FILE *stream) {
  const bool two = column->head[0][0] != '\0';
  fprintf(stream, "{\\begin{tabular}[b]{@{}%c@{}}", column->left ? 'l' : 'r');
  if (two)
    reuse__latex_text(column->head[0], stream);
  if (two && column->head[1][0] != '\0')
    fputs("\\\\", stream);
  reuse__latex_text(column->head[1], stream);
  if (power != 0)
    fprintf(stream, "\\\\$10^{%d}$", 3 * power);
  fputs("\\end{tabular}}", stream);
}

static void write_cell(const char *text, bool left, int power, FILE *stream) {
  char number[REUSE__NUMBER];
  if (left) {
    reuse__latex_text(text, stream);
    return;
  }
  if (scaled(text, power, number)) {
    fputs(number, stream);
    return;
  }
  if (*text == '\0')
    return;
  putc('{', stream);
  if (strcmp(text, "-") == 0)
    fputs("--", stream);
  else
    reuse__latex_text(text, stream);
  putc('}', stream);
}

static void write_rows(const struct reuse__grid *grid, const struct shape *shape,
                       FILE *stream) {
  for (int r = 0; r < grid->nrows; r++) {
    bool first = true;
    if (cell_of(grid, r, 0) == NULL) {
      fputs("\\midrule\n", stream);
      continue;
    }
    for (int c = 0; c < grid->ncolumns; c++) {
      if (!shape[c].shown)
        continue;
      if (!first)
        fputs(" & ", stream);
      write_cell(cell_of(grid, r, c), grid->column[c].left, shape[c].power, stream);
      first = false;
    }
    fputs(" \\\\\n", stream);
  }
}

/* The line of headings between its rules. */
static void write_heads(const struct reuse__grid *grid, const struct shape *shape,
                        FILE *stream) {
  bool first = true;
  fputs("\\toprule\n", stream);
  for (int c = 0; c < grid->ncolumns; c++) {
    if (!shape[c].shown)
      continue;
    if (!first)
      fputs(" & ", stream);
    write_head(&grid->column[c], shape[c].power, stream);
    first = false;
  }
  fputs(" \\\\\n\\midrule\n", stream);
}

/* "HEADING TITLE. PROVENANCE" */
static void write_caption(struct reuse__latex *latex, FILE *stream) {
  fputs("\\caption{", stream);
  if (latex->heading != NULL) {
    reuse__latex_text(latex->heading, stream);
    putc(' ', stream);
  }
  if (latex->title != NULL) {
    reuse__latex_text(latex->title, stream);
    fputs(". ", stream);
  }
  reuse__latex_text(latex->provenance != NULL ? latex->provenance : "", stream);
  putc('}', stream);
  latex->heading = NULL;
}

enum reuse_status reuse__latex_grid(const struct reuse__grid *grid, FILE *stream) {
  struct shape shape[REUSE__GRID_COLUMNS];
  const bool pages = grid->nrows > LONG;
  if (grid->failed)
    return REUSE_ERR_MEMORY;
  for (int c = 0; c < grid->ncolumns; c++)
    shape[c] = shape_of(grid, c);
  const char *size = is_wide(grid, shape) ? "footnotesize" : "small";
  if (!pages) {
    fprintf(stream, "\\begin{table}\n\\centering\\%s\\setlength{\\tabcolsep}{4pt}\n", size);
    write_caption(grid->style.latex, stream);
    putc('\n', stream);
  } else {
    fprintf(stream, "\\begingroup\\%s\\setlength{\\tabcolsep}{4pt}\n"
            "\\setlength{\\LTcapwidth}{\\linewidth}\n", size);
  }
  fprintf(stream, "\\begin{%s}{@{}", pages ? "longtable" : "tabular");
  write_columns(grid, shape, stream);
  fputs("@{}}\n", stream);
  if (pages) {
    write_caption(grid->style.latex, stream);
    fputs("\\\\\n", stream);
  }
  write_heads(grid, shape, stream);
  if (pages)
    fputs("\\endfirsthead\n", stream), write_heads(grid, shape, stream),
        fputs("\\endhead\n\\bottomrule\n\\endfoot\n", stream);
  write_rows(grid, shape, stream);
  fputs(pages ? "\\end{longtable}\n\\endgroup\n"
              : "\\bottomrule\n\\end{tabular}\n\\end{table}\n", stream);
  return REUSE_OK;
}
