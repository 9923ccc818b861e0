/* Time, energy and fit of a small machine, against figures worked by hand.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The layer is a matrix product of 3 rows (P), 4 columns (K), depth 5 (C): 60
 * MACs.  The machine is a DRAM and a buffer, with two MAC units over K. Words
 * of I, W, O and partial sums have 8, 4, 16 and 32 bits. */
#include <CUnit/CUnit.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mapping/nest_read.h"
#include "report/rows.h"

int register_cost_tests(void);

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

/* A CUnit assertion that names the case and the two figures. */
static void check_close(const char *name, const char *what, double expected,
                        double actual) {
  char text[512];
  snprintf(text, sizeof text, "%s, %s: expected %.17g, got %.17g", name, what, expected,
           actual);
  CU_assertImplementation(fabs(expected - actual) <= 1e-12 * fabs(expected), __LINE__,
                          text, __FILE__, __func__, CU_FALSE);
}

/* ---- the machine --------------------------------------------------------------- */

enum { DRAM, BUFFER, MEMORIES };

/* What a case changes; a figure of 0 is not given. */
struct machine {
  double clock_hz, rate, fill, sum, static_mw;
  int fill_level;
  struct reuse_rate dram, buffer, buffer_read, buffer_write, buffer_o, ramp_i, ramp_w;
  bool doubled, streams, registers;
  double size, tensor_size[REUSE_TENSORS];
  int64_t dram_children, buffer_children;
};

/* All parts of an architecture; arch points into the others. */
struct parts {
  struct reuse_arch arch;
  struct reuse_engine engine;
  struct reuse_level level[MEMORIES];
};

static struct reuse_quantity figure(double value) {
  return (struct reuse_quantity){.value = value, .given = value > 0};
}

#define RATE(v, u) {.q = {.value = (v), .given = true}, .unit = REUSE_##u}

static void make_levels(const struct machine *m, struct reuse_level *level) {
  level[DRAM] = (struct reuse_level){
      .name = "DRAM", .kind = REUSE_DRAM, .keeps = REUSE_ALL_TENSORS, .bandwidth = m->dram,
      .read_pj_per_bit = figure(10), .write_pj_per_bit = figure(20),
      .network = {REUSE_MULTICAST, REUSE_MULTICAST, REUSE_REDUCE},
      .naxes = 1, .axis = {{"buffers", m->dram_children ? m->dram_children : 1}}};
  level[BUFFER] = (struct reuse_level){
      .name = "buffer", .kind = m->registers ? REUSE_REGISTER : REUSE_SRAM,
      .keeps = REUSE_ALL_TENSORS, .size_bytes = figure(m->size),
      .double_buffered = m->doubled, .streams = m->streams, .bandwidth = m->buffer,
      .read_bandwidth = m->buffer_read, .write_bandwidth = m->buffer_write,
      .read_pj_per_bit = figure(1), .write_pj_per_bit = figure(2),
      .hop_pj_per_bit = figure(0.25),
      .network = {REUSE_MULTICAST, REUSE_MULTICAST, REUSE_REDUCE},
      .naxes = 1, .axis = {{"macs", m->buffer_children ? m->buffer_children : 2}}};
  level[BUFFER].tensor_bandwidth[REUSE_O] = m->buffer_o;
  level[BUFFER].ramp_up[REUSE_I] = m->ramp_i;
  level[BUFFER].ramp_up[REUSE_W] = m->ramp_w;
  for (int t = 0; t < REUSE_TENSORS; t++)
    level[BUFFER].tensor_bytes[t] = figure(m->tensor_size[t]);
}

static void make_machine(const struct machine *m, struct parts *p) {
  memset(p, 0, sizeof *p);
  make_levels(m, p->level);
  p->engine = (struct reuse_engine){
      .name = "engine", .nlevels = MEMORIES, .level = p->level,
      .macs = p->level[DRAM].axis[0].size * p->level[BUFFER].axis[0].size,
      .mac_pj = figure(0.5), .macs_per_cycle_scale = figure(m->rate),
      .sum_cycles = figure(m->sum), .fill_cycles = figure(m->fill),
      .fill_level = m->fill_level};
  p->arch = (struct reuse_arch){
      .name = "machine", .clock_hz = figure(m->clock_hz > 0 ? m->clock_hz : 1e9),
      .bits = {figure(8), figure(4), figure(16)}, .psum_bits = figure(32),
      .static_mw = figure(m->static_mw), .energy_scale = figure(1), .nshared = 1,
      .nengines = 1, .engine = &p->engine};
}

/* ---- the nests -------------------------------------------------------------------- */

#define PROBLEM "problem: {N: 1, G: 1, K: 4, C: 5, P: 3, Q: 1, R: 1, S: 1, stride: [1, 1], " \
                "dilation: [1, 1], pad: [0, 0]}\nnest:\n"

/* Depth in chunks of 2 2 1 outside columns in 2 2.  Words that the DRAM serves:
 * I 15, W 20, O 24 partial sums that return; updates: O 36.  The buffer serves I
 * 30 (once for both MACs), W 60, O 48; its updates are 60. */
static const char split[] =
    PROBLEM "  - {level: DRAM, loops: [C/2, K/2]}\n"
            "  - {level: buffer, loops: [P/1, C/1], spatial: [K/1]}\n  - {level: MAC}\n";

/* All of the depth inside the buffer: final outputs leave it.  The DRAM serves I 15, W
 * 20; its updates are 12.  The buffer serves and is updated as above. */
static const char whole[] =
    PROBLEM "  - {level: DRAM, loops: [K/2]}\n"
            "  - {level: buffer, loops: [P/1, C/1], spatial: [K/1]}\n  - {level: MAC}\n";

/* A row for each of three buffers: all filters in each, 60 words loaded. */
static const char rows[] =
    PROBLEM "  - {level: DRAM, spatial: [P/1]}\n"
            "  - {level: buffer, loops: [K/2, C/1], spatial: [K/1]}\n  - {level: MAC}\n";

static bool make_mapping(const char *text, struct reuse_layer *layer,
                         struct reuse_mapping *mapping) {
  struct reuse_diag diag = {0};
  memset(mapping, 0, sizeof *mapping);
  *layer = (struct reuse_layer){.name = "matrix", .type = REUSE_MATMUL, .macs = 60};
  const enum reuse_status st = reuse__nest_parse("nest", text, strlen(text),
                                                 &layer->problem, &mapping->nest, &diag);
  CU_ASSERT_EQUAL(st, REUSE_OK);
  return st == REUSE_OK;
}

static bool evaluate(const struct parts *p, const char *text, struct reuse_evaluation *e) {
  struct reuse_layer layer;
  struct reuse_mapping mapping;
  if (!make_mapping(text, &layer, &mapping)) return false;
  const enum reuse_status st = reuse_evaluate(&p->arch, &layer, &mapping, e);
  CU_ASSERT_EQUAL(st, REUSE_OK);
  return st == REUSE_OK;
}

/* ---- time ----------------------------------------------------------------------------- */

/* Split: DRAM bytes: 15 + 10 + 96 read, 144 written, 265.  Buffer words: 174 read, 119
 * written, 293; bytes: 396 read, 361 written.  30 steps.
 * Rows: buffer words: 150 read, 135 written, 95 of each of three; 10 steps. */
static const struct timed {
  const char *reason, *nest;
  struct machine machine;
  double compute, fill, dram, buffer, cycles;
  int bound_level, bound_tensor;
} timed[] = {
    {"no bandwidth is no bound", split, {.fill_level = -1},
     30, 0, 0, 0, 30, -1, -1},
    {"half rate doubles the compute", split, {.rate = 0.5, .fill_level = -1},
     60, 0, 0, 0, 60, -1, -1},
    {"fill once", split, {.fill = 3, .fill_level = -1},
     30, 3, 0, 0, 33, -1, -1},
    {"fill at each of the buffer's 6 steps", split, {.fill = 3, .fill_level = BUFFER},
     30, 18, 0, 0, 48, -1, -1},
    {"20 weights of 4 bit come at 2 bytes a cycle first", split,
     {.fill_level = -1, .ramp_w = RATE(2, BYTES_PER_CYCLE)},
     30, 5, 0, 0, 35, -1, -1},
    {"while 15 inputs come at a word a cycle", split,
     {.fill_level = -1, .ramp_i = RATE(1, WORDS_PER_CYCLE), .ramp_w = RATE(2, BYTES_PER_CYCLE)},
     30, 15, 0, 0, 45, -1, -1},
    {"ramp-up is not hidden by double buffering", split,
     {.fill_level = -1, .doubled = true, .ramp_w = RATE(2, BYTES_PER_CYCLE),
      .dram = RATE(5, BYTES_PER_CYCLE)},
     30, 5, 53, 0, 53, DRAM, -1},
    {"two units add 36 sums that they send on, and fill once", split,
     {.fill = 3, .sum = 1, .fill_level = -1},
     30, 21, 0, 0, 51, -1, -1},
    {"only final sums leave: 12 for two units", whole,
     {.sum = 1, .fill_level = -1},
     30, 6, 0, 0, 36, -1, -1},
    {"20 weights for three rows come once, 12 sums leave six units", rows,
     {.sum = 1, .fill_level = -1, .dram_children = 3, .ramp_w = RATE(1, BYTES_PER_CYCLE)},
     10, 12, 0, 0, 22, -1, -1},
    {"double buffering hides 265 bytes at 5 a cycle", split,
     {.rate = 0.5, .fill_level = -1, .doubled = true, .dram = RATE(5, BYTES_PER_CYCLE)},
     60, 0, 53, 0, 60, -1, -1},
    {"without it they add", split,
     {.rate = 0.5, .fill_level = -1, .dram = RATE(5, BYTES_PER_CYCLE)},
     60, 0, 53, 0, 113, -1, -1},
    {"a level that streams hides them", split,
     {.rate = 0.5, .fill_level = -1, .streams = true, .dram = RATE(5, BYTES_PER_CYCLE)},
     60, 0, 53, 0, 60, -1, -1},
    {"and so do registers", split,
     {.rate = 0.5, .fill_level = -1, .registers = true, .dram = RATE(5, BYTES_PER_CYCLE)},
     60, 0, 53, 0, 60, -1, -1},
    {"hidden, but longer than the compute", split,
     {.fill_level = -1, .doubled = true, .dram = RATE(5, BYTES_PER_CYCLE)},
     30, 0, 53, 0, 53, DRAM, -1},
    {"exposed, and longer than the compute", split,
     {.fill_level = -1, .dram = RATE(5, BYTES_PER_CYCLE)},
     30, 0, 53, 0, 83, DRAM, -1},
    {"bytes a second at half a gigahertz", split,
     {.clock_hz = 5e8, .fill_level = -1, .doubled = true, .dram = RATE(2.5e9, BYTES_PER_SECOND)},
     30, 0, 53, 0, 53, DRAM, -1},
    {"words a cycle", split,
     {.fill_level = -1, .doubled = true, .buffer = RATE(4, WORDS_PER_CYCLE)},
     30, 0, 0, 73.25, 73.25, BUFFER, -1},
    {"what goes to the MACs is never exposed", split,
     {.fill_level = -1, .buffer = RATE(4, WORDS_PER_CYCLE)},
     30, 0, 0, 73.25, 73.25, BUFFER, -1},
    {"the port for reads", split,
     {.fill_level = -1, .doubled = true, .buffer_read = RATE(2, BYTES_PER_CYCLE),
      .buffer_write = RATE(2, BYTES_PER_CYCLE)},
     30, 0, 0, 198, 198, BUFFER, -1},
    {"the port for writes", split,
     {.fill_level = -1, .doubled = true, .buffer_read = RATE(4, BYTES_PER_CYCLE),
      .buffer_write = RATE(2, BYTES_PER_CYCLE)},
     30, 0, 0, 180.5, 180.5, BUFFER, -1},
    {"the path of 432 bytes of sums to and from the MACs", split,
     {.fill_level = -1, .doubled = true, .buffer_read = RATE(2, BYTES_PER_CYCLE),
      .buffer_o = RATE(2, BYTES_PER_CYCLE)},
     30, 0, 0, 216, 216, BUFFER, REUSE_O},
    {"a path that is not the bound", split,
     {.fill_level = -1, .doubled = true, .buffer_read = RATE(2, BYTES_PER_CYCLE),
      .buffer_o = RATE(3, BYTES_PER_CYCLE)},
     30, 0, 0, 198, 198, BUFFER, -1},
    {"exposed transfers add to the longest of the rest", split,
     {.fill_level = -1, .dram = RATE(5, BYTES_PER_CYCLE), .buffer = RATE(4, WORDS_PER_CYCLE)},
     30, 0, 53, 73.25, 126.25, BUFFER, -1},
    {"three buffers have three ports", rows,
     {.fill_level = -1, .doubled = true, .dram_children = 3, .buffer = RATE(4, WORDS_PER_CYCLE)},
     10, 0, 0, 23.75, 23.75, BUFFER, -1},
};

static void check_timed(const struct timed *t) {
  struct parts p;
  struct reuse_evaluation e;
  make_machine(&t->machine, &p);
  if (!evaluate(&p, t->nest, &e)) return;
  const double array = t->compute + t->fill;
  const double rate = t->machine.rate > 0 ? t->machine.rate : 1;
  check_close(t->reason, "compute", t->compute, e.compute_cycles);
  check_close(t->reason, "fill", t->fill, e.fill_cycles);
  check_close(t->reason, "DRAM", t->dram, e.level[DRAM].cycles);
  check_close(t->reason, "buffer", t->buffer, e.level[BUFFER].cycles);
  check_close(t->reason, "cycles", t->cycles, e.cycles);
  check_close(t->reason, "time", t->cycles / p.arch.clock_hz.value, e.time_s);
  check_close(t->reason, "bound level", t->bound_level, e.bound_level);
  check_close(t->reason, "bound tensor", t->bound_tensor, e.bound_tensor);
  check_close(t->reason, "spatial utilisation", 1, e.spatial_utilization);
  check_close(t->reason, "fill efficiency", t->compute / array, e.fill_efficiency);
  check_close(t->reason, "stall efficiency", array / t->cycles, e.stall_efficiency);
  check_close(t->reason, "utilisation",
              60 / (t->cycles * rate * (double)p.engine.macs), e.utilization);
}

static void time_by_hand(void) {
  for (int i = 0; i < COUNT(timed); i++) check_timed(&timed[i]);
}

/* ---- bytes and energy ------------------------------------------------------------------- */

/* Energies: DRAM 10 and 20 pJ a bit, buffer 1 and 2, links to the MACs 0.25, a MAC 0.5.
 * Split: partial sums of 32 bits cross both links.
 * Whole: outputs cross to the DRAM at 16 bits, partial sums to the MACs at 32. */
static const struct charged {
  const char *reason, *nest;
  double read[MEMORIES][REUSE_TENSORS], write[MEMORIES][REUSE_TENSORS]; /* bytes */
  double hops[REUSE_TENSORS]; /* bits to and from the MACs: 60 I, 60 W, 108 O */
} charged[] = {
    {"partial sums everywhere", split,
     {{15, 10, 96}, {30, 30, 192 + 144}}, {{0, 0, 144}, {15, 10, 96 + 240}},
     {480, 240, 3456}},
    {"outputs leave the buffer narrow", whole,
     {{15, 10, 0}, {30, 30, 192 + 24}}, {{0, 0, 24}, {15, 10, 240}},
     {480, 240, 3456}},
};

static void check_charged(const struct charged *x, double static_mw) {
  static const double read_pj[MEMORIES] = {10, 1}, write_pj[MEMORIES] = {20, 2};
  struct parts p;
  struct reuse_evaluation e;
  double sum = 0.5 * 60 + static_mw * 30;
  make_machine(&(struct machine){.fill_level = -1, .doubled = true, .static_mw = static_mw},
               &p);
  if (!evaluate(&p, x->nest, &e)) return;
  for (int i = 0; i < MEMORIES; i++)
    for (int t = 0; t < REUSE_TENSORS; t++) {
      char what[16];
      const double pj = 8 * (x->read[i][t] * read_pj[i] + x->write[i][t] * write_pj[i]);
      const double hops = i == BUFFER ? 0.25 * x->hops[t] : 0;
      snprintf(what, sizeof what, "%s %c", p.level[i].name, reuse_tensor_letter[t]);
      check_close(x->reason, what, x->read[i][t], e.level[i].read_bytes[t]);
      check_close(x->reason, what, x->write[i][t], e.level[i].write_bytes[t]);
      check_close(x->reason, what, pj, e.level[i].energy_pj[t]);
      check_close(x->reason, what, hops, e.level[i].hop_energy_pj[t]);
      sum += pj + hops;
    }
  check_close(x->reason, "MACs", 30, e.mac_energy_pj);
  check_close(x->reason, "static", static_mw * 30, e.static_energy_pj);
  check_close(x->reason, "energy", sum, e.energy_pj);
}

/* A milliwatt for the 30 ns of 30 cycles at a gigahertz is 30 pJ. */
static void energy_by_hand(void) {
  for (int i = 0; i < COUNT(charged); i++) {
    check_charged(&charged[i], 0);
    check_charged(&charged[i], 2);
  }
}

/* The sum of the first case, in figures. */
static void energy_in_figures(void) {
  struct parts p;
  struct reuse_evaluation e;
  make_machine(&(struct machine){.fill_level = -1, .doubled = true}, &p);
  if (!evaluate(&p, split, &e)) return;
  check_close("split", "DRAM + buffer + links + MACs",
              (9680 + 23040) + (3168 + 5776) + 1044 + 30, e.energy_pj);
}

/* ---- techniques ------------------------------------------------------------------------- */

/* Half the voltage is a quarter of the energy on chip and half the static power; levels
 * have 3 mW of their own. */
static void voltage_by_hand(void) {
  struct parts p;
  struct reuse_evaluation e;
  make_machine(&(struct machine){.fill_level = -1, .doubled = true, .static_mw = 2}, &p);
  p.arch.volt = figure(0.4);
  p.arch.nominal_volt = figure(0.8);
  p.arch.levels_mw = 3;
  if (!evaluate(&p, split, &e)) return;
  check_close("voltage", "static", 0.5 * 5 * 30, e.static_energy_pj);
  check_close("voltage", "MACs", 0.25 * 30, e.mac_energy_pj);
  check_close("voltage", "energy",
              (9680 + 23040) + (3168 + 5776 + 1044 + 30) / 4.0 + 0.5 * 5 * 30, e.energy_pj);
}

/* I in half and O in a quarter of the room in the DRAM, W in half in the buffer. */
static void compression_by_hand(void) {
  static const double read[MEMORIES][REUSE_TENSORS] = {{7.5, 10, 24}, {30, 15, 336}};
  static const double write[MEMORIES][REUSE_TENSORS] = {{0, 0, 36}, {15, 5, 336}};
  static const double hops[REUSE_TENSORS] = {480, 120, 3456};
  struct parts p;
  struct reuse_evaluation e;
  make_machine(&(struct machine){.fill_level = -1, .doubled = true,
                                 .dram = RATE(0.5, BYTES_PER_CYCLE)}, &p);
  p.level[DRAM].compression[REUSE_I] = figure(2);
  p.level[DRAM].compression[REUSE_O] = figure(4);
  p.level[BUFFER].compression[REUSE_W] = figure(2);
  if (!evaluate(&p, split, &e)) return;
  for (int i = 0; i < MEMORIES; i++)
    for (int t = 0; t < REUSE_TENSORS; t++) {
      check_close("compression", p.level[i].name, read[i][t], e.level[i].read_bytes[t]);
      check_close("compression", p.level[i].name, write[i][t], e.level[i].write_bytes[t]);
      if (i == BUFFER)
        check_close("compression", "hops", 0.25 * hops[t], e.level[i].hop_energy_pj[t]);
    }
  check_close("compression", "cycles of the DRAM", (7.5 + 10 + 24 + 36) / 0.5, e.cycles);
}

/* A single MAC.  The DRAM serves I 15, W 20; its updates are 12.  The buffer serves I and
 * W 60, O 48; its updates are 60. */
static const char single[] =
    PROBLEM "  - {level: DRAM, loops: []}\n"
            "  - {level: buffer, loops: [K/1, P/1, C/1]}\n  - {level: MAC}\n";

/* A quarter of I and half of W are 0.  The buffer's pJ without zeros: I 480 to the MAC and
 * 240 from the DRAM, W 240 and 160, O 1536 + 3840 and 192. */
static const struct sparse {
  const char *reason;
  unsigned gate, skip;
  double i_pj, w_pj, o_pj, mac_pj, cycles;
} sparse[] = {
    {"zeros that nobody sees", 0, 0, 720, 400, 5568, 30, 60},
    {"gated by I", REUSE_BIT(REUSE_I), 0, 720, 340, 4224, 22.5, 60},
    {"gated by both", 3, 0, 480, 340, 2208, 11.25, 60},
    {"skipped by both", 0, 3, 420, 250, 2208, 11.25, 22.5},
    {"I skipped, W gated", REUSE_BIT(REUSE_W), REUSE_BIT(REUSE_I), 420, 340, 2208, 11.25, 45},
};

static void zeros_by_hand(void) {
  for (int i = 0; i < COUNT(sparse); i++) {
    const struct sparse *x = &sparse[i];
    struct parts p;
    struct reuse_evaluation e;
    make_machine(&(struct machine){.fill_level = -1, .doubled = true}, &p);
    p.level[BUFFER].naxes = 0;
    p.engine.macs = 1;
    p.engine.gate = x->gate;
    p.engine.skip = x->skip;
    p.arch.zeros[REUSE_I] = figure(0.25);
    p.arch.zeros[REUSE_W] = figure(0.5);
    if (!evaluate(&p, single, &e)) return;
    check_close(x->reason, "I", x->i_pj, e.level[BUFFER].energy_pj[REUSE_I]);
    check_close(x->reason, "W", x->w_pj, e.level[BUFFER].energy_pj[REUSE_W]);
    check_close(x->reason, "O", x->o_pj, e.level[BUFFER].energy_pj[REUSE_O]);
    check_close(x->reason, "MACs", x->mac_pj, e.mac_energy_pj);
    check_close(x->reason, "cycles", x->cycles, e.cycles);
    check_close(x->reason, "utilization", 1, e.utilization);
  }
}

/* ---- what fits ----------------------------------------------------------------------------- */

/* Tiles of the split nest: I 3x2 words of 8 bits, W 2x2 of 4, O 3x2 of 32: 6 + 2 +
 * 24 bytes, twice that with double buffering. */
static const struct fit {
  const char *reason;
  struct machine machine;
  bool fits;
} fits[] = {
    {"no size", {.fill_level = -1}, true},
    {"all of it", {.fill_level = -1, .size = 32}, true},
    {"a byte less", {.fill_level = -1, .size = 31}, false},
    {"half of it", {.fill_level = -1, .size = 64, .doubled = true}, true},
    {"less than half of it", {.fill_level = -1, .size = 63, .doubled = true}, false},
    {"the whole size while it streams", {.fill_level = -1, .size = 32, .streams = true}, true},
    {"split", {.fill_level = -1, .tensor_size = {6, 2, 24}}, true},
    {"split, too small for I", {.fill_level = -1, .tensor_size = {5, 2, 24}}, false},
    {"split, too small for W", {.fill_level = -1, .tensor_size = {6, 1.5, 24}}, false},
    {"split, too small for O", {.fill_level = -1, .tensor_size = {60, 20, 23}}, false},
    {"split, half of it",
     {.fill_level = -1, .tensor_size = {12, 4, 48}, .doubled = true}, true},
    {"split, less than half of one",
     {.fill_level = -1, .tensor_size = {12, 4, 47}, .doubled = true}, false},
    {"a part of its own, the rest shared",
     {.fill_level = -1, .size = 8, .tensor_size = {0, 0, 24}}, true},
    {"the rest too large",
     {.fill_level = -1, .size = 7, .tensor_size = {0, 0, 24}}, false},
    {"more children than the array has", {.fill_level = -1, .buffer_children = 1}, false},
};

static void tiles_that_fit(void) {
  for (int i = 0; i < COUNT(fits); i++) {
    struct parts p;
    struct reuse_layer layer;
    struct reuse_mapping mapping;
    struct reuse_counts counts;
    make_machine(&fits[i].machine, &p);
    if (!make_mapping(split, &layer, &mapping)) return;
    CU_ASSERT_EQUAL(reuse_count(&layer.problem, &mapping.nest, &counts), REUSE_OK);
    check_close(fits[i].reason, "fits", fits[i].fits,
                reuse_mapping_fits(&p.arch, &mapping, &counts));
  }
}

static void illegal_nest_is_refused(void) {
  struct parts p;
  struct reuse_layer layer;
  struct reuse_mapping mapping;
  struct reuse_evaluation e;
  make_machine(&(struct machine){.fill_level = -1}, &p);
  if (!make_mapping(split, &layer, &mapping)) return;
  layer.problem.extent[REUSE_N] = 2;
  CU_ASSERT_EQUAL(reuse_evaluate(&p.arch, &layer, &mapping, &e), REUSE_ERR_INPUT);
}

/* ---- required reuse -------------------------------------------------------------------------- */

/* 3x3 filters on maps of 112x112 with their edges padded; required are 256 MACs per
 * word of I and O, 1349.3 of W. */
static const struct required {
  const char *reason;
  enum reuse_layer_type type;
  int64_t g, k, c, r, maps;
  double exact[REUSE_TENSORS], bound;
  int operand;
} required[] = {
    {"depthwise: nine MACs per word of the input", REUSE_DWCONV, 32, 1, 1, 3, 112,
     {9, 12544, 9}, 9.0 / 256, REUSE_I},
    {"depthwise on small maps is bound by its inputs still", REUSE_DWCONV, 32, 1, 1, 3, 7,
     {9, 49, 9}, 9.0 / 256, REUSE_I},
    {"pointwise: as many as the other side has channels", REUSE_PWCONV, 1, 64, 300, 1, 112,
     {64, 12544, 300}, 64.0 / 256, REUSE_I},
    {"few output positions starve the filters", REUSE_CONV, 1, 512, 512, 3, 7,
     {4608, 49, 4608}, 49 / 1349.3, REUSE_W},
    {"enough of all", REUSE_CONV, 1, 256, 256, 3, 56,
     {2304, 3136, 2304}, 1, -1},
};

static void check_required(const struct reuse_arch *arch, const struct required *r) {
  const struct reuse_layer layer = {
      .type = r->type, .macs = r->g * r->k * r->c * r->maps * r->maps * r->r * r->r,
      .problem = {.extent = {1, r->g, r->k, r->c, r->maps, r->maps, r->r, r->r},
                  .stride = {1, 1}, .dilation = {1, 1}, .pad = {r->r / 2, r->r / 2},
                  .input = {r->maps, r->maps}, .tensors = REUSE_ALL_TENSORS}};
  struct reuse_layer_reuse reuse;
  int operand = -2;
  reuse_layer_reuse(&layer, &reuse);
  for (int t = 0; t < REUSE_TENSORS; t++)
    check_close(r->reason, "reuse", r->exact[t], reuse.exact[t]);
  check_close(r->reason, "bound", r->bound,
              reuse__bound_by_reuse(arch, &layer, &reuse, &operand));
  check_close(r->reason, "operand", r->operand, operand);
}

static void required_reuse(void) {
  const struct reuse_arch arch = {
      .required_reuse = {figure(256), figure(1349.3), figure(256)}};
  const struct reuse_arch none = {.name = "states none"};
  for (int i = 0; i < COUNT(required); i++) {
    struct required r = required[i];
    check_required(&arch, &r);
    r.bound = 1;
    r.operand = -1;
    check_required(&none, &r);
  }
}

int register_cost_tests(void) {
  CU_pSuite s = CU_add_suite("cost", NULL, NULL);
  return s && CU_ADD_TEST(s, time_by_hand) && CU_ADD_TEST(s, energy_by_hand) &&
                 CU_ADD_TEST(s, energy_in_figures) && CU_ADD_TEST(s, voltage_by_hand) &&
                 CU_ADD_TEST(s, compression_by_hand) && CU_ADD_TEST(s, zeros_by_hand) &&
                 CU_ADD_TEST(s, tiles_that_fit) &&
                 CU_ADD_TEST(s, illegal_nest_is_refused) && CU_ADD_TEST(s, required_reuse)
             ? 0
             : -1;
}
