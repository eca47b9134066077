#include "cli/guard/leftovers.h"

#include "cli/guard/process.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static bool is_child(pid_t pid)
{
    struct gs_process process;
    return gs_process_look(pid, &process) && process.parent == getpid();
}

static void kill_children(void)
{
    DIR *processes = opendir("/proc");
    struct dirent *entry;
    while (processes && (entry = readdir(processes))) {
        pid_t pid = (pid_t)atol(entry->d_name); /* 0: no process */
        if (pid > 0 && is_child(pid))
            kill(pid, SIGKILL);
    }
    if (processes)
        closedir(processes);
}

void gs_leftovers_kill(void)
{
    /* A killed child's own children come up one generation at a time. */
    for (int turn = 0; turn < 1000; turn++) {
        pid_t got = waitpid(-1, NULL, WNOHANG);
        if (got < 0 && errno == ECHILD)
            return;
        if (got > 0)
            continue;
        kill_children();
        nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
    }
}
