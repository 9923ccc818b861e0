/* Sums over a run: by role of the levels, by layer type.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "run/run.h"

void reuse__roles(const struct reuse__run *run, const struct reuse__row *row,
                  struct reuse__roles *r) {
  memset(r, 0, sizeof *r);
  if (!row->modelled) return;
  const struct reuse__candidate *transformed = reuse__row_transform(row);
  if (transformed) r->dram_words = transformed->passes.dram_words;
  const struct reuse_engine *e = &run->arch->engine[row->mapping.engine];
  for (int i = 0; i < e->nlevels; i++) {
    const struct reuse_level_cost *c = &row->cost.level[i];
    for (int t = 0; t < REUSE_TENSORS; t++) {
      const struct reuse_traffic *w = &row->cost.counts.at[i][t];
      r->hop_energy_pj += c->hop_energy_pj[t];
      switch (e->level[i].kind) {
        case REUSE_DRAM:
          r->dram_words += (double)w->serves + (double)w->updates;
          r->dram_read_bytes += c->read_bytes[t];
          r->dram_write_bytes += c->write_bytes[t];
          r->dram_energy_pj += c->energy_pj[t];
          break;
        case REUSE_SRAM:
          r->buffer_accesses += (double)w->loads + (double)w->serves +
                                (double)w->updates + (double)w->drains;
          r->buffer_energy_pj += c->energy_pj[t];
          break;
        default: r->register_energy_pj += c->energy_pj[t];
      }
    }
  }
}

/* MACs done, and those the engines could have done in the time. */
struct use { double macs, peak_macs; };

static void add_row(const struct reuse__run *run, const struct reuse__row *row,
                    struct reuse__totals *t, struct use *use) {
  struct reuse__roles r;
  t->layers++;
  t->macs += row->layer.macs;
  t->not_modelled += !row->modelled;
  if (!row->modelled) return;
  reuse__roles(run, row, &r);
  t->effective_macs += row->cost.counts.effective_macs;
  t->cycles += row->cost.cycles;
  t->time_s += row->cost.time_s;
  t->energy_pj += row->cost.energy_pj;
  t->mac_energy_pj += row->cost.mac_energy_pj;
  t->static_energy_pj += row->cost.static_energy_pj;
  t->dram_read_bytes += r.dram_read_bytes;
  t->dram_write_bytes += r.dram_write_bytes;
  t->dram_energy_pj += r.dram_energy_pj;
  t->buffer_accesses += r.buffer_accesses;
  t->buffer_energy_pj += r.buffer_energy_pj;
  if (row->cost.utilization > 0) {
    use->macs += (double)row->cost.counts.macs;
    use->peak_macs += (double)row->cost.counts.macs / row->cost.utilization;
  }
}

void reuse__totals(const struct reuse__run *run, int type, struct reuse__totals *t) {
  struct use use = {0, 0};
  memset(t, 0, sizeof *t);
  for (int i = 0; i < run->nrows; i++)
    if (type < 0 || (int)run->row[i].layer.type == type)
      add_row(run, &run->row[i], t, &use);
  t->utilization = use.peak_macs > 0 ? use.macs / use.peak_macs : 0;
}
