/* The command line: the table of options, and reading it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/options.h"

#include <getopt.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/search.h"
#include "compare/compare.h"
#include "compare/iso.h"
#include "report/depthwise.h"
#include "report/report.h"

enum {
  EVALUATE = 1 << EVALUATE_COMMAND,
  NEST = 1 << NEST_COMMAND,
  LIST = 1 << LIST_COMMAND,
  SHOW = 1 << SHOW_COMMAND,
  COMPARE = 1 << COMPARE_COMMAND,
  REPORT = 1 << REPORT_COMMAND,
  VALIDATE = 1 << VALIDATE_COMMAND,
  MAPS = EVALUATE | SHOW | COMPARE | REPORT, /* commands that map layers */
  PLOTS = EVALUATE | COMPARE | VALIDATE,      /* commands whose plots have scripts and widths */
  PAPER = EVALUATE | COMPARE | REPORT | VALIDATE, /* commands that make LaTeX */
  TABLES = NEST | LIST,
  EVERY = EVALUATE | NEST | LIST | SHOW | COMPARE | REPORT | VALIDATE
};

const char *const command_name[COMMANDS] = {"evaluate", "nest", "list", "show",
                                           "compare", "report", "validate"};

static const char *const format_names[] = {"text", "csv", "json", "latex"};
static const char *const width_names[] = {"auto", "single", "double"};
static const char *const color_names[] = {"auto", "always", "never"};
static const char *const search_names[] = {"bound", "complete", "exhaustive"};
static const char *const nest_table_names[] = {"accesses", "summary"};

#define FIELD(name) offsetof(struct settings, name)
#define NO_CHOICE NULL, 0
#define CHOICE(names) names, sizeof names / sizeof names[0]

const struct option_row option_rows[] = {
  {"arch", 0, "A[,B]...", "architectures: shipped names or YAML files", MAPS, LIST_VALUE,
   FIELD(archs), NO_CHOICE, "@archs"},
  {"net", 0, "N[,M]...", "networks: shipped names, aliases or CSV files", MAPS,
   LIST_VALUE, FIELD(nets), NO_CHOICE, "@nets"},
  {"layer", 0, "GLOB", "only the layers whose names match, as in 'conv*'", MAPS,
   TEXT_VALUE, FIELD(layer), NO_CHOICE, NULL},
  {"objective", 0, "WHAT", "what the mapper makes least", MAPS, CHOICE_VALUE,
   FIELD(objective), reuse_objective_name, REUSE_OBJECTIVES, NULL},
  {"weights", 0, "energy=A,latency=B,dram=C",
   "the weighted objective: A for a pJ, B for a cycle, C for a word of DRAM, added up; "
   "what is left out is 0",
   MAPS, TEXT_VALUE, FIELD(weights), NO_CHOICE, "energy= latency= dram="},
  {"search", 0, "HOW", "branch and bound, the same with every step, or every mapping", MAPS,
   CHOICE_VALUE, FIELD(search), CHOICE(search_names), NULL},
  {"budget", 0, "LIMIT",
   "where the search of a layer stops: evaluations=N (default 500000), time=S (5s, "
   "200ms), both, or none",
   MAPS, TEXT_VALUE, FIELD(budget), NO_CHOICE, "evaluations= time= none"},
  {"pareto", 0, "energy,latency",
   "instead of one mapping a layer, all of which none has less energy and less time",
   EVALUATE, TEXT_VALUE, FIELD(pareto), NO_CHOICE, "energy,latency"},
  {"batch", 0, "N", "batch size, default 1", MAPS, INTEGER_VALUE, FIELD(batch),
   NO_CHOICE, NULL},
  {"set", 0, "LEVEL.KEY=VALUE", "replace a value of the architecture file; repeatable",
   MAPS, WORD_VALUE, FIELD(sets), NO_CHOICE, NULL},
  {"mapping", 0, "FILE", "use the mapping of this nest file; do not search", EVALUATE | SHOW,
   TEXT_VALUE, FIELD(mapping), NO_CHOICE, "@files"},
  {"dataflow", 0, "NAME", "search only the mappings of this dataflow", MAPS, TEXT_VALUE,
   FIELD(dataflow), NO_CHOICE, NULL},
  {"lowering", 0, "L",
   "direct, im2col, winograd[:m], fft[:n] or auto, default what the dataflows state",
   EVALUATE, TEXT_VALUE, FIELD(lowering), NO_CHOICE,
   "direct im2col winograd winograd:2 winograd:4 fft fft:16 auto"},
  {"relative-to", 0, "ARCH", "the architecture that ratios are to, default the first",
   COMPARE, TEXT_VALUE, FIELD(relative_to), NO_CHOICE, "@archs"},
  {"by", 0, "WHAT", "what a row of the comparison is", COMPARE, CHOICE_VALUE, FIELD(by),
   reuse__by_name, REUSE__BYS, NULL},
  {"baseline", 0, "NAME[,NAME]...",
   "what reductions are against: dataflows of the architectures, or architectures",
   COMPARE, LIST_VALUE, FIELD(baselines), NO_CHOICE, "@archs"},
  {"baseline-set", 0, "LEVEL.KEY=VALUE", "as --set, for baselines only; repeatable",
   COMPARE, WORD_VALUE, FIELD(baseline_sets), NO_CHOICE, NULL},
  {"iso", 0, "WHAT", "what is made equal to the chosen architecture's", COMPARE,
   CHOICE_VALUE, FIELD(iso), reuse__iso_name, REUSE__ISOS, NULL},
  {"table", 0, "KIND", "what is printed", EVALUATE, CHOICE_VALUE, FIELD(table),
   reuse__table_name, REUSE__TABLES, NULL},
  {"table", 0, "KIND", "what is printed", NEST, CHOICE_VALUE, FIELD(table),
   CHOICE(nest_table_names), NULL},
  {"table", 0, "KIND", "what is printed, default all as text", REPORT, CHOICE_VALUE,
   FIELD(table), reuse__type_table_name, REUSE__TYPE_TABLES, NULL},
  {"format", 0, "FORMAT", "form of the table", TABLES, CHOICE_VALUE, FIELD(format),
   format_names, LATEX_FORMAT, NULL},
  {"format", 0, "FORMAT", "form of the table", PAPER, CHOICE_VALUE, FIELD(format),
   CHOICE(format_names), NULL},
  {"output", 'o', "DIR",
   "write the tables layers, accesses and reuse as CSV files and the roofline as an "
   "SVG file into this directory, too",
   EVALUATE, TEXT_VALUE, FIELD(output), NO_CHOICE, "@files"},
  {"plot", 0, "KIND=FILE",
   "draw a plot into FILE.svg, .png, .pdf or .tex, or as text for -; KIND is roofline, "
   "energy, energy-level, energy-operand, utilization, accesses, hierarchy, reuse, "
   "buffer or, with --pareto, pareto; repeatable",
   EVALUATE, WORD_VALUE, FIELD(plots), NO_CHOICE,
   "roofline= energy= energy-level= energy-operand= utilization= accesses= hierarchy= "
   "reuse= buffer= pareto="},
  {"plot", 0, "KIND=FILE",
   "draw a plot into FILE.svg, .png, .pdf or .tex, or as text for -; KIND is compare, "
   "reduction, values or energy; repeatable",
   COMPARE, WORD_VALUE, FIELD(plots), NO_CHOICE, "compare= reduction= values= energy="},
  {"plot-script", 0, "FILE", "keep the plot's script, which gnuplot draws on its own",
   PLOTS, TEXT_VALUE, FIELD(plot_script), NO_CHOICE, "@files"},
  {"plot-width", 0, "WIDTH", "columns of a page that plots fill", PLOTS, CHOICE_VALUE,
   FIELD(plot_width), CHOICE(width_names), NULL},
  {"plot", 0, "KIND=FILE",
   "draw a plot into FILE.svg, .png, .pdf or .tex, or as text for -; KIND is validation; "
   "repeatable",
   VALIDATE, WORD_VALUE, FIELD(plots), NO_CHOICE, "validation="},
  {"jobs", 'j', "N", "threads, default one for each processor", MAPS | VALIDATE, INTEGER_VALUE,
   FIELD(jobs), NO_CHOICE, NULL},
  {"color", 0, "WHEN", "colour messages", EVERY, CHOICE_VALUE, FIELD(color),
   CHOICE(color_names), NULL},
  {"quiet", 'q', NULL, "print no notes, only warnings and errors", EVERY, FLAG_VALUE,
   FIELD(quiet), NO_CHOICE, NULL},
  {"help", 'h', NULL, "print this help; after a command, the command's", EVERY,
   FLAG_VALUE, FIELD(help), NO_CHOICE, NULL},
  {"version", 'V', NULL, "print the version", EVERY, FLAG_VALUE, FIELD(version),
   NO_CHOICE, NULL},
  {"completion", 0, NULL, NULL, EVERY, FLAG_VALUE, FIELD(completion), NO_CHOICE, NULL},
};

enum { ROWS = sizeof option_rows / sizeof option_rows[0], FIRST_ID = 256,
       MAX_NUMBER = 1 << 30 };
const int option_count = ROWS;

/* What getopt_long is given, from the rows of one command. */
struct getopt_tables {
  struct option option[ROWS + 1];
  char letters[2 * ROWS + 3];
};

static void make_tables(int command, struct getopt_tables *tables) {
  int n = 0;
  char *letter = tables->letters;
  *letter++ = ':';
  for (int i = 0; i < ROWS; i++) {
    const struct option_row *row = &option_rows[i];
    if (!(row->commands & 1u << command))
      continue;
    tables->option[n++] = (struct option){
      row->name, row->argument ? required_argument : no_argument, NULL, FIRST_ID + i
    };
    if (row->letter) {
      *letter++ = (char)row->letter;
      if (row->argument)
        *letter++ = ':';
    }
  }
  tables->option[n] = (struct option){NULL, 0, NULL, 0};
  *letter = '\0';
}

static const struct option_row *row_of_id(int id) {
  if (id >= FIRST_ID)
    return &option_rows[id - FIRST_ID];
  for (int i = 0; i < ROWS; i++)
    if (option_rows[i].letter == id)
      return &option_rows[i];
  return NULL;
}

/* Adds to LIST the parts of TEXT between commas; a file's name is one part. */
static int add_list(struct session *session, const struct option_row *row,
                    const char *text, struct words *list) {
  if (strchr(text, ',') && access(text, F_OK) == 0) {
    list->word[list->n++] = text;
    return EXIT_OK;
  }
  for (;;) {
    size_t n = strcspn(text, ",");
    const char *part = reuse__strndup(session->arena, text, n);
    if (!part)
      return memory_error(session);
    if (n == 0)
      return usage_error(session, NULL, "--%s: a name is missing", row->name);
    list->word[list->n++] = part;
    if (!text[n])
      return EXIT_OK;
    text += n + 1;
  }
}

static int read_choice(struct session *session, const struct option_row *row,
                       const char *text, int *value) {
  char hint[200];
  int i = reuse__index_of(text, row->choice, row->nchoices);
  if (i < 0)
    return usage_error(session,
                       reuse__suggestion(text, "the choices are", row->choice,
                                         row->nchoices, hint, sizeof hint),
                       "--%s: '%s' is not a choice", row->name, text);
  *value = i;
  return EXIT_OK;
}

static int read_integer(struct session *session, const struct option_row *row,
                        const char *text, int64_t *value) {
  if (!reuse__parse_int(text, value, NULL) || *value < 1 || *value > MAX_NUMBER)
    return usage_error(session, NULL, "--%s: '%s' is not an integer from 1 to %d",
                       row->name, text, (int)MAX_NUMBER);
  return EXIT_OK;
}

/* Stores the argument TEXT (NULL for flags) of the option ROW. */
static int store(struct session *session, const struct option_row *row,
                 const char *text, struct settings *settings) {
  char *field = (char *)settings + row->field;
  struct words *words;
  if (text && !*text)
    return usage_error(session, NULL, "--%s: the argument is empty", row->name);
  switch (row->kind) {
  case FLAG_VALUE:
    *(bool *)(void *)field = true;
    return EXIT_OK;
  case TEXT_VALUE:
    *(const char **)(void *)field = text;
    return EXIT_OK;
  case CHOICE_VALUE:
    return read_choice(session, row, text, (int *)(void *)field);
  case INTEGER_VALUE:
    return read_integer(session, row, text, (int64_t *)(void *)field);
  case WORD_VALUE:
    words = (struct words *)(void *)field;
    words->word[words->n++] = text;
    return EXIT_OK;
  case LIST_VALUE:
    return add_list(session, row, text, (struct words *)(void *)field);
  }
  return EXIT_USAGE;
}

/* Reports the long option WORD ("--name" or "--name=value") that getopt_long did
 * not take. */
static int unknown_option(struct session *session, const char *word, int command) {
  const char *names[ROWS];
  char name[64], hint[200];
  size_t n = strcspn(word, "=");
  int matches = 0;
  bool elsewhere = false;
  snprintf(name, sizeof name, "%.*s", n > 60 ? 60 : (int)n, word);
  for (int i = 0; i < ROWS; i++) {
    const struct option_row *row = &option_rows[i];
    bool here = (row->commands & 1u << command) && row->help;
    names[i] = here ? row->name : NULL;
    matches += here && strncmp(row->name, name + 2, strlen(name + 2)) == 0;
    elsewhere = elsewhere || (!here && strcmp(row->name, name + 2) == 0);
  }
  if (matches == 1 && word[n] == '=')
    return usage_error(session, NULL, "option '%s' takes no argument", name);
  if (matches > 1)
    return usage_error(session, NULL, "option '%s' is ambiguous", name);
  if (elsewhere)
    return usage_error(session, NULL, "option '%s' does not apply to %s", name,
                       command_name[command]);
  const char *near = reuse__nearest(name + 2, names, ROWS);
  snprintf(hint, sizeof hint, near ? "did you mean '--%s'?" : "see reusemodel %s --help",
           near ? near : command_name[command]);
  return usage_error(session, hint, "unknown option '%s'", name);
}

/* Reports what getopt_long answered with '?' or ':' at the word WORD, which counts
 * for long options only. */
static int bad_option(struct session *session, int answer, const char *word,
                      int command) {
  const struct option_row *row = row_of_id(optopt);
  if (answer == ':' && row && optopt >= FIRST_ID)
    return usage_error(session, NULL, "option '--%s' needs an argument, %s", row->name,
                       row->argument);
  if (answer == ':' && row)
    return usage_error(session, NULL, "option '-%c' needs an argument, %s", optopt,
                       row->argument);
  if (optopt == 0 || optopt >= FIRST_ID)
    return unknown_option(session, word, command);
  for (int i = 0; i < ROWS; i++)
    if (option_rows[i].letter == optopt)
      return usage_error(session, NULL, "option '-%c' does not apply to %s", optopt,
                         command_name[command]);
  return usage_error(session, "see reusemodel --help", "unknown option '-%c'", optopt);
}

/* Takes the command off the front of the arguments, if there is one. */
static int read_command(int argc, char **argv, struct session *session,
                        struct settings *settings) {
  char hint[200];
  if (argc < 2 || argv[1][0] == '-')
    return EXIT_OK;
  int i = reuse__index_of(argv[1], command_name, COMMANDS);
  if (i < 0)
    return usage_error(session,
                       reuse__suggestion(argv[1], "the commands are", command_name,
                                         COMMANDS, hint, sizeof hint),
                       "unknown command '%s'", argv[1]);
  settings->command = i;
  settings->command_given = true;
  return EXIT_OK;
}

/* Makes room for all words of the command line in every list. */
static bool make_room(struct session *session, int argc, char **argv,
                      struct settings *settings) {
  struct words *const list[] = {&settings->archs, &settings->nets, &settings->sets,
                                &settings->plots, &settings->operands,
                                &settings->baselines, &settings->baseline_sets};
  size_t room = (size_t)argc;
  for (int i = 0; i < argc; i++)
    for (const char *c = argv[i]; *c; c++)
      room += *c == ',';
  for (size_t i = 0; i < sizeof list / sizeof list[0]; i++) {
    list[i]->word = reuse__alloc_array(session->arena, room, sizeof *list[i]->word);
    if (!list[i]->word)
      return false;
  }
  return true;
}

/* The words of the command line, with a blank between two; NULL: no memory. */
static const char *all_words(struct session *session, int argc, char **argv) {
  const char *text = "";
  for (int i = 1; text && i < argc; i++)
    text = reuse__printf(session->arena, "%s%s%s", text, i > 1 ? " " : "", argv[i]);
  return text;
}

int read_options(int argc, char **argv, struct session *session,
                 struct settings *settings) {
  struct getopt_tables tables;
  *settings = (struct settings){.table = -1, .batch = 1};
  settings->options = all_words(session, argc, argv);
  if (!settings->options || !make_room(session, argc, argv, settings))
    return memory_error(session);
  int code = read_command(argc, argv, session, settings);
  if (code != EXIT_OK)
    return code;
  if (settings->command_given) {
    argc--;
    argv++;
  }
  make_tables(settings->command, &tables);
  opterr = 0;
  for (;;) {
    int id = getopt_long(argc, argv, tables.letters, tables.option, NULL);
    if (id == -1)
      break;
    if (id == '?' || id == ':')
      return bad_option(session, id, argv[optind - 1], settings->command);
    code = store(session, row_of_id(id), optarg, settings);
    if (code != EXIT_OK)
      return code;
  }
  for (int i = optind; i < argc; i++)
    settings->operands.word[settings->operands.n++] = argv[i];
  return settings->help || settings->version ? EXIT_OK : read_search(session, settings);
}
