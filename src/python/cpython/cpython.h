/* The CPython of this process, as far as it can be used without its headers: the functions that
 * every version exports, looked up by name, and the few places in its structures that no function
 * reads without making objects. */
#ifndef GS_PYTHON_CPYTHON_CPYTHON_H
#define GS_PYTHON_CPYTHON_CPYTHON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

typedef void gs_py; /* a PyObject, PyThreadState, PyCodeObject … of theirs */

struct gs_cpython {
    int (*add_audit_hook)(int (*hook)(const char *event, gs_py *arguments, void *context),
                          void *context);
    const char *(*version)(void);
    int (*line_of)(gs_py *code, int offset);
    /* NULL before 3.11. Columns are bytes of the line, from 0; -1: not known. */
    int (*location_of)(gs_py *code, int offset, int *line, int *column, int *last_line,
                       int *end_column);
    gs_py *(*tuple_item)(gs_py *tuple, ssize_t index);
    ssize_t (*tuple_size)(gs_py *tuple);
    gs_py *(*attribute)(gs_py *object, const char *name);
    gs_py *(*attribute_named)(gs_py *object, gs_py *name);
    const char *(*text)(gs_py *unicode);
    int (*truth)(gs_py *object);
    void (*drop)(gs_py *object); /* both leave a NULL alone: Py_DecRef is Py_XDECREF */
    void (*keep)(gs_py *object);
    void (*clear_error)(void);
    long (*number)(gs_py *object);
    double (*real)(gs_py *object);
    gs_py *(*new_text)(const char *text);
    gs_py *(*new_name)(const char *text); /* that is found faster: it is interned */
    gs_py *(*new_dict)(void);
    gs_py *(*pack)(ssize_t count, ...); /* a tuple of those */
    gs_py *(*new_function)(void *method, gs_py *self, gs_py *module);
    int (*set_item)(gs_py *dict, const char *name, gs_py *value);
    int (*set_item_named)(gs_py *dict, gs_py *name, gs_py *value);
    gs_py *(*get_item)(gs_py *dict, const char *name); /* borrowed */
    gs_py *(*builtins)(void);                          /* borrowed */
    gs_py *(*compile)(const char *text, const char *file, int how);
    gs_py *(*evaluate)(gs_py *code, gs_py *globals, gs_py *locals);
    gs_py *(*call)(gs_py *function, ...); /* NULL behind the last */
    gs_py *(*call_with)(gs_py *function, gs_py *const *arguments, size_t count, gs_py *keywords);
    gs_py *(*call_method)(gs_py *object, gs_py *name, ...); /* likewise */
    ssize_t (*size)(gs_py *object);
    void (*fetch_error)(gs_py **type, gs_py **value, gs_py **traceback);
    void (*restore_error)(gs_py *type, gs_py *value, gs_py *traceback);
    gs_py *(*new_method)(gs_py *function); /* that is found through an instance gets it first */
    gs_py *(*release_gil)(void);
    void (*take_gil)(gs_py *thread);
    gs_py *(*thread)(void);         /* the calling one's state */
    gs_py *(*thread_or_none)(void); /* … NULL, where it has the GIL, but is in no interpreter now */
    gs_py *(*new_number)(long long value);
    int (*set_attribute)(gs_py *object, gs_py *name, gs_py *value);
    gs_py *(*new_descriptor)(gs_py *type, void *method);
    gs_py *(*new_weak)(gs_py *object, gs_py *callback);
    gs_py *none;
    gs_py *coroutine_type, *code_type, *cell_type;
    void (*set_trace)(int (*function)(gs_py *object, gs_py *frame, int what, gs_py *argument),
                      gs_py *object);
    gs_py *(*code_of)(gs_py *frame); /* the caller drops it */
    gs_py *(*import_module)(const char *name);
    int minor;                  /* the 11 of 3.11 */
    uint32_t number_of_version; /* 0x030b02: 3.11.2 */
};

extern struct gs_cpython gs_cpython;

/* What an object of theirs points to from that place, in bytes. */
static inline void *gs_pointer_at(const gs_py *object, size_t place)
{
    void *value;
    __builtin_memcpy(&value, (const char *)object + place, sizeof value);
    return value;
}

/* False: no Python, or none that can be watched, is in this process. */
bool gs_cpython_open(void);

/* The version of this process's Python; NULL: there is none. minor gets the 11 of 3.11, 0 of what
 * is older than 3. */
const char *gs_cpython_version(unsigned *minor);

/* A function that this process's Python lacks and that watching needs; NULL: there is none. */
const char *gs_cpython_lacks(void);

#endif
