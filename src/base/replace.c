#include "base/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *copy_of(const char *text)
{
    char *copy = strdup(text);
    if (!copy)
        abort();
    return copy;
}

/* The folder of a file; the caller's. */
static char *folder_of(const char *path)
{
    char *copy = copy_of(path), *folder = copy_of(dirname(copy));
    free(copy);
    return folder;
}

static bool refuse(struct gs_error *err, int code, const char *path)
{
    return gs_error_system(err, code, "cannot write %s", path);
}

char *gs_replace_place(const char *path, struct gs_error *err)
{
    char *place = realpath(path, NULL);
    if (place)
        return place;
    char *folder = folder_of(path), *whole = realpath(folder, NULL), *name = copy_of(path);
    if (!whole)
        refuse(err, errno, path);
    else if (asprintf(&place, "%s/%s", whole[1] ? whole : "", basename(name)) < 0)
        abort();
    free(name);
    free(folder);
    free(whole);
    return place;
}

/* A file that is replaced: what is there is one, or nothing is. */
static bool is_replaced(const char *place)
{
    struct stat there;
    return stat(place, &there) != 0 || S_ISREG(there.st_mode);
}

static bool is_folder(const char *place)
{
    struct stat there;
    return stat(place, &there) == 0 && S_ISDIR(there.st_mode);
}

static bool is_pipe(const char *place)
{
    struct stat there;
    return stat(place, &there) == 0 && S_ISFIFO(there.st_mode);
}

bool gs_replace_can(const char *path, struct gs_error *err)
{
    char *place = gs_replace_place(path, err);
    if (!place)
        return false;
    char *folder = folder_of(place);
    bool can = true;
    if (is_folder(place))
        can = refuse(err, EISDIR, path);
    else if (is_replaced(place) ? access(folder, W_OK | X_OK) != 0 ||
                                      (access(place, F_OK) == 0 && access(place, W_OK) != 0)
                                : access(place, W_OK) != 0)
        can = refuse(err, errno, path);
    free(folder);
    free(place);
    return can;
}

/* The rights of what it replaces, or those that any new file gets. */
static mode_t mode_for(const char *place)
{
    struct stat there;
    if (stat(place, &there) == 0)
        return there.st_mode & 07777;
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* --- where a file has no name until it is whole */

/* By that name a file without one can be given one, see open(2). */
static const char *call(char name[32], int fd)
{
    snprintf(name, 32, "/proc/self/fd/%d", fd);
    return name;
}

/* It is gone with whoever writes it, however that ends. Not every file system has such files. */
static int open_nameless(const char *folder)
{
    char name[32];
    int fd = open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
    if (fd < 0 || access(call(name, fd), F_OK) == 0)
        return fd;
    close(fd);
    return -1;
}

/* By way of a name beside the place: a link takes no other's. Signals wait, so that it does not
 * stay behind. */
static bool name_it(int fd, char *beside, const char *place)
{
    char name[32];
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    int taken = mkstemp(beside);
    bool ok = taken >= 0 && close(taken) == 0 && unlink(beside) == 0 &&
              linkat(AT_FDCWD, call(name, fd), AT_FDCWD, beside, AT_SYMLINK_FOLLOW) == 0;
    if (ok && rename(beside, place) != 0) {
        int code = errno;
        unlink(beside);
        errno = code;
        ok = false;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return ok;
}

/* --- and where it has one */

/* One file at a time: what else is written meanwhile has to do without. */
static struct {
    char *volatile path;
    struct sigaction before[3];
} named;
static const int ending[] = {SIGINT, SIGTERM, SIGHUP};
enum { ENDING = sizeof ending / sizeof *ending };

/* The signal is at its default again, and does what it always does. */
static void take_away(int number)
{
    unlink(named.path);
    raise(number);
}

/* What is no default of the caller's stays his. */
static void guard(char *path)
{
    const struct sigaction act = {.sa_handler = take_away, .sa_flags = SA_RESETHAND | SA_NODEFER};
    if (named.path)
        return;
    named.path = path;
    for (size_t i = 0; i < ENDING; i++) {
        sigaction(ending[i], NULL, &named.before[i]);
        if (named.before[i].sa_handler == SIG_DFL)
            sigaction(ending[i], &act, NULL);
    }
}

static void unguard(const char *path)
{
    if (named.path != path)
        return;
    for (size_t i = 0; i < ENDING; i++)
        if (named.before[i].sa_handler == SIG_DFL)
            sigaction(ending[i], &named.before[i], NULL);
    named.path = NULL;
}

static int open_named(char *path)
{
    int fd = mkostemp(path, O_CLOEXEC);
    if (fd >= 0)
        guard(path);
    return fd;
}

static void remove_named(const char *path)
{
    unlink(path);
    unguard(path);
}

/* --- beginning and end */

static FILE *open_beside(struct gs_replacement *r)
{
    char *folder = folder_of(r->place), *name = copy_of(r->place);
    if (asprintf(&r->beside, "%s/.%s.XXXXXX", folder, basename(name)) < 0)
        abort();
    r->nameless = open_nameless(folder);
    int fd = r->nameless >= 0 ? fcntl(r->nameless, F_DUPFD_CLOEXEC, 0) : open_named(r->beside);
    free(folder);
    free(name);
    FILE *out = fd >= 0 && fchmod(fd, mode_for(r->place)) == 0 ? fdopen(fd, "w") : NULL;
    if (!out) {
        int code = errno;
        close(fd);
        if (r->nameless < 0)
            remove_named(r->beside);
        errno = code;
    }
    return out;
}

static void forget(struct gs_replacement *r)
{
    if (r->nameless >= 0)
        close(r->nameless);
    free(r->beside);
    free(r->place);
    *r = (struct gs_replacement){0};
}

/* Without waiting: a pipe that nobody reads is ENXIO, see fifo(7). It is not tried twice: whoever
 * reads it would take the end of the first try for the end of the file. */
static FILE *open_in_place(const struct gs_replacement *r, void (*unread)(const char *path))
{
    const int how = O_WRONLY | O_CLOEXEC | O_NOCTTY;
    int fd = open(r->place, how | O_NONBLOCK);
    if (fd < 0 && errno == ENXIO && is_pipe(r->place) && unread) {
        unread(r->called);
        fd = open(r->place, how);
    }
    if (fd >= 0)
        fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
    return fd >= 0 ? fdopen(fd, "w") : NULL;
}

static bool refuse_place(const struct gs_replacement *r, int code, struct gs_error *err)
{
    if (code == ENXIO && is_pipe(r->place))
        return gs_error_set(err, "cannot write %s: it is a pipe, and nobody reads it", r->called);
    return refuse(err, code, r->called);
}

bool gs_replace_begin(struct gs_replacement *r, const char *path, void (*unread)(const char *path),
                      struct gs_error *err)
{
    *r = (struct gs_replacement){.called = path, .nameless = -1};
    if (!gs_replace_can(path, err) || !(r->place = gs_replace_place(path, err)))
        return false;
    r->out = is_replaced(r->place) ? open_beside(r) : open_in_place(r, unread);
    if (r->out)
        return true;
    refuse_place(r, errno, err);
    forget(r);
    return false;
}

/* What is still on its way to the disk may find no room there. */
static bool close_file(struct gs_replacement *r, struct gs_error *err)
{
    bool ok = fflush(r->out) == 0 && !ferror(r->out);
    int code = errno;
    if (fclose(r->out) != 0 && ok) {
        code = errno;
        ok = false;
    }
    return ok || refuse(err, code ? code : EIO, r->called);
}

static bool take_place(struct gs_replacement *r)
{
    if (r->nameless >= 0)
        return name_it(r->nameless, r->beside, r->place);
    bool ok = rename(r->beside, r->place) == 0;
    if (ok)
        unguard(r->beside);
    return ok;
}

bool gs_replace_end(struct gs_replacement *r, bool good, struct gs_error *err)
{
    errno = 0;
    bool ok = close_file(r, good ? err : NULL) && good;
    if (ok && r->beside && !take_place(r))
        ok = refuse(err, errno, r->called);
    if (!ok && r->beside && r->nameless < 0)
        remove_named(r->beside);
    forget(r);
    return ok;
}
