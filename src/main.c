#include "cli/cli.h"
#include "cli/stage/python_stage.h"
#include "cli/stage/stage_process.h"
#include "lua/scene/stage.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A descriptor opened later must not take the place of a standard one that was closed. Output that
 * nobody gets is an error, as on a full disk: nothing can be written to what stands for it. */
static void open_standard_files(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0)
            open("/dev/null", fd == STDERR_FILENO ? O_WRONLY : O_RDONLY);
}

/* `gilscope --stage FD PARENT`, or `--stage-python`: how the program starts the process that runs a
 * scene. It ends without cleaning up: what it used goes with the process, and threads may still be
 * using it. */
static _Noreturn void stage(char **argv, int (*run)(int segment_fd))
{
    gs_stage_process_enter((pid_t)atol(argv[3]));
    int status = run(atoi(argv[2]));
    fflush(stderr);
    _exit(status);
}

int main(int argc, char **argv)
{
    open_standard_files();
    if (argc == 4 && strcmp(argv[1], "--stage") == 0)
        stage(argv, gs_stage_main);
    if (argc == 4 && strcmp(argv[1], "--stage-python") == 0)
        stage(argv, gs_python_stage_main);
    return gs_cli_main(argc, argv);
}
