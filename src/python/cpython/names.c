#include "python/cpython/names.h"

#include "python/cpython/targets.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool gs_names_part(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '.' || (unsigned char)c >= 0x80;
}

static bool is_quote(char c)
{
    return c == '"' || c == '\'';
}

const char *gs_names_skip(const char *text, const char *stops)
{
    int depth = 0;
    char quote = '\0';
    for (; *text; text++) {
        if (quote && *text == '\\' && text[1])
            text++;
        else if (quote)
            quote = *text == quote ? '\0' : quote;
        else if (*text == '#' || (depth == 0 && strchr(stops, *text)))
            break;
        else if (is_quote(*text))
            quote = *text;
        else
            depth += (strchr("([{", *text) != NULL) - (strchr(")]}", *text) != NULL);
    }
    return text;
}

void gs_names_copy(struct gs_piece piece, char *name, size_t size)
{
    if (piece.length > 5 && strncmp(piece.from, "self.", 5) == 0)
        piece = (struct gs_piece){piece.from + 5, piece.length - 5};
    snprintf(name, size, "%.*s", (int)piece.length, piece.length ? piece.from : "");
}

/* --- what a line waits for */

/* The name that ends there: `jobs`, `self.jobs`, `jobs[0]`. What is called first, or is another one
 * each time, has none: `make().jobs`, `jobs[i]`. */
static struct gs_piece name_before(const char *text, const char *end)
{
    const char *from = end;
    if (from > text && from[-1] == ']') {
        from--;
        while (from > text && isdigit((unsigned char)from[-1]))
            from--;
        if (from == text || *--from != '[')
            return (struct gs_piece){0};
    }
    while (from > text && gs_names_part(from[-1]))
        from--;
    if (*from == '.' || *from == '[')
        return (struct gs_piece){0};
    return (struct gs_piece){from, (size_t)(end - from)};
}

/* `with NAME:`, not `with NAME(…)`, nor `with NAME, …`, which waits for several. */
static struct gs_piece find_with(const char *text)
{
    const char *with = strstr(text, "with ");
    if (!with || (with > text && gs_names_part(with[-1])))
        return (struct gs_piece){0};
    const char *from = with + 5 + strspn(with + 5, " ("), *end = from;
    while (gs_names_part(*end))
        end++;
    bool alone = strchr("([,", end[strspn(end, " ")]) == NULL || !*end;
    return alone ? (struct gs_piece){from, (size_t)(end - from)} : (struct gs_piece){0};
}

/* Whatever can wait. */
static const char *const waits[] = {".acquire(", ".wait(", ".wait_for(", ".get(",
                                    ".put(",     ".join(", ".start(",    ".result("};
enum { WAITS = sizeof waits / sizeof waits[0] };

/* Nothing says which of the line's calls it is: it has a name if that is all of one thing. */
static struct gs_piece find_only(const char *text)
{
    struct gs_piece only = find_with(text);
    bool any = only.length > 0;
    for (size_t i = 0; i < WAITS; i++) {
        for (const char *at = text; (at = strstr(at, waits[i])); at++) {
            struct gs_piece name = name_before(text, at);
            if (at > text && is_quote(at[-1])) /* ", ".join(…) */
                continue;
            if (any &&
                (name.length != only.length || strncmp(name.from, only.from, name.length) != 0))
                return (struct gs_piece){0};
            only = name;
            any = true;
        }
    }
    return only;
}

/* The whole of it is a name: what `with` enters, from 3.13 on. */
static struct gs_piece find_plain(const char *text)
{
    const char *end = text + strlen(text);
    struct gs_piece name = name_before(text, end);
    return name.length && name.from == text ? name : (struct gs_piece){0};
}

/* The outermost call of an expression, its last. NULL: it is none. */
static const char *last_call(const char *text)
{
    const char *last = NULL;
    for (const char *at = text; *(at = gs_names_skip(at, "(")) == '(';) {
        last = at++;
        at = gs_names_skip(at, ")");
        at += *at == ')';
    }
    return last;
}

/* Whether that is the expression's outermost call: ".get(". */
static bool ends_in(const char *text, const char *name)
{
    const char *call = last_call(text);
    size_t length = strlen(name) - 1;
    return call && (size_t)(call - text) >= length && strncmp(call - length, name, length) == 0;
}

/* Of the expression alone that is being computed. */
static struct gs_piece find_in_expression(const char *text)
{
    if (strncmp(text, "await ", 6) == 0)
        text += 6 + strspn(text + 6, " ");
    if (strncmp(text, "with ", 5) == 0 || strncmp(text, "async ", 6) == 0)
        return find_with(text);
    const char *call = last_call(text);
    for (size_t i = 0; call && i < WAITS; i++) {
        if (!ends_in(text, waits[i]))
            continue;
        struct gs_piece name = name_before(text, call + 1 - strlen(waits[i]));
        return name.from == text ? name : (struct gs_piece){0};
    }
    if (call)
        return (struct gs_piece){0};
    return find_plain(text);
}

/* What stands in those columns; NULL: they are not known. Free with free. */
static char *expression_in(const char *text, struct gs_columns at)
{
    if (at.to <= at.from || (size_t)at.from > strlen(text))
        return NULL;
    char *expression = strndup(text + at.from, (size_t)(at.to - at.from));
    if (!expression)
        abort();
    return expression;
}

void gs_names_in_text(const char *text, struct gs_columns at, char *name, size_t size)
{
    char *expression = expression_in(text, at);
    gs_names_copy(expression ? find_in_expression(expression) : find_only(text), name, size);
    free(expression);
}

bool gs_names_calls_in_text(const char *text, struct gs_columns at, const char *call)
{
    char *expression = expression_in(text, at);
    bool calls = !expression ? strstr(text, call) != NULL : ends_in(expression, call);
    free(expression);
    return calls;
}

/* --- in a file */

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

void gs_names_in_line(const char *file, uint32_t line, struct gs_columns at, char *name,
                      size_t size)
{
    char *text = read_line(file, line);
    *name = '\0';
    if (text)
        gs_names_in_text(text, at, name, size);
    free(text);
}

void gs_names_made_in_line(const char *file, uint32_t line, struct gs_columns at, unsigned place,
                           char *name, size_t size)
{
    char *text = read_line(file, line);
    *name = '\0';
    if (text)
        gs_names_made_in_text(text, at, place, name, size);
    free(text);
}

bool gs_names_calls_in_line(const char *file, uint32_t line, struct gs_columns at, const char *call)
{
    char *text = read_line(file, line);
    bool calls = text && gs_names_calls_in_text(text, at, call);
    free(text);
    return calls;
}
