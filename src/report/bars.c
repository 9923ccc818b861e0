/* The part of the scripts of figures that holds data.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/bars.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/format.h"
#include "report/gnuplot.h"
#include "report/grid.h"

bool reuse__script_begin(struct reuse__script *script) {
  *script = (struct reuse__script){0};
  script->stream = open_memstream(&script->text, &script->size);
  return script->stream != NULL;
}

enum reuse_status reuse__script_draw(struct reuse__script *script, const char *path,
                                     const char *name,
                                     const struct reuse__plot_options *options,
                                     struct reuse_arena *arena, struct reuse_diag *diag) {
  enum reuse_status status = REUSE_ERR_MEMORY;
  if (fclose(script->stream) == 0)
    status = reuse__plot_script(path, name, script->text, script->size, options, arena,
                                diag);
  free(script->text);
  return status;
}

void reuse__script_text(FILE *script, const char *name, const char *text) {
  fprintf(script, "%s = ", name);
  reuse__gnuplot_string(text, script);
  putc('\n', script);
}

void reuse__script_value(FILE *script, double value) {
  char number[REUSE__NUMBER];
  fputs(isfinite(value) ? reuse__shortest(number, value) : "NaN", script);
}

void reuse__script_number(FILE *script, const char *name, double value) {
  fprintf(script, "%s = ", name);
  reuse__script_value(script, value);
  putc('\n', script);
}

/* The bytes of the first N characters of TEXT. */
static size_t characters(const char *text, int n) {
  const char *c = text;
  for (; n > 0 && *c != '\0'; n--) {
    const int length = reuse__utf8_length(c);
    c += length > 0 ? length : 1;
  }
  return (size_t)(c - text);
}

int reuse__script_array(FILE *script, const char *name, const char *const *text, int n,
                        int longest) {
  int most = 0;
  fprintf(script, "array %s[%d]\n", name, n > 0 ? n : 1);
  for (int i = 0; i < n; i++) {
    char shown[256];
    const int all = reuse__text_columns(text[i]), head = (longest - 2) * 3 / 5;
    if (all <= longest)
      snprintf(shown, sizeof shown, "%s", text[i]);
    else
      snprintf(shown, sizeof shown, "%.*s..%s", (int)characters(text[i], head), text[i],
               text[i] + characters(text[i], all - (longest - 2 - head)));
    most = reuse__text_columns(shown) > most ? reuse__text_columns(shown) : most;
    fprintf(script, "%s[%d] = ", name, i + 1);
    reuse__gnuplot_string(shown, script);
    putc('\n', script);
  }
  return most;
}
