/* A sentence that grows: text with names made safe, durations, lines. Cut at a character's boundary
 * when the buffer is full. */
#ifndef GS_TIMELINE_EXPLAIN_SAY_H
#define GS_TIMELINE_EXPLAIN_SAY_H

#include "timeline/names.h"
#include "timeline/timeline.h"
#include "trace/where.h"

enum { GS_SAY_WORDS = 12, GS_WORD_SIZE = GS_WHERE_SIZE + 8 };

struct gs_say {
    char *buffer;
    size_t size, used;
    const struct gs_timeline *timeline;
    /* Where the words below live: as many as one call of gs_say may use. */
    char words[GS_SAY_WORDS][GS_WORD_SIZE];
    unsigned next;
};

void gs_say_init(struct gs_say *say, const struct gs_timeline *timeline, char *buffer, size_t size);

void gs_say(struct gs_say *say, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Room for one word of the caller's own making: GS_WORD_SIZE bytes. */
char *gs_say_word(struct gs_say *say);

/* Words for gs_say's arguments; they last for the next few calls. */
const char *gs_say_who(struct gs_say *say, uint32_t actor);
const char *gs_say_what(struct gs_say *say, uint32_t object);
const char *gs_say_time(struct gs_say *say, uint64_t ns);
/* " (line 12)", " (line 12, in Queue.get)", see where.h; "" for 0. */
const char *gs_say_line(struct gs_say *say, uint32_t line, uint16_t place);
/* "the GIL" where there can be no doubt which, "the GIL of NAME" when it is not the actor's first.
 */
const char *gs_say_gil(struct gs_say *say, uint32_t interpreter, uint32_t actor);

#endif
