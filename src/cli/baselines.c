/* What architectures are compared with besides one another, and made equal in.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/baselines.h"

#include <strings.h>

#include "base/text.h"
#include "compare/iso.h"

/* The dataflow of ARCH called NAME in any case of letters; NULL: none. */
static const char *find_dataflow(const struct reuse_arch *arch, const char *name) {
  for (int e = 0; e < arch->nengines; e++)
    for (int d = 0; d < arch->engine[e].ndataflows; d++)
      if (strcasecmp(arch->engine[e].dataflow[d].name, name) == 0)
        return arch->engine[e].dataflow[d].name;
  return NULL;
}

/* Reads the architecture of IN again, with --baseline-set. */
static int read_baseline(struct session *session, const struct settings *settings,
                         struct arch_input *in) {
  struct settings own = *settings;
  const int n = settings->sets.n;
  if (settings->baseline_sets.n == 0 && in->arch)
    return EXIT_OK;
  own.sets.n = n + settings->baseline_sets.n;
  own.sets.word = reuse__alloc_array(session->arena, (size_t)own.sets.n + 1,
                                     sizeof *own.sets.word);
  if (!own.sets.word)
    return memory_error(session);
  for (int i = 0; i < own.sets.n; i++)
    own.sets.word[i] = i < n ? settings->sets.word[i] : settings->baseline_sets.word[i - n];
  return read_arch(session, &own, &in->name, &in->arch);
}

/* Adds the architecture A mapped by DATAFLOW alone. */
static int add_dataflow(struct session *session, const struct settings *settings, int a,
                        const char *dataflow, struct inputs *inputs) {
  struct arch_input *in = &inputs->arch[inputs->narchs];
  struct reuse_arch *named = reuse__alloc(session->arena, sizeof *named);
  *in = inputs->arch[a];
  in->dataflow = dataflow;
  in->baseline_of = a;
  const int code = read_baseline(session, settings, in);
  if (code != EXIT_OK || !named)
    return code != EXIT_OK ? code : memory_error(session);
  *named = *in->arch;
  named->name = reuse__printf(session->arena, "%s:%s", in->arch->name, dataflow);
  in->arch = named;
  inputs->narchs++;
  return named->name ? EXIT_OK : memory_error(session);
}

/* Adds the baselines that WORD names. */
static int add_baseline(struct session *session, const struct settings *settings,
                        const char *word, int reference, struct inputs *inputs) {
  const int n = settings->archs.n;
  struct arch_input *in = &inputs->arch[inputs->narchs];
  int having = 0, code = EXIT_OK;
  for (int a = 0; a < n; a++)
    having += find_dataflow(inputs->arch[a].arch, word) != NULL;
  for (int a = 0; having == n && code == EXIT_OK && a < n; a++)
    code = add_dataflow(session, settings, a, find_dataflow(inputs->arch[a].arch, word),
                        inputs);
  if (having == n || code != EXIT_OK)
    return code;
  if (having > 0 && !find_name(session, ARCH_NAME, word, &in->name, &code))
    return usage_error(session, NULL, "--baseline: not all architectures have a dataflow "
                       "'%s'", word);
  code = resolve_name(session, ARCH_NAME, word, &in->name);
  in->arch = NULL;
  in->dataflow = NULL;
  in->baseline_of = reference;
  if (code == EXIT_OK)
    code = read_baseline(session, settings, in);
  inputs->narchs++;
  return code;
}

int add_baselines(struct session *session, const struct settings *settings, int reference,
                  struct inputs *inputs) {
  const int most = settings->archs.n * (settings->baselines.n + 1) + settings->baselines.n;
  struct arch_input *arch =
    reuse__alloc_array(session->arena, (size_t)most + 1, sizeof *arch);
  int code = EXIT_OK;
  if (settings->baselines.n > 0 && settings->dataflow)
    return usage_error(session, NULL, "--dataflow and --baseline exclude each other");
  if (settings->baseline_sets.n > 0 && settings->baselines.n == 0)
    return usage_error(session, NULL, "--baseline-set needs --baseline");
  if (!arch)
    return memory_error(session);
  for (int i = 0; i < inputs->narchs; i++)
    arch[i] = inputs->arch[i];
  inputs->arch = arch;
  for (int i = 0; code == EXIT_OK && i < settings->baselines.n; i++)
    code = add_baseline(session, settings, settings->baselines.word[i], reference, inputs);
  return code;
}

int make_equal(struct session *session, const struct settings *settings, int reference,
               struct inputs *inputs, const char **rule) {
  const enum reuse__iso iso = (enum reuse__iso)settings->iso;
  const struct reuse_arch *other = inputs->arch[reference].arch;
  *rule = NULL;
  if (iso == REUSE__ISO_NONE)
    return EXIT_OK;
  *rule = reuse__printf(session->arena, "%s. Reference: %s", reuse__iso_rule[iso],
                        other->name);
  for (int i = 0; *rule && i < inputs->narchs; i++) {
    const char *what;
    const bool own = inputs->arch[i].baseline_of == reference &&
                     inputs->arch[i].dataflow != NULL;
    if (own)
      continue;
    const enum reuse_status status =
      reuse__iso_arch(inputs->arch[i].arch, other, iso, session->arena,
                      &inputs->arch[i].arch, &what, &session->diag);
    if (status != REUSE_OK)
      return exit_of_input(session, status, NULL);
    if (*what)
      *rule = reuse__printf(session->arena, "%s; %s: %s", *rule,
                            inputs->arch[i].arch->name, what);
  }
  return *rule ? EXIT_OK : memory_error(session);
}
