/* Loop nests as pseudo-code.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "base/arena.h"
#include "base/checked.h"
#include "mapping/nest_write.h"

enum {
  WIDTH = 80,
  COMMENT_COLUMN = 46,
  MAX_INDENT = 40,
  LINE = 256,
  EXPRESSION = 64
};

/* What an index variable runs over: a dim's or a flattened group's current chunk,
 * from BEGIN to END (expressions) of RANGE points unless it is short. */
struct chunk {
  char begin[16], end[EXPRESSION];
  int64_t range;
};

struct printer {
  const struct reuse_problem *problem;
  const struct reuse_nest *nest;
  FILE *file;
  int depth;
  struct chunk dim[REUSE_DIMS];   /* of plain loops */
  struct chunk group[REUSE_DIMS]; /* of flattened ones, by first dim */
  const struct reuse_loop *flat[REUSE_DIMS]; /* group whose first dim it is */
  char comment[LINE];                        /* waits for the next line */
};

/* Appends to the text in BUFFER what fits. */
static void append(char *buffer, size_t size, const char *format, ...)
    REUSE__PRINTF(3, 4);
static void append(char *buffer, size_t size, const char *format, ...) {
  size_t n = strlen(buffer);
  va_list args;
  va_start(args, format);
  vsnprintf(buffer + n, size - n, format, args);
  va_end(args);
}

static int indent(const struct printer *p) {
  return 2 * p->depth < MAX_INDENT ? 2 * p->depth : MAX_INDENT;
}

/* Writes LINE with the waiting comment, beside it if there is room, else above. */
static void put_line(struct printer *p, const char *line) {
  int n = indent(p) + (int)strlen(line);
  int column = n + 2 > COMMENT_COLUMN ? n + 2 : COMMENT_COLUMN;
  bool beside = *line && column + 2 + (int)strlen(p->comment) <= WIDTH;
  if (*p->comment && !beside)
    fprintf(p->file, "%*s# %s\n", indent(p), "", p->comment);
  if (*p->comment && beside)
    fprintf(p->file, "%*s%-*s# %s\n", indent(p), "", column - indent(p), line,
            p->comment);
  else if (*line)
    fprintf(p->file, "%*s%s\n", indent(p), "", line);
  p->comment[0] = '\0';
}

/* The lower-case letters of the loop's dims. */
static void loop_letters(const struct reuse_loop *l, char *letters) {
  for (int i = 0; i < l->ndims; i++)
    letters[i] = (char)(reuse_dim_letter[l->dim[i]] - 'A' + 'a');
  letters[l->ndims] = '\0';
}

static bool same_dims(const struct reuse_loop *a, const struct reuse_loop *b) {
  return a->ndims == b->ndims && memcmp(a->dim, b->dim, a->ndims) == 0;
}

/* The index variable of loop number AT: its letters, numbered if there are more
 * loops of the same dims. */
static void loop_variable(const struct reuse_nest *nest, int at, char *name,
                          size_t size) {
  char letters[REUSE_DIMS + 1];
  int before = 0, all = 0;
  for (int i = 0; i < nest->nloops; i++)
    if (same_dims(&nest->loop[i], &nest->loop[at])) {
      before += i < at;
      all++;
    }
  loop_letters(&nest->loop[at], letters);
  if (all > 1)
    snprintf(name, size, "%s%d", letters, before);
  else
    snprintf(name, size, "%s", letters);
}

/* The chunk that the loop L walks; a group's first one is made from its dims, its
 * range saturated. */
static struct chunk *loop_chunk(struct printer *p, const struct reuse_loop *l) {
  if (l->ndims == 1)
    return &p->dim[l->dim[0]];
  struct chunk *c = &p->group[l->dim[0]];
  if (p->flat[l->dim[0]])
    return c;
  bool overflow = false;
  p->flat[l->dim[0]] = l;
  c->range = 1;
  for (int i = 0; i < l->ndims; i++)
    c->range = reuse__mul(c->range, p->dim[l->dim[i]].range, &overflow);
  snprintf(c->begin, sizeof c->begin, "0");
  snprintf(c->end, sizeof c->end, "%" PRId64, c->range);
  return c;
}

/* Writes the header of loop number AT and narrows its chunk. */
static void put_loop(struct printer *p, int at) {
  const struct reuse_loop *l = &p->nest->loop[at];
  struct chunk *c = loop_chunk(p, l);
  char name[16], line[LINE] = "", end[EXPRESSION];
  int64_t step = l->step < c->range ? l->step : c->range;
  loop_variable(p->nest, at, name, sizeof name);
  append(line, sizeof line, "%s %s in %s..%s",
         l->spatial ? "parallel-for" : "for", name, c->begin, c->end);
  if (step > 1)
    append(line, sizeof line, " step %" PRId64, step);
  put_line(p, line);
  p->depth++;
  int n = snprintf(end, sizeof end,
                   c->range % step ? "min(%s+%" PRId64 ", %s)" : "%s+%" PRId64,
                   name, step, c->end);
  if (n >= (int)sizeof end)
    snprintf(end, sizeof end, "min(%s+%" PRId64 ", ...)", name, step);
  memcpy(c->begin, name, sizeof c->begin);
  memcpy(c->end, end, sizeof c->end);
  c->range = step;
}

/* Makes the comment on a memory level. */
static void comment_level(struct printer *p, const struct reuse_nest_level *level) {
  const char *colon = ": keeps";
  append(p->comment, sizeof p->comment, "%s", level->name);
  for (int t = 0; t < REUSE_TENSORS && level->keeps != REUSE_ALL_TENSORS; t++)
    if (level->keeps & REUSE_BIT(t)) {
      append(p->comment, sizeof p->comment, "%s %c", colon, reuse_tensor_letter[t]);
      colon = "";
    }
  if (level->im2col)
    append(p->comment, sizeof p->comment, "; im2col inside");
  if (level->network[REUSE_I] == REUSE_UNICAST)
    append(p->comment, sizeof p->comment, "; I unicast");
  if (level->network[REUSE_W] == REUSE_UNICAST)
    append(p->comment, sizeof p->comment, "; W unicast");
  if (level->network[REUSE_O] == REUSE_ACCUMULATE)
    append(p->comment, sizeof p->comment, "; O accumulate");
}

/* The loops of a level, its name beside the first. */
static void put_level(struct printer *p, const struct reuse_nest_level *level) {
  comment_level(p, level);
  if (level->nloops == 0)
    put_line(p, "");
  for (int i = 0; i < level->nloops; i++)
    put_loop(p, level->first_loop + i);
}

/* Writes how the dims follow from the index of each flattened group. */
static void put_unflatten(struct printer *p) {
  for (int first = 0; first < REUSE_DIMS; first++) {
    const struct reuse_loop *l = p->flat[first];
    char line[LINE] = "", names[REUSE_DIMS + 1];
    if (!l)
      continue;
    loop_letters(l, names);
    for (int i = 0; i < l->ndims; i++)
      append(line, sizeof line, "%s%c", i ? ", " : "", names[i]);
    append(line, sizeof line, " = unflatten(%s", p->group[first].begin);
    for (int i = 0; i < l->ndims; i++)
      append(line, sizeof line, ", %s..%s", p->dim[l->dim[i]].begin,
             p->dim[l->dim[i]].end);
    append(line, sizeof line, ")");
    put_line(p, line);
    for (int i = 0; i < l->ndims; i++)
      snprintf(p->dim[l->dim[i]].begin, sizeof p->dim[0].begin, "%c", names[i]);
  }
}

/* Writes e.g. "h = 2*p + r - 1". */
static void put_window(struct printer *p, char name, int axis,
                       enum reuse_dim out, enum reuse_dim tap) {
  char line[LINE] = "";
  append(line, sizeof line, "%c = ", name);
  if (p->problem->stride[axis] != 1)
    append(line, sizeof line, "%" PRId64 "*", p->problem->stride[axis]);
  append(line, sizeof line, "%s + ", p->dim[out].begin);
  if (p->problem->dilation[axis] != 1)
    append(line, sizeof line, "%" PRId64 "*", p->problem->dilation[axis]);
  append(line, sizeof line, "%s", p->dim[tap].begin);
  if (p->problem->pad[axis])
    append(line, sizeof line, " - %" PRId64, p->problem->pad[axis]);
  put_line(p, line);
}

/* Writes what one MAC does. */
static void put_body(struct printer *p) {
  const struct chunk *d = p->dim;
  char line[LINE] = "";
  const char *op = p->problem->tensors & REUSE_BIT(REUSE_W) ? "+=" : "op=";
  put_window(p, 'h', 0, REUSE_P, REUSE_R);
  put_window(p, 'w', 1, REUSE_Q, REUSE_S);
  append(line, sizeof line, "O[%s,%s,%s,%s,%s] %s", d[REUSE_N].begin,
         d[REUSE_G].begin, d[REUSE_K].begin, d[REUSE_P].begin, d[REUSE_Q].begin,
         op);
  if (p->problem->tensors & REUSE_BIT(REUSE_I))
    append(line, sizeof line, " I[%s,%s,%s,h,w]", d[REUSE_N].begin,
           d[REUSE_G].begin, d[REUSE_C].begin);
  if (p->problem->tensors & REUSE_BIT(REUSE_W))
    append(line, sizeof line, " * W[%s,%s,%s,%s,%s]", d[REUSE_G].begin,
           d[REUSE_K].begin, d[REUSE_C].begin, d[REUSE_R].begin, d[REUSE_S].begin);
  put_line(p, line);
}

/* Makes the comment on the MACs. */
static void comment_macs(struct printer *p, const struct reuse_nest_level *macs) {
  append(p->comment, sizeof p->comment, "%s", macs->name);
  const char *colon = ": latch";
  for (int t = 0; t < REUSE_TENSORS; t++)
    if (macs->latch & REUSE_BIT(t)) {
      append(p->comment, sizeof p->comment, "%s %c", colon, reuse_tensor_letter[t]);
      colon = "";
    }
}

enum reuse_status reuse__nest_print_code(const struct reuse_problem *problem,
                                         const struct reuse_nest *nest, FILE *file) {
  struct printer p = {.problem = problem, .nest = nest, .file = file};
  for (int d = 0; d < REUSE_DIMS; d++) {
    struct chunk *c = &p.dim[d];
    int64_t block = nest->block[d] > 1 ? nest->block[d] : 1;
    c->range = (problem->extent[d] + block - 1) / block * block;
    snprintf(c->begin, sizeof c->begin, "0");
    snprintf(c->end, sizeof c->end, "%" PRId64, c->range);
  }
  for (int i = 0; i < nest->nlevels - 1; i++)
    put_level(&p, &nest->level[i]);
  comment_macs(&p, &nest->level[nest->nlevels - 1]);
  put_unflatten(&p);
  put_body(&p);
  return ferror(file) ? REUSE_ERR_IO : REUSE_OK;
}
