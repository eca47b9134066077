/* Groups that are folded: their rows are left out until somebody unfolds them. */
#include "tui/ui.h"

#include <stdlib.h>

static long folded_index(const struct gs_ui *ui, uint32_t actor)
{
    for (size_t i = 0; i < ui->lanes.folded.count; i++)
        if (ui->lanes.folded.items[i] == actor)
            return (long)i;
    return -1;
}

static void set_folded(struct gs_ui *ui, uint32_t actor, bool folded)
{
    long at = folded_index(ui, actor);
    if (folded == (at >= 0))
        return;
    if (folded)
        gs_vec_push(&ui->lanes.folded, actor);
    else
        ui->lanes.folded.items[at] = ui->lanes.folded.items[--ui->lanes.folded.count];
    gs_cursor_build_rows(ui);
}

/* The group that a row stands in: the next one above with less depth. */
static const struct gs_row *group_of(const struct gs_ui *ui)
{
    long at = gs_cursor_row(ui);
    const struct gs_row *rows = ui->lanes.rows.list.items;
    if (at < 0 || rows[at].kind == GS_ROW_GROUP)
        return at < 0 ? NULL : &rows[at];
    for (long i = at; i >= 0; i--)
        if (rows[i].kind == GS_ROW_GROUP && rows[i].depth < rows[at].depth)
            return &rows[i];
    return NULL;
}

void gs_fold_toggle(struct gs_ui *ui)
{
    const struct gs_row *group = group_of(ui);
    if (!group) {
        gs_ui_notice(ui, "This lane stands in no group.");
        return;
    }
    uint32_t actor = group->actor;
    ui->lanes.selected_by_user = true;
    ui->lanes.selected = (struct gs_row_name){GS_ROW_GROUP, actor};
    set_folded(ui, actor, folded_index(ui, actor) < 0);
}

bool gs_fold_by_arrow(struct gs_ui *ui, bool folded)
{
    const struct gs_row *row = gs_cursor_selected(ui);
    if (!row || row->kind != GS_ROW_GROUP || row->folded == folded)
        return false;
    ui->lanes.selected_by_user = true;
    set_folded(ui, row->actor, folded);
    return true;
}
