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
  static const char *const format[] = {"svg", "png", "pdf", "tex"};
  const char *dot = strrchr(path, '.');
  if (strcmp(path, "-") == 0)
    return "dumb";
  for (int i = 0; dot != NULL && i < 4; i++)
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

/* A script that is being put together. */
struct parts {
  const char *format, *path;  /* of the picture */
  const char *data;           /* variables and datablocks */
  size_t length;
  const char *common, *template_path;
};

/* The whole script: what is the same in every plot, the data, the template.  One
 * that is kept names its picture and lets gnuplot's command line change that. */
static enum reuse_status write_script(const struct parts *parts, bool kept, FILE *script,
                                      struct reuse_diag *diag) {
  enum reuse_status status;
  if (kept)
    fprintf(script, "if (!exists('FORMAT')) { FORMAT = '%s' }\n", parts->format);
  else
    fprintf(script, "FORMAT = '%s'\n", parts->format);
  fputs("set encoding utf8\n", script);
  fwrite(parts->data, 1, parts->length, script);
  if (kept && strcmp(parts->format, "dumb") != 0) {
    fputs("if (!exists('OUTPUT')) { OUTPUT = ", script);
    reuse__gnuplot_string(parts->path, script);
    fputs(" }\n", script);
  }
  status = append_file(parts->common, script, diag);
  return status == REUSE_OK ? append_file(parts->template_path, script, diag) : status;
}

/* The script in a file of its own, which writes the picture beside it. */
static enum reuse_status keep_script(const struct parts *parts, const char *script_path,
                                     struct reuse_diag *diag) {
  struct reuse__output output;
  enum reuse_status status = reuse__output_open(&output, script_path, diag);
  if (status != REUSE_OK)
    return status;
  status = write_script(parts, true, output.stream, diag);
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

/* The N bytes at TEXT without form feeds and blanks at ends of lines; pages end
 * with a line's end. */
static void put_page(const char *text, size_t n, FILE *stream) {
  size_t blanks = 0;
  bool begun = false;
  for (size_t i = 0; i < n; i++) {
    if (text[i] == '\f') {
      if (begun)
        putc('\n', stream);
      blanks = 0;
      begun = true;
    } else if (text[i] == ' ') {
      blanks++;
    } else {
      for (; text[i] != '\n' && blanks > 0; blanks--)
        putc(' ', stream);
      blanks = 0;
      putc(text[i], stream);
    }
  }
  putc('\n', stream);
}

/* Runs the script at TEXT and writes its picture, which is text, to STREAM. */
static enum reuse_status draw_text(FILE *stream, const char *program, const char *text,
                                   size_t length, struct reuse_diag *diag) {
  char *page = NULL;
  size_t size = 0;
  FILE *picture = open_memstream(&page, &size);
  enum reuse_status status;
  if (picture == NULL)
    return REUSE_ERR_MEMORY;
  status = reuse__gnuplot(program, text, length, picture, diag);
  if (fclose(picture) != 0 && status == REUSE_OK)
    status = REUSE_ERR_MEMORY;
  if (status == REUSE_OK)
    put_page(page, size, stream);
  free(page);
  return status;
}

/* The script of PARTS drawn into its picture. */
static enum reuse_status run_script(const struct parts *parts,
                                    const struct reuse__plot_options *options,
                                    struct reuse_diag *diag) {
  char *text = NULL;
  size_t size = 0;
  FILE *stream = open_memstream(&text, &size);
  enum reuse_status status;
  if (stream == NULL)
    return REUSE_ERR_MEMORY;
  status = write_script(parts, false, stream, diag);
  if (fclose(stream) != 0 && status == REUSE_OK)
    status = REUSE_ERR_MEMORY;
  if (status == REUSE_OK && strcmp(parts->format, "dumb") == 0)
    status = draw_text(options->terminal,
                       options->program, text, size, diag);
  else if (status == REUSE_OK)
    status = draw(parts->path, options->program, text, size, diag);
  free(text);
  return status;
}

enum reuse_status reuse__plot_script(const char *path, const char *name,
                                     const char *script, size_t length,
                                     const struct reuse__plot_options *options,
                                     struct reuse_arena *arena,
                                     struct reuse_diag *diag) {
  const struct parts parts = {
      reuse__plot_format(path), path, script, length,
      reuse__printf(arena, "%s/common.gp", options->template_dir),
      reuse__printf(arena, "%s/%s", options->template_dir, name)};
  enum reuse_status status = REUSE_OK;
  if (parts.format == NULL) {
    reuse__report(diag, REUSE_ERROR, NULL, "the extension is svg, png, pdf or tex",
                  "no format of a plot is named by '%s'", path);
    return REUSE_ERR_INPUT;
  }
  if (strcmp(parts.format, "tex") == 0) {
    reuse__report(diag, REUSE_ERROR, NULL, "use .pdf", "'%s': this plot is not drawn for LaTeX",
                  path);
    return REUSE_ERR_INPUT;
  }
  if (strcmp(parts.format, "dumb") == 0 && options->terminal == NULL) {
    reuse__report(diag, REUSE_ERROR, NULL, "use a file, .svg say",
                  "this plot is not drawn as text");
    return REUSE_ERR_INPUT;
  }
  if (parts.common == NULL || parts.template_path == NULL)
    return REUSE_ERR_MEMORY;
  if (options->script_path != NULL)
    status = keep_script(&parts, options->script_path, diag);
  return status == REUSE_OK ? run_script(&parts, options, diag) : status;
}
