/* Names of merged layers: "dw1,3,7-11", and the width of a text.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/roofline.h"

enum { SHOWN = 26 };  /* characters of names, without the count */

/* A name as HEAD NUMBER TAIL; number -1: all is head. */
struct name {
  const char *text, *tail;
  size_t head;
  long number;
};

/* NAME cut at the first run of at most 6 digits. */
static struct name cut(const char *name) {
  struct name cut = {name, "", strlen(name), -1};
  const size_t head = strcspn(name, "0123456789");
  const size_t digits = strspn(name + head, "0123456789");
  if (digits > 0 && digits <= 6 && head > 0) {
    cut.head = head;
    cut.number = strtol(name + head, NULL, 10);
    cut.tail = name + head + digits;
  }
  return cut;
}

static bool same_form(const struct name *a, const struct name *b) {
  return a->number >= 0 && b->number >= 0 && a->head == b->head &&
         strncmp(a->text, b->text, a->head) == 0 && strcmp(a->tail, b->tail) == 0;
}

/* Whether FORM with NUMBER is among the mark's layers. */
static bool has_number(const struct reuse__roofline *r, const struct reuse__mark *mark,
                       const struct name *form, long number) {
  for (int i = mark->first; i >= 0; i = r->next_row[i]) {
    const struct name name = cut(r->run->row[i].layer.name);
    if (same_form(&name, form) && name.number == number)
      return true;
  }
  return false;
}

/* The least number above AFTER of the mark's layers in FORM, or -1. */
static long next_number(const struct reuse__roofline *r, const struct reuse__mark *mark,
                        const struct name *form, long after) {
  long least = -1;
  for (int i = mark->first; i >= 0; i = r->next_row[i]) {
    const struct name name = cut(r->run->row[i].layer.name);
    if (same_form(&name, form) && name.number > after &&
        (least < 0 || name.number < least))
      least = name.number;
  }
  return least;
}

/* Appends the numbers of FORM as ranges to TEXT; returns how many layers. */
static int append_ranges(const struct reuse__roofline *r,
                         const struct reuse__mark *mark, const struct name *form,
                         char *text, size_t size) {
  int layers = 0;
  bool first = true;
  long number = -1;
  while ((number = next_number(r, mark, form, number)) >= 0) {
    const long begin = number;
    const size_t used = strlen(text);
    while (has_number(r, mark, form, number + 1))
      number++;
    layers += (int)(number - begin + 1);
    if (number - begin >= 2)
      snprintf(text + used, size - used, "%s%ld\xe2\x80\x93%ld", first ? "" : ",",
               begin, number);
    else if (number > begin)
      snprintf(text + used, size - used, "%s%ld,%ld", first ? "" : ",", begin, number);
    else
      snprintf(text + used, size - used, "%s%ld", first ? "" : ",", begin);
    first = false;
  }
  return layers;
}

/* The name of the mark's layers like row I, all of its form; *layers counts. */
static void form_name(const struct reuse__roofline *r, const struct reuse__mark *mark,
                      int i, char *text, size_t size, int *layers) {
  const struct name form = cut(r->run->row[i].layer.name);
  snprintf(text, size, "%.*s", (int)form.head, form.text);
  *layers = 1;
  if (form.number >= 0) {
    *layers = append_ranges(r, mark, &form, text, size);
    snprintf(text + strlen(text), size - strlen(text), "%s", form.tail);
  }
}

/* Whether a layer of the mark before row I has I's form. */
static bool seen(const struct reuse__roofline *r, const struct reuse__mark *mark, int i) {
  const struct name form = cut(r->run->row[i].layer.name);
  for (int k = mark->first; k != i; k = r->next_row[k]) {
    const struct name other = cut(r->run->row[k].layer.name);
    if (same_form(&form, &other))
      return true;
  }
  return false;
}

void reuse__roofline_name(const struct reuse__roofline *roofline,
                          const struct reuse__mark *mark,
                          char label[REUSE__LABEL]) {
  int named = 0;
  label[0] = '\0';
  for (int i = mark->first; i >= 0; i = roofline->next_row[i]) {
    char part[400];
    int layers;
    const size_t used = strlen(label);
    if (seen(roofline, mark, i))
      continue;
    form_name(roofline, mark, i, part, sizeof part, &layers);
    if (used > 0 && used + strlen(part) + 2 > SHOWN)
      continue;
    if (strlen(part) > SHOWN && layers > 1) {
      snprintf(part, sizeof part, "%.24s", roofline->run->row[i].layer.name);
      layers = 1;
    }
    snprintf(label + used, REUSE__LABEL - used, "%s%.40s", used > 0 ? ", " : "", part);
    named += layers;
  }
  if (named < mark->nlayers) {
    const size_t used = strlen(label);
    snprintf(label + used, REUSE__LABEL - used, " +%d", mark->nlayers - named);
  }
}

double reuse__text_width(const char *text, double size) {
  static const short width[95] = {
      278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
      556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
      1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
      667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
      333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
      556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584};
  double sum = 0.0;
  for (; *text != '\0'; text++) {
    const unsigned char c = (unsigned char)*text;
    if (c >= 32 && c < 127)
      sum += width[c - 32];
    else if ((c & 0xc0) != 0x80)
      sum += 600.0;
  }
  return sum * size / 1000.0;
}
