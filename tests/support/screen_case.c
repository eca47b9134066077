#include "support/screen_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/wait.h>

#include <cmocka.h>

static int show(void *context)
{
    struct screen_case *c = context;
    struct gs_tui_conf conf = {.host = fake_stage_host(&c->stage),
                               .order = &c->order,
                               .choose = c->choose,
                               .compared = c->compared,
                               .compared_count = c->compared_count,
                               .ascii = c->ascii,
                               .speed = c->speed > 0 ? c->speed : 10};
    struct gs_error err;
    bool ok;
    int status = gs_tui_run(&conf, &ok, &err);
    if (!ok)
        fprintf(stderr, "%s\n", err.text);
    return ok ? status : 99;
}

struct vscreen *screen_case_open(struct screen_case *c, int width, int height)
{
    struct vscreen_conf conf = {.width = width,
                                .height = height,
                                .child = show,
                                .context = c,
                                .environment = c->environment};
    if (!c->order.name[0] && !c->choose)
        snprintf(c->order.name, sizeof c->order.name, "gil/fight");
    return vscreen_open(&conf);
}

int screen_case_quit(struct vscreen *screen)
{
    vscreen_keys(screen, "q");
    int status = vscreen_wait(screen);
    assert_true(WIFEXITED(status));
    assert_true(vscreen_restored(screen));
    return WEXITSTATUS(status);
}
