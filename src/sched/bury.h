/* Processes that leave the virtual clock, by themselves or killed. Called with the baton in hand.
 */
#ifndef GS_SCHED_BURY_H
#define GS_SCHED_BURY_H

#include <stdbool.h>
#include <stdint.h>

struct gs_family_process;

/* The calling process leaves: all of its actors but the caller leave every queue, and what they
 * had, others get. They run no more. Not ends: it goes on as another program, which nobody knows.
 */
void gs_bury_own(bool ends);

/* All actors of the calling process but the caller leave: it goes on as another program, which has
 * its place. */
void gs_bury_others(void);

/* The same for one that the caller has killed at that time, or found dead; how it ended, as waitpid
 * tells it, or -1. */
void gs_bury_the_dead(uint32_t process, uint64_t time, int status);

/* How one has ended that is dead, and nobody has asked for; -1: somebody has. */
int gs_bury_status(uint32_t process);

/* A child of the caller's ends that shares its memory, to execute a program, and could not: it was
 * never one of the family, but closes files of its parent's. False: there is no room. */
bool gs_bury_child(int32_t pid);

/* What has left the clock is in the kernel for a moment still. Until it is not, files that its end
 * closes are open: whoever goes on awaits that first. */
void gs_bury_await_ending(void);

/* Whether it is in the kernel no more, but for its status. */
bool gs_bury_is_dead(uint32_t process);

/* Whether that is, or was until it ended, a process of the family. */
bool gs_bury_knows(int32_t pid);

/* Its row then, until another process begins; NULL: it is none. */
const struct gs_family_process *gs_bury_row(int32_t pid);

/* The process of that id in the family, but none that is about to leave. False: there is none. */
bool gs_bury_find(int32_t pid, uint32_t *process);

#endif
