/* The comment lines at the top of a network file.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "network/metadata.h"

#include <string.h>

#include "base/text.h"
#include "network/columns.h"

enum { MAX_KEY = 32, MAX_HINT = 160 };

static const char *const key_name[REUSE__KEYS] = {
  [REUSE__KEY_NAME] = "name",     [REUSE__KEY_TITLE] = "title",
  [REUSE__KEY_SOURCE] = "source", [REUSE__KEY_MACS] = "macs",
  [REUSE__KEY_PARAMS] = "params", [REUSE__KEY_OTHER_PARAMS] = "other_params",
  [REUSE__KEY_NOTE] = "note",
};

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

/* The first offset in [AT, END) that holds no blank, else END. */
static size_t skip_blanks(const char *text, size_t at, size_t end) {
  while (at < end && is_blank(text[at]))
    at++;
  return at;
}

/* Stores the value in [START, END) of the key called NAME, which is at AT. */
static bool store(struct reuse__input *in, struct reuse__metadata *metadata,
                  const char *name, size_t at, size_t start, size_t end) {
  int key = reuse__index_of(name, key_name, REUSE__KEYS);
  if (key < 0) {
    char hint[MAX_HINT];
    reuse__suggestion(name, "keys", key_name, REUSE__KEYS, hint, sizeof hint);
    reuse__input_error(in, at, hint, "unknown key '%s' in a comment", name);
    return false;
  }
  if (metadata->given[key] && key != REUSE__KEY_NOTE) {
    reuse__input_error(in, at, NULL, "'%s' is given twice", name);
    return false;
  }
  while (end > start && is_blank(in->text[end - 1]))
    end--;
  metadata->given[key] = true;
  metadata->offset[key] = start;
  metadata->text[key] = reuse__input_keep(in, in->text + start, end - start);
  return true;
}

/* Reads the comment in [AT, END), AT behind its '#'.  A comment without a
 * lower-case word and a colon in front is free text. */
static bool read_comment(struct reuse__input *in,
                         struct reuse__metadata *metadata, size_t at,
                         size_t end) {
  const char *text = in->text;
  char name[MAX_KEY];
  at = skip_blanks(text, at, end);
  size_t colon = at;
  while (colon < end && ((text[colon] >= 'a' && text[colon] <= 'z') ||
                         text[colon] == '_'))
    colon++;
  size_t length = colon - at;
  if (colon == end || text[colon] != ':' || length == 0 || length >= MAX_KEY)
    return true;
  memcpy(name, text + at, length);
  name[length] = '\0';
  return store(in, metadata, name, at, skip_blanks(text, colon + 1, end), end);
}

/* Reads all comments up to the first line that is none and not blank. */
static bool read_comments(struct reuse__input *in,
                          struct reuse__metadata *metadata, size_t at) {
  bool ok = true;
  while (at < in->length) {
    const char *newline = memchr(in->text + at, '\n', in->length - at);
    size_t end = newline != NULL ? (size_t)(newline - in->text) : in->length;
    size_t first = skip_blanks(in->text, at, end);
    if (first < end && in->text[first] != '#')
      break;
    if (first < end)
      ok = read_comment(in, metadata, first + 1, end) && ok;
    at = newline != NULL ? end + 1 : end;
  }
  metadata->end = at;
  return ok;
}

/* Reads the integer of KEY into *value, 0 when absent. */
static bool read_integer(struct reuse__input *in,
                         const struct reuse__metadata *metadata,
                         enum reuse__key key, int64_t *value) {
  *value = 0;
  return !metadata->given[key] ||
         reuse__integer_read(in, metadata->offset[key], key_name[key],
                             metadata->text[key], 0, value);
}

bool reuse__metadata_read(struct reuse__input *in,
                          struct reuse__metadata *metadata) {
  static const char bom[] = "\xEF\xBB\xBF";
  bool has_bom = in->length >= 3 && memcmp(in->text, bom, 3) == 0;
  *metadata = (struct reuse__metadata){0};
  for (int i = 0; i < REUSE__KEYS; i++)
    metadata->text[i] = "";
  bool ok = read_comments(in, metadata, has_bom ? 3 : 0);
  if (!metadata->given[REUSE__KEY_NAME]) {
    reuse__input_error(in, 0, "begin the file with '# name: NAME'",
                       "the network has no name");
    return false;
  }
  ok = reuse__name_check(in, metadata->offset[REUSE__KEY_NAME],
                         metadata->text[REUSE__KEY_NAME]) && ok;
  ok = read_integer(in, metadata, REUSE__KEY_MACS, &metadata->macs) && ok;
  ok = read_integer(in, metadata, REUSE__KEY_PARAMS, &metadata->params) && ok;
  return read_integer(in, metadata, REUSE__KEY_OTHER_PARAMS,
                      &metadata->other_params) && ok;
}
