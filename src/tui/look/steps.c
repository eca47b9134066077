#include "tui/look/steps.h"

#include "tui/look/cursor.h"

#include "base/sorted.h"
#include "base/text.h"
#include "timeline/owners.h"

struct search {
    uint64_t from;
    bool back;
    bool found;
    uint64_t best;
};

/* Keeps time if it lies on the right side and is nearer than what was found before. */
static void offer(struct search *s, uint64_t time)
{
    bool right_side = s->back ? time < s->from : time > s->from;
    if (!right_side || (s->found && (s->back ? time <= s->best : time >= s->best)))
        return;
    s->best = time;
    s->found = true;
}

static void offer_spans(struct search *s, const struct gs_lane *lane)
{
    long at = gs_lane_span_at(lane, s->from);
    for (long i = at - 1; i <= at + 1; i++) {
        if (i < 0 || i >= (long)lane->spans.count)
            continue;
        const struct gs_span *span = &lane->spans.items[i];
        offer(s, span->start);
        if (!span->open)
            offer(s, span->end);
    }
}

/* What the selected row shows the owners of. */
static struct gs_owned owned_of(const struct gs_look *look)
{
    const struct gs_row *row = gs_cursor_selected(look);
    uint32_t loop = gs_cursor_loop(look);
    if (row && row->kind == GS_ROW_LOCK)
        return (struct gs_owned){.lock = row->actor};
    return (struct gs_owned){
        .lane = gs_timeline_lane(look->run.timeline, loop ? loop : gs_cursor_interpreter(look))};
}

static void offer_owners(const struct gs_look *look, struct search *s, const struct gs_owned *owned)
{
    const struct gs_timeline *timeline = look->run.timeline;
    long at = gs_owned_at(timeline, owned, s->from);
    for (long i = at - 1; i <= at + 1; i++) {
        if (i < 0 || i >= (long)gs_owned_count(timeline, owned))
            continue;
        struct gs_owning owning = gs_owned_get(timeline, owned, (size_t)i);
        offer(s, owning.start);
        if (owning.end < gs_timeline_end(timeline))
            offer(s, owning.end);
    }
}

static void offer_points(struct search *s, const struct gs_lane *lane)
{
    size_t before = gs_sorted_before(&lane->points, event.time, s->from);
    size_t after = gs_sorted_until(&lane->points, event.time, s->from);
    if (before > 0)
        offer(s, lane->points.items[before - 1].event.time);
    if (after < lane->points.count)
        offer(s, lane->points.items[after].event.time);
}

static void offer_label(struct search *s, const struct gs_label *label)
{
    offer(s, label->start);
    if (!label->open)
        offer(s, label->end);
}

static void offer_labels(struct search *s, const struct gs_lane *lane)
{
    size_t after = gs_sorted_until(&lane->labels, start, s->from);
    if (after < lane->labels.count)
        offer(s, lane->labels.items[after].start);
    if (after > 0)
        offer_label(s, &lane->labels.items[after - 1]);
    /* The ones around the cursor end after it, however many began in between. */
    for (long i = gs_lane_label_at(lane, s->from); i >= 0;
         i = (long)lane->labels.items[i].outer - 1)
        offer_label(s, &lane->labels.items[i]);
}

static void find_event(const struct gs_look *look, struct search *s)
{
    const struct gs_row *row = gs_cursor_selected(look);
    const struct gs_lane *lane = row ? gs_timeline_lane(look->run.timeline, row->actor) : NULL;
    if (row && row->kind != GS_ROW_LANE) {
        struct gs_owned owned = owned_of(look);
        offer_owners(look, s, &owned);
        return;
    }
    if (!lane)
        return;
    offer_spans(s, lane);
    offer_points(s, lane);
    offer_labels(s, lane);
}

/* Of the GIL, of the turn on a loop, or of a lock. */
static void find_hand_off(const struct gs_look *look, struct search *s)
{
    const struct gs_timeline *timeline = look->run.timeline;
    struct gs_owned owned = owned_of(look);
    long count = (long)gs_owned_count(timeline, &owned),
         at = gs_owned_at(timeline, &owned, s->from);
    for (long i = s->back ? at : at + 1; i > 0 && i < count && !s->found; i += s->back ? -1 : 1) {
        struct gs_owning owning = gs_owned_get(timeline, &owned, (size_t)i);
        if (owning.owner != gs_owned_get(timeline, &owned, (size_t)i - 1).owner)
            offer(s, owning.start);
    }
    /* Before any hand-off the first owner came by it: that counts going forward. */
    if (!s->back && at < 0 && count > 0)
        offer(s, gs_owned_get(timeline, &owned, 0).start);
}

static void find_mark(const struct gs_look *look, struct search *s)
{
    for (size_t i = 0; i < look->run.told.words.count; i++) {
        const struct gs_event *e = &look->run.told.words.items[i];
        if (e->kind == GS_EVENT_MARK || e->kind == GS_EVENT_NOTE || e->kind == GS_EVENT_ASK ||
            e->kind == GS_EVENT_PHASE)
            offer(s, e->time);
    }
}

static const struct {
    enum gs_action action;
    bool back;
    void (*find)(const struct gs_look *, struct search *);
    const char *what;
} steps[] = {
#define GS_STEP(name, action, back, find, what) {action, back, find, what},
#include "tui/look/steps.def"
#undef GS_STEP
};
enum { STEPS = sizeof steps / sizeof *steps };

static size_t index_of(enum gs_action action)
{
    size_t i = 0;
    while (i + 1 < STEPS && steps[i].action != action)
        i++;
    return i;
}

/* The next or previous instant of its kind; false: there is none (yet). */
static bool find(const struct gs_look *look, enum gs_action action, uint64_t *time)
{
    size_t i = index_of(action);
    struct search s = {.from = look->cursor, .back = steps[i].back};
    steps[i].find(look, &s);
    *time = s.best;
    return s.found;
}

static bool can_run_on(const struct gs_look *look)
{
    return gs_run_virtual(&look->run) && !look->run.gone && !gs_run_complete(&look->run);
}

void gs_step_take(struct gs_look *look, enum gs_action action)
{
    size_t i = index_of(action);
    uint64_t time;
    if (find(look, action, &time)) {
        gs_cursor_set(look, time);
    } else if (!steps[i].back && can_run_on(look)) {
        look->run.playback.paused = true;
        look->stepping = action;
        look->searched_for = 0;
    } else {
        gs_notice_say(look->notice, "There is no %s %s.", steps[i].what,
                      steps[i].back                 ? "before this"
                      : gs_run_complete(&look->run) ? "after this"
                                                    : "after this yet");
    }
}

/* A step is short where much happens and may be long where nothing does. */
#define MOST_MORE 20000000u

/* What lasts no longer than a key's way to the screen is not worth a word. */
#define WORTH_A_WORD 250000000u

static void say_searching(struct gs_look *look)
{
    char reached[32];
    if (look->searched_for < WORTH_A_WORD)
        return;
    gs_notice_say(look->notice, "Searching the next %s: none up to %s; esc stops.",
                  steps[index_of(look->stepping)].what,
                  gs_text_duration(reached, sizeof reached, look->run.horizon));
}

bool gs_step_retry(struct gs_look *look, uint64_t wall_ns)
{
    struct gs_run *run = &look->run;
    uint64_t time;
    if (look->stepping == GS_ACTION_NONE)
        return false;
    bool found = find(look, look->stepping, &time);
    if (!found && can_run_on(look) && run->playback.paused) {
        look->searched_for += wall_ns;
        gs_run_let_on(run, MOST_MORE);
        say_searching(look);
        return false;
    }
    size_t i = index_of(look->stepping);
    gs_cursor_search_no_more(look);
    look->notice->text[0] = '\0';
    if (found)
        gs_cursor_set(look, time);
    else if (!can_run_on(look))
        gs_notice_say(look->notice, "The run ended; there is no %s after this.", steps[i].what);
    return true;
}

bool gs_step_stop(struct gs_look *look)
{
    char reached[32];
    if (look->stepping == GS_ACTION_NONE)
        return false;
    gs_notice_say(look->notice, "Stopped: no %s up to %s.", steps[index_of(look->stepping)].what,
                  gs_text_duration(reached, sizeof reached, look->run.horizon));
    gs_cursor_search_no_more(look);
    return true;
}
