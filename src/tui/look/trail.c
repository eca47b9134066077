#include "tui/look/trail.h"

#include "tui/look/cursor.h"

void gs_trail_go(struct gs_look *look, struct gs_row_name row, uint64_t time)
{
    gs_vec_push(&look->trail, ((struct gs_step_taken){look->selected, look->cursor}));
    gs_cursor_go(look, row, time);
}

bool gs_trail_back(struct gs_look *look)
{
    if (look->trail.count == 0)
        return false;
    struct gs_step_taken from = look->trail.items[--look->trail.count];
    gs_cursor_go(look, from.row, from.cursor);
    return true;
}
