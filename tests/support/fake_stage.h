/* A host for the screen without a program around it: each stage is a thread that plays a
 * hand-made trace into the segment's rings, on the clock that is asked for. */
#ifndef GS_TEST_FAKE_STAGE_H
#define GS_TEST_FAKE_STAGE_H

#include "support/fake_trace.h"
#include "tui/tui.h"

struct fake_stage {
    /* set by the test */
    struct fake_trace *(*make)(void); /* a new trace for every start; NULL: fake_gil_fight */
    const struct gs_tui_scene *scenes;
    size_t scene_count;
    struct gs_decision decision;
    enum gs_clock_kind clock; /* 0: virtual */
    uint32_t gil;             /* enum gs_gil_profile; UNSET: 3.12 */
    size_t dies_after;        /* so many events, then it is gone without an end; 0: it plays all */
    int death;                /* … with this status, and message on stderr */
    const char *message;
    char asked[256];               /* the last text that variants were asked for by */
    bool refuses;                  /* start fails */
    struct gs_tui_export exported; /* the last that was: its texts are below */
    char exported_as[32], exported_into[256];
    size_t exported_rows;
    unsigned export_looks; /* an export takes so many looks at how far it is; UINT_MAX: for ever */
    const char *export_fails; /* … and fails then; NULL: it does not */
    unsigned exports_ended;   /* before they were done */
    _Atomic bool stalls;      /* it gets nowhere for as long as this is set */
    unsigned starts;

    /* its own */
    struct gs_tui_host host;
    struct fake_trace *trace; /* of the last start … */
    struct playing *playing;  /* … and its thread; NULL: it was stopped */
};

/* Fills host; the stage stays where it is while the host is used. */
const struct gs_tui_host *fake_stage_host(struct fake_stage *stage);

/* Waits until the last stage has written all that the virtual clock lets it, however long its
 * thread gets no core; not for one that stalls, nor on the real clock. */
void fake_stage_await(const struct fake_stage *stage);

#endif
