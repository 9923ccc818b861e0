/* Where a LaTeX table comes from: version, options, a hash of the inputs.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/latex.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/terminal.h"
#include "report/latex.h"

bool is_text(const struct settings *settings) {
  return settings->format == TEXT_FORMAT || settings->format == LATEX_FORMAT;
}

#define FIRST_HASH UINT64_C(0xcbf29ce484222325)

/* FNV-1a of the N bytes at DATA, continuing HASH. */
static uint64_t hash_bytes(uint64_t hash, const char *data, size_t n) {
  for (size_t i = 0; i < n; i++)
    hash = (hash ^ (unsigned char)data[i]) * UINT64_C(0x100000001b3);
  return hash;
}

/* The hash continued by the file at PATH.  *base, if not NULL, becomes the name
 * in a line "base: NAME" of it, "" without one. */
static bool hash_file(const char *path, uint64_t *hash, char base[128]) {
  char line[4096];
  FILE *file = path ? fopen(path, "r") : NULL;
  if (base)
    base[0] = '\0';
  if (!file)
    return false;
  while (fgets(line, sizeof line, file)) {
    *hash = hash_bytes(*hash, line, strlen(line));
    if (base)
      sscanf(line, "base: %127[^ #\n]", base);
  }
  const bool ok = !ferror(file);
  fclose(file);
  return ok;
}

/* The hash continued by an architecture: its file, its bases', its technology's. */
static bool hash_arch(struct session *session, const struct reuse_arch *arch,
                      uint64_t *hash) {
  const char *path = arch->path;
  char base[128];
  do {
    if (!hash_file(path, hash, base))
      return false;
    path = strchr(base, '/') ? reuse__strdup(session->arena, base)
                             : reuse__printf(session->arena, "%s/models/%s.yaml",
                                             session->home, base);
  } while (base[0]);
  return !arch->technology || hash_file(arch->technology->path, hash, NULL);
}

static bool hash_inputs(struct session *session, const struct settings *settings,
                        const struct inputs *inputs, uint64_t *hash) {
  bool ok = true;
  *hash = FIRST_HASH;
  for (int i = 0; i < inputs->narchs; i++)
    ok = ok && hash_arch(session, inputs->arch[i].arch, hash);
  for (int i = 0; i < inputs->nnets; i++)
    ok = ok && hash_file(inputs->net[i].network->path, hash, NULL);
  return ok && (!settings->mapping || hash_file(settings->mapping, hash, NULL));
}

/* Sets *style, that of a page, to LaTeX with HASH in its captions. */
static int begin_document(struct session *session, const struct settings *settings,
                          uint64_t hash, struct reuse__text_style *style) {
  struct reuse__latex *latex = reuse__alloc(session->arena, sizeof *latex);
  if (!latex)
    return memory_error(session);
  *latex = (struct reuse__latex){.arena = session->arena};
  latex->provenance = reuse__printf(session->arena,
                                    "reusemodel %s, options: %s; inputs: %016" PRIx64 ".",
                                    PACKAGE_VERSION, settings->options, hash);
  if (!latex->provenance)
    return memory_error(session);
  style->latex = latex;
  style->utf8 = true;
  puts("% \\usepackage{booktabs,longtable,siunitx}");
  return EXIT_OK;
}

int begin_text(struct session *session, const struct settings *settings,
               const struct inputs *inputs, struct reuse__text_style *style) {
  uint64_t hash;
  *style = page_style();
  if (settings->format != LATEX_FORMAT)
    return EXIT_OK;
  if (!hash_inputs(session, settings, inputs, &hash))
    return exit_of_input(session, REUSE_ERR_IO, "reading the inputs again");
  return begin_document(session, settings, hash, style);
}

int begin_text_of_files(struct session *session, const struct settings *settings,
                        const char *const *path, int n, struct reuse__text_style *style) {
  uint64_t hash = FIRST_HASH;
  *style = page_style();
  if (settings->format != LATEX_FORMAT)
    return EXIT_OK;
  for (int i = 0; i < n; i++)
    if (!hash_file(path[i], &hash, NULL))
      return exit_of_input(session, REUSE_ERR_IO, "reading the inputs again");
  return begin_document(session, settings, hash, style);
}
