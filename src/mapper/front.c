/* The best compromises of energy and time.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "mapper/search.h"

void reuse__front_add(struct reuse__front *f, const struct reuse_mapping *mapping,
                      const struct reuse_evaluation *evaluation) {
  const double energy = evaluation->energy_pj, cycles = evaluation->cycles;
  int at = 0, beaten = 0;
  while (at < f->n && f->point[at].evaluation.energy_pj < energy) at++;
  if (at > 0 && f->point[at - 1].evaluation.cycles <= cycles) return;
  if (at < f->n && f->point[at].evaluation.energy_pj == energy &&
      f->point[at].evaluation.cycles <= cycles)
    return;
  while (at + beaten < f->n && f->point[at + beaten].evaluation.cycles >= cycles) beaten++;
  if (beaten == 0 && f->n == f->max) {
    f->full = true;
    return;
  }
  memmove(&f->point[at + 1], &f->point[at + beaten],
          (size_t)(f->n - at - beaten) * sizeof *f->point);
  f->n += 1 - beaten;
  f->point[at] = (struct reuse_point){*mapping, *evaluation};
}
