/* Sentences about happenings. A gs_tell_… function gets the happenings that are left, the first of
 * its kind, and returns how many of them its sentence told. Private to export/. */
#ifndef GS_EXPORT_TELL_TELL_H
#define GS_EXPORT_TELL_TELL_H

#include "export/print.h"
#include "export/tell/story.h"

struct gs_teller {
    struct gs_printer print;
    const struct gs_timeline *timeline;
    const struct gs_tables *tables;
    unsigned gils; /* with one, it is "the GIL" */
};

struct gs_actor_list {
    GS_VEC(uint32_t) list;
};

size_t gs_tell_births(const struct gs_teller *t, const struct gs_happening *h, size_t count);
size_t gs_tell_deaths(const struct gs_teller *t, const struct gs_happening *h, size_t count);
size_t gs_tell_waits(const struct gs_teller *t, const struct gs_happening *h, size_t count);
size_t gs_tell_blocks(const struct gs_teller *t, const struct gs_happening *h, size_t count);
size_t gs_tell_handoffs(const struct gs_teller *t, const struct gs_happening *h, size_t count);
size_t gs_tell_said(const struct gs_teller *t, const struct gs_happening *h, size_t count);

/* What each phase came to, if there are several. */
void gs_tell_phases(const struct gs_teller *t, uint64_t from, uint64_t until);

/* What each GIL and each lane did in all. */
void gs_tell_totals(const struct gs_teller *t, uint64_t from, uint64_t until);

/* Parts of sentences: "60.0 ms: ", "Thread-1", "Thread-1, Thread-2 and main" or "12 threads
 * (Thread-1 first, Thread-12 last)", "the GIL" or "the GIL of interpreter 2". */
void gs_tell_time(const struct gs_teller *t, uint64_t time);
void gs_tell_name(const struct gs_teller *t, uint32_t actor);
void gs_tell_names(const struct gs_teller *t, const uint32_t *actors, size_t count,
                   const char *plural);
void gs_tell_gil(const struct gs_teller *t, uint32_t interpreter);
/* "threads" */
const char *gs_tell_plural(const struct gs_teller *t, uint32_t actor);
/* enum gs_actor_kind, or 0 */
unsigned gs_tell_kind(const struct gs_teller *t, uint32_t actor);

/* The actors of happenings, to be freed with gs_vec_free. */
struct gs_actor_list gs_happening_actors(const struct gs_happening *h, size_t count);

#endif
