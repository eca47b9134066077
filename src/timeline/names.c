#include "timeline/names.h"

#include "timeline/store.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

static bool names_nothing(const char *name)
{
    return !*name || strcmp(name, "?") == 0;
}

/* Names are asked for some thousand times a second, and nearly all can be shown as they are. */
static const char *make_visible(char *buffer, size_t size, const char *name)
{
    size_t length = 0;
    while (length < size && name[length] >= 0x20 && name[length] < 0x7f)
        length++;
    if (length == size || name[length])
        return gs_text_visible(buffer, size, name, strlen(name));
    return memcpy(buffer, name, length + 1);
}

/* asyncio's own name for a task that nobody named: "Task-12". */
static bool is_given(const char *name)
{
    static const char before[] = "Task-";
    size_t length = sizeof before - 1;
    return strncmp(name, before, length) == 0 && name[length] &&
           strspn(name + length, "0123456789") == strlen(name + length);
}

/* "Task-12 (fetch)", as threading names a thread by what it runs: without the function that it is
 * defined in. */
static const char *with_coroutine(char *buffer, size_t size, const char *name,
                                  const char *coroutine)
{
    char what[GS_NAME_SIZE];
    const char *inside;
    while ((inside = strstr(coroutine, "<locals>.")))
        coroutine = inside + sizeof "<locals>." - 1;
    gs_text_visible(what, sizeof what, coroutine, strlen(coroutine));
    snprintf(buffer, size, "%s (%s)", name, what);
    return buffer;
}

static const char *name_actor(char *buffer, size_t size, const struct gs_tables *tables,
                              uint32_t actor)
{
    const struct gs_actor_row *row = tables->actor(tables, actor);
    const char *name = row ? tables->string(tables, row->name) : "";
    if (row && row->what && is_given(name))
        return with_coroutine(buffer, size, name, tables->string(tables, row->what));
    if (!names_nothing(name))
        return make_visible(buffer, size, name);
    snprintf(buffer, size, "%s %u", row ? gs_actor_kind_word(row->kind) : "actor", actor);
    return buffer;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

size_t gs_name_short(const char *name, size_t *digits)
{
    size_t length = strlen(name);
    const char *note = strstr(name, " (");
    if (note && note > name && is_digit(note[-1]) && name[length - 1] == ')')
        length = (size_t)(note - name);
    *digits = length;
    while (*digits > 0 && is_digit(name[*digits - 1]))
        --*digits;
    return length;
}

static const char *name_object(char *buffer, size_t size, const struct gs_tables *tables,
                               uint32_t object)
{
    const struct gs_object_row *row = tables->object(tables, object);
    const char *name = row ? tables->string(tables, row->name) : "";
    if (!names_nothing(name))
        return make_visible(buffer, size, name);
    const char *kind = row ? gs_object_kind_word(row->kind) : "?";
    snprintf(buffer, size, "%s %s", *kind == 'e' ? "an" : "a",
             *kind == '?' ? "nameless object" : kind);
    return buffer;
}

/* Behind the name, even if that has to be cut for it. */
static void append_number(char *buffer, size_t size, uint32_t number)
{
    char text[16];
    if (number < 2)
        return;
    size_t length = (size_t)snprintf(text, sizeof text, " #%u", number);
    if (length >= size)
        return;
    if (strlen(buffer) + length >= size) {
        char whole[GS_NAME_SIZE * 2];
        gs_text_copy(whole, sizeof whole, buffer);
        gs_text_copy(buffer, size - length, whole);
    }
    memcpy(buffer + strlen(buffer), text, length + 1);
}

const char *gs_name_inside(char *buffer, size_t size, const struct gs_timeline *t, uint32_t actor)
{
    name_actor(buffer, size, t->tables, actor);
    append_number(buffer, size, gs_namesakes_actor(&t->names->actors, t->tables, actor));
    return buffer;
}

/* It is the first actor of all: whatever else there is, is in it. */
static bool is_first_process(uint32_t process)
{
    return process <= 1;
}

bool gs_name_is_of_first_process(const struct gs_timeline *t, uint32_t actor)
{
    return is_first_process(gs_tables_process(t->tables, actor));
}

const char *gs_name_actor(char *buffer, size_t size, const struct gs_timeline *t, uint32_t actor)
{
    uint32_t process = gs_tables_process(t->tables, actor);
    gs_name_inside(buffer, size, t, actor);
    size_t used = strlen(buffer);
    if (is_first_process(process) || process == actor || used + sizeof " of " >= size)
        return buffer;
    snprintf(buffer + used, size - used, " of ");
    used += strlen(buffer + used);
    gs_name_inside(buffer + used, size - used, t, process);
    return buffer;
}

const char *gs_name_noted(char *buffer, size_t size, const struct gs_timeline *t,
                          const struct gs_event *event)
{
    char name[GS_NAME_SIZE];
    buffer[0] = '\0';
    if (event->kind == GS_EVENT_NOTE && event->flags & GS_NOTE_ABOUT_ACTOR)
        snprintf(buffer, size, "%s: ", gs_name_actor(name, sizeof name, t, event->actor));
    return buffer;
}

const char *gs_name_object(char *buffer, size_t size, const struct gs_timeline *t, uint32_t object)
{
    const struct gs_object_row *row = t->tables->object(t->tables, object);
    if (row && row->actor)
        return gs_name_actor(buffer, size, t, row->actor);
    name_object(buffer, size, t->tables, object);
    if (row && row->kind != GS_OBJECT_SLEEP) /* nobody looks for one of them again */
        append_number(buffer, size, gs_namesakes_object(&t->names->objects, t->tables, object));
    return buffer;
}

const char *gs_name_string(char *buffer, size_t size, const struct gs_tables *tables,
                           uint64_t string)
{
    const char *text = string <= UINT32_MAX ? tables->string(tables, (uint32_t)string) : "?";
    return gs_text_visible(buffer, size, text, strlen(text));
}
