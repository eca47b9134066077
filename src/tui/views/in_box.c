#include "tui/views/in_box.h"

struct gs_lanes_view gs_lanes_in_box(const struct gs_look *look, const struct gs_window *window,
                                     uint64_t cursor, struct gs_box box)
{
    return (struct gs_lanes_view){.timeline = look->run.timeline,
                                  .rows = &look->rows,
                                  .from = window->from,
                                  .until = window->from + window->span,
                                  .x = box.x,
                                  .y = box.y,
                                  .width = box.width,
                                  .height = box.height,
                                  .selected = -1,
                                  .cursor = cursor};
}
