/* What the fuzz targets share: an input file and a silent sink.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "input.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The file has no name: it goes with the process. */
const char *fuzz_file(const uint8_t *data, size_t size) {
  static FILE *file;
  static char path[32];
  if (!file)
    file = tmpfile();
  if (!file || ftruncate(fileno(file), 0) != 0)
    return NULL;
  rewind(file);
  if (fwrite(data, 1, size, file) != size || fflush(file) != 0)
    return NULL;
  snprintf(path, sizeof path, "/dev/fd/%d", fileno(file));
  return path;
}

static void forget(void *context, const struct reuse_message *message) {
  size_t *length = context;
  *length = strlen(message->text);
  if (message->file)
    *length += strlen(message->file);
  if (message->source_line)
    *length += strlen(message->source_line);
  if (message->hint)
    *length += strlen(message->hint);
}

struct reuse_diag fuzz_diag(void) {
  static size_t length;
  return (struct reuse_diag){.sink = forget, .context = &length};
}
