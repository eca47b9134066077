#include "timeline/explain/say.h"

#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void gs_say_init(struct gs_say *say, const struct gs_timeline *timeline, char *buffer, size_t size)
{
    say->buffer = buffer;
    say->size = size;
    say->used = 0;
    say->timeline = timeline;
    say->next = 0;
    if (size)
        buffer[0] = '\0';
}

static bool continues_character(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* The text was cut after `used` bytes: half a character at the end goes, too. */
static void drop_half_character(struct gs_say *say)
{
    char *end = say->buffer + say->used, *start = end;
    while (start > say->buffer && continues_character(start[-1]))
        start--;
    if (start == say->buffer || (unsigned char)start[-1] < 0xc0)
        return;
    unsigned lead = (unsigned char)*--start;
    size_t needs = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if ((size_t)(end - start) == needs)
        return;
    *start = '\0';
    say->used = (size_t)(start - say->buffer);
}

void gs_say(struct gs_say *say, const char *format, ...)
{
    if (say->used + 1 >= say->size)
        return;
    size_t left = say->size - say->used;
    va_list args;
    va_start(args, format);
    int length = vsnprintf(say->buffer + say->used, left, format, args);
    va_end(args);
    if (length < 0)
        return;
    if ((size_t)length < left) {
        say->used += (size_t)length;
        return;
    }
    say->used = say->size - 1;
    drop_half_character(say);
    say->size = say->used + 1; /* nothing follows a cut */
}

char *gs_say_word(struct gs_say *say)
{
    return say->words[say->next++ % GS_SAY_WORDS];
}

const char *gs_say_who(struct gs_say *say, uint32_t actor)
{
    return gs_name_actor(gs_say_word(say), GS_NAME_SIZE, say->timeline, actor);
}

const char *gs_say_what(struct gs_say *say, uint32_t object)
{
    return gs_name_object(gs_say_word(say), GS_NAME_SIZE, say->timeline, object);
}

const char *gs_say_time(struct gs_say *say, uint64_t ns)
{
    return gs_text_duration(gs_say_word(say), GS_NAME_SIZE, ns);
}

const char *gs_say_line(struct gs_say *say, uint32_t line, uint16_t place)
{
    char *text = gs_say_word(say), where[GS_WHERE_SIZE];
    if (line)
        snprintf(
            text, GS_WORD_SIZE, " (%s)",
            gs_where_text(where, sizeof where, gs_timeline_tables(say->timeline), line, place));
    else
        text[0] = '\0';
    return text;
}

const char *gs_say_gil(struct gs_say *say, uint32_t interpreter, uint32_t actor)
{
    const struct gs_tables *tables = gs_timeline_tables(say->timeline);
    const struct gs_actor_row *row = tables->actor(tables, actor);
    char *text = gs_say_word(say), name[GS_NAME_SIZE];
    if (row && row->interpreter == interpreter)
        snprintf(text, GS_WORD_SIZE, "the GIL");
    else
        snprintf(text, GS_WORD_SIZE, "the GIL of %s",
                 gs_name_actor(name, sizeof name, say->timeline, interpreter));
    return text;
}
