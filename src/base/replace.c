#include "base/replace.h"

#include <errno.h>
#include <libgen.h>
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

static FILE *open_beside(struct gs_replacement *r)
{
    char *folder = folder_of(r->place), *name = copy_of(r->place);
    if (asprintf(&r->beside, "%s/.%s.XXXXXX", folder, basename(name)) < 0)
        abort();
    free(folder);
    free(name);
    int fd = mkstemp(r->beside);
    if (fd < 0)
        return NULL;
    FILE *out = fchmod(fd, mode_for(r->place)) == 0 ? fdopen(fd, "w") : NULL;
    if (!out) {
        int code = errno;
        close(fd);
        unlink(r->beside);
        errno = code;
    }
    return out;
}

static void forget(struct gs_replacement *r)
{
    free(r->beside);
    free(r->place);
    *r = (struct gs_replacement){0};
}

bool gs_replace_begin(struct gs_replacement *r, const char *path, struct gs_error *err)
{
    *r = (struct gs_replacement){.called = path};
    if (!gs_replace_can(path, err) || !(r->place = gs_replace_place(path, err)))
        return false;
    r->out = is_replaced(r->place) ? open_beside(r) : fopen(r->place, "w");
    if (r->out)
        return true;
    refuse(err, errno, path);
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

bool gs_replace_end(struct gs_replacement *r, bool good, struct gs_error *err)
{
    errno = 0;
    bool ok = close_file(r, good ? err : NULL) && good;
    if (ok && r->beside && rename(r->beside, r->place) != 0)
        ok = refuse(err, errno, r->called);
    if (!ok && r->beside)
        unlink(r->beside);
    forget(r);
    return ok;
}
