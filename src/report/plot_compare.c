/* A plot of architectures side by side.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/arena.h"
#include "base/diag.h"
#include "report/bars.h"
#include "report/compare.h"
#include "report/format.h"

enum { NAME_LENGTH = 16, NAMES_PT = 7, PANEL_PT = 143, PANELS = 3, MOST_ARCHS = 8 };

static const enum reuse__metric panel[PANELS] = {
    REUSE__METRIC_TIME, REUSE__METRIC_ENERGY, REUSE__METRIC_EDP};

static double ratio(const struct reuse__side_by_side *of, int group, int arch, int p) {
  const double value = of->cell[group * of->input.narchs + arch].ratio[panel[p]];
  return value > 0.0 ? value : NAN;
}

/* Whether any ratio of GROUP can be drawn. */
static bool drawable(const struct reuse__side_by_side *of, int group) {
  for (int a = 0; a < of->input.narchs; a++)
    for (int p = 0; p < PANELS; p++)
      if (isfinite(ratio(of, group, a, p)))
        return true;
  return false;
}

/* The name of a group: the narrowest thing that it is. */
static const char *name_of(const struct reuse__side_by_side *of,
                           const struct reuse__group *group, struct reuse_arena *arena) {
  const char *network = reuse__group_network(of, group);
  if (group->row >= 0)
    return reuse__group_layer(of, group);
  if (group->type < 0)
    return network;
  return of->input.nnets == 1 ? reuse__group_type(group)
                              : reuse__printf(arena, "%s %s", reuse__group_type(group),
                                              network);
}

/* The axes: half a decade beyond the ratios at least, so that 1 is inside. */
static void put_ranges(FILE *script, const struct reuse__side_by_side *of) {
  fprintf(script, "array YMIN[%d]\narray YMAX[%d]\n", PANELS, PANELS);
  for (int p = 0; p < PANELS; p++) {
    double low = 1.0, high = 1.0;
    char number[REUSE__NUMBER];
    for (int g = 0; g < of->ngroups; g++)
      for (int a = 0; a < of->input.narchs; a++)
        if (isfinite(ratio(of, g, a, p))) {
          low = fmin(low, ratio(of, g, a, p));
          high = fmax(high, ratio(of, g, a, p));
        }
    fprintf(script, "YMIN[%d] = %s\n", p + 1, reuse__shortest(number, low / 1.5));
    fprintf(script, "YMAX[%d] = %s\n", p + 1, reuse__shortest(number, high * 1.5));
  }
}

static void put_panels(FILE *script, const struct reuse__side_by_side *of) {
  for (int p = 0; p < PANELS; p++) {
    fprintf(script, "$panel%d << EOD\n", p + 1);
    for (int g = 0; g < of->ngroups; g++) {
      if (!drawable(of, g))
        continue;
      for (int a = 0; a < of->input.narchs; a++) {
        if (a > 0)
          putc(' ', script);
        reuse__script_value(script, ratio(of, g, a, p));
      }
      putc('\n', script);
    }
    fputs("EOD\n", script);
  }
}

/* The names and numbers of the groups that are drawn. */
static void put_groups(FILE *script, const struct reuse__side_by_side *of,
                       const char **name, int n) {
  int means = 0;
  for (int g = 0; g < of->ngroups; g++)
    means += of->group[g].net < 0 && drawable(of, g);
  reuse__script_number(script, "N", n);
  reuse__script_number(script, "MEANS", means);
  reuse__script_number(script, "STEP", reuse__name_step(n, PANEL_PT, NAMES_PT));
  reuse__script_number(script, "LONGEST",
                       reuse__script_array(script, "NAME", name, n, NAME_LENGTH));
}

static void put_archs(FILE *script, const struct reuse__side_by_side *of,
                      const char **name) {
  for (int a = 0; a < of->input.narchs; a++)
    name[a] = reuse__compared_arch(of, a);
  reuse__script_number(script, "SERIES", of->input.narchs);
  reuse__script_number(script, "REFERENCE", of->input.reference + 1);
  const int longest = reuse__script_array(script, "KEY", name, of->input.narchs,
                                          NAME_LENGTH);
  reuse__script_number(script, "LENGTH",
                       fmin(0.95 / of->input.narchs, 0.05 + 0.0095 * longest));
}

enum reuse_status reuse__plot_compare(const struct reuse__side_by_side *of,
                                      const char *path,
                                      const struct reuse__plot_options *options,
                                      struct reuse_arena *arena,
                                      struct reuse_diag *diag) {
  static const char *const title[PANELS] = {"time", "energy", "energy-delay product"};
  const size_t room = (size_t)of->ngroups + (size_t)of->input.narchs;
  const char **name = reuse__alloc_array(arena, room + 1, sizeof *name);
  struct reuse__script script;
  int n = 0;
  if (name == NULL)
    return REUSE_ERR_MEMORY;
  for (int g = 0; g < of->ngroups; g++)
    if (drawable(of, g) && (name[n++] = name_of(of, &of->group[g], arena)) == NULL)
      return REUSE_ERR_MEMORY;
  if (n == 0 || of->input.narchs > MOST_ARCHS) {
    reuse__report(diag, REUSE_ERROR, NULL, NULL,
                  n == 0 ? "nothing to draw in '%s': the architectures have no layer in "
                           "common"
                         : "'%s' is not drawn: more than eight architectures", path);
    return REUSE_ERR_INPUT;
  }
  const char *text = reuse__printf(arena, "relative to %s, lower is better",
                                   reuse__compared_arch(of, of->input.reference));
  if (text == NULL || !reuse__script_begin(&script))
    return REUSE_ERR_MEMORY;
  reuse__script_text(script.stream, "TITLE", text);
  put_groups(script.stream, of, name, n);
  put_archs(script.stream, of, name);
  reuse__script_array(script.stream, "PANEL", title, PANELS, 40);
  put_ranges(script.stream, of);
  put_panels(script.stream, of);
  return reuse__script_draw(&script, path, "compare.gp", options, arena, diag);
}
