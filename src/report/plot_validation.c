/* A plot of modelled against published figures, by system.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/validation.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "report/bars.h"

enum { NAME_LENGTH = 20, MOST_SYSTEMS = 20 };

/* Whether C has a place on logarithmic axes. */
static bool drawable(const struct reuse__comparison *c) {
  return reuse__has_error(c) && c->figure->value > 0 && c->modelled > 0;
}

/* The systems with figures that can be drawn, into NAME; how many. */
static int list_systems(const struct reuse__validation *v, const char **name) {
  int n = 0;
  for (int i = 0; i < v->n; i++)
    if (drawable(&v->comparison[i]) &&
        reuse__index_of(v->comparison[i].system, name, n) < 0)
      name[n++] = v->comparison[i].system;
  return n;
}

/* Published, modelled, the number of the system, whether only recalled; and the
 * ends of the axes: LOW and HIGH of the figures, MOST of their ratio, as powers of 10. */
static void put_data(FILE *script, const struct reuse__validation *v,
                     const char *const *name, int n) {
  double low = HUGE_VAL, high = 0, most = 0;
  fputs("$data << EOD\n", script);
  for (int i = 0; i < v->n; i++) {
    const struct reuse__comparison *c = &v->comparison[i];
    if (!drawable(c))
      continue;
    low = fmin(low, fmin(c->figure->value, c->modelled));
    high = fmax(high, fmax(c->figure->value, c->modelled));
    most = fmax(most, fabs(log10(c->modelled / c->figure->value)));
    reuse__script_value(script, c->figure->value);
    putc(' ', script);
    reuse__script_value(script, c->modelled);
    fprintf(script, " %d %d\n", reuse__index_of(c->system, name, n) + 1,
            reuse__recalled(c->figure));
  }
  fputs("EOD\n", script);
  reuse__script_number(script, "LOW", floor(log10(low) - 0.2));
  reuse__script_number(script, "HIGH", ceil(log10(high) + 0.2));
  reuse__script_number(script, "MOST", most);
}

enum reuse_status reuse__plot_validation(const struct reuse__validation *v,
                                         const char *path,
                                         const struct reuse__plot_options *options,
                                         struct reuse_arena *arena,
                                         struct reuse_diag *diag) {
  const char **name = reuse__alloc_array(arena, (size_t)v->nsystems + 1, sizeof *name);
  struct reuse__script script;
  if (name == NULL)
    return REUSE_ERR_MEMORY;
  const int n = list_systems(v, name);
  if (n == 0 || n > MOST_SYSTEMS) {
    reuse__report(diag, REUSE_ERROR, NULL, NULL,
                  n == 0 ? "nothing to draw in '%s': no figure has a relative error"
                         : "'%s' is not drawn: more than twenty systems", path);
    return REUSE_ERR_INPUT;
  }
  if (!reuse__script_begin(&script))
    return REUSE_ERR_MEMORY;
  reuse__script_number(script.stream, "N", n);
  reuse__script_array(script.stream, "NAME", name, n, NAME_LENGTH);
  put_data(script.stream, v, name, n);
  return reuse__script_draw(&script, path, "validation.gp", options, arena, diag);
}
