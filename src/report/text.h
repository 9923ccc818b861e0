/* Reports for people, one file per kind.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_REPORT_TEXT_H
#define REUSE_REPORT_TEXT_H

#include "report/grid.h"
#include "report/report.h"

/* What the writers of one report share. */
struct reuse__page {
  const struct reuse__run *run;
  struct reuse__text_style style;
  struct reuse_arena *arena;
  FILE *stream;
};

/* The report of one run. */
enum reuse_status reuse__text_layers(const struct reuse__page *page);
enum reuse_status reuse__text_reuse(const struct reuse__page *page);
enum reuse_status reuse__text_accesses(const struct reuse__page *page);
enum reuse_status reuse__text_energy(const struct reuse__page *page);
enum reuse_status reuse__text_mapping(const struct reuse__page *page);
enum reuse_status reuse__text_summary(const struct reuse__page *page);
enum reuse_status reuse__text_lowering(const struct reuse__page *page);

/* The head of a report: what runs on what, and how. */
void reuse__text_title(const struct reuse__page *page);

/* The lines from one to the other are the title of the captions that follow, or
 * the heading of the next; that matters to LaTeX only. */
void reuse__text_collect(const struct reuse__page *page, bool title);
void reuse__text_collected(const struct reuse__page *page);

/* A paragraph, made by a format, wrapped to the page. */
void reuse__text_line(const struct reuse__page *page, const char *format, ...)
    REUSE__PRINTF(2, 3);

/* Shares of each layer type in MACs, time, energy and DRAM traffic, and what
 * stands out; nothing for a run without modelled layers. */
enum reuse_status reuse__text_by_type(const struct reuse__page *page);

/* "*" for a row whose search has stopped before its end, else "". */
const char *reuse__row_mark(const struct reuse__row *row);

/* How many rows no engine runs, in a line, when there are any; how many
 * searches have stopped before their end, and the largest gap. */
void reuse__text_notes(const struct reuse__page *page);

/* A unit of energy for values up to LARGEST_PJ: "pJ", "nJ", ... and its size. */
struct reuse__energy_unit { const char *name; double pj; };
struct reuse__energy_unit reuse__energy_unit(double largest_pj, bool utf8);

#endif
