/* Where the parts of a figure are on its page.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/figure.h"
#include "report/format.h"
#include "report/grid.h"
#include "report/roofline.h"

/* Sizes in points. */
const double reuse__column = 252.0, reuse__page = 504.0;
static const double title_size = 9.0, key_size = 8.0, name_size = 7.0;
static const double swatch = 15.0, key_gap = 12.0, key_row = 11.5;
static const double edge = 5.0, axis_room = 44.0;

/* Appends LENGTH bytes at TEXT as a line of the head. */
static void add_line(struct reuse__layout *l, const char *text, size_t length, bool note,
                     double *y) {
  if (l->nlines == REUSE__TITLE_LINES)
    return;
  const double height = note ? name_size + 2.5 : title_size + 3.0;
  if (length >= REUSE__LINE)
    length = REUSE__LINE - 1;
  memcpy(l->line[l->nlines].text, text, length);
  l->line[l->nlines].text[length] = '\0';
  l->line[l->nlines].note = note;
  l->line[l->nlines++].y = *y - height / 2.0;
  *y -= height;
}

/* TEXT as lines that are no wider than the page, broken at blanks. */
static void add_lines(struct reuse__layout *l, const char *text, bool note, double *y) {
  const double most = l->width - 2.0 * edge, size = note ? name_size : title_size;
  while (text != NULL && *text != '\0') {
    size_t fits = 0, end = 0;
    char part[REUSE__LINE];
    do {
      end += strcspn(text + end, " ");
      if (end < REUSE__LINE) {
        memcpy(part, text, end);
        part[end] = '\0';
      }
      if (fits > 0 && (end >= REUSE__LINE || reuse__text_width(part, size) > most))
        break;
      fits = end;
      end += text[end] == ' ';
    } while (text[fits] != '\0');
    add_line(l, text, fits, note, y);
    text += fits + (text[fits] == ' ');
  }
}

/* Whether SERIES of F has a value other than 0. */
static bool is_used(const struct reuse__figure *f, int series) {
  for (int p = 0; p < f->npanels; p++)
    for (int i = 0; i < f->n; i++)
      if (fabs(f->panel[p].value[i * f->nseries + series]) > 0.0)
        return true;
  return false;
}

/* Entries of the legend in rows, each row in the middle. */
static void place_keys(const struct reuse__figure *f, struct reuse__layout *l, double *y) {
  int first = 0;
  while (first < f->nseries) {
    double width = -key_gap, x;
    int last = first;
    for (; last < f->nseries; last++) {
      const double entry = swatch + key_gap + reuse__text_width(f->key[last], key_size);
      if (!l->used[last])
        continue;
      if (width > 0.0 && width + entry > l->width - 2.0 * edge)
        break;
      width += entry;
    }
    x = (l->width - width) / 2.0;
    for (int s = first; s < last; s++) {
      l->key[s].x = x;
      l->key[s].y = *y - key_row / 2.0;
      if (l->used[s])
        x += swatch + key_gap + reuse__text_width(f->key[s], key_size);
    }
    if (width > 0.0)
      *y -= key_row;
    first = last;
  }
}

/* Chooses how the names of categories stand below an axis WIDTH wide; gives the
 * room that they take. */
static double place_names(const struct reuse__figure *f, double width,
                          struct reuse__layout *l) {
  double widest = 0.0;
  if (reuse__has_x(f))
    return 30.0;
  for (int i = 0; i < f->n; i++) {
    const int length = reuse__text_columns(f->name[i]);
    const double own = reuse__text_width(f->name[i], name_size);
    const int shown = length < REUSE__NAME_LENGTH ? length : REUSE__NAME_LENGTH;
    widest = fmax(widest, length > shown ? own * shown / length : own);
    l->longest = shown > l->longest ? shown : l->longest;
  }
  l->upright = (widest + 5.0) * f->n > width;
  l->step = l->upright ? (int)ceil(f->n * name_size * 1.15 / width) : 1;
  return l->upright ? widest + 8.0 : 14.0;
}

/* Panels one above the other, names below the last. */
static void stack_panels(const struct reuse__figure *f, double y, struct reuse__layout *l) {
  const double one = l->width < reuse__page ? 120.0 : 140.0;
  const double tall = f->npanels == 1 ? one : f->npanels == 2 ? 95.0 : 72.0;
  const double right = l->width - edge - (reuse__has_x(f) ? 8.0 : 0.0);
  const double names = place_names(f, right - axis_room, l);
  double height = names + edge;
  for (int p = 0; p < f->npanels; p++)
    height += tall + (f->panel[p].title != NULL ? 15.0 : 6.0);
  l->height = ceil(l->height - y + height);
  y = height;
  for (int p = 0; p < f->npanels; p++) {
    y -= f->panel[p].title != NULL ? 15.0 : 6.0;
    l->frame[p] = (struct reuse__frame){axis_room, right, y, y - tall};
    y -= tall;
  }
}

/* Points that a bar of a stack takes at least where panels share a row. */
static const double bar_room = 30.0;

/* How many panels stand in a row: of stacks as many as leave their bars room, in rows
 * of one length. */
static int panels_across(const struct reuse__figure *f, const struct reuse__layout *l) {
  int most = f->form == REUSE__SCATTER && f->npanels == 4 ? 2 : 3;
  if (f->form == REUSE__STACKS)
    most = (int)((l->width - edge) / (axis_room + bar_room * f->n));
  else if (f->form != REUSE__GROUPS && f->form != REUSE__SCATTER)
    most = 1;
  else if (l->width < reuse__page)
    most = 1;
  if (most <= 1)
    return 1;
  const int rows = (f->npanels + most - 1) / most;
  return f->form == REUSE__STACKS ? (f->npanels + rows - 1) / rows
                                  : f->npanels < most ? f->npanels : most;
}

/* Panels beside one another, ACROSS of them in a row. */
static void spread_panels(const struct reuse__figure *f, int across, double y,
                          struct reuse__layout *l) {
  const int rows = (f->npanels + across - 1) / across;
  const bool scatter = f->form == REUSE__SCATTER;
  const double left = scatter ? 38.0 : f->form == REUSE__STACKS ? axis_room : 30.0;
  const double tall = 110.0;
  const double wide = (l->width - (scatter ? 2.0 : 1.0) * edge) / across - left;
  const double names = scatter ? 32.0 : place_names(f, wide, l);
  const double row = 15.0 + tall + names;
  const double height = rows * row + edge;
  l->height = ceil(l->height - y + height);
  for (int p = 0; p < f->npanels; p++) {
    const double x = left + (p % across) * (wide + left);
    const double top = height - (p / across) * row - 15.0;
    l->frame[p] = (struct reuse__frame){x, x + wide, top, top - tall};
  }
}

double reuse__layout_head(const char *title, const char *note, double width,
                          struct reuse__layout *l) {
  double y = -edge;
  memset(l, 0, sizeof *l);
  l->width = width;
  add_lines(l, title, false, &y);
  add_lines(l, note, true, &y);
  return y - 2.0;
}

void reuse__figure_layout(const struct reuse__figure *f, int columns,
                          struct reuse__layout *l) {
  const bool single = (columns > 0 ? columns : f->columns) == 1;
  double y = reuse__layout_head(f->title, f->note, single ? reuse__column : reuse__page, l);
  for (int s = 0; s < f->nseries; s++)
    l->used[s] = is_used(f, s) || s == f->reference;
  place_keys(f, l, &y);
  l->across = panels_across(f, l);
  if (l->across > 1 || f->form == REUSE__GROUPS || f->form == REUSE__SCATTER)
    spread_panels(f, l->across, y, l);
  else
    stack_panels(f, y, l);
  for (int i = 0; i < l->nlines; i++)
    l->line[i].y += l->height;
  for (int s = 0; s < f->nseries; s++)
    l->key[s].y += l->height;
}
