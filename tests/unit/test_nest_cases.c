/* Loop nests with known counts: hand-worked, executed, and Timeloop's.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/data/nest-cases/README.md says where the figures come from. */
#include <CUnit/CUnit.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "oracle/compare.h"
#include "oracle/execute.h"
#include "reusemodel.h"

int register_nest_cases_tests(void);

/* ---- reporting ---------------------------------------------------------- */

/* Fails unless the two integers are equal. */
static void check_equal(const char *name, const char *where, const char *field,
                        int64_t expected, int64_t actual) {
  char text[512];

  snprintf(text, sizeof text, "%s %s %s: expected %" PRId64 ", counted %" PRId64,
           name, where, field, expected, actual);
  CU_assertImplementation(expected == actual, __LINE__, text, __FILE__,
                          __func__, CU_FALSE);
}

/* Fails with a text. */
static void fail(const char *name, const char *text) {
  char message[256];

  snprintf(message, sizeof message, "%s: %s", name, text);
  CU_assertImplementation(CU_FALSE, __LINE__, message, __FILE__, __func__,
                          CU_FALSE);
}

/* Sets PATH to that of a file of this test's data. */
static void data_path(const char *name, char *path, size_t size) {
  const char *tests = getenv("REUSEMODEL_TESTDIR");
  const char *top = getenv("abs_top_srcdir");

  if (tests != NULL)
    snprintf(path, size, "%s/data/nest-cases/%s", tests, name);
  else if (top != NULL)
    snprintf(path, size, "%s/tests/data/nest-cases/%s", top, name);
  else
    snprintf(path, size, "tests/data/nest-cases/%s", name);
}

/* ---- nest files with counts --------------------------------------------- */

/* The level of NEST that is called NAME, or -1. */
static int level_named(const struct reuse_nest *nest, const char *name) {
  for (int i = 0; i < nest->nlevels; i++)
    if (strcmp(nest->level[i].name, name) == 0)
      return i;
  return -1;
}

/* The tensor of LETTER, or -1. */
static int tensor_of(char letter) {
  const char *at = letter != '\0' ? strchr(reuse_tensor_letter, letter) : NULL;

  return at == NULL ? -1 : (int)(at - reuse_tensor_letter);
}

/* Enters a line "level,tensor,loads,serves,updates,drains" in *EXPECTED. */
static bool read_traffic(const char *line, const struct reuse_nest *nest,
                         struct reuse_counts *expected) {
  struct reuse_traffic t = {0};
  char level[REUSE_NAME], letter;

  if (sscanf(line, "%31[^,],%c,%" SCNd64 ",%" SCNd64 ",%" SCNd64 ",%" SCNd64,
             level, &letter, &t.loads, &t.serves, &t.updates, &t.drains) != 6 ||
      level_named(nest, level) < 0 || tensor_of(letter) < 0)
    return false;
  expected->at[level_named(nest, level)][tensor_of(letter)] = t;
  return true;
}

/* Reads the counts in the CSV file PATH; what it does not list is zero. */
static bool read_counts(const char *path, const struct reuse_nest *nest,
                        struct reuse_counts *expected) {
  FILE *f = fopen(path, "r");
  char line[256];
  bool summary = false, good = f != NULL;

  memset(expected, 0, sizeof *expected);
  good = good && fgets(line, sizeof line, f) != NULL;
  while (good && fgets(line, sizeof line, f) != NULL) {
    if (sscanf(line, "# macs %" SCNd64 " steps %" SCNd64, &expected->macs,
               &expected->steps) == 2)
      summary = true;
    else
      good = read_traffic(line, nest, expected);
  }
  if (f != NULL)
    fclose(f);
  return good && summary;
}

/* Compares what the CSV files state. */
static void check_counts(const char *name, const struct reuse_nest *nest,
                         const struct reuse_counts *expected,
                         const struct reuse_counts *actual) {
  check_equal(name, "nest", "macs", expected->macs, actual->macs);
  check_equal(name, "nest", "steps", expected->steps, actual->steps);
  for (int i = 0; i < nest->nlevels - 1; i++) {
    for (int t = 0; t < REUSE_TENSORS; t++) {
      const struct reuse_traffic *e = &expected->at[i][t], *a = &actual->at[i][t];
      char where[REUSE_NAME + 4];
      snprintf(where, sizeof where, "%s %c", nest->level[i].name,
               reuse_tensor_letter[t]);
      check_equal(name, where, "loads", e->loads, a->loads);
      check_equal(name, where, "serves", e->serves, a->serves);
      check_equal(name, where, "updates", e->updates, a->updates);
      check_equal(name, where, "drains", e->drains, a->drains);
    }
  }
}

static void print_message(void *context, const struct reuse_message *message) {
  (void)context;
  printf("# %s:%d: %s\n", message->file != NULL ? message->file : "",
         message->line, message->text);
}

/* The case of NAME ("directory/NN"), by the closed form and by execution, which
 * must also agree on what the CSV file does not state. */
static void check_case(const char *name) {
  struct reuse_diag diag = {.sink = print_message};
  struct reuse_counts expected, counted, executed;
  struct reuse_problem problem;
  struct reuse_nest nest;
  struct difference d = {.field = "all"};
  char file[64], path[1024];

  snprintf(file, sizeof file, "%s.yaml", name);
  data_path(file, path, sizeof path);
  if (reuse_nest_read(path, &problem, &nest, &diag) != REUSE_OK) {
    fail(name, "the nest file cannot be read");
    return;
  }
  snprintf(file, sizeof file, "%s.csv", name);
  data_path(file, path, sizeof path);
  if (!read_counts(path, &nest, &expected)) {
    fail(name, "the counts cannot be read");
    return;
  }
  if (reuse_count(&problem, &nest, &counted) != REUSE_OK ||
      oracle_count(&problem, &nest, &executed) != 0) {
    fail(name, "the nest is refused");
    return;
  }
  check_counts(name, &nest, &expected, &executed);
  check_counts(name, &nest, &expected, &counted);
  if (compare_counts(&nest, &executed, &counted, 1, &d) > 0)
    check_equal(name, "execution and closed form", d.field, d.expected, d.actual);
}

static void check_cases(const char *directory, int n) {
  for (int i = 1; i <= n; i++) {
    char name[32];
    snprintf(name, sizeof name, "%s/%02d", directory, i);
    check_case(name);
  }
}

static void worked_cases(void) { check_cases("worked", 6); }

static void semantics_cases(void) { check_cases("semantics", 16); }

/* ---- tables ------------------------------------------------------------- */

enum { MAX_ROWS = 160, MAX_COLUMNS = 56, MAX_LINE = 1024 };

/* A CSV file with a header line: row 0. */
struct table {
  int nrows;
  char line[MAX_ROWS][MAX_LINE];
  const char *cell[MAX_ROWS][MAX_COLUMNS];
};

/* Splits LINE into cells, in place. A cell may be quoted. */
static void split(char *line, const char **cell) {
  char *p = line;

  line[strcspn(line, "\r\n")] = '\0';
  for (int i = 0; i < MAX_COLUMNS && p != NULL; i++) {
    const bool quoted = *p == '"';
    cell[i] = p += quoted;
    p += strcspn(p, quoted ? "\"" : ",");
    if (quoted && *p == '"')
      *p++ = '\0';
    if (*p == ',')
      *p++ = '\0';
    else
      p = NULL;
  }
}

/* Reads a file of this test's data.  Returns NULL on failure. */
static struct table *read_table(const char *name) {
  struct table *t = calloc(1, sizeof *t);
  char path[1024];

  data_path(name, path, sizeof path);
  FILE *f = fopen(path, "r");
  while (t != NULL && f != NULL && t->nrows < MAX_ROWS &&
         fgets(t->line[t->nrows], MAX_LINE, f) != NULL) {
    split(t->line[t->nrows], t->cell[t->nrows]);
    t->nrows++;
  }
  if (f == NULL || t == NULL || t->nrows < 2) {
    fail(name, "the table cannot be read");
    free(t);
    t = NULL;
  }
  if (f != NULL)
    fclose(f);
  return t;
}

/* The cell of ROW in the column called NAME; "" when there is none. */
static const char *cell(const struct table *t, int row, const char *name) {
  for (int i = 0; i < MAX_COLUMNS && t->cell[0][i] != NULL; i++)
    if (strcmp(t->cell[0][i], name) == 0)
      return t->cell[row][i] != NULL ? t->cell[row][i] : "";
  return "";
}

/* The cell of level I: of the column "Li_NAME". */
static const char *level_cell(const struct table *t, int row, int i,
                              const char *name) {
  char column[64];

  snprintf(column, sizeof column, "L%d_%s", i, name);
  return cell(t, row, column);
}

static int64_t integer(const struct table *t, int row, const char *name) {
  return strtoll(cell(t, row, name), NULL, 10);
}

/* ---- Timeloop's nests --------------------------------------------------- */

/* A count that must not be Timeloop's, and why. */
struct deviation {
  const char *name, *level;
  char tensor;
  const char *field;
  int64_t timeloop, ours;
  const char *reason;
};

/* Appends the loops of TEXT ("K12 C8": chunks per dim, outermost first), whose
 * ranges are RANGE, to the last level of NEST. */
static void add_loops(struct reuse_nest *nest, const char *text, bool spatial,
                      int64_t *range) {
  for (const char *p = text; *p != '\0';) {
    char *end;
    const char *letter = strchr(reuse_dim_letter, *p);
    const int64_t chunks = strtoll(p + 1, &end, 10);
    const int d = letter == NULL ? 0 : (int)(letter - reuse_dim_letter);
    if (letter == NULL || chunks < 1 || range[d] % chunks != 0) {
      fail(text, "not a list of loops with equal chunks");
      return;
    }
    range[d] /= chunks;
    nest->loop[nest->nloops++] = (struct reuse_loop){
        .ndims = 1, .dim = {(uint8_t)d}, .spatial = spatial, .step = range[d]};
    nest->level[nest->nlevels].nloops++;
    p = end + strspn(end, " ");
  }
}

/* The problem of a row of cases.csv. */
static void read_problem(const struct table *t, int row, struct reuse_problem *p) {
  memset(p, 0, sizeof *p);
  for (int d = 0; d < REUSE_DIMS; d++)
    p->extent[d] = integer(t, row, (char[2]){reuse_dim_letter[d], '\0'});
  p->stride[0] = integer(t, row, "stride_h");
  p->stride[1] = integer(t, row, "stride_w");
  p->dilation[0] = integer(t, row, "dil_h");
  p->dilation[1] = integer(t, row, "dil_w");
  for (int axis = 0; axis < 2; axis++)
    p->input[axis] = (p->extent[REUSE_P + axis] - 1) * p->stride[axis] +
                     (p->extent[REUSE_R + axis] - 1) * p->dilation[axis] + 1;
  p->tensors = REUSE_ALL_TENSORS;
}

/* The nest of a row of cases.csv: its levels, and the MACs. */
static void read_nest(const struct table *t, int row,
                      const struct reuse_problem *p, struct reuse_nest *nest) {
  const int memories = (int)integer(t, row, "n_levels");
  int64_t range[REUSE_DIMS];

  memset(nest, 0, sizeof *nest);
  memcpy(range, p->extent, sizeof range);
  for (int i = 0; i <= memories; i++) {
    struct reuse_nest_level *l = &nest->level[i];
    snprintf(l->name, sizeof l->name, "%s",
             i < memories ? level_cell(t, row, i, "name") : "MAC");
    l->network[REUSE_O] = REUSE_REDUCE;
    l->first_loop = nest->nloops;
    if (i < memories) {
      for (const char *k = level_cell(t, row, i, "keep"); *k != '\0'; k++)
        l->keeps |= tensor_of(*k) < 0 ? 0 : REUSE_BIT(tensor_of(*k));
      add_loops(nest, level_cell(t, row, i, "temporal"), false, range);
      add_loops(nest, level_cell(t, row, i, "spatial_x"), true, range);
      add_loops(nest, level_cell(t, row, i, "spatial_y"), true, range);
    }
    nest->nlevels++;
  }
}

static const char one_axis[] =
    "Timeloop uses the overlap of consecutive tiles along one axis only";
static const char one_copy[] =
    "a returning partial sum goes to one child of a reduction group; Timeloop "
    "sends it to all";
static const char begins_from_zero[] =
    "the other children of a reduction group begin from zero, without the read "
    "of a returned partial sum";

static const struct deviation deviations[] = {
    {"a1_03", "DRAM", 'I', "serves", 192, 176, one_axis},
    {"a1_03", "BUF", 'I', "loads", 192, 176, one_axis},
    {"a2_01", "RF", 'O', "loads", 24141312, 2011776, one_copy},
    {"a2_01", "RF", 'O', "serves", 148741632, 126612096, begins_from_zero},
    {"a2_02", "RF", 'O', "loads", 24141312, 2011776, one_copy},
    {"a2_02", "RF", 'O', "serves", 148741632, 126612096, begins_from_zero},
    {"a2_03", "RF", 'O', "loads", 6388800, 580800, one_copy},
    {"a2_03", "RF", 'O', "serves", 102220800, 96412800, begins_from_zero},
    {"a2_09", "RF", 'O', "loads", 96000, 12000, one_copy},
    {"a2_09", "RF", 'O', "serves", 4064000, 3980000, begins_from_zero}};

enum { NDEVIATIONS = sizeof deviations / sizeof *deviations };

/* Compares one count with Timeloop's, or with ours where they must differ;
 * USED counts the deviations that were met. */
static void check_timeloop(const char *name, const char *level, char tensor,
                           const char *field, int64_t timeloop, int64_t actual,
                           int *used) {
  int64_t expected = timeloop;
  const char *why = "as Timeloop";
  char where[256];

  for (int i = 0; i < NDEVIATIONS; i++) {
    const struct deviation *d = &deviations[i];
    if (strcmp(d->name, name) != 0 || strcmp(d->level, level) != 0 ||
        d->tensor != tensor || strcmp(d->field, field) != 0)
      continue;
    check_equal(name, d->reason, "(Timeloop)", d->timeloop, timeloop);
    expected = d->ours;
    why = d->reason;
    ++*used;
  }
  snprintf(where, sizeof where, "%s %c (%s)", level, tensor, why);
  check_equal(name, where, field, expected, actual);
}

/* Compares the counts of a nest with a row of expected.csv. */
static void check_row(const struct table *t, int row,
                      const struct reuse_nest *nest,
                      const struct reuse_counts *counts, int *used) {
  const char *name = cell(t, row, "case_id"), *level = cell(t, row, "level");
  const char letter = cell(t, row, "dataspace")[0];
  const int i = level_named(nest, level), tensor = tensor_of(letter);

  if (i < 0 || tensor < 0) {
    fail(name, "no such level or tensor");
    return;
  }
  const struct reuse_traffic *at = &counts->at[i][tensor];
  check_timeloop(name, level, letter, "serves", integer(t, row, "reads_total"),
                 at->serves, used);
  check_timeloop(name, level, letter, "loads", integer(t, row, "fills_total"),
                 at->loads, used);
  check_timeloop(name, level, letter, "updates",
                 integer(t, row, "updates_total"), at->updates, used);
}

/* One row of cases.csv against the rows of its case in the other tables. */
static void check_nest(const struct table *cases, int row,
                       const struct table *expected, const struct table *summary,
                       int *used) {
  const char *name = cell(cases, row, "case_id");
  struct reuse_problem problem;
  struct reuse_nest nest;
  struct reuse_counts counts;
  int rows = 0;

  read_problem(cases, row, &problem);
  read_nest(cases, row, &problem, &nest);
  if (reuse_count(&problem, &nest, &counts) != REUSE_OK) {
    fail(name, "the nest is refused");
    return;
  }
  for (int i = 1; i < expected->nrows; i++) {
    if (strcmp(cell(expected, i, "case_id"), name) != 0)
      continue;
    check_row(expected, i, &nest, &counts, used);
    rows++;
  }
  check_equal(name, "nest", "rows", REUSE_TENSORS * (nest.nlevels - 1), rows);
  for (int i = 1; i < summary->nrows; i++) {
    if (strcmp(cell(summary, i, "case_id"), name) != 0)
      continue;
    check_equal(name, "nest", "macs", integer(summary, i, "macs"), counts.macs);
    check_equal(name, "nest", "cycles", integer(summary, i, "cycles"), counts.steps);
  }
}

static void timeloop_cases(void) {
  struct table *cases = read_table("cases.csv");
  struct table *expected = read_table("expected.csv");
  struct table *summary = read_table("expected-summary.csv");
  int used = 0;

  if (cases != NULL && expected != NULL && summary != NULL) {
    for (int row = 1; row < cases->nrows; row++)
      check_nest(cases, row, expected, summary, &used);
    check_equal("cases.csv", "table", "nests", 17, cases->nrows - 1);
    check_equal("expected-summary.csv", "table", "nests", 17, summary->nrows - 1);
    check_equal("expected.csv", "table", "deviations met", NDEVIATIONS, used);
  }
  free(cases);
  free(expected);
  free(summary);
}

int register_nest_cases_tests(void) {
  CU_pSuite suite = CU_add_suite("nest_cases", NULL, NULL);

  if (suite == NULL ||
      CU_add_test(suite, "worked by hand", worked_cases) == NULL ||
      CU_add_test(suite, "executed nests", semantics_cases) == NULL ||
      CU_add_test(suite, "Timeloop's nests", timeloop_cases) == NULL)
    return -1;
  return 0;
}
