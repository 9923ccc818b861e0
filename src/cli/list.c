/* list: the names of shipped files.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/commands.h"
#include "report/format.h"

enum kind { ARCHS, NETS, ALIASES, KINDS };

static const char *const kind_name[KINDS] = {"archs", "nets", "aliases"};
static const char *const heading[KINDS] = {"Architectures (--arch)", "Networks (--net)",
                                           "Other names of networks"};

/* What there is to say about a name. */
struct entry {
  const char *name, *title, *network;   /* network: of an alias */
  int64_t layers, macs, params;         /* of a network */
};

struct entries {
  enum kind kind;
  int n;
  struct entry *entry;
};

static const struct reuse__column arch_column[] = {
  {"name", REUSE__STRING}, {"title", REUSE__STRING}
};
static const struct reuse__column net_column[] = {
  {"name", REUSE__STRING},   {"title", REUSE__STRING}, {"layers", REUSE__INTEGER},
  {"macs", REUSE__INTEGER},  {"params", REUSE__INTEGER}
};
static const struct reuse__column alias_column[] = {
  {"name", REUSE__STRING}, {"network", REUSE__STRING}, {"meaning", REUSE__STRING}
};

/* Reads the shipped architecture ENTRY->name. */
static int describe_arch(struct session *session, const struct settings *settings,
                         struct entry *entry) {
  const struct reuse_arch *arch;
  const struct named named = {entry->name,
                              shipped_path(session, ARCH_NAME, entry->name)};
  if (!named.path)
    return memory_error(session);
  const int code = read_arch(session, settings, &named, &arch);
  if (code == EXIT_OK)
    entry->title = arch->title;
  return code;
}

/* Reads the shipped network ENTRY->name. */
static int describe_net(struct session *session, struct entry *entry) {
  const struct reuse_network_table *network;
  const struct named named = {entry->name,
                              shipped_path(session, NET_NAME, entry->name)};
  if (!named.path)
    return memory_error(session);
  const int code = read_net(session, &named, &network);
  if (code != EXIT_OK)
    return code;
  entry->title = network->title;
  entry->layers = network->nlayers;
  entry->macs = network->macs;
  entry->params = network->params;
  return code;
}

/* The shipped files of KIND.  A file that cannot be read has no title, and its
 * exit code is the result. */
static int collect_files(struct session *session, const struct settings *settings,
                         enum kind kind, struct entries *entries) {
  const char *const *names;
  int worst = EXIT_OK, n;
  int code = list_names(session, kind == ARCHS ? ARCH_NAME : NET_NAME, &names, &n);
  if (code != EXIT_OK)
    return code;
  entries->entry = reuse__alloc_array(session->arena, (size_t)n + 1,
                                      sizeof *entries->entry);
  if (!entries->entry)
    return memory_error(session);
  for (int i = 0; i < n; i++) {
    struct entry *entry = &entries->entry[entries->n++];
    entry->name = names[i];
    code = kind == ARCHS ? describe_arch(session, settings, entry)
                         : describe_net(session, entry);
    worst = code > worst ? code : worst;
  }
  return worst;
}

static int collect_aliases(struct session *session, struct entries *entries) {
  struct aliases aliases;
  const int code = read_aliases(session, &aliases);
  if (code != EXIT_OK)
    return code;
  entries->n = aliases.n;
  entries->entry = reuse__alloc_array(session->arena, (size_t)aliases.n + 1,
                                      sizeof *entries->entry);
  if (!entries->entry)
    return memory_error(session);
  for (int i = 0; i < aliases.n; i++) {
    const struct alias *a = &aliases.alias[i];
    entries->entry[i] = (struct entry){
      .name = a->name, .title = a->meaning, .network = a->target
    };
  }
  return EXIT_OK;
}

static int collect(struct session *session, const struct settings *settings,
                   enum kind kind, struct entries *entries) {
  *entries = (struct entries){.kind = kind};
  return kind == ALIASES ? collect_aliases(session, entries)
                         : collect_files(session, settings, kind, entries);
}

/* Names and titles in two columns. */
static void print_lines(const struct entries *entries) {
  char macs[REUSE__NUMBER];
  int width = 0;
  for (int i = 0; i < entries->n; i++) {
    const int n = (int)strlen(entries->entry[i].name);
    width = n > width ? n : width;
  }
  for (int i = 0; i < entries->n; i++) {
    const struct entry *e = &entries->entry[i];
    if (entries->kind == ALIASES)
      printf("%-*s  %s (%s)\n", width, e->name, e->title, e->network);
    else if (entries->kind == NETS && e->title)
      printf("%-*s  %5s MACs  %s\n", width, e->name, reuse__si(macs, (double)e->macs),
             e->title);
    else
      printf("%-*s  %s\n", width, e->name, e->title ? e->title : "(not readable)");
  }
}

static void put_text(struct reuse__table *table, const char *text) {
  if (text)
    reuse__put_string(table, text);
  else
    reuse__put_empty(table, 1);
}

static void put_entry(const struct entry *e, enum kind kind,
                      struct reuse__table *table) {
  reuse__table_row(table);
  reuse__put_string(table, e->name);
  if (kind == ALIASES)
    reuse__put_string(table, e->network);
  put_text(table, e->title);
  if (kind != NETS || !e->title)
    return;
  reuse__put_integer(table, e->layers);
  reuse__put_integer(table, e->macs);
  reuse__put_integer(table, e->params);
}

static int print_entries(struct session *session, const struct entries *entries,
                         int format) {
  static const struct { const struct reuse__column *column; int n; } columns[KINDS] = {
    [ARCHS] = {arch_column, sizeof arch_column / sizeof arch_column[0]},
    [NETS] = {net_column, sizeof net_column / sizeof net_column[0]},
    [ALIASES] = {alias_column, sizeof alias_column / sizeof alias_column[0]}
  };
  struct reuse__table *table = reuse__table_new(
    session->arena, columns[entries->kind].column, columns[entries->kind].n);
  if (!table)
    return memory_error(session);
  for (int i = 0; i < entries->n; i++)
    put_entry(&entries->entry[i], entries->kind, table);
  return table->failed ? memory_error(session) : print_table(session, table, format);
}

/* All kinds under headings. */
static int print_all(struct session *session, const struct settings *settings) {
  int worst = EXIT_OK;
  for (int kind = 0; kind < KINDS; kind++) {
    struct entries entries;
    const int code = collect(session, settings, (enum kind)kind, &entries);
    worst = code > worst ? code : worst;
    if (entries.n > 0)
      printf("%s%s\n\n", kind ? "\n" : "", heading[kind]);
    print_lines(&entries);
  }
  const int code = check_stdout(session);
  return code > worst ? code : worst;
}

int run_list(struct session *session, const struct settings *settings) {
  struct entries entries;
  char hint[100];
  if (settings->operands.n > 1)
    return usage_error(session, NULL, "list takes one kind");
  if (settings->operands.n == 0 && settings->format != TEXT_FORMAT)
    return usage_error(session, "the kinds are: archs, nets, aliases",
                       "--format needs one kind");
  if (settings->operands.n == 0)
    return print_all(session, settings);
  const char *word = settings->operands.word[0];
  const int kind = reuse__index_of(word, kind_name, KINDS);
  if (kind < 0)
    return usage_error(session,
                       reuse__suggestion(word, "the kinds are", kind_name, KINDS, hint,
                                         sizeof hint),
                       "list: unknown kind '%s'", word);
  int worst = collect(session, settings, (enum kind)kind, &entries), code = EXIT_OK;
  if (settings->format != TEXT_FORMAT)
    code = print_entries(session, &entries, settings->format);
  else
    print_lines(&entries);
  if (code == EXIT_OK)
    code = check_stdout(session);
  return code > worst ? code : worst;
}
