#include "export/tell/tell.h"

#include "base/text.h"
#include "timeline/names.h"

/* So many are named; of more the first, the last and their number. */
enum { MOST_NAMED = 4 };

void gs_tell_time(const struct gs_teller *t, uint64_t time)
{
    char text[32];
    gs_printf(&t->print, "%s: ", gs_text_duration(text, sizeof text, time));
}

void gs_tell_name(const struct gs_teller *t, uint32_t actor)
{
    char name[GS_NAME_SIZE];
    gs_print(&t->print, gs_name_actor(name, sizeof name, t->timeline, actor));
}

void gs_tell_names(const struct gs_teller *t, const uint32_t *actors, size_t count,
                   const char *plural)
{
    if (count > MOST_NAMED) {
        gs_printf(&t->print, "%zu %s (", count, plural);
        gs_tell_name(t, actors[0]);
        gs_print(&t->print, " first, ");
        gs_tell_name(t, actors[count - 1]);
        gs_print(&t->print, " last)");
        return;
    }
    for (size_t i = 0; i < count; i++) {
        gs_print(&t->print, i == 0 ? "" : i + 1 == count ? " and " : ", ");
        gs_tell_name(t, actors[i]);
    }
}

unsigned gs_tell_kind(const struct gs_teller *t, uint32_t actor)
{
    const struct gs_actor_row *row = t->tables->actor(t->tables, actor);
    return row ? row->kind : 0;
}

const char *gs_tell_plural(const struct gs_teller *t, uint32_t actor)
{
    switch ((enum gs_actor_kind)gs_tell_kind(t, actor)) {
    case GS_ACTOR_PROCESS:
        return "processes";
    case GS_ACTOR_INTERPRETER:
        return "interpreters";
    case GS_ACTOR_THREAD:
        return "threads";
    case GS_ACTOR_LOOP:
        return "loops";
    case GS_ACTOR_TASK:
        return "tasks";
    }
    return "actors";
}

void gs_tell_gil(const struct gs_teller *t, uint32_t interpreter)
{
    gs_print(&t->print, "the GIL");
    if (t->gils > 1) {
        gs_print(&t->print, " of ");
        gs_tell_name(t, interpreter);
    }
}

struct gs_actor_list gs_happening_actors(const struct gs_happening *h, size_t count)
{
    struct gs_actor_list names = {0};
    for (size_t i = 0; i < count; i++)
        gs_vec_push(&names.list, h[i].actor);
    return names;
}
