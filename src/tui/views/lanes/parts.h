/* What the picture of a run is made of, a file each. Private to this folder. */
#ifndef GS_TUI_VIEWS_LANES_PARTS_H
#define GS_TUI_VIEWS_LANES_PARTS_H

#include "tui/views/lanes/state.h"

/* follow.c: moves cursor and window with the playhead; and whether the whole run is to have a line
 * of its own, in a picture with lines to spare (roomy) or without. */
void gs_lanes_follow(struct gs_look *look, struct gs_lanes_state *lanes);
bool gs_lanes_whole_is_due(const struct gs_look *look, const struct gs_lanes_state *lanes,
                           bool roomy);

/* picture.c: what the lanes are to show in a box; how many lines the picture would fill, with all
 * that stands above and below the lanes, if a lane took so many; draws it; and its legend where it
 * found no row before, in a box that has a blank one. */
struct gs_lanes_view gs_lanes_view_of(const struct gs_look *look,
                                      const struct gs_lanes_state *lanes, struct gs_box box);
int gs_lanes_lines_wanted(const struct gs_look *look, const struct gs_lanes_state *lanes,
                          const struct gs_canvas *canvas, int tall);
void gs_lanes_picture_draw(struct gs_ui *ui, struct gs_lanes_state *lanes, struct gs_box box);
void gs_lanes_late_legend(struct gs_ui *ui, const struct gs_lanes_state *lanes, struct gs_box box);

/* words.c: sentence and note; the words right below the lanes, into buffer, returning their role;
 * the canvas row of a question's first answer, -1 if they have no row each. */
void gs_lanes_words_draw(struct gs_ui *ui, struct gs_lanes_state *lanes,
                         const struct gs_layout *layout);
unsigned gs_lanes_words_below(const struct gs_ui *ui, char *buffer, size_t size);
int gs_lanes_answers_row(const struct gs_look *look, const char *words, struct gs_box box);

/* place.c: completes the wish, by what rows and panes there are; builds the rows anew where that
 * changes which have room. */
void gs_lanes_arrange(struct gs_look *look, struct gs_lanes_state *lanes,
                      const struct gs_canvas *canvas, struct gs_layout_wish *wish);

#endif
