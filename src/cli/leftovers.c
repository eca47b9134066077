#include "cli/leftovers.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* 0 if it cannot be told. */
static pid_t parent_of(const char *pid)
{
    char path[300], stat[512];
    snprintf(path, sizeof path, "/proc/%s/stat", pid);
    FILE *file = fopen(path, "re");
    size_t length = file ? fread(stat, 1, sizeof stat - 1, file) : 0;
    if (file)
        fclose(file);
    stat[length] = '\0';
    /* "pid (name) state parent": the name may hold anything, parentheses too. */
    const char *behind_name = strrchr(stat, ')');
    int parent = 0;
    if (!behind_name || sscanf(behind_name, ") %*c %d", &parent) != 1)
        return 0;
    return parent;
}

static void kill_children(void)
{
    DIR *processes = opendir("/proc");
    struct dirent *entry;
    while (processes && (entry = readdir(processes))) {
        if (isdigit((unsigned char)entry->d_name[0]) && parent_of(entry->d_name) == getpid())
            kill((pid_t)atol(entry->d_name), SIGKILL);
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
