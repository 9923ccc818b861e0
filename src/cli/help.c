/* --help, --version and the words for completion.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "cli/options.h"

enum { HELP_COLUMN = 26, HELP_WIDTH = 79 };

static const struct { const char *form, *does; } usage[COMMANDS] = {
  [EVALUATE_COMMAND] = {
    "[evaluate] --arch A[,B] --net N[,M] [OPTION]...",
    "Maps every layer of the networks on the architectures and prints accesses, "
    "time, energy and what bounds them. --table reuse needs no --arch." },
  [NEST_COMMAND] = {
    "nest FILE [OPTION]...",
    "Prints the exact access counts of the loop nest in FILE, see "
    "reusemodel-nest(5)." },
  [LIST_COMMAND] = {
    "list [archs|nets|aliases] [OPTION]...",
    "Lists the architectures, the networks, or the other names of networks." },
  [SHOW_COMMAND] = {
    "show NAME|arch NAME|net NAME|mapping FILE [OPTION]...",
    "Shows an architecture with the source of every figure, a network, or a "
    "mapping as loops. With --arch, --net and perhaps --layer: the mapping that is found "
    "for the layer." },
  [COMPARE_COMMAND] = {
    "compare --arch A,B... --net N[,M]... [OPTION]...",
    "Compares architectures: time, energy, utilization and traffic of networks, layer "
    "types or layers, the ratios to one of them, geometric means over the networks, "
    "who wins and what decides." },
  [REPORT_COMMAND] = {
    "report depthwise --arch A[,B]... --net N[,M]... [OPTION]...",
    "Tells why depthwise layers use the architectures as they do: their shares, the "
    "reuse that they offer, where the peak goes, what each placement reaches and what "
    "would help." },
  [VALIDATE_COMMAND] = {
    "validate [SYSTEM] [OPTION]...",
    "Compares the model with published figures, of the systems whose names match the "
    "glob SYSTEM. Exit 1 when a figure that was not only recalled is outside the "
    "tolerance that data/validation.yaml states for it." },
};

/* Writes TEXT in lines of HELP_WIDTH, from column AT on, with INDENT blanks before
 * later lines. */
static void put_wrapped(const char *text, int at, int indent) {
  while (*text) {
    size_t n = strcspn(text, " ");
    if (at + 1 + (int)n > HELP_WIDTH && at > indent) {
      printf("\n%*s", indent, "");
      at = indent;
    } else if (at > indent) {
      putchar(' ');
      at++;
    }
    printf("%.*s", (int)n, text);
    at += (int)n;
    text += n;
    text += strspn(text, " ");
  }
  putchar('\n');
}

/* The row's help with its choices, into BUFFER. */
static void describe(const struct option_row *row, char *buffer, size_t size) {
  size_t n = (size_t)snprintf(buffer, size, "%s", row->help);
  for (int i = 0; i < row->nchoices && n < size; i++)
    n += (size_t)snprintf(buffer + n, size - n, "%s%s%s", i ? ", " : ": ",
                          row->choice[i], i ? "" : " (default)");
}

static void put_option(const struct option_row *row) {
  char name[60], text[400];
  char letter[8] = "    ";
  if (row->letter)
    snprintf(letter, sizeof letter, "-%c, ", row->letter);
  int n = snprintf(name, sizeof name, "  %s--%s%s%s", letter, row->name,
                   row->argument ? " " : "", row->argument ? row->argument : "");
  describe(row, text, sizeof text);
  fputs(name, stdout);
  if (n > HELP_COLUMN - 2) {
    putchar('\n');
    n = 0;
  }
  printf("%*s", HELP_COLUMN - n, "");
  put_wrapped(text, HELP_COLUMN, HELP_COLUMN);
}

void print_help(const struct settings *settings) {
  for (int i = 0; i < COMMANDS; i++)
    if (!settings->command_given || settings->command == i)
      printf("%s reusemodel %s\n",
             i == 0 || settings->command_given ? "Usage:" : "      ", usage[i].form);
  if (settings->command_given) {
    putchar('\n');
    put_wrapped(usage[settings->command].does, 0, 0);
  } else {
    puts("\nAn analytical energy and performance model for DNN accelerators.\n");
    for (int i = 0; i < COMMANDS; i++) {
      int n = printf("  %s", command_name[i]);
      printf("%*s", 12 - n, "");
      put_wrapped(usage[i].does, 12, 12);
    }
  }
  puts("\nOptions:");
  for (int i = 0; i < option_count; i++)
    if ((option_rows[i].commands & 1u << settings->command) && option_rows[i].help)
      put_option(&option_rows[i]);
  if (!settings->command_given)
    puts("\nSee reusemodel(1) for details, exit codes and examples.");
}

void print_version(void) {
  puts("reusemodel " PACKAGE_VERSION);
  puts("Copyright (C) 2026 the reusemodel authors");
  puts("License GPL-3.0-or-later: GNU GPL version 3 or later.");
  puts("This is free software: you may change and redistribute it.");
  puts("There is NO WARRANTY, to the extent permitted by law.");
}

/* Lines "command NAME", then "--option WORD..." for the command that is set: the
 * choices, or "@archs", "@nets", "@files"; "-" for any other argument. */
void print_completion(const struct settings *settings) {
  for (int i = 0; i < COMMANDS; i++)
    printf("command %s\n", command_name[i]);
  for (int i = 0; i < option_count; i++) {
    const struct option_row *row = &option_rows[i];
    if (!(row->commands & 1u << settings->command) || !row->help)
      continue;
    printf("--%s", row->name);
    for (int c = 0; c < row->nchoices; c++)
      printf(" %s", row->choice[c]);
    if (row->argument && row->nchoices == 0)
      printf(" %s", row->complete ? row->complete : "-");
    putchar('\n');
  }
}
