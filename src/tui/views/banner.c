#include "tui/views/banner.h"

#include "base/ending.h"
#include "base/sorted.h"
#include "base/text.h"
#include "draw/said.h"
#include "timeline/ends.h"
#include "timeline/explain/explain.h"
#include "timeline/explain/say.h"
#include "tui/look/asking.h"
#include "tui/look/cursor.h"

#include <stdio.h>
#include <string.h>

static const char *text_of(const struct gs_look *look, uint64_t string, char *buffer, size_t size)
{
    const struct gs_tables *tables = gs_timeline_tables(look->run.timeline);
    const char *text = string ? tables->string(tables, (uint32_t)string) : GS_NAME_NO_ROOM;
    return gs_text_visible(buffer, size, text, strlen(text));
}

/* What is right comes first: a question is long, and the line that it stands in may not be. */
static unsigned say_question(const struct gs_look *look, bool ascii, const struct gs_event *e,
                             char *buffer, size_t size)
{
    struct gs_question q;
    gs_question_read(&q, gs_timeline_tables(look->run.timeline), e);
    int given = gs_asking_given(look, e);
    bool known = q.right < q.count, holds = known && given == (int)q.right;
    const char *right = known ? q.answers[q.right] : "";
    if (holds)
        snprintf(buffer, size, "? %s %s: %s", ascii ? "+" : "✓", right, q.text);
    else if (known && given >= 0)
        snprintf(buffer, size, "? %s not %s, but %s: %s", ascii ? "!" : "✗", q.answers[given],
                 right, q.text);
    else
        snprintf(buffer, size, "? %s%s%s%s", known ? "The answer is " : "", right,
                 known ? ": " : "", q.text);
    return holds ? GS_ROLE_GOOD : GS_ROLE_MARK;
}

static unsigned say(const struct gs_look *look, bool ascii, const struct gs_event *e, char *buffer,
                    size_t size)
{
    if (e->kind == GS_EVENT_ASK)
        return say_question(look, ascii, e, buffer, size);
    return gs_said(look->run.timeline, e, ascii, buffer, size);
}

unsigned gs_note_words(const struct gs_look *look, bool ascii, const struct gs_event *event,
                       char *buffer, size_t size)
{
    *buffer = '\0';
    return event ? say(look, ascii, event, buffer, size) : GS_ROLE_TEXT;
}

bool gs_sentence_is_due(const struct gs_look *look)
{
    return look->selected_by_user || !gs_run_at_end(&look->run) ||
           look->cursor < gs_run_live(&look->run);
}

/* A lane that nobody chose, and that is over before the run is: its end is no news beside the
 * run's, which the banner tells. */
static bool is_long_over(const struct gs_look *look, const struct gs_row *row)
{
    const struct gs_lane *lane = gs_timeline_lane(look->run.timeline, row->actor);
    return !gs_sentence_is_due(look) && row->kind != GS_ROW_LOCK && lane && lane->died &&
           lane->death < look->cursor;
}

void gs_sentence_words(const struct gs_look *look, char *buffer, size_t size)
{
    const struct gs_row *row = gs_cursor_selected(look);
    const struct gs_timeline *timeline = look->run.timeline;
    *buffer = '\0';
    if (!row || is_long_over(look, row))
        return;
    uint32_t gil = row->kind == GS_ROW_GROUP ? gs_cursor_interpreter(look) : 0;
    if (row->kind == GS_ROW_LOCK)
        gs_explain_lock(buffer, size, timeline, row->actor, look->cursor);
    else if (row->kind == GS_ROW_TASKS)
        gs_explain_tasks_of(buffer, size, timeline, row->actor, look->cursor);
    else
        gs_explain(buffer, size, timeline, gil ? gil : row->actor, look->cursor);
}

static const struct gs_event *first_trouble(const struct gs_told *told, size_t count, unsigned kind)
{
    for (size_t i = 0; i < count; i++)
        if (told->troubles.items[i].kind == kind)
            return &told->troubles.items[i];
    return NULL;
}

/* A deadlock explains the errors around it, and an error weighs more than a claim that fails; of
 * several, the first caused the others. */
static const struct gs_event *worst(const struct gs_look *look)
{
    const struct gs_told *told = &look->run.told;
    size_t count = gs_sorted_until(&told->troubles, time, look->run.playback.now);
    const struct gs_event *trouble = first_trouble(told, count, GS_EVENT_DEADLOCK);
    if (!trouble)
        trouble = first_trouble(told, count, GS_EVENT_ERROR);
    return trouble ? trouble : count ? &told->troubles.items[0] : NULL;
}

/* What the process wrote on stderr: of one that died it may say why. */
static const char *last_words(const struct gs_look *look, char *buffer, size_t size)
{
    const char *raw = look->run.end.message;
    size_t length = strlen(raw);
    while (length > 0 && raw[length - 1] == '\n')
        length--;
    return gs_text_visible(buffer, size, raw, length);
}

/* A recording has an end that the run has not. */
static void say_cut(const struct gs_look *look, char *buffer, size_t size)
{
    char message[896];
    last_words(look, message, sizeof message);
    snprintf(buffer, size, "%s",
             *message ? message : "The recording ends here; the run was cut, or went on.");
}

/* The stage is gone, and nothing of the scene has begun. */
static void say_unrun(const struct gs_look *look, char *buffer, size_t size)
{
    char how[128] = "The scene cannot be run.", word[32], message[896];
    int status = look->run.end.status;
    if (status > 128)
        snprintf(how, sizeof how, "The process that was to run the scene was killed by %s.",
                 gs_ending_signal(word, sizeof word, status - 128));
    else if (status != 2)
        snprintf(how, sizeof how,
                 "The process that was to run the scene ended too early, with status %d.", status);
    last_words(look, message, sizeof message);
    snprintf(buffer, size, "%s%s%s", how, *message ? " " : "", message);
}

/* " with exit status 3", ", its process killed by signal 9 (SIGKILL)". */
static void say_how(struct gs_say *say, unsigned failed)
{
    char how[GS_END_SIZE];
    int status = gs_end_status(say->timeline);
    if (status != 0 && !failed && !gs_timeline_signal(say->timeline))
        gs_say(say, " with exit status %d", status);
    gs_end_of_run(how, sizeof how, say->timeline);
    gs_say(say, "%s%s", *how ? ", its process " : "", how);
}

static unsigned tell_end(const struct gs_look *look, char *buffer, size_t size)
{
    unsigned checks = look->run.told.checks, failed = look->run.told.failed;
    char message[640] = "";
    struct gs_say say;
    gs_say_init(&say, look->run.timeline, buffer, size);
    gs_say(&say, "The run ended after %s", gs_say_time(&say, gs_run_live(&look->run)));
    say_how(&say, failed);
    if (failed && checks == 1)
        gs_say(&say, ": its check failed.");
    else if (failed)
        gs_say(&say, ": %u of %u checks failed.", failed, checks);
    else if (checks > 1)
        gs_say(&say, ": all %u checks hold.", checks);
    else
        gs_say(&say, checks ? ": its check holds." : ".");
    if (gs_timeline_signal(look->run.timeline))
        last_words(look, message, sizeof message);
    gs_say(&say, "%s%s", *message ? " " : "", message);
    return gs_run_status(&look->run) == 0 && !failed ? GS_ROLE_GOOD : GS_ROLE_ERROR;
}

void gs_verdicts_words(const struct gs_look *look, bool ascii, char *buffer, size_t size)
{
    const struct gs_told *told = &look->run.told;
    size_t used = strlen(buffer);
    for (size_t i = 0; i < told->asked.count && gs_run_at_end(&look->run); i++) {
        const struct gs_event *e = &told->asked.items[i];
        if (e->kind != GS_EVENT_ASK || gs_asking_given(look, e) < 0 || used + 2 > size)
            continue;
        buffer[used++] = '\n';
        say_question(look, ascii, e, buffer + used, size - used);
        used += strlen(buffer + used);
    }
}

unsigned gs_question_panel(const struct gs_look *look, bool ascii, bool lines, char *buffer,
                           size_t size)
{
    struct gs_question q;
    *buffer = '\0';
    if (!gs_asking(look, &q))
        return GS_ROLE_TEXT;
    int used = snprintf(buffer, size, "? %s", q.text);
    for (unsigned i = 0; i < q.count && used >= 0 && (size_t)used < size; i++)
        used += snprintf(buffer + used, size - (size_t)used, "%s%s %u %s", lines ? "\n" : "  ",
                         i != look->answer ? " "
                         : ascii           ? ">"
                                           : "▸",
                         i + 1, q.answers[i]);
    return GS_ROLE_MARK;
}

unsigned gs_banner_words(const struct gs_look *look, bool ascii, char *buffer, size_t size)
{
    *buffer = '\0';
    if (look->run.drained && !gs_run_complete(&look->run)) {
        bool begun = gs_timeline_events(look->run.timeline) > 0;
        (begun ? say_cut : say_unrun)(look, buffer, size);
        return GS_ROLE_ERROR;
    }
    bool over = gs_run_at_end(&look->run);
    const struct gs_event *trouble = worst(look);
    if (trouble) {
        unsigned role = say(look, ascii, trouble, buffer, size);
        size_t used = strlen(buffer);
        if (over && used + 2 < size) {
            buffer[used++] = '\n';
            tell_end(look, buffer + used, size - used);
        }
        return role;
    }
    return over ? tell_end(look, buffer, size) : GS_ROLE_TEXT;
}

/* "✓ nothing was lost" for each check of the list but one. */
static size_t add_checks(const struct gs_look *look, const struct gs_event *list, size_t count,
                         const struct gs_event *but, const char *const signs[3], char *buffer,
                         size_t size)
{
    size_t used = 0;
    for (size_t i = 0; i < count && used < size; i++) {
        char text[768];
        if (list[i].kind != GS_EVENT_CHECK || &list[i] == but)
            continue;
        int n = snprintf(buffer + used, size - used, "%s%s %s", signs[0],
                         signs[list[i].flags ? 1 : 2], text_of(look, list[i].a, text, sizeof text));
        used += n > 0 ? (size_t)n : 0;
    }
    return used < size ? used : size - 1;
}

void gs_checks_words(const struct gs_look *look, bool ascii, bool lines, char *buffer, size_t size)
{
    const char *const signs[] = {lines ? "\n" : "  ", ascii ? "+" : "✓", ascii ? "!" : "✗"};
    const struct gs_told *told = &look->run.told;
    *buffer = '\0';
    if (!gs_run_at_end(&look->run))
        return;
    size_t used = add_checks(look, told->troubles.items, told->troubles.count, worst(look), signs,
                             buffer, size);
    add_checks(look, told->words.items, told->words.count, NULL, signs, buffer + used, size - used);
    if (!lines && *buffer)
        *buffer = '\n';
}
