/* Bytes from the terminal → keys. Kept apart from the terminal so that a lone Escape costs no wait
 * inside a read: what follows decides, or the loop's timer does. */
#ifndef GS_TUI_TERM_INPUT_H
#define GS_TUI_TERM_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct gs_input {
    unsigned char bytes[32]; /* the start of a sequence whose end has not come yet */
    size_t count;
};

typedef void gs_input_sink(void *context, uint32_t key); /* see enum gs_key_code */

void gs_input_feed(struct gs_input *input, const char *bytes, size_t count, gs_input_sink *sink,
                   void *context);

/* An unfinished sequence waits. If nothing follows within some 30 ms, flush it. */
bool gs_input_pending(const struct gs_input *input);
void gs_input_flush(struct gs_input *input, gs_input_sink *sink, void *context);

#endif
