/* What comes of what an executor was given: who puts it into the future, who gets it out. */
#ifndef GS_PYTHON_BOOTSTRAP_RESULTS_H
#define GS_PYTHON_BOOTSTRAP_RESULTS_H

#include "python/cpython/cpython.h"

/* Offers exchange.py its function by this name: in_front_of_futures(type, name, function, text),
 * for futures, and for an executor of processes and its items. */
void gs_results_offer(void (*set)(const char *name, gs_py *value));

#endif
