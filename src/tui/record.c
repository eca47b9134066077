#include "tui/record.h"

#include "base/text.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void gs_record_say_wrong(struct gs_ui *ui, const char *text)
{
    char first = (char)toupper((unsigned char)*text);
    gs_notice_say(&ui->notice, "%c%s.", first, *text ? text + 1 : "");
}

/* "gil/cpu-threads" as "gil-cpu-threads"; of a path, what it ends in. */
void gs_record_offer(const struct gs_ui *ui, const char *ending, char *name, size_t size)
{
    const char *called = gs_run_facts(&ui->look.run).name;
    const char *slash = strrchr(called, '/');
    bool path = called[0] == '/' || called[0] == '.';
    char safe[96];
    gs_text_visible(safe, sizeof safe, path && slash ? slash + 1 : called,
                    strlen(path && slash ? slash + 1 : called));
    char *dot = strrchr(safe, '.');
    if (dot && dot != safe)
        *dot = '\0';
    for (char *c = safe; *c; c++)
        *c = *c == '/' || *c == ' ' ? '-' : *c;
    snprintf(name, size, "%s.%s", safe, ending);
}

void gs_record_ask(struct gs_ui *ui)
{
    struct gs_feed *feed = ui->look.run.feed;
    struct gs_recorder_state state = feed->ops->recording(feed);
    struct gs_error err;
    char name[GS_PROMPT_MAX];
    if (state.named || (state.over && !state.events)) {
        if (!feed->ops->record(feed, NULL, &err))
            gs_record_say_wrong(ui, err.text);
        return;
    }
    gs_record_offer(ui, "gsr", name, sizeof name);
    gs_prompt_open(&ui->prompt, GS_PROMPT_RECORD, name);
}

bool gs_record_into(struct gs_ui *ui, const char *path)
{
    struct gs_feed *feed = ui->look.run.feed;
    struct gs_error err;
    ui->recording_pending = *path && feed->ops->record(feed, path, &err);
    if (ui->recording_pending)
        return true;
    gs_record_say_wrong(ui, *path ? err.text : "a name is needed");
    return false;
}

static void tell(struct gs_ui *ui, const struct gs_recorder_state *state)
{
    char bytes[32];
    gs_text_bytes(bytes, sizeof bytes, state->bytes);
    if (state->failed || state->nameless)
        gs_record_say_wrong(ui, state->err.text);
    else if (state->over)
        gs_notice_say(&ui->notice, "The run is recorded: %" PRIu64 " events, %s.", state->events,
                      bytes);
    else
        gs_notice_say(&ui->notice, "Recording from the beginning on: %" PRIu64 " events so far.",
                      state->events);
}

/* Once when it begins, and once when it is over. */
bool gs_record_tell(struct gs_ui *ui)
{
    struct gs_feed *feed = ui->look.run.feed;
    if (!feed || !feed->ops->recording)
        return false;
    struct gs_recorder_state state = feed->ops->recording(feed);
    bool answers = ui->recording_pending && !state.naming;
    bool ends = state.named && state.over && !ui->recording_over;
    if (!answers && !ends)
        return false;
    ui->recording_pending = false;
    ui->recording_over = state.over;
    tell(ui, &state);
    return true;
}
