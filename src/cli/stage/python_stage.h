/* The stage of a Python guest, until it becomes the interpreter. */
#ifndef GS_CLI_STAGE_PYTHON_STAGE_H
#define GS_CLI_STAGE_PYTHON_STAGE_H

/* Runs what the order in the segment behind fd says. A script that chooses the interpreter is asked
 * here, while the screen has its picture already: it ends with the stage. Returns only when nothing
 * runs, with the exit status. */
int gs_python_stage_main(int segment_fd);

#endif
