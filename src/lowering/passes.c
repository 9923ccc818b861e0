/* Time and energy of the passes that transform inputs and sums.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * doc/MODEL.md, "Transforms". */
#include <math.h>

#include "arch/energy.h"
#include "lowering/transform.h"

/* A pass over a tensor in the level that is its source. */
struct pass {
  int tensor;
  double read_words, write_words, ops;
};

/* The outermost level of ENGINE that keeps TENSOR. */
static int source_of(const struct reuse_engine *engine, int tensor) {
  int i = 0;
  while (i < engine->nlevels - 1 && !(engine->level[i].keeps & REUSE_BIT(tensor)))
    i++;
  return i;
}

/* Cycles for WORDS of BITS at RATE; 0 if none is given. */
static double rate_cycles(const struct reuse_rate *rate, double words, double bits,
                          double hz) {
  if (!rate->q.given)
    return 0;
  switch (rate->unit) {
    case REUSE_WORDS_PER_CYCLE: return words / rate->q.value;
    case REUSE_BYTES_PER_CYCLE: return words * bits / 8 / rate->q.value;
    default: return words * bits / 8 * hz / rate->q.value;
  }
}

/* Adds PASS to the figures of its level; *passes has the sums of both. */
static void add_pass(const struct reuse_arch *arch, const struct reuse_engine *engine,
                     const struct pass *pass, struct reuse_evaluation *r,
                     struct reuse__passes *passes) {
  const int source = source_of(engine, pass->tensor);
  const struct reuse_level *level = &engine->level[source];
  struct reuse_level_cost *cost = &r->level[source];
  const struct reuse_quantity *scale = &engine->macs_per_cycle_scale;
  const double hz = arch->clock_hz.value, bits = arch->bits[pass->tensor].value;
  const double rate = (double)engine->macs * (scale->given ? scale->value : 1);
  const double all = pass->read_words + pass->write_words;
  const double ports =
    fmax(rate_cycles(&level->bandwidth, all, bits, hz),
         fmax(rate_cycles(&level->read_bandwidth, pass->read_words, bits, hz),
              rate_cycles(&level->write_bandwidth, pass->write_words, bits, hz)));
  const double path = rate_cycles(&level->tensor_bandwidth[pass->tensor],
                                  fmax(pass->read_words, pass->write_words), bits, hz);
  const double ops_pj = pass->ops * reuse__mac_pj(arch, engine);
  const double words_pj =
    bits * (pass->read_words * reuse__level_read_pj_per_bit(arch, level) +
            pass->write_words * reuse__level_write_pj_per_bit(arch, level));
  cost->read_bytes[pass->tensor] += pass->read_words * bits / 8;
  cost->write_bytes[pass->tensor] += pass->write_words * bits / 8;
  cost->energy_pj[pass->tensor] += words_pj;
  r->mac_energy_pj += ops_pj;
  passes->read_bytes += pass->read_words * bits / 8;
  passes->write_bytes += pass->write_words * bits / 8;
  passes->dram_words += level->kind == REUSE_DRAM ? all : 0;
  passes->energy_pj += ops_pj + words_pj;
  passes->cycles += fmax(pass->ops / rate, fmax(ports, path));
}

void reuse__add_passes(const struct reuse_arch *arch, const struct reuse_mapping *mapping,
                       const struct reuse__transform *t, struct reuse_evaluation *result,
                       struct reuse__passes *passes) {
  const struct reuse_engine *engine = &arch->engine[mapping->engine];
  const struct pass input = {REUSE_I, (double)t->input_words,
                             (double)t->transformed_input_words, (double)t->input_ops};
  const struct pass output = {REUSE_O, (double)t->transformed_output_words,
                              (double)t->output_words, (double)t->output_ops};
  struct reuse_evaluation *r = result;
  *passes = (struct reuse__passes){0};
  add_pass(arch, engine, &input, r, passes);
  add_pass(arch, engine, &output, r, passes);
  const double before = r->cycles;
  r->cycles += passes->cycles;
  r->time_s = r->cycles / arch->clock_hz.value;
  r->stall_efficiency *= before / r->cycles;
  r->utilization *= before / r->cycles;
  const double static_pj =
    reuse__static_mw(arch) * r->time_s * 1e9;
  passes->energy_pj += static_pj - r->static_energy_pj;
  r->static_energy_pj = static_pj;
  r->energy_pj += passes->energy_pj;
}
