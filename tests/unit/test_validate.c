/* Validation: formulas, verdicts, and the shipped plan.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <CUnit/CUnit.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "validate/formula.h"
#include "validate/validate.h"

int register_validate_tests(void);

#define COUNT(table) ((int)(sizeof(table) / sizeof(table)[0]))

enum { PATH = 600 };

/* The last message. */
struct heard { int n; char text[512]; };

static void listen(void *context, const struct reuse_message *message) {
  struct heard *heard = context;
  heard->n++;
  snprintf(heard->text, sizeof heard->text, "%s", message->text);
}

/* ---- formulas --------------------------------------------------------------- */

static bool twice(struct reuse__formula *f, const struct reuse__argument *a, double *value) {
  (void)f;
  *value = 2 * a[0].number + a[1].number;
  return true;
}

static bool length(struct reuse__formula *f, const struct reuse__argument *a,
                   double *value) {
  (void)f;
  *value = (double)strlen(a[0].word) + (a[1].word ? 100 : 0);
  return true;
}

static const struct reuse__function functions[] = {
  {"twice", "n|n", twice}, {"length", "w|w", length}
};

static bool seven(struct reuse__formula *f, const char *name, double *value) {
  *value = 7;
  return strcmp(name, "seven") == 0 || reuse__formula_error(f, "no name %s", name);
}

/* Evaluates TEXT; *heard has what was reported. */
static bool evaluate(const char *text, double *value, struct heard *heard) {
  struct reuse_arena *arena = reuse_arena_new();
  struct reuse_diag diag = {.sink = listen, .context = heard};
  struct reuse__yaml yaml;
  char document[400];
  snprintf(document, sizeof document, "\"%s\"\n", text);
  *heard = (struct heard){0};
  CU_ASSERT_EQUAL_FATAL(
    reuse__yaml_parse("t", document, strlen(document), arena, &diag, &yaml), REUSE_OK);
  struct reuse__formula f = {.yaml = &yaml, .node = yaml.root, .function = functions,
                             .nfunctions = COUNT(functions), .name = seven};
  const bool ok = reuse__formula_value(&f, value);
  reuse_arena_free(arena);
  return ok;
}

static void test_values(void) {
  static const struct { const char *text; double value; } row[] = {
    {"13", 13},
    {"2 + 3 * 5", 17},
    {"(2 + 3) * 5", 25},
    {"31 - 7 - 5", 19},             /* from the left */
    {"210 / 7 / 5", 6},
    {"-3 * -5", 15},
    {"2 - -3", 5},
    {"1.5e3 + .25", 1500.25},
    {"seven * 11", 77},
    {"twice(3)", 6},
    {"twice(3, 5) + 1", 12},
    {"twice(twice(2), (1 + 2) * 3)", 17},
    {"length(a-b*)", 4},            /* words end at commas and parentheses */
    {"length( abc , x)", 103},
    {"length('x, (y)')", 6},
  };
  for (int i = 0; i < COUNT(row); i++) {
    struct heard heard;
    double value = NAN;
    const bool ok = evaluate(row[i].text, &value, &heard);
    if (!ok || fabs(value - row[i].value) > 1e-12)
      fprintf(stderr, "%s: %g, %s\n", row[i].text, value, heard.text);
    CU_ASSERT_TRUE(ok);
    CU_ASSERT_DOUBLE_EQUAL(value, row[i].value, 1e-12);
  }
}

static void test_faults(void) {
  static const struct { const char *text, *message; } row[] = {
    {"", "a number, a name or '(' expected"},
    {"2 +", "a number, a name or '(' expected"},
    {"2 3", "an operator expected"},
    {"(2", "')' expected"},
    {"eight", "no name eight"},
    {"thrice(3)", "there is no function thrice"},
    {"twice(3, 5, 7)", "')' expected"},
    {"twice()", "a number, a name or '(' expected"},
    {"length()", "a word expected"},
    {"length('a)", "a word expected"},
    {"1 / 0", "the value is not finite"},
    {"((((((((((((((((((((((((((((((((((((1))))))))))))))))))))))))))))))))))))",
     "too deeply nested"},
  };
  for (int i = 0; i < COUNT(row); i++) {
    struct heard heard;
    double value;
    CU_ASSERT_FALSE(evaluate(row[i].text, &value, &heard));
    if (strcmp(heard.text, row[i].message) != 0)
      fprintf(stderr, "'%s': %s\n", row[i].text, heard.text);
    CU_ASSERT_STRING_EQUAL(heard.text, row[i].message);
    CU_ASSERT_EQUAL(heard.n, 1);
  }
}

/* ---- verdicts --------------------------------------------------------------- */

static const char figures[] =
  "system,network,layer,metric,value,unit,source,found_or_recalled\n"
  "A,-,-,near,100,x,s,found\n"
  "A,-,-,far,100,x,s,found\n"
  "A,-,-,remembered,100,x,s,recalled\n"
  "A,-,-,zero,0,x,s,found\n"
  "A,-,-,least,100,x,s,derived\n"
  "A,-,-,words,48x3,-,s,found\n"
  "B,-,-,clock,200,MHz,s,found\n"
  "C,-,-,other,1,x,s,found\n";

static const char plan[] =
  "published: [t]\n"
  "systems: {first: [A], second: [B]}\n"
  "remarks: []\n"
  "scenarios: {}\n"
  "values: {five: 2 + 3, loop: loop + 1}\n"
  "figures:\n"
  "  - {system: A, metric: near, value: 100 + five, tolerance: 5%, reason: r}\n"
  "  - {system: A, metric: near, value: 98, tolerance: 2, reason: r}\n"
  "  - {system: A, metric: far, value: 90, tolerance: 9.9%, reason: r}\n"
  "  - {system: A, metric: remembered, value: 150, tolerance: exact, reason: r}\n"
  "  - {system: A, metric: zero, value: 0, tolerance: exact, reason: r}\n"
  "  - {system: A, metric: least, value: 101, tolerance: at least, reason: r}\n"
  "  - {system: A, metric: least, value: 101, tolerance: at most, reason: r}\n"
  "  - {system: A, metric: words, reason: no number}\n"
  "  - {system: '*', metric: clock, used_by: f.yaml}\n";

static void write_file(const char *directory, const char *name, const char *text) {
  char path[PATH];
  snprintf(path, sizeof path, "%s/%s", directory, name);
  FILE *file = fopen(path, "w");
  CU_ASSERT_PTR_NOT_NULL_FATAL(file);
  fputs(text, file);
  CU_ASSERT_EQUAL_FATAL(fclose(file), 0);
}

/* Makes a home with PLAN in DIRECTORY, a template of mkdtemp; or removes it. */
static void make_home(char *directory, const char *text) {
  char path[PATH];
  CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(directory));
  snprintf(path, sizeof path, "%s/data", directory);
  CU_ASSERT_EQUAL_FATAL(mkdir(path, 0700), 0);
  snprintf(path, sizeof path, "%s/data/published", directory);
  CU_ASSERT_EQUAL_FATAL(mkdir(path, 0700), 0);
  write_file(directory, "data/published/t.csv", figures);
  write_file(directory, "data/validation.yaml", text);
}

static void remove_home(const char *directory) {
  static const char *const part[] = {"data/published/t.csv", "data/validation.yaml",
                                     "data/published", "data", "."};
  for (int i = 0; i < COUNT(part); i++) {
    char path[PATH];
    snprintf(path, sizeof path, i + 1 < COUNT(part) ? "%s/%s" : "%s", directory, part[i]);
    CU_ASSERT_EQUAL(i < 2 ? unlink(path) : rmdir(path), 0);
  }
}

static void test_verdicts(void) {
  static const struct { const char *metric; enum reuse__verdict verdict; bool decides; }
    expected[] = {
      {"near", REUSE__WITHIN, false},       {"near", REUSE__WITHIN, false},
      {"far", REUSE__OUTSIDE, true},        {"remembered", REUSE__OUTSIDE, false},
      {"zero", REUSE__WITHIN, false},       {"least", REUSE__WITHIN, false},
      {"least", REUSE__OUTSIDE, true},      {"words", REUSE__NOT_MODELLED, false},
      {"clock", REUSE__PARAMETER, false},   {"other", REUSE__UNASSIGNED, false},
    };
  char home[] = "validate-XXXXXX";
  struct heard heard = {0};
  struct reuse_diag diag = {.sink = listen, .context = &heard};
  struct reuse_arena *arena = reuse_arena_new();
  struct reuse__validation v;
  struct reuse__error_summary s;
  make_home(home, plan);
  CU_ASSERT_EQUAL_FATAL(reuse__validate(home, NULL, 1, arena, &v, &diag), REUSE_OK);
  CU_ASSERT_EQUAL_FATAL(v.n, COUNT(expected));
  for (int i = 0; i < v.n; i++) {
    CU_ASSERT_STRING_EQUAL(v.comparison[i].figure->metric, expected[i].metric);
    CU_ASSERT_EQUAL(v.comparison[i].verdict, expected[i].verdict);
    CU_ASSERT_EQUAL(v.comparison[i].decides, expected[i].decides);
  }
  CU_ASSERT_EQUAL(v.deciding, 2);
  CU_ASSERT_EQUAL(v.unassigned, 1);
  CU_ASSERT_EQUAL(v.nsystems, 3);
  CU_ASSERT_STRING_EQUAL(v.system[1], "second");
  CU_ASSERT_EQUAL(reuse__error_summary(&v, "first", arena, &s), REUSE_OK);
  CU_ASSERT_EQUAL(s.compared, 7);
  CU_ASSERT_EQUAL(s.errors, 4);     /* 5 %, -2 %, -10 %, 50 % */
  CU_ASSERT_DOUBLE_EQUAL(s.median, 0.075, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(s.mean, 0.1675, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(s.worst, 0.5, 1e-12);
  CU_ASSERT_EQUAL(reuse__validate(home, "second", 1, arena, &v, &diag), REUSE_OK);
  CU_ASSERT_EQUAL(v.n, 1);
  CU_ASSERT_EQUAL(reuse__validate(home, "third", 1, arena, &v, &diag), REUSE_ERR_INPUT);
  CU_ASSERT_EQUAL(heard.n, 0);
  reuse_arena_free(arena);
  remove_home(home);
}

/* A plan that is wrong is refused with a message. */
static void test_plan_faults(void) {
  static const struct { const char *entry, *message; } row[] = {
    {"{system: A, metric: near, value: 1, tolerance: 5%}",
     "a comparison needs a tolerance and its reason"},
    {"{system: A, metric: near, value: 1, tolerance: five, reason: r}",
     "'five' is no tolerance"},
    {"{system: A}", "an entry needs a value, a file that uses it, or a reason"},
    {"{system: A, metric: near, value: loop, tolerance: 1%, reason: r}",
     "loop is defined by itself"},
    {"{system: A, metric: near, value: cycles(x), tolerance: 1%, reason: r}",
     "there is no scenario x"},
    {"{system: A, metric: words, value: 1, tolerance: 1%, reason: r}",
     "48x3 is not a number"},
  };
  for (int i = 0; i < COUNT(row); i++) {
    char home[] = "validate-XXXXXX", text[2000];
    struct heard heard = {0};
    struct reuse_diag diag = {.sink = listen, .context = &heard};
    struct reuse_arena *arena = reuse_arena_new();
    struct reuse__validation v;
    snprintf(text, sizeof text,
             "published: [t]\nsystems: {}\nremarks: []\nscenarios: {}\n"
             "values: {loop: loop + 1}\nfigures:\n  - %s\n", row[i].entry);
    make_home(home, text);
    CU_ASSERT_EQUAL(reuse__validate(home, "A", 1, arena, &v, &diag), REUSE_ERR_INPUT);
    CU_ASSERT_STRING_EQUAL(heard.text, row[i].message);
    reuse_arena_free(arena);
    remove_home(home);
  }
}

/* ---- the shipped plan --------------------------------------------------------- */

/* No published figure is forgotten, and no entry selects nothing. */
static void test_plan_is_complete(void) {
  const char *home = getenv("REUSEMODEL_HOME");
  struct heard heard = {0};
  struct reuse_diag diag = {.sink = listen, .context = &heard};
  struct reuse_arena *arena = reuse_arena_new();
  struct reuse__figures f = {0};
  struct reuse__plan p;
  char path[PATH];
  CU_ASSERT_PTR_NOT_NULL_FATAL(home);
  snprintf(path, sizeof path, "%s/data/validation.yaml", home);
  CU_ASSERT_EQUAL_FATAL(reuse__plan_read(path, arena, &p, &diag), REUSE_OK);
  for (int i = 0; i < p.npublished; i++) {
    snprintf(path, sizeof path, "%s/data/published/%s.csv", home, p.published[i]);
    CU_ASSERT_EQUAL_FATAL(reuse__published_read(path, p.published[i], arena, &f, &diag),
                          REUSE_OK);
  }
  for (int i = 0; i < f.n; i++) {
    int n = 0;
    for (int e = 0; e < p.nentries; e++)
      n += reuse__selects(&p.entry[e].which, &f.figure[i]);
    if (n == 0)
      fprintf(stderr, "%s:%d: in no entry\n", f.figure[i].file, f.figure[i].line);
    CU_ASSERT_TRUE(n > 0);
  }
  for (int e = 0; e < p.nentries; e++) {
    int n = 0;
    for (int i = 0; i < f.n; i++)
      n += reuse__selects(&p.entry[e].which, &f.figure[i]);
    if (n == 0 && p.entry[e].formula)
      fprintf(stderr, "line %d: selects nothing\n", p.entry[e].node->place.line);
    CU_ASSERT_TRUE(n > 0 || !p.entry[e].formula);
  }
  reuse_arena_free(arena);
}

/* What follows from definitions alone is exact. */
static void test_definitions(void) {
  static const char *const system[] = {"networks", "transforms", "cpu", "thinker"};
  const char *home = getenv("REUSEMODEL_HOME");
  for (int i = 0; i < COUNT(system); i++) {
    struct heard heard = {0};
    struct reuse_diag diag = {.sink = listen, .context = &heard};
    struct reuse_arena *arena = reuse_arena_new();
    struct reuse__validation v;
    CU_ASSERT_EQUAL(reuse__validate(home, system[i], 1, arena, &v, &diag), REUSE_OK);
    CU_ASSERT_EQUAL(v.deciding, 0);
    CU_ASSERT_EQUAL(v.unassigned, 0);
    CU_ASSERT_EQUAL(heard.n, 0);
    reuse_arena_free(arena);
  }
}

int register_validate_tests(void) {
  CU_pSuite suite = CU_add_suite("validate", NULL, NULL);
  bool ok = suite != NULL &&
    CU_add_test(suite, "formulas have the values of arithmetic", test_values) != NULL &&
    CU_add_test(suite, "faults of formulas", test_faults) != NULL &&
    CU_add_test(suite, "verdicts and errors", test_verdicts) != NULL &&
    CU_add_test(suite, "faults of plans", test_plan_faults) != NULL &&
    CU_add_test(suite, "the shipped plan forgets no figure", test_plan_is_complete) != NULL &&
    CU_add_test(suite, "definitions are exact", test_definitions) != NULL;
  return ok ? 0 : 1;
}
