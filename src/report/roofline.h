/* The figure of a roofline: what is drawn, and where.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   run -> reuse__roofline_build -> reuse__roofline_place -> script of gnuplot
 *
 * Performance is in Gop/s, an operation being half a MAC; intensity in
 * operations per byte.  Places on the page are in units of 0.7 points (x to the
 * right, y down); the plots' template uses the same page.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_REPORT_ROOFLINE_H
#define REUSE_REPORT_ROOFLINE_H

#include "run/run.h"

enum { REUSE__LABEL = 120, REUSE__MAX_ROOFS = REUSE_MAX_LEVELS };

/* Layers of one type that are drawn as one. */
struct reuse__mark {
  enum reuse_layer_type type;
  int nlayers;
  int first, next;            /* the rows, linked through roofline->next_row */
  double ops, time_s, dram_bytes, buffer_bytes;
  double x, y;                /* ops per DRAM byte, Gop/s */
  double buffer_x;            /* ops per byte of the buffer, 0 without one */
  double radius;              /* points, of a disc of the mark's area */
  char label[REUSE__LABEL];
  bool labelled;
  double label_x, label_y;    /* centre, points */
  bool leader;                /* a line from the mark to its label */
};

/* A bandwidth of the machine. */
struct reuse__roof {
  const char *name;           /* of the level */
  double gb_per_s;
  bool dram;
  char label[REUSE__LABEL];
  bool labelled;
  double label_x, label_y;    /* beginning of the text, points */
};

/* A limit of performance: a peak, or what a mapping can reach. */
struct reuse__ceiling {
  double gops;
  int type;                   /* of the layers that it limits, -1: all */
  char label[REUSE__LABEL], shorter[REUSE__LABEL];
  bool labelled;
  double label_x, label_y;    /* end of the text, points */
};

struct reuse__roofline {
  const struct reuse__run *run;
  int columns;                /* of a page: 1 or 2 */
  double width, height;       /* of the page, and the plot's area on it */
  double left, right, top, bottom;
  double total_s;
  double xmin, xmax, ymin, ymax;
  double points_per_share;    /* radius squared over share of time */
  int nroofs, nceilings, nmarks;
  struct reuse__roof roof[REUSE__MAX_ROOFS];
  struct reuse__ceiling ceiling[3]; /* the peak, a second engine's, a mapping's */
  struct reuse__mark *mark;   /* the largest first */
  int *next_row;              /* by row: the next of the same mark, -1: none */
};

/* Bytes per second of all instances of LEVEL of ENGINE, all that is stated for
 * reads, writes and tensors together; 0 without a bandwidth. */
double reuse__level_bandwidth(const struct reuse_arch *arch,
                              const struct reuse_engine *engine, int level);

/* The best spatial use of the peak that layers of TYPE reach, in Gop/s; 0 when
 * there are none. */
double reuse__mapping_ceiling(const struct reuse__run *run, int type);

/* Points of a unit of the page. */
extern const double reuse__unit;

/* What is drawn for RUN on COLUMNS columns below a head HEAD units high.  False: no
 * memory.  Without a layer that does operations nmarks is 0. */
bool reuse__roofline_build(const struct reuse__run *run, int columns, double head,
                           struct reuse_arena *arena, struct reuse__roofline *roofline);

/* Finds places for the texts at which nothing overlaps; a text without one is
 * not labelled. False: no memory. */
bool reuse__roofline_place(struct reuse__roofline *roofline,
                           struct reuse_arena *arena);

/* Writes the placed ROOFLINE to PATH, FILE.tex, and its marks to FILE.dat; see
 * reuse__figure_latex. */
enum reuse_status reuse__roofline_latex(const struct reuse__roofline *roofline,
                                        const char *title, const char *path,
                                        struct reuse_arena *arena,
                                        struct reuse_diag *diag);

/* The names of a mark's layers with numbers in ranges, "dw1,3,7-11"; what does
 * not fit becomes a count. */
void reuse__roofline_name(const struct reuse__roofline *roofline,
                          const struct reuse__mark *mark,
                          char label[REUSE__LABEL]);

/* Places in the plot's area on the page. */
double reuse__page_x(const struct reuse__roofline *roofline, double x);
double reuse__page_y(const struct reuse__roofline *roofline, double y);
double reuse__data_x(const struct reuse__roofline *roofline, double page_x);
double reuse__data_y(const struct reuse__roofline *roofline, double page_y);

/* Width in points of TEXT in a sans-serif font of SIZE points. */
double reuse__text_width(const char *text, double size);

#endif
