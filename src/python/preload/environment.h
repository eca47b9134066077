/* How the preload object comes into a process, and how the process is told which segment to write
 * and what its leash is (leash.h): the variables that the launcher sets and that the program does
 * not see. */
#ifndef GS_PYTHON_PRELOAD_ENVIRONMENT_H
#define GS_PYTHON_PRELOAD_ENVIRONMENT_H

#define GS_ENVIRONMENT_SEGMENT "GILSCOPE_SEGMENT" /* number of the inherited descriptor */
#define GS_ENVIRONMENT_PRELOAD "LD_PRELOAD"       /* ours first */

/* -1: this is no run of ours. */
int gs_environment_fd(void);
int gs_environment_leash(void);

/* As the program's own environment was. */
void gs_environment_restore(void);

#endif
