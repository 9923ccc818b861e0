/* The command line: options as rows of one table.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_CLI_OPTIONS_H
#define REUSE_CLI_OPTIONS_H

#include "cli/cli.h"

enum command {
  EVALUATE_COMMAND, NEST_COMMAND, LIST_COMMAND, SHOW_COMMAND, COMPARE_COMMAND,
  REPORT_COMMAND, VALIDATE_COMMAND, COMMANDS
};
extern const char *const command_name[COMMANDS];

enum table_format { TEXT_FORMAT, CSV_FORMAT, JSON_FORMAT, LATEX_FORMAT, TABLE_FORMATS };
enum color_choice { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER, COLOR_CHOICES };
enum search_choice { BOUND_SEARCH, COMPLETE_SEARCH, EXHAUSTIVE_SEARCH, SEARCH_CHOICES };
enum nest_table { NEST_ACCESSES, NEST_SUMMARY, NEST_TABLES };

/* Words in the order of the command line. */
struct words {
  int n;
  const char **word;           /* room for every word of the command line */
};

/* What the command line says. */
struct settings {
  int command;                 /* enum command */
  bool command_given;
  bool help, version, completion, quiet;
  struct words archs, nets;    /* as typed, lists split at commas */
  struct words sets, plots, operands;
  const char *options;         /* all of the command line after the program */
  const char *layer, *mapping, *dataflow, *lowering, *output, *relative_to;
  const char *plot_script;
  int plot_width;              /* columns of a page; 0: as each plot is made */
  struct words baselines, baseline_sets;
  const char *weights, *budget, *pareto;
  int by;                      /* enum reuse__by */
  int iso;                     /* enum reuse__iso */
  int objective, format, color;
  int search;                  /* enum search_choice */
  struct reuse_search mapper;  /* what the options of the mapper say */
  int table;                   /* of the command's kinds; -1: not given */
  int64_t batch;
  int64_t jobs;                /* 0: not given */
};

/* How the argument of an option is read. */
enum value_kind { FLAG_VALUE, TEXT_VALUE, CHOICE_VALUE, INTEGER_VALUE, WORD_VALUE,
                  LIST_VALUE };

struct option_row {
  const char *name;
  int letter;                  /* short option, 0: none */
  const char *argument;        /* NULL: none */
  const char *help;
  unsigned commands;           /* mask of 1 << enum command */
  enum value_kind kind;
  size_t field;                /* offset in struct settings */
  const char *const *choice;   /* CHOICE_VALUE: names, the first is the default */
  int nchoices;
  const char *complete;        /* what bash completes: "@archs", "@nets", "@files" */
};
extern const struct option_row option_rows[];
extern const int option_count;

/* Reads the command line into *settings (strings are kept, lists are in the
 * session's arena).  Gives EXIT_OK, or another code after a message. */
int read_options(int argc, char **argv, struct session *session,
                 struct settings *settings);

/* --help of the command that is set, --version, and the words for completion. */
void print_help(const struct settings *settings);
void print_version(void);
void print_completion(const struct settings *settings);

#endif
