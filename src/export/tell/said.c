#include "export/tell/tell.h"

#include "base/text.h"
#include "timeline/names.h"
#include "trace/where.h"

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
    char *text = gs_print_event(t->tables, &h->event), where[GS_WHERE_SIZE];
    gs_where_text(where, sizeof where, t->tables, gs_event_line(&h->event), h->event.place);
    gs_printf(&t->print, "Check %s: %s", h->event.flags ? "holds" : "fails", text);
    if (!h->event.flags && *where)
        gs_printf(&t->print, " (%s)", where);
    gs_print(&t->print, "\n");
    free(text);
}

static void say_plain(const struct gs_teller *t, const struct gs_happening *h, const char *word)
{
    char *text = gs_print_event(t->tables, &h->event), about[GS_NOTED_SIZE];
    gs_printf(&t->print, "%s: %s%s\n", word,
              gs_name_noted(about, sizeof about, t->timeline, &h->event), text);
    free(text);
}

static void say_interval(const struct gs_teller *t, const struct gs_happening *h)
{
    char text[32];
    gs_tell_name(t, h->actor);
    gs_print(&t->print, " sets the switch interval of ");
    gs_tell_gil(t, (uint32_t)h->event.a);
    gs_printf(&t->print, " to %s.\n", gs_text_duration(text, sizeof text, h->event.b));
}

size_t gs_tell_said(const struct gs_teller *t, const struct gs_happening *h, size_t count)
{
    (void)count;
    gs_tell_time(t, h->time);
    if (h->event.kind == GS_EVENT_NOTE)
        say_plain(t, h, "Note");
    else if (h->event.kind == GS_EVENT_MARK)
        say_plain(t, h, "Mark");
    else if (h->event.kind == GS_EVENT_ASK)
        say_plain(t, h, "Question");
    else if (h->event.kind == GS_EVENT_DEADLOCK)
        say_plain(t, h, h->event.flags & 1 ? "Stall" : "Deadlock");
    else if (h->event.kind == GS_EVENT_PHASE && h->event.a)
        say_plain(t, h, "Phase");
    else if (h->event.kind == GS_EVENT_PHASE)
        gs_print(&t->print, "The phase ends.\n");
    else if (h->event.kind == GS_EVENT_OUTPUT)
        say_text(t, h, h->event.flags & GS_OUTPUT_ON_STDERR ? "prints on stderr" : "prints");
    else if (h->event.kind == GS_EVENT_ERROR)
        say_text(t, h, "fails");
    else if (h->event.kind == GS_EVENT_CHECK)
        say_check(t, h);
    else if (h->event.kind == GS_EVENT_GIL_INTERVAL)
        say_interval(t, h);
    else if (h->event.flags & GS_LOST_NO_ROOM)
        gs_printf(&t->print,
                  "From here on the run is whole: there was no room for %" PRIu64
                  " events before, neither in memory nor on a disk.\n",
                  h->event.a);
    else if (h->event.flags & GS_LOST_OF_ALL)
        gs_printf(&t->print, "%" PRIu64 " events are missing: the recording is damaged.\n",
                  h->event.a);
    else
        gs_printf(&t->print, "%" PRIu64 " events did not fit and are missing here.\n", h->event.a);
    return 1;
}
