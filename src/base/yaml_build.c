/* YAML documents: from libfyaml's events to a tree in the arena.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/yaml_build.h"

#include <libfyaml.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

/* A node that an alias may stand for; WEIGHT nodes are in it. */
struct anchor {
  struct anchor *next;
  const char *name;
  struct reuse__node *node;
  int weight;
};

struct builder {
  struct reuse__yaml *yaml;
  const char *file, *source;
  bool setting;
  const char **line; /* source lines */
  int nlines;
  struct fy_diag *diag;
  struct fy_parser *parser;
  struct anchor *anchors; /* latest first */
  int nodes;              /* those made, aliases counted by their weight */
};

/* Notes STATUS unless a fault came before. */
static void note(struct reuse__yaml *yaml, enum reuse_status status) {
  if (yaml->status == REUSE_OK)
    yaml->status = status;
}

static struct reuse__place place_at(const struct builder *b, int line, int column) {
  struct reuse__place place = {.file = b->file};
  if (b->setting || line < 0)
    return place;
  place.line = line + 1;
  place.column = column + 1;
  place.source_line = line < b->nlines ? b->line[line] : NULL;
  return place;
}

/* The place where EVENT begins. */
static struct reuse__place place_of(const struct builder *b, struct fy_event *event) {
  const struct fy_mark *mark = fy_event_start_mark(event);
  return mark ? place_at(b, mark->line, mark->column) : place_at(b, -1, -1);
}

/* Reports the error TEXT at PLACE; gives NULL, which is also false. */
static void *fault(struct builder *b, enum reuse_status status,
                   struct reuse__place place, const char *hint, const char *text) {
  note(b->yaml, status);
  reuse__report(b->yaml->diag, REUSE_ERROR, &place, hint, "%s", text);
  return NULL;
}

/* Splits TEXT into b->line, lines without their ends. */
static bool split_lines(struct builder *b, const char *text, size_t size) {
  char *copy = reuse__strndup(b->yaml->arena, text, size);
  int n = 1;
  for (size_t i = 0; i < size; i++)
    n += text[i] == '\n' || text[i] == '\r';
  b->line = reuse__alloc_array(b->yaml->arena, (size_t)n, sizeof *b->line);
  if (!copy || !b->line)
    return reuse__yaml_no_memory(b->yaml);
  b->line[b->nlines++] = copy;
  for (size_t i = 0; i < size; i++) {
    if (text[i] != '\n' && text[i] != '\r')
      continue;
    copy[i] = '\0';
    if (text[i] == '\r' && i + 1 < size && text[i + 1] == '\n')
      copy[++i] = '\0';
    b->line[b->nlines++] = copy + i + 1;
  }
  return true;
}

/* Whether TEXT is printable UTF-8, else reported. */
static bool check_bytes(struct builder *b, const char *text, size_t size) {
  int line = 0, column = 0;
  size_t n;
  for (size_t i = 0; i < size; i += n, column++) {
    n = reuse__utf8_size(text + i, size - i);
    if (n == 0)
      return fault(b, REUSE_ERR_INPUT, place_at(b, line, column), NULL,
                   "not a printable UTF-8 character");
    if (text[i] == '\n') {
      line++;
      column = -1;
    }
  }
  return true;
}

/* libfyaml prints nothing: its messages are collected instead. */
static void discard(struct fy_diag *diag, void *user, const char *text, size_t n) {
  (void)diag;
  (void)user;
  (void)text;
  (void)n;
}

/* Reports what libfyaml collected, or a syntax error without a place. */
static void report_syntax(struct builder *b) {
  void *previous = NULL;
  const struct fy_diag_error *e;
  int reported = 0;
  while (reported < 8 && (e = fy_diag_errors_iterate(b->diag, &previous))) {
    fault(b, REUSE_ERR_INPUT, place_at(b, e->line - 1, e->column - 1), NULL,
          e->msg ? e->msg : "a syntax error");
    reported++;
  }
  if (reported == 0)
    fault(b, REUSE_ERR_INPUT, place_at(b, -1, -1), NULL, "not a YAML document");
}

/* The next event (to be freed), or NULL after a fault, reported. */
static struct fy_event *next_event(struct builder *b) {
  struct fy_event *event = fy_parser_parse(b->parser);
  if (!event)
    report_syntax(b);
  return event;
}

static enum fy_event_type type_and_free(struct builder *b, struct fy_event *event) {
  enum fy_event_type type = event ? event->type : FYET_NONE;
  if (event)
    fy_parser_event_free(b->parser, event);
  return type;
}

bool reuse__node_append(struct reuse__yaml *yaml, struct reuse__node *node,
                        struct reuse__node *key, struct reuse__node *item,
                        int *room) {
  if (node->n >= *room) {
    int wanted = node->n < 4 ? 4 : 2 * node->n;
    size_t size = sizeof *node->item, bytes = (size_t)node->n * size;
    struct reuse__node **items =
        reuse__alloc_array(yaml->arena, (size_t)wanted, size);
    struct reuse__node **keys =
        key ? reuse__alloc_array(yaml->arena, (size_t)wanted, size) : NULL;
    if (!items || (key && !keys))
      return reuse__yaml_no_memory(yaml);
    if (node->n)
      memcpy(items, node->item, bytes);
    if (node->n && key)
      memcpy(keys, node->key, bytes);
    node->item = items;
    node->key = keys;
    *room = wanted;
  }
  node->item[node->n] = item;
  if (key)
    node->key[node->n] = key;
  node->n++;
  return true;
}

int reuse__key_index(const struct reuse__node *node, const char *name) {
  for (int i = 0; i < node->n; i++)
    if (strcmp(node->key[i]->text, name) == 0)
      return i;
  return -1;
}

static struct reuse__node *build(struct builder *b, struct fy_event *event,
                                 int depth);

/* Builds the node of the next event; NULL: a fault, or with *ended set the end
 * END of the collection. */
static struct reuse__node *build_next(struct builder *b, enum fy_event_type end,
                                      int depth, bool *ended) {
  struct fy_event *event = next_event(b);
  if (!event)
    return NULL;
  *ended = event->type == end;
  struct reuse__node *node = *ended ? NULL : build(b, event, depth);
  fy_parser_event_free(b->parser, event);
  return node;
}

/* Reads the items of the sequence NODE; false: a fault. */
static bool build_sequence(struct builder *b, struct reuse__node *node, int depth) {
  int room = 0;
  for (;;) {
    bool ended = false;
    struct reuse__node *item = build_next(b, FYET_SEQUENCE_END, depth + 1, &ended);
    if (!item)
      return ended;
    if (item->place.line == 0 && !b->setting)
      item->place = node->place;
    if (!reuse__node_append(b->yaml, node, NULL, item, &room))
      return false;
  }
}

/* Whether the mapping NODE has room for one more key, that at PLACE. */
static bool check_keys(struct builder *b, const struct reuse__node *node,
                       struct reuse__place place) {
  char text[64];
  if (node->n < REUSE__YAML_KEYS)
    return true;
  snprintf(text, sizeof text, "more than %d keys in a mapping", REUSE__YAML_KEYS);
  return fault(b, REUSE_ERR_LIMIT, place, NULL, text);
}

/* Whether KEY can be a further key of the mapping NODE, else reported. */
static bool check_key(struct builder *b, const struct reuse__node *node,
                      const struct reuse__node *key) {
  if (key->kind != REUSE__SCALAR || !*key->text)
    return fault(b, REUSE_ERR_INPUT, key->place, NULL, "a key must be a word");
  int i = reuse__key_index(node, key->text);
  char hint[64], text[96];
  if (i >= 0) {
    snprintf(hint, sizeof hint, "the first one is in line %d",
             node->key[i]->place.line);
    snprintf(text, sizeof text, "the key '%.60s' is repeated", key->text);
    return fault(b, REUSE_ERR_INPUT, key->place, b->setting ? NULL : hint, text);
  }
  return check_keys(b, node, key->place);
}

/* Adds the entries of FROM that NODE lacks. */
static bool merge_mapping(struct builder *b, struct reuse__node *node,
                          const struct reuse__node *from, int *room) {
  if (from->kind != REUSE__MAPPING)
    return fault(b, REUSE_ERR_INPUT, from->place, NULL,
                 "'<<' takes a mapping or a list of mappings");
  for (int i = 0; i < from->n; i++)
    if (reuse__key_index(node, from->key[i]->text) < 0 &&
        (!check_keys(b, node, from->key[i]->place) ||
         !reuse__node_append(b->yaml, node, from->key[i], from->item[i], room)))
      return false;
  return true;
}

/* Replaces the entry "<<" of the mapping NODE, if any, by what it refers to. */
static bool merge(struct builder *b, struct reuse__node *node, int room) {
  int at = reuse__key_index(node, "<<");
  if (at < 0 || node->key[at]->quoted)
    return true;
  const struct reuse__node *from = node->item[at];
  node->n--;
  for (int i = at; i < node->n; i++) {
    node->key[i] = node->key[i + 1];
    node->item[i] = node->item[i + 1];
  }
  if (from->kind != REUSE__SEQUENCE)
    return merge_mapping(b, node, from, &room);
  for (int i = 0; i < from->n; i++)
    if (!merge_mapping(b, node, from->item[i], &room))
      return false;
  return true;
}

/* Reads the entries of the mapping NODE; false: a fault. */
static bool build_mapping(struct builder *b, struct reuse__node *node, int depth) {
  int room = 0;
  for (;;) {
    bool ended = false;
    struct reuse__node *key = build_next(b, FYET_MAPPING_END, depth + 1, &ended);
    if (!key)
      return ended && merge(b, node, room);
    if (!check_key(b, node, key))
      return false;
    struct reuse__node *item = build_next(b, FYET_NONE, depth + 1, &ended);
    if (!item || !reuse__node_append(b->yaml, node, key, item, &room))
      return false;
    if (item->place.line == 0 && !b->setting)
      item->place = key->place;
  }
}

/* A copy of TOKEN's text with its size, NULL: no memory.  Read piecewise, since
 * fy_token_get_text of libfyaml 0.7.12 leaks memory on texts of many pieces. */
static char *join_pieces(struct fy_token *token, struct reuse_arena *arena,
                         size_t *size) {
  struct fy_token_iter *iter = fy_token_iter_create(token);
  const struct fy_iter_chunk *piece = NULL;
  char *text = iter ? reuse__strdup(arena, "") : NULL;
  size_t n = 0, room = 0;
  while (text && (piece = fy_token_iter_chunk_next(iter, piece, NULL))) {
    if (n + piece->len >= room) {
      room = 2 * (n + piece->len) + 1;
      char *larger = reuse__alloc(arena, room);
      text = larger ? memcpy(larger, text, n) : NULL;
    }
    if (text)
      memcpy(text + n, piece->str, piece->len);
    n += piece->len;
  }
  fy_token_iter_destroy(iter);
  *size = n;
  return text;
}

/* Whether TOKEN is in single quotes on one line. */
static bool is_quoted_line(struct fy_token *token) {
  const struct fy_mark *from = fy_token_start_mark(token);
  const struct fy_mark *to = fy_token_end_mark(token);
  return fy_token_scalar_style(token) == FYSS_SINGLE_QUOTED && from && to &&
         from->line == to->line && from->input_pos <= to->input_pos;
}

/* The text of such a token read from the source, since libfyaml 0.7.12
 * makes three quotes of four in a row. */
static char *read_quoted(struct fy_token *token, const char *source,
                         struct reuse_arena *arena, size_t *size) {
  size_t from = fy_token_start_mark(token)->input_pos;
  size_t to = fy_token_end_mark(token)->input_pos;
  char *text = reuse__strndup(arena, source + from, to - from);
  *size = 0;
  for (size_t i = from; text && i < to; i++) {
    text[(*size)++] = source[i];
    i += source[i] == '\'';
  }
  if (text)
    text[*size] = '\0';
  return text;
}

/* Fills the scalar NODE from EVENT. */
static bool build_scalar(struct builder *b, struct reuse__node *node,
                         struct fy_event *event) {
  struct fy_token *token = event->scalar.value;
  enum fy_scalar_style style = token ? fy_token_scalar_style(token) : FYSS_PLAIN;
  size_t size = 0, n;
  node->quoted = style != FYSS_PLAIN;
  if (token && is_quoted_line(token))
    node->text = read_quoted(token, b->source, b->yaml->arena, &size);
  else
    node->text = token ? join_pieces(token, b->yaml->arena, &size) : "";
  if (!node->text)
    return reuse__yaml_no_memory(b->yaml);
  for (size_t i = 0; i < size; i += n) {
    n = reuse__utf8_size(node->text + i, size - i);
    if (n == 0)
      return fault(b, REUSE_ERR_INPUT, node->place, NULL,
                   "an escape of a character that is not printable");
  }
  return true;
}

/* The complete node that the alias EVENT stands for. */
static struct reuse__node *resolve_alias(struct builder *b, struct fy_event *event) {
  size_t n = 0;
  const char *name = fy_token_get_text(event->alias.anchor, &n);
  for (const struct anchor *a = b->anchors; name && a; a = a->next)
    if (strlen(a->name) == n && memcmp(a->name, name, n) == 0) {
      b->nodes += a->weight;
      return a->node;
    }
  char text[96];
  snprintf(text, sizeof text, "no anchor '&%.*s' above this line",
           (int)(n < 40 ? n : 40), name ? name : "");
  return fault(b, REUSE_ERR_INPUT, place_of(b, event), NULL, text);
}

/* Remembers NODE, the last WEIGHT nodes made, under the name in TOKEN. */
static bool add_anchor(struct builder *b, struct fy_token *token,
                       struct reuse__node *node, int weight) {
  size_t n = 0;
  const char *name = fy_token_get_text(token, &n);
  struct anchor *a = reuse__alloc(b->yaml->arena, sizeof *a);
  if (!name || !a || !(a->name = reuse__strndup(b->yaml->arena, name, n)))
    return reuse__yaml_no_memory(b->yaml);
  a->node = node;
  a->weight = weight;
  a->next = b->anchors;
  b->anchors = a;
  return true;
}

/* Whether the document may have a node at EVENT, DEPTH deep; else reported. */
static bool check_limits(struct builder *b, struct fy_event *event, int depth) {
  char text[80];
  if (depth > REUSE__YAML_DEPTH)
    snprintf(text, sizeof text, "nested more than %d deep", REUSE__YAML_DEPTH);
  else if (b->nodes > REUSE__YAML_NODES)
    snprintf(text, sizeof text, "more than %d values in the document",
             REUSE__YAML_NODES);
  else if (event->type != FYET_ALIAS && fy_event_get_tag_token(event))
    return fault(b, REUSE_ERR_INPUT, place_of(b, event), NULL,
                 "a tag ('!...') before this value: these files have none");
  else
    return true;
  return fault(b, REUSE_ERR_LIMIT, place_of(b, event), NULL, text);
}

/* The node that EVENT begins, with all that is in it; NULL: a fault, reported. */
static struct reuse__node *build(struct builder *b, struct fy_event *event,
                                 int depth) {
  int before = b->nodes++;
  if (!check_limits(b, event, depth))
    return NULL;
  if (event->type == FYET_ALIAS)
    return resolve_alias(b, event);
  struct reuse__node *node = reuse__alloc(b->yaml->arena, sizeof *node);
  if (!node) {
    reuse__yaml_no_memory(b->yaml);
    return NULL;
  }
  node->place = place_of(b, event);
  struct fy_token *anchor = NULL;
  bool built = false;
  if (event->type == FYET_SCALAR) {
    node->kind = REUSE__SCALAR;
    anchor = event->scalar.anchor;
    built = build_scalar(b, node, event);
  } else if (event->type == FYET_SEQUENCE_START) {
    node->kind = REUSE__SEQUENCE;
    anchor = event->sequence_start.anchor;
    built = build_sequence(b, node, depth);
  } else if (event->type == FYET_MAPPING_START) {
    node->kind = REUSE__MAPPING;
    anchor = event->mapping_start.anchor;
    built = build_mapping(b, node, depth);
  } else {
    fault(b, REUSE_ERR_INPUT, node->place, NULL, "a value is missing");
  }
  if (built && anchor)
    built = add_anchor(b, anchor, node, b->nodes - before);
  return built ? node : NULL;
}

/* The root of the only document of the stream, or NULL. */
static struct reuse__node *build_document(struct builder *b) {
  if (type_and_free(b, next_event(b)) != FYET_STREAM_START)
    return NULL;
  struct fy_event *event = next_event(b);
  if (event && event->type == FYET_STREAM_END) {
    fy_parser_event_free(b->parser, event);
    return fault(b, REUSE_ERR_INPUT, place_at(b, -1, -1), NULL,
                 b->setting ? "no value" : "the file is empty");
  }
  if (type_and_free(b, event) != FYET_DOCUMENT_START)
    return NULL;
  bool ended = false;
  struct reuse__node *root = build_next(b, FYET_DOCUMENT_END, 1, &ended);
  if (!root || type_and_free(b, next_event(b)) != FYET_DOCUMENT_END)
    return NULL;
  event = next_event(b);
  if (event && event->type != FYET_STREAM_END)
    root = fault(b, REUSE_ERR_INPUT, place_of(b, event), NULL,
                 "more than one document");
  return type_and_free(b, event) == FYET_NONE ? NULL : root;
}

struct reuse__node *reuse__yaml_build(struct reuse__yaml *yaml, const char *file,
                                      const char *text, size_t size, bool setting) {
  struct builder b = {.yaml = yaml, .file = file, .source = text, .setting = setting};
  if (size > REUSE__YAML_BYTES)
    return fault(&b, REUSE_ERR_LIMIT, place_at(&b, -1, -1), NULL,
                 "the file is larger than 4 MiB");
  if (!split_lines(&b, text, size) || !check_bytes(&b, text, size))
    return NULL;
  const struct fy_diag_cfg quiet = {.output_fn = discard, .level = FYET_ERROR};
  struct fy_parse_cfg cfg = {.search_path = "", .flags = FYPCF_QUIET};
  struct reuse__node *root = NULL;
  b.diag = fy_diag_create(&quiet);
  if (b.diag) {
    fy_diag_set_collect_errors(b.diag, true);
    cfg.diag = b.diag;
    b.parser = fy_parser_create(&cfg);
  }
  if (!b.parser || fy_parser_set_string(b.parser, text, size) != 0)
    reuse__yaml_no_memory(yaml);
  else
    root = build_document(&b);
  fy_parser_destroy(b.parser);
  fy_diag_destroy(b.diag);
  if (!root)
    note(yaml, REUSE_ERR_INPUT);
  return root;
}
