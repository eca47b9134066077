/* Finds the opening `scene { … }` in a scene's text without running or compiling anything: just
 * enough of Lua's lexer to know comments, strings and braces apart. */
#ifndef GS_LUA_SCENE_OPENING_H
#define GS_LUA_SCENE_OPENING_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

struct gs_opening {
    const char *table; /* from its '{' … */
    size_t length;     /* … to its '}', both included */
    uint32_t line;     /* of the '{' */
};

/* text[0 .. length) need not end in a NUL; path is for the messages. */
bool gs_opening_find(const char *path, const char *text, size_t length, struct gs_opening *opening,
                     struct gs_error *err);

/* Bytes of the mark (BOM) that some editors put before UTF-8 text: 3 or 0. Lua skips it in files.
 */
size_t gs_opening_mark(const char *text, size_t length);

/* Line where the table gives field a value; the table's own line if it does not. */
uint32_t gs_opening_field_line(const struct gs_opening *opening, const char *field);

#endif
