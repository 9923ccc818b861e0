/* Figures with their provenance, line by line.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/figures.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "report/format.h"
#include "report/grid.h"

enum { NAME_COLUMNS = 18, VALUE_COLUMNS = 15, HEADING_BYTES = 600 };

/* TEXT without characters that the page cannot show. */
static const char *clean(const struct page *page, const char *text) {
  const char *result = reuse__clean(page->session->arena, text, page->style.utf8);
  return result ? result : "";
}

void put_heading(const struct page *page, const char *format, ...) {
  char text[HEADING_BYTES];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  putchar('\n');
  reuse__write_wrapped(clean(page, text), 2, &page->style, page->session->arena, stdout);
}

/* Writes TEXT from column AT on, wrapped to lines that begin there. */
static void put_from(const struct page *page, const char *text, int at) {
  const int width = page->style.width > at + 20 ? page->style.width : at + 20;
  int column = at;
  for (text = clean(page, text); *text;) {
    size_t n = strcspn(text, " ");
    char word[256];
    snprintf(word, sizeof word, "%.*s", (int)(n < 255 ? n : 255), text);
    const int columns = reuse__text_columns(word);
    if (column > at && column + 1 + columns > width) {
      printf("\n%*s", at, "");
      column = at;
    } else if (column > at) {
      putchar(' ');
      column++;
    }
    fputs(word, stdout);
    column += columns;
    text += n < 255 ? n : 255;
    text += strspn(text, " ");
  }
  putchar('\n');
}

void put_figure(const struct page *page, const char *name, const char *value,
                const char *origin) {
  int at = printf("  %-*s %s", NAME_COLUMNS, name, clean(page, value));
  if (!*origin) {
    putchar('\n');
    return;
  }
  const int column = 2 + NAME_COLUMNS + 1 + VALUE_COLUMNS + 1;
  if (at >= column) {
    putchar('\n');
    at = 0;
  }
  printf("%*s", column - at, "");
  put_from(page, origin, column);
}

const char *origin_text(const struct page *page, const struct reuse_quantity *q) {
  const char *text = "";
  if (q->tag != REUSE_UNTAGGED)
    text = reuse__printf(page->session->arena, "%s%s%s%s%s", reuse_tag_name[q->tag],
                         q->source ? " " : "", q->source ? q->source : "",
                         q->note ? "; " : "", q->note ? q->note : "");
  return text ? text : "";
}

void put_quantity(const struct page *page, const char *name,
                  const struct reuse_quantity *quantity) {
  if (quantity->given)
    put_figure(page, name, quantity->text ? quantity->text : "",
               origin_text(page, quantity));
}

void put_item(const struct page *page, const char *name, const char *text) {
  const int column = 2 + NAME_COLUMNS + 1;
  const int at = printf("  %-*s ", NAME_COLUMNS, name);
  if (at > column)
    printf("\n%*s", column, "");
  put_from(page, text, column);
}
