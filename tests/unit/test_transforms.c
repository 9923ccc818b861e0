/* Convolutions in a transform domain: closed forms against transforms that are run
 * and counted, and against figures worked by hand.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <CUnit/CUnit.h>
#include <complex.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lowering/transform.h"

int register_transforms_tests(void);

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

/* ---- arithmetic that counts ---------------------------------------------------------- */

static int operations, multiplications;

static double plus(double a, double b) {
  operations++;
  return a + b;
}

static double minus(double a, double b) {
  operations++;
  return a - b;
}

static double times(double a, double constant) {
  operations++;
  return a * constant;
}

/* A product with a constant and a sum, fused: one operation. */
static double fused(double constant, double a, double b) {
  operations++;
  return constant * a + b;
}

/* ---- transforms of a line, as straight-line programs ------------------------------------ */

enum { POINTS = 6 };

typedef void program(const double *in, double *out);

static void data_2_3(const double *d, double *v) {
  v[0] = minus(d[0], d[2]);
  v[1] = plus(d[1], d[2]);
  v[2] = minus(d[2], d[1]);
  v[3] = minus(d[1], d[3]);
}

static void filter_2_3(const double *g, double *u) {
  const double ends = times(plus(g[0], g[2]), 0.5);
  u[0] = g[0];
  u[1] = fused(0.5, g[1], ends);
  u[2] = fused(-0.5, g[1], ends);
  u[3] = g[2];
}

static void inverse_2_3(const double *m, double *y) {
  y[0] = plus(plus(m[0], m[1]), m[2]);
  y[1] = minus(minus(m[1], m[2]), m[3]);
}

static void data_4_3(const double *d, double *v) {
  const double a = fused(-4, d[2], d[4]), b = fused(-4, d[1], d[3]);
  const double c = minus(d[4], d[2]), e = times(minus(d[3], d[1]), 2);
  v[0] = fused(4, d[0], fused(-5, d[2], d[4]));
  v[1] = plus(a, b);
  v[2] = minus(a, b);
  v[3] = plus(c, e);
  v[4] = minus(c, e);
  v[5] = fused(4, d[1], fused(-5, d[3], d[5]));
}

static void filter_4_3(const double *g, double *u) {
  const double ends = times(plus(g[0], g[2]), -1.0 / 6);
  const double half = fused(-1.0 / 8, g[0], -ends);
  u[0] = times(g[0], 0.25);
  u[1] = fused(-1.0 / 6, g[1], ends);
  u[2] = fused(1.0 / 6, g[1], ends);
  u[3] = fused(1.0 / 12, g[1], half);
  u[4] = fused(-1.0 / 12, g[1], half);
  u[5] = g[2];
}

static void inverse_4_3(const double *m, double *y) {
  const double a = plus(m[1], m[2]), b = minus(m[1], m[2]);
  const double c = plus(m[3], m[4]), d = minus(m[3], m[4]);
  y[0] = plus(plus(m[0], a), c);
  y[1] = fused(2, d, b);
  y[2] = fused(4, c, a);
  y[3] = plus(fused(8, d, b), m[5]);
}

/* Applies P, which makes N numbers of M, to the columns, then to the rows of the M x M
 * numbers at IN; OUT has N x N. */
static void nested(program *p, int m, int n, double in[POINTS][POINTS],
                   double out[POINTS][POINTS]) {
  double half[POINTS][POINTS], a[POINTS], b[POINTS];
  for (int c = 0; c < m; c++) {
    for (int r = 0; r < m; r++) a[r] = in[r][c];
    p(a, b);
    for (int r = 0; r < n; r++) half[r][c] = b[r];
  }
  for (int r = 0; r < n; r++) p(half[r], out[r]);
}

static void fill(double v[POINTS][POINTS], int n, int seed) {
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++) v[i][j] = (seed * (i + 3) * (7 * j + 5)) % 101 - 50;
}

static double convolution(double d[POINTS][POINTS], double g[POINTS][POINTS], int y, int x) {
  double sum = 0;
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++) sum += d[y + i][x + j] * g[i][j];
  return sum;
}

/* ---- the shipped file ---------------------------------------------------------------------- */

static struct reuse_arena *arena;
static struct reuse__lines lines;

static int set_up(void) {
  const char *home = getenv("REUSEMODEL_HOME");
  struct reuse_diag diag = {0};
  char path[1024];
  snprintf(path, sizeof path, "%s/data/transforms.yaml", home ? home : ".");
  arena = reuse_arena_new();
  return !arena || reuse__lines_read(path, arena, &lines, &diag) != REUSE_OK;
}

static int tear_down(void) {
  reuse_arena_free(arena);
  return 0;
}

static struct reuse__tile tile_of(enum reuse__lowering kind, int64_t size, int64_t r,
                                  int64_t s) {
  const int64_t taps[2] = {r, s};
  struct reuse__tile tile;
  const char *why = NULL;
  CU_ASSERT(reuse__tile_make(kind, size, taps, &lines, &tile, &why));
  return tile;
}

static void test_executed(void) {
  static const struct { int m; program *data, *filter, *inverse; } row[] = {
    {2, data_2_3, filter_2_3, inverse_2_3}, {4, data_4_3, filter_4_3, inverse_4_3}
  };
  for (int i = 0; i < COUNT(row); i++) {
    const int m = row[i].m, points = m + 2;
    const struct reuse__tile t = tile_of(REUSE__WINOGRAD, m, 3, 3);
    double d[POINTS][POINTS], g[POINTS][POINTS], v[POINTS][POINTS], u[POINTS][POINTS];
    double y[POINTS][POINTS];
    fill(d, points, 13);
    fill(g, 3, 29);
    operations = multiplications = 0;
    nested(row[i].data, points, points, d, v);
    CU_ASSERT_EQUAL(operations, t.data_ops);
    operations = 0;
    nested(row[i].filter, 3, points, g, u);
    CU_ASSERT_EQUAL(operations, t.filter_ops);
    for (int a = 0; a < points; a++)
      for (int b = 0; b < points; b++, multiplications++) v[a][b] *= u[a][b];
    CU_ASSERT_EQUAL(multiplications, reuse__tile_multiplications(&t));
    operations = 0;
    nested(row[i].inverse, points, m, v, y);
    CU_ASSERT_EQUAL(operations, t.inverse_ops);
    for (int a = 0; a < m; a++)
      for (int b = 0; b < m; b++)
        CU_ASSERT_DOUBLE_EQUAL(y[a][b], convolution(d, g, a, b), 1e-8);
  }
}

/* Multiplications and operations of tiles by hand. */
static void test_winograd_tiles(void) {
  static const struct { int64_t m, r, s, mults, data, filter, inverse; } row[] = {
    {2, 3, 3, 16, 32, 28, 24},     /* Lavin and Gray's text */
    {4, 3, 3, 36, 156, 72, 100},
    {3, 3, 3, 25, 90, 56, 56},     /* 2 x 5 x 9, (3 + 5) x 7, (5 + 3) x 7 */
    {6, 3, 3, 64, 416, 143, 280},  /* 2 x 8 x 26, (3 + 8) x 13, (8 + 6) x 20 */
    {4, 1, 3, 6, 13, 8, 10},       /* one line */
    {4, 3, 1, 6, 13, 8, 10},
  };
  for (int i = 0; i < COUNT(row); i++) {
    const struct reuse__tile t =
      tile_of(REUSE__WINOGRAD, row[i].m, row[i].r, row[i].s);
    CU_ASSERT_EQUAL(reuse__tile_multiplications(&t), row[i].mults);
    CU_ASSERT_EQUAL(t.data_ops, row[i].data);
    CU_ASSERT_EQUAL(t.filter_ops, row[i].filter);
    CU_ASSERT_EQUAL(t.inverse_ops, row[i].inverse);
  }
}

/* ---- FFT ------------------------------------------------------------------------------------- */

static double complex add(double complex a, double complex b) {
  operations += 2;
  return a + b;
}

/* A times the twiddle factor exp(-2 pi i k / n), at the cost that it has. */
static double complex twiddle(double complex a, int k, int n) {
  if (k == 0) return a;
  operations += 8 * (k % n) % n == 0 ? 4 : 6;
  return a * cexp(-2 * M_PI * I * k / n);
}

/* Split-radix FFT of the N numbers at X, STRIDE apart, into Y. */
static void split_radix(const double complex *x, int n, int stride, double complex *y) {
  double complex even[64], one[32], three[32];
  if (n == 1) {
    y[0] = x[0];
    return;
  }
  if (n == 2) {
    y[0] = add(x[0], x[stride]);
    y[1] = add(x[0], -x[stride]);
    return;
  }
  split_radix(x, n / 2, 2 * stride, even);
  split_radix(x + stride, n / 4, 4 * stride, one);
  split_radix(x + 3 * stride, n / 4, 4 * stride, three);
  for (int k = 0; k < n / 4; k++) {
    const double complex a = twiddle(one[k], k, n), b = twiddle(three[k], 3 * k, n);
    const double complex s = add(a, b), d = -I * add(a, -b);
    y[k] = add(even[k], s);
    y[k + n / 2] = add(even[k], -s);
    y[k + n / 4] = add(even[k + n / 4], d);
    y[k + 3 * n / 4] = add(even[k + n / 4], -d);
  }
}

static void check_spectrum(const double complex *x, const double complex *y, int n) {
  for (int k = 0; k < n; k++) {
    double complex sum = 0;
    for (int j = 0; j < n; j++) sum += x[j] * cexp(-2 * M_PI * I * j * k / n);
    CU_ASSERT(cabs(sum - y[k]) < 1e-9 * n);
  }
}

/* Two real transforms are one complex transform and 2n - 4 additions that part the
 * spectra, so a tile follows from the operations of the complex one. */
static void test_fft_executed(void) {
  for (int n = 4; n <= 64; n *= 2) {
    double complex x[64], y[64];
    for (int i = 0; i < n; i++) x[i] = (double)(i * i % 17 - 8) + I * (double)(5 * i % 11 - 5);
    operations = 0;
    split_radix(x, n, 1, y);
    check_spectrum(x, y, n);
    const int real = (operations - 2 * n + 4) / 2;
    const struct reuse__tile line = tile_of(REUSE__FFT, n, 1, 3);
    const struct reuse__tile tile = tile_of(REUSE__FFT, n, 3, 3);
    CU_ASSERT_EQUAL(line.data_ops, real);
    CU_ASSERT_EQUAL(tile.data_ops, (n + 2) * real + (n / 2 - 1) * operations);
    CU_ASSERT_EQUAL(reuse__tile_multiplications(&line), 4 * (n / 2 + 1));
    CU_ASSERT_EQUAL(reuse__tile_multiplications(&tile), 4 * n * (n / 2 + 1));
  }
}

/* ---- layers ------------------------------------------------------------------------------------ */

#define LAYER(kind, n, g, k, c, p, q, r, s, stride, dilation)                        \
  {.name = "layer", .type = (kind),                                                  \
   .macs = (int64_t)(n) * (g) * (k) * (c) * (p) * (q) * (r) * (s),                    \
   .problem = {{n, g, k, c, p, q, r, s}, {stride, stride}, {dilation, dilation},     \
               {0, 0}, {0, 0}, REUSE_ALL_TENSORS}}

static void test_refusals(void) {
  static const struct { struct reuse_layer layer; enum reuse__lowering kind; int64_t size;
                        const char *why; } row[] = {
    {LAYER(REUSE_PWCONV, 1, 1, 5, 7, 11, 13, 1, 1, 1, 1), REUSE__WINOGRAD, 2, "1x1"},
    {LAYER(REUSE_CONV, 1, 1, 5, 7, 11, 13, 3, 3, 2, 1), REUSE__WINOGRAD, 2, "stride"},
    {LAYER(REUSE_CONV, 1, 1, 5, 7, 11, 13, 3, 3, 1, 2), REUSE__FFT, 8, "dilated"},
    {LAYER(REUSE_FC, 1, 1, 5, 7, 1, 1, 3, 3, 1, 1), REUSE__FFT, 8, "one output"},
    {LAYER(REUSE_CONV, 1, 1, 5, 7, 11, 13, 5, 5, 1, 1), REUSE__WINOGRAD, 4, "known"},
    {LAYER(REUSE_CONV, 1, 1, 5, 7, 11, 13, 5, 5, 1, 1), REUSE__WINOGRAD, 0, "known"},
    {LAYER(REUSE_CONV, 1, 1, 5, 7, 11, 13, 11, 11, 1, 1), REUSE__FFT, 8, "not larger"},
  };
  for (int i = 0; i < COUNT(row); i++) {
    struct reuse__transform t;
    const char *why = NULL;
    CU_ASSERT_EQUAL(reuse__transform_make(&row[i].layer, row[i].kind, row[i].size, &lines,
                                          &t, &why), REUSE_ERR_NO_MAPPING);
    CU_ASSERT(why && strstr(why, row[i].why));
  }
}

/* 3 images, 2 groups of 5 x 7 channels, 11 x 13 outputs: 3 x 4 tiles of F(4, 3). */
static void test_products(void) {
  static const struct reuse_layer layer =
    LAYER(REUSE_GCONV, 3, 2, 5, 7, 11, 13, 3, 3, 1, 1);
  struct reuse__transform t;
  const char *why = NULL;
  CU_ASSERT_EQUAL_FATAL(reuse__transform_make(&layer, REUSE__WINOGRAD, 4, &lines, &t, &why),
                        REUSE_OK);
  const int64_t *e = t.products.problem.extent;
  static const int64_t extent[REUSE_DIMS] = {3, 72, 5, 7, 3, 4, 1, 1};
  CU_ASSERT(memcmp(e, extent, sizeof extent) == 0);
  CU_ASSERT_EQUAL(t.products.type, REUSE_GCONV);
  CU_ASSERT_EQUAL(t.products.macs, 3 * 72 * 5 * 7 * 3 * 4);
  CU_ASSERT_EQUAL(t.tiles, 36);
  CU_ASSERT_EQUAL(t.input_ops, 36 * 2 * 7 * 156);
  CU_ASSERT_EQUAL(t.output_ops, 36 * 2 * 5 * 100);
  CU_ASSERT_EQUAL(t.filter_ops, 2 * 5 * 7 * 72);
  CU_ASSERT_EQUAL(t.input_words, 3 * 2 * 7 * 13 * 15);
  CU_ASSERT_EQUAL(t.transformed_input_words, 36 * 2 * 7 * 36);
  CU_ASSERT_EQUAL(t.transformed_output_words, 36 * 2 * 5 * 36);
  CU_ASSERT_EQUAL(t.output_words, 3 * 2 * 5 * 11 * 13);
  CU_ASSERT_EQUAL(reuse_tensor_words(&t.products.problem, REUSE_I),
                  t.transformed_input_words);
  CU_ASSERT_EQUAL(reuse_tensor_words(&t.products.problem, REUSE_O),
                  t.transformed_output_words);
}

/* The same by FFT of 8 points: 2 x 3 tiles of 6 x 6 outputs, 40 complex products. */
static void test_complex_products(void) {
  static const struct reuse_layer layer =
    LAYER(REUSE_GCONV, 3, 2, 5, 7, 11, 13, 3, 3, 1, 1);
  static const int64_t extent[REUSE_DIMS] = {3, 80, 10, 14, 2, 3, 1, 1};
  struct reuse__transform t;
  const char *why = NULL;
  CU_ASSERT_EQUAL_FATAL(reuse__transform_make(&layer, REUSE__FFT, 8, &lines, &t, &why),
                        REUSE_OK);
  CU_ASSERT(memcmp(t.products.problem.extent, extent, sizeof extent) == 0);
  CU_ASSERT_EQUAL(t.products.macs, 18 * 2 * 5 * 7 * 160);
  CU_ASSERT_EQUAL(t.input_ops, 18 * 2 * 7 * 388);
  CU_ASSERT_EQUAL(t.transformed_input_words, 18 * 2 * 7 * 80);
}

/* A 3x3 depthwise layer costs 9 MACs an output; F(2, 3) 4 (1 + 2 + 1.5) = 18. */
static void test_depthwise_loses(void) {
  static const struct reuse_layer layer =
    LAYER(REUSE_DWCONV, 1, 10, 1, 1, 12, 12, 3, 3, 1, 1);
  struct reuse__transform t;
  const char *why = NULL;
  CU_ASSERT_EQUAL_FATAL(reuse__transform_make(&layer, REUSE__WINOGRAD, 2, &lines, &t, &why),
                        REUSE_OK);
  CU_ASSERT_EQUAL(t.products.type, REUSE_DWCONV);
  CU_ASSERT_EQUAL(reuse__transform_work(&t), 18 * 10 * 12 * 12);
  CU_ASSERT_EQUAL_FATAL(reuse__transform_make(&layer, REUSE__WINOGRAD, 0, &lines, &t, &why),
                        REUSE_OK);
  CU_ASSERT(reuse__transform_work(&t) > layer.macs);
  CU_ASSERT_EQUAL_FATAL(reuse__transform_make(&layer, REUSE__FFT, 0, &lines, &t, &why),
                        REUSE_OK);
  CU_ASSERT(reuse__transform_work(&t) > layer.macs);
}

static void test_overflow(void) {
  struct reuse_layer layer = LAYER(REUSE_CONV, 1, 1, 5, 7, 11, 13, 3, 3, 1, 1);
  struct reuse__transform t;
  const char *why = NULL;
  layer.problem.extent[REUSE_K] = layer.problem.extent[REUSE_C] = (int64_t)1 << 31;
  CU_ASSERT_EQUAL(reuse__transform_make(&layer, REUSE__WINOGRAD, 0, &lines, &t, &why),
                  REUSE_ERR_OVERFLOW);
}

/* ---- the command line's word --------------------------------------------------------------------- */

static void test_parse(void) {
  static const struct { const char *text; int kind; int64_t size; } row[] = {
    {"direct", REUSE__DIRECT, 0}, {"im2col", REUSE__IM2COL, 0},
    {"winograd", REUSE__WINOGRAD, 0}, {"winograd:4", REUSE__WINOGRAD, 4},
    {"fft", REUSE__FFT, 0}, {"fft:16", REUSE__FFT, 16}, {"auto", REUSE__AUTO, 0},
    {"", -1, 0}, {"win", -1, 0}, {"dataflow", -1, 0}, {"winograd:", -1, 0},
    {"winograd:1", -1, 0}, {"winograd:65", -1, 0}, {"winograd:4x", -1, 0},
    {"fft:12", -1, 0}, {"fft:2", -1, 0}, {"fft:8192", -1, 0}, {"auto:2", -1, 0},
    {"fft:99999999999999999999", -1, 0}, {"winograd:-4", -1, 0},
  };
  for (int i = 0; i < COUNT(row); i++) {
    struct reuse__wanted_lowering wanted;
    const char *why = NULL;
    const bool ok = reuse__lowering_parse(row[i].text, &wanted, &why);
    CU_ASSERT_EQUAL(ok, row[i].kind >= 0);
    CU_ASSERT(!ok || ((int)wanted.kind == row[i].kind && wanted.size == row[i].size));
    CU_ASSERT(ok || why);
  }
}

/* ---- passes ---------------------------------------------------------------------------------------- */

static struct reuse_quantity figure(double value) {
  return (struct reuse_quantity){.value = value, .given = true};
}

/* Two units at 1 GHz below a DRAM of 8 bytes a cycle; words of 16 bits.  The input pass
 * reads 10 words and writes 30, 80 bytes in 10 cycles, and has 24 operations in 12 cycles.
 * The output pass reads 50 words and writes 14, 128 bytes in 16 cycles, and has 10
 * operations in 5. */
static void test_passes(void) {
  struct reuse_level level = {
    .name = "DRAM", .kind = REUSE_DRAM, .keeps = REUSE_ALL_TENSORS,
    .bandwidth = {figure(8), REUSE_BYTES_PER_CYCLE},
    .read_pj_per_bit = figure(1), .write_pj_per_bit = figure(2)
  };
  const struct reuse_engine engine = {.name = "engine", .nlevels = 1, .level = &level,
                                      .macs = 2, .mac_pj = figure(3), .fill_level = -1};
  const struct reuse_arch arch = {
    .name = "machine", .clock_hz = figure(1e9), .static_mw = figure(5),
    .bits = {figure(16), figure(16), figure(16)}, .psum_bits = figure(16),
    .energy_scale = figure(1), .nengines = 1, .engine = &engine
  };
  const struct reuse_mapping mapping = {0};
  const struct reuse__transform t = {
    .input_words = 10, .transformed_input_words = 30, .input_ops = 24,
    .transformed_output_words = 50, .output_words = 14, .output_ops = 10
  };
  struct reuse_evaluation r = {.nlevels = 1, .cycles = 28, .time_s = 28e-9,
                               .utilization = 0.5, .stall_efficiency = 1,
                               .static_energy_pj = 140, .energy_pj = 1140};
  struct reuse__passes passes;
  reuse__add_passes(&arch, &mapping, &t, &r, &passes);
  CU_ASSERT_DOUBLE_EQUAL(passes.cycles, 12 + 16, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(passes.dram_words, 104, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(r.cycles, 56, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(r.time_s, 56e-9, 1e-20);
  CU_ASSERT_DOUBLE_EQUAL(r.utilization, 0.25, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(r.level[0].read_bytes[REUSE_I], 20, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(r.level[0].write_bytes[REUSE_I], 60, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(r.level[0].read_bytes[REUSE_O], 100, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(r.level[0].write_bytes[REUSE_O], 28, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(r.mac_energy_pj, 3 * 34, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(r.static_energy_pj, 280, 1e-9);
  const double words_pj = 16 * (10 + 2 * 30 + 50 + 2 * 14);
  CU_ASSERT_DOUBLE_EQUAL(r.energy_pj, 1000 + 280 + 3 * 34 + words_pj, 1e-9);
}

int register_transforms_tests(void) {
  CU_pSuite s = CU_add_suite("transforms", set_up, tear_down);
  return s && CU_ADD_TEST(s, test_executed) && CU_ADD_TEST(s, test_winograd_tiles) &&
                 CU_ADD_TEST(s, test_fft_executed) && CU_ADD_TEST(s, test_refusals) &&
                 CU_ADD_TEST(s, test_products) && CU_ADD_TEST(s, test_complex_products) &&
                 CU_ADD_TEST(s, test_depthwise_loses) && CU_ADD_TEST(s, test_overflow) &&
                 CU_ADD_TEST(s, test_parse) && CU_ADD_TEST(s, test_passes)
             ? 0
             : -1;
}
