#include "base/open_text.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

int gs_open_text(const char *path, size_t most)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && (size_t)st.st_size <= most)
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

char *gs_text_of_file(const char *path, size_t most, size_t *size)
{
    int fd = gs_open_text(path, most);
    char *text = fd < 0 ? NULL : malloc(most + 1);
    ssize_t n = 0;
    *size = 0;
    while (text && *size < most && (n = read(fd, text + *size, most - *size)) > 0)
        *size += (size_t)n;
    if (fd >= 0)
        close(fd);
    if (text)
        text[*size] = '\0';
    return text;
}
