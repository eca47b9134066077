#include "python/cpython/names.h"

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

/* A target of an assignment: `jobs`, `self.jobs`, `jobs[i]`. Returns its end, NULL: it is none. */
static const char *skip_target(const char *text)
{
    const char *end = text;
    while (is_part(*end))
        end++;
    if (end == text)
        return NULL;
    if (*end == '[') {
        end = strchr(end, ']');
        return end ? end + 1 : NULL;
    }
    return end;
}

/* Behind the targets: `=`, or a type and `=`. */
static int is_assigned(const char *text)
{
    if (*text == ':')
        text += strcspn(text, "=");
    return text[0] == '=' && text[1] != '=';
}

enum { MOST_TARGETS = 8 };

/* `with Pool() as workers, …:`: what stands behind each `as`. Returns how many. */
static unsigned find_as(const char *text, const char *targets[MOST_TARGETS])
{
    unsigned count = 0;
    if (strncmp(text, "async ", 6) == 0)
        text += 6 + strspn(text + 6, " \t");
    if (strncmp(text, "with", 4) != 0 || is_part(text[4]))
        return 0;
    while (count < MOST_TARGETS && (text = strstr(text, " as ")) != NULL) {
        text += 4 + strspn(text + 4, " \t");
        if (skip_target(text))
            targets[count++] = text;
    }
    return count;
}

/* `a, b = …`: what stands before it. Returns how many. */
static unsigned find_targets(const char *text, const char *targets[], unsigned most)
{
    unsigned count = 0;
    do {
        text += strspn(text, " \t,");
        targets[count++] = text;
        text = skip_target(text);
        if (!text)
            return 0;
        text += strspn(text, " \t");
    } while (*text == ',' && count < most);
    return is_assigned(text) ? count : 0;
}

/* Its `;`, which is neither in brackets nor in a string; or the line's end. */
static const char *end_of_statement(const char *text)
{
    int depth = 0;
    char quote = '\0';
    for (; *text; text++) {
        if (quote && *text == '\\' && text[1])
            text++;
        else if (quote || *text == '"' || *text == '\'')
            quote = !quote ? *text : *text == quote ? '\0' : quote;
        else if (*text == '#' || (*text == ';' && depth == 0))
            break;
        else
            depth += (strchr("([{", *text) != NULL) - (strchr(")]}", *text) != NULL);
    }
    return text;
}

/* Of all statements of the line that may make something: `n = 0; a = Lock(); b = Lock()`. */
static unsigned find_assigned(const char *text, const char *targets[MOST_TARGETS])
{
    unsigned count = 0;
    for (const char *end; count < MOST_TARGETS; text = end + 1) {
        end = end_of_statement(text);
        if (memchr(text, '(', (size_t)(end - text)))
            count += find_targets(text, targets + count, MOST_TARGETS - count);
        if (*end != ';')
            break;
    }
    return count;
}

void gs_names_made_in_text(const char *text, unsigned place, char *name, size_t size)
{
    const char *targets[MOST_TARGETS];
    text += strspn(text, " \t");
    unsigned count = find_as(text, targets);
    if (!count)
        count = find_assigned(text, targets);
    *name = '\0';
    if (!count)
        return;
    const char *target = targets[place % count], *end = target;
    while (is_part(*end))
        end++;
    copy(target, end, name, size);
}

/* NULL: there is no such line. Free with free. */
static char *read_line(const char *file, uint32_t line)
{
    FILE *source = fopen(file, "re");
    char *text = NULL;
    size_t room = 0;
    while (source && line > 0 && getline(&text, &room, source) >= 0)
        line--;
    if (source)
        fclose(source);
    if (line == 0)
        return text;
    free(text);
    return NULL;
}

void gs_names_in_line(const char *file, uint32_t line, char *name, size_t size)
{
    char *text = read_line(file, line);
    *name = '\0';
    if (text)
        gs_names_in_text(text, name, size);
    free(text);
}

void gs_names_made_in_line(const char *file, uint32_t line, unsigned place, char *name, size_t size)
{
    char *text = read_line(file, line);
    *name = '\0';
    if (text)
        gs_names_made_in_text(text, place, name, size);
    free(text);
}

bool gs_names_calls_in_line(const char *file, uint32_t line, const char *call)
{
    char *text = read_line(file, line);
    bool calls = text && strstr(text, call);
    free(text);
    return calls;
}
