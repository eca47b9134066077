/* The cursor: which row, which instant; and the rows that it moves over. */
#ifndef GS_TUI_LOOK_CURSOR_H
#define GS_TUI_LOOK_CURSOR_H

#include "tui/look/look.h"

/* After a birth, a fold, another filter, a size; where the filter names a state, another time. */
bool gs_cursor_rows_are_old(const struct gs_look *look);
void gs_cursor_build_rows(struct gs_look *look);
long gs_cursor_row(const struct gs_look *look); /* index of the selected row; -1: there are none */
const struct gs_row *gs_cursor_selected(const struct gs_look *look); /* NULL: there are no rows */
void gs_cursor_select(struct gs_look *look, long index);
/* Moves the cursor; the playhead goes along where it would fall behind. */
void gs_cursor_set(struct gs_look *look, uint64_t time);
/* To the playhead, and along with it. */
void gs_cursor_follow(struct gs_look *look);
/* Both end a search that is under way (see steps.h), as this does without a move. */
void gs_cursor_search_no_more(struct gs_look *look);
/* Goes to a lane at a time, unfolding what hides it. */
void gs_cursor_go(struct gs_look *look, struct gs_row_name row, uint64_t time);
/* The interpreter whose GIL the selected row is about; 0: none, or it is a lock. */
uint32_t gs_cursor_interpreter(const struct gs_look *look);

/* The loop that the selected row is, or whose task; 0: none. */
uint32_t gs_cursor_loop(const struct gs_look *look);

#endif
