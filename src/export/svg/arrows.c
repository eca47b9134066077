/* Messages and wakes from lane to lane. More of them than an eye follows would hide the lanes: then
 * there are none. */
#include "export/svg/parts.h"

#include "timeline/messages.h"

#include <stdlib.h>

enum { MOST_MESSAGES = 24, MOST_WAKES = 16 };

struct arrow {
    uint32_t from, to;
    uint64_t sent, received;
};

struct arrows {
    GS_VEC(struct arrow) list;
};

static void consider(struct arrows *arrows, const struct gs_svg *svg, struct arrow arrow)
{
    if (arrow.from == arrow.to || arrow.sent < svg->view.from || arrow.received > svg->view.until)
        return;
    if (gs_svg_lane(svg, arrow.from) && gs_svg_lane(svg, arrow.to))
        gs_vec_push(&arrows->list, arrow);
}

static void collect_messages(struct arrows *arrows, const struct gs_svg *svg)
{
    const struct gs_timeline *timeline = svg->source->timeline;
    const struct gs_tables *tables = gs_timeline_tables(timeline);
    const struct gs_message *m;
    for (uint32_t id = 1; id <= tables->objects(tables); id++)
        for (uint32_t i = 0;
             arrows->list.count <= MOST_MESSAGES && (m = gs_timeline_message_of(timeline, id, i));
             i++)
            if (m->from && m->to)
                consider(arrows, svg, (struct arrow){m->from, m->to, m->sent, m->received});
}

static void collect_wakes(struct arrows *arrows, const struct gs_svg *svg)
{
    struct gs_points wakes = gs_timeline_points(svg->source->timeline, GS_EVENT_WAKE);
    for (size_t i = 0; i < wakes.list.count && arrows->list.count <= MOST_WAKES; i++) {
        const struct gs_event *e = &wakes.list.items[i];
        if (e->a <= UINT32_MAX)
            consider(arrows, svg, (struct arrow){e->actor, (uint32_t)e->a, e->time, e->time});
    }
    gs_vec_free(&wakes.list);
}

/* From the sender's bar to the edge of the receiver's that is nearer. */
static void put_arrow(const struct gs_svg *svg, const struct arrow *arrow, const char *kind)
{
    const struct gs_svg_line *from = gs_svg_lane(svg, arrow->from),
                             *to = gs_svg_lane(svg, arrow->to);
    bool down = to->top > from->top;
    fprintf(svg->out,
            "<path class=\"arrow %s\" d=\"M%d %dL%d %d\" marker-end=\"url(#gs-head)\"/>\n", kind,
            gs_svg_x(svg, arrow->sent), from->top + (down ? GS_SVG_BAR : 0),
            gs_svg_x(svg, arrow->received), to->top + (down ? 0 : GS_SVG_BAR));
}

static void put(const struct gs_svg *svg, struct arrows *arrows, size_t most, const char *kind)
{
    for (size_t i = 0; arrows->list.count <= most && i < arrows->list.count; i++)
        put_arrow(svg, &arrows->list.items[i], kind);
    gs_vec_free(&arrows->list);
}

void gs_svg_arrows(const struct gs_svg *svg)
{
    struct arrows messages = {0}, wakes = {0};
    collect_messages(&messages, svg);
    put(svg, &messages, MOST_MESSAGES, "message");
    collect_wakes(&wakes, svg);
    put(svg, &wakes, MOST_WAKES, "wake");
}
