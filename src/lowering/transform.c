/* A convolution in a transform domain: its products as a layer, its transforms.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * doc/MODEL.md, "Transforms". */
#include "lowering/transform.h"

#include <stddef.h>

#include "base/checked.h"

/* Why transforms do not apply to LAYER; NULL: they do. */
static const char *refusal(const struct reuse_layer *layer) {
  const struct reuse_problem *p = &layer->problem;
  const int64_t *e = p->extent;
  if (p->tensors != REUSE_ALL_TENSORS)
    return "the layer has no filter";
  if (layer->operand == REUSE_ACTIVATIONS)
    return "the second operand is not known beforehand";
  if (e[REUSE_R] == 1 && e[REUSE_S] == 1)
    return "a 1x1 filter has nothing to transform";
  if (p->stride[0] > 1 || p->stride[1] > 1)
    return "the stride is not 1";
  if (p->dilation[0] > 1 || p->dilation[1] > 1)
    return "the filter is dilated";
  if (e[REUSE_P] == 1 && e[REUSE_Q] == 1)
    return "the layer has one output position";
  return NULL;
}

static int64_t product(const int64_t *factor, int n, bool *overflow) {
  int64_t result = 1;
  for (int i = 0; i < n; i++)
    result = reuse__mul(result, factor[i], overflow);
  return result;
}

/* The products as a layer: at each place of a tile, inputs C x tiles times filters
 * K x C.  A complex number is a pair, a complex filter a block of two by two. */
static struct reuse_layer products_layer(const struct reuse_layer *layer,
                                         const struct reuse__tile *tile,
                                         bool *overflow) {
  struct reuse_layer result = *layer;
  int64_t *e = result.problem.extent;
  e[REUSE_G] = reuse__mul(e[REUSE_G], tile->products, overflow);
  e[REUSE_K] = reuse__mul(e[REUSE_K], tile->parts, overflow);
  e[REUSE_C] = reuse__mul(e[REUSE_C], tile->parts, overflow);
  for (int i = 0; i < 2; i++) {
    e[REUSE_P + i] = reuse__ceil_div(e[REUSE_P + i], tile->outputs[i]);
    e[REUSE_R + i] = 1;
    result.problem.input[i] = e[REUSE_P + i];
    result.problem.pad[i] = 0;
  }
  result.type = e[REUSE_K] == 1 && e[REUSE_C] == 1 ? REUSE_DWCONV : REUSE_GCONV;
  result.macs = product(e, REUSE_DIMS, overflow);
  result.weights = product((const int64_t[]){e[REUSE_G], e[REUSE_K], e[REUSE_C]}, 3,
                           overflow);
  return result;
}

static enum reuse_status make_sized(const struct reuse_layer *layer,
                                    enum reuse__lowering kind, int64_t size,
                                    const struct reuse__lines *lines,
                                    struct reuse__transform *t, const char **why) {
  const int64_t *e = layer->problem.extent;
  const int64_t taps[2] = {e[REUSE_R], e[REUSE_S]};
  bool overflow = false;
  if (taps[0] > REUSE__MAX_FFT || taps[1] > REUSE__MAX_FFT) {
    *why = "the filter is too large";
    return REUSE_ERR_NO_MAPPING;
  }
  if (!reuse__tile_make(kind, size, taps, lines, &t->tile, why))
    return REUSE_ERR_NO_MAPPING;
  t->products = products_layer(layer, &t->tile, &overflow);
  const int64_t *x = t->products.problem.extent;
  t->tiles = product((const int64_t[]){x[REUSE_N], x[REUSE_P], x[REUSE_Q]}, 3, &overflow);
  const int64_t inputs = product((const int64_t[]){t->tiles, e[REUSE_G], e[REUSE_C]}, 3,
                                 &overflow);
  const int64_t outputs = product((const int64_t[]){t->tiles, e[REUSE_G], e[REUSE_K]}, 3,
                                  &overflow);
  const int64_t filters = product((const int64_t[]){e[REUSE_G], e[REUSE_K], e[REUSE_C]}, 3,
                                  &overflow);
  const int64_t values = t->tile.products * t->tile.parts;
  t->input_ops = reuse__mul(inputs, t->tile.data_ops, &overflow);
  t->output_ops = reuse__mul(outputs, t->tile.inverse_ops, &overflow);
  t->filter_ops = reuse__mul(filters, t->tile.filter_ops, &overflow);
  t->transformed_input_words = reuse__mul(inputs, values, &overflow);
  t->transformed_output_words = reuse__mul(outputs, values, &overflow);
  t->input_words = reuse_tensor_words(&layer->problem, REUSE_I);
  t->output_words = reuse_tensor_words(&layer->problem, REUSE_O);
  t->total = reuse__add(t->products.macs, t->input_ops, &overflow);
  t->total = reuse__add(t->total, t->output_ops, &overflow);
  t->total = reuse__add(t->total, t->filter_ops, &overflow);
  return overflow ? REUSE_ERR_OVERFLOW : REUSE_OK;
}

int64_t reuse__transform_work(const struct reuse__transform *t) {
  return t->total - t->filter_ops;
}

/* The size after SIZE (0: the first) that may be tried, 0: none. */
static int64_t next_size(enum reuse__lowering kind, int64_t size) {
  if (kind == REUSE__WINOGRAD)
    return size < 2 ? 2 : size < REUSE__MAX_OUTPUTS ? size + 1 : 0;
  return size < 4 ? 4 : size < REUSE__MAX_FFT ? 2 * size : 0;
}

enum reuse_status reuse__transform_make(const struct reuse_layer *layer,
                                        enum reuse__lowering kind, int64_t size,
                                        const struct reuse__lines *lines,
                                        struct reuse__transform *transform,
                                        const char **why) {
  enum reuse_status status = REUSE_ERR_NO_MAPPING;
  *why = refusal(layer);
  if (*why)
    return status;
  if (size > 0)
    return make_sized(layer, kind, size, lines, transform, why);
  while ((size = next_size(kind, size)) > 0) {
    struct reuse__transform t;
    const enum reuse_status st = make_sized(layer, kind, size, lines, &t, why);
    if (st == REUSE_ERR_OVERFLOW && status != REUSE_OK)
      status = st;
    if (st != REUSE_OK || (status == REUSE_OK && t.total >= transform->total))
      continue;
    *transform = t;
    status = REUSE_OK;
  }
  return status;
}
