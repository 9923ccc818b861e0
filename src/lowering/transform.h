/* Convolutions in a transform domain: operations, words, the products as a layer.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * doc/MODEL.md, "Transforms". */
#ifndef REUSE_LOWERING_TRANSFORM_H
#define REUSE_LOWERING_TRANSFORM_H

#include "lowering/lowering.h"

/* Operations of Winograd's transforms of one line: F(outputs, taps). */
struct reuse__line {
  int64_t outputs, taps;
  struct reuse_quantity data, filter, inverse;
};

/* The file of lines, data/transforms.yaml. */
struct reuse__lines {
  int n;
  const struct reuse__line *line;
  int nsources;
  const struct reuse_source *source;
};

/* Reads the file PATH into *lines, strings in ARENA; faults are reported. */
enum reuse_status reuse__lines_read(const char *path, struct reuse_arena *arena,
                                    struct reuse__lines *lines, struct reuse_diag *diag);

/* What a tile takes.  By axis: height, width. */
struct reuse__tile {
  enum reuse__lowering kind;    /* REUSE__WINOGRAD or REUSE__FFT */
  int64_t size;                 /* m of F(m, r), or the FFT's points */
  int64_t outputs[2];           /* 1 where the filter has one tap */
  int64_t points[2];            /* outputs + taps - 1 */
  int64_t products;             /* places at which inputs and filters are multiplied */
  int64_t parts;                /* numbers of a value: 1; 2 if it is complex */
  int64_t data_ops, filter_ops, inverse_ops; /* of one tile, one filter */
};

/* Real multiplications of TILE for one input and one output channel. */
int64_t reuse__tile_multiplications(const struct reuse__tile *tile);

/* The tile of the kind and size for a filter of TAPS[0] x TAPS[1].  False: *why is a
 * static text. */
bool reuse__tile_make(enum reuse__lowering kind, int64_t size, const int64_t taps[2],
                      const struct reuse__lines *lines, struct reuse__tile *tile,
                      const char **why);

/* A layer in a transform domain. */
struct reuse__transform {
  struct reuse__tile tile;
  int64_t tiles;                /* in all images, of one channel */
  int64_t input_ops, filter_ops, output_ops;
  int64_t total;                /* these and the multiplications */
  int64_t input_words, output_words;            /* of the layer's tensors */
  int64_t transformed_input_words, transformed_output_words;
  struct reuse_layer products;  /* 1x1 layer, a group for each place of the tile */
};

/* Multiplications and operations of the transforms that run, those of filters not. */
int64_t reuse__transform_work(const struct reuse__transform *transform);

/* LAYER by KIND with tiles of SIZE, 0: the size with the least total, of equal ones the
 * smallest.  Errors: REUSE_ERR_NO_MAPPING (it does not apply; *why is a static text),
 * REUSE_ERR_OVERFLOW. */
enum reuse_status reuse__transform_make(const struct reuse_layer *layer,
                                        enum reuse__lowering kind, int64_t size,
                                        const struct reuse__lines *lines,
                                        struct reuse__transform *transform,
                                        const char **why);

/* The passes of the transforms before and after the products. */
struct reuse__passes {
  double cycles;
  double read_bytes, write_bytes, dram_words;
  double energy_pj;             /* static energy included */
};

/* Adds to RESULT, the products under MAPPING on ARCH, the passes that transform the
 * inputs and the sums. */
void reuse__add_passes(const struct reuse_arch *arch, const struct reuse_mapping *mapping,
                       const struct reuse__transform *transform,
                       struct reuse_evaluation *result, struct reuse__passes *passes);

#endif
