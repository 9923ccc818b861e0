/* The quantities that a validation compares: functions of its formulas.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each reads what the library computed; none computes a model of its own. */
#include <fnmatch.h>
#include <math.h>
#include <string.h>

#include "base/names.h"
#include "base/text.h"
#include "validate/bench.h"

/* ---- sums over the rows of a run -------------------------------------------------- */

typedef double row_function(const struct reuse__run *run, const struct reuse__row *row);

static bool selected(const struct reuse__row *row, const char *glob) {
  return row->modelled && (!glob || fnmatch(glob, row->layer.name, 0) == 0);
}

/* *value is the sum of OF over the modelled rows that the second argument, a glob
 * of layers, selects in the scenario that the first names. */
static bool sum_rows(struct reuse__formula *f, const struct reuse__argument *a,
                     row_function *of, double *value) {
  const struct reuse__run *run = reuse__bench_run_of(f, a[0].word);
  int n = 0;
  if (!run)
    return false;
  *value = 0;
  for (int i = 0; i < run->nrows; i++)
    if (selected(&run->row[i], a[1].word)) {
      *value += of(run, &run->row[i]);
      n++;
    }
  return n > 0 || reuse__formula_error(f, "no modelled layer of %s is selected", a[0].word);
}

static double row_macs(const struct reuse__run *run, const struct reuse__row *row) {
  (void)run;
  return (double)row->cost.counts.macs;
}

static double row_effective(const struct reuse__run *run, const struct reuse__row *row) {
  (void)run;
  return (double)row->cost.counts.effective_macs;
}

static double row_cycles(const struct reuse__run *run, const struct reuse__row *row) {
  (void)run;
  return row->cost.cycles;
}

static double row_compute(const struct reuse__run *run, const struct reuse__row *row) {
  (void)run;
  return row->cost.compute_cycles;
}

static double row_fill(const struct reuse__run *run, const struct reuse__row *row) {
  (void)run;
  return row->cost.fill_cycles;
}

static double row_time(const struct reuse__run *run, const struct reuse__row *row) {
  (void)run;
  return row->cost.time_s;
}

static double row_energy(const struct reuse__run *run, const struct reuse__row *row) {
  (void)run;
  return row->cost.energy_pj;
}

static double row_mac_energy(const struct reuse__run *run, const struct reuse__row *row) {
  (void)run;
  return row->cost.mac_energy_pj;
}

/* MACs that the array had room for, in all the time and in the steps. */
static double row_peak(const struct reuse__run *run, const struct reuse__row *row) {
  (void)run;
  return (double)row->cost.counts.macs / row->cost.utilization;
}

static double row_room(const struct reuse__run *run, const struct reuse__row *row) {
  (void)run;
  return (double)row->cost.counts.macs / row->cost.spatial_utilization;
}

static double row_dram_bytes(const struct reuse__run *run, const struct reuse__row *row) {
  struct reuse__roles r;
  reuse__roles(run, row, &r);
  return r.dram_read_bytes + r.dram_write_bytes;
}

static double row_dram_energy(const struct reuse__run *run, const struct reuse__row *row) {
  struct reuse__roles r;
  reuse__roles(run, row, &r);
  return r.dram_energy_pj;
}

static double row_buffer(const struct reuse__run *run, const struct reuse__row *row) {
  struct reuse__roles r;
  reuse__roles(run, row, &r);
  return r.buffer_accesses;
}

static double row_buffer_energy(const struct reuse__run *run, const struct reuse__row *row) {
  struct reuse__roles r;
  reuse__roles(run, row, &r);
  return r.buffer_energy_pj;
}

static double row_register_energy(const struct reuse__run *run,
                                  const struct reuse__row *row) {
  struct reuse__roles r;
  reuse__roles(run, row, &r);
  return r.register_energy_pj;
}

#define SUM(name, of)                                                                   \
  static bool name(struct reuse__formula *f, const struct reuse__argument *a,           \
                   double *value) {                                                     \
    return sum_rows(f, a, of, value);                                                   \
  }
SUM(macs, row_macs)
SUM(effective_macs, row_effective)
SUM(cycles, row_cycles)
SUM(compute_cycles, row_compute)
SUM(fill_cycles, row_fill)
SUM(time_s, row_time)
SUM(energy_pj, row_energy)
SUM(mac_energy_pj, row_mac_energy)
SUM(dram_bytes, row_dram_bytes)
SUM(dram_energy_pj, row_dram_energy)
SUM(buffer_accesses, row_buffer)
SUM(buffer_energy_pj, row_buffer_energy)
SUM(register_energy_pj, row_register_energy)

static bool share_of(struct reuse__formula *f, const struct reuse__argument *a,
                     row_function *all, double *value) {
  double room;
  if (!sum_rows(f, a, row_macs, value) || !sum_rows(f, a, all, &room))
    return false;
  *value /= room;
  return true;
}

static bool utilization(struct reuse__formula *f, const struct reuse__argument *a,
                        double *value) {
  return share_of(f, a, row_peak, value);
}

static bool spatial_utilization(struct reuse__formula *f, const struct reuse__argument *a,
                                double *value) {
  return share_of(f, a, row_room, value);
}

/* The most MAC instances that a selected layer uses. */
static bool instances(struct reuse__formula *f, const struct reuse__argument *a,
                      double *value) {
  const struct reuse__run *run = reuse__bench_run_of(f, a[0].word);
  *value = 0;
  for (int i = 0; run && i < run->nrows; i++)
    if (selected(&run->row[i], a[1].word))
      *value = fmax(*value, (double)run->row[i].cost.counts.instances);
  return run != NULL;
}

/* ---- one level ------------------------------------------------------------------- */

static int level_of(const struct reuse_engine *e, const char *name) {
  for (int i = 0; i < e->nlevels; i++)
    if (strcmp(e->level[i].name, name) == 0)
      return i;
  return -1;
}

static double words_of(const struct reuse_traffic *t, int kind) {
  const double part[] = {(double)t->loads, (double)t->serves, (double)t->updates,
                         (double)t->drains, (double)t->deliveries,
                         (double)t->serves + (double)t->drains,
                         (double)t->loads + (double)t->updates, 0, (double)t->tile};
  return kind == 7 ? part[5] + part[6] : part[kind];
}

/* Letters of TEXT as tensors; 0 after a message. */
static unsigned tensors_of(struct reuse__formula *f, const char *text) {
  unsigned mask = 0;
  for (const char *c = text; *c; c++) {
    const char *at = strchr(reuse_tensor_letter, *c);
    if (!at) {
      reuse__formula_error(f, "'%s' is not made of %s", text, reuse_tensor_letter);
      return 0;
    }
    mask |= REUSE_BIT(at - reuse_tensor_letter);
  }
  return mask;
}

/* words(SCENARIO, LEVEL, TENSORS, KIND [, LAYERS]) */
static bool words(struct reuse__formula *f, const struct reuse__argument *a,
                  double *value) {
  static const char *const kinds[] = {"loads", "serves", "updates", "drains", "deliveries",
                                      "reads", "writes", "all", "tile"};
  const struct reuse__run *run = reuse__bench_run_of(f, a[0].word);
  const unsigned mask = tensors_of(f, a[2].word);
  const int kind = reuse__index_of(a[3].word, kinds, 9);
  if (!run || !mask)
    return false;
  if (kind < 0)
    return reuse__formula_error(f, "there are no words of kind %s", a[3].word);
  *value = 0;
  for (int i = 0; i < run->nrows; i++) {
    const struct reuse__row *row = &run->row[i];
    if (!selected(row, a[4].word))
      continue;
    const int l = level_of(&run->arch->engine[row->mapping.engine], a[1].word);
    if (l < 0)
      return reuse__formula_error(f, "%s has no level %s", run->arch->name, a[1].word);
    for (int t = 0; t < REUSE_TENSORS; t++)
      if (mask & REUSE_BIT(t))
        *value += words_of(&row->cost.counts.at[l][t], kind);
  }
  return true;
}

/* level_cycles(SCENARIO, LEVEL [, LAYERS]), level_energy_pj likewise: the time
 * its ports take, the energy of its words and of their hops. */
static bool of_level(struct reuse__formula *f, const struct reuse__argument *a, bool energy,
                     double *value) {
  const struct reuse__run *run = reuse__bench_run_of(f, a[0].word);
  *value = 0;
  for (int i = 0; run && i < run->nrows; i++) {
    const struct reuse__row *row = &run->row[i];
    if (!selected(row, a[2].word))
      continue;
    const int l = level_of(&run->arch->engine[row->mapping.engine], a[1].word);
    if (l < 0)
      return reuse__formula_error(f, "%s has no level %s", run->arch->name, a[1].word);
    *value += energy ? 0 : row->cost.level[l].cycles;
    for (int t = 0; energy && t < REUSE_TENSORS; t++)
      *value += row->cost.level[l].energy_pj[t] + row->cost.level[l].hop_energy_pj[t];
  }
  return run != NULL;
}

static bool level_cycles(struct reuse__formula *f, const struct reuse__argument *a,
                         double *value) {
  return of_level(f, a, false, value);
}

static bool level_energy_pj(struct reuse__formula *f, const struct reuse__argument *a,
                            double *value) {
  return of_level(f, a, true, value);
}

/* ---- machines ---------------------------------------------------------------------- */

/* MAC units of the machine's largest engine, at their rate. */
static double rate_of(const struct reuse_arch *arch) {
  double most = 0;
  for (int e = 0; e < arch->nengines; e++) {
    const struct reuse_quantity *scale = &arch->engine[e].macs_per_cycle_scale;
    most = fmax(most, (double)arch->engine[e].macs * (scale->given ? scale->value : 1));
  }
  return most;
}

static bool macs_per_cycle(struct reuse__formula *f, const struct reuse__argument *a,
                           double *value) {
  const struct reuse_arch *arch = reuse__bench_arch_of(f, a[0].word);
  *value = arch ? rate_of(arch) : 0;
  return arch != NULL;
}

static bool peak_macs_per_s(struct reuse__formula *f, const struct reuse__argument *a,
                            double *value) {
  const struct reuse_arch *arch = reuse__bench_arch_of(f, a[0].word);
  *value = arch ? rate_of(arch) * arch->clock_hz.value : 0;
  return arch != NULL;
}

static bool clock_hz(struct reuse__formula *f, const struct reuse__argument *a,
                     double *value) {
  const struct reuse_arch *arch = reuse__bench_arch_of(f, a[0].word);
  *value = arch ? arch->clock_hz.value : 0;
  return arch != NULL;
}

/* required_reuse(ARCH, TENSOR) */
static bool required_reuse(struct reuse__formula *f, const struct reuse__argument *a,
                           double *value) {
  const struct reuse_arch *arch = reuse__bench_arch_of(f, a[0].word);
  const int t = reuse__index_of(a[1].word, reuse__tensor_name, REUSE_TENSORS);
  if (!arch)
    return false;
  if (t < 0 || !arch->required_reuse[t].given)
    return reuse__formula_error(f, "%s states no required reuse of %s", a[0].word,
                                a[1].word);
  *value = arch->required_reuse[t].value;
  return true;
}

/* bandwidth(ARCH, LEVEL): bytes per second of one instance, of any engine. */
static bool bandwidth(struct reuse__formula *f, const struct reuse__argument *a,
                      double *value) {
  const struct reuse_arch *arch = reuse__bench_arch_of(f, a[0].word);
  for (int e = 0; arch && e < arch->nengines; e++) {
    const int l = level_of(&arch->engine[e], a[1].word);
    const struct reuse_rate *r = l < 0 ? NULL : &arch->engine[e].level[l].bandwidth;
    if (!r || !r->q.given || r->unit == REUSE_WORDS_PER_CYCLE)
      continue;
    *value = r->q.value * (r->unit == REUSE_BYTES_PER_CYCLE ? arch->clock_hz.value : 1);
    return true;
  }
  return arch && reuse__formula_error(f, "%s states no bandwidth in bytes of %s",
                                      a[0].word, a[1].word);
}

/* The step of RULE if it walks dim D, or 0. */
static int64_t step_of(const struct reuse_loop_rule *rule, int d) {
  for (int i = 0; i < rule->ndims; i++)
    if (rule->dim[i] == d)
      return rule->step;
  return 0;
}

/* loop_step(ARCH, DATAFLOW, LEVEL, DIM): the step that the file forces. */
static bool loop_step(struct reuse__formula *f, const struct reuse__argument *a,
                      double *value) {
  const struct reuse_arch *arch = reuse__bench_arch_of(f, a[0].word);
  const int d = reuse__index_of(a[3].word, reuse__dim_name, REUSE_DIMS);
  int64_t step = 0;
  for (int e = 0; arch && e < arch->nengines; e++)
    for (int i = 0; i < arch->engine[e].ndataflows; i++) {
      const struct reuse_dataflow *flow = &arch->engine[e].dataflow[i];
      const int l = level_of(&arch->engine[e], a[2].word);
      if (l < 0 || strcmp(flow->name, a[1].word) != 0)
        continue;
      for (int r = 0; r < flow->temporal[l].n && step == 0; r++)
        step = step_of(&flow->temporal[l].rule[r], d);
      for (int r = 0; r < flow->variant[0].n && step == 0; r++)
        if (flow->variant[0].rule[r].level == l)
          step = step_of(&flow->variant[0].rule[r].loop, d);
    }
  *value = (double)step;
  return arch && (step > 0 || reuse__formula_error(f, "%s forces no such step", a[0].word));
}

/* ---- networks ----------------------------------------------------------------------- */

/* net_macs(NET [, TYPES]): the types are a glob of layer types. */
static bool net_macs(struct reuse__formula *f, const struct reuse__argument *a,
                     double *value) {
  const struct reuse_network_table *net = reuse__bench_net_of(f, a[0].word);
  *value = 0;
  for (int i = 0; net && i < net->nlayers; i++)
    if (!a[1].word || fnmatch(a[1].word, reuse_layer_type_name[net->layer[i].type], 0) == 0)
      *value += (double)net->layer[i].macs;
  return net != NULL;
}

/* Least over the tensors of reuse over required reuse, at most 1. */
static double bound_by_reuse(const struct reuse_arch *arch,
                             const struct reuse_layer *layer) {
  struct reuse_layer_reuse reuse;
  double bound = 1;
  reuse_layer_reuse(layer, &reuse);
  for (int t = 0; t < REUSE_TENSORS; t++)
    if (arch->required_reuse[t].given && layer->problem.tensors & REUSE_BIT(t))
      bound = fmin(bound, reuse.exact[t] / arch->required_reuse[t].value);
  return bound;
}

/* reuse_bound(ARCH, NET): the utilization that the required reuse allows. */
static bool reuse_bound(struct reuse__formula *f, const struct reuse__argument *a,
                        double *value) {
  const struct reuse_arch *arch = reuse__bench_arch_of(f, a[0].word);
  const struct reuse_network_table *net =
    arch ? reuse__bench_net_of(f, a[1].word) : NULL;
  double all = 0, time = 0;
  if (!net)
    return false;
  for (int i = 0; i < net->nlayers; i++)
    if (net->layer[i].macs > 0) {
      all += (double)net->layer[i].macs;
      time += (double)net->layer[i].macs / bound_by_reuse(arch, &net->layer[i]);
    }
  *value = all / time;
  return true;
}

/* ---- figures and arithmetic ----------------------------------------------------------- */

/* published(SYSTEM, NETWORK, LAYER, METRIC): a figure, as an input. */
static bool published(struct reuse__formula *f, const struct reuse__argument *a,
                      double *value) {
  const struct reuse__bench *b = f->context;
  const struct reuse__selector s = {NULL, a[0].word, a[1].word, a[2].word, a[3].word};
  for (int i = 0; i < b->figures->n; i++)
    if (b->figures->figure[i].numeric && reuse__selects(&s, &b->figures->figure[i])) {
      *value = b->figures->figure[i].value;
      return true;
    }
  return reuse__formula_error(f, "there is no such figure");
}

static bool minimum(struct reuse__formula *f, const struct reuse__argument *a,
                    double *value) {
  (void)f;
  *value = fmin(a[0].number, a[1].number);
  return true;
}

static bool maximum(struct reuse__formula *f, const struct reuse__argument *a,
                    double *value) {
  (void)f;
  *value = fmax(a[0].number, a[1].number);
  return true;
}

static bool power(struct reuse__formula *f, const struct reuse__argument *a,
                  double *value) {
  (void)f;
  *value = pow(a[0].number, a[1].number);
  return true;
}

static bool up(struct reuse__formula *f, const struct reuse__argument *a, double *value) {
  (void)f;
  *value = ceil(a[0].number);
  return true;
}

static bool down(struct reuse__formula *f, const struct reuse__argument *a,
                 double *value) {
  (void)f;
  *value = floor(a[0].number);
  return true;
}

const struct reuse__function reuse__quantity[] = {
  {"macs", "w|w", macs},
  {"effective_macs", "w|w", effective_macs},
  {"cycles", "w|w", cycles},
  {"compute_cycles", "w|w", compute_cycles},
  {"fill_cycles", "w|w", fill_cycles},
  {"time_s", "w|w", time_s},
  {"energy_pj", "w|w", energy_pj},
  {"mac_energy_pj", "w|w", mac_energy_pj},
  {"dram_bytes", "w|w", dram_bytes},
  {"dram_energy_pj", "w|w", dram_energy_pj},
  {"buffer_accesses", "w|w", buffer_accesses},
  {"buffer_energy_pj", "w|w", buffer_energy_pj},
  {"register_energy_pj", "w|w", register_energy_pj},
  {"utilization", "w|w", utilization},
  {"spatial_utilization", "w|w", spatial_utilization},
  {"instances", "w|w", instances},
  {"words", "wwww|w", words},
  {"level_cycles", "ww|w", level_cycles},
  {"level_energy_pj", "ww|w", level_energy_pj},
  {"macs_per_cycle", "w", macs_per_cycle},
  {"peak_macs_per_s", "w", peak_macs_per_s},
  {"clock_hz", "w", clock_hz},
  {"required_reuse", "ww", required_reuse},
  {"bandwidth", "ww", bandwidth},
  {"loop_step", "wwww", loop_step},
  {"net_macs", "w|w", net_macs},
  {"reuse_bound", "ww", reuse_bound},
  {"published", "wwww", published},
  {"winograd", "nnw", reuse__winograd_part},
  {"fft", "nnw", reuse__fft_part},
  {"min", "nn", minimum},
  {"max", "nn", maximum},
  {"pow", "nn", power},
  {"ceil", "n", up},
  {"floor", "n", down}
};
const int reuse__quantities = sizeof reuse__quantity / sizeof reuse__quantity[0];
