/* Gives a fuzz target the files of its corpus, one TAP line each; a crash is a
 * plan not met.  fuzz_NAME reads $abs_top_srcdir/tests/fuzz/corpus/NAME.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "input.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INPUT_BYTES = 1 << 20 };

static int is_input(const struct dirent *entry) {
  return entry->d_name[0] != '.';
}

/* Whether the file could be read and was given to the target. */
static bool replay(const char *path) {
  FILE *input = fopen(path, "rb");
  uint8_t *data = malloc(INPUT_BYTES);
  bool ok = input && data;
  if (ok) {
    size_t size = fread(data, 1, INPUT_BYTES, input);
    ok = !ferror(input) && feof(input);
    LLVMFuzzerTestOneInput(data, size);
  }
  if (input)
    fclose(input);
  free(data);
  return ok;
}

int main(int argc, char **argv) {
  (void)argc;
  const char *top = getenv("abs_top_srcdir");
  const char *target = strstr(argv[0], "fuzz_");
  char path[4096];
  struct dirent **entry;
  for (const char *next = target; next; next = strstr(next + 1, "fuzz_"))
    target = next;
  if (!top || !target)
    return EXIT_FAILURE;
  target += strlen("fuzz_");
  snprintf(path, sizeof path, "%s/tests/fuzz/corpus/%s", top, target);
  int n = scandir(path, &entry, is_input, alphasort);
  printf("1..%d\n", n);
  for (int i = 0; i < n; i++) {
    snprintf(path, sizeof path, "%s/tests/fuzz/corpus/%s/%s", top, target,
             entry[i]->d_name);
    bool ok = replay(path);
    printf("%s %d - %s/%s\n", ok ? "ok" : "not ok", i + 1, target, entry[i]->d_name);
    fflush(stdout);
    free(entry[i]);
  }
  if (n >= 0)
    free(entry);
  return n > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
