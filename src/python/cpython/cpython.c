#include "python/cpython/cpython.h"

#include <dlfcn.h>
#include <stddef.h>
#include <stdio.h>
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
    {"PyObject_GetAttr", offsetof(struct gs_cpython, attribute_named)},
    {"PyTuple_GetItem", offsetof(struct gs_cpython, tuple_item)},
    {"PyTuple_Size", offsetof(struct gs_cpython, tuple_size)},
    {"PyObject_GetAttrString", offsetof(struct gs_cpython, attribute)},
    {"PyUnicode_AsUTF8", offsetof(struct gs_cpython, text)},
    {"PyObject_IsTrue", offsetof(struct gs_cpython, truth)},
    {"Py_DecRef", offsetof(struct gs_cpython, drop)},
    {"Py_IncRef", offsetof(struct gs_cpython, keep)},
    {"PyErr_Clear", offsetof(struct gs_cpython, clear_error)},
    {"PyLong_AsLong", offsetof(struct gs_cpython, number)},
    {"PyFloat_AsDouble", offsetof(struct gs_cpython, real)},
    {"PyUnicode_FromString", offsetof(struct gs_cpython, new_text)},
    {"PyUnicode_InternFromString", offsetof(struct gs_cpython, new_name)},
    {"PyDict_New", offsetof(struct gs_cpython, new_dict)},
    {"PyTuple_Pack", offsetof(struct gs_cpython, pack)},
    {"PyCFunction_NewEx", offsetof(struct gs_cpython, new_function)},
    {"PyDict_SetItemString", offsetof(struct gs_cpython, set_item)},
    {"PyDict_SetItem", offsetof(struct gs_cpython, set_item_named)},
    {"PyDict_GetItemString", offsetof(struct gs_cpython, get_item)},
    {"PyEval_GetBuiltins", offsetof(struct gs_cpython, builtins)},
    {"Py_CompileString", offsetof(struct gs_cpython, compile)},
    {"PyEval_EvalCode", offsetof(struct gs_cpython, evaluate)},
    {"PyObject_CallFunctionObjArgs", offsetof(struct gs_cpython, call)},
    {"PyObject_VectorcallDict", offsetof(struct gs_cpython, call_with)},
    {"PyObject_CallMethodObjArgs", offsetof(struct gs_cpython, call_method)},
    {"PyErr_Fetch", offsetof(struct gs_cpython, fetch_error)},
    {"PyErr_Restore", offsetof(struct gs_cpython, restore_error)},
    {"PyObject_Size", offsetof(struct gs_cpython, size)},
    {"PyInstanceMethod_New", offsetof(struct gs_cpython, new_method)},
    {"PyEval_SaveThread", offsetof(struct gs_cpython, release_gil)},
    {"PyEval_RestoreThread", offsetof(struct gs_cpython, take_gil)},
    {"PyThreadState_Get", offsetof(struct gs_cpython, thread)},
    {"PyLong_FromLongLong", offsetof(struct gs_cpython, new_number)},
    {"PyObject_SetAttr", offsetof(struct gs_cpython, set_attribute)},
    {"PyDescr_NewMethod", offsetof(struct gs_cpython, new_descriptor)},
    {"PyWeakref_NewRef", offsetof(struct gs_cpython, new_weak)},
    {"PyCoro_Type", offsetof(struct gs_cpython, coroutine_type)},
    {"PyCode_Type", offsetof(struct gs_cpython, code_type)},
    {"PyCell_Type", offsetof(struct gs_cpython, cell_type)},
    {"_Py_NoneStruct", offsetof(struct gs_cpython, none)},
    {"PyEval_SetTrace", offsetof(struct gs_cpython, set_trace)},
    {"PyFrame_GetCode", offsetof(struct gs_cpython, code_of)},
    {"PyImport_ImportModule", offsetof(struct gs_cpython, import_module)},
};

/* It got another name with 3.13. */
static void *find_state_or_none(void)
{
    void *found = dlsym(RTLD_DEFAULT, "PyThreadState_GetUnchecked");
    return found ? found : dlsym(RTLD_DEFAULT, "_PyThreadState_UncheckedGet");
}

bool gs_cpython_open(void)
{
    void *state_or_none = find_state_or_none();
    void *location_of = dlsym(RTLD_DEFAULT, "PyCode_Addr2Location");
    memcpy(&gs_cpython.location_of, &location_of, sizeof location_of);
    memcpy(&gs_cpython.thread_or_none, &state_or_none, sizeof state_or_none);
    if (!state_or_none)
        return false;
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
        void *found = dlsym(RTLD_DEFAULT, functions[i].name);
        if (!found)
            return false;
        memcpy((char *)&gs_cpython + functions[i].place, &found, sizeof found);
    }
    unsigned minor = 0, micro = 0;
    (void)sscanf(gs_cpython.version(), "3.%u.%u", &minor, &micro);
    gs_cpython.minor = (int)minor;
    gs_cpython.number_of_version = 3u << 16 | minor << 8 | micro;
    return gs_cpython.minor >= 9;
}

const char *gs_cpython_version(unsigned *minor)
{
    const char *(*version)(void);
    void *found = dlsym(RTLD_DEFAULT, "Py_GetVersion");
    unsigned major = 0;
    memcpy(&version, &found, sizeof found);
    if (!found || sscanf(version(), "%u.%u", &major, minor) != 2)
        return NULL;
    if (major < 3)
        *minor = 0;
    return version();
}

const char *gs_cpython_lacks(void)
{
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++)
        if (!dlsym(RTLD_DEFAULT, functions[i].name))
            return functions[i].name;
    return find_state_or_none() ? NULL : "PyThreadState_GetUnchecked";
}
