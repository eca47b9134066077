/* A thread that sleeps where the virtual clock cannot see it, with the baton in hand: in a lock
 * that a C library has made itself, in a device, in a call that nothing stands in front of. Nobody
 * else can go on then. The program's parent notices (GS_SIGNAL_BLOCKED), and the thread,
 * interrupted, says where it is; the second time it ends the run. */
#ifndef GS_PYTHON_SYNC_BLOCKED_H
#define GS_PYTHON_SYNC_BLOCKED_H

/* Once, when the run is driven. */
void gs_blocked_listen(void);

#endif
