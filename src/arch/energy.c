/* Energies of memories and MACs: given by the machine or by its technology.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "arch/energy.h"

#include <gsl/gsl_interp.h>
#include <math.h>
#include <string.h>

enum { MAX_TABLE = 64, STEFFEN_MIN = 3 };

/* The value at U of the line through entries I and I+1. */
static double on_line(const double *u, const double *v, int i, double at) {
  return v[i] + (v[i + 1] - v[i]) * (at - u[i]) / (u[i + 1] - u[i]);
}

/* Steffen's interpolation at AT inside [u[0], u[n-1]]; NaN: no memory. */
static double steffen(const double *u, const double *v, int n, double at) {
  gsl_interp *interp = gsl_interp_alloc(gsl_interp_steffen, (size_t)n);
  double result = NAN;
  if (!interp)
    return NAN;
  if (gsl_interp_init(interp, u, v, (size_t)n) != 0 ||
      gsl_interp_eval_e(interp, u, v, at, NULL, &result) != 0)
    result = NAN;
  gsl_interp_free(interp);
  return result;
}

double reuse__interpolate(const double *x, const struct reuse_quantity *y,
                          int n, double at) {
  double u[MAX_TABLE], v[MAX_TABLE];
  n = n < MAX_TABLE ? n : MAX_TABLE;
  for (int i = 0; i < n; i++) {
    u[i] = log(x[i]);
    v[i] = log(y[i].value);
  }
  const double log_at = log(at);
  if (n == 1)
    return y[0].value;
  if (log_at <= u[0])
    return exp(on_line(u, v, 0, log_at));
  if (log_at >= u[n - 1] || n < STEFFEN_MIN)
    return exp(on_line(u, v, n - 2, log_at));
  return exp(steffen(u, v, n, log_at));
}

double reuse__level_table_bytes(const struct reuse_level *level) {
  double bytes = level->size_bytes.given ? level->size_bytes.value : 0;
  for (int t = 0; t < REUSE_TENSORS; t++)
    if (level->tensor_bytes[t].given)
      bytes = fmax(bytes, level->tensor_bytes[t].value);
  return bytes;
}

static double scale(const struct reuse_arch *arch) {
  return arch->energy_scale.given ? arch->energy_scale.value : 1;
}

static double volts_over_nominal(const struct reuse_arch *arch) {
  return arch->volt.given ? arch->volt.value / arch->nominal_volt.value : 1;
}

/* What a charge moved on chip costs, over its cost at the nominal voltage. */
static double swing(const struct reuse_arch *arch) {
  const double v = volts_over_nominal(arch);
  return v * v;
}

double reuse__level_table_pj_per_bit(const struct reuse_arch *arch,
                                     const struct reuse_level *level) {
  const struct reuse_technology *t = arch->technology;
  const double bytes = reuse__level_table_bytes(level);
  switch (level->kind) {
  case REUSE_DRAM:
    for (int i = 0; i < t->ndram; i++)
      if (level->dram && strcmp(t->dram_name[i], level->dram) == 0)
        return t->dram_pj_per_bit[i].value;
    return 0;
  case REUSE_SRAM:
    if (t->nsram == 0 || !(bytes > 0))
      return 0;
    return scale(arch) * reuse__interpolate(t->sram_bytes, t->sram_pj_per_bit,
                                            t->nsram, bytes);
  case REUSE_REGISTER:
    if (t->nregister == 0 || !(bytes > 0))
      return 0;
    return scale(arch) * reuse__interpolate(t->register_bytes,
                                            t->register_pj_per_bit,
                                            t->nregister, bytes);
  }
  return 0;
}

static double figure(const struct reuse_arch *arch, const struct reuse_level *level,
                     const struct reuse_quantity *q) {
  const double pj =
    q->given || q->value > 0 ? q->value : reuse__level_table_pj_per_bit(arch, level);
  return level->kind == REUSE_DRAM ? pj : pj * swing(arch);
}

double reuse__level_read_pj_per_bit(const struct reuse_arch *arch,
                                    const struct reuse_level *level) {
  return figure(arch, level, &level->read_pj_per_bit) *
         (level->memory ? level->memory->read.value : 1);
}

double reuse__level_write_pj_per_bit(const struct reuse_arch *arch,
                                     const struct reuse_level *level) {
  return figure(arch, level, &level->write_pj_per_bit) *
         (level->memory ? level->memory->write.value : 1);
}

void reuse__reprice_level(const struct reuse_arch *arch, struct reuse_level *level) {
  if (arch->technology == NULL)
    return;
  if (!level->read_pj_per_bit.given)
    level->read_pj_per_bit.value = reuse__level_table_pj_per_bit(arch, level);
  if (!level->write_pj_per_bit.given)
    level->write_pj_per_bit.value = reuse__level_table_pj_per_bit(arch, level);
}

double reuse__level_hop_pj_per_bit(const struct reuse_arch *arch,
                                   const struct reuse_level *level) {
  if (!level->hop_pj_per_bit.given)
    return 0;
  return level->hop_pj_per_bit.value * (level->kind == REUSE_DRAM ? 1 : swing(arch));
}

double reuse__static_mw(const struct reuse_arch *arch) {
  const double mw = (arch->static_mw.given ? arch->static_mw.value : 0) + arch->levels_mw;
  return mw * volts_over_nominal(arch);
}

double reuse__mac_table_pj(const struct reuse_arch *arch) {
  const struct reuse_technology *t = arch->technology;
  if (t->nmac == 0)
    return 0;
  const double bits = sqrt(arch->bits[REUSE_I].value * arch->bits[REUSE_W].value);
  return scale(arch) * reuse__interpolate(t->mac_bits, t->mac_pj, t->nmac, bits);
}

double reuse__mac_pj(const struct reuse_arch *arch,
                     const struct reuse_engine *engine) {
  const bool held = engine->mac_pj.given || engine->mac_pj.value > 0;
  return swing(arch) * (held ? engine->mac_pj.value : reuse__mac_table_pj(arch));
}
