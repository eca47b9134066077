#include "cli/guard/trackers.h"

#include "cli/guard/openers.h"
#include "cli/guard/process.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { STEPS = 500 };
#define STEP_NS 2000000

/* Its words stand behind one another, each ended by a NUL. In the middle of its exec a process has
 * none yet, and may become one. */
static bool is_tracker(pid_t pid)
{
    char path[32], words[1024];
    snprintf(path, sizeof path, "/proc/%d/cmdline", (int)pid);
    FILE *file = fopen(path, "re");
    size_t length = file ? fread(words, 1, sizeof words, file) : 0;
    if (file)
        fclose(file);
    static const char name[] = "multiprocessing.resource_tracker";
    return length == 0 || memmem(words, length, name, sizeof name - 1);
}

static bool is_alive(pid_t pid)
{
    struct gs_process found;
    return gs_process_look(pid, &found) && found.state != 'Z';
}

static void look(pid_t group, gs_pids *trackers, gs_pids *others)
{
    DIR *processes = opendir("/proc");
    for (struct dirent *entry; processes && (entry = readdir(processes));) {
        pid_t pid = (pid_t)atol(entry->d_name); /* 0: no process */
        if (pid <= 0 || getpgid(pid) != group || !is_alive(pid))
            continue;
        if (is_tracker(pid))
            gs_vec_push(trackers, pid);
        else
            gs_vec_push(others, pid);
    }
    if (processes)
        closedir(processes);
}

static bool any_is_alive(const gs_pids *pids)
{
    for (size_t i = 0; i < pids->count; i++)
        if (is_alive(pids->items[i]))
            return true;
    return false;
}

void gs_trackers_await(pid_t group)
{
    gs_pids trackers = {0}, others = {0};
    look(group, &trackers, &others);
    for (size_t i = 0; trackers.count && i < others.count; i++)
        kill(others.items[i], SIGKILL);
    for (int step = 0; step < STEPS && any_is_alive(&trackers); step++)
        nanosleep(&(struct timespec){.tv_nsec = STEP_NS}, NULL);
    gs_vec_free(&trackers);
    gs_vec_free(&others);
}

static bool ends_as_of_run(const char *name, uint64_t run)
{
    char ending[24];
    size_t length = strlen(name);
    size_t n = (size_t)snprintf(ending, sizeof ending, "-%" PRIx64, run);
    return length > n && strcmp(name + length - n, ending) == 0;
}

/* Drawn by multiprocessing, and made the run's own. Which of left it is; NULL: it is none. */
static unsigned *kind_of(struct gs_left *left, const char *name)
{
    if (strncmp(name, "sem.mp-", 7) == 0)
        return &left->semaphores;
    if (strncmp(name, "psm_", 4) == 0)
        return &left->memories;
    if (strncmp(name, "pym-", 4) == 0)
        return &left->heaps;
    return NULL;
}

/* With the sockets in it; what a program may have put there besides, deeper down, stays. */
static void take_folder_away(int place, const char *name)
{
    int fd = openat(place, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    DIR *files = fd >= 0 ? fdopendir(fd) : NULL;
    for (struct dirent *entry; files && (entry = readdir(files));)
        unlinkat(fd, entry->d_name, 0);
    if (files)
        closedir(files);
    unlinkat(place, name, AT_REMOVEDIR);
}

static void clean_place(const char *path, uint64_t run)
{
    DIR *names = path ? opendir(path) : NULL;
    for (struct dirent *entry; names && (entry = readdir(names));) {
        if (!ends_as_of_run(entry->d_name, run))
            continue;
        unlinkat(dirfd(names), entry->d_name, 0);
        take_folder_away(dirfd(names), entry->d_name);
    }
    if (names)
        closedir(names);
}

/* Where Python's tempfile makes files, which multiprocessing asks. */
static void clean_places(uint64_t run)
{
    static const char *const variables[] = {"TMPDIR", "TEMP", "TMP"};
    static const char *const places[] = {"/tmp", "/var/tmp", "/usr/tmp", "."};
    for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++)
        clean_place(getenv(variables[i]), run);
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        clean_place(places[i], run);
}

struct gs_left gs_trackers_stand_in(uint64_t run)
{
    struct gs_left left = {0};
    DIR *names = opendir("/dev/shm");
    for (struct dirent *entry; names && (entry = readdir(names));) {
        unsigned *kind = kind_of(&left, entry->d_name);
        if (kind && ends_as_of_run(entry->d_name, run))
            *kind += unlinkat(dirfd(names), entry->d_name, 0) == 0;
    }
    if (names)
        closedir(names);
    clean_places(run);
    return left;
}

const char *gs_trackers_words(char *buffer, size_t size, const struct gs_left *left)
{
    const unsigned counts[] = {left->semaphores, left->memories};
    static const char *const kinds[] = {"semaphore", "shared_memory"};
    size_t used = 0;
    *buffer = '\0';
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (counts[i] && used < size)
            used += (size_t)snprintf(buffer + used, size - used,
                                     "resource_tracker: There appear to be %u leaked %s objects to "
                                     "clean up at shutdown\n",
                                     counts[i], kinds[i]);
    }
    return buffer;
}
