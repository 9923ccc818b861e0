/* The rules of a dataflow in words.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/rules.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

enum { TEXT = 800 };

/* A text that grows as far as it has room. */
struct line {
  char text[TEXT];
  size_t n;
};

static void append(struct line *line, const char *format, ...) REUSE__PRINTF(2, 3);
static void append(struct line *line, const char *format, ...) {
  va_list args;
  va_start(args, format);
  const int n = vsnprintf(line->text + line->n, TEXT - line->n, format, args);
  va_end(args);
  line->n += n > 0 ? (size_t)n : 0;
  line->n = line->n < TEXT ? line->n : TEXT - 1;
}

const char *layer_types(const struct page *page, unsigned mask) {
  struct line line = {.n = 0};
  for (int t = 0; t < REUSE_LAYER_TYPES; t++)
    if (mask & REUSE_BIT(t))
      append(&line, "%s%s", line.n ? ", " : "", reuse_layer_type_name[t]);
  const char *text = reuse__strdup(page->session->arena, line.text);
  return text ? text : "";
}

static void append_loop(struct line *line, const struct reuse_loop_rule *rule) {
  append(line, "%s", rule->ndims > 1 ? "[" : "");
  for (int d = 0; d < rule->ndims; d++)
    append(line, "%s%c", d ? "," : "", reuse_dim_letter[rule->dim[d]]);
  append(line, "%s", rule->ndims > 1 ? "]" : "");
  if (rule->step > 0)
    append(line, "/%" PRId64, rule->step);
}

static void put_temporal(const struct page *page, const struct reuse_level *level,
                         const struct reuse_temporal_rules *rules) {
  struct line line = {.n = 0};
  if (rules->n == 0)
    return;
  if (rules->any_order)
    append(&line, "any order of ");
  for (int i = 0; i < rules->n; i++) {
    append(&line, "%s", i ? " " : "");
    append_loop(&line, &rules->rule[i]);
  }
  put_item(page, level->name, line.text);
}

/* "K/1 on rows, cols, at most 4" */
static void append_spatial(struct line *line, const struct reuse_engine *engine,
                           const struct reuse_spatial_rule *rule) {
  const struct reuse_level *level = &engine->level[rule->level];
  const char *before = " on ";
  append_loop(line, &rule->loop);
  for (int a = 0; a < level->naxes; a++)
    if (rule->axes & 1u << a) {
      append(line, "%s%s", before, level->axis[a].name);
      before = " and ";
    }
  if (rule->max > 0)
    append(line, ", at most %" PRId64, rule->max);
  if (rule->input_span)
    append(line, ", a stride apart");
  if (rule->phases)
    append(line, " for each phase of the stride");
}

static void put_variant(const struct page *page, const struct reuse_engine *engine,
                        const struct reuse_spatial_variant *variant) {
  struct line line = {.n = 0}, name = {.n = 0};
  append(&name, "spatial%s%s", variant->name ? " " : "",
         variant->name ? variant->name : "");
  for (int i = 0; i < variant->n; i++) {
    append(&line, "%s", i ? "; " : "");
    append_spatial(&line, engine, &variant->rule[i]);
  }
  put_item(page, name.text, line.text);
}

void put_dataflow(const struct page *page, const struct reuse_engine *engine,
                  const struct reuse_dataflow *dataflow) {
  put_heading(page, "Dataflow %s%s%s", dataflow->name, dataflow->note ? ": " : "",
              dataflow->note ? dataflow->note : "");
  put_item(page, "layers", layer_types(page, dataflow->layers & engine->layers));
  if (dataflow->im2col_level >= 0)
    put_item(page, "im2col inside", engine->level[dataflow->im2col_level].name);
  for (int l = 0; l < engine->nlevels; l++)
    put_temporal(page, &engine->level[l], &dataflow->temporal[l]);
  for (int v = 0; v < dataflow->nvariants; v++)
    put_variant(page, engine, &dataflow->variant[v]);
}
