#include "python/cpython/ways.h"

#include "python/cpython/layout.h"
#include "python/cpython/spot.h"

enum { SETS = 8 };

static bool is_step(const struct gs_way_step *step, const struct gs_frame *frame)
{
    const struct gs_layout *p = gs_layout();
    return step->code == frame->code && step->offset == frame->offset &&
           step->file == gs_pointer_at(frame->code, p->file) &&
           step->function == gs_pointer_at(frame->code, p->function);
}

static const gs_py *type_of_first(const struct gs_frame *frame)
{
    gs_py *first = gs_frame_self(frame);
    return first ? gs_object_type(first) : NULL;
}

/* Whether the frames, of which the first is given, have gone that way; gets the others. */
static bool goes(const struct gs_way *way, struct gs_frame frames[GS_WAY_STEPS])
{
    unsigned last = way->steps - 1;
    if (way->steps == 0 || way->program_known != gs_spot_program_known())
        return false;
    for (unsigned i = 0; i < last; i++) {
        frames[i + 1] = frames[i];
        if (!is_step(&way->step[i], &frames[i]) || type_of_first(&frames[i]) != way->step[i].type ||
            !gs_frames_next(&frames[i + 1]))
            return false;
    }
    struct gs_text_object file = gs_frame_file_object(&frames[last]);
    return is_step(&way->step[last], &frames[last]) && gs_text_object_same(&way->file, &file);
}

static struct gs_way_step step_at(const struct gs_frame *frame)
{
    return (struct gs_way_step){.code = frame->code,
                                .offset = frame->offset,
                                .file = gs_pointer_at(frame->code, gs_layout()->file),
                                .function = gs_pointer_at(frame->code, gs_layout()->function)};
}

/* False: what it is NULL for. */
static bool learn(struct gs_way *way, struct gs_frame frames[GS_WAY_STEPS])
{
    *way = (struct gs_way){.program_known = gs_spot_program_known()};
    for (unsigned i = 0; i < GS_WAY_STEPS; i++) {
        if (i > 0)
            frames[i] = frames[i - 1];
        if (i > 0 && !gs_frames_next(&frames[i]))
            return false;
        enum gs_whose whose = gs_frame_whose(&frames[i]);
        way->step[i] = step_at(&frames[i]);
        if (whose == GS_WHOSE_OWN) {
            way->file = gs_frame_file_object(&frames[i]);
            way->steps = i + 1;
            return true;
        }
        if (whose != GS_WHOSE_LIBRARY && whose != GS_WHOSE_FROZEN)
            return false;
        way->step[i].type = type_of_first(&frames[i]);
    }
    return false;
}

/* Two that end in the same place, a wait in a get and one in a put, do not drive each other out. */
struct set {
    struct gs_way ways[2];
    unsigned last; /* gone */
};

struct gs_way *gs_way_of(gs_py *thread, struct gs_frame frames[GS_WAY_STEPS])
{
    static _Thread_local struct set sets[SETS];
    if (!gs_frames_first(thread, &frames[0]))
        return NULL;
    uintptr_t code = (uintptr_t)frames[0].code / 16, offset = (unsigned)frames[0].offset / 2;
    struct set *set = &sets[(code + offset) % SETS];
    if (goes(&set->ways[set->last], frames))
        return &set->ways[set->last];
    set->last ^= 1;
    struct gs_way *way = &set->ways[set->last];
    return goes(way, frames) || learn(way, frames) ? way : NULL;
}
