#include "export/cast/pace.h"

#include "base/sorted.h"

#include <math.h>
#include <stdlib.h>

/* What nobody said a speed for takes about so long; on the real clock it is never faster than it
 * was. */
#define FIT_NS 15e9

/* The greatest of 1, 2, 5 times a power of ten that is not above x. */
static double round_down(double x)
{
    double decade = pow(10, floor(log10(x)));
    double digit = x / decade;
    return decade * (digit >= 5 ? 5 : digit >= 2 ? 2 : 1);
}

static double fitting(const struct gs_export_source *source, uint64_t from, uint64_t until)
{
    double speed = round_down((double)(until - from) / FIT_NS);
    return source->clock == GS_CLOCK_REAL && speed > 1 ? 1 : speed;
}

static void begin_piece(struct gs_film_pace *pace, uint64_t run, double speed)
{
    size_t count = pace->list.count;
    struct gs_pace_piece *last = count ? &pace->list.items[count - 1] : NULL;
    double shown = last ? last->shown + (double)(run - last->run) / last->speed : 0;
    if (last && last->run == run)
        last->speed = speed;
    else if (!last || last->speed != speed)
        gs_vec_push(&pace->list, ((struct gs_pace_piece){run, shown, speed}));
}

/* A phase may have a speed of its own; it has none on the real clock, where neither has a scene. */
static void take_phases(struct gs_film_pace *pace, const struct gs_export_source *source,
                        uint64_t from, uint64_t until, double usual)
{
    begin_piece(pace, from, usual);
    if (source->film.speed > 0 || source->clock == GS_CLOCK_REAL)
        return;
    struct gs_points phases = gs_timeline_points(source->timeline, GS_EVENT_PHASE);
    for (size_t i = 0; i < phases.list.count; i++) {
        const struct gs_event *e = &phases.list.items[i];
        uint32_t millionths = gs_event_high(e);
        if (e->time < until)
            begin_piece(pace, e->time > from ? e->time : from,
                        millionths ? millionths / 1e6 : usual);
    }
    gs_vec_free(&phases.list);
}

struct times {
    GS_VEC(uint64_t) list;
};

static int by_time(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

static void add_time(struct times *times, uint64_t from, uint64_t until, uint64_t time)
{
    if (time > from && time < until)
        gs_vec_push(&times->list, time);
}

/* Every instant at which something in the picture changes, and the two ends. */
static void collect_changes(struct times *times, const struct gs_timeline *timeline, uint64_t from,
                            uint64_t until)
{
    const struct gs_tables *tables = gs_timeline_tables(timeline);
    gs_vec_push(&times->list, from);
    for (uint32_t id = 1; id <= tables->actors(tables); id++) {
        const struct gs_lane *lane = gs_timeline_lane(timeline, id);
        for (size_t i = 0; lane && i < lane->spans.count; i++) {
            add_time(times, from, until, lane->spans.items[i].start);
            add_time(times, from, until, gs_span_end(timeline, &lane->spans.items[i]));
        }
        for (size_t i = 0; lane && i < lane->points.count; i++)
            add_time(times, from, until, lane->points.items[i].event.time);
    }
    gs_vec_push(&times->list, until);
    qsort(times->list.items, times->list.count, sizeof *times->list.items, by_time);
}

/* A stretch without a change that would last longer than the limit lasts as long as that. */
static void hurry(struct gs_film_pace *pace, const struct gs_export_source *source, uint64_t from,
                  uint64_t until)
{
    struct gs_film_pace usual = *pace;
    struct times times = {0};
    uint64_t limit = source->film.idle_limit;
    collect_changes(&times, source->timeline, from, until);
    *pace = (struct gs_film_pace){0};
    for (size_t i = 0; i + 1 < times.list.count; i++) {
        uint64_t a = times.list.items[i], b = times.list.items[i + 1];
        double speed = gs_film_speed(&usual, a), needed = (double)(b - a) / (double)limit;
        begin_piece(pace, a, needed > speed ? needed : speed);
    }
    gs_vec_free(&times.list);
    gs_film_pace_free(&usual);
}

void gs_film_pace_take(struct gs_film_pace *pace, const struct gs_export_source *source,
                       uint64_t from, uint64_t until)
{
    const struct gs_film *film = &source->film;
    double scenes = source->clock == GS_CLOCK_REAL ? 0 : film->scene_speed;
    double usual = film->speed > 0 ? film->speed : scenes;
    *pace = (struct gs_film_pace){0};
    take_phases(pace, source, from, until, usual > 0 ? usual : fitting(source, from, until));
    if (film->idle_limit)
        hurry(pace, source, from, until);
    pace->until = UINT64_MAX;
    pace->length = gs_film_shown_time(pace, until);
    pace->until = until;
}

void gs_film_pace_free(struct gs_film_pace *pace)
{
    gs_vec_free(&pace->list);
}

static const struct gs_pace_piece *piece_at(const struct gs_film_pace *pace, uint64_t run)
{
    size_t begun = gs_sorted_until(&pace->list, run, run);
    return &pace->list.items[begun ? begun - 1 : 0];
}

double gs_film_shown_time(const struct gs_film_pace *pace, uint64_t run)
{
    run = run < pace->until ? run : pace->until;
    const struct gs_pace_piece *piece = piece_at(pace, run);
    return run > piece->run ? piece->shown + (double)(run - piece->run) / piece->speed
                            : piece->shown;
}

uint64_t gs_film_run_time(const struct gs_film_pace *pace, double shown)
{
    size_t low = 0, high = pace->list.count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        *(pace->list.items[middle].shown <= shown ? &low : &high) = middle;
    }
    const struct gs_pace_piece *piece = &pace->list.items[low];
    uint64_t run = piece->run + (uint64_t)((shown - piece->shown) * piece->speed);
    return run < pace->until ? run : pace->until;
}

double gs_film_speed(const struct gs_film_pace *pace, uint64_t run)
{
    return piece_at(pace, run)->speed;
}
