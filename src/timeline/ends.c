#include "timeline/ends.h"

#include "base/ending.h"
#include "timeline/names.h"

#include <stdio.h>
#include <string.h>

/* The first actor of a run is its first process. */
enum { FIRST_PROCESS = 1 };

static const struct gs_lane *process_of(const struct gs_timeline *t, uint32_t actor)
{
    const struct gs_lane *lane =
        gs_timeline_lane(t, gs_tables_process(gs_timeline_tables(t), actor));
    return lane && lane->died ? lane : NULL;
}

static void say_killed(char *buffer, size_t size, int number)
{
    char word[32];
    snprintf(buffer, size, number ? "killed by %s" : "killed",
             gs_ending_signal(word, sizeof word, number));
}

static const char *program(char *buffer, size_t size, const struct gs_timeline *t, uint32_t string)
{
    return gs_name_string(buffer, size, gs_timeline_tables(t), string);
}

const char *gs_end_of_process(char *buffer, size_t size, const struct gs_timeline *t,
                              uint32_t actor)
{
    const struct gs_lane *own = gs_timeline_lane(t, actor), *process = process_of(t, actor);
    const struct gs_lane *lane = own && own->how == GS_DEATH_REPLACED ? own : process;
    char name[GS_END_SIZE - 32];
    *buffer = '\0';
    if (lane && lane->how == GS_DEATH_KILLED)
        say_killed(buffer, size, (int)lane->by);
    if (lane && lane->how == GS_DEATH_REPLACED)
        snprintf(buffer, size, "replaced by %s (exec)", program(name, sizeof name, t, lane->by));
    return buffer;
}

const char *gs_end_of_run(char *buffer, size_t size, const struct gs_timeline *t)
{
    const struct gs_lane *first = process_of(t, FIRST_PROCESS);
    int number = gs_timeline_signal(t);
    gs_end_of_process(buffer, size, t, FIRST_PROCESS);
    size_t used = strlen(buffer);
    if (first && first->how == GS_DEATH_REPLACED && number && used + sizeof ", then " < size) {
        used += (size_t)snprintf(buffer + used, size - used, ", then ");
        say_killed(buffer + used, size - used, number);
    } else if (!used && number) {
        say_killed(buffer, size, number);
    }
    return buffer;
}

/* The claim comes straight after the standstill, from who found it: a thread that does nothing more
 * of its own. */
static bool is_claimed(const struct gs_points *checks, const struct gs_event *standstill)
{
    for (size_t i = 0; i < checks->list.count; i++) {
        const struct gs_event *e = &checks->list.items[i];
        if (e->actor == standstill->actor && e->time >= standstill->time && e->flags & 1)
            return true;
    }
    return false;
}

static bool all_hold(const struct gs_points *checks)
{
    bool all = true;
    for (size_t i = 0; i < checks->list.count; i++)
        all = all && checks->list.items[i].flags & 1;
    return all;
}

bool gs_end_was_expected(const struct gs_timeline *t)
{
    struct gs_points found = gs_timeline_points(t, GS_EVENT_DEADLOCK);
    struct gs_points errors = gs_timeline_points(t, GS_EVENT_ERROR);
    struct gs_points checks = gs_timeline_points(t, GS_EVENT_CHECK);
    bool expected = found.list.count && !errors.list.count && all_hold(&checks) &&
                    is_claimed(&checks, &found.list.items[0]);
    gs_vec_free(&found.list);
    gs_vec_free(&errors.list);
    gs_vec_free(&checks.list);
    return expected;
}

int gs_end_status(const struct gs_timeline *t)
{
    int status = gs_timeline_status(t);
    bool ended = status != 0 && !gs_timeline_signal(t);
    return ended && gs_end_was_expected(t) ? 0 : status;
}

bool gs_end_failed(const struct gs_timeline *t)
{
    struct gs_points errors = gs_timeline_points(t, GS_EVENT_ERROR);
    struct gs_points checks = gs_timeline_points(t, GS_EVENT_CHECK);
    bool failed = errors.list.count || !all_hold(&checks);
    gs_vec_free(&errors.list);
    gs_vec_free(&checks.list);
    return failed;
}

int gs_end_verdict(const struct gs_timeline *t, int status)
{
    return status == 0 && gs_end_failed(t) ? 1 : status;
}

bool gs_end_was_forgotten(const struct gs_timeline *t, const struct gs_lane *lane)
{
    const struct gs_tables *tables = gs_timeline_tables(t);
    const struct gs_actor_row *row = tables->actor(tables, lane->actor);
    const struct gs_lane *process = process_of(t, lane->actor);
    return row && row->kind == GS_ACTOR_TASK && lane->how == GS_DEATH_CUT_OFF &&
           !(process && process->death <= lane->death);
}

bool gs_end_was_violent(const struct gs_timeline *t, const struct gs_lane *lane)
{
    const struct gs_lane *process = process_of(t, lane->actor);
    return process && process->how == GS_DEATH_KILLED && gs_death_is_sudden(lane->how);
}
