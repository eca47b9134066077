#include "base/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* Not every file system has files without a name. */
static int open_in(const char *folder)
{
    char path[PATH_MAX];
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR))
        return fd;
    snprintf(path, sizeof path, "%s/gilscope-XXXXXX", folder);
    fd = mkostemp(path, O_CLOEXEC);
    if (fd >= 0)
        unlink(path);
    return fd;
}

static bool is_memory(int fd)
{
    struct statfs st;
    return fstatfs(fd, &st) == 0 && (st.f_type == TMPFS_MAGIC || st.f_type == RAMFS_MAGIC);
}

bool gs_scratch_open(struct gs_scratch *scratch)
{
    const char *folders[] = {getenv("TMPDIR"), "/var/tmp", "/tmp"};
    *scratch = (struct gs_scratch){.fd = -1};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        int fd = folders[i] && *folders[i] ? open_in(folders[i]) : -1;
        bool in_memory = fd >= 0 && is_memory(fd);
        if (fd < 0 || (in_memory && scratch->fd >= 0)) {
            if (fd >= 0)
                close(fd);
            continue;
        }
        if (scratch->fd >= 0)
            close(scratch->fd);
        *scratch = (struct gs_scratch){.fd = fd, .in_memory = in_memory};
        if (!in_memory)
            break;
    }
    return scratch->fd >= 0;
}

uint64_t gs_scratch_room(int fd)
{
    struct statvfs st;
    return fstatvfs(fd, &st) == 0 ? (uint64_t)st.f_bavail * st.f_frsize : UINT64_MAX;
}
