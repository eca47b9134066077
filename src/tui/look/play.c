#include "tui/look/play.h"

#include "tui/look/cursor.h"

bool gs_play_goes_on(const struct gs_run *run)
{
    return !run->playback.paused && !gs_run_at_end(run) && !gs_run_over(run);
}

void gs_play_toggle(struct gs_look *look)
{
    struct gs_run *run = &look->run;
    gs_cursor_search_no_more(look);
    if (gs_run_over(run)) {
        gs_run_seek(run, look->cursor < gs_run_live(run) ? look->cursor : 0);
        run->playback.paused = false;
    } else {
        run->playback.paused = !run->playback.paused;
        run->at_live = false;
    }
    if (!run->playback.paused)
        gs_cursor_follow(look);
}

/* Pausing the virtual clock holds the program itself, as long as it is there. */
static bool is_held(const struct gs_run *run)
{
    return run->playback.paused && gs_run_virtual(run) && !run->gone && !gs_run_complete(run);
}

void gs_play_live(struct gs_look *look)
{
    if (is_held(&look->run))
        gs_notice_say(look->notice, "The program is paused here: space lets it go on.");
    else
        gs_run_to_live(&look->run);
    gs_cursor_follow(look);
}
