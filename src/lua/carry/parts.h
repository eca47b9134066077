/* What the files of carry.h's implementation share. Everything here runs inside one protected call
 * of `to`, so that `to` may raise; `from` has no such call around it, so of `from` only functions
 * may be used that never raise: nothing that allocates.
 *
 * The files call each other in a circle, as values hold each other: a table has functions in it,
 * what a function mentions are names, what is under a name is a value again. */
#ifndef GS_LUA_CARRY_PARTS_H
#define GS_LUA_CARRY_PARTS_H

#include "lua/carry/carry.h"

/* How the value at hand was reached, innermost first; on the C stack. */
struct gs_carry_path {
    const struct gs_carry_path *up;
    enum {
        GS_CARRY_ROOT,
        GS_CARRY_FIELD,
        GS_CARRY_INDEX,
        GS_CARRY_KEY,
        GS_CARRY_META,
        GS_CARRY_CAPTURED,
        GS_CARRY_GLOBAL
    } step;
    const char *name; /* owned by a string that is alive in `from` */
    lua_Integer index;
};

struct gs_carrier {
    lua_State *from, *to;
    int count;
    const char *const *names;
    int memo; /* index in `to` of a table: address in `from` -> the copy */
    int depth;
    uint64_t bytes;
    struct gs_dump {
        char *bytes;
        size_t length, room;
    } dump; /* of the function at hand; freed by whoever made the carrier */
    struct gs_error *err;
};

/* Pushes onto `to` a copy of the value on top of `from`, which stays. False: err is filled. */
bool gs_carry_value(struct gs_carrier *c, const struct gs_carry_path *path);

/* The same for a table that is not in the memo yet. */
bool gs_carry_table(struct gs_carrier *c, const struct gs_carry_path *path);
/* The same for a Lua function that is not in the memo yet. */
bool gs_carry_function(struct gs_carrier *c, const struct gs_carry_path *path);

/* Is the value on top of `from` a library's? Then pushes to's own of that name. */
bool gs_carry_by_name(struct gs_carrier *c);
/* Did a library put the value on top of L there under this name (at `key`)? */
bool gs_carry_is_library(lua_State *L, int key);
/* Is the value on top of `from` another than the libraries have under this name? */
bool gs_carry_is_changed(lua_State *from, lua_State *to, const char *name);
/* Pushes what the libraries of `to` have under this name. */
void gs_carry_push_library(lua_State *to, const char *name);

/* Carries the globals and the fields of libraries that are the scene's and that the function on top
 * of `from` may use. What `to` has from the scene already stays. */
bool gs_carry_names(struct gs_carrier *c, const struct gs_carry_path *path, bool uses_globals);

/* Writes the function on top of `from` to c->dump. */
bool gs_carry_dump(struct gs_carrier *c, bool strip);

/* "TypeError: cannot carry conn.socket, captured by target: a coroutine"; returns false. */
bool gs_carry_refuse(struct gs_carrier *c, const struct gs_carry_path *path, const char *what);

#endif
