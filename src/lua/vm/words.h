/* What a scene says: print, check, note, mark, an error's text. The rest of a trace may be lost
 * when a ring is full, and is then counted; these words may not. On the real clock their speaker
 * waits until the screen has made room. Called by an actor that runs, from any of its Lua
 * functions. */
#ifndef GS_LUA_VM_WORDS_H
#define GS_LUA_VM_WORDS_H

#include "base/error.h"
#include "trace/event.h"

#include <stddef.h>

/* The text's id in the trace; 0 while nothing is traced. False: the trace has no room for it. */
bool gs_words_add(const char *text, size_t length, uint32_t *id, struct gs_error *err);

/* Traces the event, now. While it has to wait the GIL is released, and the lane is in `io`. */
void gs_words_say(enum gs_event_kind kind, uint8_t flags, uint32_t text, uint32_t line);

#endif
