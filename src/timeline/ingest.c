/* Events in: what each kind does to its lane. */
#include "timeline/store.h"

static void end_span(struct gs_book *book, uint64_t time, uint32_t cause)
{
    struct gs_lane *lane = &book->lane;
    if (!lane->spans.count || !lane->spans.items[lane->spans.count - 1].open)
        return;
    struct gs_span *span = &lane->spans.items[lane->spans.count - 1];
    span->end = time;
    span->cause = cause;
    span->open = false;
    gs_zoom_span_ended(lane, span);
}

/* Made where it stands: what it waits for, and where, the caller says there. */
static struct gs_span *begin_span(struct gs_lane *lane, uint64_t start, unsigned state)
{
    gs_zoom_span_begins(lane, start);
    struct gs_span *span = gs_long_add(&lane->spans);
    *span =
        (struct gs_span){.start = start, .end = UINT64_MAX, .state = (uint8_t)state, .open = true};
    return span;
}

static void set_born(struct gs_lane *lane, uint64_t time)
{
    lane->born = true;
    lane->birth = time;
}

/* A thread's first state is told before anybody has looked where it is: that comes behind it, as of
 * the same time. */
static bool says_where(const struct gs_lane *lane, const struct gs_event *e)
{
    const struct gs_span *last =
        lane->spans.count ? &lane->spans.items[lane->spans.count - 1] : NULL;
    return last && last->open && last->start == e->time && last->state == e->flags &&
           last->state == GS_STATE_RUNNING && !last->line;
}

static void add_state(struct gs_timeline *t, struct gs_book *book, const struct gs_event *e)
{
    struct gs_lane *lane = &book->lane;
    if (e->flags >= GS_STATES) {
        t->strays++;
        return;
    }
    if (lane->died)
        gs_store_odd(t, GS_ODD_AFTER_DEATH, lane->actor, e->time, e->kind);
    if (!lane->born)
        set_born(lane, e->time);
    if (says_where(lane, e)) {
        struct gs_span *span = &lane->spans.items[lane->spans.count - 1];
        span->line = gs_event_line(e);
        span->place = e->place;
        return;
    }
    if (book->loop && !lane->died)
        gs_turns_move(t, book, e->flags, e->time);
    end_span(book, e->time, gs_event_high(e));
    if (e->flags == GS_STATE_NONE)
        return;
    if (e->flags == GS_STATE_WAITING || e->flags == GS_STATE_AWAITING)
        gs_objects_await(t, e->a);
    struct gs_span *span = begin_span(lane, e->time, e->flags);
    span->on = (uint32_t)e->a;
    span->line = gs_event_line(e);
    span->place = e->place;
}

static void begin_part(struct gs_lane *lane, const struct gs_span *whole, uint64_t start,
                       enum gs_state state)
{
    struct gs_span *span = begin_span(lane, start, state);
    span->line = whole->line;
    span->place = whole->place;
}

/* What it lost its core for lies in the span that is open: the actor tells it when that ends. */
static void be_off_core(struct gs_book *book, const struct gs_event *e)
{
    struct gs_lane *lane = &book->lane;
    const struct gs_span *last =
        lane->spans.count ? &lane->spans.items[lane->spans.count - 1] : NULL;
    uint64_t until = e->b < e->time ? e->b : e->time;
    if (!last || !last->open || last->state != GS_STATE_RUNNING)
        return;
    uint64_t from = e->a > last->start ? e->a : last->start;
    if (from >= until)
        return;
    const struct gs_span whole = *last;
    end_span(book, from, GS_CAUSE_CORE);
    begin_part(lane, &whole, from, GS_STATE_READY);
    end_span(book, until, GS_CAUSE_CORE);
    begin_part(lane, &whole, until, GS_STATE_RUNNING);
}

static uint16_t depth_in(const struct gs_book *book, uint32_t coroutine)
{
    uint16_t depth = 0;
    for (size_t i = 0; i < book->in_labels.count; i++)
        depth += book->lane.labels.items[book->in_labels.items[i]].coroutine == coroutine;
    return depth;
}

static void begin_label(struct gs_timeline *t, struct gs_book *book, const struct gs_event *e)
{
    struct gs_lane *lane = &book->lane;
    if (lane->died)
        gs_store_odd(t, GS_ODD_AFTER_DEATH, lane->actor, e->time, e->kind);
    size_t open = book->in_labels.count;
    gs_long_push(&lane->labels,
                 ((struct gs_label){.start = e->time,
                                    .end = UINT64_MAX,
                                    .text = (uint32_t)e->a,
                                    .line = gs_event_line(e),
                                    .place = e->place,
                                    .coroutine = gs_event_high(e),
                                    .outer = open ? book->in_labels.items[open - 1] + 1 : 0,
                                    .depth = depth_in(book, gs_event_high(e)),
                                    .open = true}));
    gs_vec_push(&book->in_labels, (uint32_t)(lane->labels.count - 1));
}

/* Ends the innermost open label of the coroutine; false: it has none here. */
static bool end_innermost_label(struct gs_book *book, uint32_t coroutine, uint64_t time)
{
    for (size_t i = book->in_labels.count; i-- > 0;) {
        struct gs_label *label = &book->lane.labels.items[book->in_labels.items[i]];
        if (label->coroutine != coroutine)
            continue;
        label->end = time > label->start ? time : label->start;
        label->open = false;
        gs_vec_remove(&book->in_labels, i);
        return true;
    }
    return false;
}

/* A coroutine may go on in another thread than the one that it began a label in; that one may have
 * died, too, and its labels with it. */
static void end_label_elsewhere(struct gs_timeline *t, const struct gs_event *e)
{
    for (size_t i = 0; i < t->books.count; i++)
        if (t->books.items[i] && end_innermost_label(t->books.items[i], gs_event_high(e), e->time))
            return;
}

static void end_label(struct gs_timeline *t, struct gs_book *book, const struct gs_event *e)
{
    uint32_t coroutine = gs_event_high(e);
    if (end_innermost_label(book, coroutine, e->time))
        return;
    if (coroutine)
        end_label_elsewhere(t, e);
    else
        gs_store_odd(t, GS_ODD_LABEL_END, e->actor, e->time, 0);
}

/* An error and a kill may cut a label short, and so may who forgets a coroutine; an ordinary end
 * may not. */
static void end_all_labels(struct gs_timeline *t, struct gs_book *book, uint64_t time,
                           bool ordinary)
{
    bool told = !ordinary;
    while (book->in_labels.count) {
        struct gs_label *label =
            &book->lane.labels.items[book->in_labels.items[--book->in_labels.count]];
        label->end = time;
        label->open = false;
        if (!label->coroutine && !told)
            gs_store_odd(t, GS_ODD_LABEL_OPEN, book->lane.actor, time, label->text);
        told |= !label->coroutine;
    }
}

/* A thread's birth is told by its creator, in the creator's ring: the thread's own first events may
 * overtake it. */
static void be_born(struct gs_timeline *t, struct gs_book *book, const struct gs_event *e)
{
    struct gs_lane *lane = &book->lane;
    if (book->announced) {
        gs_store_odd(t, GS_ODD_BORN_TWICE, lane->actor, e->time, 0);
        return;
    }
    book->announced = true;
    if (!lane->born)
        set_born(lane, e->time);
    else if (e->time < lane->birth)
        lane->birth = e->time;
    lane->creator = (uint32_t)e->a;
}

static void end_life(struct gs_timeline *t, struct gs_book *book, uint64_t time, enum gs_death how)
{
    struct gs_lane *lane = &book->lane;
    lane->died = true;
    lane->how = how;
    lane->death = time;
    if (gs_death_is_sudden(how))
        gs_holds_end(t, book, time);
    if (book->loop)
        gs_turns_move(t, book, GS_STATE_NONE, time);
    end_span(book, time, GS_CAUSE_NONE);
    end_all_labels(t, book, time, how == 0);
}

/* A thread that ends its process at once, as os._exit does, has the GIL until then, and nobody
 * tells that it let go. Who is in a process has come after it: with thousands that come and go one
 * by one, all that were there before are not gone through. */
static void end_holds_in(struct gs_timeline *t, uint32_t process)
{
    for (size_t id = process + 1; id < t->books.count; id++) {
        struct gs_book *book = t->books.items[id];
        if (book && book->lane.died && gs_tables_process(t->tables, (uint32_t)id) == process)
            gs_holds_end(t, book, book->lane.death);
    }
}

/* Who was killed tells nothing any more. */
static void end_lives_in(struct gs_timeline *t, uint32_t process, uint64_t time)
{
    for (size_t id = process + 1; id < t->books.count; id++) {
        struct gs_book *book = t->books.items[id];
        if (book && book->lane.born && !book->lane.died &&
            gs_tables_process(t->tables, (uint32_t)id) == process)
            end_life(t, book, time > book->last ? time : book->last, GS_DEATH_CUT_OFF);
    }
}

static void die(struct gs_timeline *t, struct gs_book *book, const struct gs_event *e)
{
    struct gs_lane *lane = &book->lane;
    const struct gs_actor_row *row = t->tables->actor(t->tables, lane->actor);
    if (lane->died) {
        gs_store_odd(t, GS_ODD_AFTER_DEATH, lane->actor, e->time, e->kind);
        return;
    }
    end_life(t, book, e->time, e->flags);
    lane->by = (uint32_t)e->a;
    if (gs_death_is_sudden(lane->how) && row && row->kind == GS_ACTOR_PROCESS)
        end_lives_in(t, lane->actor, e->time);
    if (row && row->kind == GS_ACTOR_PROCESS)
        end_holds_in(t, lane->actor);
}

/* Nobody knows what it did until it tells of itself again. */
static void lose_sight_of(struct gs_timeline *t, struct gs_book *book, uint64_t since)
{
    struct gs_lane *lane = &book->lane;
    const struct gs_span *last =
        lane->spans.count ? &lane->spans.items[lane->spans.count - 1] : NULL;
    uint64_t from = since > book->last ? since : book->last;
    book->last = from;
    gs_holds_end(t, book, from);
    if (lane->died || !last || !last->open)
        return;
    if (book->loop)
        gs_turns_move(t, book, GS_STATE_UNKNOWN, from);
    end_span(book, from, GS_CAUSE_NONE);
    begin_span(lane, from, GS_STATE_UNKNOWN);
}

/* Not for ever: who writes nothing but gaps, about a million actors, is no friend. */
static void lose_sight(struct gs_timeline *t, const struct gs_event *e)
{
    enum { GAPS = 1000 };
    if (t->gaps++ >= GAPS)
        return;
    for (size_t id = 1; id < t->books.count; id++)
        if (t->books.items[id])
            lose_sight_of(t, t->books.items[id], e->b < e->time ? e->b : e->time);
}

static void lose(struct gs_timeline *t, struct gs_book *book, const struct gs_event *e)
{
    if (e->flags & GS_LOST_OF_ALL)
        lose_sight(t, e);
    t->lost += e->a;
    book->lossy = true;
    t->lossy |= e->actor == 0;
}

static void finish(struct gs_timeline *t, const struct gs_event *e)
{
    /* The run may have been taken for longer than it was, while its last events were on the way. */
    t->end = t->last;
    t->complete = true;
    t->status = e->flags;
    t->signal = (int)e->a;
}

/* The event is one of a known actor and kind, and its time is not before the lane's last. */
static void enter_event(struct gs_timeline *t, struct gs_book *book, const struct gs_event *e)
{
    switch ((enum gs_event_kind)e->kind) {
    case GS_EVENT_STATE:
        add_state(t, book, e);
        return;
    case GS_EVENT_LABEL_BEGIN:
        begin_label(t, book, e);
        return;
    case GS_EVENT_LABEL_END:
        end_label(t, book, e);
        return;
    case GS_EVENT_BORN:
        be_born(t, book, e);
        break;
    case GS_EVENT_DIED:
        die(t, book, e);
        break;
    case GS_EVENT_OFF_CORE:
        be_off_core(book, e);
        break;
    case GS_EVENT_ENTER:
        gs_stays_enter(t, book, e->time);
        book->lane.interpreter = (uint32_t)e->a;
        gs_vec_push(&book->enters, ((struct gs_enter){e->time, (uint32_t)e->a}));
        break;
    case GS_EVENT_GIL_TAKE:
        gs_holds_take(t, book, e);
        break;
    case GS_EVENT_GIL_DROP:
        gs_holds_drop(t, book, e);
        break;
    case GS_EVENT_GIL_REQUEST:
        gs_holds_request(t, e);
        break;
    case GS_EVENT_GIL_INTERVAL:
        gs_holds_interval(t, e);
        break;
    case GS_EVENT_ACQUIRE:
    case GS_EVENT_RELEASE:
    case GS_EVENT_COUNTER:
        gs_objects_add(t, e);
        break;
    case GS_EVENT_MESSAGE:
        gs_messages_add(t, e);
        break;
    case GS_EVENT_LOST:
        lose(t, book, e);
        break;
    case GS_EVENT_DUE:
        gs_dues_add(t, book, e->a);
        break;
    case GS_EVENT_END:
        finish(t, e);
        break;
    case GS_EVENT_GIL_TIMEOUT:
    case GS_EVENT_GIL_MISS:
    case GS_EVENT_WAKE:
    case GS_EVENT_BUSY:
    case GS_EVENT_MEMBER:
    case GS_EVENT_PHASE:
    case GS_EVENT_NOTE:
    case GS_EVENT_MARK:
    case GS_EVENT_ASK:
    case GS_EVENT_CHECK:
    case GS_EVENT_OUTPUT:
    case GS_EVENT_ERROR:
    case GS_EVENT_DEADLOCK:
    case GS_EVENT_KINDS:
        break;
    }
    gs_points_add(t, &book->lane, e);
}

/* Two tell of it: who reads the trace has seen it, and so has its parent; or it had told its end,
 * and was killed on its last few steps. */
static bool is_told_already(const struct gs_book *book, const struct gs_event *e)
{
    return e->kind == GS_EVENT_DIED && e->flags == GS_DEATH_KILLED && book->lane.died;
}

/* Out of another ring: it may come before or behind what the actor itself has told. */
static bool is_by_another(const struct gs_event *e)
{
    return (e->kind == GS_EVENT_WAKE && e->flags & GS_WAKE_TOLD_BY_WOKEN) ||
           (e->kind == GS_EVENT_COUNTER && e->flags & GS_COUNTER_FROM_OUTSIDE);
}

/* When it was, as far as the lane is concerned: nothing of an actor's own goes back. */
static uint64_t time_of(struct gs_timeline *t, struct gs_book *book, const struct gs_event *e)
{
    uint64_t time = e->time < GS_TIME_MAX ? e->time : GS_TIME_MAX;
    bool by_another = is_by_another(e);
    if (time < book->last) {
        bool late_birth = e->kind == GS_EVENT_BORN && !book->announced;
        if (late_birth || by_another)
            return time;
        /* What a ring that is gone still owed is told without a time. */
        if (e->kind != GS_EVENT_LOST)
            gs_store_odd(t, GS_ODD_TIME_BACK, e->actor, book->last, time);
        return book->last;
    }
    if (!by_another)
        book->last = time;
    return time;
}

/* So many events at most lie where there is no room for them before somebody looks. */
enum { LOOK_AROUND = 1024 };

void gs_timeline_add(void *timeline, const struct gs_event *event)
{
    struct gs_timeline *t = timeline;
    t->events++;
    t->version++;
    struct gs_book *book = event->kind < GS_EVENT_KINDS ? gs_store_book(t, event->actor) : NULL;
    if (!book) {
        t->strays++;
        return;
    }
    if (is_told_already(book, event))
        return;
    uint64_t time = time_of(t, book, event);
    t->last = time > t->last ? time : t->last;
    t->end = time > t->end ? time : t->end;
    if (time == event->time) {
        enter_event(t, book, event);
    } else {
        struct gs_event moved = *event;
        moved.time = time;
        enter_event(t, book, &moved);
    }
    if (t->events % LOOK_AROUND == 0 && gs_long_is_crowded())
        gs_forget(t);
}
