#include "python/preload/names.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int is_part(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '.' || (unsigned char)c >= 0x80;
}

static void copy(const char *from, const char *end, char *name, size_t size)
{
    if (end - from > 5 && strncmp(from, "self.", 5) == 0)
        from += 5;
    snprintf(name, size, "%.*s", (int)(end - from), from);
}

/* `with NAME:`, `with NAME, …`, not `with NAME(…)`. */
static int find_with(const char *text, char *name, size_t size)
{
    const char *with = strstr(text, "with ");
    if (!with || (with > text && is_part(with[-1])))
        return 0;
    const char *from = with + 5 + strspn(with + 5, " ("), *end = from;
    while (is_part(*end))
        end++;
    if (end == from || *end == '(' || *end == '[')
        return 0;
    copy(from, end, name, size);
    return 1;
}

/* `NAME.acquire(` and whatever else can wait. */
static int find_call(const char *text, char *name, size_t size)
{
    static const char *const calls[] = {".acquire(", ".wait(", ".wait_for(", ".get(",
                                        ".put(",     ".join(", ".start(",    ".result("};
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        const char *end = strstr(text, calls[i]), *from = end;
        while (from && from > text && is_part(from[-1]))
            from--;
        if (!end || from == end)
            continue;
        copy(from, end, name, size);
        return 1;
    }
    return 0;
}

void gs_names_in_text(const char *text, char *name, size_t size)
{
    *name = '\0';
    if (!find_with(text, name, size))
        find_call(text, name, size);
}

void gs_names_in_line(const char *file, uint32_t line, char *name, size_t size)
{
    FILE *source = fopen(file, "re");
    char *text = NULL;
    size_t room = 0;
    *name = '\0';
    while (source && line > 0 && getline(&text, &room, source) >= 0) {
        if (--line == 0)
            gs_names_in_text(text, name, size);
    }
    free(text);
    if (source)
        fclose(source);
}
