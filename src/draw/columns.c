#include "draw/parts.h"

/* So many spans of a column are walked one by one, which also tells what hides between them; of
 * more the index gives the shares, and that something hides goes without saying. */
enum { WALK = 24 };

struct tally {
    uint64_t ns[GS_STATES];
    bool inside[GS_STATES]; /* a span of this state begins and ends in the column */
    long longest;
    uint64_t longest_ns;
    uint64_t first, last; /* the life that was seen: its spans' start and end */
};

static void add_span(struct tally *tally, const struct gs_span *span, long i, uint64_t now,
                     uint64_t from, uint64_t until)
{
    uint64_t end = span->open ? now : span->end;
    uint64_t first = span->start > from ? span->start : from;
    uint64_t last = end < until ? end : until;
    if (last <= first || span->state == GS_STATE_NONE)
        return;
    tally->ns[span->state] += last - first;
    tally->inside[span->state] |= span->start > from && end < until;
    tally->first = span->start < tally->first ? span->start : tally->first;
    tally->last = end > tally->last ? end : tally->last;
    if (last - first > tally->longest_ns) {
        tally->longest_ns = last - first;
        tally->longest = i;
    }
}

static unsigned largest(const struct tally *tally)
{
    unsigned best = GS_STATE_NONE;
    for (unsigned s = GS_STATE_NONE + 1; s < GS_STATES; s++)
        if (tally->ns[s] > tally->ns[best])
            best = s;
    return best;
}

static unsigned mix(const struct tally *tally, unsigned state)
{
    uint64_t all = 0;
    bool hides = false;
    for (unsigned s = GS_STATE_NONE + 1; s < GS_STATES; s++) {
        all += tally->ns[s];
        hides |= s != state && tally->inside[s];
    }
    if (!hides)
        return GS_COLUMN_PURE;
    if (tally->ns[state] < all - all / 3)
        return GS_COLUMN_MIXED;
    return tally->inside[GS_STATE_RUNNING] && state != GS_STATE_RUNNING ? GS_COLUMN_RAN
                                                                        : GS_COLUMN_OTHERS;
}

/* A life that goes on in the next column, and has less than half of this one, begins or ends there:
 * that is where its labels are drawn, too. One that is all in here must not vanish. */
static bool only_reaches_in(const struct tally *tally, uint64_t from, uint64_t until)
{
    uint64_t alive = 0;
    for (unsigned s = GS_STATE_NONE + 1; s < GS_STATES; s++)
        alive += tally->ns[s];
    return alive < (until - from) / 2 && (tally->first <= from || tally->last >= until);
}

static struct gs_column settle(const struct tally *tally, uint64_t from, uint64_t until)
{
    unsigned state = largest(tally);
    if (state == GS_STATE_NONE || only_reaches_in(tally, from, until))
        return (struct gs_column){.state = GS_STATE_NONE, .span = -1};
    unsigned how = mix(tally, state);
    return (struct gs_column){.state = (uint8_t)state,
                              .mix = (uint8_t)how,
                              .span = how == GS_COLUMN_PURE ? tally->longest : -1};
}

/* The walk over a lane: `at` is the last span that began before the column; -1: not looked up. */
struct walk {
    const struct gs_lane *lane;
    uint64_t now;
    long at, count;
    bool dense; /* the column before held too many spans to walk: this one will */
};

static bool ask_index(const struct walk *w, uint64_t from, uint64_t until, struct tally *tally)
{
    struct tally asked = {.longest = -1, .first = UINT64_MAX};
    if (!gs_lane_shares_rough(w->lane, from, until, asked.ns))
        return false;
    asked.ns[GS_STATE_NONE] = 0;
    for (unsigned s = 0; s < GS_STATES; s++)
        asked.inside[s] = asked.ns[s] > 0;
    *tally = asked;
    return true;
}

/* False: so many that the index knows better. */
static bool walk_spans(struct walk *w, uint64_t from, uint64_t until, struct tally *tally)
{
    const struct gs_span *spans = w->lane->spans.items;
    if (w->at < 0)
        w->at = gs_lane_span_at(w->lane, from);
    long first = w->at < 0 ? 0 : w->at;
    for (long i = first; i < w->count && spans[i].start < until; i++) {
        if (i == first + WALK && ask_index(w, from, until, tally))
            return false;
        add_span(tally, &spans[i], i, w->now, from, until);
        w->at = i;
    }
    return true;
}

static struct tally tally_column(struct walk *w, uint64_t from, uint64_t until)
{
    struct tally tally = {.longest = -1, .first = UINT64_MAX};
    w->dense =
        (w->dense && ask_index(w, from, until, &tally)) || !walk_spans(w, from, until, &tally);
    if (w->dense)
        w->at = -1;
    return tally;
}

void gs_columns_take(struct gs_picture *p, const struct gs_lane *lane)
{
    struct walk walk = {.lane = lane,
                        .now = gs_timeline_end(p->view.timeline),
                        .at = -1,
                        .count = (long)lane->spans.count};
    for (int c = 0; c < p->columns; c++) {
        uint64_t from = p->edges[c];
        uint64_t until = p->edges[c + 1] > from ? p->edges[c + 1] : from + 1;
        struct tally tally = tally_column(&walk, from, until);
        p->column[c] = settle(&tally, from, until);
    }
}
