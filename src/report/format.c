/* Numbers as text, independent of the locale.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/format.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* BUFFER with the locale's decimal separator, the only bytes of a printed
 * number beyond these sets, replaced by a point. */
static const char *with_point(char *buffer) {
  char *out = buffer;
  bool pending = false;
  for (const char *in = buffer; *in != '\0'; in++) {
    if (strchr("0123456789+-einfax", *in) != NULL) {
      *out++ = *in;
      pending = false;
    } else if (!pending) {
      *out++ = '.';
      pending = true;
    }
  }
  *out = '\0';
  return buffer;
}

const char *reuse__shortest(char buffer[REUSE__NUMBER], double value) {
  for (int digits = 15; digits <= 17; digits++) {
    snprintf(buffer, REUSE__NUMBER, "%.*g", digits, value);
    if (!(strtod(buffer, NULL) < value) && !(strtod(buffer, NULL) > value))
      break;
  }
  return with_point(buffer);
}

const char *reuse__fixed(char buffer[REUSE__NUMBER], double value, int decimals) {
  snprintf(buffer, REUSE__NUMBER, "%.*f", decimals, value);
  return with_point(buffer);
}

/* Digits after the point that show three significant ones of VALUE > 0. */
static int decimals_of(double value) {
  int decimals = 2;
  while (decimals > 0 && value * pow(10.0, decimals) >= 999.5)
    decimals--;
  while (decimals < 9 && value * pow(10.0, decimals) < 99.95)
    decimals++;
  return decimals;
}

const char *reuse__digits(char buffer[REUSE__NUMBER], double value) {
  if (!isfinite(value) || fabs(value) >= 1e15) {
    snprintf(buffer, REUSE__NUMBER, "-");
    return buffer;
  }
  if (fabs(value) < 1e-9)
    return reuse__fixed(buffer, 0.0, 0);
  return reuse__fixed(buffer, value, decimals_of(fabs(value)));
}

const char *reuse__plain(char buffer[REUSE__NUMBER], double value) {
  if (isfinite(value) && value >= 9999.5 && value < 1e15)
    return reuse__fixed(buffer, value, 0);
  snprintf(buffer, REUSE__NUMBER, "%.4g", value);
  return with_point(buffer);
}

const char *reuse__si(char buffer[REUSE__NUMBER], double value) {
  static const char prefix[] = {'f', 'p', 'n', 'u', 'm', 0, 'k', 'M',
                                'G', 'T', 'P', 'E'};
  const double size = fabs(value);
  int i = 5;
  double scaled = value;
  if (!isfinite(value) || size < 1e-17 || size >= 1e21) {
    snprintf(buffer, REUSE__NUMBER, size < 1e-17 ? "0" : "-");
    return buffer;
  }
  if (size < 999.5 && fabs(value - nearbyint(value)) < 1e-9 * size)
    return reuse__fixed(buffer, value, 0);
  while (fabs(scaled) >= 999.5 && i < 11)
    scaled /= 1000.0, i++;
  while (fabs(scaled) < 0.9995 && i > 0)
    scaled *= 1000.0, i--;
  reuse__digits(buffer, scaled);
  if (prefix[i] != 0) {
    const size_t n = strlen(buffer);
    buffer[n] = prefix[i];
    buffer[n + 1] = '\0';
  }
  return buffer;
}

const char *reuse__percent(char buffer[REUSE__NUMBER], double share) {
  const double percent = 100.0 * share;
  if (!isfinite(percent))
    snprintf(buffer, REUSE__NUMBER, "-");
  else if (percent > 0.0 && percent < 0.05)
    snprintf(buffer, REUSE__NUMBER, "<0.1");
  else
    reuse__fixed(buffer, percent, 1);
  return buffer;
}

/* Bytes that LEAD announces, 0 when no character begins with it. */
static int announced(unsigned char lead) {
  if (lead < 0x80)
    return 1;
  if (lead >= 0xc2 && lead < 0xe0)
    return 2;
  if (lead >= 0xe0 && lead < 0xf0)
    return 3;
  return lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
}

int reuse__utf8_length(const char *text) {
  const unsigned char *s = (const unsigned char *)text;
  const int n = announced(s[0]);
  for (int i = 1; i < n; i++)
    if ((s[i] & 0xc0) != 0x80)
      return 0;
  if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f) ||
      (s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f))
    return 0;
  return n;
}

/* Whether the N bytes at TEXT are a control character of ASCII or C1. */
static bool is_control(const char *text, int n) {
  const unsigned char *s = (const unsigned char *)text;
  return (n == 1 && (s[0] < 0x20 || s[0] == 0x7f)) ||
         (n == 2 && s[0] == 0xc2 && s[1] < 0xa0);
}

const char *reuse__clean(struct reuse_arena *arena, const char *text, bool utf8) {
  char *clean = reuse__alloc(arena, strlen(text) + 1);
  char *out = clean;
  if (clean == NULL)
    return NULL;
  while (*text != '\0') {
    const int n = reuse__utf8_length(text);
    if (n == 0 || is_control(text, n) || (n > 1 && !utf8)) {
      *out++ = '?';
    } else {
      memcpy(out, text, (size_t)n);
      out += n;
    }
    text += n > 0 ? n : 1;
  }
  *out = '\0';
  return clean;
}
