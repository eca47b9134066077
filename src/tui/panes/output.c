/* The output pane: what the program printed, on either stream, and the errors that it ended with, a
 * line each, as far as it is played. The last line is the one at the cursor, until somebody
 * scrolls. */
#include "tui/panes/pane.h"

#include "base/sorted.h"
#include "draw/shorten.h"
#include "timeline/names.h"
#include "tui/parts/wrap.h"

#include <stdio.h>

/* So many lines of it have been played. */
static size_t played(const struct gs_look *look)
{
    return gs_sorted_until(&look->run.told.output, time, look->run.playback.now);
}

static int lines(void *state, const struct gs_look *look, int width)
{
    enum { MOST = 1000 }; /* higher than any screen */
    size_t count = played(look);
    (void)state;
    (void)width;
    return count < 1 ? 1 : count < MOST ? (int)count : MOST;
}

/* The time, who printed it where that is another one than in the line above, and the text. */
static void draw_line(const struct gs_look *look, struct gs_canvas *canvas, struct gs_box box,
                      const struct gs_event *e, bool other)
{
    enum { WHO = 14 };
    char text[1024], name[GS_NAME_SIZE];
    bool error = e->kind == GS_EVENT_ERROR;
    int end = box.x + box.width;
    int x = gs_canvas_textf(canvas, box.x, box.y, box.width, GS_ROLE_DIM, 0, "%.6f",
                            (double)e->time / 1e9) +
            2;
    if (other)
        gs_canvas_name(canvas, x, box.y, end - x < WHO ? end - x : WHO, GS_ROLE_DIM, 0,
                       gs_name_actor(name, sizeof name, look->run.timeline, e->actor));
    x += WHO + 1;
    if (!error && e->flags & GS_OUTPUT_ON_STDERR)
        x = gs_canvas_text(canvas, x, box.y, end - x, GS_ROLE_DIM, 0, "stderr: ");
    gs_name_string(text, sizeof text, gs_timeline_tables(look->run.timeline), e->a);
    gs_canvas_text(canvas, x, box.y, end - x, error ? GS_ROLE_ERROR : GS_ROLE_TEXT, 0,
                   e->a ? text : GS_NAME_NO_ROOM);
}

static void draw(void *state, const struct gs_look *look, struct gs_canvas *canvas,
                 struct gs_box box, int *scroll)
{
    const struct gs_told *told = &look->run.told;
    long count = (long)played(look), height = box.height;
    long at = (long)gs_sorted_until(&told->output, time, look->cursor);
    long end = at + *scroll, least = count < height ? count : height;
    (void)state;
    box.x++;
    box.width--;
    if (count == 0) {
        gs_wrap_draw(canvas, box, GS_ROLE_TEXT, 0,
                     gs_run_at_end(&look->run) ? "The program printed nothing."
                                               : "The program has printed nothing yet.");
        return;
    }
    end = end > count ? count : end < least ? least : end;
    *scroll = (int)(end - at);
    for (long i = end > height ? end - height : 0, first = i; i < end; i++, box.y++) {
        const struct gs_event *e = &told->output.items[i];
        draw_line(look, canvas, box, e, i == first || e->actor != e[-1].actor);
    }
}

static void title(const void *state, char *buffer, size_t size)
{
    (void)state;
    snprintf(buffer, size, "output of the program");
}

const struct gs_pane_ops gs_output_pane = {.lines = lines, .title = title, .draw = draw};
