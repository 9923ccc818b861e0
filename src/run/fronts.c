/* The best compromises of energy and time, layer by layer.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/fronts.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "run/rows.h"

enum { MOST_POINTS = 2048 };

/* Finds the front of ROW; its points are malloced. */
static enum reuse_status find_front(const struct reuse__run *run,
                                    const struct reuse__row *row,
                                    const struct reuse_search *search,
                                    struct reuse__row_front *front) {
  struct reuse_point *point = malloc(MOST_POINTS * sizeof *point);
  if (!point) return REUSE_ERR_MEMORY;
  const enum reuse_status st = reuse_pareto(run->arch, &row->layer, search, point,
                                            MOST_POINTS, &front->n, &front->proof);
  if (st != REUSE_OK) front->n = 0;
  struct reuse_point *fitted = realloc(point, ((size_t)front->n + 1) * sizeof *point);
  front->point = fitted ? fitted : point;
  return st;
}

/* Moves the points of FRONT into ARENA; false without memory. */
static bool move_points(struct reuse__row_front *front, struct reuse_arena *arena) {
  struct reuse_point *malloced = (struct reuse_point *)(uintptr_t)front->point;
  struct reuse_point *point =
      reuse__alloc_array(arena, (size_t)front->n + 1, sizeof *point);
  if (point && malloced) memcpy(point, malloced, (size_t)front->n * sizeof *point);
  free(malloced);
  front->point = point;
  return point != NULL;
}

enum reuse_status reuse__fronts(const struct reuse__run *run,
                                const struct reuse__run_options *options,
                                struct reuse_arena *arena, struct reuse__fronts *fronts,
                                struct reuse_diag *diag) {
  struct reuse__row_front *front =
      reuse__alloc_array(arena, (size_t)run->nrows + 1, sizeof *front);
  int failed = -1;
  enum reuse_status worst = REUSE_OK;
  if (!front) return REUSE_ERR_MEMORY;
#pragma omp parallel for schedule(dynamic) num_threads(options->jobs)
  for (int i = 0; i < run->nrows; i++) {
    front[i].modelled = reuse__runs_type(run->arch, &run->row[i].layer);
    front[i].like = reuse__first_like(run, i);
    if (!front[i].modelled || front[i].like < i) continue;
    const enum reuse_status st =
        find_front(run, &run->row[i], &options->search, &front[i]);
#pragma omp critical
    if (st != REUSE_OK && (failed < 0 || i < failed)) {
      failed = i;
      worst = st;
    }
  }
  bool stored = true;
  for (int i = 0; i < run->nrows; i++) {
    const int like = front[i].like;
    if (front[i].modelled && like == i) stored = move_points(&front[i], arena) && stored;
    if (front[i].modelled && like < i) front[i] = front[like];
    front[i].like = like;
  }
  *fronts = (struct reuse__fronts){run, front};
  if (failed >= 0) return reuse__explain_row(run, &run->row[failed], worst, diag);
  return stored ? REUSE_OK : REUSE_ERR_MEMORY;
}
