#include "draw/parts.h"

#include "base/sorted.h"

static const struct gs_column nothing = {.state = GS_STATE_NONE, .span = -1};

struct tally {
    uint64_t ns[GS_STATES];
    bool inside[GS_STATES]; /* a span of this state begins and ends in the column */
    long longest;
    uint64_t longest_ns;
    long first, last; /* the spans that were seen; -1: the index was asked */
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
    tally->first = tally->first < 0 ? i : tally->first;
    tally->last = i;
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

/* The walk over a lane: `at` is the last span that began before the column; -1: not looked up. */
struct walk {
    const struct gs_lane *lane;
    uint64_t now;
    long at, count;
};

static bool reaches_before(const struct gs_lane *lane, long first, uint64_t from)
{
    if (first < 0)
        return false;
    const struct gs_span *span = &lane->spans.items[first];
    return span->start < from || (first > 0 && span->start == from && span[-1].end == from);
}

static bool reaches_behind(const struct walk *w, long last, uint64_t until)
{
    if (last < 0)
        return false;
    const struct gs_span *span = &w->lane->spans.items[last];
    uint64_t end = span->open ? w->now : span->end;
    return end > until || (last + 1 < w->count && end == until && span[1].start == until);
}

/* Where in its middle half one span ends and the next begins, or a life begins or ends. */
static void look_for_halves(const struct walk *w, const struct tally *tally, uint64_t from,
                            uint64_t until, struct gs_column *column)
{
    const struct gs_span *spans = w->lane->spans.items;
    uint64_t quarter = (until - from) / 4, at;
    if (tally->first < 0 || tally->last - tally->first > 1)
        return;
    const struct gs_span *first = &spans[tally->first], *last = &spans[tally->last];
    uint64_t end = first->open ? w->now : first->end;
    bool one = first == last, begins = one && first->start > from;
    if (one && !begins && first->open) /* it goes on: this is but how far the run has come */
        return;
    column->before = begins ? GS_STATE_NONE : first->state;
    column->behind = one && !begins ? GS_STATE_NONE : last->state;
    at = begins ? first->start : one ? end : last->start;
    uint64_t over = last->open ? w->now : last->end;
    bool gap = (!one && (end != last->start || first->start > from || over < until)) ||
               (begins && end < until);
    column->two =
        !gap && column->before != column->behind && at >= from + quarter && at < until - quarter;
}

static unsigned second(const struct tally *tally, unsigned most)
{
    unsigned best = GS_STATE_NONE;
    for (unsigned s = GS_STATE_NONE + 1; s < GS_STATES; s++)
        if (s != most && tally->ns[s] > tally->ns[best])
            best = s;
    return best;
}

static struct gs_settled settle(const struct walk *w, const struct tally *tally, uint64_t from,
                                uint64_t until)
{
    unsigned state = largest(tally);
    struct gs_settled s = {.column = nothing};
    if (state == GS_STATE_NONE)
        return s;
    for (unsigned i = GS_STATE_NONE + 1; i < GS_STATES; i++)
        s.alive += tally->ns[i];
    s.before = reaches_before(w->lane, tally->first, from);
    s.behind = reaches_behind(w, tally->last, until);
    s.reaches_in = s.alive < (until - from) / 2 && (s.before || s.behind);
    unsigned how = mix(tally, state);
    s.column = (struct gs_column){.state = (uint8_t)state,
                                  .mix = how,
                                  .span = how == GS_COLUMN_PURE ? (int32_t)tally->longest : -1};
    if (how == GS_COLUMN_PURE)
        look_for_halves(w, tally, from, until, &s.column);
    s.column.before = how == GS_COLUMN_MIXED ? (uint8_t)state : s.column.before;
    s.column.behind = how == GS_COLUMN_MIXED ? (uint8_t)second(tally, state) : s.column.behind;
    return s;
}

/* A life must not vanish: one that only reaches into both its columns is where more of it is. */
static bool is_drawn(const struct gs_settled *before, const struct gs_settled *here,
                     const struct gs_settled *behind)
{
    if (!here->reaches_in)
        return true;
    if (here->before)
        return before->reaches_in && !before->before && here->alive > before->alive;
    return behind->reaches_in && !behind->behind && here->alive >= behind->alive;
}

/* Of more than a block of spans the index gives the shares; that something hides between them goes
 * without saying. False: there are fewer, which is seen without a search as a rule. */
static bool ask_index(struct walk *w, uint64_t from, uint64_t until, struct tally *tally)
{
    enum { MANY = 64 };
    const struct gs_span *spans = w->lane->spans.items;
    if (w->at >= 0 && (w->at + MANY >= w->count || spans[w->at + MANY].start >= until))
        return false;
    if (!gs_lane_shares_rough(w->lane, from, until, tally->ns))
        return false;
    tally->ns[GS_STATE_NONE] = 0;
    for (unsigned s = 0; s < GS_STATES; s++)
        tally->inside[s] = tally->ns[s] > 0;
    w->at = -1;
    return true;
}

static void walk_spans(struct walk *w, uint64_t from, uint64_t until, struct tally *tally)
{
    const struct gs_span *spans = w->lane->spans.items;
    if (w->at < 0)
        w->at = gs_lane_span_at(w->lane, from);
    for (long i = w->at < 0 ? 0 : w->at; i < w->count && spans[i].start < until; i++) {
        add_span(tally, &spans[i], i, w->now, from, until);
        w->at = i;
    }
}

/* Most columns lie in the middle of a span: there is nothing to count. */
static bool is_inside_one(const struct walk *w, uint64_t from, uint64_t until, struct gs_settled *s)
{
    const struct gs_span *span = w->at < 0 ? NULL : &w->lane->spans.items[w->at];
    if (!span || span->state == GS_STATE_NONE || span->start >= from ||
        (span->open ? w->now : span->end) <= until)
        return false;
    *s = (struct gs_settled){.column = {.state = span->state, .span = (int32_t)w->at},
                             .alive = until - from,
                             .before = true,
                             .behind = true};
    return true;
}

static struct gs_settled settle_column(const struct gs_picture *p, struct walk *walk, int c)
{
    if (c >= p->columns || p->edges[c] >= walk->now)
        return (struct gs_settled){.column = nothing};
    struct gs_settled inside;
    uint64_t from = p->edges[c];
    uint64_t until = p->edges[c + 1] > from ? p->edges[c + 1] : from + 1;
    if (is_inside_one(walk, from, until, &inside))
        return inside;
    struct tally tally = {.longest = -1, .first = -1, .last = -1};
    if (!ask_index(walk, from, until, &tally))
        walk_spans(walk, from, until, &tally);
    return settle(walk, &tally, from, until);
}

/* The lane has gone on behind it: neither what is in it nor what it goes on to changes any more. */
static bool is_final(const struct gs_picture *p, const struct walk *w, int c)
{
    return w->count > 0 && p->edges[c + 1] > p->edges[c] &&
           p->edges[c + 1] <= w->lane->spans.items[w->count - 1].start;
}

static struct gs_settled column_at(const struct gs_picture *p, struct walk *walk, int c)
{
    struct gs_kept_lane *kept = p->kept;
    if (kept && c < kept->done)
        return kept->last.items[c - kept->done + 2];
    struct gs_settled column = settle_column(p, walk, c);
    if (kept && c == kept->done && c < p->columns && is_final(p, walk, c)) {
        kept->last.items[0] = kept->last.items[1];
        kept->last.items[1] = column;
        kept->done++;
    }
    return column;
}

/* Of a life that only reaches in what may be seen of it is its half. */
static struct gs_column half_of(const struct gs_settled *here)
{
    struct gs_column column = nothing;
    column.two = here->column.two;
    column.before = here->column.before;
    column.behind = here->column.behind;
    return column;
}

/* Columns from here on are looked at. */
static int first_open(const struct gs_kept_lane *kept)
{
    return kept && kept->done > 0 ? kept->done - 1 : 0;
}

/* The first column that begins when the run has not come to it. */
static int first_empty(const struct gs_picture *p, uint64_t now)
{
    const struct gs_sorted_items edges = {.first = p->edges, .size = sizeof *p->edges};
    return (int)gs_sorted_search(edges, 0, (size_t)p->columns, now, false);
}

/* Up to the first column that the run has not come to. */
static void look_at_open(struct gs_picture *p, struct walk *walk, int first, int end)
{
    struct gs_kept_lane *kept = p->kept;
    struct gs_settled before = {.column = nothing}, behind;
    if (first > 0)
        before = column_at(p, walk, first - 1);
    struct gs_settled here = column_at(p, walk, first);
    for (int c = first; c < end; c++, before = here, here = behind) {
        behind = column_at(p, walk, c + 1);
        p->fresh[c] = is_drawn(&before, &here, &behind) ? here.column : half_of(&here);
        if (kept && c + 1 < kept->done)
            kept->whole.items[c] = p->fresh[c];
    }
}

/* What the run has not come to is blank, and where it was in the last frame it still is. Returns
 * the first column that is as it was. */
static int clear_rest(struct gs_picture *p, int end)
{
    int until = p->columns;
    if (p->kept) {
        until = p->kept->come > end ? p->kept->come : end;
        p->kept->come = end;
    }
    for (int c = end; c < until; c++)
        p->fresh[c] = nothing;
    return until;
}

static void take_fresh(struct gs_picture *p, int first, int end)
{
    struct gs_column *column = p->kept->column.items;
    for (int c = first; c < end; c++) {
        if (c < p->stands && !gs_column_alike(&column[c], &p->fresh[c]))
            p->stands = c;
        column[c] = p->fresh[c];
    }
}

void gs_columns_take(struct gs_picture *p, const struct gs_lane *lane)
{
    struct walk walk = {.lane = lane,
                        .now = gs_timeline_end(p->view.timeline),
                        .at = -1,
                        .count = (long)lane->spans.count};
    p->kept = p->view.kept ? gs_kept_lane(p->view.kept, lane->actor) : NULL;
    p->column = p->kept ? p->kept->column.items : p->fresh;
    p->stands = p->kept ? p->columns : 0;
    int first = first_open(p->kept), end = first_empty(p, walk.now);
    look_at_open(p, &walk, first, end);
    int until = clear_rest(p, end);
    gs_calm(p, first, end);
    if (!p->kept)
        return;
    take_fresh(p, first, until);
    gs_calm_note(p->kept, first, first_open(p->kept));
}
