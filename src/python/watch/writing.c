#include "python/watch/writing.h"

#include "python/front/front.h"
#include "python/watch/channels.h"
#include "python/watch/files.h"
#include "python/watch/patience.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/uio.h>

struct message {
    int fd, flags; /* flags: -1: it is a write */
    const struct msghdr *head;
};

/* One part is sent as sendto does it, which is less work for the kernel. */
static ssize_t put_as(const struct message *m, const struct msghdr *head, int flags)
{
    const struct iovec *part = head->msg_iov;
    if (m->flags < 0)
        return head->msg_iovlen == 1 ? gs_below.write(m->fd, part->iov_base, part->iov_len)
                                     : gs_below.writev(m->fd, part, (int)head->msg_iovlen);
    if (head->msg_iovlen == 1 && !head->msg_control)
        return gs_below.sendto(m->fd, part->iov_base, part->iov_len, flags, head->msg_name,
                               head->msg_namelen);
    return gs_below.sendmsg(m->fd, head, flags);
}

static size_t size_of(const struct msghdr *head)
{
    size_t size = 0;
    for (size_t i = 0; i < head->msg_iovlen; i++)
        size += head->msg_iov[i].iov_len;
    return size;
}

/* What it all together has written, once a call has: that one may have failed, which the next call
 * of the program's gets to know. */
static ssize_t sum(size_t done, ssize_t put)
{
    return put < 0 ? (ssize_t)done : (ssize_t)done + put;
}

/* What has been written before a signal cuts it short, or an error does, is what the call gives.
 * What goes with a message, descriptors say, has gone with its first byte. */
static ssize_t put_rest(const struct message *m, size_t done)
{
    struct msghdr rest = {.msg_name = m->head->msg_name,
                          .msg_namelen = m->head->msg_namelen,
                          .msg_iov = m->head->msg_iov,
                          .msg_iovlen = m->head->msg_iovlen};
    size_t cut = done;
    for (; rest.msg_iovlen && cut >= rest.msg_iov->iov_len; rest.msg_iov++, rest.msg_iovlen--)
        cut -= rest.msg_iov->iov_len;
    if (cut) {
        struct iovec left = {(char *)rest.msg_iov->iov_base + cut, rest.msg_iov->iov_len - cut};
        struct msghdr part = rest;
        part.msg_iov = &left;
        part.msg_iovlen = 1;
        ssize_t put = put_as(m, &part, m->flags);
        if (put < (ssize_t)left.iov_len)
            return sum(done, put);
        done += left.iov_len;
        rest.msg_iov++;
        rest.msg_iovlen--;
    }
    return rest.msg_iovlen ? sum(done, put_as(m, &rest, m->flags)) : (ssize_t)done;
}

static ssize_t put_at_once(const struct message *m)
{
    if (m->flags < 0)
        return pwritev2(m->fd, m->head->msg_iov, (int)m->head->msg_iovlen, -1, RWF_NOWAIT);
    return put_as(m, m->head, m->flags | MSG_DONTWAIT);
}

/* Whether the program wants it so: then it does not wait. */
static bool never_waits(const struct message *m)
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
static ssize_t put_told(const struct gs_watched *self, const struct message *m)
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
ssize_t gs_writing_put(struct gs_watched *self, int fd, int flags, const struct msghdr *head)
{
    const struct message message = {fd, flags, head}, *m = &message;
    ssize_t put = put_told(self, m);
    bool blind = cannot_tell(put);
    bool full = put < 0 ? errno == EAGAIN : (size_t)put < size_of(m->head);
    if (!blind && (!full || never_waits(m)))
        return put;
    if (!blind)
        gs_watched_do(self, GS_STATE_IO, gs_files_room(m->fd));
    gs_patience_file(self, m->fd);
    put = put > 0 ? put_rest(m, (size_t)put) : put_as(m, m->head, m->flags);
    gs_patience_over(self);
    return put;
}
