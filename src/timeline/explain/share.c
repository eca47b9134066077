/* What many have a share of: units of a semaphore, tasks of a queue, places at a barrier. Who has
 * them, how many of how many. */
#include "timeline/explain/clause.h"
#include "timeline/explain/facts.h"
#include "timeline/explain/parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct share {
    uint32_t owner;
    uint64_t units;
};

struct shares {
    GS_VEC(struct share) list;
};

static void add_unit(struct shares *shares, uint32_t owner)
{
    for (size_t i = 0; i < shares->list.count; i++) {
        if (shares->list.items[i].owner == owner) {
            shares->list.items[i].units++;
            return;
        }
    }
    gs_vec_push(&shares->list, ((struct share){.owner = owner, .units = 1}));
}

/* Latest first. Free with gs_vec_free. */
static struct shares shares_of(const struct gs_timeline *t, uint32_t object, uint64_t time)
{
    enum { MOST = 256 };
    struct gs_claim claims[MOST];
    struct shares shares = {0};
    size_t count = gs_timeline_claims(t, object, time, claims, MOST);
    for (size_t i = 0; i < count && i < MOST; i++)
        add_unit(&shares, claims[i].owner);
    return shares;
}

/* "Thread-1", "Thread-1 (2)", "Thread-1 (ended)": by whom units are taken. */
static const char *owner_words(struct gs_instant *x, const struct share *share)
{
    const char *who = gs_say_who(x->say, share->owner);
    bool ended = gs_explain_has_ended(x->t, share->owner, x->time);
    char *words = gs_say_word(x->say);
    if (share->units > 1)
        snprintf(words, GS_WORD_SIZE, "%s (%" PRIu64 "%s)", who, share->units,
                 ended ? ", ended" : "");
    else
        snprintf(words, GS_WORD_SIZE, "%s%s", who, ended ? " (ended)" : "");
    return words;
}

void gs_explain_units(struct gs_instant *x)
{
    enum { MOST_NAMED = 2 };
    uint32_t of = gs_explain_object(x->t, x->span->on)->of;
    struct shares shares = shares_of(x->t, x->span->on, x->time);
    size_t count = shares.list.count;
    if (count && of)
        gs_say(x->say, " Its %u unit%s taken, by ", of, of == 1 ? " is" : "s are");
    else if (count)
        gs_say(x->say, " Its units are taken, by ");
    for (size_t i = 0; i < count && i < MOST_NAMED; i++)
        gs_say(x->say, "%s%s",
               i == 0               ? ""
               : count > MOST_NAMED ? ", "
                                    : " and ",
               owner_words(x, &shares.list.items[i]));
    if (count > MOST_NAMED)
        gs_say(x->say, " and %zu other%s", count - MOST_NAMED, count == MOST_NAMED + 1 ? "" : "s");
    gs_say(x->say, "%s", count ? "." : "");
    gs_vec_free(&shares.list);
}

/* How it comes that a task which was taken is not done. */
static void say_taker(struct gs_instant *x, const struct share *share, uint64_t left)
{
    const struct gs_lane *lane = gs_timeline_lane(x->t, share->owner);
    char many[24] = "it";
    if (left > 1)
        snprintf(many, sizeof many, "%" PRIu64, share->units);
    gs_say(x->say, "%s took %s and ", gs_say_who(x->say, share->owner), many);
    if (!gs_explain_has_ended(x->t, share->owner, x->time))
        gs_say(x->say, "%s", gs_explain_doing(x->say, share->owner, x->time));
    else
        gs_say(x->say, "%s", lane->how == GS_DEATH_ERROR ? "ended with an error" : "ended");
}

/* "1 of 5 tasks is not done: worker took it and ended with an error." */
void gs_explain_tasks(struct gs_instant *x)
{
    enum { MOST_NAMED = 2 };
    uint64_t done, taken, queued = 0;
    uint32_t queue = gs_explain_object(x->t, x->span->on)->whole;
    gs_timeline_tasks(x->t, x->span->on, x->time, &done, &taken);
    (void)gs_timeline_counter(x->t, queue, x->time, &queued);
    uint64_t left = taken + queued, all = done + left;
    if (!left)
        return;
    struct shares shares = shares_of(x->t, x->span->on, x->time);
    const char *sign = ": ";
    gs_say(x->say, " %" PRIu64 " of %" PRIu64 " task%s %s not done", left, all, all == 1 ? "" : "s",
           left == 1 ? "is" : "are");
    for (size_t i = 0; i < shares.list.count && i < MOST_NAMED; i++, sign = ", ") {
        gs_say(x->say, "%s", sign);
        say_taker(x, &shares.list.items[i], left);
    }
    if (shares.list.count > MOST_NAMED)
        gs_say(x->say, ", %zu others have more", shares.list.count - MOST_NAMED);
    if (queued)
        gs_say(x->say, "%s%" PRIu64 " still in the queue", sign, queued);
    gs_say(x->say, ".");
    gs_vec_free(&shares.list);
}

/* Who waits at it: those who came while the last one still runs its action count as well. */
static uint32_t count_waiters(const struct gs_instant *x)
{
    const struct gs_tables *tables = gs_timeline_tables(x->t);
    uint32_t count = 0;
    for (uint32_t id = 1; id <= tables->actors(tables); id++) {
        const struct gs_span *span = gs_explain_span(x->t, id, x->time);
        count += span && span->state == GS_STATE_WAITING && span->on == x->span->on;
    }
    return count;
}

void gs_explain_barrier(struct gs_instant *x)
{
    uint32_t of = gs_explain_object(x->t, x->span->on)->of, here = count_waiters(x);
    if (of && here < of)
        gs_say(x->say, " %u of %u %s there.", here, of, here == 1 ? "is" : "are");
}
