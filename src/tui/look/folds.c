#include "tui/look/folds.h"

#include "tui/look/cursor.h"

#include <stdlib.h>

static long folded_index(const struct gs_look *look, uint32_t actor)
{
    for (size_t i = 0; i < look->folded.count; i++)
        if (look->folded.items[i] == actor)
            return (long)i;
    return -1;
}

static void set_folded(struct gs_look *look, uint32_t actor, bool folded)
{
    long at = folded_index(look, actor);
    if (folded == (at >= 0))
        return;
    if (folded)
        gs_vec_push(&look->folded, actor);
    else
        look->folded.items[at] = look->folded.items[--look->folded.count];
    gs_cursor_build_rows(look);
}

/* The group that a row stands in: the next one above with less depth. */
static const struct gs_row *group_of(const struct gs_look *look)
{
    long at = gs_cursor_row(look);
    const struct gs_row *rows = look->rows.list.items;
    if (at < 0 || rows[at].kind == GS_ROW_GROUP)
        return at < 0 ? NULL : &rows[at];
    for (long i = at; i >= 0; i--)
        if (rows[i].kind == GS_ROW_GROUP && rows[i].depth < rows[at].depth)
            return &rows[i];
    return NULL;
}

void gs_fold_toggle(struct gs_look *look)
{
    const struct gs_row *group = group_of(look);
    if (!group) {
        gs_notice_say(look->notice, "This lane stands in no group.");
        return;
    }
    uint32_t actor = group->actor;
    look->selected_by_user = true;
    look->selected = (struct gs_row_name){GS_ROW_GROUP, actor};
    set_folded(look, actor, folded_index(look, actor) < 0);
}

bool gs_fold_by_arrow(struct gs_look *look, bool folded)
{
    const struct gs_row *row = gs_cursor_selected(look);
    if (!row || row->kind != GS_ROW_GROUP || row->folded == folded)
        return false;
    look->selected_by_user = true;
    set_folded(look, row->actor, folded);
    return true;
}
