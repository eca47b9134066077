/* What is so at an instant, before anybody puts it into words: who has what, who waits for whom. */
#ifndef GS_TIMELINE_EXPLAIN_FACTS_H
#define GS_TIMELINE_EXPLAIN_FACTS_H

#include "timeline/timeline.h"

/* The rules of an interpreter's GIL. */
enum gs_gil_profile gs_explain_profile(const struct gs_timeline *timeline, uint32_t interpreter);
/* When a hold ends; UINT64_MAX: it goes on. Who ends holds nothing any more, let go of or not. */
uint64_t gs_explain_hold_end(const struct gs_timeline *timeline, const struct gs_hold *hold);
/* The hold of an interpreter's GIL that covers time; NULL: it is free. index may be NULL. */
const struct gs_hold *gs_explain_hold(const struct gs_timeline *timeline, uint32_t interpreter,
                                      uint64_t time, size_t *index);

/* The span that covers time; NULL: there is none. */
const struct gs_span *gs_explain_span(const struct gs_timeline *timeline, uint32_t actor,
                                      uint64_t time);
/* What the table says of an object; never NULL. */
const struct gs_object_row *gs_explain_object(const struct gs_timeline *timeline, uint32_t object);

/* Whom the actor's span waits for: who has the lock, or alone has what is missing; the thread that
 * is joined, the task that is awaited, or the last that is of several. 0: nobody, or several. */
uint32_t gs_explain_blocker(const struct gs_timeline *timeline, uint32_t actor,
                            const struct gs_span *span, uint64_t time);
/* The same, of locks only. */
uint32_t gs_explain_lock_owner(const struct gs_timeline *timeline, const struct gs_span *span,
                               uint64_t time);

bool gs_explain_has_ended(const struct gs_timeline *timeline, uint32_t actor, uint64_t time);

/* How many actors stand in the circle that the actor's wait closes at that time, each waiting for
 * what the next one has, or awaiting it; 0: there is none, or none of up to 64. */
uint32_t gs_explain_circle(const struct gs_timeline *t, uint32_t actor, uint64_t time);

#endif
