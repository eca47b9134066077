#include "python/preload/cpython.h"

#include <dlfcn.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct gs_cpython gs_cpython;

static const struct {
    const char *name;
    size_t place;
} functions[] = {
    {"PySys_AddAuditHook", offsetof(struct gs_cpython, add_audit_hook)},
    {"Py_GetVersion", offsetof(struct gs_cpython, version)},
    {"PyCode_Addr2Line", offsetof(struct gs_cpython, line_of)},
    {"PyTuple_GetItem", offsetof(struct gs_cpython, tuple_item)},
    {"PyTuple_Size", offsetof(struct gs_cpython, tuple_size)},
    {"PyObject_GetAttrString", offsetof(struct gs_cpython, attribute)},
    {"PyUnicode_AsUTF8", offsetof(struct gs_cpython, text)},
    {"PyObject_IsTrue", offsetof(struct gs_cpython, truth)},
    {"Py_DecRef", offsetof(struct gs_cpython, drop)},
    {"PyErr_Clear", offsetof(struct gs_cpython, clear_error)},
};

bool gs_cpython_open(void)
{
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
        void *found = dlsym(RTLD_DEFAULT, functions[i].name);
        if (!found)
            return false;
        memcpy((char *)&gs_cpython + functions[i].place, &found, sizeof found);
    }
    const char *version = gs_cpython.version();
    gs_cpython.minor = strncmp(version, "3.", 2) == 0 ? atoi(version + 2) : 0;
    return gs_cpython.minor >= 9;
}
