/* What connections between processes go through: pipes, and the two ways of a pair of sockets. All
 * processes of a run find the same channel, by what the kernel calls its ends. */
#ifndef GS_PYTHON_WATCH_CHANNELS_H
#define GS_PYTHON_WATCH_CHANNELS_H

#include "trace/channels.h"

#include <stdbool.h>
#include <sys/stat.h>

/* The channel that who has the descriptor writes into, or reads from. NULL: it is no descriptor,
 * nobody can tell who is at the other end, or there are too many. */
struct gs_channel *gs_channels_of(int fd, bool send);

/* On the real clock: the calling thread is about to wait for what is written to it there, and has
 * it: by whom, an actor; 0: nobody knows. channel: what the first returned, or NULL. */
struct gs_channel *gs_channels_await(int fd);
uint32_t gs_channels_awaited(struct gs_channel *channel);
/* The calling thread, an actor, is about to write there, or has just written. False: nobody waits
 * for it, or somebody has written before. */
bool gs_channels_write(int fd, uint32_t who);

/* What all processes call it; 0: nobody has said. */
uint32_t gs_channels_object(const struct stat *st);
/* From now on they do. */
void gs_channels_call(const struct stat *st, uint32_t object);

/* These are each other's ends; this one was connected to a server, or is a server's for who has
 * connected. */
void gs_channels_paired(const int fds[2]);
void gs_channels_connected(int fd);
void gs_channels_accepted(int fd);

#endif
