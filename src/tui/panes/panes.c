#include "tui/panes/panes.h"

#include "tui/parts/heading.h"

#include <stdlib.h>

#define GS_PANE(name, ops, ...) extern const struct gs_pane_ops ops;
#include "tui/panes/panes.def"
#undef GS_PANE

static const struct gs_pane_ops *const all[GS_PANES] = {
#define GS_PANE(name, ops, ...) [GS_PANE_##name] = &(ops),
#include "tui/panes/panes.def"
#undef GS_PANE
};

/* On a lower screen a pane that opens takes the lanes' place, and the keys with it. */
enum { LOW = 22 };

enum { FIRST = GS_PANE_LANES + 1 };

static void forget(struct gs_panes *panes, int pane)
{
    if (panes->states[pane] && all[pane]->forget)
        all[pane]->forget(panes->states[pane]);
    free(panes->states[pane]);
    panes->states[pane] = NULL;
}

void gs_panes_begin(struct gs_panes *panes, const struct gs_look *look)
{
    panes->focus = GS_PANE_LANES;
    for (int pane = FIRST; pane < GS_PANES; pane++) {
        forget(panes, pane);
        panes->scroll[pane] = 0;
        panes->states[pane] = calloc(1, all[pane]->size + 1);
        if (!panes->states[pane])
            abort();
        if (all[pane]->begin)
            all[pane]->begin(panes->states[pane], look);
    }
}

void gs_panes_free(struct gs_panes *panes)
{
    for (int pane = FIRST; pane < GS_PANES; pane++)
        forget(panes, pane);
}

bool gs_panes_show_source(const struct gs_panes *panes)
{
    return panes->opened || (!panes->closed && (panes->beside || panes->under));
}

static bool extra_hides_source(const struct gs_panes *panes, int width)
{
    return width < GS_PANES_WIDE && panes->extra != GS_PANE_LANES;
}

static void moved(struct gs_panes *panes, int pane)
{
    if (panes->states[pane] && all[pane]->moved)
        all[pane]->moved(panes->states[pane]);
}

/* Opening a pane gives it the place, and on a small screen the keys too; closing gives them back.
 */
static bool toggle_source(struct gs_panes *panes, int width)
{
    bool hidden = extra_hides_source(panes, width);
    bool open = !gs_panes_show_source(panes) || hidden;
    panes->opened = open;
    panes->closed = !open;
    moved(panes, GS_PANE_SOURCE);
    if (hidden)
        panes->extra = GS_PANE_LANES;
    return open;
}

static bool toggle_extra(struct gs_panes *panes, enum gs_pane pane)
{
    bool open = panes->extra != pane;
    panes->extra = open ? pane : GS_PANE_LANES;
    panes->scroll[pane] = 0;
    return open;
}

void gs_panes_toggle(struct gs_panes *panes, enum gs_pane pane, const struct gs_canvas *canvas)
{
    bool open =
        pane == GS_PANE_SOURCE ? toggle_source(panes, canvas->width) : toggle_extra(panes, pane);
    panes->focus = open && canvas->height < LOW ? pane : GS_PANE_LANES;
}

static bool is_open(const struct gs_panes *panes, int pane, int width)
{
    if (pane == GS_PANE_SOURCE)
        return gs_panes_show_source(panes) && !extra_hides_source(panes, width);
    return pane == GS_PANE_LANES || pane == (int)panes->extra;
}

bool gs_panes_next(struct gs_panes *panes, const struct gs_canvas *canvas)
{
    int pane = (int)panes->focus;
    do
        pane = (pane + 1) % GS_PANES;
    while (!is_open(panes, pane, canvas->width));
    bool another = pane != (int)panes->focus;
    panes->focus = (enum gs_pane)pane;
    return another;
}

void gs_panes_resized(struct gs_panes *panes)
{
    for (int pane = FIRST; pane < GS_PANES; pane++)
        moved(panes, pane);
}

void gs_panes_place(struct gs_panes *panes, const struct gs_canvas *canvas, bool beside, bool under)
{
    panes->beside = beside;
    panes->under = under;
    if (!is_open(panes, (int)panes->focus, canvas->width))
        panes->focus = GS_PANE_LANES;
}

bool gs_panes_back(struct gs_panes *panes)
{
    if (panes->focus != GS_PANE_LANES)
        panes->focus = GS_PANE_LANES;
    else if (panes->extra != GS_PANE_LANES)
        panes->extra = GS_PANE_LANES;
    else if (panes->opened)
        panes->opened = false;
    else
        return false;
    return true;
}

void gs_panes_follow(struct gs_panes *panes, const struct gs_look *look,
                     const struct gs_canvas *canvas, int lines[GS_PANES])
{
    for (int pane = FIRST; pane < GS_PANES; pane++) {
        void *state = panes->states[pane];
        lines[pane] = canvas->height;
        if (!is_open(panes, pane, canvas->width))
            continue;
        if (all[pane]->follow)
            all[pane]->follow(state, look);
        if (all[pane]->lines)
            lines[pane] = 1 + all[pane]->lines(state, look, canvas->width);
    }
}

void gs_panes_draw(struct gs_panes *panes, const struct gs_look *look, struct gs_canvas *canvas,
                   const struct gs_layout *layout)
{
    for (int pane = FIRST; pane < GS_PANES; pane++) {
        struct gs_box box = layout->panes[pane];
        char title[256];
        if (box.height < 1)
            continue;
        all[pane]->title(panes->states[pane], title, sizeof title);
        gs_heading_draw(canvas, box, (int)panes->focus == pane, title);
        box.y++;
        box.height--;
        all[pane]->draw(panes->states[pane], look, canvas, box, &panes->scroll[pane]);
    }
}
