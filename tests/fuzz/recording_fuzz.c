/* libFuzzer's way into a recording's reader: `./dev fuzz recording`. What it makes is a file; with
 * its checksums made good, so that it gets behind them, in every second one. */
#include "support/recorded.h"

#include "trace/recording/columns.h"
#include "trace/recording/format.h"
#include "trace/recording/tails.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { MOST_EVENTS = 1 << 20 };

static void drop(void *context, const struct gs_event *event)
{
    *(uint64_t *)context += event->time;
}

static void mend(unsigned char *bytes, size_t size)
{
    gs_format_put_head(bytes);
    for (size_t at = GS_FORMAT_HEAD; at + GS_BLOCK_HEAD <= size;) {
        gs_format_put_u32(bytes + at, GS_BLOCK_MARK);
        gs_format_put_u32(bytes + at + 44, gs_format_crc(bytes + at, 44));
        uint64_t next = (uint64_t)at + GS_BLOCK_HEAD + gs_format_u32(bytes + at + 8);
        if (next > size)
            break;
        at = (size_t)next;
    }
}

static void play(const unsigned char *bytes, size_t size)
{
    struct gs_error err;
    struct gs_player *p = recorded_play(bytes, size, &err);
    uint64_t sum = 0, taken = 0, now;
    char text[256];
    size_t length;
    if (!p)
        return;
    while (taken < MOST_EVENTS && (now = gs_player_drain(p, 1, drop, &sum)) > 0)
        taken += now;
    gs_player_trouble(p, text, sizeof text);
    free(gs_player_file(p, "x.py", &length));
    gs_player_close(p);
}

/* What zstd would have to hit by chance: blocks' content without a block around it. */
static void unpacked(const unsigned char *bytes, size_t size)
{
    static struct gs_event events[64];
    struct gs_shelf shelf = {0};
    struct gs_bytes_in in = {.at = bytes, .end = bytes + size}, same = in;
    struct gs_about about = {0};
    if (gs_shelf_init(&shelf, NULL))
        (void)gs_tails_read(&in, &shelf);
    gs_shelf_destroy(&shelf);
    in = same;
    (void)gs_about_read(&in, &about);
    (void)gs_columns_read(&same, events, sizeof events / sizeof *events, 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size < GS_FORMAT_HEAD + 1)
        return 0;
    unsigned char *copy = malloc(size);
    if (!copy)
        abort();
    memcpy(copy, bytes, size);
    if (bytes[size - 1] % 3 == 0)
        unpacked(copy, size - 1);
    if (bytes[size - 1] % 3 == 1)
        mend(copy, size - 1);
    play(copy, size - 1);
    free(copy);
    return 0;
}
