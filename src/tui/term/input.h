/* Bytes from the terminal → keys, pasted text, and what the mouse does. Kept apart from the
 * terminal so that a lone Escape costs no wait inside a read: what follows decides, or the loop's
 * timer does. */
#ifndef GS_TUI_TERM_INPUT_H
#define GS_TUI_TERM_INPUT_H

#include "tui/pointer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct gs_input {
    unsigned char bytes[32]; /* the start of a sequence whose end has not come yet */
    size_t count;
    bool pastes; /* what comes is text that is pasted, until the terminal says it is over */
};

enum gs_said_kind { GS_SAID_KEY, GS_SAID_PASTED, GS_SAID_POINTER };

/* One thing that the user did. Of pasted text what can be typed into a line: neither control
 * characters nor sequences, a blank for a line's end. */
struct gs_said {
    enum gs_said_kind kind;
    uint32_t key; /* see enum gs_key_code; a character that was pasted */
    struct gs_pointer pointer;
};

typedef void gs_input_sink(void *context, const struct gs_said *said);

void gs_input_feed(struct gs_input *input, const char *bytes, size_t count, gs_input_sink *sink,
                   void *context);

/* An unfinished sequence waits. If nothing follows within some 30 ms, flush it. */
bool gs_input_pending(const struct gs_input *input);
void gs_input_flush(struct gs_input *input, gs_input_sink *sink, void *context);

#endif
