/* A run as a list of happenings worth a sentence, by time: births and deaths, hand-offs of a GIL,
 * long waits, what the scene said. Private to export/. */
#ifndef GS_EXPORT_TELL_STORY_H
#define GS_EXPORT_TELL_STORY_H

#include "export/export.h"

enum gs_happening_kind {
    GS_HAPPENING_BORN,
    GS_HAPPENING_DIED,
    GS_HAPPENING_WAIT,    /* begins; a wait that takes a good part of the run */
    GS_HAPPENING_BLOCK,   /* begins; what a loop runs computes, for a good part of the run */
    GS_HAPPENING_HANDOFF, /* of a GIL from one owner to another */
    GS_HAPPENING_SAID     /* an event that carries a text, or tells of a loss */
};

struct gs_happening {
    uint64_t time;
    uint32_t actor; /* whom it is about; of a hand-off the one who took the GIL */
    uint32_t other; /* the creator; the owner before; the loop, which is the actor where it is a
                       callback that blocks it */
    uint8_t kind;
    uint8_t why;          /* enum gs_drop, of a hand-off; enum gs_death */
    uint32_t interpreter; /* of a hand-off */
    uint64_t let_go;      /* of a hand-off: when the owner before did */
    size_t index;         /* the span of a wait, the hold that a hand-off or a turn begins, the
                             label of a callback */
    uint32_t turn;        /* what of an instant comes first: that with the lower one */
    uint32_t crowd;       /* its number, of what is put together with a crowd of lives; else 0 */
    struct gs_event event;
};

/* One of millions of hand-offs is long. */
struct gs_story {
    GS_LONG(struct gs_happening) list;
};

/* Free with gs_long_free. */
struct gs_story gs_story_collect(const struct gs_timeline *timeline, uint64_t from, uint64_t until);

#endif
