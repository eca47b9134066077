/* Writing into pipes and sockets, on the real clock. As much as there is room for is written at
 * once, and only then does it wait: so who waits has said so before, and who need not makes the one
 * system call that it would make without us. */
#ifndef GS_PYTHON_WATCH_WRITING_H
#define GS_PYTHON_WATCH_WRITING_H

#include "python/watch/watch.h"

#include <sys/socket.h>

/* The calling thread writes its parts there, and waits as long as it would without us; gives what
 * that call gives, errno included. flags: of a socket's send, whose message says whom it goes to
 * and what goes with it, too; -1: it is a write. */
ssize_t gs_writing_put(struct gs_watched *self, int fd, int flags, const struct msghdr *head);

#endif
