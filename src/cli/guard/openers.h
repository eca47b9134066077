/* Who has the other ends of a file that a process waits for: pipes and pairs of sockets, which
 * nobody can get hold of later. Out of /proc, which takes some milliseconds. */
#ifndef GS_CLI_GUARD_OPENERS_H
#define GS_CLI_GUARD_OPENERS_H

#include "base/vec.h"

#include <stdbool.h>
#include <sys/types.h>

typedef GS_VEC(pid_t) gs_pids;

bool gs_pids_have(const gs_pids *pids, pid_t pid);

/* Whether nobody but these processes can read from it, or write to it. False: somebody else may, or
 * it is a file of another kind, or a pair by which the process may hear of signals; of one that is
 * known not to be that (deaf) it is not asked. */
bool gs_openers_are(const gs_pids *pids, pid_t pid, int fd, bool deaf);

#endif
