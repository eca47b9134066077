/* Arguments as Python's library takes them, and errors as it words them. */
#ifndef GS_LUA_MODULES_ARGUMENTS_H
#define GS_LUA_MODULES_ARGUMENTS_H

#include "base/error.h"

#include <lauxlib.h>
#include <stdint.h>

/* Arguments by position or by keyword: Queue(5), Queue{maxsize = 5}. From `first` on the stack then
 * has exactly one value a name, nil where none was given. names ends in NULL. */
void gs_arguments(lua_State *L, int first, const char *const *names);

/* A timeout in seconds as gs_block_deadline takes it: negative is none, which nil means. Raises on
 * what is no time. */
double gs_arguments_timeout(lua_State *L, int index);

/* The deadline if it begins now. */
uint64_t gs_arguments_deadline(lua_State *L, int index);

/* A number of seconds, not negative, not NaN; errors call it name. */
double gs_arguments_seconds(lua_State *L, int index, const char *name);

/* The deadline of (blocking, timeout), at `blocking` and the place after it. Python's classes
 * differ in what they take: -1 is no limit to a Lock, no time to a Semaphore and an error to a
 * Queue, and only a Queue lets a call that does not block have a limit. */
uint64_t gs_arguments_lock(lua_State *L, int blocking);
uint64_t gs_arguments_semaphore(lua_State *L, int blocking);
uint64_t gs_arguments_queue(lua_State *L, int block);

/* A whole number, or nil, which is `otherwise`. */
lua_Integer gs_arguments_whole(lua_State *L, int index, const char *name, lua_Integer otherwise);

/* A whole number of at least `least`, or nil, which is `otherwise`. */
uint32_t gs_arguments_count(lua_State *L, int index, const char *name, uint32_t least,
                            uint32_t otherwise);

/* Raises err with the scene's file and line in front. */
int gs_raise(lua_State *L, const struct gs_error *err);

/* The same, from the __index of a module that lacks the field at place 2. */
int gs_raise_no_attribute(lua_State *L, const char *module);

/* Calls the function with what is behind it, from stack place `first` on, and goes on in `after`,
 * whose job it is to return the results or raise the error: also when the function was suspended
 * in between. Return what it returns. */
int gs_call_then(lua_State *L, int first, lua_KFunction after);

#endif
