#include "cli/stage/memory.h"

#include "base/clock.h"
#include "base/vec.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define PAUSE_NS 10000000u
#define YOUNG_NS 20000000u
#define AGAIN_NS 250000000u

/* That a look takes longer still is the machine's, which has other things to do. */
#define LONGEST_PAUSE_NS 50000000u

enum { SHARE = 100 }; /* of the time at most one in so many goes into looking */

/* Times are the system's clock's, ns. */
struct owner {
    pid_t pid;
    uint32_t process, object; /* actor; counter: 0 before the first reading */
    uint64_t due;             /* not before then it is looked at */
    uint64_t bytes;           /* as told last */
    bool there;               /* in the look that goes on */
};

struct gs_memory {
    struct gs_ring ring;
    uint64_t next;
    GS_VEC(struct owner) owners;
};

struct gs_memory *gs_memory_new(void)
{
    struct gs_memory *memory = calloc(1, sizeof *memory);
    if (!memory)
        abort();
    return memory;
}

void gs_memory_free(struct gs_memory *memory)
{
    if (memory)
        gs_vec_free(&memory->owners);
    free(memory);
}

/* 0: it is not there any more, or the kernel (before 5.2) does not tell. */
static uint64_t bytes_of(pid_t pid)
{
    char path[64], line[128];
    unsigned long long kilobytes = 0;
    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", (int)pid);
    FILE *file = fopen(path, "re");
    while (file && fgets(line, sizeof line, file) && !kilobytes)
        (void)sscanf(line, "Pss_Anon: %llu", &kilobytes);
    if (file)
        fclose(file);
    return kilobytes * 1024;
}

static struct owner *owner_of(struct gs_memory *m, pid_t pid, uint32_t process, uint64_t now)
{
    for (size_t i = 0; i < m->owners.count; i++)
        if (m->owners.items[i].pid == pid && m->owners.items[i].process == process)
            return &m->owners.items[i];
    gs_vec_push(&m->owners,
                ((struct owner){.pid = pid, .process = process, .due = now + YOUNG_NS}));
    return &m->owners.items[m->owners.count - 1];
}

/* Those whose threads write into the trace, this process apart. */
static void find_owners(struct gs_memory *m, const struct gs_segment *segment, uint64_t now)
{
    size_t kept = 0;
    for (size_t i = 0; i < m->owners.count; i++)
        m->owners.items[i].there = false;
    for (uint32_t i = 0; i < gs_segment_rings(segment); i++) {
        const struct gs_ring_shared *ring = gs_segment_ring(segment, i);
        pid_t pid = atomic_load(&ring->pid);
        if (pid <= 0 || pid == getpid() || atomic_load(&ring->owner) != GS_RING_OWNED)
            continue;
        uint32_t process = gs_tables_process(gs_segment_tables(segment), ring->actor);
        if (process)
            owner_of(m, pid, process, now)->there = true;
    }
    for (size_t i = 0; i < m->owners.count; i++)
        if (m->owners.items[i].there)
            m->owners.items[kept++] = m->owners.items[i];
    m->owners.count = kept;
}

static uint32_t add_object(struct gs_segment *segment, uint32_t process)
{
    const struct gs_tables *tables = gs_segment_tables(segment);
    const struct gs_actor_row *row = tables->actor(tables, process);
    return gs_segment_add_object(segment, &(struct gs_object_row){.kind = GS_OBJECT_MEMORY,
                                                                  .name = row ? row->name : 0,
                                                                  .actor = process});
}

static void tell(struct gs_memory *m, struct gs_segment *segment, struct owner *owner,
                 uint64_t time, uint64_t bytes)
{
    if (!m->ring.shared && !gs_segment_open_ring(segment, owner->process, false, &m->ring))
        return;
    owner->object = owner->object ? owner->object : add_object(segment, owner->process);
    owner->bytes = bytes;
    gs_ring_put(&m->ring, time, owner->process, GS_EVENT_COUNTER, GS_COUNTER_FROM_OUTSIDE,
                owner->object, bytes);
}

/* One after the other, whoever has waited longest. */
static struct owner *next_of(const struct gs_memory *m, uint64_t now)
{
    struct owner *next = NULL;
    for (size_t i = 0; i < m->owners.count; i++) {
        struct owner *owner = &m->owners.items[i];
        if (owner->due <= now && (!next || owner->due < next->due))
            next = owner;
    }
    return next;
}

void gs_memory_look(struct gs_memory *m, struct gs_segment *segment)
{
    uint64_t now = gs_clock_system();
    if (now < m->next || atomic_load(&gs_segment_control(segment)->phase) != GS_STAGE_RUNNING)
        return;
    m->next = now + PAUSE_NS;
    find_owners(m, segment, now);
    for (struct owner *owner; (owner = next_of(m, now));) {
        uint64_t time = gs_control_now(gs_segment_control(segment));
        uint64_t bytes = bytes_of(owner->pid), after = gs_clock_system();
        owner->due = after + AGAIN_NS;
        if (bytes && bytes != owner->bytes)
            tell(m, segment, owner, time, bytes);
        uint64_t pause = (after - now) * SHARE;
        m->next = after + (pause < LONGEST_PAUSE_NS ? pause : LONGEST_PAUSE_NS);
        if (pause > PAUSE_NS)
            break;
    }
}
