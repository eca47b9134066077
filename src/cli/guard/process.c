#include "cli/guard/process.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

static bool look(const char *path, struct gs_process *process)
{
    char stat[512];
    FILE *file = fopen(path, "re");
    size_t length = file ? fread(stat, 1, sizeof stat - 1, file) : 0;
    if (file)
        fclose(file);
    stat[length] = '\0';
    /* "pid (name) state parent": the name may hold anything, parentheses too. */
    const char *behind_name = strrchr(stat, ')');
    int parent = 0;
    if (!behind_name || sscanf(behind_name, ") %c %d", &process->state, &parent) != 2)
        return false;
    process->parent = parent;
    return true;
}

bool gs_process_look(pid_t pid, struct gs_process *process)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    return look(path, process);
}

bool gs_process_look_at_thread(pid_t pid, pid_t thread, struct gs_process *process)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task/%d/stat", (int)pid, (int)thread);
    return look(path, process);
}

static uint64_t bit_of(int number)
{
    return (uint64_t)1 << (number - 1);
}

/* See proc_pid_status(5). */
static uint64_t caught_by(pid_t pid)
{
    char path[64], line[128];
    uint64_t caught = 0;
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *status = fopen(path, "re");
    while (status && fgets(line, sizeof line, status) &&
           sscanf(line, "SigCgt: %" SCNx64, &caught) != 1)
        ;
    if (status)
        fclose(status);
    return caught;
}

bool gs_process_hears(pid_t pid)
{
    uint64_t ordinary = bit_of(SIGSYS) | (bit_of(SIGSYS) - 1);
    uint64_t others = bit_of(SIGILL) | bit_of(SIGTRAP) | bit_of(SIGABRT) | bit_of(SIGBUS) |
                      bit_of(SIGFPE) | bit_of(SIGSEGV) | bit_of(SIGSYS) | bit_of(SIGINT);
    return caught_by(pid) & ordinary & ~others;
}
