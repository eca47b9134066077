/* What an executor's threads are given to do: who submits it, who does it, how many wait. */
#ifndef GS_PYTHON_BOOTSTRAP_ITEMS_H
#define GS_PYTHON_BOOTSTRAP_ITEMS_H

#include "python/watch/watch.h"

/* How what somebody is given to do is called: a string of the trace. */
uint32_t gs_items_name(gs_py *function);

/* A queue of an executor's by the name that the calling thread's line gives what it makes, behind
 * the text: an object. */
uint32_t gs_items_queue(const char *text);
/* That of the executor whose submit the calling thread is in; 0: there is none. */
uint32_t gs_items_queue_here(const struct gs_watched *self);

/* What is called so has raised the error in the calling thread, where it was given to do; who asks
 * for its result gets it there. */
void gs_items_tell_failure(struct gs_watched *self, gs_py *error, uint32_t name);

/* Offers exchange.py its function by this name. */
void gs_items_offer(void (*set)(const char *name, gs_py *value));

#endif
