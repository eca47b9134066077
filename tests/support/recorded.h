/* Recordings for tests: of hand-made traces, in memory, whole, cut or damaged. */
#ifndef GS_TEST_RECORDED_H
#define GS_TEST_RECORDED_H

#include "support/fake_trace.h"
#include "trace/recording/player.h"

/* The bytes of a file; free the list with gs_vec_free. */
struct recorded {
    GS_VEC(unsigned char) list;
};

/* The path of a file in a folder for temporary ones that is not there yet; the caller's. */
char *recorded_path(void);
struct recorded recorded_read(const char *path);

/* Records all events of the trace, `part` at a time, each part a block; ends it at the time of the
 * last. */
struct recorded recorded_of(const struct fake_trace *f, size_t part);

/* NULL: it cannot be opened. */
struct gs_player *recorded_play(const unsigned char *bytes, size_t size, struct gs_error *err);

/* What comes out of it, with the gaps. */
struct recorded_events {
    GS_VEC(struct gs_event) list;
};
struct recorded_events recorded_events(struct gs_player *player);

#endif
