/* What is said below the lanes: the sentence, the note, a question and its answers. */
#include "tui/views/lanes/parts.h"

#include "base/text.h"
#include "tui/look/play.h"
#include "tui/parts/wrap.h"
#include "tui/views/banner.h"
#include "tui/views/below.h"
#include "tui/views/named.h"

#include <stdio.h>
#include <string.h>

/* To be read; what a frame says that the next one does not is nothing but unrest. */
#define STANDS_FOR 1000000000u

/* While the picture plays, the sentence is about the instant at which it began to stand. */
static void stand(const struct gs_ui *ui, struct gs_standing *s)
{
    const struct gs_look *look = &ui->look;
    char time[32];
    bool same = s->row.kind == look->selected.kind && s->row.actor == look->selected.actor;
    /* Of one that the window has left nobody can see what is said. */
    bool seen = s->time >= look->window.from;
    if (*s->text && same && seen && ui->shown_for < s->until)
        return;
    int used = snprintf(s->text, sizeof s->text,
                        "At %s: ", gs_text_duration(time, sizeof time, look->cursor));
    gs_sentence_words(look, s->text + used, sizeof s->text - (size_t)used);
    s->row = look->selected;
    s->time = look->cursor;
    s->until = ui->shown_for + STANDS_FOR;
}

static const char *sentence_words(const struct gs_ui *ui, struct gs_standing *standing,
                                  char *buffer, size_t size)
{
    if (ui->look.follows && gs_play_goes_on(&ui->look.run)) {
        stand(ui, standing);
        return standing->text;
    }
    standing->text[0] = '\0';
    gs_sentence_words(&ui->look, buffer, size);
    return buffer;
}

/* What the program asks or says itself is to be read before what it prints. */
#define ASKED_FOR 3000000000u

/* Who looks on sees a note or mark for a while, or until the next one; who goes to an instant, what
 * was said last there. */
static const struct gs_event *word_to_show(const struct gs_ui *ui, struct gs_asked *asked)
{
    const struct gs_look *look = &ui->look;
    const struct gs_event *last = gs_told_asked(&look->run.told, look->cursor);
    if (last && (last->time != asked->time || last->a != asked->text))
        *asked = (struct gs_asked){last->time, last->a, ui->shown_for + ASKED_FOR};
    if (last && look->follows && ui->shown_for < asked->until)
        return last;
    return gs_told_word(&look->run.told, look->cursor);
}

/* A note that is longer than its line has the sentence's, all but one if that says anything: what
 * to do often stands at its end. What is printed only passes by. */
static void share_lines(struct gs_box *sentence, bool says, struct gs_box *note, int wanted)
{
    int more = wanted - note->height, most = sentence->height - says;
    more = more < most ? more : most;
    if (more <= 0)
        return;
    sentence->height -= more;
    note->y -= more;
    note->height += more;
}

static void draw_note(struct gs_ui *ui, const struct gs_layout *layout, const struct gs_event *word,
                      bool says, struct gs_box *sentence)
{
    char text[1024];
    struct gs_box note = layout->note;
    unsigned role = gs_note_words(&ui->look, ui->canvas.ascii, word, text, sizeof text);
    if (word && word->kind != GS_EVENT_OUTPUT)
        share_lines(sentence, says, &note, gs_wrap_lines(text, note.width));
    gs_wrap_draw(&ui->canvas, note, role, 0, text);
}

/* An answer that is longer than its line has the sentence's, too. */
void gs_lanes_words_draw(struct gs_ui *ui, struct gs_lanes_state *l, const struct gs_layout *layout)
{
    char text[1024] = "";
    const char *sentence = text;
    struct gs_box note = layout->note, both = layout->sentence, left = layout->sentence;
    both.height += note.height;
    if (gs_wrap_lines(ui->notice.text, note.width) > note.height) {
        gs_wrap_draw(&ui->canvas, both, GS_ROLE_KEY, 0, ui->notice.text);
        return;
    }
    if (!l->quiet)
        sentence = sentence_words(ui, &l->sentence, text, sizeof text);
    if (*ui->notice.text)
        gs_wrap_draw(&ui->canvas, note, GS_ROLE_KEY, 0, ui->notice.text);
    else
        draw_note(ui, layout, word_to_show(ui, &l->asked), *sentence != '\0', &left);
    gs_wrap_draw(&ui->canvas, left, GS_ROLE_TEXT, 0, sentence);
    gs_named_colour(&ui->canvas, left, &ui->look, l->first_row, (size_t)l->visible_rows);
}

/* The canvas row of a question's first answer, -1 if they have no row each. */
int gs_lanes_answers_row(const struct gs_look *look, const char *words, struct gs_box box)
{
    const char *answers = strchr(words, '\n');
    char question[512];
    if (!look->run.asks || !answers)
        return -1;
    snprintf(question, sizeof question, "%.*s", (int)(answers - words), words);
    return box.y + gs_wrap_lines(question, box.width);
}

/* Neither presented lanes nor a question have a line of their own for the answer to a key: it takes
 * the caption's, and stands below the question. */
unsigned gs_lanes_words_below(const struct gs_ui *ui, char *buffer, size_t size)
{
    bool presents = gs_ui_presents(ui), asks = ui->look.run.asks;
    bool says = (presents || asks) && *ui->notice.text;
    if (says && !asks) {
        gs_text_copy(buffer, size, ui->notice.text);
        return GS_ROLE_KEY;
    }
    unsigned role = gs_below_words(&ui->look, &ui->canvas, presents, buffer, size);
    size_t used = strlen(buffer);
    if (says)
        snprintf(buffer + used, size - used, "\n%s", ui->notice.text);
    return role;
}
