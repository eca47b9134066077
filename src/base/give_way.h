/* Who watches must not be in the way of what is watched. The stage's threads sleep and wake
 * hundreds of times a second; one that wakes on a core where the watcher is drawing would wait
 * until the frame is done, half a millisecond, and every figure of the run would show it. */
#ifndef GS_BASE_GIVE_WAY_H
#define GS_BASE_GIVE_WAY_H

/* From now on any process that wakes runs at once where the calling thread, of the screen, of a
 * collector or of a recorder, is running; its share of the processor stays what it was. Threads and
 * processes that it starts are as usual again. Needs Linux 6.12; before that nothing changes. */
void gs_give_way(void);

/* The other way round, for a thread that is away most of the time and has little to do: when it
 * wakes it runs at once. */
void gs_come_soon(void);

#endif
