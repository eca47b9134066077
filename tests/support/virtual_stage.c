#include "support/virtual_stage.h"

#include "sched/actor.h"
#include "trace/segment.h"

bool virtual_stage_open(struct gs_runner *self, struct gs_runtime_conf conf)
{
    struct gs_error err;
    conf.clock = GS_CLOCK_VIRTUAL;
    conf.segment = gs_segment_create(&gs_segment_default, &err);
    gs_segment_control(conf.segment)->order.traced = false;
    bool good = gs_runtime_init(&conf, &err) && gs_runner_init(self, "main", 0, 0, &err);
    gs_self = &self->actor;
    return good;
}
