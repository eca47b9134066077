/* How long lanes have run in which interpreter. */
#include "timeline/store.h"

void gs_stays_enter(struct gs_timeline *t, struct gs_book *book, uint64_t time)
{
    uint32_t from = book->lane.interpreter;
    uint64_t since =
        book->enters.count ? book->enters.items[book->enters.count - 1].start : book->lane.birth;
    struct gs_stay *stay = NULL;
    if (book->stays.count == 0)
        gs_vec_push(&t->travellers, book->lane.actor);
    for (size_t i = 0; i < book->stays.count && !stay; i++)
        if (book->stays.items[i].interpreter == from)
            stay = &book->stays.items[i];
    if (!stay) {
        stay = gs_vec_add(&book->stays);
        *stay = (struct gs_stay){.interpreter = from};
    }
    stay->ns += time > since ? time - since : 0;
}

/* The one it is in now counts up to now. */
uint32_t gs_lane_home(const struct gs_timeline *t, const struct gs_lane *lane)
{
    const struct gs_book *book = (const struct gs_book *)lane;
    if (book->stays.count == 0)
        return book->first_interpreter;
    uint64_t since = book->enters.items[book->enters.count - 1].start;
    uint64_t until = lane->died ? lane->death : t->end;
    struct gs_stay now = {lane->interpreter, until > since ? until - since : 0};
    struct gs_stay longest = {0};
    for (size_t i = 0; i < book->stays.count; i++) {
        struct gs_stay stay = book->stays.items[i];
        if (stay.interpreter == now.interpreter)
            now.ns += stay.ns;
        else if (!longest.interpreter || stay.ns > longest.ns)
            longest = stay;
    }
    return now.ns > longest.ns ? now.interpreter : longest.interpreter;
}

uint64_t gs_timeline_homes(const struct gs_timeline *t)
{
    uint64_t homes = 0;
    for (size_t i = 0; i < t->travellers.count; i++)
        homes = homes * 31 + gs_lane_home(t, &t->books.items[t->travellers.items[i]]->lane);
    return homes;
}
