/* Reports for people: the choice of the report, titles, notes, units.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>

#include "report/format.h"
#include "report/latex.h"
#include "report/text.h"

enum reuse_status reuse__write_report(enum reuse__table_kind kind,
                                      const struct reuse__run *const *runs,
                                      int nruns,
                                      const struct reuse__text_style *style,
                                      struct reuse_arena *arena, FILE *stream) {
  static enum reuse_status (*const report[REUSE__TABLES])(
      const struct reuse__page *) = {
      reuse__text_layers, reuse__text_reuse,   reuse__text_accesses,
      reuse__text_energy, reuse__text_mapping, reuse__text_summary,
      reuse__text_lowering};
  for (int i = 0; i < nruns; i++) {
    const struct reuse__page page = {runs[i], *style, arena, stream};
    enum reuse_status status;
    if (i > 0)
      putc('\n', stream);
    reuse__text_title(&page);
    status = report[kind](&page);
    if (status != REUSE_OK)
      return status;
  }
  return REUSE_OK;
}

void reuse__text_line(const struct reuse__page *page, const char *format, ...) {
  char text[1000];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  if (page->style.latex != NULL) {
    reuse__latex_line(page->style.latex, text, page->stream);
    return;
  }
  reuse__write_wrapped(text, 2, &page->style, page->arena, page->stream);
}

/* TITLE, or NAME where there is none. */
static const char *title_of(const char *title, const char *name) {
  return title != NULL && title[0] != '\0' ? title : name;
}

/* The machine in a line: clock, size, peak. */
static void machine_line(const struct reuse__page *page) {
  const struct reuse_arch *arch = page->run->arch;
  const struct reuse_engine *engine = reuse__main_engine(arch);
  const double gops = 2e-9 * reuse__peak_macs_per_s(arch, engine);
  char clock[REUSE__NUMBER], peak[REUSE__NUMBER];
  const char *bits = reuse__precision_text(arch, page->arena);
  reuse__plain(clock, arch->clock_hz.value * 1e-6);
  reuse__plain(peak, gops);
  reuse__text_line(page, "%lld MACs%s%s, %s, %s MHz, peak %s Gop/s (1 MAC = 2 ops)",
                   (long long)engine->macs, arch->nengines > 1 ? " in " : "",
                   arch->nengines > 1 ? engine->name : "",
                   bits != NULL ? bits : "", clock, peak);
}

void reuse__text_title(const struct reuse__page *page) {
  const struct reuse__run *run = page->run;
  const struct reuse_network_table *network = run->network;
  const char *title = title_of(network->title, network->name);
  struct reuse__proofs proofs;
  reuse__text_collect(page, true);
  reuse__proofs(run, &proofs);
  const char *goal = reuse__goal_text(&run->search, page->arena);
  if (run->arch == NULL) {
    reuse__text_line(page, "%s; batch %lld", title, (long long)run->batch);
  } else {
    reuse__text_line(page, "%s; batch %lld%s%s", title, (long long)run->batch,
                     proofs.searched + proofs.transformed > 0 ? "; mapped for least "
                     : proofs.given > 0  ? "; mapping given"
                                         : "",
                     proofs.searched + proofs.transformed > 0 && goal != NULL ? goal : "");
    reuse__text_line(page, "on %s", title_of(run->arch->title, run->arch->name));
    machine_line(page);
  }
  reuse__text_collected(page);
  putc('\n', page->stream);
}

void reuse__text_collect(const struct reuse__page *page, bool title) {
  struct reuse__latex *latex = page->style.latex;
  if (latex != NULL)
    reuse__latex_collect(latex, title ? &latex->title : &latex->heading);
}

void reuse__text_collected(const struct reuse__page *page) {
  if (page->style.latex != NULL)
    reuse__latex_collected(page->style.latex);
}

const char *reuse__row_mark(const struct reuse__row *row) {
  return reuse__is_searched(row) && !row->proof.optimal ? "*" : "";
}

void reuse__text_notes(const struct reuse__page *page) {
  struct reuse__proofs proofs;
  reuse__proofs(page->run, &proofs);
  const int missing = page->run->nrows - proofs.searched - proofs.given - proofs.transformed;
  if (missing > 0)
    reuse__text_line(page, "- : %d layer%s that no engine of the machine runs; "
                     "not in the totals.", missing, missing == 1 ? "" : "s");
  if (proofs.transformed > 0)
    reuse__text_line(page, "Nothing is proven of %d transformed layer%s.",
                     proofs.transformed, proofs.transformed == 1 ? "" : "s");
  if (proofs.unproven > 0) {
    const char *gap = reuse__gap_text(proofs.gap, proofs.some_steps == 0, page->arena);
    reuse__text_line(page, "* : %d of %d layer%s: %s; %s%s%s%s%s.", proofs.unproven,
                     proofs.searched, proofs.searched == 1 ? "" : "s",
                     reuse__open_text(proofs.left_out == 0), gap != NULL ? gap : "",
                     proofs.unproven > 1 ? " (" : "",
                     proofs.unproven > 1 ? proofs.worst->layer.name : "",
                     proofs.unproven > 1 ? ")" : "",
                     proofs.usual_optimal ? "; with the usual steps none is" : "");
  } else if (proofs.searched > 0) {
    reuse__text_line(page, "All %smappings are proven optimal%s%s.",
                     proofs.transformed > 0 ? "other " : "",
                     reuse__some_steps_text(proofs.some_steps, proofs.searched, page->arena),
                     proofs.some_steps == 0 ? "" : " (all: --search complete)");
  }
  if (proofs.given > 0)
    reuse__text_line(page, "given: nothing was searched, and nothing is proven.");
  if (proofs.untransformed > 0)
    reuse__text_line(page, "Proofs are of mappings without a transform.");
}

struct reuse__energy_unit reuse__energy_unit(double largest_pj, bool utf8) {
  const struct reuse__energy_unit unit[] = {
      {"pJ", 1.0}, {"nJ", 1e3}, {utf8 ? "\xc2\xb5J" : "uJ", 1e6},
      {"mJ", 1e9}, {"J", 1e12}};
  int i = 0;
  while (i < 4 && largest_pj >= 9999.5 * unit[i].pj)
    i++;
  return unit[i];
}
