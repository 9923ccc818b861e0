/* Files that appear complete or not at all.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"

/* Reports that ACTION on PATH failed with ERROR. */
static enum reuse_status failed(const char *action, const char *path, int error,
                                struct reuse_diag *diag) {
  reuse__report(diag, REUSE_ERROR, NULL, NULL, "cannot %s '%s': %s", action, path,
                error != 0 ? strerror(error) : "write error");
  return REUSE_ERR_IO;
}

/* PATH's directory and a name that mkstemp can complete; NULL: no memory. */
static char *temporary_name(const char *path) {
  static const char pattern[] = ".reusemodel-XXXXXX";
  const char *slash = strrchr(path, '/');
  const size_t n = slash != NULL ? (size_t)(slash - path) + 1 : 0;
  char *name = malloc(n + sizeof pattern);
  if (name != NULL) {
    memcpy(name, path, n);
    memcpy(name + n, pattern, sizeof pattern);
  }
  return name;
}

/* Permissions of the new file: those of the file that it replaces, else those
 * that the process gives to new files. */
static mode_t permissions(const struct stat *old) {
  mode_t mask;
  if (old != NULL)
    return old->st_mode & 0777;
  mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

/* A stream on a new file beside OUTPUT's path, NULL with errno. */
static FILE *open_temporary(struct reuse__output *output, const struct stat *old) {
  FILE *stream = NULL;
  int fd;
  output->temporary = temporary_name(output->path);
  if (output->temporary == NULL)
    return NULL;
  fd = mkstemp(output->temporary);
  if (fd >= 0) {
    if (fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 && fchmod(fd, permissions(old)) == 0)
      stream = fdopen(fd, "w");
    if (stream == NULL) {
      const int error = errno;
      close(fd);
      unlink(output->temporary);
      errno = error;
    }
  }
  if (stream == NULL) {
    const int error = errno;
    free(output->temporary);
    output->temporary = NULL;
    errno = error;
  }
  return stream;
}

enum reuse_status reuse__output_open(struct reuse__output *output,
                                     const char *path, struct reuse_diag *diag) {
  struct stat old;
  bool exists;
  memset(output, 0, sizeof *output);
  output->path = path;
  exists = stat(path, &old) == 0;
  if (exists && S_ISDIR(old.st_mode))
    return failed("write", path, EISDIR, diag);
  if (exists && !S_ISREG(old.st_mode))
    output->stream = fopen(path, "w");
  else
    output->stream = open_temporary(output, exists ? &old : NULL);
  return output->stream != NULL ? REUSE_OK : failed("write", path, errno, diag);
}

/* PATH with room to become "."; NULL: no memory. */
static char *copy_of(const char *path) {
  char *copy = malloc(strlen(path) + 2);
  return copy != NULL ? strcpy(copy, path) : NULL;
}

/* Cuts PATH back to its directory: "." of a name, "/" of one there. */
static void to_parent(char *path) {
  char *slash = strrchr(path, '/');
  if (slash == NULL) {
    strcpy(path, ".");
    return;
  }
  while (slash > path && slash[-1] == '/')
    slash--;
  slash[slash == path] = '\0';
}

enum reuse_status reuse__output_check(const char *path, struct reuse_diag *diag) {
  struct stat old;
  char *place = copy_of(path);
  if (place == NULL)
    return REUSE_ERR_MEMORY;
  const bool exists = stat(path, &old) == 0;
  if (!exists || S_ISREG(old.st_mode))
    to_parent(place);
  const bool ok = access(place, exists && !S_ISREG(old.st_mode) ? W_OK : W_OK | X_OK) == 0;
  const int error = exists && S_ISDIR(old.st_mode) ? EISDIR : ok ? 0 : errno;
  free(place);
  return error == 0 ? REUSE_OK : failed("write", path, error, diag);
}

enum reuse_status reuse__directory_check(const char *path, struct reuse_diag *diag) {
  struct stat there;
  char *place = copy_of(path);
  if (place == NULL)
    return REUSE_ERR_MEMORY;
  while (access(place, F_OK) != 0 && errno == ENOENT && strcmp(place, ".") != 0)
    to_parent(place);
  int error = access(place, W_OK | X_OK) == 0 ? 0 : errno;
  if (stat(place, &there) == 0 && !S_ISDIR(there.st_mode))
    error = ENOTDIR;
  free(place);
  return error == 0 ? REUSE_OK : failed("write", path, error, diag);
}

enum reuse_status reuse__output_close(struct reuse__output *output,
                                      enum reuse_status status,
                                      struct reuse_diag *diag) {
  int error = 0;
  bool bad = ferror(output->stream) != 0;
  errno = 0;
  if (fflush(output->stream) != 0) {
    bad = true;
    error = errno;
  }
  if (fclose(output->stream) != 0 && !bad) {
    bad = true;
    error = errno;
  }
  if (status == REUSE_OK && bad)
    status = failed("write", output->path, error, diag);
  if (output->temporary != NULL) {
    if (status == REUSE_OK && rename(output->temporary, output->path) != 0)
      status = failed("write", output->path, errno, diag);
    if (status != REUSE_OK)
      unlink(output->temporary);
    free(output->temporary);
  }
  memset(output, 0, sizeof *output);
  return status;
}

enum reuse_status reuse__stream_check(FILE *stream, const char *name,
                                      struct reuse_diag *diag) {
  const bool bad = ferror(stream) != 0;
  errno = 0;
  if (fflush(stream) != 0 || bad)
    return failed("write", name, errno, diag);
  return REUSE_OK;
}

/* Makes one directory; one that is there already is as good. */
static int make_one(const char *path) {
  struct stat there;
  if (mkdir(path, 0777) == 0)
    return 0;
  if (errno == EEXIST || errno == EISDIR) {
    if (stat(path, &there) == 0 && S_ISDIR(there.st_mode))
      return 0;
    errno = ENOTDIR;
  }
  return -1;
}

enum reuse_status reuse__make_directory(const char *path, struct reuse_diag *diag) {
  char *part = strdup(path);
  enum reuse_status status = REUSE_OK;
  if (part == NULL)
    return REUSE_ERR_MEMORY;
  for (char *slash = part; status == REUSE_OK && slash != NULL;) {
    slash = strchr(slash + 1, '/');
    if (slash != NULL)
      *slash = '\0';
    if (part[0] != '\0' && make_one(part) != 0)
      status = failed("make the directory", part, errno, diag);
    if (slash != NULL)
      *slash = '/';
  }
  free(part);
  return status;
}
