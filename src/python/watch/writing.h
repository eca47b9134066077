/* Writing into pipes and sockets, on the real clock. As much as there is room for is written at
 * once, and only then does it wait: so who waits has said so before, and who need not makes the one
 * system call that it would make without us. */
#ifndef GS_PYTHON_WATCH_WRITING_H
#define GS_PYTHON_WATCH_WRITING_H

#include "python/watch/watch.h"

#include <sys/socket.h>

struct gs_message {
    int fd, flags; /* flags: of a socket's send; -1: it is a write */
    const char *from;
    size_t size;
    const struct sockaddr *to;
    socklen_t to_size;
};

/* The calling thread writes it there, and waits as long as it would without us; gives what that
 * call gives, errno included. */
ssize_t gs_writing_put(struct gs_watched *self, const struct gs_message *m);

#endif
