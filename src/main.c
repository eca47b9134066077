#include "cli/cli.h"

#include <fcntl.h>
#include <unistd.h>

/* A descriptor opened later must not take the place of a standard one that was closed. */
static void open_standard_files(void)
{
    int fd;
    do
        fd = open("/dev/null", O_RDWR);
    while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd > STDERR_FILENO)
        close(fd);
}

int main(int argc, char **argv)
{
    open_standard_files();
    return gs_cli_main(argc, argv);
}
