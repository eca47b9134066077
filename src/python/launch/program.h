/* What kind of program a file is, by a look into it: whether the preload object can get into it,
 * and find a Python there. */
#ifndef GS_PYTHON_LAUNCH_PROGRAM_H
#define GS_PYTHON_LAUNCH_PROGRAM_H

enum gs_program {
    GS_PROGRAM_NONE,
    GS_PROGRAM_SCRIPT,
    GS_PROGRAM_DYNAMIC,
    GS_PROGRAM_STATIC, /* nothing can be loaded into it */
    GS_PROGRAM_CLOSED  /* a Python whose functions cannot be found from outside */
};

/* A program that is not known to be a Python is DYNAMIC: it may come to one. */
enum gs_program gs_program_look(const char *path);

#endif
