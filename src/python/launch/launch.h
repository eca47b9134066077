/* Starts a Python with the preload object in it: the stage of a Python run, which becomes the
 * interpreter. */
#ifndef GS_PYTHON_LAUNCH_LAUNCH_H
#define GS_PYTHON_LAUNCH_LAUNCH_H

#include "base/error.h"

/* The stage of a Python guest: replaces the process by what the order in the segment behind fd
 * says. Returns only when that cannot be, with the exit status. */
int gs_launch(int segment_fd);

#endif
