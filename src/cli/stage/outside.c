#include "cli/stage/outside.h"

#include <unistd.h>

/* The run's first actor. */
enum { FIRST_PROCESS = 1 };

struct line_of {
    struct gs_outside *outside;
    struct gs_segment *segment;
};

static void tell(void *context, const char *text, size_t length)
{
    const struct line_of *to = context;
    struct gs_ring *ring = &to->outside->ring;
    if (!ring->shared && !gs_segment_open_ring(to->segment, FIRST_PROCESS, false, ring))
        return;
    gs_ring_put(ring, to->outside->time, FIRST_PROCESS, GS_EVENT_OUTPUT, 0,
                gs_segment_add_output(to->segment, text, length), 0);
}

/* What is read behind the run's end came before it, or with it. */
static uint64_t now_of(const struct gs_control *control)
{
    bool ended = atomic_load(&control->phase) == GS_STAGE_ENDED;
    return ended ? atomic_load(&control->ended_ns) : gs_control_now(control);
}

/* Who writes faster than the trace is read waits, and nothing is lost: as long as the pipe is full.
 */
static bool has_room(const struct gs_outside *o)
{
    return !o->ring.shared || gs_ring_has_room(&o->ring);
}

void gs_outside_read(struct gs_outside *o, struct gs_segment *segment, gs_by_line_sink *sink,
                     void *context)
{
    enum { TURNS = 16 }; /* of a program that writes without end */
    struct gs_control *control = gs_segment_control(segment);
    struct line_of to = {o, segment};
    char buffer[4096];
    atomic_store(&control->output_is_read, 1);
    for (int turn = 0; turn < TURNS && o->fd >= 0 && has_room(o); turn++) {
        ssize_t n = read(o->fd, buffer, sizeof buffer);
        if (n <= 0)
            break;
        if (atomic_load(&control->phase) == GS_STAGE_STARTING) {
            sink(context, buffer, (size_t)n);
            continue;
        }
        o->time = now_of(control);
        gs_by_line_take(&o->lines, buffer, (size_t)n, tell, &to);
    }
    atomic_store(&control->output_is_read, 0);
}

void gs_outside_finish(struct gs_outside *o, struct gs_segment *segment)
{
    gs_by_line_finish(&o->lines, tell, &(struct line_of){o, segment});
}

void gs_outside_close(struct gs_outside *o)
{
    if (o->fd >= 0)
        close(o->fd);
    gs_vec_free(&o->lines.begun);
    *o = (struct gs_outside){.fd = -1};
}
