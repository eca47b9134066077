#include "tui/views/views.h"

#define GS_VIEW(name, letter, ops) extern const struct gs_view_ops ops;
#include "tui/views.def"
#undef GS_VIEW

const struct gs_view_ops *const gs_views[GS_VIEWS] = {
#define GS_VIEW(name, letter, ops) [GS_VIEW_##name] = &(ops),
#include "tui/views.def"
#undef GS_VIEW
};
