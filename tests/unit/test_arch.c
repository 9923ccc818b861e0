/* Tests of the reader of architectures and of its energies.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <CUnit/CUnit.h>
#include <glob.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "arch/energy.h"

int register_arch_tests(void);

/* A small machine; the line numbers are those of the messages below. */
static const char machine[] =
    "name: small\n" /* 1 */
    "title: A small machine\n"
    "sources:\n"
    "  KEY: A book\n"
    "clock: 100MHz (found KEY)\n" /* 5 */
    "technology: 65nm\n"
    "precision: {I: 8, W: 8, O: 8, psum: 32}\n"
    "levels:\n"
    "  - name: DRAM\n"
    "    kind: dram\n" /* 10 */
    "    dram: ddr3\n"
    "engines:\n"
    "  - name: unit\n"
    "    layers: [conv, fc]\n"
    "    levels:\n" /* 15 */
    "      - name: buffer\n"
    "        kind: sram\n"
    "        size: 11KiB (assumed)\n"
    "        array: {rows: 3, cols: 5}\n"
    "    macs: {latch: [O]}\n" /* 20 */
    "    dataflows:\n"
    "      - name: flow\n"
    "        loops:\n"
    "          DRAM: {any: [N, G, K, C, P]}\n"
    "          buffer: [N/1, G/1, P/1, '[C,R,S]', Q/1]\n" /* 25 */
    "        spatial:\n"
    "          - {loop: '[C,R,S]/1', axis: rows}\n"
    "          - {loop: K/1, axis: cols, max: 4}\n";

struct heard {
  int line, column;
  char file[64], text[256], hint[256];
};

/* Keeps the first error. */
static void listen(void *context, const struct reuse_message *m) {
  struct heard *h = context;
  if (m->severity != REUSE_ERROR || h->text[0])
    return;
  h->line = m->line;
  h->column = m->column;
  const char *base = m->file ? strrchr(m->file, '/') : NULL;
  snprintf(h->file, sizeof h->file, "%s",
           base      ? base + 1
           : m->file ? m->file
                     : "");
  snprintf(h->text, sizeof h->text, "%s", m->text);
  snprintf(h->hint, sizeof h->hint, "%s", m->hint ? m->hint : "");
}

/* The directory of the shipped models. */
static const char *models(void) {
  static char dir[4096];
  const char *home = getenv("REUSEMODEL_HOME");
  snprintf(dir, sizeof dir, "%s/models", home ? home : ".");
  return dir;
}

struct fixture {
  struct reuse_arena *arena;
  struct heard heard;
  struct reuse_diag diag;
  const struct reuse_arch *arch;
  enum reuse_status status;
};

static void read_path(struct fixture *f, const char *path,
                      const char *const *set, int nset) {
  memset(f, 0, sizeof *f);
  f->arena = reuse_arena_new();
  f->diag.sink = listen;
  f->diag.context = &f->heard;
  f->status =
      reuse_arch_read(path, models(), set, nset, f->arena, &f->arch, &f->diag);
}

/* Reads TEXT from a temporary file. */
static void read_text(struct fixture *f, const char *text,
                      const char *const *set, int nset) {
  char path[] = P_tmpdir "/reuse-arch-XXXXXX";
  const int fd = mkstemp(path);
  FILE *file = fd >= 0 ? fdopen(fd, "w") : NULL;
  CU_ASSERT_PTR_NOT_NULL_FATAL(file);
  fputs(text, file);
  CU_ASSERT_EQUAL(fclose(file), 0);
  read_path(f, path, set, nset);
  unlink(path);
}

static void done(struct fixture *f) {
  reuse_arena_free(f->arena);
}

/* ---- shipped files ------------------------------------------------------- */

static int untagged;

static void tagged(const struct reuse_quantity *q, const char *where,
                   const char *what) {
  if (q->given && q->tag == REUSE_UNTAGGED) {
    printf("# %s: %s '%s' has no provenance\n", where, what, q->text);
    untagged++;
  }
}

static void level_tagged(const struct reuse_level *l) {
  tagged(&l->size_bytes, l->name, "size");
  tagged(&l->bandwidth.q, l->name, "bandwidth");
  tagged(&l->read_bandwidth.q, l->name, "read_bandwidth");
  tagged(&l->write_bandwidth.q, l->name, "write_bandwidth");
  tagged(&l->read_pj_per_bit, l->name, "energy");
  tagged(&l->write_pj_per_bit, l->name, "energy");
  tagged(&l->hop_pj_per_bit, l->name, "hop_energy");
  for (int t = 0; t < REUSE_TENSORS; t++) {
    tagged(&l->tensor_bytes[t], l->name, "size");
    tagged(&l->tensor_bandwidth[t].q, l->name, "bandwidth");
  }
}

static void range_tagged(const struct reuse_range *r, const char *where) {
  tagged(&r->low, where, "low");
  tagged(&r->high, where, "high");
}

static void technology_tagged(const struct reuse_technology *t) {
  for (int i = 0; i < t->nsram; i++)
    tagged(&t->sram_pj_per_bit[i], t->name, "sram"), range_tagged(&t->sram_range[i], t->name);
  for (int i = 0; i < t->nregister; i++)
    tagged(&t->register_pj_per_bit[i], t->name, "register");
  for (int i = 0; i < t->ndram; i++)
    tagged(&t->dram_pj_per_bit[i], t->name, "dram"), range_tagged(&t->dram_range[i], t->name);
  for (int i = 0; i < t->nmac; i++)
    tagged(&t->mac_pj[i], t->name, "mac"), range_tagged(&t->mac_range[i], t->name);
}

static void arch_tagged(const struct reuse_arch *a) {
  tagged(&a->clock_hz, a->name, "clock");
  tagged(&a->psum_bits, a->name, "psum");
  tagged(&a->static_mw, a->name, "static_power");
  tagged(&a->energy_scale, a->name, "energy_scale");
  for (int t = 0; t < REUSE_TENSORS; t++) {
    tagged(&a->bits[t], a->name, "precision");
    tagged(&a->required_reuse[t], a->name, "required_reuse");
  }
  for (int e = 0; e < a->nengines; e++) {
    tagged(&a->engine[e].mac_pj, a->name, "energy of a MAC");
    tagged(&a->engine[e].macs_per_cycle_scale, a->name, "rate");
    tagged(&a->engine[e].fill_cycles, a->name, "fill");
    for (int l = 0; l < a->engine[e].nlevels; l++)
      level_tagged(&a->engine[e].level[l]);
  }
  technology_tagged(a->technology);
}

/* Levels have energies, engines MACs, names are those of the files. */
static void arch_sound(const struct reuse_arch *a, const char *path) {
  char file[256];
  snprintf(file, sizeof file, "/%s.yaml", a->name);
  const size_t n = strlen(path), m = strlen(file);
  CU_ASSERT(n > m && strcmp(path + n - m, file) == 0);
  for (int e = 0; e < a->nengines; e++) {
    CU_ASSERT(a->engine[e].macs >= 1 && reuse__mac_pj(a, &a->engine[e]) > 0);
    for (int l = 0; l < a->engine[e].nlevels; l++) {
      const struct reuse_level *level = &a->engine[e].level[l];
      const bool free_read = level->read_pj_per_bit.given;
      const bool free_write = level->write_pj_per_bit.given;
      CU_ASSERT(reuse__level_read_pj_per_bit(a, level) > (free_read ? -1e-300 : 0));
      CU_ASSERT(reuse__level_write_pj_per_bit(a, level) > (free_write ? -1e-300 : 0));
    }
  }
}

static void shipped_models(void) {
  char pattern[4200];
  glob_t found;
  snprintf(pattern, sizeof pattern, "%s/*.yaml", models());
  CU_ASSERT_EQUAL_FATAL(glob(pattern, 0, NULL, &found), 0);
  CU_ASSERT(found.gl_pathc >= 5);
  untagged = 0;
  for (size_t i = 0; i < found.gl_pathc; i++) {
    struct fixture f;
    read_path(&f, found.gl_pathv[i], NULL, 0);
    if (f.status != REUSE_OK)
      printf("# %s:%d: %s\n", f.heard.file, f.heard.line, f.heard.text);
    CU_ASSERT_EQUAL(f.status, REUSE_OK);
    CU_ASSERT_EQUAL(f.diag.errors, 0);
    if (f.arch) {
      arch_sound(f.arch, found.gl_pathv[i]);
      arch_tagged(f.arch);
    }
    done(&f);
  }
  CU_ASSERT_EQUAL(untagged, 0);
  globfree(&found);
}

/* ---- a good file --------------------------------------------------------- */

static void small_machine(void) {
  struct fixture f;
  read_text(&f, machine, NULL, 0);
  CU_ASSERT_PTR_NOT_NULL_FATAL(f.arch);
  const struct reuse_engine *e = &f.arch->engine[0];
  const struct reuse_dataflow *d = &e->dataflow[0];
  CU_ASSERT_STRING_EQUAL(f.arch->name, "small");
  CU_ASSERT_DOUBLE_EQUAL(f.arch->clock_hz.value, 1e8, 0);
  CU_ASSERT_STRING_EQUAL(f.arch->clock_hz.source, "KEY");
  CU_ASSERT_DOUBLE_EQUAL(f.arch->psum_bits.value, 32, 0);
  CU_ASSERT_EQUAL(f.arch->nshared, 1);
  CU_ASSERT_EQUAL(e->nlevels, 2);
  CU_ASSERT_EQUAL(e->macs, 15);
  CU_ASSERT_EQUAL(e->latch, REUSE_BIT(REUSE_O));
  CU_ASSERT_EQUAL(e->layers, REUSE_BIT(REUSE_CONV) | REUSE_BIT(REUSE_FC));
  CU_ASSERT_EQUAL(e->fill_level, -1);
  CU_ASSERT_EQUAL(e->level[1].network[REUSE_O], REUSE_REDUCE);
  CU_ASSERT_DOUBLE_EQUAL(e->level[1].size_bytes.value, 11264, 0);
  CU_ASSERT_EQUAL(d->layers, e->layers);
  CU_ASSERT_EQUAL(d->im2col_level, -1);
  CU_ASSERT(d->temporal[0].any_order && !d->temporal[1].any_order);
  CU_ASSERT_EQUAL(d->temporal[1].rule[3].ndims, 3);
  CU_ASSERT_EQUAL(d->temporal[1].rule[3].dim[2], REUSE_S);
  CU_ASSERT_EQUAL(d->temporal[1].rule[3].step, 0);
  CU_ASSERT_EQUAL(d->nvariants, 1);
  CU_ASSERT_EQUAL(d->variant[0].rule[1].axes, 2);
  CU_ASSERT_EQUAL(d->variant[0].rule[1].max, 4);
  done(&f);
}

static void overrides(void) {
  static const char *const good[] = {"buffer.size=7KiB", "DRAM.bandwidth=6.4GB/s",
                                     "clock=1GHz", "precision.O=16"};
  static const char *const bad[] = {"buffer.sise=7KiB"};
  struct fixture f;
  read_text(&f, machine, good, 4);
  CU_ASSERT_PTR_NOT_NULL_FATAL(f.arch);
  CU_ASSERT_DOUBLE_EQUAL(f.arch->engine[0].level[1].size_bytes.value, 7168, 0);
  CU_ASSERT_DOUBLE_EQUAL(f.arch->engine[0].level[0].bandwidth.q.value, 6.4e9, 0);
  CU_ASSERT_DOUBLE_EQUAL(f.arch->clock_hz.value, 1e9, 0);
  CU_ASSERT_DOUBLE_EQUAL(f.arch->bits[REUSE_O].value, 16, 0);
  done(&f);
  read_text(&f, machine, bad, 1);
  CU_ASSERT_EQUAL(f.status, REUSE_ERR_INPUT);
  CU_ASSERT_PTR_NULL(f.arch);
  CU_ASSERT_PTR_NOT_NULL(strstr(f.heard.text, "sise"));
  CU_ASSERT_PTR_NOT_NULL(strstr(f.heard.hint, "size"));
  done(&f);
}

static void inheritance(void) {
  struct fixture base, f;
  char path[4200];
  read_text(&f,
            "name: dna-fast\ntitle: A faster DNA\nbase: dna\n"
            "sources: {ME: A note}\nclock: 300MHz (assumed ME)\n",
            NULL, 0);
  CU_ASSERT_PTR_NOT_NULL_FATAL(f.arch);
  snprintf(path, sizeof path, "%s/dna.yaml", models());
  read_path(&base, path, NULL, 0);
  CU_ASSERT_PTR_NOT_NULL_FATAL(base.arch);
  CU_ASSERT_STRING_EQUAL(f.arch->name, "dna-fast");
  CU_ASSERT_DOUBLE_EQUAL(f.arch->clock_hz.value, 3e8, 0);
  CU_ASSERT_EQUAL(f.arch->engine[0].ndataflows, base.arch->engine[0].ndataflows);
  CU_ASSERT_EQUAL(f.arch->nsources, base.arch->nsources + 1);
  done(&f);
  done(&base);
}

/* Files that inherit from files that inherit; changes in the order of inheritance. */
static void changes(void) {
  struct fixture f;
  read_text(&f,
            "name: chip\ntitle: A chip\nbase: thinker\n"
            "sources: {ME: A note}\nclock: 300MHz (assumed ME)\n"
            "changes:\n  buffer.size: 99KiB (found ME)\n  core.macs.rate: 2 (assumed)\n"
            "  OR.note: new\n",
            NULL, 0);
  CU_ASSERT_PTR_NOT_NULL_FATAL(f.arch);
  CU_ASSERT_DOUBLE_EQUAL(f.arch->engine[0].level[1].size_bytes.value, 99 * 1024, 0);
  CU_ASSERT_DOUBLE_EQUAL(f.arch->engine[0].macs_per_cycle_scale.value, 2, 0);
  CU_ASSERT_STRING_EQUAL(f.arch->engine[0].dataflow[1].note, "new");
  CU_ASSERT_EQUAL(f.arch->nsources, 5);
  CU_ASSERT_STRING_EQUAL(f.arch->source[1].key, "JSSC18");
  done(&f);
}

static void bad_changes(void) {
  static const struct { const char *text, *message; int line, column; } row[] = {
    {"name: a\nbase: dna\nchanges: [x]\n", "changes must be a mapping", 3, 10},
    {"name: a\nchanges: {x: 1}\n", "changes without a base", 2, 10},
    {"name: a\nbase: dna\nchanges: {.x: 1}\n", "not a path", 3, 11},
    {"name: a\nbase: dna\nchanges: {bufer.size: 1B}\n", "no 'bufer'", 3, 11},
    {"name: a\nbase: dna\ntitle: t\nchanges: {clock: 1}\n", "a unit is missing", 4, 19},
    {"name: a\nbase: dna\nchanges: {changes.x: 1}\n", "no 'changes'", 3, 11},
    {"name: a\nbase: dna\nclock: &c {k: 1}\nchanges: {clock.k: *c, clock.l: *c, z.y: 1}\n",
     "no 'z'", 4, 37},
    {"name: a\nbase: none\n", "no architecture 'none'", 2, 7},
  };
  for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
    struct fixture f;
    read_text(&f, row[i].text, NULL, 0);
    CU_ASSERT_EQUAL(f.status, REUSE_ERR_INPUT);
    CU_ASSERT_PTR_NOT_NULL(strstr(f.heard.text, row[i].message));
    CU_ASSERT_EQUAL(f.heard.line, row[i].line);
    CU_ASSERT_EQUAL(f.heard.column, row[i].column);
    done(&f);
  }
}

/* Copies the example of the manual page, PATH, to TEXT; false: there is none. */
static bool manual_example(const char *path, char *text, size_t size) {
  char line[256];
  bool examples = false, inside = false;
  FILE *page = fopen(path, "r");
  *text = '\0';
  while (page && fgets(line, sizeof line, page)) {
    examples = examples || strcmp(line, ".Sh EXAMPLES\n") == 0;
    if (inside && strcmp(line, ".Ed\n") == 0)
      break;
    if (inside && strlen(text) + strlen(line) < size)
      strcat(text, line);
    inside = inside || (examples && strcmp(line, ".Bd -literal\n") == 0);
  }
  if (page)
    fclose(page);
  return *text != '\0';
}

static void manual(void) {
  static char text[1 << 14];
  char path[4200];
  struct fixture f;
  snprintf(path, sizeof path, "%s/../man/reusemodel-arch.5", models());
  CU_ASSERT_FATAL(manual_example(path, text, sizeof text));
  read_text(&f, text, NULL, 0);
  if (f.status != REUSE_OK)
    printf("# line %d of the example: %s\n", f.heard.line, f.heard.text);
  CU_ASSERT_PTR_NOT_NULL(f.arch);
  done(&f);
}

/* ---- bad files ----------------------------------------------------------- */

struct bad {
  const char *reason, *from, *to; /* FROM in the small machine becomes TO */
  int line, column;
  const char *text, *hint;
};

static const struct bad bad[] = {
    {"unknown key", "clock:", "clok:", 5, 1, "unknown key 'clok'", "clock"},
    {"missing unit", "100MHz", "100", 5, 0, "unit is missing", "MHz"},
    {"wrong unit", "11KiB", "11GHz", 18, 0, "not a unit", "KiB"},
    {"unknown tag", "(found", "(fond", 5, 0, "not a tag", "found"},
    {"unknown source", "found KEY", "found KEE", 5, 22, "'KEE' is not a key", "KEY"},
    {"no such technology", "65nm", "66nm", 6, 13, "no technology '66nm'", ""},
    {"DRAM type", "ddr3", "dd3", 11, 11, "no DRAM 'dd3'", "ddr3"},
    {"no energy", "        size: 11KiB (assumed)\n", "", 16, 15,
     "energy of level", "size"},
    {"zero size", "11KiB", "0B", 18, 15, "size", ""},
    {"layer type", "[conv, fc]", "[conf, fc]", 14, 14, "conf", "conv"},
    {"axis", "axis: cols", "axis: colls", 28, 31, "no axis 'colls'", "cols"},
    {"axis too small", "max: 4", "max: 6", 28, 42, "max", ""},
    {"level of loops", "buffer: [N", "bufer: [N", 25, 11, "no level 'bufer'",
     "buffer"},
    {"not a dim", "Q/1]", "X/1]", 25, 46, "'X' is not a dim", ""},
    {"step of zero", "Q/1]", "Q/0]", 25, 48, "step", ""},
    {"unquoted group", "'[C,R,S]', Q/1]", "[C,R,S], Q/1]", 25, 35, "list", "quote"},
    {"dim never split", ", Q/1]", "]", 24, 11, "dim Q", "step /1"},
    {"step too large", "K/1, axis", "K/2, axis", 24, 11, "dim K has step 2", "/1"},
    {"plain inside a group", "axis: rows}",
     "axis: rows}\n          - "
     "{loop: R/1, axis: cols}",
     24, 11, "'R' inside '[C,R,S]'", "same group"},
    {"loop twice", "Q/1]", "Q/1, Q/1]", 25, 51, "same level", ""},
    {"blocks inside a group", "latch: [O]", "latch: [O], blocks: {R: 2}", 25, 36,
     "R has blocks and must come first in '[C,R,S]'", ""},
    {"group under any", "[N, G, K, C, P]", "[N, G, K, C, P, '[C,R,S]']", 24, 11,
     "share a dim", "fixed"},
    {"level twice", "name: buffer", "name: DRAM", 16, 15, "two levels", ""},
    {"reserved name", "name: buffer", "name: MAC", 16, 15, "reserved", ""},
    {"axis twice", "rows: 3, cols: 5", "rows: 3, rows: 5", 19, 26, "rows", ""},
    {"network", "array:", "network: {O: unicast}\n        array:", 19, 22,
     "does not carry O", "reduce"},
    {"tensor not kept", "array:",
     "keeps: [I, W]\n        bandwidth: {O: 1B/cycle}\n"
     "        array:",
     20, 21, "does not keep O", "keeps"},
    {"two modes", "array:",
     "double_buffered: yes\n        streams: yes\n"
     "        array:",
     20, 18, "not both", ""},
    {"split size", "11KiB (assumed)", "{I: 1KiB, W: 1KiB}", 18, 15, "tensor O",
     "every"},
    {"base of a base", "name: small", "base: small-base\nname: small", 1, 7,
     "no architecture 'small-base'", ""},
    {"uncovered layer", "- name: flow\n", "- name: flow\n        layers: [conv]\n",
     22, 7, "runs fc layers", "dataflow"},
    {"zeros without a unit", "levels:", "sparsity: {I: 50}\nlevels:", 8, 15, "I", ""},
    {"all zeros", "levels:", "sparsity: {W: 1}\nlevels:", 8, 15, "W", ""},
    {"zeros of O", "levels:", "sparsity: {O: 0.5}\nlevels:", 8, 12, "unknown key 'O'", ""},
    {"no nominal voltage", "levels:", "voltage: 0.8V\nlevels:", 8, 10,
     "without 'nominal_voltage'", "square"},
    {"voltage without unit", "levels:", "voltage: 0.8\nnominal_voltage: 1V\nlevels:", 8, 13,
     "unit is missing", "mV"},
    {"gated outputs", "latch: [O]", "latch: [O], gate: [O]", 20, 31, "'O'", ""},
    {"compressed tensor not kept", "array:",
     "keeps: [I, W]\n        compression: {O: 2}\n        array:", 20, 23,
     "does not keep O", "keeps"},
    {"compressed to nothing", "array:", "compression: {I: 0}\n        array:", 19, 26,
     "compression", ""},
    {"missing key", "title: A small machine\n", "", 1, 1, "title", ""},
};

/* The small machine with a case's change; the caller frees it. */
static char *changed(const struct bad *b) {
  const char *at = strstr(machine, b->from);
  char *text = malloc(sizeof machine + strlen(b->to));
  if (!at || !text)
    abort();
  sprintf(text, "%.*s%s%s", (int)(at - machine), machine, b->to,
          at + strlen(b->from));
  return text;
}

static void bad_files(void) {
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    struct fixture f;
    char *text = changed(&bad[i]);
    read_text(&f, text, NULL, 0);
    const bool right =
        f.status == REUSE_ERR_INPUT && !f.arch && f.heard.line == bad[i].line &&
        (bad[i].column == 0 || f.heard.column == bad[i].column) &&
        strstr(f.heard.text, bad[i].text) && strstr(f.heard.hint, bad[i].hint);
    if (!right)
      printf("# %s: %d:%d: %s; %s\n", bad[i].reason, f.heard.line,
             f.heard.column, f.heard.text, f.heard.hint);
    CU_ASSERT(right);
    done(&f);
    free(text);
  }
}

static void missing_file(void) {
  struct fixture f;
  read_path(&f, "no/such/file.yaml", NULL, 0);
  CU_ASSERT_EQUAL(f.status, REUSE_ERR_IO);
  CU_ASSERT_EQUAL(f.diag.errors, 1);
  done(&f);
}

/* ---- energies ------------------------------------------------------------ */

static const double sizes[] = {7, 31, 127, 1009, 65537};
static const struct reuse_quantity energies[] = {{.value = 0.011},
                                                 {.value = 0.013},
                                                 {.value = 0.17},
                                                 {.value = 0.19},
                                                 {.value = 5.3}};

/* The table's entries, without overshoot between them, and rising everywhere. */
static void interpolation(void) {
  for (int i = 0; i < 5; i++)
    CU_ASSERT_DOUBLE_EQUAL(reuse__interpolate(sizes, energies, 5, sizes[i]),
                           energies[i].value, 1e-12 * energies[i].value);
  double last = 0;
  for (double x = 0.5; x < 1e7; x *= 1.01) {
    const double y = reuse__interpolate(sizes, energies, 5, x);
    CU_ASSERT(y > last);
    last = y;
  }
}

/* Outside the table the end segments go on; short tables are lines. */
static void extrapolation(void) {
  const double low = reuse__interpolate(sizes, energies, 5, 7.0 * 7 / 31);
  CU_ASSERT_DOUBLE_EQUAL(low, 0.011 * 0.011 / 0.013, 1e-12);
  const double high =
      reuse__interpolate(sizes, energies, 5, 65537.0 * 65537 / 1009);
  CU_ASSERT_DOUBLE_EQUAL(high, 5.3 * 5.3 / 0.19, 1e-9);
  const double middle = reuse__interpolate(sizes, energies, 2, sqrt(7.0 * 31));
  CU_ASSERT_DOUBLE_EQUAL(middle, sqrt(0.011 * 0.013), 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(reuse__interpolate(sizes, energies, 1, 999), 0.011, 0);
}

/* On-chip energies are scaled, DRAM's is not; own figures are taken as they are. */
static void scaled_energy(void) {
  static const char *const half[] = {"energy_scale=0.5", "precision.I=16",
                                     "precision.W=16"};
  static const char *const own[] = {"energy_scale=0.5", "buffer.energy=3pJ/bit",
                                    "unit.macs.energy=7pJ"};
  struct fixture f, g, h;
  read_text(&f, machine, half + 1, 2);
  read_text(&g, machine, half, 3);
  read_text(&h, machine, own, 3);
  CU_ASSERT_FATAL(f.arch && g.arch && h.arch);
  const struct reuse_engine *a = f.arch->engine, *b = g.arch->engine,
                            *c = h.arch->engine;
  CU_ASSERT_DOUBLE_EQUAL(reuse__level_read_pj_per_bit(g.arch, &b->level[1]) * 2,
                         reuse__level_read_pj_per_bit(f.arch, &a->level[1]), 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(reuse__level_read_pj_per_bit(g.arch, &b->level[0]), 70,
                         1e-12);
  CU_ASSERT_DOUBLE_EQUAL(reuse__mac_pj(f.arch, a), 2, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(reuse__mac_pj(g.arch, b), 1, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(reuse__level_write_pj_per_bit(h.arch, &c->level[1]), 3, 0);
  CU_ASSERT_DOUBLE_EQUAL(reuse__mac_pj(h.arch, c), 7, 0);
  done(&f);
  done(&g);
  done(&h);
}

/* A technology whose entries have ranges, and what breaks it. */
static const char technology[] =
    "name: tech\ntitle: A technology\nsources: {KEY: A book}\n"
    "sram:\n"
    "  - {size: 1KiB, energy: 0.2pJ/bit, low: 0.1pJ/bit (found KEY), high: 0.3pJ/bit}\n"
    "mac:\n  - {bits: 8, energy: 1pJ}\n"
    "dram:\n  ddr3: {energy: 70pJ/bit, low: 60pJ/bit, high: 80pJ/bit}\n  other: 5pJ/bit\n";

static const struct range_fault {
  const char *from, *to, *text;
} range_faults[] = {
    {", low: 60pJ/bit", "", "'high' without 'low'"},
    {", high: 0.3pJ/bit", "", "'low' without 'high'"},
    {"low: 60pJ/bit", "low: 71pJ/bit", "not between"},
    {"high: 0.3pJ/bit", "high: 0.19pJ/bit", "not between"},
    {"low: 0.1pJ/bit", "low: 0.1pJ", "not a unit"},
    {"high: 80pJ/bit", "most: 80pJ/bit", "unknown key 'most'"},
};

/* Reads the small machine with TEXT as its technology. */
static void read_technology(struct fixture *f, const char *text) {
  char path[] = P_tmpdir "/reuse-tech-XXXXXX", set[64];
  const char *const sets[] = {set};
  const int fd = mkstemp(path);
  FILE *file = fd >= 0 ? fdopen(fd, "w") : NULL;
  CU_ASSERT_PTR_NOT_NULL_FATAL(file);
  fputs(text, file);
  CU_ASSERT_EQUAL(fclose(file), 0);
  snprintf(set, sizeof set, "technology=%s", path);
  read_text(f, machine, sets, 1);
  unlink(path);
}

static void ranges(void) {
  struct fixture f;
  read_technology(&f, technology);
  CU_ASSERT_PTR_NOT_NULL_FATAL(f.arch);
  const struct reuse_technology *t = f.arch->technology;
  CU_ASSERT_DOUBLE_EQUAL(t->sram_range[0].low.value, 0.1, 1e-15);
  CU_ASSERT_DOUBLE_EQUAL(t->sram_range[0].high.value, 0.3, 1e-15);
  CU_ASSERT_EQUAL(t->sram_range[0].low.tag, REUSE_FOUND);
  CU_ASSERT_DOUBLE_EQUAL(t->dram_range[0].low.value, 60, 0);
  CU_ASSERT_DOUBLE_EQUAL(t->dram_pj_per_bit[0].value, 70, 0);
  CU_ASSERT_FALSE(t->dram_range[1].low.given || t->mac_range[0].high.given);
  done(&f);
  for (size_t i = 0; i < sizeof range_faults / sizeof range_faults[0]; i++) {
    const struct range_fault *x = &range_faults[i];
    const char *at = strstr(technology, x->from);
    char text[sizeof technology + 16];
    snprintf(text, sizeof text, "%.*s%s%s", (int)(at - technology), technology, x->to,
             at + strlen(x->from));
    read_technology(&f, text);
    CU_ASSERT_PTR_NULL(f.arch);
    CU_ASSERT_PTR_NOT_NULL(strstr(f.heard.text, x->text));
    if (!strstr(f.heard.text, x->text))
      printf("# range %zu: %s\n", i, f.heard.text);
    done(&f);
  }
}

/* Techniques: as written; static power of levels for every instance. */
static void techniques(void) {
  static const char *const set[] = {
    "voltage=820mV", "nominal_voltage=1V", "sparsity={I: 0.5, W: 0.25}",
    "unit.macs.gate=[I]", "unit.macs.skip=[W]", "DRAM.array={a: 2, b: 3}",
    "buffer.static_power=2mW", "DRAM.static_power=5mW", "static_power=1mW",
    "buffer.compression={I: 1.5}", "buffer.energy={read: 1pJ/bit, write: 4pJ/bit}"};
  struct fixture f;
  read_text(&f, machine, set, sizeof set / sizeof set[0]);
  CU_ASSERT_PTR_NOT_NULL_FATAL(f.arch);
  const struct reuse_engine *e = f.arch->engine;
  CU_ASSERT_DOUBLE_EQUAL(f.arch->volt.value, 0.82, 1e-15);
  CU_ASSERT_DOUBLE_EQUAL(f.arch->zeros[REUSE_I].value, 0.5, 0);
  CU_ASSERT_DOUBLE_EQUAL(f.arch->zeros[REUSE_W].value, 0.25, 0);
  CU_ASSERT_EQUAL(e->gate, REUSE_BIT(REUSE_I));
  CU_ASSERT_EQUAL(e->skip, REUSE_BIT(REUSE_W));
  CU_ASSERT_DOUBLE_EQUAL(e->level[1].compression[REUSE_I].value, 1.5, 0);
  CU_ASSERT_DOUBLE_EQUAL(f.arch->levels_mw, 5 + 6 * 2, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(reuse__static_mw(f.arch), 0.82 * 18, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(reuse__level_read_pj_per_bit(f.arch, &e->level[0]), 70, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(reuse__level_read_pj_per_bit(f.arch, &e->level[1]), 0.6724, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(reuse__level_write_pj_per_bit(f.arch, &e->level[1]), 4 * 0.6724,
                         1e-12);
  CU_ASSERT_DOUBLE_EQUAL(reuse__mac_pj(f.arch, e), 0.6724 * 0.545, 1e-12);
  done(&f);
}

/* Another memory multiplies what SRAM of the size has; its static power is that of SRAM
 * times its own ratio, unless the level states one.  Hops by the technology. */
static void memories(void) {
  static const char *const set[] = {"buffer.memory=stt-mram", "buffer.hop_energy=technology",
                                    "buffer.tile_cycles={W: 3cycles}",
                                    "DRAM.tile_bytes={W: 1KiB}"};
  static const char *const own[] = {"buffer.memory=stt-mram", "buffer.static_power=2mW"};
  static const char *const dram[] = {"DRAM.memory=sram"};
  static const char *const unknown[] = {"buffer.memory=mram"};
  struct fixture f, g;
  read_text(&f, machine, NULL, 0);
  read_text(&g, machine, set, sizeof set / sizeof set[0]);
  CU_ASSERT_FATAL(f.arch && g.arch);
  const struct reuse_level *sram = &f.arch->engine->level[1];
  const struct reuse_level *level = &g.arch->engine->level[1];
  const double kib = level->size_bytes.value / 1024;
  CU_ASSERT_DOUBLE_EQUAL(reuse__level_read_pj_per_bit(g.arch, level),
                         2.08 * reuse__level_read_pj_per_bit(f.arch, sram), 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(reuse__level_write_pj_per_bit(g.arch, level),
                         7.5 * reuse__level_write_pj_per_bit(f.arch, sram), 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(f.arch->levels_mw, 0, 0);
  CU_ASSERT_DOUBLE_EQUAL(g.arch->levels_mw, 0.165 * kib * 0.0913, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(reuse__level_hop_pj_per_bit(g.arch, level), 0.25, 0);
  CU_ASSERT_DOUBLE_EQUAL(level->tile_cycles[REUSE_W].value, 3, 0);
  CU_ASSERT_DOUBLE_EQUAL(g.arch->engine->level[0].tile_bytes[REUSE_W].value, 1024, 0);
  done(&g);
  read_text(&g, machine, own, 2);
  CU_ASSERT_DOUBLE_EQUAL(g.arch ? g.arch->levels_mw : 0, 2, 0);
  done(&g);
  read_text(&g, machine, dram, 1);
  CU_ASSERT_PTR_NULL(g.arch);
  CU_ASSERT_PTR_NOT_NULL(strstr(g.heard.text, "'memory' on a level of kind dram"));
  done(&g);
  read_text(&g, machine, unknown, 1);
  CU_ASSERT_PTR_NULL(g.arch);
  CU_ASSERT_PTR_NOT_NULL(strstr(g.heard.text, "has no memory 'mram'"));
  done(&g);
  done(&f);
}

/* A MAC goes with the geometric mean of its widths: 16 by 1 bits is 4, below the table,
 * on the line through 0.545 pJ at 8 bits and 2 pJ at 16. */
static void binary_weights(void) {
  static const char *const set[] = {"precision.I=16", "precision.W=1"};
  struct fixture f;
  read_text(&f, machine, set, 2);
  CU_ASSERT_PTR_NOT_NULL_FATAL(f.arch);
  CU_ASSERT_DOUBLE_EQUAL(reuse__mac_pj(f.arch, f.arch->engine), 0.545 * 0.545 / 2, 1e-12);
  done(&f);
}

int register_arch_tests(void) {
  CU_pSuite s = CU_add_suite("arch", NULL, NULL);
  if (!s || !CU_add_test(s, "shipped models", shipped_models) ||
      !CU_add_test(s, "small machine", small_machine) ||
      !CU_add_test(s, "overrides", overrides) ||
      !CU_add_test(s, "inheritance", inheritance) ||
      !CU_add_test(s, "changes to a base", changes) ||
      !CU_add_test(s, "bad changes", bad_changes) ||
      !CU_add_test(s, "example of the manual", manual) ||
      !CU_add_test(s, "bad files", bad_files) ||
      !CU_add_test(s, "missing file", missing_file) ||
      !CU_add_test(s, "interpolation", interpolation) ||
      !CU_add_test(s, "extrapolation", extrapolation) ||
      !CU_add_test(s, "scaled energy", scaled_energy) ||
      !CU_add_test(s, "techniques", techniques) || !CU_add_test(s, "ranges", ranges) ||
      !CU_add_test(s, "memories", memories) ||
      !CU_add_test(s, "binary weights", binary_weights))
    return -1;
  return 0;
}
