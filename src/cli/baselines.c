/* What architectures are compared with besides one another, and made equal in.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/baselines.h"

#include <strings.h>

#include "base/text.h"
#include "cli/groups.h"
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

/* Adds the architecture that WORD names. */
static int add_machine(struct session *session, const struct settings *settings,
                       const char *word, int reference, struct inputs *inputs) {
  struct arch_input *in = &inputs->arch[inputs->narchs];
  int code = resolve_name(session, ARCH_NAME, word, &in->name);
  in->arch = NULL;
  in->dataflow = NULL;
  in->baseline_of = reference;
  if (code == EXIT_OK)
    code = read_baseline(session, settings, in);
  inputs->narchs++;
  return code;
}

/* How many of the architectures have the dataflow WORD. */
static int count_having(const struct settings *settings, const struct inputs *inputs,
                        const char *word) {
  int having = 0;
  for (int a = 0; a < settings->archs.n; a++)
    having += find_dataflow(inputs->arch[a].arch, word) != NULL;
  return having;
}

/* Adds the baselines that WORD names: a dataflow, a group MEMBERS of architectures, or
 * an architecture. */
static int add_baseline(struct session *session, const struct settings *settings,
                        const char *word, const struct words *members, int reference,
                        struct inputs *inputs) {
  const int n = settings->archs.n, having = count_having(settings, inputs, word);
  struct named named;
  int code = EXIT_OK;
  for (int a = 0; having == n && code == EXIT_OK && a < n; a++)
    code = add_dataflow(session, settings, a, find_dataflow(inputs->arch[a].arch, word),
                        inputs);
  if (having == n || code != EXIT_OK)
    return code;
  if (having > 0 && members->n == 0 && !find_name(session, ARCH_NAME, word, &named, &code))
    return usage_error(session, NULL, "--baseline: not all architectures have a dataflow "
                       "'%s'", word);
  for (int i = 0; code == EXIT_OK && i < members->n; i++)
    code = add_machine(session, settings, members->word[i], reference, inputs);
  return members->n > 0 || code != EXIT_OK
           ? code : add_machine(session, settings, word, reference, inputs);
}

int add_baselines(struct session *session, const struct settings *settings, int reference,
                  struct inputs *inputs) {
  const int n = settings->baselines.n;
  struct words *members = reuse__alloc_array(session->arena, (size_t)n + 1, sizeof *members);
  int most = settings->archs.n * (n + 1) + n, code = EXIT_OK;
  if (settings->baselines.n > 0 && settings->dataflow)
    return usage_error(session, NULL, "--dataflow and --baseline exclude each other");
  if (settings->baseline_sets.n > 0 && settings->baselines.n == 0)
    return usage_error(session, NULL, "--baseline-set needs --baseline");
  for (int i = 0; members && code == EXIT_OK && i < n; i++) {
    const char *word = settings->baselines.word[i];
    members[i] = (struct words){0, NULL};
    if (count_having(settings, inputs, word) < settings->archs.n)
      code = find_group(session, word, &members[i]);
    most += members[i].n;
  }
  if (code != EXIT_OK)
    return code;
  struct arch_input *arch =
    reuse__alloc_array(session->arena, (size_t)most + 1, sizeof *arch);
  if (!arch || !members)
    return memory_error(session);
  for (int i = 0; i < inputs->narchs; i++)
    arch[i] = inputs->arch[i];
  inputs->arch = arch;
  for (int i = 0; code == EXIT_OK && i < n; i++)
    code = add_baseline(session, settings, settings->baselines.word[i], &members[i],
                        reference, inputs);
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

int adopt_mappings(const struct settings *settings, const struct inputs *inputs,
                   struct pairs *pairs) {
  int adopted = 0;
  for (int i = 0; settings->baseline_sets.n == 0 && i < pairs->n; i++) {
    const struct arch_input *in = &inputs->arch[i / inputs->nnets];
    const struct reuse__run *from = pairs->pair[i].run;
    if (in->baseline_of < 0 || !in->dataflow)
      continue;
    struct reuse__run *to =
      pairs->pair[in->baseline_of * inputs->nnets + i % inputs->nnets].run;
    for (int r = 0; r < to->nrows; r++) {
      struct reuse__row *row = &to->row[r];
      if (!row->modelled || !from->row[r].modelled ||
          !(reuse__objective_value(from, &from->row[r]) < reuse__objective_value(to, row)))
        continue;
      row->mapping = from->row[r].mapping;
      row->cost = from->row[r].cost;
      adopted++;
    }
  }
  return adopted;
}
