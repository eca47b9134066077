/* What is said of a run that stands still: who waits for what, and why nobody can end it. */
#include "sched/stall.h"

#include "base/ending.h"
#include "base/text.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct sentence {
    char *buffer;
    size_t size, used;
};

static void say(struct sentence *s, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void say(struct sentence *s, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(s->buffer + s->used, s->size - s->used, format, args);
    va_end(args);
    s->used += (size_t)n < s->size - s->used ? (size_t)n : s->size - s->used - 1;
}

static bool is_itself(const struct gs_stall *stall, const struct gs_stuck *row,
                      const struct gs_stall_holder *holder)
{
    return holder->stuck >= 0 && &stall->rows.items[holder->stuck] == row;
}

static const char *holder_name(const struct gs_stall *stall, const struct gs_stuck *row,
                               const struct gs_stall_holder *holder)
{
    return is_itself(stall, row, holder) ? "it itself" : holder->name;
}

/* "A has 1, B had 2 when it ended": the first few. */
static void say_units(struct sentence *s, const struct gs_stall *stall, const struct gs_stuck *row)
{
    enum { MOST_NAMED = 4 };
    size_t named = row->holders.count <= MOST_NAMED ? row->holders.count : MOST_NAMED;
    for (size_t i = 0; i < named; i++) {
        const struct gs_stall_holder *h = &row->holders.items[i];
        say(s, "%s%s %s %" PRIu64 "%s", i ? ", " : "", holder_name(stall, row, h),
            h->stuck < 0 ? "had" : "has", h->units, h->stuck < 0 ? " when it ended" : "");
    }
    if (named < row->holders.count)
        say(s, ", %zu others the rest", row->holders.count - named);
}

static void say_semaphore(struct sentence *s, const struct gs_stall *stall,
                          const struct gs_stuck *row)
{
    if (row->holders.count) {
        say(s, ": of its %" PRIu64 " unit%s ", row->of, row->of == 1 ? "" : "s");
        say_units(s, stall, row);
    } else {
        say(s, ": it has no unit, and nobody is left who could release one");
    }
}

static void say_lock(struct sentence *s, const struct gs_stall *stall, const struct gs_stuck *row)
{
    if (!row->holders.count)
        return;
    const struct gs_stall_holder *h = &row->holders.items[0];
    if (*h->forked)
        say(s, ", which %s held when %s was forked", h->name, h->forked);
    else if (h->stuck < 0)
        say(s, ", which %s held when it ended", h->name);
    else
        say(s, ", which %s holds", holder_name(stall, row, h));
}

/* With a holder: all are there, and the last one is still busy with the action. */
static void say_barrier(struct sentence *s, const struct gs_stall *stall,
                        const struct gs_stuck *row)
{
    if (row->holders.count)
        say(s, ", whose action %s runs", holder_name(stall, row, &row->holders.items[0]));
    else if (row->of)
        say(s, ": %" PRIu64 " of %" PRIu64 " %s there", row->now, row->of,
            row->now == 1 ? "is" : "are");
}

static void say_condition(struct sentence *s, const struct gs_stuck *row)
{
    if (!*row->in_vain) {
        say(s, ": nobody is left who could");
        return;
    }
    say(s, ": %s did", row->in_vain);
    if (row->in_vain_line)
        say(s, " (line %" PRIu32 ")", row->in_vain_line);
    say(s, " when nobody waited, and nobody is left who could again");
}

/* How somebody came not to finish what it took. */
static void say_taker(struct sentence *s, const struct gs_stall *stall, const struct gs_stuck *row,
                      const struct gs_stall_holder *h)
{
    char many[24] = "it";
    if (row->holders.count > 1 || row->queued || h->units != row->now)
        snprintf(many, sizeof many, "%" PRIu64, h->units);
    else if (h->units > 1)
        snprintf(many, sizeof many, "them");
    say(s, "%s took %s and %s", holder_name(stall, row, h), many,
        h->stuck < 0 ? (h->failed ? "ended with an error" : "ended") : "waits as well");
}

static void say_tasks(struct sentence *s, const struct gs_stall *stall, const struct gs_stuck *row)
{
    enum { MOST_NAMED = 4 };
    const char *sign = ": ";
    if (!row->of)
        return;
    say(s, ": %" PRIu64 " of %" PRIu64 " %s not done", row->now, row->of,
        row->now == 1 ? "is" : "are");
    for (size_t i = 0; i < row->holders.count && i < MOST_NAMED; i++, sign = ", ") {
        say(s, "%s", sign);
        say_taker(s, stall, row, &row->holders.items[i]);
    }
    if (row->queued)
        say(s, "%snobody took the %" PRIu64 " in the queue", sign, row->queued);
}

/* Of a task that awaits gather, say: who of those behind it is not done. */
static void say_members(struct sentence *s, const struct gs_stall *stall,
                        const struct gs_stuck *row)
{
    enum { MOST_NAMED = 4 };
    if (!row->holders.count)
        return;
    size_t named = row->now <= MOST_NAMED && row->holders.count == row->now ? row->holders.count
                   : row->holders.count < MOST_NAMED - 1                    ? row->holders.count
                                                                            : MOST_NAMED - 1;
    for (size_t i = 0; i < named; i++)
        say(s, "%s%s",
            i == 0              ? ": "
            : i + 1 == row->now ? " and "
                                : ", ",
            holder_name(stall, row, &row->holders.items[i]));
    if (named < row->now)
        say(s, " and %" PRIu64 " others", row->now - named);
    if (row->of > 1)
        say(s, " of %" PRIu64, row->of);
    say(s, " %s not done", row->now == 1 ? "is" : "are");
}

static const char *before_name(const struct gs_stuck *row)
{
    switch ((enum gs_object_kind)row->kind) {
    case GS_OBJECT_THREAD:
    case GS_OBJECT_PROCESS:
        return "the end of ";
    case GS_OBJECT_TASK:
        return row->awaits ? "" : "the end of ";
    case GS_OBJECT_FUTURE:
        return row->awaits && row->holders.count ? "" : "the result of ";
    case GS_OBJECT_EVENT:
        return "somebody to set ";
    case GS_OBJECT_CONDITION:
        return "somebody to notify ";
    case GS_OBJECT_BARRIER:
        return row->holders.count ? "" : "the others to arrive at ";
    case GS_OBJECT_QUEUE:
        return "an item of ";
    case GS_OBJECT_ROOM:
        return "room in ";
    case GS_OBJECT_TASKS:
        return "the tasks of ";
    case GS_OBJECT_LOCK:
    case GS_OBJECT_RLOCK:
    case GS_OBJECT_SEMAPHORE:
    case GS_OBJECT_SOCKET:
    case GS_OBJECT_FILE:
    case GS_OBJECT_PIPE:
    case GS_OBJECT_SLEEP:
    case GS_OBJECT_MEMORY:
    case GS_OBJECT_NONE:
    case GS_OBJECTS:
        break;
    }
    return "";
}

/* With a holder: who reads, or did, and lets nobody else. */
static void say_queue(struct sentence *s, const struct gs_stuck *row)
{
    if (row->holders.count && row->holders.items[0].stuck < 0)
        say(s, ", whose lock %s held when it ended", row->holders.items[0].name);
    else
        say(s, ": it is empty, and nobody is left who could put one");
}

static void say_why(struct sentence *s, const struct gs_stall *stall, const struct gs_stuck *row)
{
    switch ((enum gs_object_kind)row->kind) {
    case GS_OBJECT_LOCK:
    case GS_OBJECT_RLOCK:
        say_lock(s, stall, row);
        break;
    case GS_OBJECT_SEMAPHORE:
        say_semaphore(s, stall, row);
        break;
    case GS_OBJECT_BARRIER:
        say_barrier(s, stall, row);
        break;
    case GS_OBJECT_CONDITION:
        say_condition(s, row);
        break;
    case GS_OBJECT_TASKS:
        say_tasks(s, stall, row);
        break;
    case GS_OBJECT_EVENT:
        say(s, ": nobody is left who could");
        break;
    case GS_OBJECT_QUEUE:
        say_queue(s, row);
        break;
    case GS_OBJECT_ROOM:
        say(s, ": it is full, and nobody is left who could take an item");
        break;
    case GS_OBJECT_FUTURE:
        say_members(s, stall, row);
        break;
    case GS_OBJECT_THREAD:
    case GS_OBJECT_PROCESS:
    case GS_OBJECT_TASK:
    case GS_OBJECT_SOCKET:
    case GS_OBJECT_FILE:
    case GS_OBJECT_PIPE:
    case GS_OBJECT_SLEEP:
    case GS_OBJECT_MEMORY:
    case GS_OBJECT_NONE:
    case GS_OBJECTS:
        break;
    }
}

static void say_wait(struct sentence *s, const struct gs_stall *stall, size_t index)
{
    const struct gs_stuck *row = &stall->rows.items[index];
    say(s, "%s %s %s%s", row->name, row->awaits ? "awaits" : "waits for", before_name(row),
        row->on);
    if (*row->where)
        say(s, " (%s)", row->where);
    say_why(s, stall, row);
}

static bool any_told(const bool *told, const size_t *path, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (told[path[i]])
            return true;
    return false;
}

/* Returns whether there was one; told gets who stands in it. */
static bool say_circles(struct sentence *s, const struct gs_stall *stall, bool *told)
{
    size_t *path = calloc(stall->rows.count + 1, sizeof *path);
    bool any = false;
    if (!path)
        abort();
    for (size_t first = 0; first < stall->rows.count; first++) {
        size_t length = told[first] ? 0 : gs_stall_circle(stall, first, path);
        if (!length || any_told(told, path, length))
            continue;
        any = true;
        for (size_t i = 0; i < length; i++) {
            say(s, i ? "; " : " ");
            say_wait(s, stall, path[i]);
            told[path[i]] = true;
        }
        say(s, ".");
    }
    free(path);
    return any;
}

/* What each had in hand is lost with it, and whoever waits for that waits in vain. */
static void say_killed(struct sentence *s, const struct gs_stall *stall)
{
    char word[32];
    for (size_t i = 0; i < stall->killed.count; i++) {
        const struct gs_stall_killed *killed = &stall->killed.items[i];
        say(s, " %s was killed", killed->name);
        if (killed->by)
            say(s, " by %s", gs_ending_signal(word, sizeof word, (int)killed->by));
        say(s, *killed->hand ? " before that, while it ran %s." : " before that.", killed->hand);
    }
    if (stall->killed_more)
        say(s, " %" PRIu32 " more %s.", stall->killed_more,
            stall->killed_more == 1 ? "was" : "were");
}

void gs_stall_name(char buffer[GS_STALL_NAME], const char *name, uint32_t which)
{
    enum { NUMBER = 16 };
    gs_text_visible(buffer, GS_STALL_NAME - NUMBER, name, strlen(name));
    if (which > 1)
        snprintf(buffer + strlen(buffer), NUMBER, " #%" PRIu32, which);
}

bool gs_stall_tell(const struct gs_stall *stall, char *buffer, size_t size)
{
    static const char deadlock[] = "deadlock:", alone[] = "stall: nobody is left who could wake "
                                                          "anybody.";
    struct sentence s = {.buffer = buffer, .size = size};
    bool *told = calloc(stall->rows.count + 1, sizeof *told);
    if (!told)
        abort();
    say(&s, "%s", deadlock);
    bool circles = say_circles(&s, stall, told);
    if (!circles) {
        s.used = 0;
        say(&s, "%s", alone);
    }
    for (size_t i = 0; i < stall->rows.count; i++) {
        if (told[i])
            continue;
        say(&s, " ");
        say_wait(&s, stall, i);
        say(&s, ".");
    }
    say_killed(&s, stall);
    free(told);
    return circles;
}

const char *gs_stall_claim(enum gs_expectation expects, bool circles, bool *holds)
{
    static const char *const claims[][2] = {
        [GS_EXPECT_DEADLOCK] = {"the deadlock was found, and named as a cycle: there is none, it "
                                "is a stall",
                                "the deadlock was found, and named as a cycle"},
        [GS_EXPECT_STALL] = {"the stall was found, and named as who waits for what",
                             "the stall was found, without a cycle: there is one, it is a "
                             "deadlock"}};
    *holds = circles == (expects == GS_EXPECT_DEADLOCK);
    return claims[expects][circles];
}
