/* Which panes are open, and which of them has the arrow keys. */
#include "tui/ui.h"

bool gs_panes_show_source(const struct gs_ui *ui)
{
    return ui->source_wish < 0 ? ui->canvas.width >= GS_BESIDE_WIDTH : ui->source_wish;
}

/* Opening a pane gives it the place, and on a small screen the keys too; closing gives them back.
 */
void gs_panes_source(struct gs_ui *ui)
{
    bool hidden_by_other = ui->canvas.width < GS_BESIDE_WIDTH && ui->extra != GS_PANE_LANES;
    bool open = !gs_panes_show_source(ui) || hidden_by_other;
    ui->source_wish = open;
    ui->source_line = 0;
    if (hidden_by_other)
        ui->extra = GS_PANE_LANES;
    ui->focus = open && ui->canvas.height < 22 ? GS_PANE_SOURCE : GS_PANE_LANES;
}

static void toggle_extra(struct gs_ui *ui, enum gs_pane pane)
{
    bool open = ui->extra != pane;
    ui->extra = open ? pane : GS_PANE_LANES;
    ui->pane_line[pane] = 0;
    ui->focus = open && ui->canvas.height < 22 ? pane : GS_PANE_LANES;
}

void gs_panes_stats(struct gs_ui *ui)
{
    toggle_extra(ui, GS_PANE_STATS);
}

void gs_panes_events(struct gs_ui *ui)
{
    toggle_extra(ui, GS_PANE_EVENTS);
}

static bool pane_open(const struct gs_ui *ui, int pane)
{
    bool hides_source = ui->canvas.width < GS_BESIDE_WIDTH && ui->extra != GS_PANE_LANES;
    return pane == GS_PANE_LANES || pane == (int)ui->extra ||
           (pane == GS_PANE_SOURCE && gs_panes_show_source(ui) && !hides_source);
}

void gs_panes_keep_focus(struct gs_ui *ui)
{
    if (!pane_open(ui, (int)ui->focus))
        ui->focus = GS_PANE_LANES;
}

void gs_panes_next(struct gs_ui *ui)
{
    int pane = (int)ui->focus;
    do
        pane = (pane + 1) % GS_PANES;
    while (!pane_open(ui, pane));
    if (pane == (int)ui->focus)
        gs_ui_notice(ui, "No pane is open: s, t or e opens one.");
    ui->focus = (enum gs_pane)pane;
}
