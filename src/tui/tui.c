#include "tui/tui.h"

#include "tui/loop.h"
#include "tui/views/views.h"

/* How a run ended that is played is no news of the player's. */
static int status_of(const struct gs_ui *ui, const struct gs_order *order)
{
    bool played = order && order->guest == GS_GUEST_RECORDING;
    return played ? ui->look.run.end.damaged : gs_ui_status(ui);
}

int gs_tui_run(const struct gs_tui_conf *conf, bool *ok, struct gs_error *err)
{
    gs_loop_hold_ends();
    struct gs_term *term = gs_term_open(err);
    *ok = term != NULL;
    if (!term) {
        gs_loop_let_ends_go();
        return 0;
    }
    struct gs_tui_conf own = *conf;
    own.ascii = conf->ascii || !gs_term_unicode();
    own.colours = gs_term_colours(term);
    struct gs_ui ui;
    int width, height;
    gs_term_size(term, &width, &height);
    gs_ui_init(&ui, &own, gs_views, width, height);
    if (conf->compared_count)
        gs_ui_compare(&ui, conf->compared, conf->compared_count);
    else if (!conf->choose)
        gs_ui_start(&ui, conf->order, (struct gs_pace){conf->speed, conf->scene_speed});
    int ended_by = gs_loop_run(&ui, term);
    gs_term_close(term);
    int status = status_of(&ui, conf->order);
    gs_ui_destroy(&ui);
    return ended_by ? 128 + ended_by : status;
}
