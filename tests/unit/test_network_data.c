/* The shipped networks: totals, rows, shares of depthwise layers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <CUnit/CUnit.h>
#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reusemodel.h"

int register_network_data_tests(void);

#define COUNT(table) ((int)(sizeof(table) / sizeof(table)[0]))

/* The number of messages and the text of the first. */
struct heard {
  int n;
  char text[512];
};

static void listen(void *context, const struct reuse_message *message) {
  struct heard *heard = context;
  if (heard->n++ == 0)
    snprintf(heard->text, sizeof heard->text, "line %d: %s", message->line,
             message->text);
}

/* A CUnit assertion that names the case. */
static void check(bool ok, const char *reason, const char *what) {
  if (!ok)
    printf("# %s: %s\n", reason, what);
  CU_ASSERT_TRUE(ok);
}

static const char *data_dir(void) {
  const char *dir = getenv("REUSEMODEL_DATADIR");
  return dir != NULL ? dir : "data";
}

/* ---- the shipped networks ----------------------------------------------- */

/* Totals that do not come from the files: by execution of the networks or
 * published. Rows are counted by type in the order of enum reuse_layer_type. */
static const struct shipped {
  const char *name;
  int64_t macs, params;
  int rows[REUSE_LAYER_TYPES];
} shipped[] = {
  {"alexnet", 724406816, 60965224, {2, 3, 0, 0, 3, 0, 3, 2}},
  {"alexnet_tv", 714188480, 61100840, {5, 0, 0, 0, 3, 0, 3, 0}},
  {"bert_base_s128", 11174215680, 109482240, {0, 0, 0, 0, 1, 96, 0, 73}},
  {"bert_base_s512", 48318971904, 109482240, {0, 0, 0, 0, 1, 96, 0, 73}},
  {"deepspeech2", 25874048000, 41187997, {2, 0, 0, 0, 21, 0, 0, 15}},
  {"densenet121", 2834161664, 7978856, {59, 0, 0, 61, 1, 0, 5, 0}},
  {"efficientnet_b0", 385814752, 5288548, {1, 0, 16, 32, 33, 0, 17, 25}},
  {"googlenet", 1582671872, 6998552, {20, 0, 0, 37, 1, 0, 14, 2}},
  {"googlenet_tv", 1498376192, 6624904, {20, 0, 0, 37, 1, 0, 14, 0}},
  {"gpt2_decode_kv1024", 142406400, 124439808, {0, 0, 0, 0, 0, 73, 0, 73}},
  {"gpt2_prefill1024", 145824153600, 124439808, {0, 0, 0, 0, 0, 73, 0, 73}},
  {"inception_v3", 5713216096, 23834568, {54, 0, 0, 40, 1, 0, 14, 0}},
  {"llama2_7b_decode_kv2048", 7143948288, 6738415616, {0, 0, 0, 0, 0, 289, 0, 225}},
  {"llama2_7b_prefill2048", 14630806093824, 6738415616, {0, 0, 0, 0, 0, 289, 0, 225}},
  {"lstm1024", 8388608, 8396800, {0, 0, 0, 0, 2, 0, 0, 1}},
  {"mnasnet1_0", 314415872, 4383312, {1, 0, 17, 34, 1, 0, 1, 10}},
  {"mobilenet_v1", 568740352, 4231976, {1, 0, 13, 13, 1, 0, 1, 0}},
  {"mobilenet_v1_0.25", 41030272, 470072, {1, 0, 13, 13, 1, 0, 1, 0}},
  {"mobilenet_v1_0.5", 149497088, 1331592, {1, 0, 13, 13, 1, 0, 1, 0}},
  {"mobilenet_v2", 300774272, 3504872, {1, 0, 17, 34, 1, 0, 1, 10}},
  {"mobilenet_v3_large", 216589760, 5483032, {1, 0, 15, 30, 18, 0, 9, 18}},
  {"mobilenet_v3_small", 56510400, 2542856, {1, 0, 11, 22, 20, 0, 10, 15}},
  {"resnet101", 7801405440, 44549160, {34, 0, 0, 70, 1, 0, 2, 33}},
  {"resnet152", 11513626624, 60192808, {51, 0, 0, 104, 1, 0, 2, 50}},
  {"resnet18", 1814073344, 11689512, {17, 0, 0, 3, 1, 0, 2, 8}},
  {"resnet34", 3663761408, 21797672, {33, 0, 0, 3, 1, 0, 2, 16}},
  {"resnet50", 4089184256, 25557032, {17, 0, 0, 36, 1, 0, 2, 16}},
  {"resnet50_v1", 3857973248, 25557032, {17, 0, 0, 36, 1, 0, 2, 16}},
  {"resnext50_32x4d", 4230479872, 25028904, {1, 16, 0, 36, 1, 0, 2, 16}},
  {"shufflenet_v1_g3", 137460672, 1865728, {1, 31, 16, 1, 1, 0, 5, 13}},
  {"shufflenet_v2_x1_0", 144907992, 2278604, {1, 0, 19, 36, 1, 0, 2, 0}},
  {"squeezenet1_0", 818924576, 1248424, {9, 0, 0, 17, 0, 0, 4, 0}},
  {"squeezenet1_1", 349151936, 1235496, {9, 0, 0, 17, 0, 0, 4, 0}},
  {"unet_512", 192384335872, 31030658, {18, 0, 0, 5, 0, 0, 4, 0}},
  {"unet_572", 150428424448, 31030658, {18, 0, 0, 5, 0, 0, 4, 0}},
  {"vgg11", 7609090048, 132863336, {8, 0, 0, 0, 3, 0, 5, 0}},
  {"vgg16", 15470264320, 138357544, {13, 0, 0, 0, 3, 0, 5, 0}},
  {"vgg19", 19632062464, 143667240, {16, 0, 0, 0, 3, 0, 5, 0}},
  {"vit_b16", 17563828224, 86567656, {1, 0, 0, 0, 1, 96, 0, 73}},
  {"wide_resnet50_2", 11398021120, 68883240, {17, 0, 0, 36, 1, 0, 2, 16}},
  {"xception", 8357403496, 22855952, {2, 0, 34, 38, 1, 0, 5, 12}},
  {"yolov2_tiny", 2703221248, 11232057, {8, 0, 0, 1, 0, 0, 6, 0}},
  {"yolov2_tiny_voc", 3485520896, 15861773, {8, 0, 0, 1, 0, 0, 6, 0}},
  {"yolov3", 32932037632, 61949149, {38, 0, 0, 37, 0, 0, 0, 23}},
};

/* The shipped network NAME, which must read without a message; else NULL. */
static const struct reuse_network_table *read_shipped(const char *name,
                                                      struct reuse_arena *arena) {
  char path[512];
  struct heard heard = {0};
  struct reuse_diag diag = {.sink = listen, .context = &heard};
  const struct reuse_network_table *network = NULL;
  snprintf(path, sizeof path, "%s/%s.csv", data_dir(), name);
  enum reuse_status status = reuse_network_read(path, arena, &network, &diag);
  check(status == REUSE_OK && heard.n == 0, name, heard.text);
  return network;
}

static void test_shipped_totals(void) {
  for (int i = 0; i < COUNT(shipped); i++) {
    const struct shipped *expected = &shipped[i];
    struct reuse_arena *arena = reuse_arena_new();
    const struct reuse_network_table *network =
      read_shipped(expected->name, arena);
    int rows[REUSE_LAYER_TYPES] = {0};
    for (int j = 0; network != NULL && j < network->nlayers; j++)
      rows[network->layer[j].type]++;
    if (network != NULL) {
      check(strcmp(network->name, expected->name) == 0, expected->name, "name");
      check(network->macs == expected->macs, expected->name, "macs");
      check(network->params == expected->params, expected->name, "params");
      check(memcmp(rows, expected->rows, sizeof rows) == 0, expected->name,
            "rows by type");
      check(network->title[0] != '\0' && network->source[0] != '\0',
            expected->name, "title and source");
    }
    reuse_arena_free(arena);
  }
}

static void test_every_file_is_listed(void) {
  DIR *dir = opendir(data_dir());
  CU_ASSERT_PTR_NOT_NULL_FATAL(dir);
  int files = 0;
  for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
    size_t length = strlen(entry->d_name);
    if (length < 5 || strcmp(entry->d_name + length - 4, ".csv") != 0)
      continue;
    if (strcmp(entry->d_name, "aliases.csv") == 0)
      continue;
    bool found = false;
    for (int i = 0; i < COUNT(shipped); i++)
      found = found || (strlen(shipped[i].name) == length - 4 &&
                        strncmp(shipped[i].name, entry->d_name, length - 4) == 0);
    check(found, entry->d_name, "not in the test's table");
    files++;
  }
  closedir(dir);
  CU_ASSERT_EQUAL(files, COUNT(shipped));
}

/* Shares of a whole network, percent: MACs among all, elements of input and
 * output among those of all rows. */
static const struct share {
  const char *name;
  int depthwise_layers;
  double macs, elements;
} shares[] = {
  {"mobilenet_v1", 13, 3.06, 48.8},      {"mobilenet_v1_0.5", 13, 5.81, 48.0},
  {"mobilenet_v1_0.25", 13, 10.59, 46.7}, {"mobilenet_v2", 17, 6.89, 42.7},
  {"mobilenet_v3_large", 15, 8.49, 31.4}, {"mobilenet_v3_small", 11, 13.20, 31.0},
  {"efficientnet_b0", 16, 8.95, 28.7},   {"mnasnet1_0", 17, 9.01, 39.7},
  {"shufflenet_v1_g3", 16, 2.77, 10.0},  {"shufflenet_v2_x1_0", 19, 2.87, 29.9},
  {"xception", 34, 1.58, 33.9},
};

/* Elements of the input and the output of LAYER. */
static double elements(const struct reuse_layer *layer) {
  const struct reuse_problem *p = &layer->problem;
  double groups = (double)p->extent[REUSE_N] * (double)p->extent[REUSE_G];
  return groups * ((double)(p->extent[REUSE_C] * p->input[0] * p->input[1]) +
                   (double)(p->extent[REUSE_K] * p->extent[REUSE_P] *
                            p->extent[REUSE_Q]));
}

static void test_depthwise_shares(void) {
  for (int i = 0; i < COUNT(shares); i++) {
    struct reuse_arena *arena = reuse_arena_new();
    const struct reuse_network_table *network =
      read_shipped(shares[i].name, arena);
    double all = 0, depthwise = 0, macs = 0;
    int layers = 0;
    for (int j = 0; network != NULL && j < network->nlayers; j++) {
      const struct reuse_layer *layer = &network->layer[j];
      all += elements(layer);
      if (layer->type != REUSE_DWCONV)
        continue;
      depthwise += elements(layer);
      macs += (double)layer->macs;
      layers++;
    }
    if (network != NULL) {
      check(layers == shares[i].depthwise_layers, shares[i].name, "layers");
      check(fabs(100 * macs / (double)network->macs - shares[i].macs) < 0.0051,
            shares[i].name, "share of the MACs");
      check(fabs(100 * depthwise / all - shares[i].elements) < 0.051,
            shares[i].name, "share of the elements");
    }
    reuse_arena_free(arena);
  }
}

int register_network_data_tests(void) {
  CU_pSuite suite = CU_add_suite("network_data", NULL, NULL);
  bool ok = suite != NULL &&
    CU_add_test(suite, "shipped totals", test_shipped_totals) != NULL &&
    CU_add_test(suite, "every file is listed", test_every_file_is_listed) != NULL &&
    CU_add_test(suite, "depthwise shares", test_depthwise_shares) != NULL;
  return ok ? 0 : 1;
}
