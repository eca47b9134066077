#include "draw/boxes/boxes.h"

#include "draw/boxes/plan.h"
#include "draw/shorten.h"

#include "timeline/ends.h"
#include "timeline/explain/clause.h"
#include "timeline/explain/facts.h"
#include "timeline/names.h"
#include "timeline/turns.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

struct picture {
    struct gs_canvas *canvas;
    const struct gs_boxes_view *view;
    struct gs_boxes_plan plan;
};

struct place {
    int x, y, width, height;
};

static unsigned style_of(const struct picture *p, long row)
{
    return row >= 0 && row == p->view->selected ? GS_STYLE_REVERSE : 0;
}

/* --- edges */

static void draw_frame(const struct picture *p, struct place at, unsigned role)
{
    struct gs_canvas *c = p->canvas;
    int right = at.x + at.width - 1, bottom = at.y + at.height - 1;
    gs_canvas_fill(c, at.x, at.y, at.width, c->ascii ? "-" : "─", role, 0);
    gs_canvas_fill(c, at.x, bottom, at.width, c->ascii ? "-" : "─", role, 0);
    for (int y = at.y + 1; y < bottom; y++) {
        gs_canvas_put(c, at.x, y, c->ascii ? "|" : "│", role, 0);
        gs_canvas_put(c, right, y, c->ascii ? "|" : "│", role, 0);
    }
    gs_canvas_put(c, at.x, at.y, c->ascii ? "+" : "┌", role, 0);
    gs_canvas_put(c, right, at.y, c->ascii ? "+" : "┐", role, 0);
    gs_canvas_put(c, at.x, bottom, c->ascii ? "+" : "└", role, 0);
    gs_canvas_put(c, right, bottom, c->ascii ? "+" : "┘", role, 0);
}

/* In the upper edge, between blanks. */
static void draw_heading(const struct picture *p, struct place at, unsigned role, long row,
                         const char *text)
{
    enum { CORNER = 2, BLANKS = 2 };
    int room = at.width - 2 * CORNER - BLANKS;
    if (room < 1)
        return;
    char padded[512];
    int x = at.x + CORNER;
    snprintf(padded, sizeof padded, " %s", text);
    x = gs_canvas_text(p->canvas, x, at.y, room + 1, role, GS_STYLE_BOLD | style_of(p, row),
                       padded);
    gs_canvas_put(p->canvas, x, at.y, " ", role, style_of(p, row));
}

/* --- an interpreter */

static enum gs_actor_kind kind_of(const struct picture *p, uint32_t actor)
{
    const struct gs_tables *tables = gs_timeline_tables(p->view->timeline);
    return (enum gs_actor_kind)tables->actor(tables, actor)->kind;
}

static size_t wanting(const struct picture *p, const struct gs_box_interpreter *in)
{
    size_t count = 0;
    for (size_t i = in->first; i < in->end; i++) {
        const struct gs_row *row = &p->view->rows->list.items[p->plan.lanes.items[i]];
        const struct gs_span *span = gs_explain_span(p->view->timeline, row->actor, p->view->time);
        count +=
            span && span->state == GS_STATE_WANTS_GIL && kind_of(p, row->actor) == GS_ACTOR_THREAD;
    }
    return count;
}

/* "GIL: Thread-1 (work) for 3.1 ms, 2 want it"; where threads are only counted, without the rest.
 */
static void gil_words(const struct picture *p, const struct gs_box_interpreter *in, char *text,
                      size_t size)
{
    const struct gs_timeline *t = p->view->timeline;
    const struct gs_hold *hold = gs_explain_hold(t, in->actor, p->view->time, NULL);
    size_t others = wanting(p, in);
    struct gs_say say;
    gs_say_init(&say, t, text, size);
    if (gs_explain_profile(t, in->actor) == GS_GIL_OFF) {
        gs_say(&say, "no GIL");
        return;
    }
    gs_say(&say, "GIL: %s",
           hold ? gs_name_inside(gs_say_word(&say), GS_NAME_SIZE, t, hold->owner) : "free");
    if (p->plan.detail >= GS_BOXES_SUMS)
        return;
    if (hold)
        gs_say(&say, " for %s", gs_say_time(&say, p->view->time - hold->start));
    if (others)
        gs_say(&say, ", %zu want%s it", others, others == 1 ? "s" : "");
}

/* Its name stands there only where a process has several. */
static void interpreter_words(const struct picture *p, const struct gs_box_interpreter *in,
                              char *text, size_t size)
{
    const struct gs_row *row = in->heading < 0 ? NULL : &p->view->rows->list.items[in->heading];
    char name[GS_NAME_SIZE], gil[256];
    gil_words(p, in, gil, sizeof gil);
    if (row && row->kind == GS_ROW_GROUP)
        snprintf(text, size, "%s · %s",
                 gs_name_inside(name, sizeof name, p->view->timeline, in->actor), gil);
    else
        snprintf(text, size, "%s", gil);
}

/* --- its threads */

/* Stretches that only change the line, or that one moment of another one's follows at the same
 * instant, are one. */
static uint64_t since(const struct gs_lane *lane, long at)
{
    const struct gs_span *spans = lane->spans.items;
    while (at > 0 && spans[at - 1].state == spans[at].state && spans[at - 1].on == spans[at].on &&
           spans[at - 1].end == spans[at].start)
        at--;
    return spans[at].start;
}

static const char *end_words(enum gs_death how)
{
    return how == GS_DEATH_ERROR       ? "an error has ended it"
           : how == GS_DEATH_CANCELLED ? "has been cancelled"
           : gs_death_is_sudden(how)   ? "ended with its process"
                                       : "has ended";
}

/* "1 in its turn, 3 ready, 80 awaiting". */
static void crowd_words(const struct picture *p, uint32_t loop, char *text, size_t size)
{
    struct gs_crowd crowd = gs_crowd_at(p->view->timeline, loop, p->view->time);
    snprintf(text, size, "%u in %s turn, %u ready, %u awaiting", crowd.on,
             crowd.on > 1 ? "their" : "its", crowd.ready, crowd.awaiting);
}

/* "runs fetch · line 12 · 2.0 ms", "waits in its selector · 2.0 ms". */
static void loop_words(const struct picture *p, uint32_t loop, char *text, size_t size)
{
    const struct gs_timeline *t = p->view->timeline;
    const struct gs_hold *turn = gs_explain_hold(t, loop, p->view->time, NULL);
    const struct gs_label *callback = gs_turn_callback(t, loop, p->view->time);
    const struct gs_span *span = gs_explain_span(t, loop, p->view->time);
    struct gs_say say;
    gs_say_init(&say, t, text, size);
    if (callback)
        gs_say(
            &say, "%s %s · %s",
            gs_callback_blocks(t, loop, callback, UINT64_MAX) ? "blocked by" : "calls",
            gs_name_string(gs_say_word(&say), GS_NAME_SIZE, gs_timeline_tables(t), callback->text),
            gs_say_time(&say, p->view->time - callback->start));
    else if (turn)
        gs_say(&say, "%s %s · %s", gs_turn_blocks(t, turn, UINT64_MAX) ? "blocked by" : "runs",
               gs_name_inside(gs_say_word(&say), GS_NAME_SIZE, t, turn->owner),
               gs_say_time(&say, p->view->time - turn->start));
    else if (span && span->state == GS_STATE_IO)
        gs_say(&say, "waits in its selector · %s", gs_say_time(&say, p->view->time - span->start));
    else
        gs_say(&say, "%s", gs_explain_deed(&say, loop, p->view->time));
}

/* "waits for Lock 1 · line 12 · 4.8 ms". */
static void doing_words(const struct picture *p, uint32_t actor, char *text, size_t size)
{
    const struct gs_timeline *t = p->view->timeline;
    const struct gs_lane *lane = gs_timeline_lane(t, actor);
    const struct gs_span *span = gs_explain_span(t, actor, p->view->time);
    struct gs_say say;
    gs_say_init(&say, t, text, size);
    if (!span) {
        gs_say(&say, "%s",
               gs_explain_has_ended(t, actor, p->view->time)
                   ? end_words(lane->how)
                   : gs_explain_doing(&say, actor, p->view->time));
        return;
    }
    uint64_t begun = since(lane, gs_lane_span_at(lane, p->view->time));
    gs_say(&say, "%s", gs_explain_doing(&say, actor, p->view->time));
    if (span->line)
        gs_say(&say, " · line %u", span->line);
    gs_say(&say, " · %s", gs_say_time(&say, p->view->time - begun));
}

static unsigned state_at(const struct picture *p, uint32_t actor)
{
    const struct gs_span *span = gs_explain_span(p->view->timeline, actor, p->view->time);
    return span ? span->state : GS_STATE_NONE;
}

static unsigned state_of_row(const struct picture *p, size_t row)
{
    return state_at(p, p->view->rows->list.items[row].actor);
}

/* What runs on a thread's loop stands under the thread. */
static int indent_of(const struct picture *p, const struct gs_row *row)
{
    return kind_of(p, row->actor) == GS_ACTOR_THREAD ? 0 : 2;
}

static void draw_lane(const struct picture *p, struct place at, int names, size_t row)
{
    const struct gs_row *r = &p->view->rows->list.items[row];
    struct gs_canvas *c = p->canvas;
    unsigned state = state_at(p, r->actor), style = style_of(p, (long)row);
    char name[GS_NAME_SIZE], text[512];
    int right = at.x + at.width, names_from = indent_of(p, r);
    bool dim = state == GS_STATE_NONE;
    if (style)
        gs_canvas_fill(c, at.x, at.y, at.width, " ", GS_ROLE_TEXT, style);
    if (!dim)
        gs_canvas_put(c, at.x, at.y, gs_state_glyph(state, c->ascii), GS_ROLE_STATE + state, style);
    gs_canvas_name(c, at.x + 2 + names_from, at.y, names - names_from,
                   dim ? GS_ROLE_DIM : GS_ROLE_TEXT,
                   style | (state == GS_STATE_RUNNING ? GS_STYLE_BOLD : 0u),
                   gs_row_title(name, sizeof name, p->view->timeline, r));
    if (r->kind == GS_ROW_TASKS)
        crowd_words(p, r->actor, text, sizeof text);
    else if (r->kind == GS_ROW_LOOP && !dim)
        loop_words(p, r->actor, text, sizeof text);
    else
        doing_words(p, r->actor, text, sizeof text);
    int x = at.x + 2 + names + 2;
    gs_canvas_text(c, x, at.y, right - x, dim ? GS_ROLE_DIM : GS_ROLE_STATE + state, style, text);
}

static int name_width(const struct picture *p, const struct gs_box_interpreter *in, int width)
{
    int widest = 0, most = width * 2 / 5;
    for (size_t i = in->first; i < in->end; i++) {
        char name[GS_NAME_SIZE];
        size_t row = p->plan.lanes.items[i];
        const struct gs_row *r = &p->view->rows->list.items[row];
        gs_row_title(name, sizeof name, p->view->timeline, r);
        int own = indent_of(p, r) + gs_text_width(name);
        int columns = gs_boxes_begun(p->view, row) ? own : 0;
        widest = columns > widest ? columns : widest;
    }
    return widest < most ? widest : most;
}

/* How many lanes are in each state: "█ 1 running  ╌ 5 waiting", the words where there is room for
 * all. */
struct sums {
    size_t of[GS_STATES];
};

static void draw_sums(const struct picture *p, struct place at, const struct sums *sums)
{
    int with_words = 0, x = at.x;
    for (unsigned s = GS_STATE_NONE + 1; s < GS_STATES; s++) {
        if (sums->of[s])
            with_words += snprintf(NULL, 0, "x %zu %s  ", sums->of[s], gs_state_word(s));
    }
    for (unsigned s = GS_STATE_NONE + 1; s < GS_STATES; s++) {
        if (!sums->of[s])
            continue;
        const char *word = with_words - 2 <= at.width ? gs_state_word(s) : "";
        gs_canvas_put(p->canvas, x, at.y, gs_state_glyph(s, p->canvas->ascii), GS_ROLE_STATE + s,
                      0);
        x = gs_canvas_textf(p->canvas, x + 2, at.y, at.x + at.width - x - 2, GS_ROLE_TEXT, 0,
                            "%zu%s%s", sums->of[s], *word ? " " : "", word) +
            2;
    }
}

/* What a loop does, and a task in its turn, their thread does. */
static void add_to(struct sums *sums, const struct picture *p, size_t row)
{
    const struct gs_row *r = &p->view->rows->list.items[row];
    struct gs_crowd crowd = gs_crowd_at(p->view->timeline, r->actor, p->view->time);
    unsigned state = state_of_row(p, row);
    bool task = kind_of(p, r->actor) == GS_ACTOR_TASK;
    if (r->kind == GS_ROW_TASKS) {
        sums->of[GS_STATE_READY] += crowd.ready;
        sums->of[GS_STATE_AWAITING] += crowd.awaiting;
    } else if (r->kind == GS_ROW_LANE) {
        sums->of[state] += !task || !gs_state_has_turn(state);
    }
}

static struct sums sum_up(const struct picture *p, const struct gs_box_interpreter *in)
{
    struct sums sums = {0};
    for (size_t i = in->first; i < in->end; i++)
        add_to(&sums, p, p->plan.lanes.items[i]);
    return sums;
}

/* The number of living ones that are passed over at the beginning: the selected one is among those
 * that are told. */
static size_t passed_over(const struct picture *p, const struct gs_box_interpreter *in)
{
    size_t before = 0;
    bool inside = false;
    for (size_t i = in->first; i < in->end && !inside; i++) {
        before += gs_boxes_alive(p->view, p->plan.lanes.items[i]);
        inside = (long)p->plan.lanes.items[i] == p->view->selected;
    }
    return inside && before > p->plan.most ? before - p->plan.most : 0;
}

static void draw_folded(const struct picture *p, int x, int y, int width, uint32_t count,
                        bool helpers)
{
    gs_canvas_textf(p->canvas, x, y, width, GS_ROLE_DIM, 0, "%u %s%s, folded", count,
                    helpers ? "helper" : "lane", helpers && count == 1 ? "" : "s");
}

static void draw_lanes(const struct picture *p, struct place at,
                       const struct gs_box_interpreter *in)
{
    int names = name_width(p, in, at.width);
    bool all = p->plan.detail == GS_BOXES_ALL;
    size_t first = all ? 0 : passed_over(p, in), living = 0, others = 0;
    struct sums sums = {0};
    for (size_t i = in->first; i < in->end; i++) {
        size_t row = p->plan.lanes.items[i];
        bool alive = gs_boxes_alive(p->view, row);
        bool told = alive ? all || (living >= first && living - first < p->plan.most)
                          : all && gs_boxes_begun(p->view, row);
        living += alive;
        if (told)
            draw_lane(p, (struct place){at.x, at.y++, at.width, 1}, names, row);
        if (!told && alive)
            add_to(&sums, p, row);
        others += !told && alive;
    }
    if (others) {
        int x = gs_canvas_textf(p->canvas, at.x + 2, at.y, at.width - 2, GS_ROLE_DIM, 0,
                                "%zu more: ", others);
        draw_sums(p, (struct place){x, at.y++, at.x + at.width - x, 1}, &sums);
    }
    if (in->ended && !all)
        gs_canvas_textf(p->canvas, at.x + 2, at.y++, at.width - 2, GS_ROLE_DIM, 0, "%zu ha%s ended",
                        in->ended, in->ended == 1 ? "s" : "ve");
    if (in->folded)
        draw_folded(p, at.x + 2, at.y, at.width - 2, in->folded, in->helpers);
}

static bool somebody(const struct sums *sums)
{
    unsigned state = GS_STATE_NONE + 1;
    while (state < GS_STATES && !sums->of[state])
        state++;
    return state < GS_STATES;
}

/* One line for all of them. */
static void draw_summed(const struct picture *p, struct place at,
                        const struct gs_box_interpreter *in)
{
    struct sums sums = sum_up(p, in);
    if (somebody(&sums))
        draw_sums(p, at, &sums);
    else
        gs_canvas_text(p->canvas, at.x, at.y, at.width, GS_ROLE_DIM, 0,
                       in->folded ? "folded" : "nobody");
}

static void draw_interpreter(const struct picture *p, struct place at,
                             const struct gs_box_interpreter *in)
{
    char text[400];
    bool held = gs_explain_hold(p->view->timeline, in->actor, p->view->time, NULL) != NULL;
    unsigned role = held ? GS_ROLE_STATE + GS_STATE_RUNNING : GS_ROLE_DIM;
    interpreter_words(p, in, text, sizeof text);
    if (p->plan.detail == GS_BOXES_SLIM) {
        gs_canvas_text(p->canvas, at.x, at.y, at.width, role, style_of(p, in->heading), text);
        draw_summed(p, (struct place){at.x, at.y + 1, at.width, 1}, in);
        return;
    }
    draw_frame(p, at, GS_ROLE_DIM);
    draw_heading(p, at, role, in->heading, text);
    struct place inside = {at.x + 2, at.y + 1, at.width - 4, at.height - 2};
    if (p->plan.detail == GS_BOXES_SUMS)
        draw_summed(p, inside, in);
    else
        draw_lanes(p, inside, in);
}

/* --- processes */

/* "worker · 9.1 MB", while it lives. */
static void add_memory(const struct picture *p, const struct gs_box_process *process, char *text,
                       size_t size)
{
    const struct gs_timeline *t = p->view->timeline;
    uint64_t bytes;
    char amount[32];
    size_t used = strlen(text);
    if (!gs_explain_has_ended(t, process->actor, p->view->time) &&
        gs_timeline_counter(t, gs_timeline_memory(t, process->actor), p->view->time, &bytes))
        snprintf(text + used, size - used, " · %s", gs_text_bytes(amount, sizeof amount, bytes));
}

static void draw_process(const struct picture *p, struct place at,
                         const struct gs_box_process *process)
{
    const struct gs_timeline *t = p->view->timeline;
    char name[GS_NAME_SIZE], how[GS_END_SIZE], text[GS_NAME_SIZE + GS_END_SIZE + 8];
    bool ended = gs_explain_has_ended(t, process->actor, p->view->time);
    gs_end_of_process(how, sizeof how, t, process->actor);
    unsigned role = ended ? GS_ROLE_DIM : GS_ROLE_TITLE;
    draw_frame(p, at, role);
    snprintf(text, sizeof text, "%s%s%s",
             process->actor ? gs_name_inside(name, sizeof name, t, process->actor) : "interpreters",
             ended ? " · " : "",
             !ended ? ""
             : *how ? how
                    : "has ended");
    add_memory(p, process, text, sizeof text);
    draw_heading(p, at, role, process->heading, text);
    struct place inside = {at.x + 2, at.y + 1, at.width - 4, 0};
    for (size_t i = process->first; i < process->end; i++) {
        const struct gs_box_interpreter *in = &p->plan.interpreters.items[i];
        inside.height = gs_boxes_lines(&p->plan, in);
        draw_interpreter(p, inside, in);
        inside.y += inside.height;
    }
    if (process->folded)
        draw_folded(p, inside.x, inside.y, inside.width, process->folded, process->helpers);
}

static void draw_tier(const struct picture *p, size_t first, int y, int height)
{
    int columns = (int)p->plan.columns, gaps = columns - 1;
    int width = (p->view->width - gaps) / columns;
    for (size_t i = first; i < p->plan.end && i < first + p->plan.columns; i++) {
        int column = (int)(i - first);
        struct place at = {p->view->x + column * (width + 1), y, width, height};
        draw_process(p, at, &p->plan.processes.items[i]);
    }
}

static void draw_others(const struct picture *p)
{
    size_t above = p->plan.first, below = p->plan.processes.count - p->plan.end;
    if (above + below)
        gs_canvas_textf(p->canvas, p->view->x, p->view->y + p->view->height - 1, p->view->width,
                        GS_ROLE_DIM, 0, "%zu more above, %zu below", above, below);
}

int gs_boxes_draw(struct gs_canvas *canvas, const struct gs_boxes_view *view)
{
    struct picture p = {.canvas = canvas, .view = view};
    gs_boxes_plan(&p.plan, view);
    int y = view->y, height = p.plan.height;
    for (size_t i = p.plan.first; i < p.plan.end; i += p.plan.columns) {
        int lines = gs_boxes_tier(&p.plan, i);
        draw_tier(&p, i, y, lines);
        y += lines;
    }
    draw_others(&p);
    gs_boxes_plan_free(&p.plan);
    return height;
}

int gs_boxes_height(const struct gs_boxes_view *view)
{
    struct gs_boxes_plan plan;
    gs_boxes_plan(&plan, view);
    gs_boxes_plan_free(&plan);
    return plan.height;
}
