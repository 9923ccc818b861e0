/* What a validation measures on: machines, networks and runs, each made once.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "validate/bench.h"

#include <string.h>

/* Notes a failed reading or run; gives false. */
static bool failed(struct reuse__formula *f, enum reuse_status status, const char *what,
                   const char *name) {
  struct reuse__bench *b = f->context;
  if (b->status == REUSE_OK)
    b->status = status;
  return reuse__formula_error(f, "%s %s: %s", what, name, reuse_status_text(status));
}

const struct reuse_arch *reuse__bench_arch_of(struct reuse__formula *f, const char *name) {
  struct reuse__bench *b = f->context;
  for (int i = 0; i < b->narchs; i++)
    if (strcmp(b->arch[i].name, name) == 0)
      return b->arch[i].arch;
  const char *models = reuse__printf(b->arena, "%s/models", b->home);
  const char *path = models ? reuse__printf(b->arena, "%s/%s.yaml", models, name) : NULL;
  const struct reuse_arch *arch = NULL;
  enum reuse_status status = REUSE_ERR_MEMORY;
  if (b->narchs == REUSE__BENCH_NAMES)
    status = REUSE_ERR_LIMIT;
  else if (path)
    status = reuse_arch_read(path, models, NULL, 0, b->arena, &arch, b->diag);
  if (status != REUSE_OK) {
    failed(f, status, "architecture", name);
    return NULL;
  }
  b->arch[b->narchs++] = (struct reuse__bench_arch){name, arch};
  return arch;
}

const struct reuse_network_table *reuse__bench_net_of(struct reuse__formula *f,
                                                      const char *name) {
  struct reuse__bench *b = f->context;
  for (int i = 0; i < b->nnets; i++)
    if (strcmp(b->net[i].name, name) == 0)
      return b->net[i].net;
  const char *path = reuse__printf(b->arena, "%s/data/%s.csv", b->home, name);
  const struct reuse_network_table *net = NULL;
  enum reuse_status status = REUSE_ERR_MEMORY;
  if (b->nnets == REUSE__BENCH_NAMES)
    status = REUSE_ERR_LIMIT;
  else if (path)
    status = reuse_network_read(path, b->arena, &net, b->diag);
  if (status != REUSE_OK) {
    failed(f, status, "network", name);
    return NULL;
  }
  b->net[b->nnets++] = (struct reuse__bench_net){name, net};
  return net;
}

/* The machine of SCENARIO with its settings. */
static const struct reuse_arch *scenario_arch(struct reuse__formula *f,
                                              const struct reuse__scenario *s) {
  struct reuse__bench *b = f->context;
  if (s->nset == 0)
    return reuse__bench_arch_of(f, s->arch);
  const char *models = reuse__printf(b->arena, "%s/models", b->home);
  const char *path = models ? reuse__printf(b->arena, "%s/%s.yaml", models, s->arch) : NULL;
  const struct reuse_arch *arch = NULL;
  const enum reuse_status status =
    path ? reuse_arch_read(path, models, s->set, s->nset, b->arena, &arch, b->diag)
         : REUSE_ERR_MEMORY;
  if (status != REUSE_OK)
    failed(f, status, "architecture", s->arch);
  return arch;
}

static struct reuse__run *run_scenario(struct reuse__formula *f,
                                       const struct reuse__scenario *s) {
  struct reuse__bench *b = f->context;
  const struct reuse_arch *arch = scenario_arch(f, s);
  const struct reuse_network_table *net = arch ? reuse__bench_net_of(f, s->net) : NULL;
  struct reuse__run *run = NULL;
  struct reuse__run_options o = {
    .search = {.objective = (enum reuse_objective)s->objective, .dataflow = s->dataflow,
               .max_evaluations = REUSE__USUAL_EVALUATIONS},
    .batch = s->batch,
    .layer_glob = s->layers, .jobs = b->jobs
  };
  if (!net)
    return NULL;
  if (s->mapping) {
    o.mapping_path = reuse__printf(b->arena, "%s/data/%s.yaml", b->home, s->mapping);
    if (!o.mapping_path) {
      failed(f, REUSE_ERR_MEMORY, "scenario", s->name);
      return NULL;
    }
  }
  const enum reuse_status status = reuse__run(arch, net, &o, b->arena, &run, b->diag);
  if (status != REUSE_OK) {
    failed(f, status, "scenario", s->name);
    return NULL;
  }
  return run;
}

const struct reuse__run *reuse__bench_run_of(struct reuse__formula *f, const char *name) {
  struct reuse__bench *b = f->context;
  for (int i = 0; i < b->plan->nscenarios; i++)
    if (strcmp(b->plan->scenario[i].name, name) == 0) {
      if (!b->run[i])
        b->run[i] = run_scenario(f, &b->plan->scenario[i]);
      return b->run[i];
    }
  reuse__formula_error(f, "there is no scenario %s", name);
  return NULL;
}

/* A name in a formula: the value of the plan's formula of that name. */
static bool named_value(struct reuse__formula *f, const char *name, double *value) {
  struct reuse__bench *b = f->context;
  const struct reuse__node *values = b->plan->values;
  for (int i = 0; values && i < values->n; i++) {
    if (strcmp(values->key[i]->text, name) != 0)
      continue;
    if (b->in_progress[i])
      return reuse__formula_error(f, "%s is defined by itself", name);
    b->in_progress[i] = true;
    const bool ok = reuse__bench_value(b, values->item[i], value);
    b->in_progress[i] = false;
    return ok;
  }
  return reuse__formula_error(f, "there is no value %s", name);
}

bool reuse__bench_value(struct reuse__bench *b, const struct reuse__node *node,
                        double *value) {
  struct reuse__yaml yaml = b->plan->yaml;
  struct reuse__formula f = {
    .yaml = &yaml, .node = node, .function = reuse__quantity,
    .nfunctions = reuse__quantities, .name = named_value, .context = b
  };
  const bool ok = reuse__expect(&yaml, node, "a value", REUSE__SCALAR) &&
                  reuse__formula_value(&f, value);
  if (!ok && b->status == REUSE_OK)
    b->status = yaml.status != REUSE_OK ? yaml.status : REUSE_ERR_INPUT;
  return ok;
}
