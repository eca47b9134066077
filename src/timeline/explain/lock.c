/* The sentence about a lock at an instant: who has it, what he does with it, who waits for it. */
#include "timeline/explain/clause.h"
#include "timeline/explain/explain.h"
#include "timeline/explain/facts.h"
#include "timeline/owners.h"
#include "timeline/store.h"

/* At the instant. */
static void say_waiters(struct gs_say *say, uint32_t lock, uint64_t time)
{
    uint32_t count = 0, first = 0, second = 0;
    for (size_t id = 1; id < say->timeline->books.count; id++) {
        const struct gs_span *span = gs_explain_span(say->timeline, (uint32_t)id, time);
        if (!span || span->on != lock)
            continue;
        second = count == 1 ? (uint32_t)id : second;
        first = count++ ? first : (uint32_t)id;
    }
    if (count == 0)
        gs_say(say, " Nobody waits for it.");
    else if (count == 1)
        gs_say(say, " %s waits for it.", gs_say_who(say, first));
    else if (count == 2)
        gs_say(say, " %s and %s wait for it.", gs_say_who(say, first), gs_say_who(say, second));
    else
        gs_say(say, " %s and %u others wait for it.", gs_say_who(say, first), count - 1);
}

static void say_free(struct gs_say *say, const struct gs_owned *owned, uint64_t time)
{
    long at = gs_owned_at(say->timeline, owned, time);
    const char *what = gs_say_what(say, owned->lock);
    if (at < 0) {
        gs_say(say, "Nobody has held %s yet.", what);
        return;
    }
    struct gs_owning last = gs_owned_get(say->timeline, owned, (size_t)at);
    gs_say(say, "Nobody holds %s: %s let go of it %s ago.", what, gs_say_who(say, last.owner),
           gs_say_time(say, time - last.end));
}

const char *gs_explain_lock(char *buffer, size_t size, const struct gs_timeline *t, uint32_t lock,
                            uint64_t time)
{
    struct gs_owned owned = {.lock = lock};
    struct gs_claim claim;
    struct gs_say say;
    gs_say_init(&say, t, buffer, size);
    if (!gs_timeline_claims(t, lock, time, &claim, 1)) {
        say_free(&say, &owned, time);
        return buffer;
    }
    gs_say(&say, "%s has held %s for %s%s and %s.", gs_say_who(&say, claim.owner),
           gs_say_what(&say, lock), gs_say_time(&say, time - claim.start),
           gs_say_line(&say, claim.line, claim.place), gs_explain_doing(&say, claim.owner, time));
    say_waiters(&say, lock, time);
    return buffer;
}
