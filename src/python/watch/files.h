/* What a thread reads from and writes to, as objects of the trace. */
#ifndef GS_PYTHON_WATCH_FILES_H
#define GS_PYTHON_WATCH_FILES_H

#include "trace/event.h"

/* The object behind a descriptor; 0: it is none. */
uint32_t gs_files_object(int fd);

/* FILE, PIPE or SOCKET; PROCESS: a pipe that is called after the end of one; NONE: it is no
 * descriptor. And the process, an actor; 0: it is not called so, or that has no lanes. */
enum gs_object_kind gs_files_kind(int fd);
uint32_t gs_files_process(int fd);

/* Another one of the same name. */
uint32_t gs_files_new_object(int fd);

/* The room in what is behind it, which who writes there waits for once that is full. */
uint32_t gs_files_room(int fd);

/* From now on what is behind the descriptor is this object, in all processes. */
void gs_files_call(int fd, uint32_t object);

#endif
