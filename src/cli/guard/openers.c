#include "cli/guard/openers.h"

#include "base/peer.h"

#include <dirent.h>
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

/* "pipe:[1234]": the same for all who have it open. */
static bool has_open(pid_t pid, const char *name)
{
    char path[NAME * 2], found[NAME];
    bool has = false;
    snprintf(path, sizeof path, "/proc/%d/fd", (int)pid);
    DIR *files = opendir(path);
    for (struct dirent *entry; files && !has && (entry = readdir(files));) {
        snprintf(path, sizeof path, "/proc/%d/fd/%s", (int)pid, entry->d_name);
        read_name(path, found);
        has = strcmp(found, name) == 0;
    }
    if (files)
        closedir(files);
    return has;
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

/* A pair that one process has for itself is how that hears of signals, say. A socket of the
 * internet has no peer that the kernel knows. */
static bool is_among(const gs_pids *pids, pid_t pid, unsigned socket)
{
    char peer[NAME], own[NAME];
    unsigned other = gs_peer_of_unix_socket(socket);
    if (!other)
        return listens_in_private(socket);
    snprintf(own, sizeof own, "socket:[%u]", socket);
    snprintf(peer, sizeof peer, "socket:[%u]", other);
    bool own_pair = has_open(pid, peer) && !several_have(pids, own) && !several_have(pids, peer);
    return !own_pair && !others_have(pids, own) && !others_have(pids, peer);
}

bool gs_openers_are(const gs_pids *pids, pid_t pid, int fd)
{
    char path[64], name[NAME];
    unsigned socket;
    snprintf(path, sizeof path, "/proc/%d/fd/%d", (int)pid, fd);
    read_name(path, name);
    if (strncmp(name, "pipe:", 5) == 0)
        return !others_have(pids, name);
    return sscanf(name, "socket:[%u]", &socket) == 1 && is_among(pids, pid, socket);
}
