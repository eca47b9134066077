/* What an executor's threads are given to do: who submits it, who does it, how many wait. */
#ifndef GS_PYTHON_BOOTSTRAP_ITEMS_H
#define GS_PYTHON_BOOTSTRAP_ITEMS_H

#include "python/cpython/cpython.h"

/* Offers exchange.py its function by this name. */
void gs_items_offer(void (*set)(const char *name, gs_py *value));

#endif
