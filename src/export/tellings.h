/* What a run said and what befell it, in the order of time: phases, notes, marks, questions, what
 * it printed, errors, losses, deadlocks, ends of processes that were no ordinary ones. Private to
 * export/. */
#ifndef GS_EXPORT_TELLINGS_H
#define GS_EXPORT_TELLINGS_H

#include "timeline/timeline.h"

struct gs_telling {
    struct gs_event event;
    size_t how;
    size_t order;
};

struct gs_tellings {
    GS_VEC(struct gs_telling) list;
};

/* Those of from … until, both included; free them with gs_vec_free. */
struct gs_tellings gs_tellings_collect(const struct gs_timeline *timeline, uint64_t from,
                                       uint64_t until);
/* "note", "prints", "deadlock". */
const char *gs_telling_word(const struct gs_telling *telling);
/* What stands behind it, safe to print; to be freed. */
char *gs_telling_text(const struct gs_timeline *timeline, const struct gs_telling *telling);

#endif
