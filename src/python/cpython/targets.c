#include "python/cpython/targets.h"

#include "python/cpython/names.h"

#include <stdio.h>
#include <string.h>

enum { MOST_TARGETS = 8 };

struct targets {
    const char *items[MOST_TARGETS];
    unsigned count;
    const char *value; /* what is assigned to them */
};

/* A target of an assignment: `jobs`, `self.jobs`, `jobs[i]`. Returns its end, NULL: it is none. */
static const char *skip_target(const char *text)
{
    const char *end = text;
    while (gs_names_part(*end))
        end++;
    if (end == text)
        return NULL;
    if (*end == '[') {
        end = strchr(end, ']');
        return end ? end + 1 : NULL;
    }
    return end;
}

static struct gs_piece target_name(const char *target)
{
    const char *end = target;
    while (gs_names_part(*end))
        end++;
    return (struct gs_piece){target, (size_t)(end - target)};
}

/* `a, b = …`, `a: Lock = …`: count is 0 where it is none. */
static struct targets find_targets(const char *text)
{
    struct targets t = {0};
    do {
        text += strspn(text, " \t,");
        t.items[t.count++] = text;
        text = skip_target(text);
        if (!text)
            return (struct targets){0};
        text += strspn(text, " \t");
    } while (*text == ',' && t.count < MOST_TARGETS);
    if (*text == ':')
        text += strcspn(text, "=");
    if (text[0] != '=' || text[1] == '=')
        return (struct targets){0};
    t.value = text + 1 + strspn(text + 1, " \t");
    return t;
}

/* --- in those columns */

/* `with Pool() as workers, …:` the one behind the call's own `as`. */
static struct gs_piece behind_as(const char *end)
{
    end += strspn(end, ") \t");
    return strncmp(end, "as ", 3) == 0 ? target_name(end + 3 + strspn(end + 3, " \t"))
                                       : (struct gs_piece){0};
}

static const char *statement_with(const char *text, const char *column)
{
    for (const char *end; *(end = gs_names_skip(text, ";")) == ';' && end < column; text = end + 1)
        ;
    return text + strspn(text, " \t");
}

/* Whether [from, to) is an element of what is listed from text on; place gets which. */
static bool is_element(const char *text, const char *from, const char *to, unsigned *place)
{
    *place = 0;
    while (text + strspn(text, " \t") < from) {
        text = gs_names_skip(text, ",");
        if (*text != ',' || text >= from)
            return false;
        text++;
        ++*place;
    }
    to += strspn(to, " \t");
    return *to == '\0' || strchr(",)];#\n", *to) != NULL;
}

/* `qs = [Queue(), Queue()]` → qs[0], qs[1]. */
static void name_element(struct gs_piece list, unsigned place, char *name, size_t size)
{
    gs_names_copy(list, name, size);
    size_t used = strlen(name);
    snprintf(name + used, size - used, "[%u]", place);
}

static void find_at(const char *text, const char *from, const char *to, char *name, size_t size)
{
    unsigned place;
    struct gs_piece as = behind_as(to);
    if (as.length) {
        gs_names_copy(as, name, size);
        return;
    }
    struct targets t = find_targets(statement_with(text, from));
    if (!t.count || from < t.value)
        return;
    bool listed = *t.value == '[', in_brackets = listed || (t.count > 1 && *t.value == '(');
    bool element = is_element(t.value + in_brackets, from, to, &place);
    if (t.count == 1 && listed && element)
        name_element(target_name(t.items[0]), place, name, size);
    else if (t.count == 1 || (element && place < t.count))
        gs_names_copy(target_name(t.items[t.count == 1 ? 0 : place]), name, size);
}

/* --- by how many were made before */

/* `with Pool() as workers, …:`: what stands behind each `as`. */
static struct targets find_as(const char *text)
{
    struct targets t = {0};
    if (strncmp(text, "async ", 6) == 0)
        text += 6 + strspn(text + 6, " \t");
    if (strncmp(text, "with", 4) != 0 || gs_names_part(text[4]))
        return t;
    while (t.count < MOST_TARGETS && (text = strstr(text, " as ")) != NULL) {
        text += 4 + strspn(text + 4, " \t");
        if (skip_target(text))
            t.items[t.count++] = text;
    }
    return t;
}

static bool same(struct gs_piece a, struct gs_piece b)
{
    return a.length == b.length && strncmp(a.from, b.from, a.length) == 0;
}

/* Whether it is a call of what is seen being made: `threading.Lock`. */
static bool is_seen(struct gs_piece callee)
{
    static const char *const makers[] = {
        "Lock",    "RLock", "Condition", "Event",         "Semaphore", "BoundedSemaphore",
        "Barrier", "Queue", "LifoQueue", "PriorityQueue", "Thread",    "Timer"};
    const char *dot = memrchr(callee.from, '.', callee.length);
    if (dot)
        callee = (struct gs_piece){dot + 1, callee.length - (size_t)(dot + 1 - callee.from)};
    for (size_t i = 0; i < sizeof makers / sizeof makers[0]; i++) {
        if (same(callee, (struct gs_piece){makers[i], strlen(makers[i])}))
            return true;
    }
    return false;
}

/* Whether all that is listed there is made by what is seen to, or by what the first of the line is:
 * each is one, or none is. */
static bool all_make(const char *value, const char *end, struct gs_piece *first)
{
    for (; value < end; value = gs_names_skip(value, ",") + 1) {
        value += strspn(value, " \t");
        struct gs_piece callee = {value, strcspn(value, "(")};
        if (!first->length)
            *first = callee;
        if (!same(callee, *first) && !(is_seen(callee) && is_seen(*first)))
            return false;
    }
    return true;
}

/* Of all statements of the line that may make something: `n = 0; a = Lock(); b = Lock()`. None
 * where it is not sure which of them does. */
static struct targets find_assigned(const char *text)
{
    struct targets all = {0};
    struct gs_piece first = {0};
    bool sure = true;
    for (const char *end; all.count < MOST_TARGETS; text = end + 1) {
        end = gs_names_skip(text, ";");
        struct targets t = {0};
        if (memchr(text, '(', (size_t)(end - text)))
            t = find_targets(text);
        for (unsigned i = 0; i < t.count && all.count < MOST_TARGETS; i++)
            all.items[all.count++] = t.items[i];
        sure = sure && (!t.count || all_make(t.value, end, &first));
        if (*end != ';')
            break;
    }
    return sure || all.count == 1 ? all : (struct targets){0};
}

void gs_names_made_in_text(const char *text, struct gs_columns at, unsigned place, char *name,
                           size_t size)
{
    size_t length = strlen(text);
    *name = '\0';
    if (at.to > 0 && (size_t)at.from < length) {
        find_at(text, text + at.from, text + ((size_t)at.to < length ? (size_t)at.to : length),
                name, size);
        return;
    }
    text += strspn(text, " \t");
    struct targets t = find_as(text);
    if (!t.count)
        t = find_assigned(text);
    if (t.count)
        gs_names_copy(target_name(t.items[place % t.count]), name, size);
}
