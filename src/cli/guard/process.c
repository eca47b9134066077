#include "cli/guard/process.h"

#include <stdio.h>
#include <string.h>

bool gs_process_look(pid_t pid, struct gs_process *process)
{
    char path[64], stat[512];
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
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
