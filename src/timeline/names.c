#include "timeline/names.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

static bool names_nothing(const char *name)
{
    return !*name || strcmp(name, "?") == 0;
}

const char *gs_name_actor(char *buffer, size_t size, const struct gs_tables *tables, uint32_t actor)
{
    const struct gs_actor_row *row = tables->actor(tables, actor);
    const char *name = row ? tables->string(tables, row->name) : "";
    if (!names_nothing(name))
        return gs_text_visible(buffer, size, name, strlen(name));
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

const char *gs_name_object(char *buffer, size_t size, const struct gs_tables *tables,
                           uint32_t object)
{
    const struct gs_object_row *row = tables->object(tables, object);
    const char *name = row ? tables->string(tables, row->name) : "";
    if (!names_nothing(name))
        return gs_text_visible(buffer, size, name, strlen(name));
    const char *kind = row ? gs_object_kind_word(row->kind) : "?";
    snprintf(buffer, size, "%s %s", *kind == 'e' ? "an" : "a",
             *kind == '?' ? "nameless object" : kind);
    return buffer;
}

const char *gs_name_string(char *buffer, size_t size, const struct gs_tables *tables,
                           uint64_t string)
{
    const char *text = string <= UINT32_MAX ? tables->string(tables, (uint32_t)string) : "?";
    return gs_text_visible(buffer, size, text, strlen(text));
}
