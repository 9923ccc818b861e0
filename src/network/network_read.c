/* Network files: reading, totals, unique names.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/checked.h"
#include "base/diag.h"
#include "network/layer.h"
#include "network/metadata.h"
#include "network/network.h"

enum { MAX_FILE_BYTES = 16 * 1024 * 1024, MAX_HINT = 160 };

/* A layer and where its name stands. */
struct item {
  struct reuse_layer layer;
  size_t offset;
};

struct reader {
  struct reuse__input in;
  struct reuse__header header;
  bool has_header;
  size_t counted;               /* offset up to which lines are counted */
  int line;                     /* of that offset */
  int nitems, capacity;
  struct item *item;
};

/* The line of OFFSET, which does not decrease from call to call. */
static int line_of(struct reader *reader, size_t offset) {
  for (; reader->counted < offset; reader->counted++)
    reader->line += reader->in.text[reader->counted] == '\n';
  return reader->line;
}

/* The next free item; NULL and no_memory set when there is none. */
static struct item *new_item(struct reader *reader) {
  if (reader->nitems == reader->capacity) {
    int capacity = reader->capacity > 0 ? 2 * reader->capacity : 64;
    struct item *item =
      realloc(reader->item, (size_t)capacity * sizeof reader->item[0]);
    if (item == NULL) {
      reader->in.no_memory = true;
      return NULL;
    }
    reader->item = item;
    reader->capacity = capacity;
  }
  return &reader->item[reader->nitems];
}

/* Takes the header or a layer; false when going on makes no sense. */
static bool take_row(void *context, const struct reuse__csv_row *fields) {
  struct reader *reader = context;
  if (!reader->has_header) {
    reader->has_header = true;
    return reuse__header_read(&reader->in, fields, &reader->header);
  }
  struct reuse__row row;
  struct item *item = new_item(reader);
  if (item == NULL)
    return false;
  if (!reuse__row_read(&reader->in, &reader->header, fields, &row) ||
      !reuse__layer_from_row(&reader->in, &row, &item->layer))
    return !reader->in.no_memory;
  item->offset = row.offset[REUSE__NAME_COLUMN];
  item->layer.line = line_of(reader, item->offset);
  reader->nitems++;
  return true;
}

/* Orders items by name, then by place. */
static int compare_items(const void *a, const void *b) {
  const struct item *x = *(const struct item *const *)a;
  const struct item *y = *(const struct item *const *)b;
  int order = strcmp(x->layer.name, y->layer.name);
  return order != 0 ? order : (x->offset > y->offset) - (x->offset < y->offset);
}

/* Reports layers that have the name of an earlier one. */
static void check_names(struct reader *reader) {
  size_t n = (size_t)reader->nitems;
  const struct item **order = calloc(n + 1, sizeof order[0]);
  if (order == NULL) {
    reader->in.no_memory = true;
    return;
  }
  for (size_t i = 0; i < n; i++)
    order[i] = &reader->item[i];
  qsort(order, n, sizeof order[0], compare_items);
  for (size_t i = 1; i < n; i++) {
    const struct item *previous = order[i - 1];
    char hint[MAX_HINT];
    if (strcmp(previous->layer.name, order[i]->layer.name) != 0)
      continue;
    snprintf(hint, sizeof hint, "the other one is in line %d",
             previous->layer.line);
    reuse__input_error(&reader->in, order[i]->offset, hint,
                       "two layers are named '%s'", order[i]->layer.name);
  }
  free(order);
}

/* Compares TOTAL, what the layers add up to, with the figure STATED for KEY,
 * which files call NAME. */
static void check_total(struct reader *reader,
                        const struct reuse__metadata *metadata,
                        enum reuse__key key, const char *name, int64_t stated,
                        int64_t total) {
  char hint[MAX_HINT];
  snprintf(hint, sizeof hint, "if the layers are right, write '# %s: %lld'",
           name, (long long)total);
  if (!metadata->given[key])
    reuse__input_error(&reader->in, metadata->offset[REUSE__KEY_NAME], hint,
                       "the file does not state its total '# %s:'", name);
  else if (stated != total)
    reuse__input_error(&reader->in, metadata->offset[key], hint,
                       "the file states %lld %s, its layers add up to %lld",
                       (long long)stated, name, (long long)total);
}

/* Adds up the layers into *network and checks the sums. */
static void check_totals(struct reader *reader,
                         const struct reuse__metadata *metadata,
                         struct reuse_network_table *network) {
  bool overflow = false;
  int64_t macs = 0, params = metadata->other_params;
  for (int i = 0; i < reader->nitems; i++) {
    const struct reuse_layer *layer = &reader->item[i].layer;
    macs = reuse__add(macs, layer->macs, &overflow);
    params = reuse__add(params, layer->weights, &overflow);
    params = reuse__add(params, layer->bias, &overflow);
    params = reuse__add(params, layer->norm, &overflow);
  }
  if (overflow) {
    reuse__input_error(&reader->in, metadata->offset[REUSE__KEY_NAME], NULL,
                       "the totals of the network do not fit in 63 bits");
    return;
  }
  check_total(reader, metadata, REUSE__KEY_MACS, "macs", metadata->macs, macs);
  check_total(reader, metadata, REUSE__KEY_PARAMS, "params", metadata->params,
              params);
  network->macs = macs;
  network->params = params;
  network->other_params = metadata->other_params;
}

/* Reads the rows and checks them as a whole; fills *network but for its
 * layers. */
static void read_table(struct reader *reader,
                       struct reuse_network_table *network) {
  struct reuse__input *in = &reader->in;
  struct reuse__metadata metadata;
  if (!reuse__input_is_text(in))
    return;
  reuse__metadata_read(in, &metadata);
  if (!reuse__csv_rows(in, metadata.end, take_row, reader) || in->errors > 0)
    return;
  if (reader->nitems == 0) {
    reuse__input_error(in, in->length, NULL, "the network has no layers");
    return;
  }
  check_names(reader);
  check_totals(reader, &metadata, network);
  network->name = metadata.text[REUSE__KEY_NAME];
  network->title = metadata.text[REUSE__KEY_TITLE];
  network->source = metadata.text[REUSE__KEY_SOURCE];
  network->path = reuse__input_keep(in, in->path, strlen(in->path));
}

/* The layers of READER in the arena; NULL: no memory. */
static struct reuse_layer *keep_layers(struct reader *reader) {
  struct reuse_layer *layer = reuse__alloc_array(
    reader->in.arena, (size_t)reader->nitems, sizeof layer[0]);
  for (int i = 0; layer != NULL && i < reader->nitems; i++)
    layer[i] = reader->item[i].layer;
  return layer;
}

enum reuse_status reuse__network_read_memory(
  const char *path, const char *text, size_t length, struct reuse_arena *arena,
  const struct reuse_network_table **network, struct reuse_diag *diag) {
  struct reader reader = {
    .in = {.path = path, .text = text, .length = length, .arena = arena,
           .diag = diag},
    .line = 1,
  };
  *network = NULL;
  struct reuse_network_table *result = reuse__alloc(arena, sizeof *result);
  struct reuse_layer *layer = NULL;
  if (result != NULL)
    read_table(&reader, result);
  if (result != NULL && reader.in.errors == 0 && !reader.in.no_memory)
    layer = keep_layers(&reader);
  free(reader.item);
  if (reader.in.errors > 0)
    return REUSE_ERR_INPUT;
  if (layer == NULL)
    return REUSE_ERR_MEMORY;
  result->nlayers = reader.nitems;
  result->layer = layer;
  *network = result;
  return REUSE_OK;
}

/* Reads FILE, whose name is PATH, into *text, to be freed; at most
 * MAX_FILE_BYTES. */
static enum reuse_status slurp(FILE *file, const char *path, char **text,
                               size_t *length, struct reuse_diag *diag) {
  const struct reuse__place place = {.file = path};
  size_t capacity = 64 * 1024, used = 0;
  char *buffer = NULL;
  do {
    capacity *= 2;
    char *larger = realloc(buffer, capacity);
    if (larger == NULL) {
      free(buffer);
      return REUSE_ERR_MEMORY;
    }
    buffer = larger;
    used += fread(buffer + used, 1, capacity - used, file);
  } while (used == capacity && used <= MAX_FILE_BYTES);
  enum reuse_status status = REUSE_OK;
  if (ferror(file)) {
    reuse__report(diag, REUSE_ERROR, &place, NULL, "cannot read: %s",
                  strerror(errno));
    status = REUSE_ERR_IO;
  } else if (used > MAX_FILE_BYTES) {
    reuse__report(diag, REUSE_ERROR, &place, NULL,
                  "a network file has at most %d bytes", (int)MAX_FILE_BYTES);
    status = REUSE_ERR_LIMIT;
  }
  *text = buffer;
  *length = used;
  return status;
}

enum reuse_status reuse_network_read(const char *path, struct reuse_arena *arena,
                                     const struct reuse_network_table **network,
                                     struct reuse_diag *diag) {
  *network = NULL;
  FILE *file = fopen(path, "rb");
  if (file == NULL) {
    const struct reuse__place place = {.file = path};
    reuse__report(diag, REUSE_ERROR, &place, NULL, "cannot open: %s",
                  strerror(errno));
    return REUSE_ERR_IO;
  }
  char *text = NULL;
  size_t length = 0;
  enum reuse_status status = slurp(file, path, &text, &length, diag);
  fclose(file);
  if (status == REUSE_OK)
    status = reuse__network_read_memory(path, text, length, arena, network, diag);
  free(text);
  return status;
}
