/* What an executor's threads are given to do: who submits it, who does it, how many wait. */
#ifndef GS_PYTHON_BOOTSTRAP_ITEMS_H
#define GS_PYTHON_BOOTSTRAP_ITEMS_H

#include "python/watch/watch.h"

/* How what somebody is given to do is called: a string of the trace. */
uint32_t gs_items_name(gs_py *function);

/* What is called so has raised the error in the calling thread, where it was given to do; who asks
 * for its result gets it there. */
void gs_items_tell_failure(struct gs_watched *self, gs_py *error, uint32_t name);

/* Offers exchange.py its function by this name. */
void gs_items_offer(void (*set)(const char *name, gs_py *value));

#endif
