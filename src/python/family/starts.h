/* Programs that a process starts: by fork and exec, by posix_spawn, or by becoming one itself. A
 * Python among them has a seat in the run, which is made for it here; another program runs as it
 * does without us, and waiting for it is waiting for the outside. Both get the variables by which
 * the preload object comes into what they start in their turn. */
#ifndef GS_PYTHON_FAMILY_STARTS_H
#define GS_PYTHON_FAMILY_STARTS_H

#include "python/family/environment.h"
#include "python/watch/watch.h"

struct gs_start {
    bool seated; /* it is a Python, … */
    bool placed; /* … and on the clock */
    struct gs_seat seat;
    uint32_t end; /* object; 0: it is no program that can be started */
};

/* The caller, which has the GIL if it runs Python at all, is about to start something: notes what
 * that is called, which cannot be asked between a fork and an exec. */
void gs_starts_note(void);

/* Multiprocessing's forkserver is about to be asked to fork, by the caller; and is the caller,
 * which is about to fork what it was asked for first: a string; 0: it is not, or was not asked. */
void gs_starts_ask(void);
uint32_t gs_starts_asked(void);

/* The caller, whoever's child it is, is about to start the program in that file. */
void gs_start_prepare(struct gs_start *start, const char *path, char *const words[]);

/* What is prepared will be this process, or is it; or could not be started. */
void gs_start_is(const struct gs_start *start, pid_t pid);
void gs_start_failed(const struct gs_start *start, pid_t pid);

/* The variables for it; see gs_environment_for. */
char **gs_start_environment(const struct gs_start *start, char *const variables[]);

/* The calling process, which has lanes, is about to become that program: it keeps its seat. */
void gs_start_prepare_own(struct gs_start *start, const char *path);

/* In a forked child that has no lanes, in memory of its own: who forked it starts what it does. */
void gs_starts_inherit(void);

#endif
