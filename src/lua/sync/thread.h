/* A scene's thread, as Python's threading.Thread: an OS thread in an interpreter. */
#ifndef GS_LUA_SYNC_THREAD_H
#define GS_LUA_SYNC_THREAD_H

#include "base/error.h"
#include "sched/resource.h"

#include <lua.h>

struct gs_interp;

struct gs_thread {
    struct gs_resource resource; /* its end: what a join waits for; owner is the thread itself */
    struct gs_actor *actor;
    struct gs_interp *interp;
    lua_State *state; /* its own, with the function and its arguments on the stack until it runs */
    bool daemon;
    /* Changed and waited for under resource.monitor; the end of the run looks without. */
    _Atomic bool started, done;
    bool begun; /* guarded by resource.monitor */
    bool failed;
    struct gs_waitq beginning; /* who started it, until it has begun */
    struct gs_thread *next;    /* all started ones, for the end of the run */
};

/* A thread not started yet. Without a name (NULL or empty) it is "Thread-2 (work)" by count and by
 * its target's name, which may be NULL. The caller holds the first reference. */
struct gs_thread *gs_thread_new(const char *name, const char *target, bool daemon,
                                struct gs_error *err);

/* Starts it with the function and its `arguments` arguments on top of L's stack, which it pops (or
 * carries over into an isolated state: err names what cannot be carried). Like CPython's start() it
 * returns once the new thread has begun to run, so it blocks, GIL released. */
bool gs_thread_start(struct gs_thread *thread, lua_State *L, int arguments, struct gs_error *err);

/* Waits for its end, GIL released; false if the deadline came first. Joining a thread that was not
 * started, or oneself, is the caller's error to raise. */
bool gs_thread_join(struct gs_thread *thread, uint64_t deadline);
bool gs_thread_alive(struct gs_thread *thread);

/* The calling actor's thread; NULL for the main thread. */
struct gs_thread *gs_thread_current(void);

/* Runs the function and its arguments on the stack of the calling actor's state under a protected
 * call and reports an uncaught error: traced, and on stderr as Python's threading.excepthook words
 * it. False if there was one. */
bool gs_thread_run(lua_State *L, int arguments, const char *name);

/* Waits until every non-daemon thread is gone: what the main thread does last. */
void gs_thread_join_all(void);

#endif
