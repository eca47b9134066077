#include "export/tell.h"

#include <inttypes.h>
#include <stdlib.h>

/* What the scene said, with who said it and in which line. */
static void say_text(const struct gs_teller *t, const struct gs_happening *h, const char *verb)
{
    char *text = gs_print_event(t->tables, &h->event);
    gs_tell_name(t, h->actor);
    gs_printf(&t->print, " %s: %s\n", verb, text);
    free(text);
}

static void say_check(const struct gs_teller *t, const struct gs_happening *h)
{
    char *text = gs_print_event(t->tables, &h->event);
    gs_printf(&t->print, "Check %s: %s", h->event.flags ? "holds" : "fails", text);
    if (!h->event.flags && gs_event_line(&h->event))
        gs_printf(&t->print, " (line %u)", gs_event_line(&h->event));
    gs_print(&t->print, "\n");
    free(text);
}

static void say_plain(const struct gs_teller *t, const struct gs_happening *h, const char *word)
{
    char *text = gs_print_event(t->tables, &h->event);
    gs_printf(&t->print, "%s: %s\n", word, text);
    free(text);
}

size_t gs_tell_said(const struct gs_teller *t, const struct gs_happening *h, size_t count)
{
    (void)count;
    gs_tell_time(t, h->time);
    if (h->event.kind == GS_EVENT_NOTE)
        say_plain(t, h, "Note");
    else if (h->event.kind == GS_EVENT_MARK)
        say_plain(t, h, "Mark");
    else if (h->event.kind == GS_EVENT_DEADLOCK)
        say_plain(t, h, "Deadlock");
    else if (h->event.kind == GS_EVENT_PHASE && h->event.a)
        say_plain(t, h, "Phase");
    else if (h->event.kind == GS_EVENT_PHASE)
        gs_print(&t->print, "The phase ends.\n");
    else if (h->event.kind == GS_EVENT_OUTPUT)
        say_text(t, h, "prints");
    else if (h->event.kind == GS_EVENT_ERROR)
        say_text(t, h, "fails");
    else if (h->event.kind == GS_EVENT_CHECK)
        say_check(t, h);
    else
        gs_printf(&t->print, "%" PRIu64 " events did not fit and are missing here.\n", h->event.a);
    return 1;
}
