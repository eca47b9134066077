#include "tui/export.h"

#include "base/text.h"
#include "tui/look/range.h"
#include "tui/record.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

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

/* Enter once writes no file over; twice does. */
static bool may_be_written(struct gs_ui *ui, const char *path)
{
    struct gs_exporting *e = &ui->exporting;
    if (access(path, F_OK) != 0 || strcmp(e->over, path) == 0)
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
    if (host->write(host->context, &what, &err)) {
        gs_notice_say(&ui->notice, "%s is written: the %s that is shown, as %s.", path,
                      e->range ? "range" : "window", e->format);
        return true;
    }
    gs_record_say_wrong(ui, err.text);
    return false;
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
