#include "tui/run/playback.h"

/* After a stop (Ctrl-Z, a sleeping computer) the playhead goes on from where it was. */
#define LONGEST_STEP 100000000u

bool gs_playback_advance(struct gs_playback *playback, uint64_t wall_ns, uint64_t live)
{
    if (playback->paused || playback->now >= live)
        return false;
    uint64_t wall = wall_ns < LONGEST_STEP ? wall_ns : LONGEST_STEP;
    double step = (double)wall * playback->speed + playback->fraction;
    uint64_t whole = (uint64_t)step;
    playback->fraction = step - (double)whole;
    playback->now = live - playback->now < whole ? live : playback->now + whole;
    return whole > 0;
}

static const double ladder[] = {0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10};
enum { STEPS = sizeof ladder / sizeof *ladder };

#define FIT_FROM 0.02
#define FIT_NS   5e9 /* as much wall clock as what was played would take at its speed */

void gs_playback_fit(struct gs_playback *playback)
{
    playback->speed = FIT_FROM;
    for (int i = 0; i < STEPS; i++)
        if (ladder[i] > FIT_FROM && (double)playback->now >= ladder[i] * FIT_NS)
            playback->speed = ladder[i];
}

void gs_playback_change_speed(struct gs_playback *playback, int steps)
{
    const int count = STEPS;
    int at = 0;
    double beyond = steps > 0 ? playback->speed - ladder[count - 1] : ladder[0] - playback->speed;
    if (beyond > 0)
        return;
    /* A speed between two steps goes to its neighbour on the side asked for. */
    while (at < count && ladder[at] < playback->speed * (steps > 0 ? 1.0001 : 0.9999))
        at++;
    at += steps > 0 ? steps - 1 : steps;
    playback->speed = ladder[at < 0 ? 0 : at >= count ? count - 1 : at];
}

uint64_t gs_playback_lead(const struct gs_playback *playback)
{
    const double frames = 2e9 / 60;
    uint64_t lead = (uint64_t)(playback->speed * frames);
    return lead > 1000 ? lead : 1000;
}
