/* Layers of a network: edge cases of shapes, batch, reuse.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <CUnit/CUnit.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "network/network.h"
#include "reusemodel.h"

int register_network_layers_tests(void);

#define COUNT(table) ((int)(sizeof(table) / sizeof(table)[0]))
#define HEADER                                                        \
  "name,type,N,G,C,K,H,W,R,S,P,Q,stride_h,stride_w,dil_h,dil_w,"      \
  "pad_t,pad_b,pad_l,pad_r,bias,norm,operand,serial\n"

/* Prints the last message's text. */
static void listen(void *context, const struct reuse_message *message) {
  (void)context;
  printf("# line %d: %s\n", message->line, message->text);
}

/* The network with the one row "a,"ROW and the totals MACS and PARAMS; NULL when
 * it is refused. */
static const struct reuse_layer *read_row(const char *row, int64_t macs,
                                          int64_t params,
                                          struct reuse_arena *arena) {
  char text[1024];
  struct reuse_diag diag = {.sink = listen};
  const struct reuse_network_table *network;
  snprintf(text, sizeof text, "# name: t\n# macs: %lld\n# params: %lld\n" HEADER
           "a,%s\n", (long long)macs, (long long)params, row);
  reuse__network_read_memory("t.csv", text, strlen(text), arena, &network, &diag);
  return network != NULL ? network->layer : NULL;
}

static void check(bool ok, const char *reason, const char *what) {
  if (!ok)
    printf("# %s: %s\n", reason, what);
  CU_ASSERT_TRUE(ok);
}

/* ---- shapes ------------------------------------------------------------- */

/* A row, its MACs, its parameters, the MACs whose input element exists, and
 * the words of I that exist and are touched; all by hand. */
static const struct edge {
  const char *reason, *row;
  int64_t macs, params, effective, input_words;
} edges[] = {
  {"asymmetric padding at stride 2, TensorFlow SAME",
   "dwconv,1,64,64,64,112,112,3,3,56,56,2,2,1,1,0,1,0,1,0,128,w,0",
   64 * 9 * 56 * 56, 64 * 9 + 128, 64 * 167 * 167, 64 * 112 * 112},
  {"pool 2x2 at stride 1 with padding at the end",
   "pool,1,8,8,8,13,13,2,2,13,13,1,1,1,1,0,1,0,1,0,0,-,0",
   0, 0, 8 * 25 * 25, 8 * 169},
  {"even filter, SAME", "conv,1,1,3,5,7,7,2,2,7,7,1,1,1,1,0,1,0,1,0,0,w,0",
   15 * 4 * 49, 60, 15 * 13 * 13, 3 * 49},
  {"pool that rounds up, 56 to 28",
   "pool,1,192,192,192,56,56,3,3,28,28,2,2,1,1,0,1,0,1,0,0,-,0",
   0, 0, 192 * 83 * 83, 192 * 56 * 56},
  {"dilation 12", "conv,1,1,2,3,33,33,3,3,33,33,1,1,12,12,12,12,12,12,0,0,w,0",
   6 * 9 * 33 * 33, 54, 6 * 75 * 75, 2 * 33 * 33},
  {"dilation 36: eight of nine taps are padding",
   "conv,1,1,2,3,33,33,3,3,33,33,1,1,36,36,36,36,36,36,0,0,w,0",
   6 * 9 * 33 * 33, 54, 6 * 33 * 33, 2 * 33 * 33},
  {"1x7", "conv,1,1,4,5,17,17,1,7,17,17,1,1,1,1,0,0,3,3,0,0,w,0",
   20 * 7 * 289, 140, 20 * 17 * 107, 4 * 289},
  {"7x1", "conv,1,1,4,5,17,17,7,1,17,17,1,1,1,1,3,3,0,0,0,0,w,0",
   20 * 7 * 289, 140, 20 * 17 * 107, 4 * 289},
  {"41x11 on 161x1000, stride 2x2",
   "conv,1,1,1,32,161,1000,41,11,81,500,2,2,1,1,20,20,5,5,32,0,w,0",
   32LL * 451 * 81 * 500, 32 * 451 + 32, 32LL * 3101 * 5485, 161000},
  {"41x11 on 81x500, stride 2x1",
   "conv,1,1,1,2,81,500,41,11,41,500,2,1,1,1,20,20,5,5,0,0,w,0",
   2LL * 451 * 41 * 500, 902, 2LL * 1461 * 5470, 40500},
  {"11x11 at stride 4 on 227",
   "conv,1,1,3,96,227,227,11,11,55,55,4,4,1,1,0,0,0,0,96,0,w,0",
   105415200, 34944, 105415200, 3 * 227 * 227},
  {"224 with padding 2 leaves a row unused",
   "conv,1,1,3,64,224,224,11,11,55,55,4,4,1,1,2,2,2,2,64,0,w,0",
   70276800, 23296, 192LL * 602 * 602, 3 * 224 * 224},
  {"224 without padding gives 54",
   "conv,1,1,1,1,224,224,11,11,54,54,4,4,1,1,0,0,0,0,0,0,w,0",
   121 * 54 * 54, 121, 121 * 54 * 54, 223 * 223},
  {"3x3 on 2x2: 16 of 36 taps",
   "conv,1,1,512,512,2,2,3,3,2,2,1,1,1,1,1,1,1,1,0,0,w,0",
   512 * 512 * 36, 512 * 512 * 9, 512 * 512 * 16, 512 * 4},
  {"depthwise 3x3 on 1x1: 1 of 9 taps",
   "dwconv,1,1024,1024,1024,1,1,3,3,1,1,1,1,1,1,1,1,1,1,0,0,w,0",
   1024 * 9, 1024 * 9, 1024, 1024},
  {"stride over the filter touches a quarter of the input",
   "pwconv,1,1,256,512,56,56,1,1,28,28,2,2,1,1,0,0,0,0,0,1024,w,0",
   256 * 512 * 784, 256 * 512 + 1024, 256 * 512 * 784, 256 * 784},
  {"stride equal to the filter",
   "conv,1,1,3,768,224,224,16,16,14,14,16,16,1,1,0,0,0,0,768,0,w,0",
   768LL * 768 * 196, 768 * 768 + 768, 768LL * 768 * 196, 3 * 224 * 224},
  {"channel multiplier 2",
   "dwconv,1,6,6,12,9,9,3,3,7,7,1,1,1,1,0,0,0,0,0,0,w,0",
   12 * 9 * 49, 108, 12 * 9 * 49, 6 * 81},
  {"one channel is no depthwise layer",
   "conv,1,1,1,1,5,5,3,3,3,3,1,1,1,1,0,0,0,0,0,0,w,0", 81, 9, 81, 25},
  {"grouped 1x1", "gconv,1,3,24,240,28,28,1,1,28,28,1,1,1,1,0,0,0,0,0,0,w,0",
   240 * 8 * 784, 1920, 240 * 8 * 784, 24 * 784},
  {"primes", "gconv,7,5,55,65,31,37,3,2,11,19,3,2,1,1,2,2,1,0,11,13,w,0",
   7LL * 65 * 11 * 6 * 11 * 19, 65 * 11 * 6 + 24, 7LL * 65 * 11 * 31 * 37,
   7 * 55 * 31 * 37},
  {"a vocabulary of 50257", "fc,3,1,768,50257,1,1,1,1,1,1,1,1,1,1,0,0,0,0,0,0,t,0",
   3LL * 768 * 50257, 0, 3LL * 768 * 50257, 3 * 768},
  {"fc over a map", "fc,2,1,16,10,5,4,5,4,1,1,1,1,1,1,0,0,0,0,10,0,w,0",
   2 * 16 * 20 * 10, 3210, 2 * 16 * 20 * 10, 2 * 320},
  {"pwconv on a single position",
   "pwconv,1,1,8,4,1,1,1,1,1,1,1,1,1,1,0,0,0,0,0,0,w,0", 32, 32, 32, 8},
  {"attention scores: 12 heads, 128 x 64 x 128",
   "matmul,128,12,768,1536,1,1,1,1,1,1,1,1,1,1,0,0,0,0,0,0,a,0",
   12 * 128 * 64 * 128, 0, 12 * 128 * 64 * 128, 128 * 768},
  {"recurrence", "fc,200,1,800,2400,1,1,1,1,1,1,1,1,1,1,0,0,0,0,4800,0,w,1",
   200LL * 800 * 2400, 800 * 2400 + 4800, 200LL * 800 * 2400, 200 * 800},
  {"sum of two maps reads both",
   "eltwise,1,256,512,256,56,56,1,1,56,56,1,1,1,1,0,0,0,0,0,0,-,0",
   0, 0, 2 * 256 * 3136, 2 * 256 * 3136},
  {"normalisation", "eltwise,197,768,768,768,1,1,1,1,1,1,1,1,1,1,0,0,0,0,0,1536,-,0",
   0, 1536, 197 * 768, 197 * 768},
  {"transposed 4x4, stride 2, zeros inserted",
   "conv,1,1,3,5,15,15,4,4,16,16,1,1,1,1,2,2,2,2,0,0,w,0",
   4 * 15 * 4 * 256, 240, 15 * 58 * 58, 3 * 225},
  {"transposed 4x4, stride 2, one of four phases",
   "conv,1,1,3,5,8,8,2,2,8,8,1,1,1,1,1,0,0,1,0,0,w,0",
   15 * 4 * 64, 60, 15 * 15 * 15, 192},
  {"transposed 4x4, stride 2, product and col2im",
   "matmul,64,1,3,80,1,1,1,1,1,1,1,1,1,1,0,0,0,0,0,0,w,0",
   15 * 4 * 256, 240, 15 * 4 * 256, 192},
};

/* Pairs of output and filter index of axis I whose input exists. */
static int64_t taps(const struct reuse_problem *problem, int i) {
  int64_t n = 0;
  for (int64_t p = 0; p < problem->extent[REUSE_P + i]; p++)
    for (int64_t r = 0; r < problem->extent[REUSE_R + i]; r++) {
      int64_t at = p * problem->stride[i] + r * problem->dilation[i] -
                   problem->pad[i];
      n += at >= 0 && at < problem->input[i];
    }
  return n;
}

static void test_edges(void) {
  for (int i = 0; i < COUNT(edges); i++) {
    const struct edge *edge = &edges[i];
    struct reuse_arena *arena = reuse_arena_new();
    const struct reuse_layer *layer =
      read_row(edge->row, edge->macs, edge->params, arena);
    check(layer != NULL, edge->reason, "refused");
    if (layer != NULL) {
      const struct reuse_problem *p = &layer->problem;
      int64_t effective = p->extent[REUSE_N] * p->extent[REUSE_G] *
                          p->extent[REUSE_K] * p->extent[REUSE_C] * taps(p, 0) *
                          taps(p, 1);
      bool filtered = (p->tensors & REUSE_BIT(REUSE_W)) != 0;
      check(layer->macs == edge->macs, edge->reason, "macs");
      check(filtered == (edge->macs > 0), edge->reason, "tensors");
      check(effective == edge->effective, edge->reason, "effective MACs");
      check(reuse_tensor_words(p, REUSE_I) == edge->input_words, edge->reason,
            "input words");
    }
    reuse_arena_free(arena);
  }
}

/* Every field of the layer of a row of distinct figures. */
static void test_fields(void) {
  static const int64_t extent[REUSE_DIMS] = {7, 5, 13, 11, 11, 19, 3, 2};
  struct reuse_arena *arena = reuse_arena_new();
  const struct reuse_layer *layer =
    read_row("gconv,7,5,55,65,31,37,3,2,11,19,3,2,4,1,7,2,1,0,17,23,w,1",
             7LL * 65 * 11 * 6 * 11 * 19, 65 * 11 * 6 + 40, arena);
  CU_ASSERT_PTR_NOT_NULL_FATAL(layer);
  const struct reuse_problem *p = &layer->problem;
  CU_ASSERT_EQUAL(memcmp(p->extent, extent, sizeof extent), 0);
  CU_ASSERT(p->stride[0] == 3 && p->stride[1] == 2);
  CU_ASSERT(p->dilation[0] == 4 && p->dilation[1] == 1);
  CU_ASSERT(p->pad[0] == 7 && p->pad[1] == 1);
  CU_ASSERT(p->input[0] == 31 && p->input[1] == 37);
  CU_ASSERT(p->tensors == REUSE_ALL_TENSORS);
  CU_ASSERT(layer->type == REUSE_GCONV && layer->operand == REUSE_WEIGHTS);
  CU_ASSERT(layer->weights == 4290 && layer->bias == 17 && layer->norm == 23);
  CU_ASSERT(layer->serial && layer->line == 5);
  reuse_arena_free(arena);
}

/* Shipped transposed encodings: zeros inserted cost four times the others. */
static void test_transposed(void) {
  int64_t macs[3] = {0};
  for (int i = 0; i < 3; i++)
    macs[i] = edges[COUNT(edges) - 3 + i].macs;
  CU_ASSERT_EQUAL(macs[0], 4 * 4 * macs[1]);
  CU_ASSERT_EQUAL(macs[0], 4 * macs[2]);
}

/* ---- batch -------------------------------------------------------------- */

static void test_batch(void) {
  struct reuse_arena *arena = reuse_arena_new();
  const struct reuse_layer *conv =
    read_row("gconv,3,2,4,6,5,5,3,3,3,3,1,1,1,1,0,0,0,0,6,12,w,0", 2916, 126,
             arena);
  const struct reuse_layer *product =
    read_row("matmul,128,12,768,1536,1,1,1,1,1,1,1,1,1,1,0,0,0,0,0,0,a,0",
             12582912, 0, arena);
  CU_ASSERT_FATAL(conv != NULL && product != NULL);
  struct reuse_layer result;
  CU_ASSERT_EQUAL(reuse_layer_batch(conv, 7, &result), REUSE_OK);
  CU_ASSERT(result.problem.extent[REUSE_N] == 21);
  CU_ASSERT(result.problem.extent[REUSE_G] == 2);
  CU_ASSERT(result.macs == 7 * 2916 && result.weights == 108);
  CU_ASSERT(result.bias == 6 && result.norm == 12);
  CU_ASSERT_EQUAL(reuse_layer_batch(product, 7, &result), REUSE_OK);
  CU_ASSERT(result.problem.extent[REUSE_N] == 1);
  CU_ASSERT(result.problem.extent[REUSE_Q] == 128);
  CU_ASSERT(result.problem.extent[REUSE_G] == 84);
  CU_ASSERT(result.macs == 7 * 12582912LL);
  CU_ASSERT_EQUAL(reuse_layer_batch(conv, 1, &result), REUSE_OK);
  CU_ASSERT(result.macs == conv->macs);
  CU_ASSERT_EQUAL(reuse_layer_batch(conv, 0, &result), REUSE_ERR_INPUT);
  CU_ASSERT_EQUAL(reuse_layer_batch(conv, -1, &result), REUSE_ERR_INPUT);
  CU_ASSERT_EQUAL(reuse_layer_batch(conv, INT64_MAX, &result),
                  REUSE_ERR_OVERFLOW);
  CU_ASSERT_EQUAL(reuse_layer_batch(conv, INT64_MAX / 2916, &result), REUSE_OK);
  CU_ASSERT_EQUAL(reuse_layer_batch(conv, INT64_MAX / 2916 + 1, &result),
                  REUSE_ERR_OVERFLOW);
  reuse_arena_free(arena);
}

/* ---- reuse -------------------------------------------------------------- */

static bool near(double a, double b) { return fabs(a - b) <= 1e-12 * fabs(b); }

/* MACs per word in the order I, W, O. */
static const struct reuse_case {
  const char *reason, *row;
  int64_t macs, params;
  double exact[REUSE_TENSORS], closed[REUSE_TENSORS];
} reuse_cases[] = {
  {"convolution without padding: I short of HfWfCo at the edges",
   "conv,1,1,2,3,5,5,3,3,3,3,1,1,1,1,0,0,0,0,0,0,w,0", 486, 54,
   {486.0 / 50, 9, 18}, {27, 9, 18}},
  {"stride 2 divides the reuse of I by 4",
   "conv,1,1,2,8,9,9,3,3,4,4,2,2,1,1,0,0,0,0,0,0,w,0", 2304, 144,
   {2304.0 / 162, 16, 18}, {18, 16, 18}},
  {"depthwise: channels of the group only",
   "dwconv,1,32,32,32,112,112,3,3,112,112,1,1,1,1,1,1,1,1,0,0,w,0",
   3612672, 288, {9, 12544, 9}, {9, 12544, 9}},
  {"groups", "gconv,2,2,4,6,5,5,1,1,5,5,1,1,1,1,0,0,0,0,0,0,w,0", 600, 12,
   {3, 50, 2}, {3, 50, 2}},
  {"fc with a batch", "fc,4,1,10,7,1,1,1,1,1,1,1,1,1,1,0,0,0,0,0,0,w,0", 280, 70,
   {7, 4, 10}, {7, 4, 10}},
  {"untouched input is no word of I",
   "pwconv,1,1,3,5,8,8,1,1,4,4,2,2,1,1,0,0,0,0,0,0,w,0", 240, 15,
   {5, 16, 3}, {1.25, 16, 3}},
  {"no MACs, no reuse", "pool,1,2,2,2,4,4,2,2,2,2,2,2,1,1,0,0,0,0,0,0,-,0", 0, 0,
   {0, 0, 0}, {0, 0, 0}},
};

static void test_reuse(void) {
  for (int i = 0; i < COUNT(reuse_cases); i++) {
    const struct reuse_case *expected = &reuse_cases[i];
    struct reuse_arena *arena = reuse_arena_new();
    const struct reuse_layer *layer =
      read_row(expected->row, expected->macs, expected->params, arena);
    check(layer != NULL, expected->reason, "refused");
    struct reuse_layer_reuse reuse = {{0}, {0}, {0}};
    if (layer != NULL)
      reuse_layer_reuse(layer, &reuse);
    for (int t = 0; layer != NULL && t < REUSE_TENSORS; t++) {
      check(near(reuse.exact[t], expected->exact[t]), expected->reason, "exact");
      check(near(reuse.closed_form[t], expected->closed[t]), expected->reason,
            "closed form");
      check(reuse.words[t] == reuse_tensor_words(&layer->problem,
                                                 (enum reuse_tensor)t),
            expected->reason, "words");
    }
    reuse_arena_free(arena);
  }
}

int register_network_layers_tests(void) {
  CU_pSuite suite = CU_add_suite("network_layers", NULL, NULL);
  bool ok = suite != NULL &&
    CU_add_test(suite, "edge cases", test_edges) != NULL &&
    CU_add_test(suite, "fields", test_fields) != NULL &&
    CU_add_test(suite, "transposed convolution", test_transposed) != NULL &&
    CU_add_test(suite, "batch", test_batch) != NULL &&
    CU_add_test(suite, "reuse", test_reuse) != NULL;
  return ok ? 0 : 1;
}
