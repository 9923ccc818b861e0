/* Running gnuplot: a script in, a picture out.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/gnuplot.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/diag.h"
#include "report/format.h"

enum { NOT_FOUND = 127, COMPLAINT = 600 };

/* A running gnuplot.  Its input is a socket: writing to one whose reader is gone
 * can be told not to raise a signal, which a library must not redirect. */
struct process {
  pid_t pid;
  int in, out, err;           /* our ends; -1 when closed */
  const char *script;
  size_t left;
  char complaint[COMPLAINT];  /* the beginning of its standard error */
  size_t complaint_length;
};

static void close_end(int *fd) {
  if (*fd >= 0)
    close(*fd);
  *fd = -1;
}

/* In the child: becomes PROGRAM with these standard streams; does not return. */
static void become(const char *program, int in, int out, int err) {
  char *const args[] = {(char *)(uintptr_t)program, (char[]){"-d"}, (char[]){"-"},
                        NULL};
  if (dup2(in, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0 &&
      dup2(err, STDERR_FILENO) >= 0) {
    signal(SIGPIPE, SIG_DFL);
    execvp(program, args);
  }
  _exit(NOT_FOUND);
}

/* Moves *FD above the standard streams and keeps it from children. */
static bool keep_clear(int *fd) {
  const int moved = fcntl(*fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  if (moved < 0)
    return false;
  close(*fd);
  *fd = moved;
  return true;
}

/* Starts PROGRAM; false with errno. */
static bool start(const char *program, struct process *process) {
  int fd[6] = {-1, -1, -1, -1, -1, -1};
  bool good = socketpair(AF_UNIX, SOCK_STREAM, 0, fd) == 0 &&
              pipe(fd + 2) == 0 && pipe(fd + 4) == 0;
  for (int i = 0; good && i < 6; i++)
    good = keep_clear(&fd[i]);
  if (good) {
    process->pid = fork();
    if (process->pid == 0)
      become(program, fd[1], fd[3], fd[5]);
    good = process->pid > 0;
  }
  close_end(&fd[1]);
  close_end(&fd[3]);
  close_end(&fd[5]);
  if (!good) {
    const int error = errno;
    close_end(&fd[0]);
    close_end(&fd[2]);
    close_end(&fd[4]);
    errno = error;
    return false;
  }
  process->in = fd[0];
  process->out = fd[2];
  process->err = fd[4];
  return true;
}

/* Sends what gnuplot takes of the script; closes the input at its end. */
static void feed(struct process *process) {
  const ssize_t n = send(process->in, process->script, process->left,
                         MSG_NOSIGNAL | MSG_DONTWAIT);
  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return;
  if (n > 0) {
    process->script += n;
    process->left -= (size_t)n;
  }
  if (n <= 0 || process->left == 0)
    close_end(&process->in);
}

/* Reads from *FD what is there into BUFFER; closes it at its end. */
static size_t drain(int *fd, char *buffer, size_t size) {
  const ssize_t n = read(*fd, buffer, size);
  if (n > 0)
    return (size_t)n;
  if (n == 0 || errno != EINTR)
    close_end(fd);
  return 0;
}

/* Keeps the first of the N bytes at TEXT as gnuplot's complaint. */
static void keep_complaint(struct process *process, const char *text, size_t n) {
  const size_t room = COMPLAINT - 1 - process->complaint_length;
  const size_t kept = n < room ? n : room;
  memcpy(process->complaint + process->complaint_length, text, kept);
  process->complaint_length += kept;
}

/* Exchanges data until gnuplot closes its streams; the bytes of the picture. */
static size_t exchange(struct process *process, FILE *picture) {
  size_t written = 0;
  while (process->out >= 0 || process->err >= 0) {
    struct pollfd ready[3] = {{process->in, POLLOUT, 0},
                              {process->out, POLLIN, 0},
                              {process->err, POLLIN, 0}};
    char buffer[16384];
    size_t n;
    if (poll(ready, 3, -1) < 0 && errno != EINTR)
      break;
    if (ready[0].revents != 0)
      feed(process);
    if (ready[1].revents != 0) {
      n = drain(&process->out, buffer, sizeof buffer);
      written += fwrite(buffer, 1, n, picture);
    }
    if (ready[2].revents != 0) {
      n = drain(&process->err, buffer, sizeof buffer);
      keep_complaint(process, buffer, n);
    }
  }
  close_end(&process->in);
  close_end(&process->out);
  close_end(&process->err);
  return written;
}

/* gnuplot's complaint on one line. */
static const char *one_line(struct process *process) {
  char *out = process->complaint;
  for (const char *in = process->complaint; *in != '\0'; in++)
    if (*in != '\n' && *in != '\r')
      *out++ = *in;
    else if (out > process->complaint && out[-1] != ' ')
      *out++ = ' ';
  *out = '\0';
  return process->complaint + strspn(process->complaint, " ");
}

enum reuse_status reuse__gnuplot(const char *program, const char *script,
                                 size_t length, FILE *picture,
                                 struct reuse_diag *diag) {
  struct process process = {.in = -1, .out = -1, .err = -1, .script = script,
                            .left = length};
  size_t written;
  int status = 0;
  if (program == NULL)
    program = "gnuplot";
  if (!start(program, &process)) {
    reuse__report(diag, REUSE_ERROR, NULL, NULL, "cannot start %s: %s", program,
                  strerror(errno));
    return REUSE_ERR_IO;
  }
  written = exchange(&process, picture);
  while (waitpid(process.pid, &status, 0) < 0 && errno == EINTR)
    continue;
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0 && written > 0)
    return REUSE_OK;
  if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_FOUND)
    reuse__report(diag, REUSE_ERROR, NULL,
                  "on Debian it is in the package gnuplot-nox",
                  "plots need gnuplot, and '%s' cannot be run", program);
  else
    reuse__report(diag, REUSE_ERROR, NULL, NULL, "%s failed: %s", program,
                  process.complaint_length > 0 ? one_line(&process)
                                               : "no picture was written");
  return REUSE_ERR_IO;
}

/* Writes the next character of *TEXT, or '?' for one that is not printable, and
 * steps over it. */
static void put_character(const char **text, FILE *script) {
  const int n = reuse__utf8_length(*text);
  const unsigned char c = (unsigned char)**text;
  if (n == 0 || (n == 1 && (c < 0x20 || c == 0x7f)))
    putc('?', script);
  else
    fwrite(*text, 1, (size_t)n, script);
  *text += n > 0 ? n : 1;
}

void reuse__gnuplot_string(const char *text, FILE *script) {
  putc('\'', script);
  while (*text != '\0') {
    if (*text == '\'')
      putc('\'', script);
    put_character(&text, script);
  }
  putc('\'', script);
}

void reuse__gnuplot_column(const char *text, FILE *script) {
  putc('"', script);
  while (*text != '\0') {
    if (*text == '"' || *text == '\\') {
      putc(*text == '"' ? '\'' : '/', script);
      text++;
    } else {
      put_character(&text, script);
    }
  }
  putc('"', script);
}
