/* A row of a network file as a layer: shape checks, sizes, batch.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "network/layer.h"

#include <string.h>

#include "base/checked.h"

/* Analyses walk the taps of a filter one by one. */
enum { MAX_FILTER = 1 << 24 };

/* The columns of one spatial axis, and what its filter rows are called. */
struct axis {
  enum reuse__column in, filter, out, stride, dilation, before, after;
  const char *lines;
};

static const struct axis axes[2] = {
  {REUSE__COL_H, REUSE__COL_R, REUSE__COL_P, REUSE__STRIDE_H, REUSE__DIL_H,
   REUSE__PAD_T, REUSE__PAD_B, "rows"},
  {REUSE__COL_W, REUSE__COL_S, REUSE__COL_Q, REUSE__STRIDE_W, REUSE__DIL_W,
   REUSE__PAD_L, REUSE__PAD_R, "columns"},
};

/* Whether the groups divide the channels of COLUMN. */
static bool check_groups(struct reuse__input *in, const struct reuse__row *row,
                         enum reuse__column column) {
  if (row->value[column] % row->value[REUSE__COL_G] == 0)
    return true;
  reuse__input_error(in, row->offset[REUSE__COL_G],
                     "C and K are totals over the groups",
                     "%lld groups do not divide %s = %lld",
                     (long long)row->value[REUSE__COL_G],
                     reuse__column_name(column), (long long)row->value[column]);
  return false;
}

/* Whether the output size of AXIS is floor((padded - window)/stride) + 1. */
static bool check_axis(struct reuse__input *in, const struct reuse__row *row,
                       const struct axis *axis) {
  const int64_t *v = row->value;
  bool overflow = false;
  int64_t padding = reuse__add(v[axis->before], v[axis->after], &overflow);
  int64_t padded = reuse__add(v[axis->in], padding, &overflow);
  int64_t reach = reuse__mul(v[axis->filter] - 1, v[axis->dilation], &overflow);
  int64_t window = reuse__add(reach, 1, &overflow);
  if (v[axis->filter] > MAX_FILTER) {
    reuse__input_error(in, row->offset[axis->filter], NULL,
                       "a filter has at most %d %s", (int)MAX_FILTER,
                       axis->lines);
    return false;
  }
  if (overflow) {
    reuse__input_error(in, row->offset[axis->in], NULL,
                       "input and filter %s do not fit in 63 bits", axis->lines);
    return false;
  }
  if (window > padded) {
    reuse__input_error(in, row->offset[axis->filter],
                       "the padding is too small or the filter too large",
                       "a filter that spans %lld %s does not fit in %lld input "
                       "%s with padding %lld and %lld",
                       (long long)window, axis->lines, (long long)v[axis->in],
                       axis->lines, (long long)v[axis->before],
                       (long long)v[axis->after]);
    return false;
  }
  int64_t out = (padded - window) / v[axis->stride] + 1;
  if (out == v[axis->out])
    return true;
  reuse__input_error(in, row->offset[axis->out],
                     "output = floor((input + padding - span)/stride) + 1, "
                     "with span = (filter - 1)*dilation + 1",
                     "%s is %lld, but %lld input %s, padding %lld and %lld, a "
                     "filter that spans %lld and stride %lld give %lld",
                     reuse__column_name(axis->out), (long long)v[axis->out],
                     (long long)v[axis->in], axis->lines,
                     (long long)v[axis->before], (long long)v[axis->after],
                     (long long)window, (long long)v[axis->stride],
                     (long long)out);
  return false;
}

/* The type of a convolution with the shape of ROW. */
static enum reuse_layer_type convolution_type(const struct reuse__row *row) {
  const int64_t *v = row->value;
  if (v[REUSE__COL_G] > 1)
    return v[REUSE__COL_G] == v[REUSE__COL_C] ? REUSE_DWCONV : REUSE_GCONV;
  bool point = v[REUSE__COL_R] == 1 && v[REUSE__COL_S] == 1;
  return point ? REUSE_PWCONV : REUSE_CONV;
}

/* Whether ROW has stride 1 and no padding. */
static bool is_plain(const struct reuse__row *row) {
  const int64_t *v = row->value;
  return v[REUSE__STRIDE_H] == 1 && v[REUSE__STRIDE_W] == 1 &&
         v[REUSE__PAD_T] == 0 && v[REUSE__PAD_B] == 0 &&
         v[REUSE__PAD_L] == 0 && v[REUSE__PAD_R] == 0;
}

/* What the shape of a row of a type that is no convolution must be; NULL when
 * ROW has it. */
static const char *shape_fault(const struct reuse__row *row) {
  const int64_t *v = row->value;
  bool point = v[REUSE__COL_R] == 1 && v[REUSE__COL_S] == 1;
  bool scalar = point && v[REUSE__COL_H] == 1 && v[REUSE__COL_W] == 1;
  bool whole = v[REUSE__COL_R] == v[REUSE__COL_H] &&
               v[REUSE__COL_S] == v[REUSE__COL_W];
  switch (row->type) {
    case REUSE_FC:
      return v[REUSE__COL_G] == 1 && whole && is_plain(row)
               ? NULL : "G = 1, R = H, S = W, stride 1 and no padding";
    case REUSE_MATMUL:
      return scalar && is_plain(row)
               ? NULL : "H = W = R = S = 1, stride 1 and no padding";
    case REUSE_POOL:
      return v[REUSE__COL_G] == v[REUSE__COL_C] &&
             v[REUSE__COL_K] == v[REUSE__COL_C] ? NULL : "G = C = K";
    case REUSE_ELTWISE:
      return v[REUSE__COL_G] == v[REUSE__COL_K] && point && is_plain(row)
               ? NULL : "G = K, R = S = 1, stride 1 and no padding";
    default:
      return NULL;
  }
}

/* Whether the shape is one of the row's type. */
static bool check_type(struct reuse__input *in, const struct reuse__row *row) {
  const char *type = reuse_layer_type_name[row->type];
  size_t offset = row->offset[REUSE__TYPE_COLUMN];
  const char *fault = shape_fault(row);
  if (fault != NULL) {
    reuse__input_error(in, offset, NULL, "a row of type %s needs %s", type,
                       fault);
    return false;
  }
  enum reuse_layer_type conv = convolution_type(row);
  if (row->type > REUSE_PWCONV || row->type == conv)
    return true;
  reuse__input_error(in, offset,
                     "dwconv: G = C > 1; gconv: 1 < G < C; pwconv: G = 1 and a "
                     "1x1 filter; conv: all others",
                     "type is %s, but the shape is that of %s", type,
                     reuse_layer_type_name[conv]);
  return false;
}

/* Whether the row's type can have its operand. */
static bool check_operand(struct reuse__input *in,
                          const struct reuse__row *row) {
  bool weightless = row->type == REUSE_POOL || row->type == REUSE_ELTWISE;
  const char *allowed = weightless                   ? "-"
                        : row->type == REUSE_MATMUL ? "wta"
                        : row->type == REUSE_FC     ? "wt"
                                                    : "w";
  if (row->operand == '\0' || strchr(allowed, row->operand) != NULL)
    return true;
  reuse__input_error(in, row->offset[REUSE__OPERAND],
                     "matmul: w, t or a; fc: w or t; convolutions: w; "
                     "pool and eltwise: -",
                     "a row of type %s cannot have operand %c",
                     reuse_layer_type_name[row->type], row->operand);
  return false;
}

/* The problem of ROW.  An element-wise row of n operands is one group per
 * channel with n inputs per group and a 1x1 filter: C = n*K words of input and
 * K of output at each position, as the operation moves them. */
static struct reuse_problem problem_of(const struct reuse__row *row) {
  const int64_t *v = row->value;
  bool weightless = row->type == REUSE_POOL || row->type == REUSE_ELTWISE;
  return (struct reuse_problem){
    .extent = {
      [REUSE_N] = v[REUSE__COL_N],
      [REUSE_G] = v[REUSE__COL_G],
      [REUSE_K] = v[REUSE__COL_K] / v[REUSE__COL_G],
      [REUSE_C] = v[REUSE__COL_C] / v[REUSE__COL_G],
      [REUSE_P] = v[REUSE__COL_P],
      [REUSE_Q] = v[REUSE__COL_Q],
      [REUSE_R] = v[REUSE__COL_R],
      [REUSE_S] = v[REUSE__COL_S],
    },
    .stride = {v[REUSE__STRIDE_H], v[REUSE__STRIDE_W]},
    .dilation = {v[REUSE__DIL_H], v[REUSE__DIL_W]},
    .pad = {v[REUSE__PAD_T], v[REUSE__PAD_L]},
    .input = {v[REUSE__COL_H], v[REUSE__COL_W]},
    .tensors = weightless ? REUSE_BIT(REUSE_I) | REUSE_BIT(REUSE_O)
                          : REUSE_ALL_TENSORS,
  };
}

/* The rows of a matrix product that may run side by side are the pixels of a line
 * under a 1x1 convolution: machines that spread pixels spread them. */
static void rows_to_pixels(struct reuse_problem *problem) {
  if (problem->extent[REUSE_Q] != 1 || problem->input[1] != 1)
    return;
  problem->extent[REUSE_Q] = problem->input[1] = problem->extent[REUSE_N];
  problem->extent[REUSE_N] = 1;
}

bool reuse__problem_size(const struct reuse_problem *problem, int64_t *points) {
  const int64_t *extent = problem->extent;
  bool overflow = false;
  int64_t size = 1;
  for (int i = 0; i < REUSE_DIMS; i++)
    size = reuse__mul(size, extent[i], &overflow);
  int64_t input = reuse__mul(extent[REUSE_N], extent[REUSE_G], &overflow);
  input = reuse__mul(input, extent[REUSE_C], &overflow);
  for (int i = 0; i < 2; i++)
    input = reuse__mul(input, reuse__max(problem->input[i], 1), &overflow);
  *points = size;
  return !overflow;
}

/* The words of W. */
static int64_t filter_words(const struct reuse_problem *problem) {
  const int64_t *extent = problem->extent;
  return extent[REUSE_G] * extent[REUSE_K] * extent[REUSE_C] *
         extent[REUSE_R] * extent[REUSE_S];
}

bool reuse__layer_from_row(struct reuse__input *in,
                           const struct reuse__row *row,
                           struct reuse_layer *layer) {
  bool ok = check_groups(in, row, REUSE__COL_C);
  ok = check_groups(in, row, REUSE__COL_K) && ok;
  ok = check_axis(in, row, &axes[0]) && ok;
  ok = check_axis(in, row, &axes[1]) && ok;
  ok = ok && check_type(in, row);
  ok = check_operand(in, row) && ok;
  if (!ok)
    return false;
  *layer = (struct reuse_layer){
    .name = row->name,
    .type = row->type,
    .operand = row->operand == 'a' ? REUSE_ACTIVATIONS
             : row->operand == 't' ? REUSE_TIED : REUSE_WEIGHTS,
    .serial = row->value[REUSE__SERIAL] != 0,
    .problem = problem_of(row),
    .bias = row->value[REUSE__BIAS],
    .norm = row->value[REUSE__NORM],
  };
  if (layer->type == REUSE_MATMUL && !layer->serial)
    rows_to_pixels(&layer->problem);
  int64_t points;
  if (!reuse__problem_size(&layer->problem, &points)) {
    reuse__input_error(in, row->offset[REUSE__NAME_COLUMN], NULL,
                       "the sizes of layer %s do not fit in 63 bits", row->name);
    return false;
  }
  bool filtered = layer->problem.tensors == REUSE_ALL_TENSORS;
  layer->macs = filtered ? points : 0;
  if (filtered && layer->operand == REUSE_WEIGHTS)
    layer->weights = filter_words(&layer->problem);
  return true;
}

enum reuse_status reuse_layer_batch(const struct reuse_layer *layer, int64_t batch,
                                    struct reuse_layer *result) {
  if (batch < 1)
    return REUSE_ERR_INPUT;
  bool overflow = false;
  enum reuse_dim dim = layer->operand == REUSE_ACTIVATIONS ? REUSE_G : REUSE_N;
  struct reuse_layer batched = *layer;
  int64_t *extent = &batched.problem.extent[dim];
  *extent = reuse__mul(*extent, batch, &overflow);
  batched.macs = reuse__mul(layer->macs, batch, &overflow);
  int64_t points;
  if (overflow || !reuse__problem_size(&batched.problem, &points))
    return REUSE_ERR_OVERFLOW;
  *result = batched;
  return REUSE_OK;
}
