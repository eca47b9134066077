#include "tui/look/range.h"

#include "base/text.h"

static struct gs_range_shown in_order(uint64_t one, uint64_t other)
{
    return one < other ? (struct gs_range_shown){one, other} : (struct gs_range_shown){other, one};
}

void gs_range_select(struct gs_look *look, uint64_t one, uint64_t other)
{
    struct gs_range_shown range = in_order(one, other);
    look->range = (struct gs_range){GS_RANGE_CHOSEN, range.from, range.until};
}

void gs_range_mark(struct gs_look *look)
{
    char time[32];
    if (look->range.state != GS_RANGE_BEGUN) {
        look->range = (struct gs_range){GS_RANGE_BEGUN, look->cursor, look->cursor};
        gs_notice_say(look->notice, "A range begins at %s: move the cursor, m ends it, esc leaves.",
                      gs_text_duration(time, sizeof time, look->cursor));
    } else if (look->cursor == look->range.from) {
        gs_notice_say(look->notice, "The range has no length yet: move the cursor, then m.");
    } else {
        gs_range_select(look, look->range.from, look->cursor);
    }
}

bool gs_range_forget(struct gs_look *look)
{
    bool any = look->range.state != GS_RANGE_NONE;
    look->range = (struct gs_range){0};
    return any;
}

struct gs_range_shown gs_range_shown(const struct gs_look *look)
{
    if (look->range.state == GS_RANGE_BEGUN)
        return in_order(look->range.from, look->cursor);
    return (struct gs_range_shown){look->range.from, look->range.until};
}
