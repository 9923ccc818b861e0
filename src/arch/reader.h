/* What the parts of the reader of machines and technologies share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_ARCH_READER_H
#define REUSE_ARCH_READER_H

#include "base/yaml.h"
#include "reusemodel.h"

/* Largest sizes, rates, energies and counts that a file may state. */
#define REUSE__MAX_BYTES 1e15
#define REUSE__MAX_PJ 1e9
enum { REUSE__MAX_AXIS = 1 << 20, REUSE__MAX_TABLE = 64 };

struct reuse__reader {
  struct reuse__yaml *yaml;
  int nsources;
  const struct reuse_source *source;
};

/* Reads the mapping of source keys to texts NODE, which may be NULL. */
bool reuse__read_sources(struct reuse__reader *reader,
                         const struct reuse__node *node);

/* As reuse__get_quantity and reuse__get_rate; the source must be known. */
bool reuse__read_quantity(struct reuse__reader *reader,
                          const struct reuse__node *node, const char *what,
                          enum reuse__unit_kind kind, double min, double max,
                          struct reuse_quantity *value);
bool reuse__read_rate(struct reuse__reader *reader, const struct reuse__node *node,
                      const char *what, struct reuse_rate *value);

/* N zeroed elements of SIZE bytes; NULL: no memory, reported. */
void *reuse__read_alloc(struct reuse__reader *reader, int n, size_t size);

/* A name of letters, digits, '-' and '_', shorter than REUSE_NAME. */
bool reuse__read_name(struct reuse__reader *reader, const struct reuse__node *node,
                      const char *what, const char **value);

/* The technology that NODE names: tech/NAME.yaml below MODEL_DIR, or a path when
 * it has a slash. */
bool reuse__read_technology(struct reuse__yaml *yaml,
                            const struct reuse__node *node, const char *model_dir,
                            const struct reuse_technology **technology);

/* The file that NODE names: DIR/SUBDIR NAME.yaml, or a path when it has a slash;
 * NULL after a fault.  WHAT names its kind in messages. */
const char *reuse__read_path(struct reuse__yaml *yaml,
                             const struct reuse__node *node, const char *what,
                             const char *dir, const char *subdir);

/* The levels of the sequence NODE into level[FIRST .. FIRST + n); names must
 * differ from those of level[0 .. FIRST). */
bool reuse__read_levels(struct reuse__reader *reader, const struct reuse__node *node,
                        struct reuse_level *level, int first);

/* Fills in the energies of LEVEL that it leaves to the technology of ARCH. */
bool reuse__resolve_energy(struct reuse__reader *reader,
                           const struct reuse_arch *arch,
                           const struct reuse__node *node,
                           struct reuse_level *level);

/* The engine of mapping NODE; its levels are copies of ARCH's NSHARED ones at
 * SHARED, then its own. */
bool reuse__read_engine(struct reuse__reader *reader, const struct reuse__node *node,
                        const struct reuse_arch *arch,
                        const struct reuse_level *shared,
                        struct reuse_engine *engine);

/* The dataflow of mapping NODE on ENGINE, whose levels and layers are known. */
bool reuse__read_dataflow(struct reuse__reader *reader,
                          const struct reuse__node *node,
                          const struct reuse_engine *engine,
                          struct reuse_dataflow *dataflow);

/* A loop rule: "Q", "Q/16" or "[C,R,S]/256". */
bool reuse__read_loop(struct reuse__reader *reader, const struct reuse__node *node,
                      struct reuse_loop_rule *rule);

/* Whether A and B name the same dims in the same order. */
bool reuse__same_dims(const struct reuse_loop_rule *a,
                      const struct reuse_loop_rule *b);

/* Whether every variant of DATAFLOW can bring every dim down to one point and
 * splits flattened groups by loops of the same group only. */
bool reuse__check_loops(struct reuse__reader *reader, const struct reuse__node *node,
                        const struct reuse_engine *engine,
                        const struct reuse_dataflow *dataflow);

#endif
