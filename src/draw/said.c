#include "draw/said.h"

#include "draw/canvas.h"
#include "timeline/ends.h"
#include "timeline/names.h"
#include "timeline/question.h"

#include <stdio.h>

/* A sign before the text; in ASCII another. */
struct form {
    const char *sign, *ascii;
    unsigned role;
};

static struct form form_of(const struct gs_timeline *timeline, const struct gs_event *e)
{
    if (e->kind == GS_EVENT_ASK)
        return (struct form){"? ", "? ", GS_ROLE_MARK};
    if (e->kind == GS_EVENT_MARK)
        return (struct form){"▲ ", "^ ", GS_ROLE_MARK};
    if (e->kind == GS_EVENT_OUTPUT && e->flags & GS_OUTPUT_ON_STDERR)
        return (struct form){"prints on stderr: ", "prints on stderr: ", GS_ROLE_TEXT};
    if (e->kind == GS_EVENT_OUTPUT)
        return (struct form){"prints: ", "prints: ", GS_ROLE_TEXT};
    if (e->kind == GS_EVENT_CHECK && e->flags)
        return (struct form){"✓ holds: ", "+ holds: ", GS_ROLE_GOOD};
    if (e->kind == GS_EVENT_CHECK)
        return (struct form){"✗ check failed: ", "! check failed: ", GS_ROLE_ERROR};
    if (e->kind == GS_EVENT_DEADLOCK && gs_end_was_expected(timeline))
        return (struct form){"✓ as expected: ", "+ as expected: ", GS_ROLE_GOOD};
    /* The runtime's own text says "deadlock:". */
    if (e->kind == GS_EVENT_DEADLOCK)
        return (struct form){"✗ ", "! ", GS_ROLE_ERROR};
    return (struct form){"✗ error: ", "! error: ", GS_ROLE_ERROR};
}

unsigned gs_said(const struct gs_timeline *timeline, const struct gs_event *event, bool ascii,
                 char *buffer, size_t size)
{
    char text[768], about[GS_NOTED_SIZE];
    gs_question_said(text, sizeof text, gs_timeline_tables(timeline), event);
    if (event->kind == GS_EVENT_NOTE) {
        gs_name_noted(about, sizeof about, timeline, event);
        snprintf(buffer, size, ascii ? "\"%s%s\"" : "“%s%s”", about, text);
        return GS_ROLE_TEXT;
    }
    struct form form = form_of(timeline, event);
    snprintf(buffer, size, "%s%s", ascii ? form.ascii : form.sign, text);
    return form.role;
}
