#include "python/watch/channels.h"

#include "base/peer.h"
#include "python/drive/drive.h"
#include "python/front/front.h"
#include "python/watch/descriptors.h"
#include "python/watch/files.h"
#include "python/watch/watch.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>

/* A file system's files have numbers of their own in each; 0 is none. */
static uint64_t key_of(const struct stat *st)
{
    return (uint64_t)st->st_dev << 48 ^ (uint64_t)st->st_ino;
}

static uint64_t mix(uint64_t hash, const void *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ ((const unsigned char *)bytes)[i]) * 1099511628211u;
    return hash;
}

/* One of the two ways between a client's socket and a server's. */
enum way { TO_SERVER = 1, TO_CLIENT };

static uint64_t way_of(uint64_t client, enum way way)
{
    uint64_t parts[] = {client, way};
    return mix(14695981039346656037u, parts, sizeof parts) | 1;
}

uint32_t gs_channels_object(const struct stat *st)
{
    const struct gs_channel *channel = gs_channel_find(gs_watch.segment, key_of(st));
    return channel ? atomic_load(&channel->object) : 0;
}

void gs_channels_call(const struct stat *st, uint32_t object)
{
    struct gs_channel *channel = gs_channel_get(gs_watch.segment, key_of(st));
    if (channel)
        atomic_store(&channel->object, object);
}

/* --- who is at the other end of a socket */

static void set_ways(uint64_t end, uint64_t from, uint64_t into)
{
    struct gs_channel *channel = gs_channel_get(gs_watch.segment, end);
    if (!channel)
        return;
    atomic_store(&channel->from, from);
    atomic_store(&channel->into, into);
}

void gs_channels_paired(const int fds[2])
{
    struct stat st[2];
    if (!gs_descriptor_stat(fds[0], &st[0]) || !gs_descriptor_stat(fds[1], &st[1]))
        return;
    for (int i = 0; i < 2; i++) {
        gs_channels_call(&st[i], gs_files_object(fds[i]));
        set_ways(key_of(&st[i]), key_of(&st[i]), key_of(&st[1 - i]));
    }
}

void gs_channels_connected(int fd)
{
    struct stat st;
    if (gs_descriptor_stat(fd, &st))
        set_ways(key_of(&st), way_of(st.st_ino, TO_CLIENT), way_of(st.st_ino, TO_SERVER));
}

static int family_of(int fd)
{
    struct sockaddr_storage address;
    socklen_t size = sizeof address;
    return gs_below.getsockname(fd, (struct sockaddr *)&address, &size) == 0 ? address.ss_family
                                                                             : AF_UNSPEC;
}

void gs_channels_accepted(int fd)
{
    struct stat st;
    int code = errno;
    uint32_t client = 0;
    if (family_of(fd) == AF_UNIX && gs_descriptor_stat(fd, &st))
        client = gs_peer_of_unix_socket((uint32_t)st.st_ino);
    if (client)
        set_ways(key_of(&st), way_of(client, TO_SERVER), way_of(client, TO_CLIENT));
    errno = code;
}

static size_t address_of(const struct sockaddr_storage *address, const void **bytes)
{
    const struct sockaddr_in *v4 = (const void *)address;
    const struct sockaddr_in6 *v6 = (const void *)address;
    *bytes =
        address->ss_family == AF_INET ? (const void *)&v4->sin_port : (const void *)&v6->sin6_port;
    if (address->ss_family == AF_INET)
        return sizeof v4->sin_port + sizeof v4->sin_addr;
    return sizeof v6->sin6_port + sizeof v6->sin6_flowinfo + sizeof v6->sin6_addr;
}

static uint64_t way_between(const struct sockaddr_storage *from, const struct sockaddr_storage *to)
{
    const void *bytes;
    size_t size = address_of(from, &bytes);
    uint64_t hash = mix(14695981039346656037u, bytes, size);
    size = address_of(to, &bytes);
    return mix(hash, bytes, size) | 1;
}

/* A connection over the network is known by the addresses of its ends, at both of them. */
static void learn_network(int fd, uint64_t end)
{
    struct sockaddr_storage own = {0}, peer = {0};
    socklen_t own_size = sizeof own, peer_size = sizeof peer;
    if (gs_below.getsockname(fd, (struct sockaddr *)&own, &own_size) == 0 &&
        gs_below.getpeername(fd, (struct sockaddr *)&peer, &peer_size) == 0 &&
        (own.ss_family == AF_INET || own.ss_family == AF_INET6))
        set_ways(end, way_between(&peer, &own), way_between(&own, &peer));
}

/* --- channels */

/* NULL: its ends are not known. */
static struct gs_channel *way_through(int fd, const struct stat *st, bool send)
{
    uint64_t end = key_of(st);
    const struct gs_channel *own = gs_channel_get(gs_watch.segment, end);
    if (!S_ISSOCK(st->st_mode))
        return gs_channel_get(gs_watch.segment, end);
    if (own && !atomic_load(&own->into))
        learn_network(fd, end);
    uint64_t way = own ? atomic_load(send ? &own->into : &own->from) : 0;
    return way ? gs_channel_get(gs_watch.segment, way) : NULL;
}

struct gs_channel *gs_channels_of(int fd, bool send)
{
    struct stat st;
    uint32_t unnamed = 0;
    if (!gs_descriptor_stat(fd, &st))
        return NULL;
    struct gs_channel *channel = way_through(fd, &st, send);
    if (channel && !atomic_load(&channel->object))
        atomic_compare_exchange_strong(&channel->object, &unnamed, gs_files_new_object(fd));
    return channel;
}

/* --- who has written what somebody waits for */

static struct gs_channel *way_of_file(int fd, bool send)
{
    struct stat st;
    int code = errno;
    bool is_one = gs_descriptor_stat(fd, &st) && (S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode));
    struct gs_channel *channel = is_one ? way_through(fd, &st, send) : NULL;
    errno = code;
    return channel;
}

enum { NOT_YET = UINT32_MAX }; /* written, while somebody waits for it */

struct gs_channel *gs_channels_await(int fd)
{
    struct gs_channel *channel = way_of_file(fd, false);
    if (!channel)
        return NULL;
    atomic_store(&channel->writer, NOT_YET);
    atomic_fetch_add(&gs_family->standing.readers, 1);
    return channel;
}

uint32_t gs_channels_awaited(struct gs_channel *channel)
{
    if (!channel)
        return 0;
    atomic_fetch_sub(&gs_family->standing.readers, 1);
    uint32_t who = atomic_exchange(&channel->writer, 0);
    return who == NOT_YET ? 0 : who;
}

/* Where nobody waits this is all that it costs. The first one ends the wait. */
bool gs_channels_write(int fd, uint32_t who)
{
    uint32_t not_yet = NOT_YET;
    if (atomic_load_explicit(&gs_family->standing.readers, memory_order_relaxed) == 0)
        return false;
    struct gs_channel *channel = way_of_file(fd, true);
    return channel && atomic_compare_exchange_strong(&channel->writer, &not_yet, who);
}
