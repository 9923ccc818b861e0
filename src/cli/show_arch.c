/* show: an architecture, with where every figure comes from.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "arch/energy.h"
#include "base/names.h"
#include "cli/commands.h"
#include "cli/figures.h"
#include "cli/rules.h"
#include "cli/terminal.h"
#include "report/grid.h"
#include "report/format.h"

enum { NAME_BYTES = 64 };

/* PREFIX with the letter of tensor T into NAME. */
static const char *tensor_name(const char *prefix, int t, char name[NAME_BYTES]) {
  snprintf(name, NAME_BYTES, "%s %c", prefix, reuse_tensor_letter[t]);
  return name;
}

static void put_machine(const struct page *page, const struct reuse_arch *arch) {
  char name[NAME_BYTES];
  put_quantity(page, "clock", &arch->clock_hz);
  for (int t = 0; t < REUSE_TENSORS; t++)
    put_quantity(page, tensor_name("bits of", t, name), &arch->bits[t]);
  put_quantity(page, "bits of sums", &arch->psum_bits);
  put_quantity(page, "static power", &arch->static_mw);
  put_quantity(page, "energy scale", &arch->energy_scale);
  put_quantity(page, "voltage", &arch->volt);
  put_quantity(page, "energies are at", &arch->nominal_volt);
  for (int t = 0; t < REUSE_O; t++)
    put_quantity(page, tensor_name("zeros of", t, name), &arch->zeros[t]);
  for (int t = 0; t < REUSE_TENSORS; t++)
    put_quantity(page, tensor_name("required reuse", t, name), &arch->required_reuse[t]);
}

/* "0.123 pJ/bit" */
static const char *pj_text(const struct page *page, double pj, const char *unit) {
  char number[REUSE__NUMBER];
  const char *text = reuse__printf(page->session->arena, "%s %s",
                                   reuse__digits(number, pj), unit);
  return text ? text : "";
}

/* What multiplies the energies that the technology has on chip. */
static const char *on_chip_scales(const struct reuse_arch *arch) {
  if (arch->volt.given)
    return arch->energy_scale.given ? ", times the energy scale, at this voltage"
                                    : ", at this voltage";
  return arch->energy_scale.given ? ", times the energy scale" : "";
}

/* Where the energy of LEVEL comes from when its file does not say it. */
static const char *technology_origin(const struct page *page,
                                     const struct reuse_arch *arch,
                                     const struct reuse_level *level) {
  const struct reuse_technology *t = arch->technology;
  const char *text = "";
  if (level->kind != REUSE_DRAM) {
    text = reuse__printf(page->session->arena,
                         "technology %s, its %s table at this size%s", t->name,
                         reuse__memory_kind_name[level->kind],
                         on_chip_scales(arch));
    return text ? text : "";
  }
  for (int i = 0; i < t->ndram; i++)
    if (level->dram && strcmp(t->dram_name[i], level->dram) == 0)
      text = reuse__printf(page->session->arena, "technology %s, %s: %s", t->name,
                           level->dram, origin_text(page, &t->dram_pj_per_bit[i]));
  return text ? text : "";
}

/* The letters of the tensors of MASK into TEXT. */
static const char *letters(unsigned mask, char text[REUSE_TENSORS + 1]) {
  int n = 0;
  for (int t = 0; t < REUSE_TENSORS; t++)
    if (mask & REUSE_BIT(t))
      text[n++] = reuse_tensor_letter[t];
  text[n] = '\0';
  return text;
}

static void put_energies(const struct page *page, const struct reuse_arch *arch,
                         const struct reuse_level *level) {
  const struct reuse_quantity *read = &level->read_pj_per_bit;
  const struct reuse_quantity *write = &level->write_pj_per_bit;
  if (!read->given)
    put_figure(page, "energy",
               pj_text(page, reuse__level_read_pj_per_bit(arch, level), "pJ/bit"),
               technology_origin(page, arch, level));
  else if (write->given && read->text && write->text &&
           strcmp(read->text, write->text) == 0)
    put_quantity(page, "energy", read);
  else {
    put_quantity(page, "energy of a read", read);
    put_quantity(page, "energy of a write", write);
  }
  put_quantity(page, "energy of a hop", &level->hop_pj_per_bit);
}

/* The networks of LEVEL that are not the default, and its array. */
static void put_links(const struct page *page, const struct reuse_level *level) {
  char name[NAME_BYTES], size[NAME_BYTES];
  for (int a = 0; a < level->naxes; a++) {
    snprintf(name, sizeof name, "array axis %s", level->axis[a].name);
    snprintf(size, sizeof size, "%" PRId64, level->axis[a].size);
    put_figure(page, name, size, "");
  }
  for (int t = 0; t < REUSE_TENSORS; t++)
    if (level->network[t] != (t == REUSE_O ? REUSE_REDUCE : REUSE_MULTICAST))
      put_figure(page, tensor_name("network", t, name),
                 reuse__network_name[level->network[t]], "");
}

/* What LEVEL is made of, and its static power. */
static void put_memory(const struct page *page, const struct reuse_arch *arch,
                       const struct reuse_level *level) {
  char number[REUSE__NUMBER];
  const struct reuse_memory *m = level->memory;
  if (m) {
    put_figure(page, "memory", m->name, "in place of SRAM, whose energies it multiplies");
    put_figure(page, "energy of a read",
               pj_text(page, reuse__level_read_pj_per_bit(arch, level), "pJ/bit"), "");
    put_figure(page, "energy of a write",
               pj_text(page, reuse__level_write_pj_per_bit(arch, level), "pJ/bit"), "");
  }
  if (level->static_mw.given && !level->static_mw.text)
    put_figure(page, "static power",
               reuse__printf(page->session->arena, "%s mW",
                             reuse__digits(number, level->static_mw.value)),
               level->static_mw.note);
  else
    put_quantity(page, "static power", &level->static_mw);
}

static void put_level(const struct page *page, const struct reuse_arch *arch,
                      const struct reuse_level *level) {
  char name[NAME_BYTES], keeps[REUSE_TENSORS + 1];
  put_heading(page, "Level %s: %s%s%s, keeps %s%s%s", level->name,
              reuse__memory_kind_name[level->kind], level->dram ? " " : "",
              level->dram ? level->dram : "", letters(level->keeps, keeps),
              level->double_buffered ? ", double-buffered" : "",
              level->streams ? ", streams" : "");
  put_quantity(page, "size", &level->size_bytes);
  for (int t = 0; t < REUSE_TENSORS; t++)
    put_quantity(page, tensor_name("size", t, name), &level->tensor_bytes[t]);
  put_quantity(page, "bandwidth", &level->bandwidth.q);
  put_quantity(page, "read bandwidth", &level->read_bandwidth.q);
  put_quantity(page, "write bandwidth", &level->write_bandwidth.q);
  for (int t = 0; t < REUSE_TENSORS; t++)
    put_quantity(page, tensor_name("bandwidth", t, name), &level->tensor_bandwidth[t].q);
  for (int t = 0; t < REUSE_TENSORS; t++)
    put_quantity(page, tensor_name("compression", t, name), &level->compression[t]);
  for (int t = 0; t < REUSE_TENSORS; t++)
    put_quantity(page, tensor_name("cycles of a tile", t, name), &level->tile_cycles[t]);
  for (int t = 0; t < REUSE_TENSORS; t++)
    put_quantity(page, tensor_name("least read for a tile", t, name), &level->tile_bytes[t]);
  for (int t = 0; t < REUSE_TENSORS; t++)
    put_quantity(page, tensor_name("ramp-up", t, name), &level->ramp_up[t].q);
  put_energies(page, arch, level);
  put_memory(page, arch, level);
  put_links(page, level);
}

/* Latches, blocks, energy, rate and fill of the MACs. */
static void put_macs(const struct page *page, const struct reuse_arch *arch,
                     const struct reuse_engine *engine) {
  char latch[REUSE_TENSORS + 1], name[NAME_BYTES], size[NAME_BYTES];
  const struct reuse_technology *t = arch->technology;
  if (engine->latch)
    put_figure(page, "MACs latch", letters(engine->latch, latch), "");
  if (engine->gate)
    put_figure(page, "zeros gate", letters(engine->gate, latch), "");
  if (engine->skip)
    put_figure(page, "zeros are skipped", letters(engine->skip, latch), "");
  for (int d = 0; d < REUSE_DIMS; d++)
    if (engine->block[d] > 1) {
      snprintf(name, sizeof name, "blocks of %c", reuse_dim_letter[d]);
      snprintf(size, sizeof size, "%" PRId64, engine->block[d]);
      put_figure(page, name, size, "");
    }
  if (engine->mac_pj.given)
    put_quantity(page, "energy of a MAC", &engine->mac_pj);
  else
    put_figure(page, "energy of a MAC", pj_text(page, reuse__mac_pj(arch, engine), "pJ"),
               reuse__printf(page->session->arena, "technology %s, at these widths%s",
                             t->name,
                             on_chip_scales(arch)));
  put_quantity(page, "MACs per cycle", &engine->macs_per_cycle_scale);
  put_quantity(page, "cycles of a sum", &engine->sum_cycles);
  put_quantity(page, "fill", &engine->fill_cycles);
  if (engine->fill_cycles.given)
    put_figure(page, "fill is paid", engine->fill_level < 0
                                       ? "once a layer" : "at each step of",
               engine->fill_level < 0 ? "" : engine->level[engine->fill_level].name);
}

static void put_engine(const struct page *page, const struct reuse_arch *arch,
                       const struct reuse_engine *engine) {
  put_heading(page, "Engine %s: %" PRId64 " MACs", engine->name, engine->macs);
  put_item(page, "layers", layer_types(page, engine->layers));
  put_macs(page, arch, engine);
  for (int l = arch->nshared; l < engine->nlevels; l++)
    put_level(page, arch, &engine->level[l]);
  for (int d = 0; d < engine->ndataflows; d++)
    put_dataflow(page, engine, &engine->dataflow[d]);
}

/* An entry of the technology called NAME, and its range. */
static void put_entry(const struct page *page, const char *name,
                      const struct reuse_quantity *value, const struct reuse_range *range) {
  put_quantity(page, name, value);
  put_quantity(page, "  low", &range->low);
  put_quantity(page, "  high", &range->high);
}

/* The N entries of a table of the technology by X in UNIT. */
static void put_entries(const struct page *page, const char *what, int n,
                        const double *x, const char *unit,
                        const struct reuse_quantity *value,
                        const struct reuse_range *range) {
  char name[NAME_BYTES], number[REUSE__NUMBER];
  for (int i = 0; i < n; i++) {
    snprintf(name, sizeof name, "%s %s %s", what, reuse__shortest(number, x[i]), unit);
    put_entry(page, name, &value[i], &range[i]);
  }
}

static void put_technology(const struct page *page, const struct reuse_technology *t) {
  put_heading(page, "Technology %s: %s", t->name, t->title ? t->title : "");
  put_entries(page, "sram", t->nsram, t->sram_bytes, "B", t->sram_pj_per_bit,
              t->sram_range);
  put_entries(page, "register", t->nregister, t->register_bytes, "B",
              t->register_pj_per_bit, t->register_range);
  put_entries(page, "mac", t->nmac, t->mac_bits, "bit", t->mac_pj, t->mac_range);
  for (int i = 0; i < t->ndram; i++)
    put_entry(page, reuse__printf(page->session->arena, "dram %s", t->dram_name[i]),
              &t->dram_pj_per_bit[i], &t->dram_range[i]);
  put_entry(page, "hop", &t->hop_pj_per_bit, &t->hop_range);
  put_entry(page, "static power, KiB", &t->leak_mw, &t->leak_range);
  for (int i = 0; i < t->nmemories; i++) {
    const struct reuse_memory *m = &t->memory[i];
    struct reuse_arena *arena = page->session->arena;
    put_entry(page, reuse__printf(arena, "%s read", m->name), &m->read,
              &m->read_range);
    put_entry(page, reuse__printf(arena, "%s write", m->name), &m->write, &m->write_range);
    put_entry(page, reuse__printf(arena, "%s static", m->name), &m->leak, &m->leak_range);
  }
}

static void put_sources(const struct page *page, const char *of, int n,
                        const struct reuse_source *source) {
  if (n > 0)
    put_heading(page, "Sources of %s", of);
  for (int i = 0; i < n; i++)
    put_item(page, source[i].key, source[i].text);
}

int show_arch(struct session *session, const struct reuse_arch *arch) {
  const struct page page = {session, page_style()};
  const char *title = reuse__printf(session->arena, "%s: %s", arch->name,
                                    arch->title ? arch->title : "");
  title = title ? reuse__clean(session->arena, title, page.style.utf8) : NULL;
  if (!title)
    return memory_error(session);
  reuse__write_wrapped(title, 2, &page.style, session->arena, stdout);
  putchar('\n');
  put_machine(&page, arch);
  for (int l = 0; l < arch->nshared; l++)
    put_level(&page, arch, &arch->engine[0].level[l]);
  for (int e = 0; e < arch->nengines; e++)
    put_engine(&page, arch, &arch->engine[e]);
  put_technology(&page, arch->technology);
  if (arch->nassumptions > 0)
    put_heading(&page, "Assumptions");
  for (int i = 0; i < arch->nassumptions; i++) {
    char number[16];
    snprintf(number, sizeof number, "%d", i + 1);
    put_item(&page, number, arch->assumption[i]);
  }
  put_sources(&page, arch->name, arch->nsources, arch->source);
  put_sources(&page, arch->technology->name, arch->technology->nsources,
              arch->technology->source);
  return check_stdout(session);
}
