/* Figures with their provenance, line by line.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_CLI_FIGURES_H
#define REUSE_CLI_FIGURES_H

#include "cli/cli.h"
#include "report/report.h"

/* What the lines of a page share. */
struct page {
  struct session *session;
  struct reuse__text_style style;
};

/* An empty line, then a heading made by a format, wrapped. */
void put_heading(const struct page *page, const char *format, ...) REUSE__PRINTF(2, 3);

/* "  NAME  VALUE  ORIGIN": two columns and a wrapped text. */
void put_figure(const struct page *page, const char *name, const char *value,
                const char *origin);

/* The same for a quantity that is given: its text, tag, source and note. */
void put_quantity(const struct page *page, const char *name,
                  const struct reuse_quantity *quantity);

/* "  NAME  TEXT", wrapped. */
void put_item(const struct page *page, const char *name, const char *text);

/* "found KEY; note" of QUANTITY, "" without a tag. */
const char *origin_text(const struct page *page, const struct reuse_quantity *quantity);

#endif
