/* What the kernel says of a process, out of /proc. */
#ifndef GS_CLI_GUARD_PROCESS_H
#define GS_CLI_GUARD_PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

struct gs_process {
    char state; /* 'T': stopped by a signal, 'S': asleep */
    pid_t parent;
};

/* False: there is no such process. */
bool gs_process_look(pid_t pid, struct gs_process *process);
bool gs_process_look_at_thread(pid_t pid, pid_t thread, struct gs_process *process);

/* Whether it has a handler for a signal that somebody may send it (SIGTERM, SIGALRM, SIGCHLD, …):
 * none of those that tell of its own faults, nor SIGINT, for which every Python has one. */
bool gs_process_hears(pid_t pid);

#endif
