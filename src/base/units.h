/* Quantities: numbers with a unit and their provenance.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The form is "VALUE UNIT", with or without a blank between them, optionally
 * followed by "(TAG SOURCE; NOTE)".  TAG is one of reuse_tag_name; SOURCE is one
 * word, which only "assumed" may leave out; "; NOTE" is optional. */
#ifndef REUSE_BASE_UNITS_H
#define REUSE_BASE_UNITS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "reusemodel.h"

/* Kinds of quantities, with the canonical unit of the result and the units read. */
enum reuse__unit_kind {
  REUSE__RATIO,      /* a plain number, no unit */
  REUSE__BYTES,      /* B kB KB MB GB KiB MiB GiB */
  REUSE__HZ,         /* Hz kHz MHz GHz */
  REUSE__PJ_PER_BIT, /* fJ/bit pJ/bit nJ/bit pJ/B pJ/byte nJ/B */
  REUSE__PJ,         /* fJ pJ nJ uJ */
  REUSE__MW,         /* uW mW W */
  REUSE__VOLT,       /* mV V */
  REUSE__CYCLES,     /* cycle cycles */
  REUSE__BITS,       /* bit bits, or a plain number */
  REUSE__RATE,       /* B/s kB/s KB/s MB/s GB/s TB/s KiB/s MiB/s GiB/s, B/cycle,
                         word/cycle; only for reuse__rate_parse */
  REUSE__UNIT_KINDS
};

/* Why a text is not a quantity. */
struct reuse__unit_error {
  char text[160];
  char hint[160]; /* empty: none */
  size_t offset;  /* of the offending byte in the text */
};

/* Reads TEXT as a quantity of KIND; *quantity is in the canonical unit with its
 * strings in ARENA.  False: *error says why and *quantity is unchanged. */
bool reuse__quantity_parse(const char *text, enum reuse__unit_kind kind,
                           struct reuse_arena *arena,
                           struct reuse_quantity *quantity,
                           struct reuse__unit_error *error);

/* Reads TEXT as a rate; the unit says whether per second or per cycle. */
bool reuse__rate_parse(const char *text, struct reuse_arena *arena,
                       struct reuse_rate *rate, struct reuse__unit_error *error);

/* The canonical unit of KIND, as printed: "B", "Hz", "pJ/bit", ..., "" for ratios. */
const char *reuse__unit_name(enum reuse__unit_kind kind);

#endif
