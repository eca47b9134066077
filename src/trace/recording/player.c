#include "trace/recording/player.h"

#include "base/text.h"
#include "trace/recording/ahead.h"
#include "trace/recording/tails.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define MOST_SPEED 1000000000000u /* millionths */

struct gs_player {
    char called[GS_PATH_MAX];
    struct gs_reader *reader;
    struct gs_ahead *ahead; /* from the first drain on */
    struct gs_shelf shelf;
    struct gs_about about;
    struct gs_recorded_end end;
    bool ended, tail_told;
    bool broken;         /* rows that make no sense */
    uint64_t expected;   /* events handed on, and missing */
    uint64_t missing;    /* … of these */
    uint64_t last, live; /* latest time of an event, of the run's clock */
    uint64_t total;      /* events, as the END's head says; 0: not known */
};

static void read_about(struct gs_player *p, size_t i)
{
    struct gs_bytes_in in;
    if (gs_reader_content(p->reader, i, &in))
        (void)gs_about_read(&in, &p->about);
}

static void read_end(struct gs_player *p, size_t i)
{
    struct gs_bytes_in in;
    size_t count;
    if (!gs_reader_content(p->reader, i, &in) || !gs_recorded_end_read(&in, &p->end))
        return;
    p->total = gs_reader_blocks(p->reader, &count)[i].before;
    p->ended = true;
}

/* What is said of the run as a whole is known before its first event. */
static bool read_whole(struct gs_player *p, struct gs_error *err)
{
    size_t count;
    const struct gs_block *blocks = gs_reader_blocks(p->reader, &count);
    for (size_t i = 0; i < count; i++) {
        if (blocks[i].kind == GS_BLOCK_ABOUT)
            read_about(p, i);
        else if (blocks[i].kind == GS_BLOCK_END)
            read_end(p, i);
    }
    p->shelf.facts = gs_about_facts(&p->about);
    /* A million times the clock: nobody asks for more, and nothing overflows by it. */
    if (p->about.speed > MOST_SPEED)
        p->about.speed = 0;
    return count > 0 ||
           gs_error_set(err, "%s is a recording that was cut before anything was in it", p->called);
}

static struct gs_player *play(struct gs_reader *reader, const char *called, struct gs_error *err)
{
    if (!reader)
        return NULL;
    struct gs_player *p = calloc(1, sizeof *p);
    if (!p)
        abort();
    snprintf(p->called, sizeof p->called, "%s", called);
    p->reader = reader;
    if (gs_shelf_init(&p->shelf, err) && read_whole(p, err))
        return p;
    gs_player_close(p);
    return NULL;
}

struct gs_player *gs_player_open(const char *path, struct gs_error *err)
{
    return play(gs_reader_open(path, err), path, err);
}

struct gs_player *gs_player_open_fd(int fd, const char *called, struct gs_error *err)
{
    return play(gs_reader_open_fd(fd, called, err), called, err);
}

void gs_player_close(struct gs_player *p)
{
    if (!p)
        return;
    gs_ahead_free(p->ahead);
    gs_reader_close(p->reader);
    gs_shelf_destroy(&p->shelf);
    free(p);
}

const char *gs_player_called(const struct gs_player *p)
{
    return p->called;
}

const struct gs_tables *gs_player_tables(const struct gs_player *p)
{
    return &p->shelf.tables;
}

const struct gs_about *gs_player_about(const struct gs_player *p)
{
    return &p->about;
}

const struct gs_recorded_end *gs_player_end(const struct gs_player *p)
{
    return p->ended ? &p->end : NULL;
}

static uint64_t clip(uint64_t time)
{
    return time < GS_TIME_MAX ? time : GS_TIME_MAX;
}

/* From p->last until `time` nothing is known of anybody. */
static void tell_gap(struct gs_player *p, uint64_t missing, uint64_t time, gs_collector_sink *sink,
                     void *context)
{
    const struct gs_event gap = {.time = clip(time > p->last ? time : p->last),
                                 .kind = GS_EVENT_LOST,
                                 .flags = GS_LOST_OF_ALL,
                                 .a = missing,
                                 .b = p->last};
    p->missing += missing;
    sink(context, &gap);
}

static uint64_t hand_on(struct gs_player *p, const struct gs_unpacked *part,
                        gs_collector_sink *sink, void *context)
{
    const struct gs_event *events = part->events.items;
    size_t count = part->events.count;
    if (part->before > p->expected)
        tell_gap(p, part->before - p->expected, count ? events[0].time : part->live, sink, context);
    for (size_t k = 0; k < count; k++) {
        p->last = clip(events[k].time) > p->last ? clip(events[k].time) : p->last;
        sink(context, &events[k]);
    }
    p->expected = part->before + count;
    p->live = clip(part->live) > p->live ? clip(part->live) : p->live;
    p->live = p->last > p->live ? p->last : p->live;
    return count;
}

/* Of the program's text it is only looked whether it is whole. */
static uint64_t take_block(struct gs_player *p, const struct gs_ahead_block *block,
                           gs_collector_sink *sink, void *context)
{
    if (block->damaged) {
        gs_reader_found_damage(p->reader);
        return 0;
    }
    if (block->kind == GS_BLOCK_EVENTS)
        return hand_on(p, &block->events, sink, context);
    if (block->kind == GS_BLOCK_ROWS) {
        const unsigned char *rows = block->content.list.items;
        struct gs_bytes_in in = {.at = rows, .end = rows + block->content.list.count};
        p->broken |= !gs_tails_read(&in, &p->shelf);
    }
    return 0;
}

/* The last of them may be what is missing. */
static uint64_t take_end(struct gs_player *p, gs_collector_sink *sink, void *context)
{
    if (p->tail_told || !p->ended)
        return 0;
    p->tail_told = true;
    uint64_t missing = p->total > p->expected ? p->total - p->expected : 0;
    if (missing)
        tell_gap(p, missing, p->end.now, sink, context);
    p->live = clip(p->end.now) > p->live ? clip(p->end.now) : p->live;
    return missing > 0;
}

uint64_t gs_player_drain(struct gs_player *p, uint64_t most, gs_collector_sink *sink, void *context)
{
    uint64_t taken = 0;
    if (!p->ahead)
        p->ahead = gs_ahead_new(p->reader);
    while (gs_ahead_has_more(p->ahead) && (most == 0 || taken < most))
        taken += take_block(p, gs_ahead_next(p->ahead), sink, context);
    return gs_ahead_has_more(p->ahead) ? taken : taken + take_end(p, sink, context);
}

uint64_t gs_player_live(const struct gs_player *p)
{
    return p->live;
}

bool gs_player_is_damaged(const struct gs_player *p)
{
    return p->missing > 0 || p->broken || gs_reader_damaged(p->reader) > 0;
}

const char *gs_player_trouble(const struct gs_player *p, char *buffer, size_t size)
{
    char until[32];
    gs_text_duration(until, sizeof until, p->live);
    buffer[0] = '\0';
    if (p->missing)
        snprintf(buffer, size,
                 "%s is damaged: %" PRIu64 " events are missing, and what happened meanwhile is "
                 "not known",
                 p->called, p->missing);
    else if (gs_player_is_damaged(p))
        snprintf(buffer, size, "%s is damaged: some of what it says cannot be read", p->called);
    else if (!p->ended)
        snprintf(buffer, size,
                 "%s ends %s into the run: whoever recorded it was ended, or still goes on",
                 p->called, until);
    return buffer;
}

char *gs_player_file(struct gs_player *p, const char *path, size_t *size)
{
    size_t count;
    const struct gs_block *blocks = gs_reader_blocks(p->reader, &count);
    for (size_t i = 0; i < count; i++) {
        struct gs_bytes_in in;
        if (blocks[i].kind != GS_BLOCK_FILE || !gs_reader_content(p->reader, i, &in))
            continue;
        struct gs_bytes_in name = gs_bytes_take_text(&in);
        if ((size_t)(name.end - name.at) != strlen(path) ||
            memcmp(name.at, path, strlen(path)) != 0)
            continue;
        *size = (size_t)(in.end - in.at);
        char *text = malloc(*size + 1);
        if (!text)
            abort();
        memcpy(text, in.at, *size);
        text[*size] = '\0';
        return text;
    }
    return NULL;
}
