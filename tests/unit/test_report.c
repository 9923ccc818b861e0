/* Reports: values as CSV and JSON, text that fits its page, files that appear
 * complete or not at all, plots that no name can abuse.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <CUnit/CUnit.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "report/format.h"
#include "report/gnuplot.h"
#include "report/output.h"
#include "report/plot.h"
#include "report/report.h"

int register_report_tests(void);

/* ---- a run filled by hand ----------------------------------------------- */

static const struct reuse_layer layers[] = {
    {.name = "conv1", .type = REUSE_CONV, .macs = 10838016,
     .problem = {.extent = {1, 1, 32, 3, 112, 112, 3, 3}, .stride = {2, 2},
                 .dilation = {1, 1}, .input = {224, 224}, .tensors = 7}},
    {.name = "a_depthwise_layer_with_a_very_long_name_of_its_own",
     .type = REUSE_DWCONV, .macs = 3612672,
     .problem = {.extent = {1, 32, 1, 1, 112, 112, 3, 3}, .stride = {1, 1},
                 .dilation = {1, 1}, .pad = {1, 1}, .input = {112, 112}, .tensors = 7}},
    {.name = "pool", .type = REUSE_POOL,
     .problem = {.extent = {1, 1024, 1, 1, 1, 1, 7, 7}, .stride = {1, 1},
                 .dilation = {1, 1}, .input = {7, 7}, .tensors = 5}},
    {.name = "d\xc3\xa9j\xc3\xa0\x1b[31m,\"vu\"", .type = REUSE_FC, .macs = 1024000,
     .problem = {.extent = {1, 1, 1000, 1024, 1, 1, 1, 1}, .stride = {1, 1},
                 .dilation = {1, 1}, .input = {1, 1}, .tensors = 7}},
};
enum { NLAYERS = sizeof layers / sizeof layers[0] };

static struct reuse_level levels[] = {
    {.name = "DRAM", .kind = REUSE_DRAM, .keeps = 7,
     .bandwidth = {{.value = 3.2e9, .given = true}, REUSE_BYTES_PER_SECOND}},
    {.name = "buffer", .kind = REUSE_SRAM, .keeps = 7,
     .bandwidth = {{.value = 128.0, .given = true}, REUSE_BYTES_PER_CYCLE}},
};

static const struct reuse_dataflow dataflow = {.name = "only", .im2col_level = -1};

static const struct reuse_engine engine = {
    .name = "array", .nlevels = 2, .level = levels, .macs = 512, .fill_level = -1,
    .ndataflows = 1, .dataflow = &dataflow};

/* The costs of a row: every number is a different multiple of its MACs. */
static void fill_row(struct reuse__row *row) {
  const double macs = (double)row->layer.macs;
  struct reuse_evaluation *cost = &row->cost;
  struct reuse_nest *nest = &row->mapping.nest;
  row->modelled = row->layer.macs > 0;
  row->proof.optimal = row->layer.type != REUSE_DWCONV;
  cost->nlevels = 2;
  cost->bound_level = row->layer.type == REUSE_FC ? 0 : -1;
  cost->bound_tensor = REUSE_W;
  cost->time_s = macs / 60e9;
  cost->cycles = cost->time_s * 200e6;
  cost->utilization = cost->spatial_utilization = 0.31;
  cost->counts.effective_macs = row->layer.macs;
  for (int t = 0; t < REUSE_TENSORS; t++) {
    cost->level[0].read_bytes[t] = macs / (17.0 + t);
    cost->level[1].read_bytes[t] = macs / (3.0 + t);
    cost->level[0].energy_pj[t] = macs / 1.7;
    cost->level[1].energy_pj[t] = macs / 2.3;
    cost->energy_pj += macs / 1.7 + macs / 2.3;
  }
  cost->mac_energy_pj = macs;
  cost->energy_pj += macs;
  nest->nlevels = 3;
  nest->nloops = 3;
  for (int l = 0; l < 3; l++) {
    nest->level[l].keeps = l < 2 ? 7 : 0;
    nest->level[l].first_loop = l < 2 ? l : 3;
    nest->level[l].nloops = l < 2 ? l + 1 : 0;
    snprintf(nest->level[l].name, REUSE_NAME, "%s", l == 0 ? "DRAM" : "buffer");
  }
  nest->loop[0] = (struct reuse_loop){1, {REUSE_K}, false, 64};
  nest->loop[1] = (struct reuse_loop){1, {REUSE_C}, false, 1};
  nest->loop[2] = (struct reuse_loop){2, {REUSE_K, REUSE_P}, true, 32};
}

struct fixture {
  struct reuse_arena *arena;
  struct reuse_arch arch;
  struct reuse_network_table network;
  struct reuse__row row[NLAYERS];
  struct reuse__run run;
};

static void set_up(struct fixture *f) {
  memset(f, 0, sizeof *f);
  f->arena = reuse_arena_new();
  f->arch.name = "machine";
  f->arch.title = "A machine with a title that is long enough to need a second line "
                  "of the page";
  f->arch.clock_hz = (struct reuse_quantity){.value = 200e6, .given = true};
  f->arch.nengines = 1;
  f->arch.engine = &engine;
  for (int t = 0; t < REUSE_TENSORS; t++)
    f->arch.bits[t] = (struct reuse_quantity){.value = 16.0, .given = true};
  f->arch.required_reuse[REUSE_I] = (struct reuse_quantity){.value = 256.0, .given = true};
  f->network.name = f->network.title = "net";
  f->network.nlayers = NLAYERS;
  f->network.layer = layers;
  for (int i = 0; i < NLAYERS; i++) {
    f->row[i].index = i + 1;
    f->row[i].layer = layers[i];
    fill_row(&f->row[i]);
  }
  f->run = (struct reuse__run){.arch = &f->arch, .network = &f->network,
                               .search = {.objective = REUSE_ENERGY}, .batch = 1,
                               .nrows = NLAYERS, .row = f->row};
}

static void tear_down(struct fixture *f) { reuse_arena_free(f->arena); }

/* Counts messages and keeps the last. */
struct heard {
  int n;
  char text[400];
};

static void hear(void *context, const struct reuse_message *message) {
  struct heard *heard = context;
  heard->n++;
  snprintf(heard->text, sizeof heard->text, "%s", message->text);
}

/* ---- values ------------------------------------------------------------- */

static void test_doubles(void) {
  static const double value[] = {0.0, 1.0, 0.1, 1.0 / 3.0, 2e300, 5e-324, 1e21,
                                 123456789.125, -7.25, 0.30000000000000004};
  char text[REUSE__NUMBER];
  for (size_t i = 0; i < sizeof value / sizeof value[0]; i++) {
    const double back = strtod(reuse__shortest(text, value[i]), NULL);
    CU_ASSERT(memcmp(&back, &value[i], sizeof back) == 0);
  }
  CU_ASSERT_STRING_EQUAL(reuse__shortest(text, 0.1), "0.1");
}

static void test_short_numbers(void) {
  static const struct {
    double value;
    const char *si;
  } row[] = {{0.0, "0"},          {512.0, "512"},      {999.6, "1.00k"},
             {11234567.0, "11.2M"}, {999499.0, "999k"}, {999500.0, "1.00M"},
             {0.0312, "31.2m"},   {1e18, "1.00E"}};
  char text[REUSE__NUMBER];
  for (size_t i = 0; i < sizeof row / sizeof row[0]; i++)
    CU_ASSERT_STRING_EQUAL(reuse__si(text, row[i].value), row[i].si);
  CU_ASSERT_STRING_EQUAL(reuse__digits(text, 0.0312), "0.0312");
  CU_ASSERT_STRING_EQUAL(reuse__digits(text, 204.8), "205");
  CU_ASSERT_STRING_EQUAL(reuse__plain(text, 204.8), "204.8");
  CU_ASSERT_STRING_EQUAL(reuse__percent(text, 0.00001), "<0.1");
}

/* What WRITE makes of TABLE; the caller frees it. */
static char *written(void (*write)(const struct reuse__table *, FILE *),
                     const struct reuse__table *table) {
  char *text = NULL;
  size_t size;
  FILE *stream = open_memstream(&text, &size);
  write(table, stream);
  fclose(stream);
  return text;
}

static void test_table(void) {
  static const struct reuse__column column[] = {
      {"name", REUSE__STRING}, {"n", REUSE__INTEGER}, {"x", REUSE__DOUBLE},
      {"yes", REUSE__BOOL}};
  struct reuse_arena *arena = reuse_arena_new();
  struct reuse__table *table = reuse__table_new(arena, column, 4);
  char *text;
  reuse__table_row(table);
  reuse__put_string(table, "a,\"b\"\n");
  reuse__put_integer(table, INT64_MAX);
  reuse__put_number(table, 0.5);
  reuse__put_bool(table, true);
  reuse__table_row(table);
  reuse__put_string(table, "\xff\x01");
  reuse__put_empty(table, 1);
  reuse__put_number(table, (double)NAN);
  CU_ASSERT_FALSE(table->failed);
  text = written(reuse__write_csv, table);
  CU_ASSERT_STRING_EQUAL(text, "name,n,x,yes\n\"a,\"\"b\"\"\n\","
                               "9223372036854775807,0.5,true\n\xff\x01,,,\n");
  free(text);
  text = written(reuse__write_json, table);
  CU_ASSERT_STRING_EQUAL(
      text, "[\n {\"name\": \"a,\\\"b\\\"\\u000a\", \"n\": 9223372036854775807, "
            "\"x\": 0.5, \"yes\": true},\n {\"name\": \"\\ufffd\\u0001\", \"n\": null, "
            "\"x\": null, \"yes\": null}\n]\n");
  free(text);
  reuse__put_string(table, "wrong type");
  CU_ASSERT_TRUE(table->failed);
  reuse_arena_free(arena);
}

static void test_nest_line(void) {
  struct fixture f;
  set_up(&f);
  CU_ASSERT_STRING_EQUAL(reuse__nest_line(&f.row[0].mapping.nest, f.arena),
                         "DRAM: K/64 | buffer: C/1 || [K,P]/32");
  tear_down(&f);
}

/* ---- tables ------------------------------------------------------------- */

static void test_headers(void) {
  static const char *const header[] = {
      "arch,network,index,layer,type,engine,pattern,lowering,macs,effective_macs,ops,"
      "utilization,spatial_utilization,cycles,time_us,bound_by,gops,ops_per_dram_byte,"
      "dram_read_bytes,dram_write_bytes,buffer_accesses,energy_pj,mac_energy_pj,"
      "dram_energy_pj,buffer_energy_pj,proven_optimal,mapping,objective_value,lower_bound,"
      "gap,evaluations,every_step,objective,dram_words,dram_words_compulsory,dram_words_bound\n",
      "network,index,layer,type,macs,filter_words,input_words,output_words,"
      "filter_reuse,input_reuse,output_reuse,required_filter_reuse,"
      "required_input_reuse,required_output_reuse,reuse_bound,",
      ("arch,network,index,layer,level,tensor,loads,serves,updates,drains,"
       "read_bytes,write_bytes,energy_pj\n"),
      "arch,network,index,layer,type,component,level,tensor,energy_pj\n",
      ("arch,network,index,layer,type,engine,pattern,lowering,proven_optimal,mapping,"
       "objective_value,lower_bound,gap,evaluations,every_step,objective\n"),
      "arch,network,type,layers,",
      ("arch,network,index,layer,type,lowering,chosen,refused,macs,multiplications,"
       "input_transform_ops,output_transform_ops,filter_transform_ops,work_per_mac,")};
  struct fixture f;
  const struct reuse__run *runs[1];
  set_up(&f);
  runs[0] = &f.run;
  for (int kind = 0; kind < REUSE__TABLES; kind++) {
    const struct reuse__table *table;
    char *text;
    CU_ASSERT_EQUAL(reuse__build_table((enum reuse__table_kind)kind, runs, 1, f.arena,
                                       &table), REUSE_OK);
    text = written(reuse__write_csv, table);
    CU_ASSERT(strncmp(text, header[kind], strlen(header[kind])) == 0);
    free(text);
  }
  tear_down(&f);
}

static void test_unmodelled_row_is_empty(void) {
  struct fixture f;
  const struct reuse__run *runs[1];
  const struct reuse__table *table;
  set_up(&f);
  runs[0] = &f.run;
  CU_ASSERT_EQUAL(reuse__build_table(REUSE__LAYERS_TABLE, runs, 1, f.arena, &table),
                  REUSE_OK);
  CU_ASSERT_TRUE(reuse__table_at(table, 2, 8)->given);
  for (int c = 11; c < table->ncolumns; c++)
    CU_ASSERT_FALSE(reuse__table_at(table, 2, c)->given);
  tear_down(&f);
}

static void test_reuse_without_arch(void) {
  struct fixture f;
  struct reuse__run *run = NULL;
  const struct reuse__table *table;
  set_up(&f);
  CU_ASSERT_EQUAL(reuse__unmapped_run(NULL, &f.network, 1, "*1", f.arena, &run), REUSE_OK);
  CU_ASSERT_EQUAL(run->nrows, 1);
  CU_ASSERT_EQUAL(reuse__build_table(REUSE__REUSE_TABLE,
                                     (const struct reuse__run *const *)&run, 1,
                                     f.arena, &table), REUSE_OK);
  CU_ASSERT_EQUAL(table->ncolumns, 14);
  CU_ASSERT_STRING_EQUAL(table->column[10].name, "output_reuse");
  tear_down(&f);
}

/* ---- text --------------------------------------------------------------- */

/* Columns of the longest line of TEXT, and whether a byte is a control
 * character or, with ASCII, beyond ASCII. */
static int longest_line(const char *text, bool ascii, bool *bad) {
  int longest = 0, n = 0;
  *bad = false;
  for (; *text != '\0'; text++) {
    const unsigned char c = (unsigned char)*text;
    if (c == '\n') {
      longest = n > longest ? n : longest;
      n = 0;
      continue;
    }
    *bad = *bad || c < 0x20 || c == 0x7f || (ascii && c >= 0x80);
    n += (c & 0xc0) != 0x80;
  }
  return longest;
}

static void test_text_fits(void) {
  static const int width[] = {40, 64, 80, 132};
  struct fixture f;
  const struct reuse__run *runs[2];
  set_up(&f);
  runs[0] = runs[1] = &f.run;
  for (int kind = 0; kind < REUSE__TABLES; kind++) {
    for (int k = 0; k < 8; k++) {
      const struct reuse__text_style style = {.width = width[k / 2],
                                               .utf8 = k % 2 == 0};
      char *text = NULL;
      size_t size;
      bool bad;
      FILE *stream = open_memstream(&text, &size);
      CU_ASSERT_EQUAL(reuse__write_report((enum reuse__table_kind)kind, runs, 2, &style,
                                          f.arena, stream), REUSE_OK);
      fclose(stream);
      CU_ASSERT(longest_line(text, !style.utf8, &bad) <= style.width);
      CU_ASSERT_FALSE(bad);
      CU_ASSERT_PTR_NOT_NULL(strstr(text, "conv"));
      free(text);
    }
  }
  tear_down(&f);
}

/* ---- files -------------------------------------------------------------- */

/* A new directory; the caller removes it. */
static void make_scratch(char path[64]) {
  snprintf(path, 64, "test_report-XXXXXX");
  if (mkdtemp(path) == NULL)
    path[0] = '\0';
  CU_ASSERT(path[0] != '\0');
}

static void test_output_is_atomic(void) {
  struct heard heard = {0, ""};
  struct reuse_diag diag = {hear, &heard, 0, 0};
  struct reuse__output output;
  char dir[64], path[100];
  make_scratch(dir);
  snprintf(path, sizeof path, "%s/out.csv", dir);
  CU_ASSERT_EQUAL(reuse__output_open(&output, path, &diag), REUSE_OK);
  fputs("half", output.stream);
  CU_ASSERT(access(path, F_OK) != 0);
  CU_ASSERT_EQUAL(reuse__output_close(&output, REUSE_ERR_INPUT, &diag), REUSE_ERR_INPUT);
  CU_ASSERT(access(path, F_OK) != 0);
  CU_ASSERT_EQUAL(reuse__output_open(&output, path, &diag), REUSE_OK);
  fputs("whole\n", output.stream);
  CU_ASSERT_EQUAL(reuse__output_close(&output, REUSE_OK, &diag), REUSE_OK);
  CU_ASSERT(access(path, R_OK) == 0);
  CU_ASSERT_EQUAL(heard.n, 0);
  unlink(path);
  CU_ASSERT_EQUAL(rmdir(dir), 0);
}

static void test_output_errors(void) {
  struct heard heard = {0, ""};
  struct reuse_diag diag = {hear, &heard, 0, 0};
  struct reuse__output output;
  char dir[64], path[100];
  make_scratch(dir);
  snprintf(path, sizeof path, "%s/none/out.csv", dir);
  CU_ASSERT_EQUAL(reuse__output_open(&output, path, &diag), REUSE_ERR_IO);
  CU_ASSERT_PTR_NOT_NULL(strstr(heard.text, path));
  CU_ASSERT_PTR_NOT_NULL(strstr(heard.text, strerror(ENOENT)));
  CU_ASSERT_EQUAL(reuse__output_open(&output, dir, &diag), REUSE_ERR_IO);
  CU_ASSERT_EQUAL(heard.n, 2);
  if (access("/dev/full", W_OK) == 0) {
    CU_ASSERT_EQUAL(reuse__output_open(&output, "/dev/full", &diag), REUSE_OK);
    for (int i = 0; i < 100000; i++)
      putc('x', output.stream);
    CU_ASSERT_EQUAL(reuse__output_close(&output, REUSE_OK, &diag), REUSE_ERR_IO);
    CU_ASSERT_EQUAL(heard.n, 3);
  }
  CU_ASSERT_EQUAL(rmdir(dir), 0);
}

static void test_make_directory(void) {
  struct heard heard = {0, ""};
  struct reuse_diag diag = {hear, &heard, 0, 0};
  char dir[64], path[100];
  struct stat there;
  make_scratch(dir);
  snprintf(path, sizeof path, "%s/a/b/", dir);
  CU_ASSERT_EQUAL(reuse__make_directory(path, &diag), REUSE_OK);
  CU_ASSERT_EQUAL(reuse__make_directory(path, &diag), REUSE_OK);
  CU_ASSERT(stat(path, &there) == 0 && S_ISDIR(there.st_mode));
  rmdir(path);
  snprintf(path, sizeof path, "%s/a", dir);
  rmdir(path);
  fclose(fopen(path, "w"));
  snprintf(path, sizeof path, "%s/a/b", dir);
  CU_ASSERT_EQUAL(reuse__make_directory(path, &diag), REUSE_ERR_IO);
  CU_ASSERT_EQUAL(heard.n, 1);
  snprintf(path, sizeof path, "%s/a", dir);
  unlink(path);
  CU_ASSERT_EQUAL(rmdir(dir), 0);
}

/* ---- plots -------------------------------------------------------------- */

static bool have_gnuplot(void) {
  return system("gnuplot --version >/dev/null 2>&1") == 0;
}

/* The directory of the templates, in the source tree. */
static const char *template_dir(struct reuse_arena *arena) {
  const char *srcdir = getenv("srcdir");
  return reuse__printf(arena, "%s/plots", srcdir != NULL ? srcdir : ".");
}

static void test_missing_gnuplot(void) {
  struct heard heard = {0, ""};
  struct reuse_diag diag = {hear, &heard, 0, 0};
  FILE *picture = tmpfile();
  CU_ASSERT_EQUAL(reuse__gnuplot("no-such-gnuplot", "x", 1, picture, &diag),
                  REUSE_ERR_IO);
  CU_ASSERT_PTR_NOT_NULL(strstr(heard.text, "no-such-gnuplot"));
  fclose(picture);
}

static void test_gnuplot_error(void) {
  struct heard heard = {0, ""};
  struct reuse_diag diag = {hear, &heard, 0, 0};
  FILE *picture = tmpfile();
  if (have_gnuplot()) {
    const char script[] = "no such command\n";
    CU_ASSERT_EQUAL(reuse__gnuplot(NULL, script, strlen(script), picture, &diag),
                    REUSE_ERR_IO);
    CU_ASSERT_PTR_NOT_NULL(strstr(heard.text, "invalid command"));
  }
  fclose(picture);
}

/* Draws the fixture under NAME as the name of everything; no name may run. */
static void draw_as(const char *name, const char *dir) {
  struct heard heard = {0, ""};
  struct reuse_diag diag = {hear, &heard, 0, 0};
  struct fixture f;
  struct reuse__plot_options options = {NULL, NULL, NULL, 0, NULL, NULL};
  static const char *const format[] = {"svg", "png", "pdf"};
  set_up(&f);
  options.template_dir = template_dir(f.arena);
  f.arch.name = f.arch.title = f.network.name = f.network.title = name;
  levels[0].name = levels[1].name = name;
  for (int i = 0; i < NLAYERS; i++)
    f.row[i].layer.name = name;
  for (int k = 0; k < 3; k++) {
    char path[120];
    struct stat there;
    snprintf(path, sizeof path, "%s/plot.%s", dir, format[k]);
    CU_ASSERT_EQUAL(reuse__plot_roofline(&f.run, path, &options, f.arena, &diag),
                    REUSE_OK);
    CU_ASSERT(stat(path, &there) == 0 && there.st_size > 1000);
    unlink(path);
  }
  CU_ASSERT_EQUAL(heard.n, 0);
  levels[0].name = "DRAM";
  levels[1].name = "buffer";
  tear_down(&f);
}

static void test_names_cannot_run(void) {
  static const char *const name[] = {
      "x'; system(\"touch pwned\") #", "x`touch pwned`", "x\"; system 'touch pwned'",
      "x\nsystem 'touch pwned'\n",     "EOD\n!touch pwned", "@x $(touch pwned) {/:Bold",
      "\\\"`touch pwned`",             "", "\xff\xfe", "}}{{ %s %d %n ~a{}"};
  char dir[64];
  make_scratch(dir);
  for (size_t i = 0; have_gnuplot() && i < sizeof name / sizeof name[0]; i++) {
    draw_as(name[i], dir);
    CU_ASSERT(access("pwned", F_OK) != 0);
  }
  CU_ASSERT_EQUAL(rmdir(dir), 0);
}

static void test_plot_errors(void) {
  struct heard heard = {0, ""};
  struct reuse_diag diag = {hear, &heard, 0, 0};
  struct fixture f;
  struct reuse__plot_options options = {NULL, NULL, NULL, 0, NULL, NULL};
  set_up(&f);
  options.template_dir = template_dir(f.arena);
  CU_ASSERT_EQUAL(reuse__plot_roofline(&f.run, "plot.bmp", &options, f.arena, &diag),
                  REUSE_ERR_INPUT);
  CU_ASSERT_EQUAL(reuse__plot_roofline(&f.run, "no/such/plot.svg", &options, f.arena,
                                       &diag), REUSE_ERR_IO);
  for (int i = 0; i < NLAYERS; i++)
    f.row[i].modelled = false;
  CU_ASSERT_EQUAL(reuse__plot_roofline(&f.run, "plot.svg", &options, f.arena, &diag),
                  REUSE_ERR_INPUT);
  CU_ASSERT_EQUAL(heard.n, 3);
  tear_down(&f);
}

int register_report_tests(void) {
  static const struct {
    const char *name;
    void (*run)(void);
  } test[] = {{"doubles read back", test_doubles},
              {"short numbers", test_short_numbers},
              {"CSV and JSON quoting", test_table},
              {"nest on a line", test_nest_line},
              {"columns of the tables", test_headers},
              {"a layer without an engine", test_unmodelled_row_is_empty},
              {"reuse without an arch", test_reuse_without_arch},
              {"text fits the page", test_text_fits},
              {"files appear whole", test_output_is_atomic},
              {"errors of writing", test_output_errors},
              {"directories", test_make_directory},
              {"gnuplot missing", test_missing_gnuplot},
              {"gnuplot fails", test_gnuplot_error},
              {"names cannot run", test_names_cannot_run},
              {"errors of plots", test_plot_errors}};
  CU_pSuite suite = CU_add_suite("report", NULL, NULL);
  if (suite == NULL)
    return -1;
  for (size_t i = 0; i < sizeof test / sizeof test[0]; i++)
    if (CU_add_test(suite, test[i].name, test[i].run) == NULL)
      return -1;
  return 0;
}
