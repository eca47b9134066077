/* `--print text`: the run in sentences, one a line, for screen readers and logs. What repeats is
 * told once with its number: hand-offs to and fro, threads that start or end one after another. */
#include "export/tell/tell.h"

#include "base/text.h"
#include "timeline/ends.h"

#include <inttypes.h>
#include <stdlib.h>

static size_t tell(const struct gs_teller *t, const struct gs_happening *h, size_t count)
{
    switch ((enum gs_happening_kind)h->kind) {
    case GS_HAPPENING_BORN:
        return gs_tell_births(t, h, count);
    case GS_HAPPENING_DIED:
        return gs_tell_deaths(t, h, count);
    case GS_HAPPENING_WAIT:
        return gs_tell_waits(t, h, count);
    case GS_HAPPENING_BLOCK:
        return gs_tell_blocks(t, h, count);
    case GS_HAPPENING_HANDOFF:
        return gs_tell_handoffs(t, h, count);
    case GS_HAPPENING_SAID:
        break;
    }
    return gs_tell_said(t, h, count);
}

/* --- a crowd */

/* Its sentences are told kind by kind, each of which may go on for long; what is printed is in the
 * order in which that begins which they tell of. */
struct sentence {
    uint64_t time;
    size_t from, until; /* of the text */
};

struct sentences {
    GS_VEC(struct sentence) list;
};

static int by_time(const void *left, const void *right)
{
    const struct sentence *a = left, *b = right;
    if (a->time != b->time)
        return a->time < b->time ? -1 : 1;
    return a->from < b->from ? -1 : a->from > b->from;
}

static struct sentences tell_all(const struct gs_teller *t, const struct gs_happening *h,
                                 size_t count)
{
    struct sentences all = {0};
    for (size_t i = 0, n; i < count; i += n) {
        size_t from = (size_t)ftell(t->print.out);
        n = tell(t, &h[i], count - i);
        gs_vec_push(&all.list, ((struct sentence){h[i].time, from, (size_t)ftell(t->print.out)}));
    }
    return all;
}

static void tell_crowd(const struct gs_teller *t, const struct gs_happening *h, size_t count)
{
    char *text = NULL;
    size_t size = 0;
    struct gs_teller aside = *t;
    aside.print.out = open_memstream(&text, &size);
    if (!aside.print.out)
        abort();
    struct sentences all = tell_all(&aside, h, count);
    fclose(aside.print.out);
    qsort(all.list.items, all.list.count, sizeof *all.list.items, by_time);
    for (size_t i = 0; i < all.list.count; i++) {
        const struct sentence *s = &all.list.items[i];
        fwrite(text + s->from, 1, s->until - s->from, t->print.out);
    }
    gs_vec_free(&all.list);
    free(text);
}

static size_t crowd_of(const struct gs_happening *h, size_t count)
{
    size_t n = 1;
    while (n < count && h[n].crowd == h->crowd)
        n++;
    return n;
}

static void tell_story(const struct gs_teller *t, const struct gs_story *story)
{
    for (size_t i = 0, n; i < story->list.count; i += n) {
        const struct gs_happening *h = &story->list.items[i];
        size_t left = story->list.count - i;
        n = h->crowd ? crowd_of(h, left) : tell(t, h, left);
        if (h->crowd)
            tell_crowd(t, h, n);
    }
}

/* --- what stands around the story */

static void tell_beginning(const struct gs_teller *t, const struct gs_export_source *source)
{
    char rules[256];
    if (source->name) {
        gs_print(&t->print, "Scene ");
        gs_print_visible(&t->print, source->name);
        gs_print(&t->print, source->title && *source->title ? ": " : "");
        gs_print_visible(&t->print, source->title);
        gs_print(&t->print, ".\n");
    }
    gs_export_rules(rules, sizeof rules, ", ", source);
    if (*rules)
        gs_printf(&t->print, "Rules: %s.\n", rules);
}

/* Daemons have no end of their own where the run has one. */
static void tell_cut_off(const struct gs_teller *t)
{
    struct gs_actor_list cut = {0};
    for (uint32_t id = 1; id <= t->tables->actors(t->tables); id++) {
        const struct gs_actor_row *row = t->tables->actor(t->tables, id);
        const struct gs_lane *lane = gs_timeline_lane(t->timeline, id);
        if (row && row->flags & GS_ACTOR_DAEMON && lane && lane->born && !lane->died)
            gs_vec_push(&cut.list, id);
    }
    if (cut.list.count) {
        gs_tell_names(t, cut.list.items, cut.list.count, "threads");
        gs_print(&t->print, cut.list.count == 1 ? ", a daemon, is" : ", daemons, are");
        gs_print(&t->print, " cut off by that.\n");
    }
    gs_vec_free(&cut.list);
}

static void tell_how(const struct gs_teller *t, const char *total)
{
    char how[GS_END_SIZE];
    gs_end_of_run(how, sizeof how, t->timeline);
    gs_printf(&t->print, "The run ends after %s", total);
    if (!gs_timeline_signal(t->timeline))
        gs_printf(&t->print, " with exit status %d", gs_end_status(t->timeline));
    gs_printf(&t->print, "%s%s.\n", *how ? ", its process " : "", how);
    tell_cut_off(t);
}

static void tell_end(const struct gs_teller *t)
{
    uint64_t end = gs_timeline_end(t->timeline);
    char text[32];
    gs_text_duration(text, sizeof text, end);
    if (gs_timeline_complete(t->timeline))
        tell_how(t, text);
    else
        gs_printf(&t->print, "The run is followed for %s and has not ended.\n", text);
    if (gs_timeline_lost(t->timeline))
        gs_printf(&t->print, "%" PRIu64 " of its events were lost.\n",
                  gs_timeline_lost(t->timeline));
    uint64_t left_out = t->tables->left_out(t->tables);
    if (left_out)
        gs_printf(&t->print,
                  "The trace had no room for %" PRIu64 " name%s of threads, locks and texts.\n",
                  left_out, left_out == 1 ? "" : "s");
}

static unsigned count_gils(const struct gs_teller *t)
{
    unsigned gils = 0;
    for (uint32_t id = 1; id <= t->tables->actors(t->tables); id++) {
        const struct gs_actor_row *row = t->tables->actor(t->tables, id);
        gils += gs_actor_has_gil(row);
    }
    return gils;
}

static bool write_text(FILE *out, const struct gs_export_source *source, struct gs_error *err)
{
    struct gs_teller t = {.print = {.out = out, .ascii = source->ascii},
                          .timeline = source->timeline,
                          .tables = gs_timeline_tables(source->timeline)};
    uint64_t from, until;
    gs_export_window(source, &from, &until);
    t.gils = count_gils(&t);
    tell_beginning(&t, source);
    struct gs_story story = gs_story_collect(source->timeline, from, until);
    tell_story(&t, &story);
    gs_long_free(&story.list);
    tell_end(&t);
    gs_tell_phases(&t, from, until);
    gs_tell_totals(&t, from, until);
    return gs_print_end(&t.print, err);
}

const struct gs_exporter gs_exporter_text = {
    .name = "text",
    .meaning = "the run in sentences, without drawing, for screen readers and logs",
    .ending = "txt",
    .write = write_text,
};
