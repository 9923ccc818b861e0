/* Quantities: numbers with a unit and their provenance.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/units.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum { MAX_UNITS = 14 };

/* A unit is FACTOR * 10^DECIMAL canonical units. */
struct unit {
  const char *name;
  int decimal;
  double factor;
  enum reuse_rate_unit rate; /* of REUSE__RATE */
};

/* A unit named "" stands for a plain number. */
struct kind {
  const char *canonical;
  struct unit unit[MAX_UNITS];
};

static const struct kind kinds[REUSE__UNIT_KINDS] = {
    [REUSE__RATIO] = {"", {{"", 0, 1, 0}}},
    [REUSE__BYTES] = {"B",
                      {{"B", 0, 1, 0},
                       {"kB", 3, 1, 0},
                       {"KB", 3, 1, 0},
                       {"MB", 6, 1, 0},
                       {"GB", 9, 1, 0},
                       {"KiB", 0, 1024.0, 0},
                       {"MiB", 0, 1048576.0, 0},
                       {"GiB", 0, 1073741824.0, 0}}},
    [REUSE__HZ] = {"Hz",
                   {{"Hz", 0, 1, 0},
                    {"kHz", 3, 1, 0},
                    {"MHz", 6, 1, 0},
                    {"GHz", 9, 1, 0}}},
    [REUSE__PJ_PER_BIT] = {"pJ/bit",
                           {{"fJ/bit", -3, 1, 0},
                            {"pJ/bit", 0, 1, 0},
                            {"nJ/bit", 3, 1, 0},
                            {"pJ/B", 0, 0.125, 0},
                            {"pJ/byte", 0, 0.125, 0},
                            {"nJ/B", 3, 0.125, 0}}},
    [REUSE__PJ] = {"pJ",
                   {{"fJ", -3, 1, 0}, {"pJ", 0, 1, 0}, {"nJ", 3, 1, 0}, {"uJ", 6, 1, 0}}},
    [REUSE__MW] = {"mW", {{"uW", -3, 1, 0}, {"mW", 0, 1, 0}, {"W", 3, 1, 0}}},
    [REUSE__VOLT] = {"V", {{"mV", -3, 1, 0}, {"V", 0, 1, 0}}},
    [REUSE__CYCLES] = {"cycle", {{"cycle", 0, 1, 0}, {"cycles", 0, 1, 0}}},
    [REUSE__BITS] = {"bit", {{"bit", 0, 1, 0}, {"bits", 0, 1, 0}, {"", 0, 1, 0}}},
    [REUSE__RATE] = {"B/s",
                     {{"B/s", 0, 1, REUSE_BYTES_PER_SECOND},
                      {"kB/s", 3, 1, REUSE_BYTES_PER_SECOND},
                      {"KB/s", 3, 1, REUSE_BYTES_PER_SECOND},
                      {"MB/s", 6, 1, REUSE_BYTES_PER_SECOND},
                      {"GB/s", 9, 1, REUSE_BYTES_PER_SECOND},
                      {"TB/s", 12, 1, REUSE_BYTES_PER_SECOND},
                      {"KiB/s", 0, 1024.0, REUSE_BYTES_PER_SECOND},
                      {"MiB/s", 0, 1048576.0, REUSE_BYTES_PER_SECOND},
                      {"GiB/s", 0, 1073741824.0, REUSE_BYTES_PER_SECOND},
                      {"B/cycle", 0, 1, REUSE_BYTES_PER_CYCLE},
                      {"word/cycle", 0, 1, REUSE_WORDS_PER_CYCLE},
                      {"words/cycle", 0, 1, REUSE_WORDS_PER_CYCLE}}}};

const char *reuse__unit_name(enum reuse__unit_kind kind) {
  return kinds[kind].canonical;
}

/* Fills *error; gives false. */
static bool fail(struct reuse__unit_error *error, size_t offset,
                 const char *format, ...) REUSE__PRINTF(3, 4);
static bool fail(struct reuse__unit_error *error, size_t offset,
                 const char *format, ...) {
  va_list args;
  va_start(args, format);
  vsnprintf(error->text, sizeof error->text, format, args);
  va_end(args);
  error->hint[0] = '\0';
  error->offset = offset;
  return false;
}

static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t skip_blanks(const char *text, size_t at) {
  while (is_blank(text[at]))
    at++;
  return at;
}

/* END moved back over the blanks before it, not below BEGIN. */
static size_t trim_end(const char *text, size_t begin, size_t end) {
  while (end > begin && is_blank(text[end - 1]))
    end--;
  return end;
}

/* The unit of KIND that the N bytes at TEXT spell, or NULL. */
static const struct unit *find_unit(enum reuse__unit_kind kind,
                                    const char *text, size_t n) {
  for (int i = 0; i < MAX_UNITS && kinds[kind].unit[i].name; i++)
    if (strlen(kinds[kind].unit[i].name) == n &&
        memcmp(kinds[kind].unit[i].name, text, n) == 0)
      return &kinds[kind].unit[i];
  return NULL;
}

/* Reports a missing or wrong unit and names the right ones; gives false. */
static bool fail_unit(enum reuse__unit_kind kind, const char *unit, size_t nunit,
                      size_t offset, struct reuse__unit_error *error) {
  if (kind == REUSE__RATIO)
    return fail(error, offset, "'%.*s' after a plain number, which has no unit",
                nunit > 40 ? 40 : (int)nunit, unit);
  if (nunit == 0)
    fail(error, offset, "a unit is missing");
  else
    fail(error, offset, "'%.*s' is not a unit that fits here",
         nunit > 40 ? 40 : (int)nunit, unit);
  size_t at = (size_t)snprintf(error->hint, sizeof error->hint, "the units are");
  for (int i = 0; i < MAX_UNITS && kinds[kind].unit[i].name; i++) {
    const char *name = kinds[kind].unit[i].name;
    if (*name && at + strlen(name) + 3 < sizeof error->hint)
      at += (size_t)snprintf(error->hint + at, sizeof error->hint - at, "%s %s",
                             i ? "," : "", name);
  }
  return false;
}

/* Reads number and unit in TEXT[0 .. end); *unit is the unit. */
static bool read_value(const char *text, size_t end, enum reuse__unit_kind kind,
                       double *value, const struct unit **unit,
                       struct reuse__unit_error *error) {
  double number;
  if (text[0] == '-')
    return fail(error, 0, "a negative number makes no sense here");
  size_t n = reuse__parse_number(text, 0, &number);
  if (n == 0 || n > end)
    return fail(error, 0, "a number is missing");
  size_t begin = skip_blanks(text, n);
  begin = begin < end ? begin : end;
  *unit = find_unit(kind, text + begin, end - begin);
  if (!*unit)
    return fail_unit(kind, text + begin, end - begin, begin, error);
  reuse__parse_number(text, (*unit)->decimal, &number);
  *value = number * (*unit)->factor;
  if (!isfinite(*value))
    return fail(error, 0, "the number is too large");
  return true;
}

/* The tag that the N bytes at TEXT spell, REUSE_UNTAGGED: none. */
static enum reuse_tag find_tag(const char *text, size_t n) {
  for (int i = REUSE_UNTAGGED + 1; i < REUSE_TAGS; i++)
    if (strlen(reuse_tag_name[i]) == n && memcmp(reuse_tag_name[i], text, n) == 0)
      return (enum reuse_tag)i;
  return REUSE_UNTAGGED;
}

/* First of a blank or ';' in TEXT[at .. end), or END. */
static size_t word_end(const char *text, size_t at, size_t end) {
  while (at < end && !is_blank(text[at]) && text[at] != ';')
    at++;
  return at;
}

/* Reads "TAG SOURCE; NOTE" in TEXT[at .. end). */
static bool read_provenance(const char *text, size_t at, size_t end,
                            struct reuse_arena *arena, struct reuse_quantity *q,
                            struct reuse__unit_error *error) {
  at = skip_blanks(text, at);
  size_t tag_end = word_end(text, at, end);
  char word[24];
  snprintf(word, sizeof word, "%.*s",
           (int)(tag_end - at < 23 ? tag_end - at : 23), text + at);
  q->tag = find_tag(text + at, tag_end - at);
  if (q->tag == REUSE_UNTAGGED) {
    fail(error, at, "'%s' is not a tag of provenance", word);
    reuse__suggestion(word, "the tags are", reuse_tag_name + 1, REUSE_TAGS - 1,
                      error->hint, sizeof error->hint);
    return false;
  }
  size_t source = skip_blanks(text, tag_end);
  size_t source_end = word_end(text, source, end);
  size_t next = skip_blanks(text, source_end);
  if (next < end && text[next] != ';') {
    fail(error, next, "a source is one word; a note begins with ';'");
    return false;
  }
  if (source_end == source && q->tag != REUSE_ASSUMED) {
    fail(error, at, "'%s' needs the key of a source", word);
    snprintf(error->hint, sizeof error->hint,
             "write (%s KEY; note), with KEY from 'sources:'", word);
    return false;
  }
  if (source_end > source &&
      !(q->source = reuse__strndup(arena, text + source, source_end - source)))
    return fail(error, 0, "out of memory");
  size_t note = next < end ? skip_blanks(text, next + 1) : end;
  size_t note_end = trim_end(text, note, end);
  if (note < note_end &&
      !(q->note = reuse__strndup(arena, text + note, note_end - note)))
    return fail(error, 0, "out of memory");
  return true;
}

/* reuse__quantity_parse; *unit is the unit that was read. */
static bool parse(const char *text, enum reuse__unit_kind kind,
                  struct reuse_arena *arena, struct reuse_quantity *quantity,
                  const struct unit **unit, struct reuse__unit_error *error) {
  struct reuse_quantity q = {.given = true};
  size_t end = trim_end(text, 0, strlen(text));
  const char *open = strchr(text, '(');
  size_t value_end = open ? trim_end(text, 0, (size_t)(open - text)) : end;
  if (!read_value(text, value_end, kind, &q.value, unit, error))
    return false;
  if (open && text[end - 1] != ')') {
    return fail(error, (size_t)(open - text), "'(' without ')' at the end");
  }
  if (open && !read_provenance(text, (size_t)(open - text) + 1, end - 1, arena,
                               &q, error))
    return false;
  q.text = reuse__strndup(arena, text, value_end);
  if (!q.text)
    return fail(error, 0, "out of memory");
  *quantity = q;
  return true;
}

bool reuse__quantity_parse(const char *text, enum reuse__unit_kind kind,
                           struct reuse_arena *arena,
                           struct reuse_quantity *quantity,
                           struct reuse__unit_error *error) {
  const struct unit *unit;
  return parse(text, kind, arena, quantity, &unit, error);
}

bool reuse__rate_parse(const char *text, struct reuse_arena *arena,
                       struct reuse_rate *rate, struct reuse__unit_error *error) {
  const struct unit *unit;
  if (!parse(text, REUSE__RATE, arena, &rate->q, &unit, error))
    return false;
  rate->unit = unit->rate;
  return true;
}
