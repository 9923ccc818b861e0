/* Numbers and names as text.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_REPORT_FORMAT_H
#define REUSE_REPORT_FORMAT_H

#include "run/run.h"

enum { REUSE__NUMBER = 40 };

/* Each writes into BUFFER and returns it, with '.' whatever the locale. */

/* The shortest decimal of at most 17 digits that reads back as VALUE. */
const char *reuse__shortest(char buffer[REUSE__NUMBER], double value);

/* Three significant digits with an SI prefix, 11.2M; integers below 1000 as
 * they are; "-" when VALUE is not finite. */
const char *reuse__si(char buffer[REUSE__NUMBER], double value);

/* Three significant digits without an exponent: 0.0312, 4.50, 204.8 -> 205. */
const char *reuse__digits(char buffer[REUSE__NUMBER], double value);

/* At most four significant digits, as few as needed: 204.8, 12.8, 7. */
const char *reuse__plain(char buffer[REUSE__NUMBER], double value);

/* VALUE with DECIMALS digits after the point. */
const char *reuse__fixed(char buffer[REUSE__NUMBER], double value, int decimals);

/* A share in percent, one decimal: 3.1; "<0.1" for what would print as 0. */
const char *reuse__percent(char buffer[REUSE__NUMBER], double share);

/* Bytes of the UTF-8 character at TEXT, 0 when it is not well-formed. */
int reuse__utf8_length(const char *text);

/* TEXT without control characters and without malformed UTF-8 ('?' for each);
 * with UTF8 false every character beyond ASCII is a '?'.  NULL: no memory. */
const char *reuse__clean(struct reuse_arena *arena, const char *text, bool utf8);

/* "depthwise", "fully connected": a layer type in words. */
const char *reuse__type_words(enum reuse_layer_type type);

/* "energy-delay product": what is made least, in words. */
const char *reuse__objective_words(enum reuse_objective objective);
/* The same, but a weighted sum as "1 * pJ + 200 * cycles"; NULL: no memory. */
const char *reuse__goal_text(const struct reuse_search *search, struct reuse_arena *arena);

/* Of a row that is modelled: */
const struct reuse_engine *reuse__row_engine(const struct reuse__run *run,
                                             const struct reuse__row *row);
/* The dataflow's name, "given" for a mapping that the user gave. */
const char *reuse__row_pattern(const struct reuse__run *run,
                               const struct reuse__row *row);
const char *reuse__row_lowering(const struct reuse__row *row);
/* "compute", "DRAM:I", or "DRAM" when all tensors share the bound. */
const char *reuse__row_bound(const struct reuse__run *run,
                             const struct reuse__row *row,
                             struct reuse_arena *arena);

/* A nest on one line: DRAM: K/64 P/14 | buffer: C/1 || [K,P]/32, where || comes
 * before the spatial loops.  The MACs, which have no loops, are left out. */
const char *reuse__nest_line(const struct reuse_nest *nest,
                             struct reuse_arena *arena);

/* What is known of how good the mapping of ROW is: "proven optimal", "stopped by its
 * budget; no mapping is more than 2.1 % better", "" for a given one; NULL: no memory.  As
 * below, it says so if that holds for the usual steps only. */
const char *reuse__proof_text(const struct reuse__run *run, const struct reuse__row *row,
                              struct reuse_arena *arena);

/* "no mapping is more than 2.1 % better", for a gap; that it is not known for one of 1, which
 * searches have that have no bound; NULL: no memory.  It is of mappings with the usual steps
 * unless EVERY_STEP was looked at. */
const char *reuse__gap_text(double gap, bool every_step, struct reuse_arena *arena);

/* Why a search has no proof. */
const char *reuse__open_text(bool stopped);

/* What restricts a statement about all mappings: "" or " with the usual steps". */
const char *reuse__steps_text(bool every_step);

/* The same of SEARCHES, of which SOME_STEPS have not looked at every step: also ", 3 of them with
 * the usual steps". */
const char *reuse__some_steps_text(int some_steps, int searches, struct reuse_arena *arena);

/* Peak MACs per second of ENGINE, 0 without a clock. */
double reuse__peak_macs_per_s(const struct reuse_arch *arch,
                              const struct reuse_engine *engine);

/* The engine of ARCH with the highest peak. */
const struct reuse_engine *reuse__main_engine(const struct reuse_arch *arch);

/* A word of bits of all tensors, "16-bit", or "I 8, W 8, O 8, sum 32 bit". */
const char *reuse__precision_text(const struct reuse_arch *arch,
                                  struct reuse_arena *arena);

#endif
