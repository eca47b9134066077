#include "tui/export.h"

#include "base/text.h"
#include "tui/look/range.h"
#include "tui/record.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* What comes after the playhead is not on the screen. */
static bool find_stretch(const struct gs_look *look, struct gs_exporting *e)
{
    struct gs_range_shown range = gs_range_shown(look);
    uint64_t end = look->run.playback.now;
    e->range = range.until > range.from;
    e->from = e->range ? range.from : look->window.from;
    e->until = e->range ? range.until : look->window.from + look->window.span;
    e->until = e->until < end ? e->until : end;
    return e->until > e->from;
}

void gs_export_ask(struct gs_ui *ui, bool boxes)
{
    char formats[256];
    if (ui->exporting.writing) {
        gs_notice_say(&ui->notice,
                      "%s is still being written: one after the other, or esc ends it.",
                      ui->exporting.into);
        return;
    }
    ui->exporting = (struct gs_exporting){.boxes = boxes};
    if (!find_stretch(&ui->look, &ui->exporting)) {
        gs_notice_say(&ui->notice, "Nothing has happened here yet that could be exported.");
        return;
    }
    gs_prompt_ask(&ui->prompt, GS_PROMPT_FORMAT, "",
                  ui->exporting.range ? "export the range as: " : "export the window as: ");
    gs_notice_say(&ui->notice, "Formats: %s.",
                  ui->conf->host->formats(ui->conf->host->context, formats, sizeof formats));
}

static void ask_file(struct gs_ui *ui, const char *ending)
{
    struct gs_exporting *e = &ui->exporting;
    char from[32], until[32], ask[96], name[GS_PROMPT_MAX];
    gs_text_duration(from, sizeof from, e->from);
    gs_text_duration(until, sizeof until, e->until);
    snprintf(ask, sizeof ask, "%s, %s to %s, into: ", e->range ? "range" : "window", from, until);
    gs_record_offer(ui, ending, name, sizeof name);
    gs_prompt_ask(&ui->prompt, GS_PROMPT_EXPORT, name, ask);
}

static void take_format(struct gs_ui *ui, const char *text)
{
    const struct gs_tui_host *host = ui->conf->host;
    struct gs_error err;
    const char *format = *text ? text : ui->exporting.boxes ? "boxes" : "lanes";
    const char *ending = host->ending(host->context, format, &err);
    if (ending) {
        gs_text_copy(ui->exporting.format, sizeof ui->exporting.format, format);
        ask_file(ui, ending);
        return;
    }
    gs_record_say_wrong(ui, err.text);
    gs_prompt_again(&ui->prompt, GS_PROMPT_FORMAT);
}

/* Into a pipe or a device goes what comes: nothing is lost by it. */
static bool is_lost(const char *path)
{
    struct stat there;
    return stat(path, &there) == 0 && S_ISREG(there.st_mode);
}

/* Enter once writes no file over; twice does. */
static bool may_be_written(struct gs_ui *ui, const char *path)
{
    struct gs_exporting *e = &ui->exporting;
    if (!is_lost(path) || strcmp(e->over, path) == 0)
        return true;
    gs_text_copy(e->over, sizeof e->over, path);
    gs_notice_say(&ui->notice, "%s is there: enter once more writes over it.", path);
    return false;
}

static bool write_file(struct gs_ui *ui, const char *path)
{
    const struct gs_tui_host *host = ui->conf->host;
    const struct gs_exporting *e = &ui->exporting;
    struct gs_feed_facts facts = gs_run_facts(&ui->look.run);
    const struct gs_tui_export what = {.format = e->format,
                                       .path = path,
                                       .timeline = ui->look.run.timeline,
                                       .rows = &ui->look.rows,
                                       .name = facts.name,
                                       .title = facts.title,
                                       .from = e->from,
                                       .until = e->until,
                                       .at = ui->look.cursor,
                                       .width = ui->canvas.width};
    struct gs_error err;
    if (!host->write(host->context, &what, &err)) {
        gs_record_say_wrong(ui, err.text);
        return false;
    }
    ui->exporting.writing = true;
    gs_text_copy(ui->exporting.into, sizeof ui->exporting.into, path);
    gs_export_tell(ui);
    return true;
}

static bool tell_progress(struct gs_ui *ui, uint64_t bytes)
{
    char text[32], said[sizeof ui->notice.text];
    snprintf(said, sizeof said, "Writing %s: %s so far. Esc ends it.", ui->exporting.into,
             gs_text_bytes(text, sizeof text, bytes));
    /* The answer to another key stays until the next one. */
    bool ours = !*ui->notice.text || strncmp(ui->notice.text, "Writing ", 8) == 0;
    if (!ours || strcmp(ui->notice.text, said) == 0)
        return false;
    gs_notice_say(&ui->notice, "%s", said);
    return true;
}

bool gs_export_tell(struct gs_ui *ui)
{
    const struct gs_tui_host *host = ui->conf->host;
    struct gs_exporting *e = &ui->exporting;
    struct gs_error err;
    uint64_t bytes;
    if (!e->writing)
        return false;
    switch (host->written(host->context, &bytes, &err)) {
    case GS_TUI_WRITING:
        return tell_progress(ui, bytes);
    case GS_TUI_WRITTEN:
        gs_notice_say(&ui->notice, "%s is written: the %s that is shown, as %s.", e->into,
                      e->range ? "range" : "window", e->format);
        break;
    case GS_TUI_NOT_WRITTEN:
        gs_record_say_wrong(ui, err.text);
        break;
    }
    e->writing = e->leaving = false;
    return true;
}

bool gs_export_stop(struct gs_ui *ui)
{
    struct gs_exporting *e = &ui->exporting;
    if (!e->writing)
        return false;
    ui->conf->host->unwrite(ui->conf->host->context);
    e->writing = e->leaving = false;
    gs_notice_say(&ui->notice, "%s is not finished: a file there is as it was.", e->into);
    return true;
}

bool gs_export_holds(struct gs_ui *ui)
{
    struct gs_exporting *e = &ui->exporting;
    if (!e->writing || e->leaving)
        return false;
    e->leaving = true;
    gs_notice_say(&ui->notice, "%s is still being written: once more leaves without it.", e->into);
    return true;
}

static void take_file(struct gs_ui *ui, const char *path)
{
    if (!*path)
        gs_record_say_wrong(ui, "a name is needed");
    else if (may_be_written(ui, path) && write_file(ui, path))
        return;
    gs_prompt_again(&ui->prompt, GS_PROMPT_EXPORT);
}

void gs_export_answer(struct gs_ui *ui, enum gs_prompt_purpose purpose,
                      enum gs_prompt_answer answer)
{
    char text[GS_PROMPT_MAX];
    if (answer != GS_PROMPT_ENTERED)
        return;
    gs_text_copy(text, sizeof text, ui->prompt.text);
    if (purpose == GS_PROMPT_FORMAT)
        take_format(ui, text);
    else
        take_file(ui, text);
}
