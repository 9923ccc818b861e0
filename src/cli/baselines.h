/* What architectures are compared with besides one another, and made equal in.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_CLI_BASELINES_H
#define REUSE_CLI_BASELINES_H

#include "cli/inputs.h"

/* Adds the baselines that --baseline names to INPUTS, after the architectures: a name
 * of a dataflow that all architectures have (in any case of letters) makes one of each
 * that is mapped by it alone; another is an architecture, a baseline of number
 * REFERENCE. */
int add_baselines(struct session *session, const struct settings *settings, int reference,
                  struct inputs *inputs);

/* Makes the architectures of INPUTS equal to number REFERENCE, as --iso says; *rule
 * becomes what was done, NULL without --iso. */
int make_equal(struct session *session, const struct settings *settings, int reference,
               struct inputs *inputs, const char **rule);

/* Gives layers of an architecture the mappings of its baselines, single dataflows of the
 * same machine, where these are better: a search that its budget stopped may have missed
 * them.  Gives how many layers. */
int adopt_mappings(const struct settings *settings, const struct inputs *inputs,
                   struct pairs *pairs);

#endif
