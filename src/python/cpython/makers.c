#include "python/cpython/makers.h"

#include "python/cpython/patch.h"

typedef gs_py *function_call(gs_py *self, gs_py *arguments);
typedef gs_py *type_new(gs_py *type, gs_py *arguments, gs_py *keywords);

static _Thread_local enum gs_object_kind at_work;

enum gs_object_kind gs_makers_at_work(void)
{
    return at_work;
}

static function_call *allocate_lock, *allocate;
static type_new *new_lock, *new_rlock;

static gs_py *call(function_call *function, gs_py *self, gs_py *arguments)
{
    at_work = GS_OBJECT_LOCK;
    gs_py *lock = function(self, arguments);
    at_work = GS_OBJECT_NONE;
    return lock;
}

static gs_py *make(type_new *constructor, enum gs_object_kind kind, gs_py *type, gs_py *arguments,
                   gs_py *keywords)
{
    at_work = kind;
    gs_py *lock = constructor(type, arguments, keywords);
    at_work = GS_OBJECT_NONE;
    return lock;
}

static gs_py *our_allocate_lock(gs_py *self, gs_py *arguments)
{
    return call(allocate_lock, self, arguments);
}

static gs_py *our_allocate(gs_py *self, gs_py *arguments)
{
    return call(allocate, self, arguments);
}

static gs_py *our_new_lock(gs_py *type, gs_py *arguments, gs_py *keywords)
{
    return make(new_lock, GS_OBJECT_LOCK, type, arguments, keywords);
}

static gs_py *our_new_rlock(gs_py *type, gs_py *arguments, gs_py *keywords)
{
    return make(new_rlock, GS_OBJECT_RLOCK, type, arguments, keywords);
}

static void replace_function(gs_py *module, const char *name, function_call **theirs,
                             function_call *ours)
{
    gs_py *function = gs_cpython.attribute(module, name);
    if (function) {
        gs_patch(gs_patch_function(function), theirs, &ours);
        gs_cpython.drop(function);
    }
}

static void replace_new(gs_py *module, const char *name, type_new **theirs, type_new *ours)
{
    gs_py *type = gs_cpython.attribute(module, name);
    if (type) {
        gs_patch((char *)type + GS_TYPE_NEW, theirs, &ours);
        gs_cpython.drop(type);
    }
}

void gs_makers_open(void)
{
    gs_py *module = gs_cpython.import_module("_thread");
    if (module) {
        replace_function(module, "allocate_lock", &allocate_lock, our_allocate_lock);
        replace_function(module, "allocate", &allocate, our_allocate);
        replace_new(module, "RLock", &new_rlock, our_new_rlock);
        if (gs_cpython.minor >= 13) /* before, locks came from the functions alone */
            replace_new(module, "LockType", &new_lock, our_new_lock);
        gs_cpython.drop(module);
    }
    gs_cpython.clear_error();
}
