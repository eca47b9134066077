#include "tui/views/banner.h"

#include "base/sorted.h"
#include "base/text.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

static const char *text_of(const struct gs_look *look, uint64_t string, char *buffer, size_t size)
{
    const struct gs_tables *tables = gs_timeline_tables(look->run.timeline);
    const char *text = tables->string(tables, (uint32_t)string);
    return gs_text_visible(buffer, size, text, strlen(text));
}

static unsigned say(const struct gs_look *look, bool ascii, const struct gs_event *e, char *buffer,
                    size_t size)
{
    char text[768];
    text_of(look, e->a, text, sizeof text);
    if (e->kind == GS_EVENT_NOTE)
        return snprintf(buffer, size, ascii ? "\"%s\"" : "“%s”", text), GS_ROLE_TEXT;
    if (e->kind == GS_EVENT_OUTPUT)
        return snprintf(buffer, size, "prints: %s", text), GS_ROLE_TEXT;
    if (e->kind == GS_EVENT_CHECK && e->flags)
        return snprintf(buffer, size, "%s holds: %s", ascii ? "+" : "✓", text), GS_ROLE_GOOD;
    if (e->kind == GS_EVENT_CHECK)
        return snprintf(buffer, size, "%s check failed: %s", ascii ? "!" : "✗", text),
               GS_ROLE_ERROR;
    /* The runtime's own text says "deadlock:". */
    const char *what = e->kind == GS_EVENT_DEADLOCK ? "" : "error: ";
    return snprintf(buffer, size, "%s%s%s", ascii ? "! " : "✗ ", what, text), GS_ROLE_ERROR;
}

unsigned gs_note_words(const struct gs_look *look, bool ascii, char *buffer, size_t size)
{
    const struct gs_told *told = &look->run.told;
    *buffer = '\0';
    for (size_t i = gs_sorted_until(&told->words, time, look->cursor); i > 0; i--) {
        const struct gs_event *e = &told->words.items[i - 1];
        /* Marks and phases stand at the lanes. */
        if (e->kind != GS_EVENT_MARK && e->kind != GS_EVENT_PHASE)
            return say(look, ascii, e, buffer, size);
    }
    return GS_ROLE_TEXT;
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

/* The stage is gone and the trace has no end: the scene could not be run, or its process died. */
static void say_death(int status, bool began, char *how, size_t size)
{
    if (!began && status == 2)
        snprintf(how, size, "The scene cannot be run.");
    else if (status == 128 + SIGKILL)
        snprintf(how, size, "The process that ran the scene was killed (signal 9).");
    else if (status > 128)
        snprintf(how, size, "The process that ran the scene was ended by signal %d, %s.",
                 status - 128, strsignal(status - 128));
    else
        snprintf(how, size, "The process that ran the scene ended too early, with status %d.",
                 status);
}

static void tell_death(const struct gs_look *look, char *buffer, size_t size)
{
    char how[128], message[896];
    say_death(look->run.end.status, look->run.births > 0, how, sizeof how);
    const char *raw = look->run.end.message;
    size_t length = strlen(raw);
    while (length > 0 && raw[length - 1] == '\n')
        length--;
    gs_text_visible(message, sizeof message, raw, length);
    snprintf(buffer, size, "%s%s%s", how, *message ? " " : "", message);
}

static unsigned tell_end(const struct gs_look *look, char *buffer, size_t size)
{
    unsigned checks = look->run.told.checks, failed = look->run.told.failed;
    int status = gs_timeline_status(look->run.timeline);
    char duration[32], with[48] = "";
    gs_text_duration(duration, sizeof duration, gs_run_live(&look->run));
    if (status != 0 && !failed)
        snprintf(with, sizeof with, " with exit status %d", status);
    int used = snprintf(buffer, size, "The run ended after %s%s", duration, with);
    if (failed && checks == 1)
        snprintf(buffer + used, size - (size_t)used, ": its check failed.");
    else if (failed)
        snprintf(buffer + used, size - (size_t)used, ": %u of %u checks failed.", failed, checks);
    else if (checks)
        snprintf(buffer + used, size - (size_t)used,
                 checks > 1 ? ": all %u checks hold." : ": its check holds.", checks);
    else
        snprintf(buffer + used, size - (size_t)used, ".");
    return status == 0 && !failed ? GS_ROLE_GOOD : GS_ROLE_ERROR;
}

unsigned gs_banner_words(const struct gs_look *look, bool ascii, char *buffer, size_t size)
{
    *buffer = '\0';
    if (look->run.drained && !gs_run_complete(&look->run)) {
        tell_death(look, buffer, size);
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
