/* Fuzzing of the network reader: no input may crash it, and what it accepts is
 * consistent.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "network/network.h"
#include "reusemodel.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Reads what a message points at. */
static void listen(void *context, const struct reuse_message *message) {
  size_t *length = context;
  const char *texts[] = {message->file, message->source_line, message->text,
                         message->hint};
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
    *length += texts[i] != NULL ? strlen(texts[i]) : 0;
  if (message->line < 1 || message->column < 1)
    abort();
}

/* Aborts when NETWORK breaks what the reader promises. */
static void check_network(const struct reuse_network_table *network) {
  int64_t macs = 0, params = network->other_params;
  for (int i = 0; i < network->nlayers; i++) {
    const struct reuse_layer *layer = &network->layer[i];
    macs += layer->macs;
    params += layer->weights + layer->bias + layer->norm;
    for (int dim = 0; dim < REUSE_DIMS; dim++)
      if (layer->problem.extent[dim] < 1)
        abort();
    struct reuse_layer batched;
    if (reuse_layer_batch(layer, 1, &batched) != REUSE_OK)
      abort();
    (void)reuse_layer_batch(layer, INT64_MAX / 3, &batched);
    struct reuse_layer_reuse reuse;
    reuse_layer_reuse(layer, &reuse);
    for (int t = 0; t < REUSE_TENSORS; t++)
      if (reuse.words[t] < 0 || (layer->macs > 0 && reuse.words[t] > layer->macs))
        abort();
  }
  if (network->nlayers < 1 || macs != network->macs || params != network->params)
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  size_t length = 0;
  struct reuse_diag diag = {.sink = listen, .context = &length};
  struct reuse_arena *arena = reuse_arena_new();
  const struct reuse_network_table *network = NULL;
  if (arena == NULL)
    return 0;
  enum reuse_status status = reuse__network_read_memory(
    "fuzz.csv", (const char *)data, size, arena, &network, &diag);
  if ((status == REUSE_OK) != (diag.errors == 0) ||
      (status == REUSE_OK) != (network != NULL))
    abort();
  if (network != NULL)
    check_network(network);
  reuse_arena_free(arena);
  return 0;
}
