#include "cli/guard/openers.h"

#include "base/peer.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NAME = 256 };

bool gs_pids_have(const gs_pids *pids, pid_t pid)
{
    for (size_t i = 0; i < pids->count; i++)
        if (pids->items[i] == pid)
            return true;
    return false;
}

static void read_name(const char *path, char name[NAME])
{
    ssize_t length = readlink(path, name, NAME - 1);
    name[length > 0 ? length : 0] = '\0';
}

/* "pipe:[1234]": the same for all who have it open. -1: it has not. */
static int descriptor_of(pid_t pid, const char *name)
{
    char path[NAME * 2], found[NAME];
    int fd = -1;
    snprintf(path, sizeof path, "/proc/%d/fd", (int)pid);
    DIR *files = opendir(path);
    for (struct dirent *entry; files && fd < 0 && (entry = readdir(files));) {
        snprintf(path, sizeof path, "/proc/%d/fd/%s", (int)pid, entry->d_name);
        read_name(path, found);
        if (strcmp(found, name) == 0)
            fd = atoi(entry->d_name);
    }
    if (files)
        closedir(files);
    return fd;
}

static bool has_open(pid_t pid, const char *name)
{
    return descriptor_of(pid, name) >= 0;
}

/* Whether who writes there never waits, see proc_pid_fdinfo(5). */
static bool never_waits(pid_t pid, int fd)
{
    char path[64], line[NAME];
    unsigned flags = 0;
    snprintf(path, sizeof path, "/proc/%d/fdinfo/%d", (int)pid, fd);
    FILE *info = fopen(path, "re");
    while (info && fgets(line, sizeof line, info) && sscanf(line, "flags: %o", &flags) != 1)
        ;
    if (info)
        fclose(info);
    return flags & O_NONBLOCK;
}

static bool others_have(const gs_pids *pids, const char *name)
{
    bool have = false;
    DIR *processes = opendir("/proc");
    for (struct dirent *entry; processes && !have && (entry = readdir(processes));) {
        pid_t pid = (pid_t)atol(entry->d_name); /* 0: no process */
        have = pid > 0 && !gs_pids_have(pids, pid) && has_open(pid, name);
    }
    if (processes)
        closedir(processes);
    return have;
}

/* Where a unix socket listens; "": nowhere, or it is none. See proc_net(5). */
static void path_of_socket(unsigned socket, char path[NAME])
{
    char line[NAME * 2];
    unsigned found;
    *path = '\0';
    FILE *sockets = fopen("/proc/net/unix", "re");
    while (sockets && !*path && fgets(line, sizeof line, sockets))
        if (sscanf(line, "%*s %*s %*s %*s %*s %*s %u %255s", &found, path) != 2 || found != socket)
            *path = '\0';
    if (sockets)
        fclose(sockets);
}

/* multiprocessing's own servers listen in a folder that nobody else knows. */
static bool listens_in_private(unsigned socket)
{
    char path[NAME];
    path_of_socket(socket, path);
    return strstr(path, "/pymp-") != NULL;
}

static bool several_have(const gs_pids *pids, const char *name)
{
    unsigned have = 0;
    for (size_t i = 0; i < pids->count; i++)
        have += has_open(pids->items[i], name);
    return have > 1;
}

/* A pair that one process has for itself may be how that hears of signals, as an event loop does:
 * what a signal's handler writes into must not wait, and CPython takes no other. With one that
 * waits a process has kept the other end of its own connection, and who could write there has
 * ended. */
static bool hears_signals(const gs_pids *pids, pid_t pid, const char *own, const char *peer)
{
    int fd = descriptor_of(pid, peer);
    return fd >= 0 && never_waits(pid, fd) && !several_have(pids, own) && !several_have(pids, peer);
}

/* A socket of the internet has no peer that the kernel knows. */
static bool is_among(const gs_pids *pids, pid_t pid, unsigned socket, bool deaf)
{
    char peer[NAME], own[NAME];
    unsigned other = gs_peer_of_unix_socket(socket);
    if (!other)
        return listens_in_private(socket);
    snprintf(own, sizeof own, "socket:[%u]", socket);
    snprintf(peer, sizeof peer, "socket:[%u]", other);
    return (deaf || !hears_signals(pids, pid, own, peer)) && !others_have(pids, own) &&
           !others_have(pids, peer);
}

bool gs_openers_are(const gs_pids *pids, pid_t pid, int fd, bool deaf)
{
    char path[64], name[NAME];
    unsigned socket;
    snprintf(path, sizeof path, "/proc/%d/fd/%d", (int)pid, fd);
    read_name(path, name);
    if (strncmp(name, "pipe:", 5) == 0)
        return !others_have(pids, name);
    return sscanf(name, "socket:[%u]", &socket) == 1 && is_among(pids, pid, socket, deaf);
}
