#include "lua/vm/words.h"

#include "lua/vm/allow_threads.h"
#include "lua/vm/guest.h"

bool gs_words_add(const char *text, size_t length, uint32_t *id, struct gs_error *err)
{
    *id = gs_actor_string(text, length);
    return *id || !gs_runtime.traced ||
           gs_error_set(err, "OSError: [Errno 28] No space left on device: "
                             "the trace has no room for more text");
}

void gs_words_say(enum gs_event_kind kind, uint8_t flags, uint32_t text, uint32_t line)
{
    struct gs_ring *ring = gs_runner_of(gs_self)->ring;
    /* In a ring that waits nothing is lost; and on the virtual clock whether there is room depends
     * on who reads, so the GIL must not. */
    if (!ring || ring->waits || gs_ring_has_room(ring)) {
        gs_emit((uint8_t)kind, flags, text, line);
        return;
    }
    gs_block_begin(GS_STATE_IO, NULL);
    gs_emit_surely((uint8_t)kind, flags, text, line);
    gs_block_end();
}
