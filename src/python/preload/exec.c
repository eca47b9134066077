/* Exec: another program takes the process over. */
#include "python/front/front.h"
#include "python/preload/gils.h"
#include "python/preload/processes.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What this process is to be is there, as far as can be told before. */
static bool can_become(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

/* The lanes end here: another program takes the process over, which runs as it does without us. */
static void become(const char *path)
{
    if (!gs_watch_has_lanes() || !can_become(path))
        return;
    gs_gil_tell_all();
    gs_watched_end(gs_watched_self, GS_DEATH_CUT_OFF);
    gs_process_end(GS_DEATH_REPLACED, gs_watch_string(path, strlen(path)));
}

static int watch_execv(const char *path, char *const words[])
{
    become(path);
    return gs_below.execv(path, words);
}

static int watch_execve(const char *path, char *const words[], char *const variables[])
{
    become(path);
    return gs_below.execve(path, words, variables);
}

void gs_watch_exec(struct gs_front *table)
{
    table->execv = watch_execv;
    table->execve = watch_execve;
}
