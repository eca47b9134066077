#include "lua/scene/opening.h"

#include <ctype.h>
#include <string.h>

struct cursor {
    const char *at, *end;
    uint32_t line;
};

static int peek(const struct cursor *c, size_t ahead)
{
    return (size_t)(c->end - c->at) > ahead ? (unsigned char)c->at[ahead] : -1;
}

static void step(struct cursor *c)
{
    if (peek(c, 0) == '\n')
        c->line++;
    c->at++;
}

/* The level of a long bracket that opens here ("[[" is 0, "[=[" is 1); -1: none does. */
static int long_bracket(const struct cursor *c)
{
    size_t level = 0;
    if (peek(c, 0) != '[')
        return -1;
    while (peek(c, 1 + level) == '=')
        level++;
    return peek(c, 1 + level) == '[' ? (int)level : -1;
}

static bool closes_here(const struct cursor *c, int level)
{
    for (int i = 0; i < level; i++) {
        if (peek(c, 1 + (size_t)i) != '=')
            return false;
    }
    return peek(c, 0) == ']' && peek(c, 1 + (size_t)level) == ']';
}

static void skip_long(struct cursor *c, int level)
{
    c->at += level + 2;
    while (c->at < c->end && !closes_here(c, level))
        step(c);
    for (int i = 0; i < level + 2 && c->at < c->end; i++)
        step(c);
}

static void skip_line(struct cursor *c)
{
    while (c->at < c->end && *c->at != '\n')
        c->at++;
}

static void skip_quoted(struct cursor *c)
{
    char quote = *c->at++;
    while (c->at < c->end && *c->at != quote && *c->at != '\n') {
        if (*c->at == '\\' && c->at + 1 < c->end)
            step(c);
        step(c);
    }
    if (c->at < c->end)
        step(c);
}

/* Blank space and comments. */
static void skip_blank(struct cursor *c)
{
    while (c->at < c->end) {
        if (isspace(peek(c, 0))) {
            step(c);
        } else if (peek(c, 0) == '-' && peek(c, 1) == '-') {
            c->at += 2;
            int level = long_bracket(c);
            level >= 0 ? skip_long(c, level) : skip_line(c);
        } else {
            return;
        }
    }
}

static size_t word_length(const struct cursor *c)
{
    size_t n = 0;
    while (isalnum(peek(c, n)) || peek(c, n) == '_')
        n++;
    return n;
}

/* Moves over one token; gives the change of depth that it makes. */
static int skip_token(struct cursor *c)
{
    int ch = peek(c, 0), level = long_bracket(c);
    size_t word = word_length(c);
    if (word) {
        c->at += word;
    } else if (ch == '"' || ch == '\'') {
        skip_quoted(c);
    } else if (level >= 0) {
        skip_long(c, level);
    } else {
        step(c);
        return ch == '{' ? 1 : ch == '}' ? -1 : 0;
    }
    return 0;
}

static bool at_word(const struct cursor *c, const char *word)
{
    size_t n = word_length(c);
    return n == strlen(word) && memcmp(c->at, word, n) == 0;
}

static bool find_table(struct cursor *c, struct gs_opening *opening)
{
    int depth = 0;
    *opening = (struct gs_opening){.table = c->at, .line = c->line};
    do {
        depth += skip_token(c);
        if (depth > 0)
            skip_blank(c);
    } while (depth > 0 && c->at < c->end);
    opening->length = (size_t)(c->at - opening->table);
    return depth == 0;
}

size_t gs_opening_mark(const char *text, size_t length)
{
    static const char mark[] = "\xef\xbb\xbf";
    enum { BYTES = sizeof mark - 1 };
    return length >= BYTES && memcmp(text, mark, BYTES) == 0 ? BYTES : 0;
}

bool gs_opening_find(const char *path, const char *text, size_t length, struct gs_opening *opening,
                     struct gs_error *err)
{
    struct cursor c = {.at = text + gs_opening_mark(text, length), .end = text + length, .line = 1};
    if (peek(&c, 0) == '#')
        skip_line(&c);
    skip_blank(&c);
    bool named = at_word(&c, "scene");
    uint32_t line = c.line;
    if (named) {
        c.at += strlen("scene");
        skip_blank(&c);
    }
    if (!named || peek(&c, 0) != '{')
        return gs_error_set(err,
                            "%s:%u: a scene opens with a table that describes it: "
                            "scene { title = \"…\", chapter = \"…\" }",
                            path, line);
    if (!find_table(&c, opening))
        return gs_error_set(err, "%s:%u: the scene table is never closed: its '}' is missing", path,
                            opening->line);
    return true;
}

uint32_t gs_opening_field_line(const struct gs_opening *opening, const char *field)
{
    struct cursor c = {
        .at = opening->table, .end = opening->table + opening->length, .line = opening->line};
    int depth = 0;
    while (c.at < c.end) {
        uint32_t line = c.line;
        bool named = depth == 1 && at_word(&c, field);
        depth += skip_token(&c);
        skip_blank(&c);
        if (named && peek(&c, 0) == '=')
            return line;
    }
    return opening->line;
}
