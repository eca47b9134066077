#include "python/watch/writing.h"

#include "python/front/front.h"
#include "python/watch/channels.h"
#include "python/watch/files.h"
#include "python/watch/patience.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/uio.h>

static ssize_t put_waiting(const struct gs_message *m, size_t done)
{
    if (m->flags < 0)
        return gs_below.write(m->fd, m->from + done, m->size - done);
    return gs_below.sendto(m->fd, m->from + done, m->size - done, m->flags, m->to, m->to_size);
}

/* What has been written before a signal cuts it short, or an error does, is what the call gives. */
static ssize_t put_rest(const struct gs_message *m, size_t done)
{
    ssize_t put = put_waiting(m, done);
    if (put < 0 && done)
        return (ssize_t)done;
    return put < 0 ? put : (ssize_t)done + put;
}

static ssize_t put_at_once(const struct gs_message *m)
{
    const struct iovec what = {(void *)(uintptr_t)m->from, m->size};
    if (m->flags < 0)
        return pwritev2(m->fd, &what, 1, -1, RWF_NOWAIT);
    return gs_below.sendto(m->fd, m->from, m->size, m->flags | MSG_DONTWAIT, m->to, m->to_size);
}

/* Whether the program wants it so: then it does not wait. */
static bool never_waits(const struct gs_message *m)
{
    int code = errno, how = gs_below.fcntl64(m->fd, F_GETFL);
    errno = code;
    return (m->flags > 0 && m->flags & MSG_DONTWAIT) || (how >= 0 && how & O_NONBLOCK);
}

/* What cannot be asked for without waiting, since the kernel does not know that of pipes. */
static bool cannot_tell(ssize_t put)
{
    return put < 0 && (errno == EOPNOTSUPP || errno == ENOSYS || errno == EINVAL);
}

/* Who begins to wait between the first and the writing is told afterwards: that is before he has
 * got a core. */
static ssize_t put_told(const struct gs_watched *self, const struct gs_message *m)
{
    bool told = gs_channels_write(m->fd, self->id);
    ssize_t put = put_at_once(m);
    int code = errno;
    if (!told && put > 0)
        (void)gs_channels_write(m->fd, self->id);
    errno = code;
    return put;
}

/* Of a socket with a time limit, too, it ends where it would. */
ssize_t gs_writing_put(struct gs_watched *self, const struct gs_message *m)
{
    ssize_t put = put_told(self, m);
    bool blind = cannot_tell(put);
    bool full = put < 0 ? errno == EAGAIN : (size_t)put < m->size;
    if (!blind && (!full || never_waits(m)))
        return put;
    if (!blind)
        gs_watched_do(self, GS_STATE_IO, gs_files_room(m->fd));
    gs_patience_file(self, m->fd);
    put = put_rest(m, put > 0 ? (size_t)put : 0);
    gs_patience_over(self);
    return put;
}
