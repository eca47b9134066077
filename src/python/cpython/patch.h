/* Puts a function of ours where CPython keeps the address of one of its own, in a type or behind a
 * function object: whoever calls it, by whatever name, calls ours, and nobody can tell. With the
 * GIL. Where the places are: Include/cpython/object.h, methodobject.h, descrobject.h; the same from
 * 3.9 on. */
#ifndef GS_PYTHON_CPYTHON_PATCH_H
#define GS_PYTHON_CPYTHON_PATCH_H

#include "python/cpython/cpython.h"

/* Slots of a type, in bytes. */
enum { GS_TYPE_CALL = 128, GS_TYPE_INIT = 296, GS_TYPE_NEW = 312, GS_TYPE_FINALIZE = 392 };

/* Ours and theirs point to function pointers; theirs gets what stood in place before. Where ours
 * stands already nothing happens. */
void gs_patch(void *place, void *theirs, const void *ours);

/* The place of what a built-in function, or a method of a type written in C, calls. */
void *gs_patch_function(gs_py *function);
void *gs_patch_method(gs_py *method);

/* The flags that say how it is called, METH_… */
int gs_patch_flags(gs_py *method);

#endif
