/* What --arch, --net and the options of the mapper name, read and run.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_CLI_INPUTS_H
#define REUSE_CLI_INPUTS_H

#include "cli/names.h"
#include "cli/options.h"
#include "run/run.h"

struct arch_input {
  struct named name;
  const struct reuse_arch *arch;
  const char *dataflow;     /* the only one that the mapper uses; NULL: all */
  int baseline_of;          /* the architecture that it is a baseline of; -1: none */
};

struct net_input {
  struct named name;
  const struct reuse_network_table *network;
};

struct inputs {
  int narchs, nnets;
  struct arch_input *arch;
  struct net_input *net;
  struct reuse__wanted_lowering lowering;
  struct reuse__lines lines;    /* for Winograd's algorithm, when it is wanted */
};

/* A network on an architecture, or alone (arch is NULL). */
struct pair {
  const struct arch_input *arch;
  const struct net_input *net;
  struct reuse__run *run;
};

struct pairs {
  int n;
  struct pair *pair;
};

/* Each gives EXIT_OK, or another code after a message. */

/* Checks that the options name architectures and networks. */
int need_inputs(struct session *session, const struct settings *settings);

/* Reads the architecture, the network that WORD names. */
int read_arch(struct session *session, const struct settings *settings,
              const struct named *name, const struct reuse_arch **arch);
int read_net(struct session *session, const struct named *name,
             const struct reuse_network_table **network);

/* Reads all that the options name, and checks that the options fit to it. */
int read_inputs(struct session *session, const struct settings *settings,
                struct inputs *inputs);

/* What the options say about runs. */
struct reuse__run_options run_options(struct session *session,
                                      const struct settings *settings);

/* Runs every network on every architecture; without architectures the runs are
 * not mapped. */
int run_pairs(struct session *session, const struct settings *settings,
              const struct inputs *inputs, struct pairs *pairs);

#endif
