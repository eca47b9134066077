/* What a thread reads from and writes to, as objects of the trace. */
#ifndef GS_PYTHON_PRELOAD_FILES_H
#define GS_PYTHON_PRELOAD_FILES_H

#include "trace/channels.h"
#include "trace/event.h"

#include <stdbool.h>

/* The object behind a descriptor; 0: it is none. */
uint32_t gs_files_object(int fd);

/* FILE, PIPE or SOCKET; NONE: it is no descriptor. */
enum gs_object_kind gs_files_kind(int fd);

/* What processes send each other through it: send: by who writes into it; else by who reads from
 * it. NULL: it is no descriptor, or there are too many. */
struct gs_channel *gs_files_channel(int fd, bool send);

/* The same, to read from; NULL also where nobody has asked for it yet. */
const struct gs_channel *gs_files_channel_known(int fd);

/* From now on what is behind the descriptor is this object, in all processes. */
void gs_files_call(int fd, uint32_t object);

/* The process has been forked: nobody else is at it. */
void gs_files_forget(void);

#endif
