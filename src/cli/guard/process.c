#include "cli/guard/process.h"

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
