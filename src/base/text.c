/* Words: nearest names by edit distance, lists of alternatives, exact numbers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { WORD_BYTES = 64 }; /* longer words have no nearest name */

/* C in lower case, whatever the locale. */
static char lower(char c) {
  return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static int min_int(int a, int b) {
  return a < b ? a : b;
}

/* Optimal string alignment distance of A and B without regard to case;
 * both shorter than WORD_BYTES. */
static int edit_distance(const char *a, size_t na, const char *b, size_t nb) {
  int row[3][WORD_BYTES + 1];
  for (size_t j = 0; j <= nb; j++)
    row[0][j] = (int)j;
  for (size_t i = 1; i <= na; i++) {
    int *now = row[i % 3];
    const int *one = row[(i + 2) % 3], *two = row[(i + 1) % 3];
    now[0] = (int)i;
    for (size_t j = 1; j <= nb; j++) {
      int differ = lower(a[i - 1]) != lower(b[j - 1]);
      now[j] = min_int(one[j - 1] + differ, 1 + min_int(one[j], now[j - 1]));
      if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
          lower(a[i - 2]) == lower(b[j - 1]))
        now[j] = min_int(now[j], two[j - 2] + 1);
    }
  }
  return row[na % 3][nb];
}

/* Whether NAME begins with WORD, without regard to case. */
static bool begins_with(const char *name, const char *word) {
  for (; *word; name++, word++)
    if (lower(*name) != lower(*word))
      return false;
  return true;
}

/* The shortest name that WORD (two letters or more) begins, or NULL. */
static const char *completion(const char *word, const char *const *names, int n) {
  const char *best = NULL;
  if (strlen(word) < 2)
    return NULL;
  for (int i = 0; i < n; i++)
    if (names[i] && begins_with(names[i], word) &&
        (!best || strlen(names[i]) < strlen(best)))
      best = names[i];
  return best;
}

const char *reuse__nearest(const char *word, const char *const *names, int n) {
  size_t nword = word ? strlen(word) : 0;
  if (nword == 0 || nword > WORD_BYTES)
    return NULL;
  const char *best = NULL;
  int limit = nword < 3 ? 1 : (int)(nword + 2) / 3, least = limit + 1;
  for (int i = 0; i < n; i++) {
    size_t nname = names[i] ? strlen(names[i]) : 0;
    if (nname == 0 || nname > WORD_BYTES)
      continue;
    int distance = edit_distance(word, nword, names[i], nname);
    if (distance < least && distance < (int)(nword > nname ? nword : nname)) {
      least = distance;
      best = names[i];
    }
  }
  return best ? best : completion(word, names, n);
}

int reuse__index_of(const char *word, const char *const *names, int n) {
  for (int i = 0; i < n; i++)
    if (names[i] && strcmp(word, names[i]) == 0)
      return i;
  return -1;
}

const char *reuse__suggestion(const char *word, const char *what,
                              const char *const *names, int n, char *buffer,
                              size_t size) {
  const char *near = reuse__nearest(word, names, n);
  if (near) {
    snprintf(buffer, size, "did you mean '%s'?", near);
    return buffer;
  }
  int written = snprintf(buffer, size, "%s:", what);
  size_t at = written < 0 ? 0 : (size_t)written;
  const char *comma = "";
  for (int i = 0; i < n; i++) {
    if (!names[i])
      continue;
    size_t need = strlen(comma) + 1 + strlen(names[i]);
    bool fits = at + need + sizeof ", ..." <= size;
    if (at + sizeof ", ..." > size)
      break;
    snprintf(buffer + at, size - at, "%s %s", comma, fits ? names[i] : "...");
    at += fits ? need : strlen(comma) + 4;
    comma = ",";
    if (!fits)
      break;
  }
  return buffer;
}

bool reuse__parse_int(const char *text, int64_t *value, bool *fits) {
  bool negative = *text == '-', within = true;
  const char *p = text + negative;
  if (!*p)
    return false;
  int64_t v = 0;
  for (; *p; p++) {
    if (*p < '0' || *p > '9')
      return false;
    int digit = negative ? '0' - *p : *p - '0';
    within = within && !__builtin_mul_overflow(v, 10, &v) &&
             !__builtin_add_overflow(v, digit, &v);
  }
  *value = within ? v : negative ? INT64_MIN : INT64_MAX;
  if (fits)
    *fits = within;
  return true;
}

/* MANTISSA * 10^EXPONENT, correctly rounded when both are exact doubles. */
static double scale_decimal(uint64_t mantissa, int exponent) {
  if (mantissa == 0)
    return 0;
  if (mantissa < (UINT64_C(1) << 53) && exponent >= -22 && exponent <= 22) {
    double power = 1;
    for (int i = exponent < 0 ? -exponent : exponent; i > 0; i--)
      power *= 10;
    return exponent < 0 ? (double)mantissa / power : (double)mantissa * power;
  }
  return (double)((long double)mantissa * powl(10.0L, (long double)exponent));
}

/* Reads "[eE][+-]digits" at P into *exponent (saturated); the bytes read, 0: none. */
static size_t read_exponent(const char *p, int *exponent) {
  const char *q = p;
  if (*q != 'e' && *q != 'E')
    return 0;
  q++;
  bool negative = *q == '-';
  if (*q == '-' || *q == '+')
    q++;
  if (*q < '0' || *q > '9')
    return 0;
  int e = 0;
  for (; *q >= '0' && *q <= '9'; q++)
    e = e > 9999 ? e : e * 10 + (*q - '0');
  *exponent += negative ? -e : e;
  return (size_t)(q - p);
}

size_t reuse__parse_number(const char *text, int scale, double *value) {
  const char *p = text;
  uint64_t mantissa = 0;
  int exponent = scale;
  bool digits = false, point = false;
  for (; (*p >= '0' && *p <= '9') || (*p == '.' && !point); p++) {
    if (*p == '.') {
      point = true;
      continue;
    }
    digits = true;
    bool room = mantissa < UINT64_MAX / 10 - 1;
    if (room)
      mantissa = mantissa * 10 + (uint64_t)(*p - '0');
    exponent += room ? -(int)point : !point;
  }
  if (!digits)
    return 0;
  p += read_exponent(p, &exponent);
  *value = scale_decimal(mantissa, exponent);
  return (size_t)(p - text);
}

size_t reuse__utf8_size(const char *text, size_t n) {
  const unsigned char *p = (const unsigned char *)text;
  unsigned char c = p[0];
  if (c < 0x80)
    return c == '\t' || c == '\n' || c == '\r' || (c >= ' ' && c != 127);
  size_t size = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
  if (c < 0xc2 || c > 0xf4 || size > n)
    return 0;
  for (size_t i = 1; i < size; i++)
    if ((p[i] & 0xc0) != 0x80)
      return 0;
  bool good = !(c == 0xc2 && p[1] < 0xa0) && !(c == 0xe0 && p[1] < 0xa0) &&
              !(c == 0xed && p[1] > 0x9f) && !(c == 0xf0 && p[1] < 0x90) &&
              !(c == 0xf4 && p[1] > 0x8f);
  return good ? size : 0;
}
