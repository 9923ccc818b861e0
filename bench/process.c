/* The main command as a process: its time and memory.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { REPEATS = 7 };

/* Seconds and resident megabytes of one run, its output thrown away. */
static bool run(const struct bench *bench, double *seconds, double *mbytes) {
  struct rusage usage;
  int status;
  const double start = bench_now();
  const pid_t child = fork();
  if (child < 0)
    return false;
  if (child == 0) {
    const int null = open("/dev/null", O_WRONLY);
    dup2(null, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
    setenv("REUSEMODEL_HOME", bench->home, 1);
    execl(bench->program, bench->program, "--arch", "dna", "--net", "mobilenet", "--jobs", "1",
          (char *)NULL);
    _exit(127);
  }
  if (wait4(child, &status, 0, &usage) != child || !WIFEXITED(status))
    return false;
  *seconds = bench_now() - start;
  *mbytes = (double)usage.ru_maxrss / 1024;
  return WEXITSTATUS(status) == 0;
}

bool bench_process(const struct bench *bench) {
  double seconds[REPEATS], mbytes[REPEATS];
  bool ok = true;
  fflush(NULL);
  for (int i = 0; i < REPEATS && ok; i++)
    ok = run(bench, &seconds[i], &mbytes[i]);
  const struct bench_figure time = {"whole process, one thread", "dna mobilenet",
                                    ok ? 1e3 * bench_median(seconds, REPEATS) : -1, "ms", 100};
  const struct bench_figure memory = {"whole process, peak memory", "dna mobilenet",
                                      ok ? bench_median(mbytes, REPEATS) : -1, "MB", 64};
  bench_put(bench, &time, false);
  bench_put(bench, &memory, false);
  return ok;
}
