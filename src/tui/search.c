/* The search: names of lanes, labels, notes and output, by time. */
#include "tui/ui.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* More than anybody steps through; a text that is everywhere must not fill the memory. */
#define MOST_HITS 10000u

static struct gs_row_name row_of(const struct gs_tables *tables, uint32_t actor)
{
    const struct gs_actor_row *row = tables->actor(tables, actor);
    enum gs_row_kind kind = !row || row->kind >= GS_ACTOR_THREAD ? GS_ROW_LANE
                            : row->kind == GS_ACTOR_PROCESS      ? GS_ROW_GROUP
                                                                 : GS_ROW_GIL;
    return (struct gs_row_name){kind, actor};
}

static void offer(struct gs_ui *ui, uint32_t actor, uint64_t time, const char *what,
                  const char *text)
{
    if (ui->search.hits.count >= MOST_HITS || !strcasestr(text, ui->search.text))
        return;
    struct gs_hit hit = {.row = row_of(gs_timeline_tables(ui->run.timeline), actor), .time = time};
    char safe[72];
    gs_text_visible(safe, sizeof safe, text, strlen(text));
    snprintf(hit.text, sizeof hit.text, "%s %s", what, safe);
    gs_vec_push(&ui->search.hits, hit);
}

static void search_lane(struct gs_ui *ui, const struct gs_lane *lane)
{
    const struct gs_tables *tables = gs_timeline_tables(ui->run.timeline);
    offer(ui, lane->actor, lane->birth, "lane", gs_tables_actor_name(tables, lane->actor));
    for (size_t i = 0; i < lane->labels.count; i++)
        offer(ui, lane->actor, lane->labels.items[i].start, "label",
              tables->string(tables, lane->labels.items[i].text));
}

static const char *kind_word(unsigned kind)
{
    return kind == GS_EVENT_OUTPUT ? "output" : gs_event_kind_name(kind);
}

static int by_time(const void *a, const void *b)
{
    const struct gs_hit *x = a, *y = b;
    if (x->time != y->time)
        return x->time < y->time ? -1 : 1;
    return x->row.actor < y->row.actor ? -1 : x->row.actor > y->row.actor;
}

static void gather_told(struct gs_ui *ui, const struct gs_told *told)
{
    const struct gs_tables *tables = gs_timeline_tables(ui->run.timeline);
    for (size_t i = 0; i < told->list.count; i++) {
        const struct gs_event *e = &told->list.items[i];
        if (e->a)
            offer(ui, e->actor, e->time, kind_word(e->kind),
                  tables->string(tables, (uint32_t)e->a));
    }
}

static void gather(struct gs_ui *ui)
{
    const struct gs_tables *tables = gs_timeline_tables(ui->run.timeline);
    ui->search.hits.count = 0;
    for (uint32_t actor = 1; actor <= tables->actors(tables); actor++) {
        const struct gs_lane *lane = gs_timeline_lane(ui->run.timeline, actor);
        if (lane && lane->born)
            search_lane(ui, lane);
    }
    gather_told(ui, &ui->run.told);
    gather_told(ui, &ui->run.troubles);
    if (ui->search.hits.count)
        qsort(ui->search.hits.items, ui->search.hits.count, sizeof *ui->search.hits.items, by_time);
}

static void show_hit(struct gs_ui *ui)
{
    const struct gs_search *s = &ui->search;
    const struct gs_hit *hit = &s->hits.items[s->current];
    if (hit->row.actor)
        gs_cursor_go(ui, hit->row, hit->time);
    else
        gs_cursor_set(ui, hit->time);
    gs_ui_notice(ui, "%zu of %zu: %s", s->current + 1, s->hits.count, hit->text);
}

static void say_nothing_found(struct gs_ui *ui)
{
    char text[GS_PROMPT_MAX * 2];
    gs_text_visible(text, sizeof text, ui->search.text, strlen(ui->search.text));
    gs_ui_notice(ui, "\"%s\" is in no name, label, note or output so far.", text);
}

void gs_search_start(struct gs_ui *ui, const char *text)
{
    snprintf(ui->search.text, sizeof ui->search.text, "%s", text);
    if (!*text)
        return;
    gather(ui);
    size_t at = 0;
    while (at < ui->search.hits.count && ui->search.hits.items[at].time < ui->lanes.cursor)
        at++;
    if (ui->search.hits.count == 0) {
        say_nothing_found(ui);
        return;
    }
    ui->search.current = at < ui->search.hits.count ? at : 0;
    show_hit(ui);
}

void gs_search_go(struct gs_ui *ui, int direction)
{
    if (!*ui->search.text) {
        gs_ui_notice(ui, "Nothing is searched for yet: / asks.");
        return;
    }
    /* The run goes on between two keys: what was found moves, what is new belongs to it. */
    uint64_t time = ui->search.hits.count ? ui->search.hits.items[ui->search.current].time : 0;
    uint32_t actor =
        ui->search.hits.count ? ui->search.hits.items[ui->search.current].row.actor : 0;
    gather(ui);
    size_t count = ui->search.hits.count, at = 0;
    if (count == 0) {
        say_nothing_found(ui);
        return;
    }
    while (at + 1 < count &&
           (ui->search.hits.items[at].time < time || (ui->search.hits.items[at].time == time &&
                                                      ui->search.hits.items[at].row.actor < actor)))
        at++;
    ui->search.current = (at + (direction > 0 ? 1 : count - 1)) % count;
    show_hit(ui);
}
