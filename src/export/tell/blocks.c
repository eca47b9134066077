/* Turns and callbacks that block their loop because they compute. */
#include "export/tell/tell.h"

#include "base/text.h"
#include "timeline/explain/busy.h"
#include "timeline/names.h"
#include "timeline/turns.h"
#include "trace/where.h"

/* 0: it never ends. */
static uint64_t end_of(const struct gs_happening *h, const struct gs_lane *loop)
{
    if (h->actor == h->other)
        return loop->labels.items[h->index].open ? 0 : loop->labels.items[h->index].end;
    return loop->holds.items[h->index].open ? 0 : loop->holds.items[h->index].end;
}

static void say_where(const struct gs_teller *t, const struct gs_happening *h, uint64_t end,
                      const struct gs_span *most)
{
    char words[GS_BUSY_SIZE];
    const struct gs_event *busy = gs_turn_busy(t->timeline, h->actor, h->time, end);
    if (busy)
        gs_printf(&t->print, ": it computes %s",
                  gs_busy_words(words, sizeof words, t->timeline, busy));
    else if (most && most->line)
        gs_printf(&t->print, ": it runs on from %s",
                  gs_where_line(words, sizeof words, t->tables, most->line, most->place));
}

static const struct gs_span *longest(const struct gs_teller *t, const struct gs_happening *h,
                                     const struct gs_lane *loop)
{
    if (h->actor == h->other)
        return gs_callback_longest(t->timeline, h->other, &loop->labels.items[h->index]);
    return gs_turn_longest(t->timeline, &loop->holds.items[h->index]);
}

size_t gs_tell_blocks(const struct gs_teller *t, const struct gs_happening *h, size_t count)
{
    const struct gs_lane *loop = gs_timeline_lane(t->timeline, h->other);
    uint64_t end = end_of(h, loop), last = end ? end : gs_timeline_end(t->timeline);
    char text[GS_NAME_SIZE], kept[GS_BUSY_SIZE], lasts[32];
    (void)count;
    gs_tell_time(t, h->time);
    if (h->actor == h->other)
        gs_printf(&t->print, "The callback %s",
                  gs_name_string(text, sizeof text, t->tables, loop->labels.items[h->index].text));
    else
        gs_tell_name(t, h->actor);
    gs_print(&t->print, " blocks ");
    gs_tell_name(t, h->other);
    gs_printf(&t->print, " for %s", gs_text_duration(lasts, sizeof lasts, last - h->time));
    say_where(t, h, last, longest(t, h, loop));
    gs_printf(
        &t->print, "%s.\n",
        gs_kept_words(kept, sizeof kept, t->timeline, h->other, gs_turn_late(h->time, last), 0));
    return 1;
}
