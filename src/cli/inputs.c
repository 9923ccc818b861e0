/* What --arch, --net and the options of the mapper name, read and run.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/inputs.h"

#include <fnmatch.h>

#include "base/text.h"
#include "cli/terminal.h"
#include "report/report.h"

enum { MAX_LISTED = 256 };      /* names that a suggestion looks at */

int need_inputs(struct session *session, const struct settings *settings) {
  if (settings->archs.n == 0)
    return usage_error(session, "reusemodel list archs prints the names",
                       "--arch is needed");
  if (settings->nets.n == 0)
    return usage_error(session, "reusemodel list nets prints the names",
                       "--net is needed");
  return EXIT_OK;
}

int read_arch(struct session *session, const struct settings *settings,
              const struct named *name, const struct reuse_arch **arch) {
  const char *models = reuse__printf(session->arena, "%s/models", session->home);
  if (!models)
    return memory_error(session);
  return exit_of_input(session,
                       reuse_arch_read(name->path, models, settings->sets.word,
                                       settings->sets.n, session->arena, arch,
                                       &session->diag),
                       name->path);
}

int read_net(struct session *session, const struct named *name,
             const struct reuse_network_table **network) {
  return exit_of_input(session,
                       reuse_network_read(name->path, session->arena, network,
                                          &session->diag),
                       name->path);
}

/* Checks that GLOB selects a layer of NETWORK. */
static int check_glob(struct session *session, const char *glob,
                      const struct reuse_network_table *network) {
  const char *names[MAX_LISTED];
  char hint[300];
  int n = 0;
  for (int i = 0; i < network->nlayers; i++) {
    if (fnmatch(glob, network->layer[i].name, 0) == 0)
      return EXIT_OK;
    if (n < MAX_LISTED)
      names[n++] = network->layer[i].name;
  }
  return usage_error(session,
                     reuse__suggestion(glob, "the layers are", names, n, hint,
                                       sizeof hint),
                     "no layer of %s matches '%s'", network->name, glob);
}

/* Checks that an engine of ARCH has the dataflow NAME. */
static int check_dataflow(struct session *session, const char *name,
                          const struct reuse_arch *arch) {
  const char *names[MAX_LISTED];
  char hint[300];
  int n = 0;
  for (int e = 0; e < arch->nengines; e++)
    for (int d = 0; d < arch->engine[e].ndataflows && n < MAX_LISTED; d++) {
      const char *has = arch->engine[e].dataflow[d].name;
      if (reuse__index_of(has, names, n) < 0)
        names[n++] = has;
    }
  if (reuse__index_of(name, names, n) >= 0)
    return EXIT_OK;
  return usage_error(session,
                     reuse__suggestion(name, "it has", names, n, hint, sizeof hint),
                     "%s has no dataflow '%s'", arch->name, name);
}

static int read_archs(struct session *session, const struct settings *settings,
                      struct inputs *inputs) {
  int code = EXIT_OK;
  inputs->narchs = settings->archs.n;
  for (int i = 0; code == EXIT_OK && i < inputs->narchs; i++) {
    struct arch_input *in = &inputs->arch[i];
    in->dataflow = settings->dataflow;
    in->baseline_of = -1;
    code = resolve_name(session, ARCH_NAME, settings->archs.word[i], &in->name);
    if (code == EXIT_OK)
      code = read_arch(session, settings, &in->name, &in->arch);
    if (code == EXIT_OK && settings->dataflow)
      code = check_dataflow(session, settings->dataflow, in->arch);
  }
  return code;
}

static int read_nets(struct session *session, const struct settings *settings,
                     struct inputs *inputs) {
  int code = EXIT_OK;
  inputs->nnets = settings->nets.n;
  for (int i = 0; code == EXIT_OK && i < inputs->nnets; i++) {
    struct net_input *in = &inputs->net[i];
    code = resolve_name(session, NET_NAME, settings->nets.word[i], &in->name);
    if (code == EXIT_OK)
      code = read_net(session, &in->name, &in->network);
    if (code == EXIT_OK && settings->layer)
      code = check_glob(session, settings->layer, in->network);
  }
  return code;
}

/* Reads --lowering, and what Winograd's algorithm needs. */
static int read_lowering(struct session *session, const struct settings *settings,
                         struct inputs *inputs) {
  const char *why, *path;
  if (!settings->lowering)
    return EXIT_OK;
  if (!reuse__lowering_parse(settings->lowering, &inputs->lowering, &why))
    return usage_error(session, why, "--lowering: '%s' is not a lowering",
                       settings->lowering);
  if (inputs->lowering.kind != REUSE__WINOGRAD && inputs->lowering.kind != REUSE__AUTO)
    return EXIT_OK;
  path = reuse__printf(session->arena, "%s/data/transforms.yaml", session->home);
  if (!path)
    return memory_error(session);
  return exit_of_input(session,
                       reuse__lines_read(path, session->arena, &inputs->lines,
                                         &session->diag),
                       path);
}

int read_inputs(struct session *session, const struct settings *settings,
                struct inputs *inputs) {
  *inputs = (struct inputs){0};
  inputs->arch = reuse__alloc_array(session->arena, (size_t)settings->archs.n + 1,
                                    sizeof *inputs->arch);
  inputs->net = reuse__alloc_array(session->arena, (size_t)settings->nets.n + 1,
                                   sizeof *inputs->net);
  if (!inputs->arch || !inputs->net)
    return memory_error(session);
  int code = read_lowering(session, settings, inputs);
  if (code == EXIT_OK)
    code = read_archs(session, settings, inputs);
  return code == EXIT_OK ? read_nets(session, settings, inputs) : code;
}

struct reuse__run_options run_options(struct session *session,
                                      const struct settings *settings) {
  return (struct reuse__run_options){
    .search = settings->mapper,
    .batch = settings->batch,
    .layer_glob = settings->layer,
    .mapping_path = settings->mapping,
    .jobs = thread_count(settings->jobs),
    .progress = show_progress,
    .progress_context = &session->messages
  };
}

static int run_pair(struct session *session, const struct settings *settings,
                    const struct inputs *inputs, struct pair *pair) {
  struct reuse__run_options options = run_options(session, settings);
  const struct reuse_network_table *network = pair->net->network;
  enum reuse_status status;
  options.lowering = inputs->lowering;
  options.lines = &inputs->lines;
  if (pair->arch)
    options.search.dataflow = pair->arch->dataflow;
  if (pair->arch)
    status = reuse__run(pair->arch->arch, network, &options, session->arena,
                        &pair->run, &session->diag);
  else
    status = reuse__unmapped_run(NULL, network, settings->batch, settings->layer,
                                 session->arena, &pair->run);
  return exit_of_input(session, status, network->path);
}

int run_pairs(struct session *session, const struct settings *settings,
              const struct inputs *inputs, struct pairs *pairs) {
  int narchs = inputs->narchs ? inputs->narchs : 1, code = EXIT_OK;
  *pairs = (struct pairs){0};
  pairs->pair = reuse__alloc_array(session->arena,
                                   (size_t)narchs * (size_t)inputs->nnets + 1,
                                   sizeof *pairs->pair);
  if (!pairs->pair)
    return memory_error(session);
  for (int a = 0; a < narchs; a++)
    for (int n = 0; code == EXIT_OK && n < inputs->nnets; n++) {
      struct pair *pair = &pairs->pair[pairs->n++];
      pair->arch = inputs->narchs ? &inputs->arch[a] : NULL;
      pair->net = &inputs->net[n];
      code = run_pair(session, settings, inputs, pair);
    }
  return code;
}
