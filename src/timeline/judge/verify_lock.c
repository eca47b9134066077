#include "timeline/judge/verify_lock.h"

#include "timeline/names.h"

/* That the one before let go, or somebody did for him, may be among what is lost. */
static bool may_have_let_go(const struct gs_judge *j, const struct gs_claim *before,
                            const struct gs_claim *next)
{
    for (uint32_t actor = 0; actor < j->actors; actor++) {
        if (gs_judge_lost(j, actor, before->start, next->start + 1))
            return true;
    }
    return false;
}

static void judge(struct gs_judge *j, uint32_t object, const struct gs_claim *before,
                  const struct gs_claim *next)
{
    struct gs_judge_words w;
    if (before->end <= next->start || may_have_let_go(j, before, next))
        return;
    const char *lock = gs_name_object(w.gil, sizeof w.gil, j->t, object),
               *who = gs_judge_name(j, w.actor, next->owner),
               *owner = gs_judge_name(j, w.other, before->owner),
               *when = gs_judge_duration(w.time, next->start);
    if (before->open)
        gs_judge_violate(j, next->start, next->owner,
                         "Two owners of %s: %s took it at %s, and %s has not let go.", lock, who,
                         when, owner);
    else
        gs_judge_violate(j, next->start, next->owner,
                         "Two owners of %s: %s took it at %s, %s before %s let go.", lock, who,
                         when, gs_judge_duration(w.length, before->end - next->start), owner);
}

void gs_judge_lock(struct gs_judge *j, uint32_t object)
{
    const struct gs_object_row *row = j->t->tables->object(j->t->tables, object);
    if (!row || (row->kind != GS_OBJECT_LOCK && row->kind != GS_OBJECT_RLOCK))
        return;
    const struct gs_claim *before = gs_timeline_claim(j->t, object, 0), *next;
    for (size_t i = 1; before && (next = gs_timeline_claim(j->t, object, i)); i++) {
        judge(j, object, before, next);
        if (next->end >= before->end)
            before = next;
    }
}
