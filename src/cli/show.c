/* show: an architecture, a network, a mapping.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "mapping/nest_write.h"
#include "report/format.h"

enum thing { SHOW_ARCH, SHOW_NET, SHOW_MAPPING, THINGS };
static const char *const thing_name[THINGS] = {"arch", "net", "mapping"};

static int show_arch_name(struct session *session, const struct settings *settings,
                          const struct named *named) {
  const struct reuse_arch *arch;
  const int code = read_arch(session, settings, named, &arch);
  return code == EXIT_OK ? show_arch(session, arch) : code;
}

static int show_net_name(struct session *session, const struct named *named) {
  const struct reuse_network_table *network;
  const int code = read_net(session, named, &network);
  return code == EXIT_OK ? show_net(session, network) : code;
}

/* The nest in the file at PATH as loops. */
static int show_nest(struct session *session, const char *path) {
  struct reuse_problem problem;
  struct reuse_nest nest;
  const enum reuse_status status =
    reuse_nest_read(path, &problem, &nest, &session->diag);
  if (status != REUSE_OK)
    return exit_of_input(session, status, path);
  reuse__nest_print_code(&problem, &nest, stdout);
  return check_stdout(session);
}

/* What WORD, which no kind goes before, names. */
static int show_any(struct session *session, const struct settings *settings,
                    const char *word) {
  struct named named;
  int code;
  const size_t n = strlen(word);
  const bool table = n > 4 && strcmp(word + n - 4, ".csv") == 0;
  if (!table && find_name(session, ARCH_NAME, word, &named, &code))
    return code == EXIT_OK ? show_arch_name(session, settings, &named) : code;
  if (find_name(session, NET_NAME, word, &named, &code))
    return code == EXIT_OK ? show_net_name(session, &named) : code;
  return unknown_name(session, NAME_KINDS, word);
}

/* The thing of KIND that WORD names. */
static int show_thing(struct session *session, const struct settings *settings,
                      enum thing kind, const char *word) {
  struct named named;
  if (kind == SHOW_MAPPING)
    return show_nest(session, word);
  const int code =
    resolve_name(session, kind == SHOW_ARCH ? ARCH_NAME : NET_NAME, word, &named);
  if (code != EXIT_OK)
    return code;
  return kind == SHOW_ARCH ? show_arch_name(session, settings, &named)
                           : show_net_name(session, &named);
}

/* What is shown where the words are KIND NAME or NAME. */
static int show_words(struct session *session, const struct settings *settings) {
  const struct words *words = &settings->operands;
  const char *forms = "write show NAME, show arch NAME, show net NAME or "
                      "show mapping FILE";
  if (words->n == 1) {
    for (int i = 0; i < THINGS; i++)
      if (strcmp(words->word[0], thing_name[i]) == 0)
        return usage_error(session, forms, "show %s needs a name", thing_name[i]);
    return show_any(session, settings, words->word[0]);
  }
  if (words->n == 2)
    for (int i = 0; i < THINGS; i++)
      if (strcmp(words->word[0], thing_name[i]) == 0)
        return show_thing(session, settings, (enum thing)i, words->word[1]);
  return usage_error(session, forms, "show: these words are not understood");
}

/* Writes the mapping of ROW with what it costs. */
static void print_row(struct session *session, const struct reuse__run *run,
                      const struct reuse__row *row) {
  char cycles[REUSE__NUMBER], energy[REUSE__NUMBER], utilization[REUSE__NUMBER];
  printf("# %s on %s, layer %s (%s)\n", run->network->name, run->arch->name,
         row->layer.name, reuse_layer_type_name[row->layer.type]);
  if (!row->modelled) {
    puts("# no engine of the machine runs this layer");
    return;
  }
  const struct reuse_engine *engine = &run->arch->engine[row->mapping.engine];
  printf("# engine %s", engine->name);
  if (row->mapping.dataflow >= 0) {
    const struct reuse_dataflow *dataflow = &engine->dataflow[row->mapping.dataflow];
    const char *variant = row->mapping.variant >= 0
                            ? dataflow->variant[row->mapping.variant].name : NULL;
    const char *proof = reuse__proof_text(run, row, session->arena);
    const char *goal = reuse__goal_text(&run->search, session->arena);
    printf(", dataflow %s%s%s\n# for least %s: %s", dataflow->name, variant ? ", " : "",
           variant ? variant : "", goal ? goal : "", proof ? proof : "");
  }
  printf("\n# %s cycles, %sJ, utilization %s %%\n",
         reuse__si(cycles, row->cost.cycles),
         reuse__si(energy, row->cost.energy_pj * 1e-12),
         reuse__percent(utilization, row->cost.utilization));
  reuse__nest_print_code(&reuse__row_work(row)->problem, &row->mapping.nest, stdout);
}

/* The mappings of the layers that the options select. */
static int show_mappings(struct session *session, const struct settings *settings) {
  struct inputs inputs;
  struct pairs pairs;
  bool first = true;
  int code = read_inputs(session, settings, &inputs);
  if (code == EXIT_OK)
    code = run_pairs(session, settings, &inputs, &pairs);
  if (code != EXIT_OK)
    return code;
  for (int p = 0; p < pairs.n; p++)
    for (int i = 0; i < pairs.pair[p].run->nrows; i++) {
      if (!first)
        putchar('\n');
      first = false;
      print_row(session, pairs.pair[p].run, &pairs.pair[p].run->row[i]);
    }
  return check_stdout(session);
}

/* What is shown where options name it. */
static int show_options(struct session *session, const struct settings *settings) {
  const int narchs = settings->archs.n, nnets = settings->nets.n;
  if (settings->mapping && settings->dataflow)
    return usage_error(session, NULL, "--mapping and --dataflow exclude each other");
  if (narchs > 0 && nnets > 0)
    return show_mappings(session, settings);
  if (settings->layer)
    return usage_error(session, NULL, "show --layer needs --arch and --net");
  if (narchs + nnets == 1)
    return show_thing(session, settings, narchs ? SHOW_ARCH : SHOW_NET,
                      narchs ? settings->archs.word[0] : settings->nets.word[0]);
  return usage_error(session, NULL, "show one architecture or one network");
}

int run_show(struct session *session, const struct settings *settings) {
  const bool options = settings->archs.n > 0 || settings->nets.n > 0;
  if (settings->operands.n > 0 && (options || settings->layer))
    return usage_error(session, NULL, "show takes names or --arch and --net, not both");
  if (settings->operands.n == 0 && !options)
    return usage_error(session, "see reusemodel show --help", "show what?");
  if ((settings->archs.n == 0 || settings->nets.n == 0) &&
      (settings->mapping || settings->dataflow || settings->batch != 1))
    return usage_error(session, NULL,
                       "--mapping, --dataflow and --batch need --arch and --net");
  return options ? show_options(session, settings) : show_words(session, settings);
}
