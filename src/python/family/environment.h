/* How the preload object comes into a process, and how the process is told which run it is part of:
 * variables that the launcher sets, that each program which a process starts gets again, whatever
 * environment the program gave it, and that no Python sees. */
#ifndef GS_PYTHON_FAMILY_ENVIRONMENT_H
#define GS_PYTHON_FAMILY_ENVIRONMENT_H

#include <stdbool.h>
#include <stdint.h>

#define GS_ENVIRONMENT_SEGMENT "GILSCOPE_SEGMENT" /* who has it open, and the leash: see below */
#define GS_ENVIRONMENT_SEAT    "GILSCOPE_SEAT"    /* see below; only for a Python */
#define GS_ENVIRONMENT_PRELOAD "LD_PRELOAD"       /* ours first */

/* What a Python that is started takes up in the run, made by who starts it; all by index. */
struct gs_seat {
    uint32_t process; /* actor */
    uint32_t by;      /* the thread that starts it: an actor */
    uint32_t again;   /* 1: the process has been a Python of the run, and goes on as another, … */
    uint32_t first;   /* … it is the run's first */
    uint32_t family, slot; /* on the virtual clock: see struct gs_family_place */
    uint64_t started;      /* when it was, ns of the run; 0: not known */
};

/* The segment's descriptor, which is the caller's; -1: this is no run of ours, or the run is not
 * there any more. */
int gs_environment_open(void);

/* Likewise, of its leash: see leash.h. */
int gs_environment_leash(void);

/* False: nobody has made one, the program came another way. */
bool gs_environment_seat(struct gs_seat *seat);

/* As the program's own environment was. */
void gs_environment_restore(void);

/* The variables (NULL: the process's own) with ours for a program that is about to be started; seat
 * may be NULL. Valid until the calling thread calls it again. After gs_environment_restore. */
char **gs_environment_for(char *const variables[], const struct gs_seat *seat);

#endif
