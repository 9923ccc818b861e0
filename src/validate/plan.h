/* The plan of a validation: which figures are compared, with what, how closely.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The plan is data, a YAML file.  It names no formula of the model: a value is
 * what the library computes, picked by a formula (validate/formula.h). */
#ifndef REUSE_VALIDATE_PLAN_H
#define REUSE_VALIDATE_PLAN_H

#include "base/yaml.h"
#include "validate/published.h"

/* Figures: file names, and globs of the other columns; NULL: any. */
struct reuse__selector {
  const char *file, *system, *network, *layer, *metric;
};

enum reuse__closeness { REUSE__RELATIVE, REUSE__ABSOLUTE, REUSE__AT_LEAST, REUSE__AT_MOST };

/* How far a modelled value may be from the figure.  AT_LEAST and AT_MOST are for
 * bounds: the modelled value is no less, no more than the figure. */
struct reuse__tolerance {
  enum reuse__closeness kind;
  double value;
  const char *text;
};

/* What is done with the figures of a selector.  They are compared with formula,
 * or used as input by a file, or not modelled for a reason. */
struct reuse__entry {
  struct reuse__selector which;
  const struct reuse__node *node, *formula;
  const char *variant;         /* what distinguishes it from others; may be NULL */
  struct reuse__tolerance tolerance;
  bool fitted;                 /* the model was fitted to this figure */
  const char *reason;          /* of the tolerance, or why it is not modelled */
  const char *used_by;         /* the file that has it as a parameter */
};

/* A machine on paper, and what the files of figures call it. */
struct reuse__system {
  const char *name;
  int n;
  const char *const *glob;
};

/* A layer table on a machine with a way to map it. */
struct reuse__scenario {
  const char *name, *arch, *net, *layers, *mapping, *dataflow;
  int objective, batch;
  int nset;
  const char **set;
  const struct reuse__node *node;
};

/* What the reader should know of a system: contradictions in the sources, misses. */
struct reuse__remark { const char *system, *text; };

struct reuse__plan {
  struct reuse__yaml yaml;     /* for messages at its nodes */
  int npublished;  const char **published;
  int nsystems;    struct reuse__system *system;
  int nremarks;    struct reuse__remark *remark;
  int nscenarios;  struct reuse__scenario *scenario;
  const struct reuse__node *values; /* named formulas, a mapping or NULL */
  int nentries;    struct reuse__entry *entry;
};

/* Reads the plan PATH into *plan; faults are reported. */
enum reuse_status reuse__plan_read(const char *path, struct reuse_arena *arena,
                                   struct reuse__plan *plan, struct reuse_diag *diag);

/* Whether FIGURE is one that SELECTOR selects. */
bool reuse__selects(const struct reuse__selector *selector,
                    const struct reuse__figure *figure);

/* The name by which PLAN has the system of FIGURE; its own if it has none. */
const char *reuse__system_of(const struct reuse__plan *plan,
                             const struct reuse__figure *figure);

#endif
