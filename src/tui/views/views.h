/* The list of all views. */
#ifndef GS_TUI_VIEWS_VIEWS_H
#define GS_TUI_VIEWS_VIEWS_H

#include "tui/view.h"

extern const struct gs_view_ops *const gs_views[GS_VIEWS];

#endif
