/* Tests of src/base: arena, words, numbers, quantities and YAML.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <CUnit/CUnit.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/checked.h"
#include "base/diag.h"
#include "base/names.h"
#include "base/text.h"
#include "base/units.h"
#include "base/yaml.h"

int register_base_tests(void);

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

/* The first message that a sink got. */
struct first {
  int messages, line, column;
  char file[64], text[256], hint[256], source[128];
};

static void keep_first(void *context, const struct reuse_message *m) {
  struct first *f = context;
  if (f->messages++)
    return;
  f->line = m->line;
  f->column = m->column;
  snprintf(f->file, sizeof f->file, "%s", m->file ? m->file : "");
  snprintf(f->text, sizeof f->text, "%s", m->text);
  snprintf(f->hint, sizeof f->hint, "%s", m->hint ? m->hint : "");
  snprintf(f->source, sizeof f->source, "%s", m->source_line ? m->source_line : "");
}

/* Fails with both texts shown unless HAY contains NEEDLE. */
static void check_contains(const char *hay, const char *needle) {
  if (!strstr(hay, needle))
    printf("\n    '%s' does not contain '%s'\n", hay, needle);
  CU_ASSERT_PTR_NOT_NULL(strstr(hay, needle));
}

static void test_arena(void) {
  struct reuse_arena *a = reuse_arena_new();
  CU_ASSERT_PTR_NOT_NULL_FATAL(a);
  bool zero = true, aligned = true;
  for (size_t n = 0; n < 40000; n = n * 2 + 7) {
    unsigned char *p = reuse__alloc(a, n);
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    aligned = aligned && (uintptr_t)p % sizeof(long double) == 0;
    for (size_t i = 0; i < n; i++)
      zero = zero && p[i] == 0;
    memset(p, 0xa5, n);
  }
  CU_ASSERT_TRUE(zero);
  CU_ASSERT_TRUE(aligned);
  CU_ASSERT_STRING_EQUAL(reuse__printf(a, "%d-%s", 7, "x"), "7-x");
  CU_ASSERT_STRING_EQUAL(reuse__strndup(a, "abcdef", 3), "abc");
  CU_ASSERT_PTR_NULL(reuse__alloc_array(a, SIZE_MAX / 4, 16));
  CU_ASSERT_PTR_NULL(reuse__alloc(a, SIZE_MAX));
  reuse_arena_free(a);
  reuse_arena_free(NULL);
}

static void test_diag(void) {
  struct first got = {0};
  struct reuse_diag d = {keep_first, &got, 0, 0};
  const struct reuse__place place = {"f.yaml", 3, 5, "line three"};
  reuse__report(&d, REUSE_WARNING, &place, "do that", "value %d", 11);
  reuse__report(&d, REUSE_ERROR, NULL, NULL, "bad");
  reuse__report(&d, REUSE_NOTE, NULL, NULL, "note");
  reuse__report(NULL, REUSE_ERROR, NULL, NULL, "nobody listens");
  CU_ASSERT_EQUAL(d.errors, 1);
  CU_ASSERT_EQUAL(d.warnings, 1);
  CU_ASSERT_EQUAL(got.messages, 3);
  CU_ASSERT_EQUAL(got.line, 3);
  CU_ASSERT_EQUAL(got.column, 5);
  CU_ASSERT_STRING_EQUAL(got.text, "value 11");
  CU_ASSERT_STRING_EQUAL(got.hint, "do that");
  CU_ASSERT_STRING_EQUAL(got.source, "line three");
}

static void test_names(void) {
  for (int d = 0; d < REUSE_DIMS; d++)
    CU_ASSERT_EQUAL(reuse__dim_name[d][0], reuse_dim_letter[d]);
  for (int t = 0; t < REUSE_TENSORS; t++)
    CU_ASSERT_EQUAL(reuse__tensor_name[t][0], reuse_tensor_letter[t]);
  for (int i = 0; i < REUSE_LAYER_TYPES; i++)
    CU_ASSERT_PTR_NOT_NULL(reuse_layer_type_name[i]);
  for (int i = 0; i < REUSE_TAGS; i++)
    CU_ASSERT_PTR_NOT_NULL(reuse_tag_name[i]);
  for (int s = REUSE_OK; s <= REUSE_ERR_IO; s++)
    CU_ASSERT_TRUE(
        strcmp(reuse_status_text((enum reuse_status)s), "unknown status"));
  CU_ASSERT_TRUE(reuse__network_allowed(REUSE_O, REUSE_REDUCE));
  CU_ASSERT_FALSE(reuse__network_allowed(REUSE_O, REUSE_UNICAST));
  CU_ASSERT_FALSE(reuse__network_allowed(REUSE_W, REUSE_ACCUMULATE));
}

static void test_nearest(void) {
  static const char *const names[] = {
      "bandwidth",        "size", "keeps", NULL, "mobilenet_v1",
      "mobilenet_v2_1.4", "K",    "dna"};
  static const struct {
    const char *word, *nearest, *reason;
  } cases[] = {{"bandwith", "bandwidth", "a letter is missing"},
               {"sizee", "size", "one too many"},
               {"kepes", "keeps", "a swap"},
               {"keep", "keeps", "shorter"},
               {"k", "K", "letter case is free"},
               {"DNA", "dna", "letter case is free"},
               {"mobile", "mobilenet_v1", "a beginning, the shortest name"},
               {"xyzzy", NULL, "nothing is near"},
               {"x", NULL, "one letter, all of it wrong"},
               {"", NULL, "empty"}};
  for (int i = 0; i < COUNT(cases); i++) {
    const char *near = reuse__nearest(cases[i].word, names, COUNT(names));
    if (cases[i].nearest) {
      CU_ASSERT_PTR_NOT_NULL_FATAL(near);
      CU_ASSERT_STRING_EQUAL(near, cases[i].nearest);
    } else {
      CU_ASSERT_PTR_NULL(near);
    }
  }
  char longest[200], hint[64], small[28];
  memset(longest, 'a', sizeof longest - 1);
  longest[sizeof longest - 1] = '\0';
  CU_ASSERT_PTR_NULL(reuse__nearest(longest, names, COUNT(names)));
  reuse__suggestion("sise", "the keys are", names, 3, hint, sizeof hint);
  CU_ASSERT_STRING_EQUAL(hint, "did you mean 'size'?");
  reuse__suggestion("xyzzy", "the keys are", names, 3, hint, sizeof hint);
  CU_ASSERT_STRING_EQUAL(hint, "the keys are: bandwidth, size, keeps");
  reuse__suggestion("xyzzy", "keys", names, COUNT(names), small, sizeof small);
  CU_ASSERT_STRING_EQUAL(small, "keys: bandwidth, size, ...");
}

static void test_numbers(void) {
  static const struct {
    const char *text;
    double value;
    int bytes;
  } cases[] = {
      {"0", 0, 1},
      {"12", 12, 2},
      {"0.156", 0.156, 5},
      {".5", 0.5, 2},
      {"5.", 5, 2},
      {"1e-3x", 1e-3, 4},
      {"1349.3", 1349.3, 6},
      {"2.5e+3", 2500, 6},
      {"1e", 1, 1},
      {"x", 0, 0},
      {".", 0, 0},
      {"-1", 0, 0},
      {"123456789012345678901234567890", 123456789012345678901234567890.0, 30}};
  for (int i = 0; i < COUNT(cases); i++) {
    double v = 0;
    CU_ASSERT_EQUAL((int)reuse__parse_number(cases[i].text, 0, &v), cases[i].bytes);
    CU_ASSERT_TRUE(fabs(v - cases[i].value) <= 1e-15 * fabs(cases[i].value));
  }
  int64_t n = 0;
  bool fits = true;
  CU_ASSERT_TRUE(reuse__parse_int("-9223372036854775808", &n, &fits));
  CU_ASSERT_TRUE(fits && n == INT64_MIN);
  CU_ASSERT_TRUE(reuse__parse_int("9223372036854775808", &n, &fits));
  CU_ASSERT_TRUE(!fits && n == INT64_MAX);
  CU_ASSERT_FALSE(reuse__parse_int("", &n, NULL));
  CU_ASSERT_FALSE(reuse__parse_int("-", &n, NULL));
  CU_ASSERT_FALSE(reuse__parse_int("1.0", &n, NULL));
  CU_ASSERT_FALSE(reuse__parse_int("+1", &n, NULL));
}

/* full * b + rest = a with 0 <= rest < b, on both sides of 32 bits. */
static void test_division(void) {
  static const int64_t value[] = {0, 1, 2, 3, 7, 65536, 2147483647, 2147483648, 4294967295,
                                  4294967296, 4294967297, 1000000007000, INT64_MAX};
  for (int i = 0; i < COUNT(value); i++)
    for (int j = 1; j < COUNT(value); j++) {
      const int64_t a = value[i], b = value[j];
      const struct reuse__quotient q = reuse__div(a, b);
      CU_ASSERT_EQUAL(q.full * b + q.rest, a);
      CU_ASSERT_TRUE(q.full >= 0 && q.rest >= 0 && q.rest < b);
      CU_ASSERT_EQUAL(reuse__ceil_div(a, b), q.full + (q.rest > 0));
    }
}

static void test_quantities(void) {
  static const struct {
    const char *text;
    enum reuse__unit_kind kind;
    double value;
    enum reuse_tag tag;
    const char *source, *note, *written;
  } cases[] = {
      {"280KiB", REUSE__BYTES, 286720, 0, NULL, NULL, "280KiB"},
      {"280 KB", REUSE__BYTES, 280000, 0, NULL, NULL, "280 KB"},
      {"1.5GiB", REUSE__BYTES, 1610612736, 0, NULL, NULL, "1.5GiB"},
      {"700MHz", REUSE__HZ, 7e8, 0, NULL, NULL, "700MHz"},
      {"70pJ/bit (recalled MAL12)", REUSE__PJ_PER_BIT, 70, REUSE_RECALLED,
       "MAL12", NULL, "70pJ/bit"},
      {"156fJ/bit", REUSE__PJ_PER_BIT, 0.156, 0, NULL, NULL, "156fJ/bit"},
      {"8pJ/B", REUSE__PJ_PER_BIT, 1, 0, NULL, NULL, "8pJ/B"},
      {"1.05 pJ", REUSE__PJ, 1.05, 0, NULL, NULL, "1.05 pJ"},
      {"2nJ", REUSE__PJ, 2000, 0, NULL, NULL, "2nJ"},
      {"479mW (found TVLSI17; at 1.2 V (core only))", REUSE__MW, 479,
       REUSE_FOUND, "TVLSI17", "at 1.2 V (core only)", "479mW"},
      {"0.02W", REUSE__MW, 20, 0, NULL, NULL, "0.02W"},
      {"512cycle (assumed; a guess)", REUSE__CYCLES, 512, REUSE_ASSUMED, NULL,
       "a guess", "512cycle"},
      {"1349.3 (derived FPGA15)", REUSE__RATIO, 1349.3, REUSE_DERIVED, "FPGA15",
       NULL, "1349.3"},
      {"16", REUSE__BITS, 16, 0, NULL, NULL, "16"},
      {"16bit (assumed)", REUSE__BITS, 16, REUSE_ASSUMED, NULL, NULL, "16bit"}};
  struct reuse_arena *a = reuse_arena_new();
  for (int i = 0; i < COUNT(cases); i++) {
    struct reuse_quantity q = {0};
    struct reuse__unit_error e = {.text = ""};
    bool ok = reuse__quantity_parse(cases[i].text, cases[i].kind, a, &q, &e);
    CU_ASSERT_STRING_EQUAL(e.text, "");
    CU_ASSERT_TRUE_FATAL(ok);
    CU_ASSERT_TRUE(q.given);
    CU_ASSERT_DOUBLE_EQUAL(q.value, cases[i].value, 1e-15 * cases[i].value);
    CU_ASSERT_EQUAL(q.tag, cases[i].tag);
    CU_ASSERT_STRING_EQUAL(q.text, cases[i].written);
    CU_ASSERT_STRING_EQUAL(q.source ? q.source : "",
                           cases[i].source ? cases[i].source : "");
    CU_ASSERT_STRING_EQUAL(q.note ? q.note : "", cases[i].note ? cases[i].note : "");
  }
  reuse_arena_free(a);
}

static void test_rates(void) {
  static const struct {
    const char *text;
    double value;
    enum reuse_rate_unit unit;
  } cases[] = {{"34GB/s", 34e9, REUSE_BYTES_PER_SECOND},
               {"12.8 GB/s (assumed)", 12.8e9, REUSE_BYTES_PER_SECOND},
               {"2GiB/s", 2147483648.0, REUSE_BYTES_PER_SECOND},
               {"256B/cycle", 256, REUSE_BYTES_PER_CYCLE},
               {"16word/cycle", 16, REUSE_WORDS_PER_CYCLE}};
  struct reuse_arena *a = reuse_arena_new();
  struct reuse__unit_error e;
  struct reuse_rate r;
  for (int i = 0; i < COUNT(cases); i++) {
    CU_ASSERT_TRUE_FATAL(reuse__rate_parse(cases[i].text, a, &r, &e));
    CU_ASSERT_DOUBLE_EQUAL(r.q.value, cases[i].value, 1e-15 * cases[i].value);
    CU_ASSERT_EQUAL(r.unit, cases[i].unit);
  }
  CU_ASSERT_FALSE(reuse__rate_parse("34Gb/s", a, &r, &e));
  check_contains(e.text, "'Gb/s' is not a unit");
  check_contains(e.hint, "GB/s");
  check_contains(e.hint, "word/cycle");
  reuse_arena_free(a);
}

static void test_quantity_errors(void) {
  static const struct {
    const char *text;
    enum reuse__unit_kind kind;
    const char *message, *hint;
    size_t offset;
  } cases[] = {
      {"280", REUSE__BYTES, "a unit is missing", "the units are B, kB, KB", 3},
      {"280 MHz", REUSE__BYTES, "'MHz' is not a unit", "KiB", 4},
      {"280kb", REUSE__BYTES, "'kb' is not a unit", "KiB", 3},
      {"16x", REUSE__RATIO, "no unit", "", 2},
      {"KiB", REUSE__BYTES, "a number is missing", "", 0},
      {"", REUSE__BYTES, "a number is missing", "", 0},
      {"-3 MHz", REUSE__HZ, "negative", "", 0},
      {"1e400 Hz", REUSE__HZ, "too large", "", 0},
      {"nan", REUSE__RATIO, "a number is missing", "", 0},
      {"0x10", REUSE__RATIO, "'x10'", "", 1},
      {"3 MHz (found X", REUSE__HZ, "without ')'", "", 6},
      {"3 MHz (fond X)", REUSE__HZ, "'fond' is not a tag",
       "did you mean 'found'?", 7},
      {"3 MHz (untagged X)", REUSE__HZ, "'untagged' is not a tag", "the tags are", 7},
      {"3 MHz ()", REUSE__HZ, "is not a tag", "the tags are", 7},
      {"3 MHz (found)", REUSE__HZ, "needs the key of a source", "sources:", 7},
      {"3 MHz (found; why)", REUSE__HZ, "needs the key of a source", "sources:", 7},
      {"3 MHz (found A and B)", REUSE__HZ, "one word", "", 15}};
  struct reuse_arena *a = reuse_arena_new();
  for (int i = 0; i < COUNT(cases); i++) {
    struct reuse_quantity q = {0};
    struct reuse__unit_error e = {.text = ""};
    CU_ASSERT_FALSE(reuse__quantity_parse(cases[i].text, cases[i].kind, a, &q, &e));
    CU_ASSERT_FALSE(q.given);
    check_contains(e.text, cases[i].message);
    check_contains(e.hint, cases[i].hint);
    CU_ASSERT_EQUAL(e.offset, cases[i].offset);
  }
  reuse_arena_free(a);
}

/* ---- YAML ------------------------------------------------------------------ */

/* A document read from text. */
struct document {
  struct reuse_arena *arena;
  struct first got;
  struct reuse_diag diag;
  struct reuse__yaml yaml;
};

static void open_document(struct document *d, const char *text) {
  memset(d, 0, sizeof *d);
  d->arena = reuse_arena_new();
  d->diag = (struct reuse_diag){keep_first, &d->got, 0, 0};
  reuse__yaml_parse("t.yaml", text, strlen(text), d->arena, &d->diag, &d->yaml);
}

static void close_document(struct document *d) {
  reuse_arena_free(d->arena);
}

static void test_yaml_tree(void) {
  struct document d;
  open_document(&d, "a: &x {k: 1, l: 'two'}\r\n"
                    "b:\r\n"
                    "  <<: *x\r\n"
                    "  l: 3\r\n"
                    "c: [*x, \"q\\u00e9\"]\r\n"
                    "d:\r\n");
  CU_ASSERT_EQUAL_FATAL(d.yaml.status, REUSE_OK);
  const struct reuse__node *root = d.yaml.root, *a = reuse__lookup(root, "a");
  const struct reuse__node *b = reuse__lookup(root, "b"),
                           *c = reuse__lookup(root, "c");
  CU_ASSERT_EQUAL(root->n, 4);
  CU_ASSERT_EQUAL(a->place.line, 1);
  CU_ASSERT_EQUAL(a->place.column, 7);
  CU_ASSERT_STRING_EQUAL(a->place.source_line, "a: &x {k: 1, l: 'two'}");
  CU_ASSERT_TRUE(reuse__lookup(a, "l")->quoted);
  CU_ASSERT_STRING_EQUAL(reuse__lookup(b, "k")->text, "1");
  CU_ASSERT_STRING_EQUAL(reuse__lookup(b, "l")->text, "3");
  CU_ASSERT_EQUAL(b->n, 2);
  CU_ASSERT_PTR_EQUAL(c->item[0], a);
  CU_ASSERT_STRING_EQUAL(c->item[1]->text, "q\xc3\xa9");
  CU_ASSERT_STRING_EQUAL(reuse__lookup(root, "d")->text, "");
  CU_ASSERT_PTR_NULL(reuse__lookup(root, "e"));
  CU_ASSERT_PTR_NULL(reuse__lookup(c, "a"));
  close_document(&d);
}

static void test_yaml_scalars(void) {
  static const struct {
    const char *text, *value;
  } cases[] = {{"a: ''", ""},
               {"a: 'it''s'", "it's"},
               {"a: 'x''''y'", "x''y"},
               {"a: ''''''''", "'''"},
               {"a: \"x\\\"\\\"\\ty\\n\"", "x\"\"\ty\n"},
               {"a: x\n  y\n", "x y"},
               {"a: |\n  x\n  y\n", "x\ny\n"},
               {"a: >-\n  x\n  y\n", "x y"},
               {"a: |\n", ""}};
  for (int i = 0; i < COUNT(cases); i++) {
    struct document d;
    open_document(&d, cases[i].text);
    CU_ASSERT_EQUAL_FATAL(d.yaml.status, REUSE_OK);
    CU_ASSERT_STRING_EQUAL(reuse__lookup(d.yaml.root, "a")->text, cases[i].value);
    close_document(&d);
  }
  char many[1200] = "a: \"";
  for (int i = 0; i < 500; i++)
    strcat(many, "\\\"");
  strcat(many, "\"");
  struct document d;
  open_document(&d, many);
  CU_ASSERT_EQUAL_FATAL(d.yaml.status, REUSE_OK);
  CU_ASSERT_EQUAL(strlen(reuse__lookup(d.yaml.root, "a")->text), 500);
  close_document(&d);
}

static void test_yaml_errors(void) {
  static const struct {
    const char *text;
    int line, column;
    const char *message;
  } cases[] = {{"a: 1\nb: 2\na: 3\n", 3, 1, "the key 'a' is repeated"},
               {"a: {x: 1, x: 2}\n", 1, 11, "the key 'x' is repeated"},
               {"a: [1, 2\nb: 3\n", 3, 1, "closing bracket"},
               {"a: 1\nb: \"x\n", 2, 5, "closing quote"},
               {"a: 1\nb: *nope\n", 2, 5, "no anchor '&nope'"},
               {"a: &x [*x]\n", 1, 9, "no anchor '&x'"},
               {"a: !!int 3\n", 1, 10, "tag"},
               {"", 0, 0, "empty"},
               {"# only a comment\n", 0, 0, "empty"},
               {"a: 1\n---\nb: 2\n", 2, 1, "more than one document"},
               {"a: b: c\n", 1, 5, "nested block mapping"},
               {"\ta: 1\n", 1, 1, "tab"},
               {"? [a]\n: b\n", 1, 3, "a key must be a word"},
               {"a: 1\nb: \x01\n", 2, 4, "not a printable UTF-8"},
               {"\xc3\xbc: 1\nb: \xff\n", 2, 4, "not a printable UTF-8"},
               {"a: \"\\0\"\n", 1, 5, "not printable"},
               {"a:\n  <<: 3\n", 2, 7, "'<<' takes a mapping"}};
  for (int i = 0; i < COUNT(cases); i++) {
    struct document d;
    open_document(&d, cases[i].text);
    CU_ASSERT_EQUAL(d.yaml.status, REUSE_ERR_INPUT);
    CU_ASSERT_PTR_NULL(d.yaml.root);
    check_contains(d.got.text, cases[i].message);
    CU_ASSERT_STRING_EQUAL(d.got.file, "t.yaml");
    CU_ASSERT_EQUAL(d.got.line, cases[i].line);
    CU_ASSERT_EQUAL(d.got.column, cases[i].column);
    close_document(&d);
  }
}

/* Writes COUNT times PIECE into a new string of ARENA. */
static char *repeat(struct reuse_arena *arena, const char *piece, size_t count) {
  size_t n = strlen(piece);
  char *text = reuse__alloc(arena, n * count + 1);
  for (size_t i = 0; i < count; i++)
    memcpy(text + i * n, piece, n);
  return text;
}

static void check_limit(const char *text, const char *message) {
  struct document d;
  open_document(&d, text);
  CU_ASSERT_EQUAL(d.yaml.status, REUSE_ERR_LIMIT);
  check_contains(d.got.text, message);
  close_document(&d);
}

static void test_yaml_limits(void) {
  struct reuse_arena *a = reuse_arena_new();
  char *keys = reuse__alloc(a, 8 * (REUSE__YAML_KEYS + 2));
  for (int i = 0, at = 0; i <= REUSE__YAML_KEYS; i++)
    at += sprintf(keys + at, "k%d: 1\n", i);
  check_limit(repeat(a, "[", 40), "nested more than 32 deep");
  check_limit(keys, "more than 256 keys");
  check_limit(reuse__printf(a, "[%s]", repeat(a, "a,", REUSE__YAML_NODES)),
              "more than 65536 values");
  check_limit(repeat(a, "#", REUSE__YAML_BYTES + 1), "larger than 4 MiB");
  check_limit("a: &a [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]\n"
              "b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
              "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
              "d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n",
              "more than 65536 values");
  reuse_arena_free(a);
}

static void test_yaml_load(void) {
  struct document d;
  memset(&d, 0, sizeof d);
  d.arena = reuse_arena_new();
  d.diag = (struct reuse_diag){keep_first, &d.got, 0, 0};
  CU_ASSERT_EQUAL(reuse__yaml_load("no/such/file.yaml", d.arena, &d.diag, &d.yaml),
                  REUSE_ERR_IO);
  check_contains(d.got.text, "cannot read the file: ");
  CU_ASSERT_STRING_EQUAL(d.got.file, "no/such/file.yaml");
  CU_ASSERT_EQUAL(reuse__yaml_load(".", d.arena, &d.diag, &d.yaml), REUSE_ERR_IO);
  CU_ASSERT_EQUAL(d.diag.errors, 2);
  close_document(&d);
}

/* A mapping of one of each scalar. */
static bool decode(struct document *d) {
  enum { NAME, COUNT_, RATIO, ON, KIND, KEEPS, SIZE, SPEED, KEYS };
  static const struct reuse__key keys[KEYS] = {
      {"name", true},  {"count", false}, {"ratio", false}, {"on", false},
      {"kind", false}, {"keeps", false}, {"size", false},  {"speed", false}};
  const struct reuse__node *v[KEYS];
  struct reuse__yaml *y = &d->yaml;
  const char *name = NULL;
  int64_t count = -1;
  double ratio = -1;
  bool on = false;
  int kind = -1;
  unsigned keeps = 99;
  struct reuse_quantity size = {0};
  struct reuse_rate speed = {.unit = REUSE_BYTES_PER_SECOND};
  if (!reuse__mapping(y, y->root, "a thing", keys, KEYS, v))
    return false;
  reuse__get_string(y, v[NAME], "name", &name);
  reuse__get_int(y, v[COUNT_], "count", 1, 100, &count);
  reuse__get_double(y, v[RATIO], "ratio", -1, 1, &ratio);
  reuse__get_bool(y, v[ON], "on", &on);
  reuse__get_enum(y, v[KIND], "kind", reuse__memory_kind_name,
                  REUSE__MEMORY_KINDS, &kind);
  reuse__get_mask(y, v[KEEPS], "keeps", reuse__tensor_name, REUSE_TENSORS, &keeps);
  reuse__get_quantity(y, v[SIZE], "size", REUSE__BYTES, 1, 1e9, &size);
  reuse__get_rate(y, v[SPEED], "speed", &speed);
  return y->status == REUSE_OK && strcmp(name, "x") == 0 && count == 7 &&
         fabs(ratio + 0.5) < 1e-12 && on && kind == REUSE_SRAM && keeps == 5 &&
         fabs(size.value - 2048) < 1e-9 && speed.unit == REUSE_BYTES_PER_CYCLE;
}

static void test_yaml_values(void) {
  struct document d;
  open_document(&d, "name: x\ncount: 7\nratio: -0.5\non: yes\nkind: sram\n"
                    "keeps: [O, I]\nsize: 2KiB (found X)\nspeed: 4B/cycle\n");
  CU_ASSERT_TRUE(decode(&d));
  CU_ASSERT_EQUAL(d.got.messages, 0);
  close_document(&d);
}

static void test_yaml_value_errors(void) {
  static const struct {
    const char *text;
    int line, column;
    const char *message, *hint;
  } cases[] = {
      {"nam: x\n", 1, 1, "unknown key 'nam' in a thing", "did you mean 'name'?"},
      {"name: x\nzzzz: 3\n", 2, 1, "unknown key 'zzzz'", "the keys are: name, count"},
      {"count: 7\n", 1, 1, "a thing lacks the key 'name'", ""},
      {"- name\n", 1, 1, "a thing must be a mapping (key: value), not a list", ""},
      {"name: [x]\n", 1, 7, "name must be a single value, not a list", ""},
      {"name:\ncount: 7\n", 1, 1, "name has no value", ""},
      {"name: x\ncount: 1.5\n", 2, 8, "count must be an integer, not '1.5'", ""},
      {"name: x\ncount: 101\n", 2, 8, "count must be between 1 and 100, not 101", ""},
      {"name: x\nratio: 1x\n", 2, 8, "ratio must be a number, not '1x'", ""},
      {"name: x\nratio: -1.1\n", 2, 8, "ratio must be between -1 and 1", ""},
      {"name: x\non: maybe\n", 2, 5, "on cannot be 'maybe'", "no, yes, false, true"},
      {"name: x\nkind: sam\n", 2, 7, "kind cannot be 'sam'", "did you mean 'sram'?"},
      {"name: x\nkeeps: I\n", 2, 8, "keeps must be a list", ""},
      {"name: x\nkeeps: [I, W, I]\n", 2, 15, "keeps has 'I' twice", ""},
      {"name: x\nkeeps: [I, X]\n", 2, 12, "keeps cannot be 'X'", "I, W, O"},
      {"name: x\nsize: 12 (found A)\n", 2, 9, "size: a unit is missing", "KiB"},
      {"name: x\nsize: 12KB (funny A)\n", 2, 13, "size: 'funny'", "the tags are"},
      {"name: x\nsize: '12 XB'\n", 2, 11, "size: 'XB' is not a unit", "KiB"},
      {"name: x\nsize: 2GB\n", 2, 7, "size must be between 1B and 1e+09B", ""},
      {"name: x\nspeed: 0B/cycle\n", 2, 8, "speed must be above zero", ""}};
  for (int i = 0; i < COUNT(cases); i++) {
    struct document d;
    open_document(&d, cases[i].text);
    CU_ASSERT_EQUAL_FATAL(d.yaml.status, REUSE_OK);
    CU_ASSERT_FALSE(decode(&d));
    CU_ASSERT_EQUAL(d.yaml.status, REUSE_ERR_INPUT);
    check_contains(d.got.text, cases[i].message);
    check_contains(d.got.hint, cases[i].hint);
    CU_ASSERT_EQUAL(d.got.line, cases[i].line);
    CU_ASSERT_EQUAL(d.got.column, cases[i].column);
    close_document(&d);
  }
}

static const char machine[] = "name: m\n"
                              "clock: 1MHz\n"
                              "levels:\n"
                              "  - {name: buffer, size: 1KiB}\n"
                              "engines:\n"
                              "  - name: pe\n"
                              "    levels: [{name: regs, size: 2B}]\n"
                              "  - name: vector\n"
                              "    levels: [{name: regs, size: 4B}]\n";

static void test_yaml_set(void) {
  static const char *const settings[] = {
      "clock=2MHz", "buffer.size=3KiB (assumed; x)",
      "engines.1.levels.regs.size=8B", "new=[1, 2]", "vector.fast=yes"};
  struct document d;
  open_document(&d, machine);
  for (int i = 0; i < COUNT(settings); i++)
    CU_ASSERT_EQUAL(reuse__yaml_set(&d.yaml, settings[i]), REUSE_OK);
  const struct reuse__node *root = d.yaml.root;
  const struct reuse__node *clock = reuse__lookup(root, "clock");
  const struct reuse__node *buffer = reuse__lookup(root, "levels")->item[0];
  const struct reuse__node *vector = reuse__lookup(root, "engines")->item[1];
  CU_ASSERT_STRING_EQUAL(clock->text, "2MHz");
  CU_ASSERT_STRING_EQUAL(clock->place.file, "--set clock");
  CU_ASSERT_EQUAL(clock->place.line, 0);
  CU_ASSERT_STRING_EQUAL(reuse__lookup(buffer, "size")->text,
                         "3KiB (assumed; x)");
  CU_ASSERT_STRING_EQUAL(reuse__lookup(vector, "fast")->text, "yes");
  CU_ASSERT_STRING_EQUAL(
      reuse__lookup(reuse__lookup(vector, "levels")->item[0], "size")->text,
      "8B");
  CU_ASSERT_EQUAL(reuse__lookup(root, "new")->n, 2);
  close_document(&d);
}

static void test_yaml_set_errors(void) {
  static const struct {
    const char *setting, *message, *hint;
  } cases[] = {
      {"clock", "not a setting", "KEY=VALUE"},
      {"=3", "not a setting", ""},
      {"a..b=3", "not a setting", ""},
      {"clock=", "no value", ""},
      {"clock=[1", "closing", ""},
      {"bufer.size=3", "no 'bufer'", "did you mean 'buffer'?"},
      {"regs.size=3", "several entries are called 'regs'", "path from the top"},
      {"levels.bufer.size=3", "no 'bufer'", "did you mean 'buffer'?"},
      {"levels.7=3", "no '7'", ""},
      {"clock.x=3", "no 'x'", ""}};
  for (int i = 0; i < COUNT(cases); i++) {
    struct document d;
    open_document(&d, machine);
    CU_ASSERT_EQUAL(reuse__yaml_set(&d.yaml, cases[i].setting), REUSE_ERR_INPUT);
    check_contains(d.got.text, cases[i].message);
    check_contains(d.got.hint, cases[i].hint);
    check_contains(d.got.file, "--set ");
    CU_ASSERT_EQUAL(d.got.line, 0);
    close_document(&d);
  }
}

static void test_yaml_inherit(void) {
  static const char *const skip[] = {"name", "base"};
  struct document own, base;
  open_document(&own, "name: mine\nbase: m\nclock: 5MHz\n");
  open_document(&base, machine);
  CU_ASSERT_EQUAL(reuse__yaml_inherit(&own.yaml, &base.yaml, skip, 2), REUSE_OK);
  const struct reuse__node *root = own.yaml.root;
  CU_ASSERT_EQUAL(root->n, 5);
  CU_ASSERT_STRING_EQUAL(reuse__lookup(root, "name")->text, "mine");
  CU_ASSERT_STRING_EQUAL(reuse__lookup(root, "clock")->text, "5MHz");
  CU_ASSERT_PTR_EQUAL(reuse__lookup(root, "levels"),
                      reuse__lookup(base.yaml.root, "levels"));
  close_document(&own);
  close_document(&base);
}

int register_base_tests(void) {
  static const struct {
    const char *name;
    CU_TestFunc run;
  } tests[] = {{"arena", test_arena},
               {"diagnostics", test_diag},
               {"names", test_names},
               {"nearest name", test_nearest},
               {"numbers", test_numbers},
               {"division", test_division},
               {"quantities", test_quantities},
               {"rates", test_rates},
               {"quantity errors", test_quantity_errors},
               {"yaml tree", test_yaml_tree},
               {"yaml scalars", test_yaml_scalars},
               {"yaml errors", test_yaml_errors},
               {"yaml limits", test_yaml_limits},
               {"yaml files", test_yaml_load},
               {"yaml values", test_yaml_values},
               {"yaml value errors", test_yaml_value_errors},
               {"yaml settings", test_yaml_set},
               {"yaml setting errors", test_yaml_set_errors},
               {"yaml inheritance", test_yaml_inherit}};
  CU_pSuite suite = CU_add_suite("base", NULL, NULL);
  if (!suite)
    return -1;
  for (int i = 0; i < COUNT(tests); i++)
    if (!CU_add_test(suite, tests[i].name, tests[i].run))
      return -1;
  return 0;
}
