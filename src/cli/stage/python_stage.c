#include "cli/stage/python_stage.h"

#include "cli/say/say.h"
#include "cli/scenes/python.h"
#include "python/launch/launch.h"
#include "trace/segment.h"

#include <fcntl.h>
#include <stdio.h>

static bool settle(int segment_fd, struct gs_error *err)
{
    int own = fcntl(segment_fd, F_DUPFD_CLOEXEC, segment_fd);
    struct gs_segment *segment = gs_segment_attach(own, err);
    if (!segment)
        return false;
    bool settled = gs_cli_python_ask(&gs_segment_control(segment)->order, err);
    gs_segment_close(segment);
    return settled;
}

int gs_python_stage_main(int segment_fd)
{
    struct gs_error err;
    if (settle(segment_fd, &err))
        return gs_launch(segment_fd);
    fprintf(stderr, "%s\n", err.text);
    return GS_EXIT_USAGE;
}
