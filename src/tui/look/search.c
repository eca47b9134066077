#include "tui/look/search.h"

#include "tui/look/cursor.h"

#include "base/text.h"
#include "timeline/names.h"
#include "timeline/question.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* More than anybody steps through; a text that is everywhere must not fill the memory. */
#define MOST_HITS 10000u

static struct gs_row_name row_of(const struct gs_tables *tables, uint32_t actor)
{
    return (struct gs_row_name){gs_row_of(tables, actor), actor};
}

static void offer(struct gs_look *look, uint32_t actor, uint64_t time, const char *what,
                  const char *text)
{
    if (look->search.hits.count >= MOST_HITS || !strcasestr(text, look->search.text))
        return;
    struct gs_hit hit = {.row = row_of(gs_timeline_tables(look->run.timeline), actor),
                         .time = time,
                         .order = look->search.hits.count};
    char safe[72];
    gs_text_visible(safe, sizeof safe, text, strlen(text));
    snprintf(hit.text, sizeof hit.text, "%s %s", what, safe);
    gs_vec_push(&look->search.hits, hit);
}

static void search_states(struct gs_look *look, const struct gs_lane *lane, unsigned state)
{
    for (size_t i = 0; i < lane->spans.count; i++)
        if (lane->spans.items[i].state == state)
            offer(look, lane->actor, lane->spans.items[i].start, "state", gs_state_word(state));
}

/* What is waited for: each is asked once whether it is called so. The ends of threads are not: the
 * lanes are that are called so; nor are sleeps, of which nobody looks for one. */
enum { UNKNOWN, MEANT, OTHER };

struct meant {
    GS_VEC(unsigned char) objects; /* by id */
};

static bool is_called_so(const struct gs_look *look, uint32_t object)
{
    const struct gs_tables *tables = gs_timeline_tables(look->run.timeline);
    const struct gs_object_row *row = tables->object(tables, object);
    char name[GS_NAME_SIZE];
    return row && !row->actor && row->kind != GS_OBJECT_THREAD && row->kind != GS_OBJECT_SLEEP &&
           strcasestr(gs_name_object(name, sizeof name, look->run.timeline, object),
                      look->search.text);
}

static bool is_meant(const struct gs_look *look, struct meant *meant, uint32_t object)
{
    while (meant->objects.count <= object)
        gs_vec_push(&meant->objects, UNKNOWN);
    unsigned char *is = &meant->objects.items[object];
    if (*is == UNKNOWN)
        *is = is_called_so(look, object) ? MEANT : OTHER;
    return *is == MEANT;
}

static void search_waits(struct gs_look *look, const struct gs_lane *lane, struct meant *meant)
{
    const struct gs_tables *tables = gs_timeline_tables(look->run.timeline);
    for (size_t i = 0; i < lane->spans.count; i++) {
        const struct gs_span *span = &lane->spans.items[i];
        char name[GS_NAME_SIZE];
        if (span->on && is_meant(look, meant, span->on))
            offer(look, lane->actor, span->start,
                  gs_object_kind_word(tables->object(tables, span->on)->kind),
                  gs_name_object(name, sizeof name, look->run.timeline, span->on));
    }
}

static void search_lane(struct gs_look *look, const struct gs_lane *lane)
{
    const struct gs_tables *tables = gs_timeline_tables(look->run.timeline);
    char name[GS_NAME_SIZE];
    offer(look, lane->actor, lane->birth, "lane",
          gs_name_actor(name, sizeof name, look->run.timeline, lane->actor));
    const struct gs_actor_row *row = tables->actor(tables, lane->actor);
    if (row->what && !strcasestr(name, look->search.text))
        offer(look, lane->actor, lane->birth, "coroutine", tables->string(tables, row->what));
    if (gs_row_state(look->search.text) && row->kind != GS_ACTOR_LOOP)
        search_states(look, lane, gs_row_state(look->search.text));
    for (size_t i = 0; i < lane->labels.count; i++)
        offer(look, lane->actor, lane->labels.items[i].start, "label",
              tables->string(tables, lane->labels.items[i].text));
}

static const char *kind_word(unsigned kind)
{
    return kind == GS_EVENT_OUTPUT ? "output" : gs_event_kind_name(kind);
}

/* 0 for those of one lane and instant. */
static int compare_places(const struct gs_hit *x, const struct gs_hit *y)
{
    if (x->time != y->time)
        return x->time < y->time ? -1 : 1;
    return x->row.actor < y->row.actor ? -1 : x->row.actor > y->row.actor;
}

static int by_time(const void *a, const void *b)
{
    const struct gs_hit *x = a, *y = b;
    int places = compare_places(x, y);
    return places ? places : (x->order > y->order) - (x->order < y->order);
}

static void search_told(struct gs_look *look, const struct gs_event *events, size_t count)
{
    const struct gs_tables *tables = gs_timeline_tables(look->run.timeline);
    for (size_t i = 0; i < count; i++) {
        const struct gs_event *e = &events[i];
        char question[1024];
        if (e->a)
            offer(look, e->actor, e->time, kind_word(e->kind),
                  e->kind == GS_EVENT_ASK ? gs_question_said(question, sizeof question, tables, e)
                                          : tables->string(tables, (uint32_t)e->a));
    }
}

static void gather(struct gs_look *look)
{
    const struct gs_tables *tables = gs_timeline_tables(look->run.timeline);
    struct meant meant = {0};
    look->search.hits.count = 0;
    for (uint32_t actor = 1; actor <= tables->actors(tables); actor++) {
        const struct gs_lane *lane = gs_timeline_lane(look->run.timeline, actor);
        if (!lane || !lane->born)
            continue;
        search_lane(look, lane);
        search_waits(look, lane, &meant);
    }
    gs_vec_free(&meant.objects);
    const struct gs_told *told = &look->run.told;
    search_told(look, told->words.items, told->words.count);
    search_told(look, told->troubles.items, told->troubles.count);
    if (look->search.hits.count)
        qsort(look->search.hits.items, look->search.hits.count, sizeof *look->search.hits.items,
              by_time);
}

static void show_hit(struct gs_look *look)
{
    const struct gs_search *s = &look->search;
    const struct gs_hit *hit = &s->hits.items[s->current];
    if (hit->row.actor)
        gs_cursor_go(look, hit->row, hit->time);
    else
        gs_cursor_set(look, hit->time);
    gs_notice_say(look->notice, "%zu of %zu: %s", s->current + 1, s->hits.count, hit->text);
}

static void say_nothing_found(struct gs_look *look)
{
    char text[GS_PROMPT_MAX * 2];
    gs_text_visible(text, sizeof text, look->search.text, strlen(look->search.text));
    gs_notice_say(look->notice, "\"%s\" is in no name, label, note or output so far.", text);
}

/* The first one from the cursor on. */
static void find(struct gs_look *look)
{
    gather(look);
    size_t at = 0;
    while (at < look->search.hits.count && look->search.hits.items[at].time < look->cursor)
        at++;
    if (look->search.hits.count == 0) {
        say_nothing_found(look);
        return;
    }
    look->search.current = at < look->search.hits.count ? at : 0;
    show_hit(look);
}

void gs_search_start(struct gs_look *look, const char *text)
{
    snprintf(look->search.text, sizeof look->search.text, "%s", text);
    if (*text)
        find(look);
}

/* How many hits of its lane and instant come before the current one. */
static size_t current_rank(const struct gs_search *s)
{
    size_t rank = 0;
    while (rank < s->current &&
           compare_places(&s->hits.items[s->current - rank - 1], &s->hits.items[s->current]) == 0)
        rank++;
    return rank;
}

/* Where a hit is now that was the rank-th of its lane and instant. */
static size_t place_of(const struct gs_search *s, const struct gs_hit *hit, size_t rank)
{
    size_t at = 0, count = s->hits.count;
    while (at + 1 < count && compare_places(&s->hits.items[at], hit) < 0)
        at++;
    while (rank-- > 0 && at + 1 < count && compare_places(&s->hits.items[at + 1], hit) == 0)
        at++;
    return at;
}

void gs_search_go(struct gs_look *look, int direction)
{
    struct gs_search *s = &look->search;
    if (!*s->text) {
        gs_notice_say(look->notice, "Nothing is searched for yet: / asks.");
        return;
    }
    if (s->hits.count == 0) {
        find(look);
        return;
    }
    /* The run goes on between two keys: what was found moves, what is new belongs to it. */
    struct gs_hit hit = s->hits.items[s->current];
    size_t rank = current_rank(s);
    gather(look);
    size_t count = s->hits.count, at = count ? place_of(s, &hit, rank) : 0;
    if (count == 0) {
        say_nothing_found(look);
        return;
    }
    s->current = (at + (direction > 0 ? 1 : count - 1)) % count;
    show_hit(look);
}
