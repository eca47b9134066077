/* Python's resource trackers, which take away what a program that was killed has left of names that
 * others could find (semaphores, shared memory), and end once nobody is left who could make more.
 */
#ifndef GS_CLI_GUARD_TRACKERS_H
#define GS_CLI_GUARD_TRACKERS_H

#include <stdint.h>
#include <sys/types.h>

/* The process group's leader is dead, and not reaped: kills all the others of the group but its
 * trackers, and lets these end by themselves; not for longer than a second. Where there are none it
 * does nothing. */
void gs_trackers_await(pid_t group);

/* Names that a run had left. */
struct gs_left {
    unsigned semaphores, memories;
    unsigned heaps; /* memory without a name that was not unlinked yet, of which no tracker knows */
};

/* On the virtual clock a tracker goes on no more when the run has ended: does what it would have
 * done, for the run of this number, of which nobody is left (see drive/shared_names.c), and takes
 * multiprocessing's folder away (see drive/folders.h). Returns what it found. */
struct gs_left gs_trackers_stand_in(uint64_t run);

/* What a tracker says of it, a line or two, in words of Lib/multiprocessing/resource_tracker.py;
 * "" where nothing was left. Returns buffer. */
const char *gs_trackers_words(char *buffer, size_t size, const struct gs_left *left);

#endif
