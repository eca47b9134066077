#include "python/drive/folders.h"

#include "python/drive/drive.h"
#include "python/drive/numbers.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* What tempfile draws: so many of these. */
enum { DRAWN = 8 };
static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_";

/* Longer than a socket's address none may be that is in such a folder. */
enum { LONGEST = sizeof "/listener-12345678" };
enum {
    ROOM = sizeof((struct sockaddr_un *)0)->sun_path,
    HEAD = offsetof(struct sockaddr_un, sun_path)
};

struct ending {
    char text[24];
};

static struct ending own_ending(void)
{
    struct ending ending;
    snprintf(ending.text, sizeof ending.text, "-%" PRIx64, gs_runtime.control->run);
    return ending;
}

/* Where the folder's name ends in it; 0: nowhere. */
static size_t end_of_folder(const char *path)
{
    static const char start[] = "/pymp-";
    const char *found = strstr(path, start);
    const char *drawn = found ? found + sizeof start - 1 : NULL;
    bool is_one =
        drawn && strspn(drawn, letters) == DRAWN && (drawn[DRAWN] == '\0' || drawn[DRAWN] == '/');
    return is_one ? (size_t)(drawn + DRAWN - path) : 0;
}

/* What multiprocessing shares memory by, whose name it takes away at once: with its process's
 * number in it, which is the same in every run. */
static bool is_heap(const char *path)
{
    static const char start[] = "/dev/shm/pym-";
    if (strncmp(path, start, sizeof start - 1) != 0)
        return false;
    const char *number = path + sizeof start - 1, *drawn = number + strspn(number, "0123456789");
    return drawn > number && *drawn == '-' && strspn(drawn + 1, letters) == DRAWN &&
           !drawn[1 + DRAWN];
}

static const char *put(const char *path, size_t end, char own[PATH_MAX])
{
    struct ending ending = own_ending();
    int length = snprintf(own, PATH_MAX, "%.*s%s%s", (int)end, path, ending.text, path + end);
    return length < PATH_MAX ? own : path;
}

/* One deep down stays as it is: its sockets' addresses would become too long. */
static bool has_room(size_t end)
{
    return end + strlen(own_ending().text) + LONGEST <= ROOM;
}

static bool is_made(const char *path, size_t end)
{
    char folder[PATH_MAX];
    int code = errno;
    put(path, end, folder);
    folder[end + strlen(own_ending().text)] = '\0';
    bool made = gs_real.access(folder, F_OK) == 0;
    errno = code;
    return made;
}

const char *gs_folders_real(const char *path, char own[PATH_MAX])
{
    size_t end = end_of_folder(path);
    if (is_heap(path))
        return put(path, strlen(path), own);
    if (!end)
        return gs_numbers_real_path(path, own);
    return has_room(end) && is_made(path, end) ? put(path, end, own) : path;
}

const struct sockaddr *gs_folders_real_address(const struct sockaddr_un *address, socklen_t *size,
                                               struct sockaddr_un *own)
{
    char path[ROOM + 1] = "", real[PATH_MAX];
    if (*size > HEAD && *size <= sizeof *address)
        memcpy(path, address->sun_path, *size - HEAD);
    const char *found = gs_folders_real(path, real);
    size_t length = strlen(found);
    if (found == path || length >= ROOM)
        return (const struct sockaddr *)address;
    *own = (struct sockaddr_un){.sun_family = AF_UNIX};
    memcpy(own->sun_path, found, length + 1);
    *size = (socklen_t)(HEAD + length + 1);
    return (const struct sockaddr *)own;
}

void gs_folders_see(struct sockaddr_un *address, socklen_t room, socklen_t *size)
{
    if (*size > room || *size <= HEAD)
        return;
    struct ending ending = own_ending();
    size_t length = *size - HEAD, n = strlen(ending.text);
    char *found = memmem(address->sun_path, length, ending.text, n);
    if (!found)
        return;
    memmove(found, found + n, length - (size_t)(found - address->sun_path) - n);
    *size -= (socklen_t)n;
}

/* --- calls */

/* The one that makes it can be told by its mode: a program's own would have another one. */
static int driven_mkdir(const char *path, mode_t mode)
{
    char own[PATH_MAX];
    size_t end = end_of_folder(path);
    bool drawn = end && !path[end] && mode == 0700 && has_room(end);
    return gs_real.mkdir(drawn ? put(path, end, own) : gs_folders_real(path, own), mode);
}

static int driven_rmdir(const char *path)
{
    char own[PATH_MAX];
    return gs_real.rmdir(gs_folders_real(path, own));
}

static int driven_stat64(const char *path, struct stat64 *st)
{
    char own[PATH_MAX];
    return gs_real.stat64(gs_folders_real(path, own), st);
}

static int driven_lstat64(const char *path, struct stat64 *st)
{
    char own[PATH_MAX];
    return gs_real.lstat64(gs_folders_real(path, own), st);
}

static int driven_access(const char *path, int how)
{
    char own[PATH_MAX];
    return gs_real.access(gs_folders_real(path, own), how);
}

static int driven_chmod(const char *path, mode_t mode)
{
    char own[PATH_MAX];
    return gs_real.chmod(gs_folders_real(path, own), mode);
}

static ssize_t driven_readlink(const char *path, char *to, size_t n)
{
    char own[PATH_MAX];
    return gs_real.readlink(gs_folders_real(path, own), to, n);
}

static DIR *driven_opendir(const char *path)
{
    char own[PATH_MAX];
    return gs_real.opendir(gs_folders_real(path, own));
}

/* --- tempfile's trial */

/* Whether a folder can be written to, tempfile tries by a file of a drawn name, which it takes away
 * at once. Where another run does so in this very moment, it is the run's own. */
static char trial[PATH_MAX];

static bool is_trial(const char *path, int flags, mode_t mode)
{
    enum { TRIES = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW };
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    return (flags & TRIES) == TRIES && mode == 0600 && strlen(name) == DRAWN &&
           strspn(name, letters) == DRAWN;
}

static int open_trial(const char *path, int flags, mode_t mode)
{
    char own[PATH_MAX];
    snprintf(trial, sizeof trial, "%s", path);
    return gs_real.open64(put(path, strlen(path), own), flags, mode);
}

static int driven_open64(const char *path, int flags, ...)
{
    char own[PATH_MAX];
    mode_t mode = 0;
    if (GS_OPEN_MAKES(flags)) {
        va_list more;
        va_start(more, flags);
        mode = va_arg(more, mode_t);
        va_end(more);
    }
    bool machine;
    int fd = gs_drive_open_machine(path, flags, &machine);
    if (machine)
        return fd;
    fd = gs_drive_open_fifo(gs_folders_real(path, own), flags, mode);
    if (fd < 0 && errno == EEXIST && is_trial(path, flags, mode))
        return open_trial(path, flags, mode);
    return fd;
}

static int driven_unlink(const char *path)
{
    char own[PATH_MAX];
    if (!*trial || strcmp(path, trial) != 0)
        return gs_real.unlink(gs_folders_real(path, own));
    *trial = '\0';
    return gs_real.unlink(put(path, strlen(path), own));
}

void gs_drive_folders(struct gs_front *table)
{
    table->mkdir = driven_mkdir;
    table->rmdir = driven_rmdir;
    table->stat64 = driven_stat64;
    table->lstat64 = driven_lstat64;
    table->access = driven_access;
    table->chmod = driven_chmod;
    table->opendir = driven_opendir;
    table->readlink = driven_readlink;
    table->open64 = driven_open64;
    table->unlink = driven_unlink;
}
