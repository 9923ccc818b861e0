/* Words: the nearest of a list, lists of alternatives, exact numbers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_BASE_TEXT_H
#define REUSE_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The one of the N names that WORD most probably meant: the closest by edit
 * distance (insertions, deletions, substitutions, swaps of neighbours; letter
 * case is free) if it is at most a third of WORD's length and not everything,
 * else the shortest that WORD begins; the earlier one on a tie; or NULL.
 * NULL entries are skipped. */
const char *reuse__nearest(const char *word, const char *const *names, int n);

/* Index of WORD among the N names (exact), -1: absent. NULL entries are skipped. */
int reuse__index_of(const char *word, const char *const *names, int n);

/* Writes "did you mean 'X'?" when there is a nearest name, else "WHAT: A, B, C"
 * (cut with ", ..." when it does not fit), into BUFFER of SIZE bytes; gives BUFFER. */
const char *reuse__suggestion(const char *word, const char *what,
                              const char *const *names, int n, char *buffer,
                              size_t size);

/* Reads a decimal integer ("-12"; no plus sign, no blanks) that is all of TEXT.
 * False: it is none.  Saturates at the 64-bit limits, then *fits (if not NULL) is
 * false. */
bool reuse__parse_int(const char *text, int64_t *value, bool *fits);

/* Reads the decimal number that TEXT begins with ("12", "0.5", ".5", "1e-3"; no
 * sign) times 10^SCALE, independent of the locale.  Gives the number of bytes
 * read, 0: none.  Correctly rounded up to 15 digits. */
size_t reuse__parse_number(const char *text, int scale, double *value);

/* Bytes of the UTF-8 character at TEXT, of which N > 0 bytes are there; 0: it is
 * malformed or a control character other than a tab or a line end. */
size_t reuse__utf8_size(const char *text, size_t n);

#endif
