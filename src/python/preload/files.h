/* What a thread reads from and writes to, as objects of the trace. */
#ifndef GS_PYTHON_PRELOAD_FILES_H
#define GS_PYTHON_PRELOAD_FILES_H

#include <stdint.h>

/* The object behind a descriptor; 0: it is none. */
uint32_t gs_files_object(int fd);

#endif
