/* Waits for one of several files: select, poll and epoll say which these are. A wait for one is
 * told as a wait for that one, a wait for more as what they are: "3 sockets". Some pipes are known
 * to say nothing but that a process has ended: who waits for them waits for that. */
#ifndef GS_PYTHON_WATCH_POLLS_H
#define GS_PYTHON_WATCH_POLLS_H

/* The descriptor is about to be closed. */
void gs_polls_close(int fd);

#endif
