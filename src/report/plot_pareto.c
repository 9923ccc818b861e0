/* A figure of fronts of energy and time: staircases.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "report/figure.h"
#include "report/format.h"
#include "report/pareto.h"
#include "report/text.h"

/* The layers that are drawn, each front once, in the order of the network. */
struct chosen {
  int n, all;                   /* drawn; different fronts */
  int row[REUSE__SERIES];
};

/* Whether row R of F comes before row OTHER when there is no room for both: the one
 * with more points. */
static bool is_rather(const struct reuse__fronts *f, int r, int other) {
  return f->row[r].n > f->row[other].n;
}

/* The place of the row that gives way to R; -1: none does. */
static int weakest(const struct reuse__fronts *f, const struct chosen *c, int r) {
  int least = c->n - 1;
  for (int i = c->n - 1; i >= 0; i--)
    if (is_rather(f, c->row[least], c->row[i]))
      least = i;
  return is_rather(f, r, c->row[least]) ? least : -1;
}

static void choose(const struct reuse__fronts *f, struct chosen *c) {
  *c = (struct chosen){0};
  for (int r = 0; r < f->run->nrows; r++) {
    if (f->row[r].n == 0 || f->row[r].like < r)
      continue;
    c->all++;
    if (c->n == REUSE__SERIES) {
      const int least = weakest(f, c, r);
      if (least < 0)
        continue;
      c->n--;
      memmove(&c->row[least], &c->row[least + 1],
              (size_t)(c->n - least) * sizeof c->row[0]);
    }
    c->row[c->n++] = r;
  }
}

/* Axes: the values of a front are divided by these. */
struct units { double pj, s; };

static struct units units_of(const struct reuse__row_front *front, bool relative,
                             const struct reuse__energy_unit *energy) {
  const double least_s = front->point[front->n - 1].evaluation.time_s;
  if (relative)
    return (struct units){front->point[0].evaluation.energy_pj, least_s};
  return (struct units){energy->pj, 1e-6};
}

/* The points of the fronts of C, one front after the other. */
static bool fill(const struct reuse__fronts *f, const struct chosen *c,
                 const struct reuse__energy_unit *energy, struct reuse_arena *arena,
                 struct reuse__figure *figure) {
  struct reuse__panel *panel = &figure->panel[0];
  double low = INFINITY, high = 0.0;
  for (int s = 0; s < c->n; s++)
    figure->n += f->row[c->row[s]].n;
  double *x = reuse__alloc_array(arena, (size_t)figure->n + 1, sizeof *x);
  double *value =
      reuse__alloc_array(arena, (size_t)(figure->n * c->n) + 1, sizeof *value);
  if (x == NULL || value == NULL)
    return false;
  for (int i = 0; i < figure->n * c->n; i++)
    value[i] = NAN;
  for (int s = 0, at = 0; s < c->n; s++) {
    const struct reuse__row_front *front = &f->row[c->row[s]];
    const struct units unit = units_of(front, c->n > 1, energy);
    for (int i = 0; i < front->n; i++, at++) {
      const double y = front->point[i].evaluation.time_s / unit.s;
      x[at] = front->point[i].evaluation.energy_pj / unit.pj;
      value[at * c->n + s] = y;
      low = fmin(low, y);
      high = fmax(high, y);
    }
  }
  const double margin = fmax(0.08 * (high - low), 0.01 * high);
  figure->x = x;
  panel->value = value;
  panel->log = high / low > 20.0;
  panel->ymin = panel->log ? low / 1.3 : low - margin;
  panel->ymax = panel->log ? high * 1.3 : high + margin;
  return true;
}

/* What runs where, and how many of the fronts are drawn. */
static bool make_texts(const struct reuse__fronts *f, const struct chosen *c,
                       const struct reuse__energy_unit *energy, struct reuse_arena *arena,
                       struct reuse__figure *figure) {
  const struct reuse__run *run = f->run;
  const bool relative = c->n > 1;
  bool proven = true, every_step = true;
  for (int s = 0; s < c->n; s++) {
    proven = proven && f->row[c->row[s]].proof.optimal;
    every_step = every_step && f->row[c->row[s]].proof.every_step;
  }
  figure->title = reuse__printf(arena, "%s on %s: best mappings for energy and time",
                                run->network->name, run->arch->name);
  figure->note = reuse__printf(
      arena, "batch %lld; %s%s%s%s", (long long)run->batch,
      proven ? "proven: no point is missing" : "not proven: points may be missing",
      proven ? reuse__steps_text(every_step) : "",
      c->n < c->all ? "; the layers with the most points" : "",
      relative ? "; equal layers once" : "");
  figure->xlabel = relative ? "energy / least energy of the layer"
                            : reuse__printf(arena, "energy (%s)", energy->name);
  figure->panel[0].ylabel =
      relative ? "time / least" : "time (\xc2\xb5s)";
  return figure->title != NULL && figure->note != NULL && figure->xlabel != NULL;
}

enum reuse_status reuse__plot_pareto(const struct reuse__fronts *fronts, const char *path,
                                     const struct reuse__plot_options *options,
                                     struct reuse_arena *arena, struct reuse_diag *diag) {
  const char *key[REUSE__SERIES];
  struct chosen c;
  double largest = 0.0;
  struct reuse__figure figure = {.form = REUSE__STEPS, .columns = 1, .reference = -1,
                                 .npanels = 1, .at_x = NAN, .key = key};
  choose(fronts, &c);
  if (c.n == 0) {
    reuse__report(diag, REUSE_ERROR, NULL, NULL,
                  "nothing to draw in '%s': no layer of %s runs on %s", path,
                  fronts->run->network->name, fronts->run->arch->name);
    return REUSE_ERR_INPUT;
  }
  for (int s = 0; s < c.n; s++) {
    const struct reuse__row_front *front = &fronts->row[c.row[s]];
    key[s] = fronts->run->row[c.row[s]].layer.name;
    largest = fmax(largest, front->point[front->n - 1].evaluation.energy_pj);
  }
  const struct reuse__energy_unit energy = reuse__energy_unit(largest, true);
  figure.nseries = c.n;
  figure.panel[0].base = NAN;
  if (!make_texts(fronts, &c, &energy, arena, &figure) ||
      !fill(fronts, &c, &energy, arena, &figure))
    return REUSE_ERR_MEMORY;
  return reuse__figure_draw(&figure, path, options, arena, diag);
}
