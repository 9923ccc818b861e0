/* Tests of nest files: reading, writing, pseudo-code.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mapping/nest_read.h"
#include "mapping/nest_write.h"

int register_nest_read_tests(void);

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

/* The first message that a sink got. */
struct first {
  int messages, line, column;
  char text[256], hint[256];
};

static void keep_first(void *context, const struct reuse_message *m) {
  struct first *f = context;
  if (f->messages++)
    return;
  f->line = m->line;
  f->column = m->column;
  snprintf(f->text, sizeof f->text, "%s", m->text);
  snprintf(f->hint, sizeof f->hint, "%s", m->hint ? m->hint : "");
}

static void check_contains(const char *hay, const char *needle) {
  if (!strstr(hay, needle))
    printf("\n    '%s' does not contain '%s'\n", hay, needle);
  CU_ASSERT_PTR_NOT_NULL(strstr(hay, needle));
}

static enum reuse_status parse(const char *text, struct reuse_problem *p,
                               struct reuse_nest *n, struct first *got) {
  struct reuse_diag diag = {keep_first, got, 0, 0};
  memset(got, 0, sizeof *got);
  return reuse__nest_parse("n.yaml", text, strlen(text), p, n, &diag);
}

static const char full[] =
    "problem: {N: 1, G: 1, K: 60, C: 40, P: 6, Q: 1, R: 3, S: 3, stride: [2, "
    "1], "
    "dilation: [1, 1], pad: [1, 0], input: [8, 1]}\n"
    "nest:\n"
    "  - {level: DRAM, loops: [C/32, K/7, P/4]}\n"
    "  - {level: 'L1: it''''s', keeps: [I, O], lowering: im2col, "
    "loops: [P/1, '[C,R,S]/16'], spatial: [K/3, '[C,R,S]/1'], network: {I: "
    "unicast, "
    "O: accumulate}}\n"
    "  - {level: RF, keeps: [I, W, O], loops: [K/2, K/1]}\n"
    "  - {level: MAC, latch: [W], blocks: {C: 16}}\n";

static const char pool[] =
    "problem: {N: 1, G: 5, K: 1, C: 1, P: 2, Q: 3, R: 2, S: 2, stride: [2, 2], "
    "dilation: [1, 1], pad: [0, 0], tensors: [I, O]}\n"
    "nest:\n"
    "  - {level: DRAM, keeps: [O], loops: [G/1, P/1]}\n"
    "  - {level: buffer, keeps: [I], loops: [Q/1, R/1], spatial: [S/1], "
    "network: {W: unicast}}\n"
    "  - {level: MAC, latch: []}\n";

static void test_fields(void) {
  struct reuse_problem p;
  struct reuse_nest n;
  struct first got;
  CU_ASSERT_EQUAL_FATAL(parse(full, &p, &n, &got), REUSE_OK);
  CU_ASSERT_EQUAL(p.extent[REUSE_K], 60);
  CU_ASSERT_EQUAL(p.stride[0], 2);
  CU_ASSERT_EQUAL(p.pad[0], 1);
  CU_ASSERT_EQUAL(p.pad[1], 0);
  CU_ASSERT_EQUAL(p.input[0], 8);
  CU_ASSERT_EQUAL(p.tensors, REUSE_ALL_TENSORS);
  CU_ASSERT_EQUAL(n.nlevels, 4);
  CU_ASSERT_EQUAL(n.nloops, 9);
  CU_ASSERT_STRING_EQUAL(n.level[1].name, "L1: it''s");
  CU_ASSERT_EQUAL(n.level[0].keeps, REUSE_ALL_TENSORS);
  CU_ASSERT_EQUAL(n.level[1].keeps, REUSE_BIT(REUSE_I) | REUSE_BIT(REUSE_O));
  CU_ASSERT_TRUE(n.level[1].im2col);
  CU_ASSERT_FALSE(n.level[2].im2col);
  CU_ASSERT_EQUAL(n.level[1].network[REUSE_I], REUSE_UNICAST);
  CU_ASSERT_EQUAL(n.level[1].network[REUSE_W], REUSE_MULTICAST);
  CU_ASSERT_EQUAL(n.level[1].network[REUSE_O], REUSE_ACCUMULATE);
  CU_ASSERT_EQUAL(n.level[1].first_loop, 3);
  CU_ASSERT_EQUAL(n.level[1].nloops, 4);
  CU_ASSERT_EQUAL(n.loop[4].ndims, 3);
  CU_ASSERT_EQUAL(n.loop[4].dim[0], REUSE_C);
  CU_ASSERT_EQUAL(n.loop[4].step, 16);
  CU_ASSERT_FALSE(n.loop[4].spatial);
  CU_ASSERT_TRUE(n.loop[5].spatial);
  CU_ASSERT_EQUAL(n.level[3].latch, REUSE_BIT(REUSE_W));
  CU_ASSERT_EQUAL(n.block[REUSE_C], 16);
}

static void test_defaults(void) {
  struct reuse_problem p;
  struct reuse_nest n;
  struct first got;
  CU_ASSERT_EQUAL_FATAL(
      parse("problem: {K: 3}\n"
            "nest: [{level: A, spatial: [K/2], loops: [K/3]},\n"
            "  {level: B, loops: [ K / 1 ]}, {level: MAC}]\n",
            &p, &n, &got),
      REUSE_OK);
  CU_ASSERT_EQUAL(p.extent[REUSE_N], 1);
  CU_ASSERT_EQUAL(p.stride[1], 1);
  CU_ASSERT_EQUAL(p.dilation[0], 1);
  CU_ASSERT_EQUAL(p.input[0], 0);
  CU_ASSERT_EQUAL(n.level[1].keeps, REUSE_ALL_TENSORS);
  CU_ASSERT_EQUAL(n.level[0].network[REUSE_O], REUSE_REDUCE);
  CU_ASSERT_EQUAL(n.level[2].latch, 0);
  CU_ASSERT_EQUAL(n.loop[0].step, 3);
  CU_ASSERT_TRUE(n.loop[1].spatial);
}

/* A row replaces FROM, found in `full`, by TO. */
static void test_errors(void) {
  static const struct {
    const char *from, *to;
    int line, column;
    const char *message, *hint;
  } cases[] = {
      {"C/32", "c/32", 3, 27, "'c' is not a dim", "did you mean 'C'?"},
      {"C/32", "Z/32", 3, 27, "'Z' is not a dim", "N, G, K, C, P, Q, R, S"},
      {"C/32", "/32", 3, 27, "'/' is not a dim", ""},
      {"C/32", "C32", 3, 28, "a loop needs '/'", "DIM/STEP"},
      {"C/32", "C/", 3, 29, "the step must be an integer", "DIM/STEP"},
      {"C/32", "C/0", 3, 29, "the step must be between", ""},
      {"C/32", "C/-2", 3, 29, "the step must be between", ""},
      {"C/32", "C/99999999999999999999", 3, 29, "the step must be between", ""},
      {"C/32", "C/32x", 3, 29, "the step must be an integer", ""},
      {"C/32", "[C,R]", 3, 27, "a loop must be written DIM/STEP", "quote"},
      {"C/32", "[C,R]/32", 3, 32, "missing comma", ""},
      {"C,R,S]/16", "C,C,S]/16", 4, 78, "the dim C is named twice", ""},
      {"C,R,S]/16", "C,R,S/16", 4, 81, "']' is missing", ""},
      {"[C,R,S]/16", "[]/16", 4, 76, "']' is not a dim", ""},
      {"loops: [P/1,", "loops: [P/2,", 3, 3, "come down to one point",
       "the loops of P leave 2 points: end with P/1"},
      {"K/2, K/1", "C/1, K/1", 5, 43, "flattened loops of the same group", ""},
      {"level: RF, ", "", 5, 5, "lacks the key 'level'", ""},
      {"RF", "DRAM", 5, 13, "two levels are called 'DRAM'", ""},
      {"RF", "a_name_with_more_than_31_bytes_in_it", 5, 13, "at most 31 bytes", ""},
      {"lowering", "lowring", 4, 43, "unknown key 'lowring'",
       "did you mean 'lowering'?"},
      {"im2col", "img2col", 4, 53, "lowering cannot be", "did you mean 'im2col'?"},
      {"[I, W, O]", "[I, I]", 5, 28, "keeps has 'I' twice", ""},
      {"[I, W, O]", "all", 5, 24, "keeps must be a list", ""},
      {"O: accumulate", "O: multicast", 4, 143,
       "the network of O cannot be 'multicast'", "reduce, accumulate"},
      {"O: accumulate", "X: reduce", 4, 140, "unknown key 'X' in the network", ""},
      {"latch: [W]", "loops: [W]", 6, 25, "cannot have 'loops'", "{level: MAC"},
      {"loops: [K/2, K/1]", "latch: [I]", 5, 42, "cannot have 'latch'", "last entry"},
      {"C: 16", "C: 0", 6, 42, "a block must be between 1 and", ""},
      {"stride: [2, 1]", "stride: 2", 1, 69, "stride must be a list", ""},
      {"pad: [1, 0]", "pad: [1, 0, 1, 0]", 1, 100,
       "pad must have 2 items, not 4", ""},
      {"pad: [1, 0]", "pad: [-1, 0]", 1, 101, "pad must be between 0 and", ""},
      {"input: [8, 1]", "input: [8, 0]", 1, 119, "input must be between 1 and", ""},
      {"K: 60", "K: 0", 1, 26, "K must be between 1 and", ""},
      {"K: 60", "K: many", 1, 26, "K must be an integer", ""},
      {"K: 60", "K: 60, K: 61", 1, 30, "the key 'K' is repeated", "line 1"},
      {"nest:", "nests:", 2, 1, "unknown key 'nests'", "did you mean 'nest'?"},
      {"problem", "network", 1, 1, "unknown key 'network'", "problem, nest"}};
  for (int i = 0; i < COUNT(cases); i++) {
    struct reuse_problem p = {.tensors = 99};
    struct reuse_nest n = {.nlevels = 99};
    struct first got;
    char text[2048];
    const char *at = strstr(full, cases[i].from);
    CU_ASSERT_PTR_NOT_NULL_FATAL(at);
    snprintf(text, sizeof text, "%.*s%s%s", (int)(at - full), full, cases[i].to,
             at + strlen(cases[i].from));
    CU_ASSERT_EQUAL(parse(text, &p, &n, &got), REUSE_ERR_INPUT);
    CU_ASSERT_EQUAL(n.nlevels, 99);
    check_contains(got.text, cases[i].message);
    check_contains(got.hint, cases[i].hint);
    CU_ASSERT_EQUAL(got.line, cases[i].line);
    CU_ASSERT_EQUAL(got.column, cases[i].column);
  }
}

static void test_shapes(void) {
  static const struct {
    const char *text, *message;
  } cases[] = {
      {"3", "a nest file must be a mapping"},
      {"problem: {}\nnest: {}\n", "nest must be a list"},
      {"problem: {}\nnest: [{level: MAC}]\n",
       "nest must have 2 to 12 items, not 1"},
      {"problem: {}\nnest: [DRAM, MAC]\n",
       "a level of the nest must be a mapping"},
      {"problem: []\nnest: [{level: DRAM}, {level: MAC}]\n",
       "the problem must be"},
      {"nest: [{level: DRAM}, {level: MAC}]\n", "lacks the key 'problem'"},
      {"problem: {tensors: [I]}\nnest: [{level: DRAM}, {level: MAC}]\n",
       "no output"},
      {"problem: {}\nnest: [{level: DRAM, keeps: [O]}, {level: MAC}]\n",
       "kept by no level"}};
  for (int i = 0; i < COUNT(cases); i++) {
    struct reuse_problem p;
    struct reuse_nest n;
    struct first got;
    CU_ASSERT_EQUAL(parse(cases[i].text, &p, &n, &got), REUSE_ERR_INPUT);
    check_contains(got.text, cases[i].message);
  }
}

static void test_too_many_loops(void) {
  struct reuse_problem p;
  struct reuse_nest n;
  struct first got;
  char text[1024] = "problem: {}\nnest: [{level: A, loops: [";
  for (int i = 0; i <= REUSE_MAX_LOOPS; i++)
    strcat(text, "K/1, ");
  strcat(text, "]}, {level: MAC}]\n");
  CU_ASSERT_EQUAL(parse(text, &p, &n, &got), REUSE_ERR_INPUT);
  check_contains(got.text, "more than 72 loops");
}

/* The text that reuse__nest_write or reuse__nest_print_code writes; to be freed. */
static char *written(enum reuse_status (*write)(const struct reuse_problem *,
                                                const struct reuse_nest *, FILE *),
                     const struct reuse_problem *p, const struct reuse_nest *n) {
  char *text = calloc(1, 8192);
  FILE *f = tmpfile();
  CU_ASSERT_TRUE_FATAL(text != NULL && f != NULL);
  CU_ASSERT_EQUAL(write(p, n, f), REUSE_OK);
  rewind(f);
  CU_ASSERT_TRUE(fread(text, 1, 8191, f) > 0);
  fclose(f);
  return text;
}

static void test_round_trip(void) {
  static const char *const texts[] = {full, pool};
  for (int i = 0; i < COUNT(texts); i++) {
    struct reuse_problem p, p2;
    struct reuse_nest n, n2;
    struct first got;
    CU_ASSERT_EQUAL_FATAL(parse(texts[i], &p, &n, &got), REUSE_OK);
    char *text = written(reuse__nest_write, &p, &n);
    CU_ASSERT_EQUAL_FATAL(parse(text, &p2, &n2, &got), REUSE_OK);
    CU_ASSERT_EQUAL(memcmp(&p, &p2, sizeof p), 0);
    char *again = written(reuse__nest_write, &p2, &n2);
    CU_ASSERT_STRING_EQUAL(text, again);
    CU_ASSERT_STRING_EQUAL(n.level[1].name, n2.level[1].name);
    for (int l = 0; l < n.nloops; l++) {
      CU_ASSERT_EQUAL(n.loop[l].step, n2.loop[l].step);
      CU_ASSERT_EQUAL(n.loop[l].spatial, n2.loop[l].spatial);
      CU_ASSERT_EQUAL(memcmp(n.loop[l].dim, n2.loop[l].dim, sizeof n.loop[l].dim),
                      0);
    }
    free(text);
    free(again);
  }
}

static void test_code(void) {
  static const char expected[] =
      "for g in 0..5                                 # DRAM: keeps O\n"
      "  for p in 0..2\n"
      "    for q in 0..3                             # buffer: keeps I; W "
      "unicast\n"
      "      for r in 0..2\n"
      "        parallel-for s in 0..2\n"
      "          h = 2*p + r                         # MAC\n"
      "          w = 2*q + s\n"
      "          O[0,g,0,p,q] op= I[0,g,0,h,w]\n";
  struct reuse_problem p;
  struct reuse_nest n;
  struct first got;
  CU_ASSERT_EQUAL_FATAL(parse(pool, &p, &n, &got), REUSE_OK);
  char *text = written(reuse__nest_print_code, &p, &n);
  CU_ASSERT_STRING_EQUAL(text, expected);
  free(text);
  CU_ASSERT_EQUAL_FATAL(parse(full, &p, &n, &got), REUSE_OK);
  text = written(reuse__nest_print_code, &p, &n);
  check_contains(text, "for k0 in 0..60 step 7\n");
  check_contains(text, "parallel-for k1 in k0..min(k0+7, 60) step 3\n");
  check_contains(text, "for crs0 in 0..288 step 16\n");
  check_contains(text,
                 "c, r, s = unflatten(crs1, c..min(c+32, 48), 0..3, 0..3)\n");
  check_contains(text, "# MAC: latch W\n");
  for (const char *line = text; *line;) {
    size_t width = strcspn(line, "\n");
    CU_ASSERT_TRUE(width <= 80);
    line += width + 1;
  }
  free(text);
}

static void test_no_file(void) {
  struct reuse_problem p;
  struct reuse_nest n;
  struct first got = {0};
  struct reuse_diag diag = {keep_first, &got, 0, 0};
  CU_ASSERT_EQUAL(reuse_nest_read("no/such/nest.yaml", &p, &n, &diag), REUSE_ERR_IO);
  CU_ASSERT_EQUAL(diag.errors, 1);
  CU_ASSERT_EQUAL(reuse_nest_read("no/such/nest.yaml", &p, &n, NULL), REUSE_ERR_IO);
}

int register_nest_read_tests(void) {
  static const struct {
    const char *name;
    CU_TestFunc run;
  } tests[] = {{"all fields", test_fields},
               {"defaults", test_defaults},
               {"errors", test_errors},
               {"wrong shapes", test_shapes},
               {"too many loops", test_too_many_loops},
               {"round trip", test_round_trip},
               {"pseudo-code", test_code},
               {"no file", test_no_file}};
  CU_pSuite suite = CU_add_suite("nest files", NULL, NULL);
  if (!suite)
    return -1;
  for (int i = 0; i < COUNT(tests); i++)
    if (!CU_add_test(suite, tests[i].name, tests[i].run))
      return -1;
  return 0;
}
