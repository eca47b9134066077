#include "trace/event.h"

#include <ctype.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/wait.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static const char *pick(const char *const *words, size_t count, unsigned index)
{
    return index < count && words[index] ? words[index] : "?";
}

struct gs_event gs_event_death(uint64_t time, uint32_t process, int status)
{
    bool exited = status != -1 && !WIFSIGNALED(status);
    return (struct gs_event){.time = time,
                             .actor = process,
                             .kind = GS_EVENT_DIED,
                             .flags = exited ? GS_DEATH_CUT_OFF : GS_DEATH_KILLED,
                             .a = exited || status == -1 ? 0 : (uint64_t)WTERMSIG(status)};
}

const char *gs_event_kind_name(unsigned kind)
{
    static const char *const names[] = {
#define GS_EVENT(name, text, words, doc) [GS_EVENT_##name] = text,
#include "trace/event.def"
#undef GS_EVENT
    };
    return pick(names, LENGTH(names), kind);
}

bool gs_event_says(unsigned kind)
{
    enum words { TELLS, SAYS };
    static const enum words said[] = {
#define GS_EVENT(name, text, words, doc) [GS_EVENT_##name] = words,
#include "trace/event.def"
#undef GS_EVENT
    };
    return kind < LENGTH(said) && said[kind] == SAYS;
}

const char *gs_state_word(unsigned state)
{
    static const char *const words[] = {
#define GS_STATE(name, word, utf8, ascii, meaning) [GS_STATE_##name] = word,
#include "trace/state.def"
#undef GS_STATE
    };
    return pick(words, LENGTH(words), state);
}

const char *gs_state_glyph(unsigned state, bool ascii)
{
    static const char *const utf8_glyphs[] = {
#define GS_STATE(name, word, utf8, ascii, meaning) [GS_STATE_##name] = utf8,
#include "trace/state.def"
#undef GS_STATE
    };
    static const char ascii_glyphs[][2] = {
#define GS_STATE(name, word, utf8, ascii, meaning) [GS_STATE_##name] = {ascii, '\0'},
#include "trace/state.def"
#undef GS_STATE
    };
    if (state >= GS_STATES)
        return "?";
    return ascii ? ascii_glyphs[state] : utf8_glyphs[state];
}

const char *gs_state_meaning(unsigned state)
{
    static const char *const meanings[] = {
#define GS_STATE(name, word, utf8, ascii, meaning) [GS_STATE_##name] = meaning,
#include "trace/state.def"
#undef GS_STATE
    };
    return pick(meanings, LENGTH(meanings), state);
}

const char *gs_drop_word(unsigned drop)
{
    static const char *const words[] = {
        [GS_DROP_ASKED] = "asked", [GS_DROP_BLOCKING] = "blocking", [GS_DROP_EXIT] = "exit"};
    return pick(words, LENGTH(words), drop);
}

const char *gs_actor_kind_word(unsigned kind)
{
    static const char *const words[] = {[GS_ACTOR_PROCESS] = "process",
                                        [GS_ACTOR_INTERPRETER] = "interpreter",
                                        [GS_ACTOR_THREAD] = "thread",
                                        [GS_ACTOR_LOOP] = "loop",
                                        [GS_ACTOR_TASK] = "task"};
    return pick(words, LENGTH(words), kind);
}

const char *gs_object_kind_word(unsigned kind)
{
    static const char *const words[] = {
#define GS_OBJECT(name, word, what) [GS_OBJECT_##name] = word,
#include "trace/object.def"
#undef GS_OBJECT
    };
    return pick(words, LENGTH(words), kind);
}

void gs_object_numbered(unsigned kind, unsigned number, char *name, size_t size)
{
    int capitals = kind == GS_OBJECT_RLOCK ? 2 : 1;
    snprintf(name, size, "%s %u", gs_object_kind_word(kind), number);
    for (int i = 0; i < capitals; i++)
        name[i] = (char)toupper((unsigned char)name[i]);
}
