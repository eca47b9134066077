/* What a thread waits for that is inside a method of the library's: a semaphore alone does not say
 * whether it is a queue's or an event's. */
#ifndef GS_PYTHON_CPYTHON_METHODS_H
#define GS_PYTHON_CPYTHON_METHODS_H

#include "python/cpython/frames.h"
#include "trace/event.h"

/* By the type of the method's object, or, where that says nothing, by the method. NONE: neither
 * says anything. */
enum gs_object_kind gs_method_waits_for(const struct gs_frame *frame);

#endif
