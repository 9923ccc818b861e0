/* What the terminal and the environment allow.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/terminal.h"

#include <fcntl.h>
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#ifdef _OPENMP
#include <omp.h>
#endif

#include "base/text.h"

enum { DEFAULT_WIDTH = 80, MAX_WIDTH = 10000, MAX_THREADS = 1024, PATH_BYTES = 4096 };

void guard_streams(void) {
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl(fd, F_GETFD) < 0 &&
        open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
      return;
}

bool messages_in_color(enum color_choice choice) {
  const char *plain = getenv("NO_COLOR"), *term = getenv("TERM");
  if (choice != COLOR_AUTO)
    return choice == COLOR_ALWAYS;
  return isatty(STDERR_FILENO) && !(plain && *plain) && term &&
         strcmp(term, "dumb") != 0;
}

bool progress_is_seen(void) {
  const char *term = getenv("TERM");
  return isatty(STDERR_FILENO) && term && strcmp(term, "dumb") != 0;
}

static int page_width(void) {
  struct winsize size;
  const char *columns = getenv("COLUMNS");
  int64_t n;
  if (columns && reuse__parse_int(columns, &n, NULL) && n > 0)
    return n < MAX_WIDTH ? (int)n : MAX_WIDTH;
  if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 &&
      size.ws_col > 0)
    return size.ws_col;
  return DEFAULT_WIDTH;
}

struct reuse__text_style page_style(void) {
  return (struct reuse__text_style){
    .width = page_width(), .utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0
  };
}

int thread_count(int64_t jobs) {
#ifdef _OPENMP
  if (jobs == 0)
    jobs = omp_get_max_threads();
#endif
  return jobs < 1 ? 1 : jobs > MAX_THREADS ? MAX_THREADS : (int)jobs;
}

/* Whether the N bytes at DIR are a directory that holds the executable PROGRAM. */
static bool holds(const char *dir, size_t n, const char *program) {
  char path[PATH_BYTES];
  if (n + strlen(program) + 3 > sizeof path)
    return false;
  memcpy(path, n ? dir : ".", n ? n : 1);
  n = n ? n : 1;
  path[n] = '/';
  memcpy(path + n + 1, program, strlen(program) + 1);
  return access(path, X_OK) == 0;
}

bool program_found(const char *program) {
  const char *dir = getenv("PATH");
  while (dir) {
    size_t n = strcspn(dir, ":");
    if (holds(dir, n, program))
      return true;
    dir = dir[n] ? dir + n + 1 : NULL;
  }
  return false;
}
