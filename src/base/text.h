/* Text for people: durations, and names that come from outside made safe to print. */
#ifndef GS_BASE_TEXT_H
#define GS_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* "4.8 ms", "2.45 s", "870 ns": three significant digits at most. Returns buffer. */
const char *gs_text_duration(char *buffer, size_t size, uint64_t ns);

/* "9.1 MB", "870 B": of a thousand bytes each. Returns buffer. */
const char *gs_text_bytes(char *buffer, size_t size, uint64_t bytes);

/* Copies text, and of one that does not fit what does, cut at a character's boundary, and "…"; so
 * size is at least 4. Returns buffer. */
const char *gs_text_copy(char *buffer, size_t size, const char *text);

/* Copies text[0 .. length) so that nothing in it can steer a terminal: control characters become
 * their caret form (ESC is ^[), C1 controls, bidirectional overrides and bytes that are no UTF-8
 * become \xNN. Cuts at a character's boundary; always ends in a NUL. Returns buffer. */
const char *gs_text_visible(char *buffer, size_t size, const char *text, size_t length);

/* Length of the valid UTF-8 sequence at text, 0 if there is none in the bytes left; overlong forms
 * and surrogates are not valid. */
size_t gs_text_decode(const char *text, size_t left, uint32_t *code);

/* Characters that change how the text around them is shown: C1 controls, marks of direction. */
bool gs_text_steers(uint32_t code);

#endif
