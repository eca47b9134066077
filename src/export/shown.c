#include "export/shown.h"

#include <stdlib.h>

static void add_tasks(struct gs_shown *shown, const struct gs_tables *tables, uint32_t loop)
{
    for (uint32_t id = 1; id < shown->count; id++) {
        const struct gs_actor_row *row = tables->actor(tables, id);
        if (row && row->kind == GS_ACTOR_TASK && row->parent == loop)
            shown->actors[id] = true;
    }
}

/* One that is a single row: with its interpreter. */
static void add_process(struct gs_shown *shown, const struct gs_tables *tables, uint32_t process)
{
    for (uint32_t id = process; id < shown->count; id++) {
        const struct gs_actor_row *row = tables->actor(tables, id);
        bool inside = row && row->kind == GS_ACTOR_INTERPRETER && row->parent == process;
        if (id == process || inside)
            shown->actors[id] = true;
    }
}

struct gs_shown gs_shown_of(const struct gs_export_source *source)
{
    const struct gs_tables *tables = gs_timeline_tables(source->timeline);
    struct gs_shown shown = {.count = tables->actors(tables) + 1};
    if (!source->rows)
        return shown;
    shown.actors = calloc(shown.count, sizeof *shown.actors);
    if (!shown.actors)
        abort();
    for (size_t i = 0; i < source->rows->list.count; i++) {
        const struct gs_row *row = &source->rows->list.items[i];
        if (row->kind == GS_ROW_LOCK)
            continue; /* no actor */
        if (row->actor < shown.count)
            shown.actors[row->actor] = true;
        if (row->process)
            add_process(&shown, tables, row->process);
        if (row->kind == GS_ROW_TASKS)
            add_tasks(&shown, tables, row->actor);
    }
    return shown;
}

void gs_shown_free(struct gs_shown *shown)
{
    free(shown->actors);
    *shown = (struct gs_shown){0};
}

bool gs_shown_has(const struct gs_shown *shown, uint32_t actor)
{
    return actor && (!shown->actors || (actor < shown->count && shown->actors[actor]));
}

bool gs_shown_tells(const struct gs_shown *shown, uint32_t actor, unsigned kind)
{
    return !shown->actors || gs_shown_has(shown, actor) || gs_event_says(kind) ||
           kind == GS_EVENT_LOST;
}
