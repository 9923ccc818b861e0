/* Plots: from data and a template to a picture in a file.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/plot.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/diag.h"
#include "report/gnuplot.h"
#include "report/output.h"

const char *reuse__plot_format(const char *path) {
  static const char *const format[] = {"svg", "png", "pdf"};
  const char *dot = strrchr(path, '.');
  for (int i = 0; dot != NULL && i < 3; i++)
    if (strcasecmp(dot + 1, format[i]) == 0)
      return format[i];
  return NULL;
}

/* Appends the file at PATH to SCRIPT. */
static enum reuse_status append_file(const char *path, FILE *script,
                                     struct reuse_diag *diag) {
  FILE *file = fopen(path, "r");
  char buffer[4096];
  size_t n;
  if (file == NULL) {
    reuse__report(diag, REUSE_ERROR, NULL, NULL, "cannot read '%s': %s", path,
                  strerror(errno));
    return REUSE_ERR_IO;
  }
  while ((n = fread(buffer, 1, sizeof buffer, file)) > 0)
    fwrite(buffer, 1, n, script);
  if (ferror(file)) {
    reuse__report(diag, REUSE_ERROR, NULL, NULL, "cannot read '%s'", path);
    fclose(file);
    return REUSE_ERR_IO;
  }
  fclose(file);
  return REUSE_OK;
}

/* The whole script for FORMAT: what is the same in every plot, the data, the
 * template.  OUTPUT, the picture's name, is only for scripts that are kept. */
static enum reuse_status write_script(const char *format, const char *output,
                                      const char *data, size_t length,
                                      const char *template_path, FILE *script,
                                      struct reuse_diag *diag) {
  fprintf(script, "set encoding utf8\nFORMAT = '%s'\n", format);
  fwrite(data, 1, length, script);
  if (output != NULL) {
    fputs("OUTPUT = ", script);
    reuse__gnuplot_string(output, script);
    putc('\n', script);
  }
  return append_file(template_path, script, diag);
}

/* The script in a file of its own, which writes the picture beside it. */
static enum reuse_status keep_script(const char *format, const char *path,
                                     const char *data, size_t length,
                                     const char *template_path,
                                     const char *script_path,
                                     struct reuse_diag *diag) {
  struct reuse__output output;
  enum reuse_status status = reuse__output_open(&output, script_path, diag);
  if (status != REUSE_OK)
    return status;
  status = write_script(format, path, data, length, template_path, output.stream,
                        diag);
  return reuse__output_close(&output, status, diag);
}

/* Runs the script at TEXT and puts the picture into PATH. */
static enum reuse_status draw(const char *path, const char *program, const char *text,
                              size_t length, struct reuse_diag *diag) {
  struct reuse__output output;
  enum reuse_status status = reuse__output_open(&output, path, diag);
  if (status != REUSE_OK)
    return status;
  status = reuse__gnuplot(program, text, length, output.stream, diag);
  return reuse__output_close(&output, status, diag);
}

enum reuse_status reuse__plot_script(const char *path, const char *name,
                                     const char *script, size_t length,
                                     const struct reuse__plot_options *options,
                                     struct reuse_arena *arena,
                                     struct reuse_diag *diag) {
  const char *format = reuse__plot_format(path);
  const char *template_path =
      reuse__printf(arena, "%s/%s", options->template_dir, name);
  enum reuse_status status;
  char *text = NULL;
  size_t size = 0;
  FILE *stream;
  if (format == NULL) {
    reuse__report(diag, REUSE_ERROR, NULL, "the extension is svg, png or pdf",
                  "no format of a plot is named by '%s'", path);
    return REUSE_ERR_INPUT;
  }
  stream = open_memstream(&text, &size);
  if (stream == NULL || template_path == NULL) {
    if (stream != NULL)
      fclose(stream);
    free(text);
    return REUSE_ERR_MEMORY;
  }
  status = write_script(format, NULL, script, length, template_path, stream, diag);
  if (fclose(stream) != 0 && status == REUSE_OK)
    status = REUSE_ERR_MEMORY;
  if (status == REUSE_OK && options->script_path != NULL)
    status = keep_script(format, path, script, length, template_path,
                         options->script_path, diag);
  if (status == REUSE_OK)
    status = draw(path, options->program, text, size, diag);
  free(text);
  return status;
}
