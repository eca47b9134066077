/* Enter: to who caused what is under the cursor; and the way back. */
#include "tui/views/lanes/acts.h"

#include "timeline/explain/explain.h"
#include "timeline/messages.h"
#include "tui/look/cursor.h"
#include "tui/look/folds.h"
#include "tui/look/trail.h"

/* The message that the lane sent or received in the cursor's column: to its other end. */
static bool follow_message(struct gs_look *look, uint32_t actor, uint64_t column)
{
    const struct gs_timeline *timeline = look->run.timeline;
    struct gs_event e;
    if (!gs_timeline_find_message(timeline, actor, look->cursor, look->cursor + column, &e))
        return false;
    const struct gs_message *message =
        gs_timeline_message(timeline, gs_event_through(&e), gs_event_number(&e));
    bool sent = e.flags & 1;
    uint32_t other = message ? (sent ? message->to : message->from) : 0;
    uint64_t time = sent ? message->received : message->sent;
    if (other)
        gs_trail_go(look, (struct gs_row_name){GS_ROW_LANE, other}, time);
    return other != 0;
}

static enum gs_row_kind row_of(const struct gs_look *look, uint32_t actor)
{
    return gs_row_of(gs_timeline_tables(look->run.timeline), actor);
}

/* To who has the lock, where he took it. */
static bool follow_lock(struct gs_look *look, uint32_t lock)
{
    const struct gs_timeline *timeline = look->run.timeline;
    struct gs_claim claim;
    if (!gs_timeline_claims(timeline, lock, look->cursor, &claim, 1))
        return false;
    gs_trail_go(look, (struct gs_row_name){row_of(look, claim.owner), claim.owner}, claim.start);
    return true;
}

void gs_lanes_act_enter(struct gs_ui *ui, void *state)
{
    struct gs_look *look = &ui->look;
    const struct gs_row *row = gs_cursor_selected(look);
    uint32_t actor;
    uint64_t time;
    if (!row)
        return;
    if (row->kind == GS_ROW_GROUP || row->kind == GS_ROW_TASKS)
        gs_fold_toggle(look);
    else if (row->kind == GS_ROW_LANE &&
             follow_message(look, row->actor, gs_lanes_column_ns(ui, state)))
        return;
    else if (row->kind == GS_ROW_LOCK) {
        if (!follow_lock(look, row->actor))
            gs_notice_say(&ui->notice, "Nobody holds it here.");
    } else if (gs_explain_cause(look->run.timeline, row->actor, look->cursor, &actor, &time))
        gs_trail_go(look, (struct gs_row_name){row_of(look, actor), actor}, time);
    else
        gs_notice_say(&ui->notice, "Nobody else caused this.");
}

void gs_lanes_act_come_back(struct gs_ui *ui, void *state)
{
    (void)state;
    if (!gs_trail_back(&ui->look))
        gs_notice_say(&ui->notice, "Enter has led nowhere yet.");
}
