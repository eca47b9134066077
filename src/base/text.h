/* Text for people: durations, and names that come from outside made safe to print. */
#ifndef GS_BASE_TEXT_H
#define GS_BASE_TEXT_H

#include <stddef.h>
#include <stdint.h>

/* "4.8 ms", "2.45 s", "870 ns": three significant digits at most. Returns buffer. */
const char *gs_text_duration(char *buffer, size_t size, uint64_t ns);

/* Copies text[0 .. length) so that nothing in it can steer a terminal: control characters become
 * their caret form (ESC is ^[), C1 controls, bidirectional overrides and bytes that are no UTF-8
 * become \xNN. Cuts at a character's boundary; always ends in a NUL. Returns buffer. */
const char *gs_text_visible(char *buffer, size_t size, const char *text, size_t length);

#endif
