/* Energies of memories and MACs: given by the machine or by its technology.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Between the entries of a technology's table an energy is interpolated in the
 * logarithms of size (or bits) and energy with Steffen's method, which never
 * overshoots (M. Steffen, Astron. Astrophys. 239, 443, 1990; GSL).  Beyond the
 * ends the first or last two entries' line in the logarithms continues; a table
 * of one entry is constant. */
#ifndef REUSE_ARCH_ENERGY_H
#define REUSE_ARCH_ENERGY_H

#include "reusemodel.h"

/* The energy at X > 0 of the table (x[i], y[i].value), i < N, N >= 1; x rises, all
 * are above zero.  NaN when there is no memory. */
double reuse__interpolate(const double *x, const struct reuse_quantity *y,
                          int n, double at);

/* The bytes by which the technology's tables are entered for LEVEL: its size or
 * the largest of its parts; 0: none is given. */
double reuse__level_table_bytes(const struct reuse_level *level);

/* Energy of moving a bit, in pJ, by the technology: by size and, on chip, times
 * energy_scale; DRAM by type; 0 when it has no figure. */
double reuse__level_table_pj_per_bit(const struct reuse_arch *arch,
                                     const struct reuse_level *level);

/* Energy of moving a bit, in pJ: the level's own figure, else that of the
 * technology, times the ratio of its memory to SRAM; on chip times the square of the
 * voltage over the nominal one.
 * Levels that reuse_arch_read made hold the figure: nothing is looked up. */
double reuse__level_read_pj_per_bit(const struct reuse_arch *arch,
                                    const struct reuse_level *level);
double reuse__level_write_pj_per_bit(const struct reuse_arch *arch,
                                     const struct reuse_level *level);

/* Looks up the energies of LEVEL, whose size has changed, that are no figures of its
 * own. */
void reuse__reprice_level(const struct reuse_arch *arch, struct reuse_level *level);

/* The same of a bit on the links to the children; 0: none is given. */
double reuse__level_hop_pj_per_bit(const struct reuse_arch *arch,
                                   const struct reuse_level *level);

/* Static power of the machine and of all its levels, in mW: as given, times the
 * voltage over the nominal one. */
double reuse__static_mw(const struct reuse_arch *arch);

/* Energy of a MAC, in pJ, by the technology: at the geometric mean of the widths
 * of I and W, times energy_scale; 0 when it has no figure. */
double reuse__mac_table_pj(const struct reuse_arch *arch);

/* Energy of a MAC of ENGINE, in pJ: its own figure, else the technology's, times
 * the square of the voltage over the nominal one. */
double reuse__mac_pj(const struct reuse_arch *arch,
                     const struct reuse_engine *engine);

#endif
