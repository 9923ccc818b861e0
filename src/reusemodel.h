/* reusemodel - analytical energy and performance model for DNN accelerators
 *
 * Copyright (C) 2026 the reusemodel authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Public interface of the library.  One direction of data:
 *
 *   network, arch -> mapping (a loop nest) -> counts -> time, energy -> results
 *
 * The library never prints, exits, aborts or reads the environment.  Messages
 * go to a caller-supplied sink.  Counts are checked 64-bit integers; energies
 * and times are doubles.  Units are part of the names.
 */
#ifndef REUSEMODEL_H
#define REUSEMODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- status and diagnostics -------------------------------------------- */

enum reuse_status {
  REUSE_OK = 0,
  REUSE_ERR_INPUT,      /* a file or a value is wrong; the sink has been told */
  REUSE_ERR_NO_MAPPING, /* the machine has no legal mapping for the layer */
  REUSE_ERR_OVERFLOW,   /* a count does not fit in 63 bits */
  REUSE_ERR_LIMIT,      /* a documented limit of the program is exceeded */
  REUSE_ERR_MEMORY,     /* out of memory */
  REUSE_ERR_IO          /* reading or writing failed; the sink has been told */
};

/* A short English description of STATUS; static storage. */
const char *reuse_status_text(enum reuse_status status);

enum reuse_severity { REUSE_NOTE, REUSE_WARNING, REUSE_ERROR };

/* One message.  file, source_line and hint may be NULL; line and column are
 * 1-based, 0 when unknown.  Valid only during the call of the sink. */
struct reuse_message {
  enum reuse_severity severity;
  const char *file;
  int line, column;
  const char *source_line;
  const char *text;
  const char *hint;
};

/* A sink of messages; caller-owned, zero-initialise errors and warnings. */
struct reuse_diag {
  void (*sink)(void *context, const struct reuse_message *message);
  void *context;
  int errors, warnings;
};

/* Memory of parsed inputs: freed as a whole. */
struct reuse_arena;
struct reuse_arena *reuse_arena_new(void);            /* gives; NULL: no memory */
void reuse_arena_free(struct reuse_arena *arena);     /* takes; NULL allowed */

/* ---- the problem: dims and tensors ------------------------------------- */

/* Convolution dims: batch, groups, output channels per group, input channels
 * per group, output height and width, filter height and width. */
enum reuse_dim {
  REUSE_N, REUSE_G, REUSE_K, REUSE_C, REUSE_P, REUSE_Q, REUSE_R, REUSE_S,
  REUSE_DIMS
};
extern const char reuse_dim_letter[REUSE_DIMS + 1]; /* "NGKCPQRS" */

enum reuse_tensor { REUSE_I, REUSE_W, REUSE_O, REUSE_TENSORS };
extern const char reuse_tensor_letter[REUSE_TENSORS + 1]; /* "IWO" */

#define REUSE_BIT(x) (1u << (x))
#define REUSE_ALL_TENSORS (REUSE_BIT(REUSE_I) | REUSE_BIT(REUSE_W) | REUSE_BIT(REUSE_O))

/* A layer as a perfectly nested affine loop.
 *   W: g k c r s    O: n g k p q
 *   I: n g c  h = p*stride[0] + r*dilation[0] - pad[0]
 *             w = q*stride[1] + s*dilation[1] - pad[1]
 * Elements outside [0, input[i]) do not exist; input[i] == 0 means that the
 * input is as large as the loops touch, beginning at -pad (nothing clipped). */
struct reuse_problem {
  int64_t extent[REUSE_DIMS];
  int64_t stride[2], dilation[2]; /* height, width; >= 1 */
  int64_t pad[2];                 /* top, left; >= 0 */
  int64_t input[2];               /* H, W; 0: no clipping */
  unsigned tensors;               /* mask of REUSE_BIT(tensor) that exist */
};

/* ---- the mapping: a loop nest ------------------------------------------ */

enum { REUSE_MAX_LEVELS = 12, REUSE_MAX_LOOPS = 72, REUSE_NAME = 32 };

/* DIM/STEP, or a flattened group [D1,D2,..]/STEP (row-major, last fastest). */
struct reuse_loop {
  uint8_t ndims;                /* 1: plain; more: flattened */
  uint8_t dim[REUSE_DIMS];
  bool spatial;
  int64_t step;                 /* >= 1; a step above the range means one chunk */
};

enum reuse_network {
  REUSE_MULTICAST,  /* I, W: a word several children receive is read once */
  REUSE_UNICAST,    /* I, W: every delivery is a read */
  REUSE_REDUCE,     /* O: partial sums of children are merged on the way */
  REUSE_ACCUMULATE  /* O: every child's partial sum is added in the parent */
};

/* A level of a nest.  Its loops are nest->loop[first_loop .. first_loop +
 * nloops), temporal ones before spatial ones.  The last level is the MACs: it
 * has no loops and keeps nothing; latch is the mask of tensors it holds from
 * one step to the next. */
struct reuse_nest_level {
  char name[REUSE_NAME];
  unsigned keeps;               /* mask; ignored for the MACs */
  unsigned latch;               /* mask; MACs only */
  bool im2col;                  /* levels inside this one see the expanded input */
  uint8_t network[REUSE_TENSORS]; /* enum reuse_network, links to the children */
  int first_loop, nloops;
};

struct reuse_nest {
  int nlevels;                  /* memories and, last, the MACs */
  int nloops;
  int64_t block[REUSE_DIMS];    /* blocked extents (0 or 1: none) */
  struct reuse_nest_level level[REUSE_MAX_LEVELS];
  struct reuse_loop loop[REUSE_MAX_LOOPS];
};

/* ---- access counts ----------------------------------------------------- */

/* Words, per level and tensor; doc/MODEL.md, "Counts". */
struct reuse_traffic {
  int64_t loads;       /* words that arrive from the parent, all instances */
  int64_t serves;      /* words read to supply the children */
  int64_t updates;     /* output words that children write into the level */
  int64_t drains;      /* output words read out towards the parent */
  int64_t deliveries;  /* words that links from this level to its children carry
                          to (I, W, returning O) and from (O) the children, each
                          child's counted */
  int64_t tile;        /* words of the largest tile of one instance, at most */
  int64_t fills;       /* how often the tile comes anew; 0: the machine does not care */
};

struct reuse_counts {
  int64_t macs;            /* points of the iteration space */
  int64_t effective_macs;  /* those whose input element exists */
  int64_t steps;           /* steps of the MACs */
  int64_t instances;       /* MAC instances that the spatial loops use */
  int64_t level_steps[REUSE_MAX_LEVELS];     /* steps of each level */
  int64_t level_instances[REUSE_MAX_LEVELS]; /* instances of each level */
  double paced_steps;      /* steps of the MACs, with those that they wait for the array to
                              change tiles; 0: they do not wait */
  double fed_steps;        /* with those that they wait for tiles to be read */
  bool partial[REUSE_MAX_LEVELS]; /* O words that arrive at the level from its
                                     children are partial sums */
  struct reuse_traffic at[REUSE_MAX_LEVELS][REUSE_TENSORS];
};

/* Whether NEST is a legal nest of PROBLEM: steps >= 1, ranges that come down to
 * one point, temporal before spatial, flattened groups used consistently,
 * every existing tensor kept somewhere, blocked dims first in their groups.
 * On failure *why (if not NULL) points to a static explanation and *loop (if
 * not NULL) is the offending loop's index or -1. */
enum reuse_status reuse_nest_check(const struct reuse_problem *problem,
                                   const struct reuse_nest *nest,
                                   const char **why, int *loop);

/* The exact counts of a legal nest, by the closed form of doc/MODEL.md.
 * Errors: REUSE_ERR_INPUT (reuse_nest_check fails), REUSE_ERR_OVERFLOW,
 * REUSE_ERR_LIMIT.  Allocates nothing. */
enum reuse_status reuse_count(const struct reuse_problem *problem,
                              const struct reuse_nest *nest,
                              struct reuse_counts *counts);

/* Number of elements of TENSOR that PROBLEM touches (compulsory words). */
int64_t reuse_tensor_words(const struct reuse_problem *problem,
                           enum reuse_tensor tensor);

/* Reads a nest file (reusemodel-nest(5)).  Checks it with reuse_nest_check. */
enum reuse_status reuse_nest_read(const char *path, struct reuse_problem *problem,
                                  struct reuse_nest *nest, struct reuse_diag *diag);

/* ---- networks ---------------------------------------------------------- */

enum reuse_layer_type {
  REUSE_CONV, REUSE_GCONV, REUSE_DWCONV, REUSE_PWCONV, REUSE_FC, REUSE_MATMUL,
  REUSE_POOL, REUSE_ELTWISE, REUSE_LAYER_TYPES
};
extern const char *const reuse_layer_type_name[REUSE_LAYER_TYPES];
/* "conv" "gconv" "dwconv" "pwconv" "fc" "matmul" "pool" "eltwise" */

enum reuse_operand { REUSE_WEIGHTS, REUSE_TIED, REUSE_ACTIVATIONS };

struct reuse_layer {
  const char *name;
  enum reuse_layer_type type;
  enum reuse_operand operand;   /* what W holds */
  bool serial;                  /* the N rows must run one after another */
  struct reuse_problem problem; /* tensors lacks W for pool and eltwise */
  int64_t macs;                 /* 0 for pool and eltwise */
  int64_t weights, bias, norm;  /* parameters */
  int line;                     /* in the network file */
};

struct reuse_network_table {    /* a network */
  const char *name, *title, *source, *path;
  int nlayers;
  const struct reuse_layer *layer;
  int64_t macs, params;         /* sums, equal to those the file states */
  int64_t other_params;         /* embeddings, positions: stated in the file */
};

/* Reads a network file (reusemodel-network(5)) into ARENA. */
enum reuse_status reuse_network_read(const char *path, struct reuse_arena *arena,
                                     const struct reuse_network_table **network,
                                     struct reuse_diag *diag);

/* LAYER with batch BATCH: N multiplied, or G for products of activations. */
enum reuse_status reuse_layer_batch(const struct reuse_layer *layer, int64_t batch,
                                    struct reuse_layer *result);

/* ---- architectures ----------------------------------------------------- */

/* Where a figure comes from. */
enum reuse_tag {
  REUSE_UNTAGGED, REUSE_FOUND, REUSE_DERIVED, REUSE_RECALLED, REUSE_ASSUMED,
  REUSE_INFERRED, REUSE_FITTED, REUSE_TAGS
};
extern const char *const reuse_tag_name[REUSE_TAGS];

/* A figure with its provenance, written "VALUE UNIT (TAG SOURCE; NOTE)". */
struct reuse_quantity {
  double value;                 /* in the unit that the field's name states */
  bool given;                   /* false: absent from the file */
  enum reuse_tag tag;
  const char *source, *note;    /* may be NULL */
  const char *text;             /* value and unit as written */
};

enum reuse_memory_kind { REUSE_DRAM, REUSE_SRAM, REUSE_REGISTER };

enum reuse_rate_unit { REUSE_BYTES_PER_SECOND, REUSE_BYTES_PER_CYCLE, REUSE_WORDS_PER_CYCLE };
struct reuse_rate { struct reuse_quantity q; enum reuse_rate_unit unit; };

enum { REUSE_MAX_AXES = 4, REUSE_MAX_RULES = 12 };

struct reuse_axis { const char *name; int64_t size; };

/* A memory level of an architecture. Bandwidths are those of one instance. */
struct reuse_level {
  const char *name;
  enum reuse_memory_kind kind;
  const char *dram;                             /* DRAM type of the technology */
  const struct reuse_memory *memory;            /* what an SRAM is made of, or NULL */
  unsigned keeps;
  unsigned bypass;              /* of these, tensors that a mapping may leave out */
  struct reuse_quantity size_bytes;             /* shared by the kept tensors */
  struct reuse_quantity tensor_bytes[REUSE_TENSORS]; /* or split */
  bool double_buffered;         /* usable size is half; transfers overlap */
  bool streams;                 /* transfers overlap with the whole size in use */
  struct reuse_rate bandwidth;                  /* reads and writes together */
  struct reuse_rate read_bandwidth, write_bandwidth;
  struct reuse_rate tensor_bandwidth[REUSE_TENSORS]; /* path to the children */
  struct reuse_quantity read_pj_per_bit, write_pj_per_bit; /* else technology */
  struct reuse_quantity hop_pj_per_bit;         /* links to the children */
  struct reuse_quantity compression[REUSE_TENSORS]; /* words over stored, default 1 */
  struct reuse_quantity tile_cycles[REUSE_TENSORS]; /* to change a tile, however full */
  struct reuse_quantity tile_bytes[REUSE_TENSORS];  /* read, at least, for a child's tile */
  struct reuse_rate ramp_up[REUSE_TENSORS];     /* of a tile that comes before it is used */
  struct reuse_quantity static_mw;              /* of one instance, beside the machine's */
  uint8_t network[REUSE_TENSORS];
  int naxes;                                    /* array of children */
  struct reuse_axis axis[REUSE_MAX_AXES];
};

/* A loop that a dataflow allows: a dim or a flattened group. */
struct reuse_loop_rule {
  uint8_t ndims;
  uint8_t dim[REUSE_DIMS];
  int64_t step;                 /* forced step, 0: free */
};

struct reuse_temporal_rules {   /* of one level */
  bool any_order;               /* else the listed order, outermost first */
  int n;
  struct reuse_loop_rule rule[REUSE_MAX_RULES];
};

struct reuse_spatial_rule {
  struct reuse_loop_rule loop;
  int level;                    /* index in the engine's list of levels */
  unsigned axes;                /* mask of the level's axes that it occupies */
  int64_t max;                  /* largest fan-out, 0: the axis' size */
  bool input_span;              /* chunks lie a stride apart on the axis */
  bool phases;                  /* max is for stride 1: so many for each phase of it */
};

struct reuse_spatial_variant {
  const char *name;             /* NULL when there is only one */
  int n;
  const struct reuse_spatial_rule *rule;
};

struct reuse_dataflow {
  const char *name, *note;
  unsigned layers;              /* mask of REUSE_BIT(layer type) */
  int im2col_level;             /* -1: direct */
  const struct reuse_temporal_rules *temporal; /* one per level of the engine */
  int nvariants;
  const struct reuse_spatial_variant *variant;
};

/* Levels of an engine: the machine's shared ones, then its own. */
struct reuse_engine {
  const char *name;
  unsigned layers;              /* layer types it can run */
  int nlevels;
  const struct reuse_level *level;
  unsigned latch;               /* tensors the MACs hold */
  int64_t block[REUSE_DIMS];
  int64_t macs;                 /* MAC units: product of all axes */
  struct reuse_quantity mac_pj; /* else technology */
  unsigned gate, skip;          /* tensors whose zeros save energy; energy and time */
  struct reuse_quantity macs_per_cycle_scale; /* rate at these precisions, default 1 */
  struct reuse_quantity sum_cycles;           /* of a unit for a sum from outside */
  struct reuse_quantity fill_cycles;          /* fill and drain of the array */
  int fill_level;               /* paid at each step of this level; -1: once a layer */
  int ndataflows;
  const struct reuse_dataflow *dataflow;
};

struct reuse_source { const char *key, *text; };

/* The least and the most that sources have for a figure; where only one is known,
 * neither is given. */
struct reuse_range { struct reuse_quantity low, high; };

/* A memory in the place of an SRAM of the same size: its energies and static power over
 * those of the SRAM. */
struct reuse_memory {
  const char *name;
  struct reuse_quantity read, write, leak;
  struct reuse_range read_range, write_range, leak_range;
};

struct reuse_technology {
  const char *name, *title, *path;
  int nsources; const struct reuse_source *source;
  int nsram; const double *sram_bytes; const struct reuse_quantity *sram_pj_per_bit;
  const struct reuse_range *sram_range;
  int nregister; const double *register_bytes;
  const struct reuse_quantity *register_pj_per_bit;
  const struct reuse_range *register_range;
  int ndram; const char *const *dram_name; const struct reuse_quantity *dram_pj_per_bit;
  const struct reuse_range *dram_range;
  int nmac; const double *mac_bits; const struct reuse_quantity *mac_pj;
  const struct reuse_range *mac_range;
  struct reuse_quantity hop_pj_per_bit; /* to a neighbour; absent: not known */
  struct reuse_range hop_range;
  struct reuse_quantity leak_mw;        /* static power of a KiB of SRAM */
  struct reuse_range leak_range;
  int nmemories; const struct reuse_memory *memory;
};

struct reuse_arch {
  const char *name, *title, *path;
  int nsources; const struct reuse_source *source;
  int nassumptions; const char *const *assumption;
  struct reuse_quantity clock_hz;
  struct reuse_quantity bits[REUSE_TENSORS], psum_bits;
  struct reuse_quantity static_mw;
  struct reuse_quantity energy_scale;   /* node scaling of on-chip energies */
  struct reuse_quantity volt, nominal_volt; /* on chip; energies are at the nominal one */
  struct reuse_quantity zeros[REUSE_TENSORS]; /* share of words that are 0; not of O */
  double levels_mw;                     /* static power of all instances of levels */
  const struct reuse_technology *technology;
  int nshared;                          /* levels shared by the engines */
  int nengines;
  const struct reuse_engine *engine;
  /* MACs per word deliverable, by operand: the "required reuse" of the array */
  struct reuse_quantity required_reuse[REUSE_TENSORS];
};

/* Reads an architecture file (reusemodel-arch(5)) into ARENA.  TECH_DIR is where
 * a technology named without a slash is looked up (tech/NAME.yaml below it),
 * as are base: files.  OVERRIDES are NOVERRIDES strings "level.key=value" or
 * "key=value" that replace scalars of the file before it is checked. */
enum reuse_status reuse_arch_read(const char *path, const char *model_dir,
                                  const char *const *overrides, int noverrides,
                                  struct reuse_arena *arena,
                                  const struct reuse_arch **arch,
                                  struct reuse_diag *diag);

/* ---- evaluation -------------------------------------------------------- */

/* A mapping on a machine. */
struct reuse_mapping {
  int engine, dataflow, variant;
  struct reuse_nest nest;
};

struct reuse_level_cost {
  double read_bytes[REUSE_TENSORS], write_bytes[REUSE_TENSORS]; /* all instances */
  double energy_pj[REUSE_TENSORS];
  double hop_energy_pj[REUSE_TENSORS];
  double cycles;                /* to move the words, 0 without a bandwidth */
  int bound_tensor;             /* the tensor that decides cycles, -1: all */
};

/* What one layer costs on one machine with one mapping. */
struct reuse_evaluation {
  struct reuse_counts counts;
  int nlevels;                  /* memories, without the MACs */
  struct reuse_level_cost level[REUSE_MAX_LEVELS];
  double compute_cycles;        /* steps over the rate */
  double fill_cycles;           /* exposed fill and drain, ramp-up, sums from outside */
  double cycles;                /* all, with transfers */
  double time_s;
  int bound_level;              /* -1: compute */
  int bound_tensor;             /* -1: all tensors of the level */
  double utilization;           /* MACs over peak MACs in the time */
  double spatial_utilization;   /* mapping and edges */
  double fill_efficiency;       /* compute over compute and fill */
  double stall_efficiency;      /* compute and fill over all cycles */
  double mac_energy_pj, static_energy_pj, energy_pj;
};

/* Time and energy of LAYER under MAPPING on ARCH; doc/MODEL.md, "Time", "Energy". */
enum reuse_status reuse_evaluate(const struct reuse_arch *arch,
                                 const struct reuse_layer *layer,
                                 const struct reuse_mapping *mapping,
                                 struct reuse_evaluation *result);

/* Whether every tile of MAPPING fits its level and every fan-out its axis. */
bool reuse_mapping_fits(const struct reuse_arch *arch,
                        const struct reuse_mapping *mapping,
                        const struct reuse_counts *counts);

/* Lower bounds on the words that LAYER moves between the DRAM of ARCH and its chip,
 * under any mapping on any engine; doc/MODEL.md, "DRAM bounds". */
struct reuse_dram_bounds {
  int64_t compulsory;           /* the words of the tensors that have DRAM as source */
  int64_t bound;                /* at least these; more where the chip holds too little */
  double storage_words;         /* what the chip holds of them at once at most; may be
                                   INFINITY */
};
/* Errors: REUSE_ERR_NO_MAPPING (no engine runs the layer's type). */
enum reuse_status reuse_dram_bounds(const struct reuse_arch *arch,
                                    const struct reuse_layer *layer,
                                    struct reuse_dram_bounds *bounds);

/* ---- mapper ------------------------------------------------------------ */

enum reuse_objective { REUSE_EDP, REUSE_ENERGY, REUSE_LATENCY, REUSE_DRAM_WORDS,
                       REUSE_WEIGHTED, REUSE_OBJECTIVES };
extern const char *const reuse_objective_name[REUSE_OBJECTIVES];
/* "edp" "energy" "latency" "dram" "weighted" */

struct reuse_search {
  enum reuse_objective objective;
  /* REUSE_WEIGHTED: pJ, cycles and DRAM words times these, added up */
  double energy_weight, latency_weight, dram_weight;
  const char *dataflow;         /* only this one, for layer types that have it; NULL: all */
  int64_t max_evaluations;      /* of bounds and mappings; 0: no limit */
  double max_seconds;           /* 0: no limit; with one, results depend on the machine */
  bool any_tie;                 /* any mapping of the best value will do */
  bool complete;                /* every step and every order to the end of the budget, not the
                                   usual ones where that does not end soon */
  bool exhaustive;              /* evaluate every mapping, for checking */
  bool cold_start;              /* without a heuristic first mapping, or a first look at every
                                   step, for checking */
};

/* What a search has shown about the objective's value of its result, or that there is
 * none. */
struct reuse_proof {
  bool optimal;                 /* no mapping of the space, with the steps that the search
                                   looks at, has a better value; a search that was stopped may
                                   have left out one that wins a tie */
  bool usual_optimal;           /* the same with the usual steps (doc/MODEL.md, "Steps") */
  bool every_step;              /* the search looked at every step of every loop, or bounded it;
                                   else at the usual ones */
  bool stopped;                 /* its budget ran out before its end */
  double lower_bound;           /* no value of these mappings is below this */
  double least_pj, least_cycles; /* of a front: none takes less energy, or fewer cycles */
  int64_t evaluations;          /* bounds and mappings evaluated */
  double found_s, end_s;        /* when the result was found, and the search was over; of
                                   the clock, so not the same each time */
};

/* Finds the best legal mapping of LAYER on ARCH under the objective; among equals that
 * with less energy, then fewer cycles, then fewer DRAM words, then the first met.  A
 * search that its limits stop returns the best mapping met.  Deterministic unless
 * max_seconds is set.  PROOF may be NULL.  Errors: REUSE_ERR_NO_MAPPING,
 * REUSE_ERR_MEMORY; REUSE_ERR_LIMIT or REUSE_ERR_OVERFLOW when no mapping that was
 * met could be counted. */
enum reuse_status reuse_map(const struct reuse_arch *arch,
                            const struct reuse_layer *layer,
                            const struct reuse_search *search,
                            struct reuse_mapping *mapping,
                            struct reuse_evaluation *evaluation,
                            struct reuse_proof *proof);

/* A mapping and what it costs. */
struct reuse_point {
  struct reuse_mapping mapping;
  struct reuse_evaluation evaluation;
};

/* Finds the front of energy and cycles: mappings such that none has both less energy (or as
 * much) and fewer cycles (or as many), ordered by energy.  Their number goes to *N, at most
 * MAX; the objective of SEARCH is ignored.  PROOF (may be NULL) is optimal when the front is
 * exact; its lower_bound is 0, and so are the least energy and cycles if nothing is known of
 * them.  Errors: those of reuse_map; REUSE_ERR_LIMIT when the front
 * has more than MAX points. */
enum reuse_status reuse_pareto(const struct reuse_arch *arch,
                               const struct reuse_layer *layer,
                               const struct reuse_search *search,
                               struct reuse_point *point, int max, int *n,
                               struct reuse_proof *proof);

/* ---- reuse ------------------------------------------------------------- */

/* Operations per word of each tensor (MACs over words), exact and by the
 * textbook closed forms HoWo, HfWfCo/s^2, HfWfCi. */
struct reuse_layer_reuse {
  int64_t words[REUSE_TENSORS];
  double exact[REUSE_TENSORS], closed_form[REUSE_TENSORS];
};
void reuse_layer_reuse(const struct reuse_layer *layer, struct reuse_layer_reuse *reuse);

#ifdef __cplusplus
}
#endif
#endif
