/* Why layers of one type use a machine badly, and what would help.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_COMPARE_DEPTHWISE_H
#define REUSE_COMPARE_DEPTHWISE_H

#include "compare/scaled.h"
#include "compare/sum.h"

/* Where the peak goes: shares of what all units could do in the time, whose sum
 * is 1. */
struct reuse__peak {
  double useful;    /* the utilization */
  double mapping;   /* units that the mapping does not use */
  double edges;     /* units that it uses for part of the steps */
  double fill;      /* fill and drain of the array */
  int nstalls;      /* the rest, by what bounds the layers */
  struct reuse__bound_time stall[REUSE__BOUNDS]; /* time_s is a share here; level
                                                    NULL: exposed transfers */
};

/* The peak of ROW of RUN, which must be modelled. */
void reuse__row_peak(const struct reuse__run *run, const struct reuse__row *row,
                     struct reuse__peak *peak);

/* The sum of the stalls. */
double reuse__stalls(const struct reuse__peak *peak);

/* The layers of the type when they are mapped by one dataflow only. */
struct reuse__placement {
  const char *dataflow;
  int chosen;            /* layers that the run maps by it */
  bool possible;         /* all layers can be */
  struct reuse__sum sum;
};

/* The layers of the type, and all layers, with twice a resource or another array. */
struct reuse__remedy {
  enum reuse__resource resource;
  bool limited;          /* the machine states the resource, has such an array, and can
                            map all layers with it; else there are no sums */
  const char *shape;     /* of the array, "" where it stays */
  struct reuse__sum part, all;
};

enum { REUSE__PLACEMENTS = 16 };

struct reuse__type_report {
  const struct reuse__run *run;
  enum reuse_layer_type type;
  struct reuse__sum part, all;   /* of the modelled layers */
  struct reuse__peak peak;       /* of the layers of the type */
  int nplacements;               /* the machine's dataflows for the type */
  struct reuse__placement placement[REUSE__PLACEMENTS];
  struct reuse__remedy remedy[REUSE__RESOURCES];
};

/* Looks into the layers of TYPE of RUN, which OPTIONS made.  Without a modelled
 * layer of the type only part and all are set, the former to nothing.  Errors:
 * those of reuse__run. */
enum reuse_status reuse__type_report(const struct reuse__run *run,
                                     enum reuse_layer_type type,
                                     const struct reuse__run_options *options,
                                     struct reuse_arena *arena,
                                     struct reuse__type_report *report,
                                     struct reuse_diag *diag);

#endif
