/* show: a network.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdio.h>

#include "cli/commands.h"
#include "cli/terminal.h"
#include "report/grid.h"

static const struct reuse__grid_column columns[] = {
  {{"", "#"}, false, 0, 0},         {{"", "layer"}, true, 8, 0},
  {{"", "type"}, true, 0, 0},       {{"input", "CxHxW"}, false, 0, 1},
  {{"output", "KxPxQ"}, false, 0, 0}, {{"kernel", "RxS"}, false, 0, 2},
  {{"stride", ""}, false, 0, 4},    {{"pad", "t,l"}, false, 0, 7},
  {{"dila-", "tion"}, false, 0, 8}, {{"groups", ""}, false, 0, 6},
  {{"batch", ""}, false, 0, 9},     {{"", "MACs"}, false, 0, 3},
  {{"para-", "meters"}, false, 0, 5}
};

/* The two numbers of PAIR, as one when they are equal. */
static void pair_cell(struct reuse__grid *grid, const int64_t pair[2], char between) {
  if (pair[0] == pair[1])
    reuse__grid_format(grid, "%" PRId64, pair[0]);
  else
    reuse__grid_format(grid, "%" PRId64 "%c%" PRId64, pair[0], between, pair[1]);
}

static void layer_row(const struct reuse_layer *layer, int index,
                      struct reuse__grid *grid) {
  const struct reuse_problem *p = &layer->problem;
  const int64_t *e = p->extent;
  reuse__grid_row(grid);
  reuse__grid_format(grid, "%d", index);
  reuse__grid_cell(grid, layer->name);
  reuse__grid_cell(grid, reuse_layer_type_name[layer->type]);
  if (p->input[0] > 0)
    reuse__grid_format(grid, "%" PRId64 "x%" PRId64 "x%" PRId64,
                       e[REUSE_G] * e[REUSE_C], p->input[0], p->input[1]);
  else
    reuse__grid_format(grid, "%" PRId64, e[REUSE_G] * e[REUSE_C]);
  reuse__grid_format(grid, "%" PRId64 "x%" PRId64 "x%" PRId64,
                     e[REUSE_G] * e[REUSE_K], e[REUSE_P], e[REUSE_Q]);
  reuse__grid_format(grid, "%" PRId64 "x%" PRId64, e[REUSE_R], e[REUSE_S]);
  pair_cell(grid, p->stride, 'x');
  pair_cell(grid, p->pad, ',');
  pair_cell(grid, p->dilation, 'x');
  reuse__grid_format(grid, "%" PRId64, e[REUSE_G]);
  reuse__grid_format(grid, "%" PRId64, e[REUSE_N]);
  reuse__grid_format(grid, "%" PRId64, layer->macs);
  reuse__grid_format(grid, "%" PRId64, layer->weights + layer->bias + layer->norm);
}

int show_net(struct session *session, const struct reuse_network_table *network) {
  const struct reuse__text_style style = page_style();
  struct reuse__grid grid;
  const char *line = reuse__printf(
    session->arena, "%d layers, %" PRId64 " MACs, %" PRId64 " parameters",
    network->nlayers, network->macs, network->params);
  const char *source = reuse__printf(session->arena, "Source: %s",
                                     network->source ? network->source : "-");
  if (!line || !source)
    return memory_error(session);
  reuse__write_wrapped(reuse__printf(session->arena, "%s: %s", network->name,
                                     network->title ? network->title : ""),
                       2, &style, session->arena, stdout);
  reuse__write_wrapped(line, 2, &style, session->arena, stdout);
  if (network->other_params > 0)
    printf("%" PRId64 " of the parameters are outside the layers\n",
           network->other_params);
  reuse__write_wrapped(source, 2, &style, session->arena, stdout);
  putchar('\n');
  reuse__grid_init(&grid, columns, sizeof columns / sizeof columns[0], &style,
                   session->arena);
  for (int i = 0; i < network->nlayers; i++)
    layer_row(&network->layer[i], i + 1, &grid);
  const enum reuse_status status = reuse__grid_write(&grid, stdout);
  return status == REUSE_OK ? check_stdout(session)
                            : exit_of_output(session, status, NULL);
}
