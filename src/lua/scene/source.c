#include "lua/scene/source.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static struct {
    const char *text;
    size_t length;
    const char *file;
} source;

void gs_source_keep(char *text, size_t length, const char *file)
{
    source.text = text;
    source.length = length;
    source.file = file;
}

/* A stretch of the text. */
struct words {
    const char *at, *end;
};

static struct words line_number(int number)
{
    struct words line = {.at = source.text, .end = source.text + source.length};
    for (int i = 1; i < number && line.at; i++) {
        const char *newline = memchr(line.at, '\n', (size_t)(line.end - line.at));
        line.at = newline ? newline + 1 : line.end;
    }
    const char *newline = line.at ? memchr(line.at, '\n', (size_t)(line.end - line.at)) : NULL;
    if (newline)
        line.end = newline;
    const char *comment = memmem(line.at, (size_t)(line.end - line.at), "--", 2);
    if (comment)
        line.end = comment;
    return line;
}

static bool in_name(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static const char keyword[] = "function";
enum { KEYWORD = sizeof keyword - 1 };

/* The keyword in these words; NULL: it is not there. */
static const char *find_keyword(struct words words)
{
    const char *at = words.at;
    while ((at = memmem(at, (size_t)(words.end - at), keyword, KEYWORD))) {
        bool begins = at == words.at || !in_name(at[-1]);
        if (begins && (at + KEYWORD == words.end || !in_name(at[KEYWORD])))
            return at;
        at += KEYWORD;
    }
    return NULL;
}

/* Of `function Pool:read(`, from behind the keyword. */
static struct words name_behind(struct words line)
{
    while (line.at < line.end && isspace((unsigned char)*line.at))
        line.at++;
    struct words name = {.at = line.at, .end = line.at};
    for (; name.end < line.end && (in_name(*name.end) || *name.end == '.' || *name.end == ':');
         name.end++)
        if (!in_name(*name.end))
            name.at = name.end + 1;
    return name;
}

/* Of `read = function`, up to the keyword. The argument of that name is no definition. */
static struct words name_before(struct words line)
{
    static const char argument[] = "target";
    struct words none = {.at = line.at, .end = line.at};
    while (line.end > line.at && isspace((unsigned char)line.end[-1]))
        line.end--;
    if (line.end == line.at || *--line.end != '=')
        return none;
    while (line.end > line.at && isspace((unsigned char)line.end[-1]))
        line.end--;
    struct words name = {.at = line.end, .end = line.end};
    while (name.at > line.at && in_name(name.at[-1]))
        name.at--;
    size_t length = (size_t)(name.end - name.at);
    bool is_argument = length == sizeof argument - 1 && memcmp(name.at, argument, length) == 0;
    return is_argument ? none : name;
}

static struct words name_in(struct words line)
{
    const char *at = find_keyword(line);
    struct words behind = {.at = at ? at + KEYWORD : line.end, .end = line.end};
    if (!at || find_keyword(behind))
        return (struct words){.at = line.at, .end = line.at};
    struct words name = name_behind(behind);
    return name.at < name.end ? name : name_before((struct words){.at = line.at, .end = at});
}

bool gs_source_function_name(lua_State *L, char *name, size_t size)
{
    lua_Debug info;
    lua_pushvalue(L, -1);
    lua_getinfo(L, ">S", &info);
    if (!source.text || info.linedefined <= 0 || info.source[0] != '@' ||
        strcmp(info.source + 1, source.file) != 0)
        return false;
    struct words found = name_in(line_number(info.linedefined));
    snprintf(name, size, "%.*s", (int)(found.end - found.at), found.at);
    return *name != '\0';
}
