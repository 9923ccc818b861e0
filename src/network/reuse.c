/* Reuse of a layer's tensors: exact, and by the textbook closed forms.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reusemodel.h"

/* The closed form for TENSOR: the MACs that one word takes part in when edges,
 * padding and the input's unused words are ignored.  A filter word meets every
 * output position of every image; an input word the filter's taps, thinned by
 * the strides, for every output channel of its group; an output word its
 * filter's taps for every input channel of its group. */
static double closed_form(const struct reuse_problem *problem,
                          enum reuse_tensor tensor) {
  const int64_t *extent = problem->extent;
  double taps = (double)extent[REUSE_R] * (double)extent[REUSE_S];
  double strides = (double)problem->stride[0] * (double)problem->stride[1];
  switch (tensor) {
    case REUSE_W:
      return (double)extent[REUSE_N] * (double)extent[REUSE_P] *
             (double)extent[REUSE_Q];
    case REUSE_I:
      return taps * (double)extent[REUSE_K] / strides;
    default:
      return taps * (double)extent[REUSE_C];
  }
}

void reuse_layer_reuse(const struct reuse_layer *layer,
                       struct reuse_layer_reuse *reuse) {
  const struct reuse_problem *problem = &layer->problem;
  *reuse = (struct reuse_layer_reuse){0};
  for (int i = 0; i < REUSE_TENSORS; i++) {
    enum reuse_tensor tensor = (enum reuse_tensor)i;
    if (!(problem->tensors & REUSE_BIT(tensor)))
      continue;
    int64_t words = reuse_tensor_words(problem, tensor);
    reuse->words[i] = words;
    if (words > 0 && layer->macs > 0) {
      reuse->exact[i] = (double)layer->macs / (double)words;
      reuse->closed_form[i] = closed_form(problem, tensor);
    }
  }
}
