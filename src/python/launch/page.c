#include "python/launch/page.h"

#include "base/text.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- the docstring in the file */

static const char *skip_comments(const char *at)
{
    if (strncmp(at, "\xef\xbb\xbf", 3) == 0)
        at += 3;
    for (;;) {
        at += strspn(at, " \t\r\n\f");
        if (*at != '#')
            return at;
        at += strcspn(at, "\n");
    }
}

/* From the opening quotes on; an escape keeps its backslash, and its character ends nothing. */
static void copy_string(const char *at, char *text, size_t size)
{
    char quote = *at;
    bool three = at[1] == quote && at[2] == quote;
    char end[4] = {quote, three ? quote : '\0', three ? quote : '\0'};
    size_t used = 0, length = strlen(end);
    for (at += length; *at && strncmp(at, end, length) != 0 && used + 2 < size; at++) {
        if (*at == '\n' && !three)
            break;
        if (*at == '\\' && at[1])
            text[used++] = *at++;
        text[used++] = *at;
    }
    text[used] = '\0';
}

static void find_docstring(const char *source, char *text, size_t size)
{
    const char *at = skip_comments(source);
    if (strchr("rRuU", *at) && *at && (at[1] == '"' || at[1] == '\''))
        at++;
    text[0] = '\0';
    if (*at == '"' || *at == '\'')
        copy_string(at, text, size);
}

/* --- the page in the docstring */

static bool parse_clock(const char *value, uint32_t *clock)
{
    *clock = strcmp(value, "real") == 0      ? GS_CLOCK_REAL
             : strcmp(value, "virtual") == 0 ? GS_CLOCK_VIRTUAL
                                             : 0;
    return *clock != 0;
}

static bool parse_number(const char *value, double least, double most, double *number)
{
    char *end;
    *number = strtod(value, &end);
    return end != value && *end == '\0' && *number >= least && *number <= most;
}

static bool set_knob(struct gs_page *page, const char *key, const char *value,
                     const char **expected)
{
    double number = 0;
    bool ok = true;
    if (strcmp(key, "chapter") == 0) {
        gs_text_copy(page->chapter, sizeof page->chapter, value);
    } else if (strcmp(key, "from") == 0) {
        gs_text_copy(page->from, sizeof page->from, value);
    } else if (strcmp(key, "cores") == 0) {
        *expected = "a whole number from 1 to 256";
        ok = parse_number(value, 1, 256, &number) && number == (uint32_t)number;
        page->cores = (uint32_t)number;
    } else if (strcmp(key, "interval") == 0) {
        *expected = "a number of ms from 0.001 to 1000000";
        ok = parse_number(value, 0.001, 1e6, &number);
        page->interval_ns = (uint64_t)(number * 1e6);
    } else if (strcmp(key, "speed") == 0) {
        *expected = "a number from 0.000001 to 1000000";
        ok = parse_number(value, 1e-6, 1e6, &page->speed);
    } else if (strcmp(key, "clock") == 0) {
        *expected = "real or virtual";
        ok = parse_clock(value, &page->clock);
    } else {
        *expected = "deadlock or stall";
        page->expects = strcmp(value, "deadlock") == 0 ? GS_EXPECT_DEADLOCK
                        : strcmp(value, "stall") == 0  ? GS_EXPECT_STALL
                                                       : GS_EXPECT_END;
        ok = page->expects != GS_EXPECT_END;
    }
    return ok;
}

static bool is_knob(const char *line, char *key, size_t size)
{
    static const char *const keys[] = {"chapter",  "from",  "cores", "clock",
                                       "interval", "speed", "expect"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        size_t length = strlen(keys[i]);
        if (strncmp(line, keys[i], length) == 0 && line[length] == ':') {
            snprintf(key, size, "%s", keys[i]);
            return true;
        }
    }
    return false;
}

static void trim(char *line)
{
    size_t length = strlen(line), skip = strspn(line, " \t");
    while (length > skip && isspace((unsigned char)line[length - 1]))
        length--;
    memmove(line, line + skip, length - skip);
    line[length - skip] = '\0';
}

/* Lines become words of one paragraph; an empty line begins another one. */
static void add_to_summary(struct gs_page *page, const char *line)
{
    size_t used = strlen(page->summary);
    const char *between = used == 0 || page->summary[used - 1] == '\n' ? "" : *line ? " " : "\n";
    snprintf(page->summary + used, sizeof page->summary - used, "%s%s", between, line);
}

bool gs_page_parse(const char *text, const char *file, struct gs_page *page, struct gs_error *err)
{
    char line[1024], key[16];
    *page = (struct gs_page){0};
    while (*text) {
        size_t length = strcspn(text, "\n");
        const char *expected = "";
        snprintf(line, sizeof line, "%.*s", (int)length, text);
        text += length + (text[length] == '\n');
        trim(line);
        if (!page->title[0]) {
            gs_text_copy(page->title, sizeof page->title, line);
        } else if (is_knob(line, key, sizeof key)) {
            char *value = line + strlen(key) + 1;
            trim(value);
            if (!set_knob(page, key, value, &expected))
                return gs_error_set(err, "%s: the docstring's %s is %s, not '%s'", file, key,
                                    expected, value);
        } else {
            add_to_summary(page, line);
        }
    }
    size_t used = strlen(page->summary);
    while (used && page->summary[used - 1] == '\n')
        page->summary[--used] = '\0';
    return true;
}

bool gs_page_read(const char *path, struct gs_page *page, struct gs_error *err)
{
    enum { LOOKED_AT = 65536 };
    static char source[LOOKED_AT], text[8192];
    FILE *file = fopen(path, "re");
    if (!file)
        return gs_error_system(err, errno, "cannot read %s", path);
    size_t length = fread(source, 1, sizeof source - 1, file);
    int code = ferror(file) ? errno : 0;
    fclose(file);
    if (code)
        return gs_error_system(err, code, "cannot read %s", path);
    source[length] = '\0';
    find_docstring(source, text, sizeof text);
    return gs_page_parse(text, path, page, err);
}
