#include "tui/views/compare/draw.h"

#include "base/text.h"
#include "tui/parts/wrap.h"
#include "tui/views/banner.h"
#include "tui/views/compare/lanes.h"
#include "tui/views/compare/strips.h"

#include <stdio.h>
#include <string.h>

struct layout {
    struct gs_box header, axis, strips, legend, differences, sentence, note, footer;
};

/* Takes lines from the bottom of rest. */
static struct gs_box cut_bottom(struct gs_box *rest, int lines)
{
    lines = lines < rest->height ? lines : rest->height;
    rest->height -= lines;
    return (struct gs_box){rest->x, rest->y + rest->height, rest->width, lines};
}

/* So many rows are left for the lanes at least where the table stands below them. */
enum { LEAST_STRIPS = 2 * GS_STRIP_LEAST };

static void lay_out(struct layout *layout, const struct gs_canvas *c, int table,
                    enum gs_differences_place place)
{
    int height = c->height;
    struct gs_box rest = {0, 1, c->width, height - 1};
    *layout = (struct layout){.header = {0, 0, c->width, 1}};
    layout->footer = cut_bottom(&rest, 1);
    layout->note = cut_bottom(&rest, height >= 14);
    layout->sentence = cut_bottom(&rest, height < 14 ? 1 : height >= 32 ? 3 : 2);
    int most = rest.height / 3 > 4 ? rest.height / 3 : 4;
    table = table < most ? table : most;
    bool room = rest.height - table - 1 >= LEAST_STRIPS;
    if (place == GS_DIFFERENCES_ALONE && !room) {
        layout->differences = rest;
        return;
    }
    if (place != GS_DIFFERENCES_CLOSED && room)
        layout->differences = cut_bottom(&rest, table);
    if (height >= 20)
        layout->legend = cut_bottom(&rest, 1);
    layout->axis = (struct gs_box){rest.x, rest.y, rest.width, 1};
    layout->strips = (struct gs_box){rest.x, rest.y + 1, rest.width, rest.height - 1};
}

/* "▶ 0.02×", "▶ B runs", "▶ 2 run", "■ ended". */
static void playing_words(const struct gs_comparison *c, bool ascii, char *buffer, size_t size)
{
    size_t first = c->runs.count, going = 0;
    for (size_t i = c->runs.count; i-- > 0;)
        if (gs_comparison_goes_on(c, i)) {
            first = i;
            going++;
        }
    if (c->races && c->playback.paused)
        snprintf(buffer, size, "%s paused", ascii ? "||" : "‖");
    else if (c->races)
        snprintf(buffer, size, "%s %g%s", ascii ? ">" : "▶", c->playback.speed, ascii ? "x" : "×");
    else if (going == 0)
        snprintf(buffer, size, "%s ended", ascii ? "[]" : "■");
    else if (going == 1)
        snprintf(buffer, size, "%s %c runs", ascii ? ">" : "▶", (char)('A' + first));
    else
        snprintf(buffer, size, "%s %zu run", ascii ? ">" : "▶", going);
}

/* What does not fit must not look as if it were not there. */
static void shown_words(const struct gs_compare_state *s, size_t count, char *buffer, size_t size)
{
    *buffer = '\0';
    if (s->end > s->first && s->end - s->first < count)
        snprintf(buffer, size, ", %c to %c shown", (char)('A' + s->first),
                 (char)('A' + s->end - 1));
}

static void draw_header(struct gs_canvas *canvas, const struct gs_comparison *c,
                        const struct gs_compare_state *s)
{
    char shown[32], playing[32], right[96];
    playing_words(c, canvas->ascii, playing, sizeof playing);
    shown_words(s, c->runs.count, shown, sizeof shown);
    snprintf(right, sizeof right, "%s %.6f s   %s", canvas->ascii ? "^" : "▲",
             (double)c->cursor / 1e9, playing);
    int x = canvas->width - gs_text_width(right), end = 0;
    gs_canvas_text(canvas, x, 0, canvas->width - x, GS_ROLE_TITLE, 0, right);
    if (canvas->width >= 60)
        end = gs_canvas_text(canvas, 0, 0, x - 1, GS_ROLE_TITLE, 0, "gilscope") + 2;
    gs_canvas_textf(canvas, end, 0, x - 1 - end, GS_ROLE_TITLE, 0, "%zu runs compared%s",
                    c->runs.count, shown);
}

/* What the selected run says of itself, where the screen has nothing to answer. */
static unsigned note_words(const struct gs_look *look, bool ascii, char *buffer, size_t size)
{
    if (look->run.told.troubles.count)
        return gs_banner_words(look, ascii, buffer, size);
    return gs_note_words(look, ascii, gs_told_word(&look->run.told, look->cursor), buffer, size);
}

/* The sentence and, in the last line, a note; what is too long has the line of what is not there.
 */
static void draw_words(struct gs_ui *ui, const struct layout *layout)
{
    struct gs_comparison *c = &ui->comparison;
    struct gs_box note = layout->note, both = layout->sentence;
    char said[1200], sentence[1200] = "";
    unsigned role = GS_ROLE_KEY;
    snprintf(said, sizeof said, "%s", ui->notice.text);
    if (gs_comparison_shows(c, c->selected)) {
        const struct gs_look *look = gs_comparison_look(c, c->selected);
        gs_sentence_words(look, sentence, sizeof sentence);
        if (!*said)
            role = note_words(look, ui->canvas.ascii, said, sizeof said);
    }
    both.height += note.height;
    bool long_answer = gs_wrap_lines(ui->notice.text, note.width) > note.height;
    if (!long_answer)
        gs_wrap_draw(&ui->canvas, *said ? layout->sentence : both, GS_ROLE_TEXT, 0, sentence);
    gs_wrap_draw(&ui->canvas, long_answer ? both : note, role, 0, said);
}

static void draw_footer(struct gs_ui *ui, struct gs_box box)
{
    struct gs_canvas *canvas = &ui->canvas;
    if (ui->prompt.purpose != GS_PROMPT_NONE) {
        gs_prompt_draw(canvas, &ui->prompt, box.x, box.y, box.width);
        return;
    }
    const char *filter = ui->comparison.runs.items[0].look->filter;
    int x = gs_prompt_filter(canvas, filter, box.x, box.y, box.width / 2);
    const struct gs_footer_word pause = {GS_ACTION_RACE, "pause"};
    bool plays = ui->comparison.races && !ui->comparison.playback.paused;
    gs_keys_footer(canvas, x, box.y, box.x + box.width - x, GS_VIEW_COMPARE, plays ? &pause : NULL,
                   &ui->footer);
}

void gs_compare_draw(struct gs_ui *ui, void *state)
{
    struct gs_compare_state *s = state;
    struct gs_comparison *c = &ui->comparison;
    struct layout layout;
    lay_out(&layout, &ui->canvas, gs_differences_lines(c), s->place);
    s->end = s->first;
    if (layout.strips.height > 0)
        gs_compare_lanes(ui, s,
                         &(struct gs_compare_boxes){layout.axis, layout.strips, layout.legend});
    draw_header(&ui->canvas, c, s);
    s->differences_shown = layout.differences.height > 0;
    s->lanes_shown = layout.strips.height > 0;
    gs_differences_draw(&s->differences, c, &ui->canvas, layout.differences);
    draw_words(ui, &layout);
    draw_footer(ui, layout.footer);
}
