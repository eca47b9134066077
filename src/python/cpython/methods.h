/* What a thread waits for that is inside a method of the library's: a semaphore alone does not say
 * whether it is a queue's or an event's. */
#ifndef GS_PYTHON_CPYTHON_METHODS_H
#define GS_PYTHON_CPYTHON_METHODS_H

#include "python/cpython/frames.h"
#include "trace/event.h"

/* What a type's name, or a function's, says of what waits in it. */
struct gs_kind_word {
    const char *word;
    enum gs_object_kind kind;
};

/* By one of so many words; NONE: it is none of them. */
enum gs_object_kind gs_kind_of_word(const struct gs_kind_word *words, size_t count,
                                    const char *word);
/* … of a type, or what it is derived from: a LifoQueue is a Queue. */
enum gs_object_kind gs_kind_of_type(const struct gs_kind_word *words, size_t count, gs_py *type);

/* By the type of the method's object, or, where that says nothing, by the method. NONE: neither
 * says anything. */
enum gs_object_kind gs_method_waits_for(const struct gs_frame *frame);

#endif
