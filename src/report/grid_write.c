/* Tables of text cells: fitting them to the page and writing them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "report/format.h"
#include "report/grid.h"
#include "report/latex.h"

/* Which columns are shown, how wide, and the blanks between two of them. */
struct layout {
  bool shown[REUSE__GRID_COLUMNS];
  int width[REUSE__GRID_COLUMNS];
  int gap;
};

int reuse__text_columns(const char *text) {
  int n = 0;
  for (; *text != '\0'; text++)
    n += ((unsigned char)*text & 0xc0) != 0x80;
  return n;
}

static int max(int a, int b) { return a > b ? a : b; }

/* Width that shows all of column C. */
static int natural_width(const struct reuse__grid *grid, int c) {
  int width = max(reuse__text_columns(grid->column[c].head[0]),
                  reuse__text_columns(grid->column[c].head[1]));
  for (int r = 0; r < grid->nrows; r++) {
    const char *cell = grid->cell[r * grid->ncolumns + c];
    if (cell != NULL)
      width = max(width, reuse__text_columns(cell));
  }
  return width;
}

/* What follows the first N characters of TEXT. */
static const char *after(const char *text, int n) {
  for (; n > 0 && *text != '\0'; n--)
    text += max(1, reuse__utf8_length(text));
  return text;
}

/* Characters of a text cut to WIDTH columns that stand before its missing middle. */
static int head_of(int width) { return (width - 1) * 3 / 5; }

/* Whether two texts look alike in WIDTH columns although they differ. */
static bool look_alike(const char *a, const char *b, int width) {
  const int na = reuse__text_columns(a), nb = reuse__text_columns(b), head = head_of(width);
  const char *const middle = after(a, head);
  if (na <= width || nb <= width || strcmp(a, b) == 0)
    return false;
  return strncmp(a, b, (size_t)(middle - a)) == 0 &&
         strcmp(after(a, na - (width - 1 - head)), after(b, nb - (width - 1 - head))) == 0;
}

/* Whether the names of all rows, in the first column, can be told apart in LAYOUT. */
static bool is_distinct(const struct reuse__grid *grid, const struct layout *layout) {
  for (int r = 0; r < grid->nrows; r++)
    for (int q = 0; q < r; q++) {
      const char *a = grid->cell[r * grid->ncolumns], *b = grid->cell[q * grid->ncolumns];
      if (a != NULL && b != NULL && look_alike(a, b, layout->width[0]))
        return false;
    }
  return true;
}

/* Columns of the page that LAYOUT takes. */
static int total_width(const struct reuse__grid *grid, const struct layout *layout) {
  int total = -layout->gap;
  for (int c = 0; c < grid->ncolumns; c++)
    if (layout->shown[c])
      total += layout->width[c] + layout->gap;
  return total;
}

/* Cuts columns, the widest surplus first, until LAYOUT fits; false if it cannot. */
static bool cut(const struct reuse__grid *grid, int page, struct layout *layout) {
  int over = total_width(grid, layout) - page;
  while (over > 0) {
    int best = -1, surplus = 0;
    for (int c = 0; c < grid->ncolumns; c++) {
      const int smallest = grid->column[c].smallest;
      if (layout->shown[c] && smallest > 0 && layout->width[c] - smallest > surplus) {
        best = c;
        surplus = layout->width[c] - smallest;
      }
    }
    if (best < 0)
      return false;
    layout->width[best]--;
    over--;
  }
  return true;
}

/* The shown column with the highest priority of at least LOWEST, or -1. */
static int dispensable(const struct reuse__grid *grid, const struct layout *layout,
                       int lowest) {
  int best = -1;
  for (int c = 0; c < grid->ncolumns; c++)
    if (layout->shown[c] && grid->column[c].priority >= lowest &&
        (best < 0 || grid->column[c].priority >= grid->column[best].priority))
      best = c;
  return best;
}

/* Whether LAYOUT, with its columns cut or its gaps narrowed, fits the page, its rows DISTINCT if
 * that is wanted; it is changed only when it does. */
static bool squeeze(const struct reuse__grid *grid, int page, bool distinct,
                    struct layout *layout) {
  for (int gap = 2; gap >= 1; gap--) {
    struct layout tried = *layout;
    tried.gap = gap;
    if (cut(grid, page, &tried) && (!distinct || is_distinct(grid, &tried))) {
      *layout = tried;
      return true;
    }
  }
  return false;
}

/* Squeezes LAYOUT, and drops columns until that will do; whether it did. */
static bool drop(const struct reuse__grid *grid, int page, bool distinct, struct layout *layout) {
  int victim;
  while (!squeeze(grid, page, distinct, layout)) {
    if ((victim = dispensable(grid, layout, 1)) < 0)
      return false;
    layout->shown[victim] = false;
  }
  return true;
}

static void fit(const struct reuse__grid *grid, int page, struct layout *layout) {
  int victim;
  for (int c = 0; c < grid->ncolumns; c++) {
    layout->shown[c] = true;
    layout->width[c] = natural_width(grid, c);
  }
  layout->gap = 2;
  while (total_width(grid, layout) > page &&
         (victim = dispensable(grid, layout, REUSE__EXTRA)) >= 0)
    layout->shown[victim] = false;
  struct layout distinct = *layout;
  if (drop(grid, page, true, &distinct))
    *layout = distinct;
  else
    drop(grid, page, false, layout);
}

static void blanks(int n, FILE *stream) {
  for (; n > 0; n--)
    putc(' ', stream);
}

/* TEXT in WIDTH columns; a text that is too long loses its middle. */
static void write_cut(const char *text, int width, bool utf8, FILE *stream) {
  const int n = reuse__text_columns(text);
  const int head = head_of(width);
  if (n <= width) {
    fputs(text, stream);
    return;
  }
  fwrite(text, 1, (size_t)(after(text, head) - text), stream);
  fputs(utf8 ? "\xe2\x80\xa6" : "~", stream);
  fputs(after(text, n - (width - 1 - head)), stream);
}

/* One line; the texts are ROW's cells, or line HEAD of the headings. */
static void write_line(const struct reuse__grid *grid, const struct layout *layout,
                       const char *const *row, int head, FILE *stream) {
  int pending = 0;
  for (int c = 0; c < grid->ncolumns; c++) {
    const struct reuse__grid_column *column = &grid->column[c];
    const char *text = row != NULL ? row[c] : column->head[head];
    int width, fill;
    if (!layout->shown[c])
      continue;
    width = reuse__text_columns(text);
    fill = max(0, layout->width[c] - width);
    if (width > 0) {
      blanks(pending + (column->left ? 0 : fill), stream);
      write_cut(text, layout->width[c], grid->style.utf8, stream);
      pending = column->left ? fill : 0;
    } else {
      pending += layout->width[c];
    }
    pending += layout->gap;
  }
  putc('\n', stream);
}

static void write_rule(const struct reuse__grid *grid, const struct layout *layout,
                       FILE *stream) {
  for (int n = total_width(grid, layout); n > 0; n--)
    fputs(grid->style.utf8 ? "\xe2\x94\x80" : "-", stream);
  putc('\n', stream);
}

/* Whether a heading has something in its first line. */
static bool two_lines(const struct reuse__grid *grid, const struct layout *layout) {
  for (int c = 0; c < grid->ncolumns; c++)
    if (layout->shown[c] && grid->column[c].head[0][0] != '\0')
      return true;
  return false;
}

enum reuse_status reuse__grid_write(const struct reuse__grid *grid, FILE *stream) {
  struct layout layout;
  if (grid->failed)
    return REUSE_ERR_MEMORY;
  if (grid->style.latex != NULL)
    return reuse__latex_grid(grid, stream);
  fit(grid, max(40, grid->style.width), &layout);
  if (two_lines(grid, &layout))
    write_line(grid, &layout, NULL, 0, stream);
  write_line(grid, &layout, NULL, 1, stream);
  write_rule(grid, &layout, stream);
  for (int r = 0; r < grid->nrows; r++) {
    const char *const *row = &grid->cell[r * grid->ncolumns];
    if (row[0] == NULL)
      write_rule(grid, &layout, stream);
    else
      write_line(grid, &layout, row, 0, stream);
  }
  return REUSE_OK;
}

/* Bytes of the longest beginning of TEXT that has at most WIDTH columns and
 * ends before a blank; without such a blank, WIDTH columns. */
static size_t line_bytes(const char *text, int width) {
  const char *end = after(text, width), *cut_at = end;
  if (*end == '\0')
    return (size_t)(end - text);
  while (cut_at > text && *cut_at != ' ')
    cut_at--;
  return (size_t)((cut_at > text ? cut_at : end) - text);
}

void reuse__write_wrapped(const char *text, int indent,
                          const struct reuse__text_style *style,
                          struct reuse_arena *arena, FILE *stream) {
  const int page = max(40, style->width);
  const char *rest = text != NULL ? reuse__clean(arena, text, style->utf8) : NULL;
  int used = 0;
  while (rest != NULL && *rest != '\0') {
    const size_t n = line_bytes(rest, page - used);
    blanks(used, stream);
    fwrite(rest, 1, n, stream);
    putc('\n', stream);
    rest += n;
    rest += strspn(rest, " ");
    used = indent;
  }
}
