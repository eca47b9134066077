/* The stage: the process that runs a scene. Started by the screen as `gilscope --stage FD`, with
 * the trace segment inherited as descriptor FD. */
#ifndef GS_LUA_SCENE_STAGE_H
#define GS_LUA_SCENE_STAGE_H

/* Runs the order in the segment's control block to its end and returns the exit status: 0 good, 1 a
 * check failed, an uncaught error or a deadlock, 2 a scene that cannot be read. Messages go to
 * stderr. The process is killed by the kernel when its parent dies. */
int gs_stage_main(int segment_fd);

#endif
