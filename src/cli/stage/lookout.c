#include "cli/stage/lookout.h"

#include "base/clock.h"
#include "cli/guard/openers.h"
#include "cli/guard/process.h"
#include "sched/family.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PAUSE_NS         100000000u
#define PATIENCE_NS      1000000000u
#define ANSWER_NS        5000000000u /* who was asked has answered by then, or never does */
#define LONGEST_PAUSE_NS 16000000000u

/* As it was found, ns of the system's clock. */
struct seen {
    int32_t pid;
    uint32_t turns;
    uint64_t since; /* … it waits so; 0: it does not */
    bool told;      /* of its process */
};

struct gs_lookout {
    uint64_t looked; /* last */
    uint64_t next;   /* not before then the processes are looked at themselves, … */
    uint64_t pause;  /* … which takes longer, and is done ever more rarely */
    uint32_t stuck;  /* rows, then */
    uint64_t asked;  /* when all were asked to describe their waits; 0: they were not */
    bool told;       /* of all */
    struct seen row[GS_STANDING_MOST];
};

/* What one look has to do with: rows, by their number, and processes. */
struct look {
    struct gs_lookout *lookout;
    struct gs_family *family;
    struct gs_standings *all;
    uint32_t used;
    uint64_t now;
};

static struct gs_standing *row_at(const struct look *look, uint32_t i)
{
    return &look->all->row[i];
}

/* --- who waits */

/* A server's looking around is no sign of life. */
static void note(const struct look *look, uint32_t i)
{
    struct gs_standing *row = row_at(look, i);
    struct seen *seen = &look->lookout->row[i];
    int32_t pid = atomic_load(&row->pid);
    enum gs_standing_for waits = atomic_load(&row->waits);
    uint32_t turns = waits == GS_STANDING_SERVER ? 0 : atomic_load(&row->turns);
    bool same = seen->since && seen->pid == pid && seen->turns == turns;
    if (pid == 0 || waits == GS_STANDING_NOT)
        *seen = (struct seen){.pid = pid};
    else if (!same)
        *seen = (struct seen){.pid = pid, .turns = turns, .since = look->now};
}

static bool is_stuck(const struct look *look, uint32_t i)
{
    const struct seen *seen = &look->lookout->row[i];
    return seen->since && look->now - seen->since >= PATIENCE_NS;
}

/* One of a process that was killed belongs to nobody; nor does that of a thread that its program
 * was replaced under. */
static void free_if_dead(const struct look *look, uint32_t i)
{
    struct gs_standing *row = row_at(look, i);
    struct gs_process found;
    int32_t pid = atomic_load(&row->pid);
    if (pid != 0 && (!gs_process_look_at_thread(pid, row->thread, &found) || found.state == 'Z'))
        atomic_compare_exchange_strong(&row->pid, &pid, 0);
}

static gs_pids pids_of(const struct look *look)
{
    gs_pids pids = {0};
    for (uint32_t i = 0; i < look->used; i++) {
        pid_t pid = atomic_load(&row_at(look, i)->pid);
        if (pid != 0 && !gs_pids_have(&pids, pid))
            gs_vec_push(&pids, pid);
    }
    return pids;
}

/* --- whether all are known */

static unsigned threads_of(pid_t pid)
{
    char path[64];
    unsigned count = 0;
    snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
    DIR *tasks = opendir(path);
    for (struct dirent *task; tasks && (task = readdir(tasks));)
        count += task->d_name[0] != '.';
    if (tasks)
        closedir(tasks);
    return count;
}

/* Threads that no Python has run in yet may still come and let something go. */
static bool sleeps(const struct look *look, pid_t pid)
{
    unsigned asleep = 0;
    for (uint32_t i = 0; i < look->used; i++) {
        const struct gs_standing *row = row_at(look, i);
        struct gs_process found;
        if (atomic_load(&row->pid) != pid)
            continue;
        if (!is_stuck(look, i) || !gs_process_look_at_thread(pid, row->thread, &found) ||
            found.state != 'S')
            return false;
        asleep++;
    }
    return asleep == threads_of(pid);
}

/* Started by one of the family, by way of others or not, and no Python. */
static bool is_outsider(const struct look *look, const gs_pids *pids, pid_t pid)
{
    struct gs_process found;
    while (pid > 1 && !gs_pids_have(pids, pid)) {
        const struct gs_family_child *child =
            &look->family->children[(uint32_t)pid % GS_FAMILY_CHILDREN];
        if (atomic_load(&child->pid) == pid && atomic_load(&child->end))
            return !atomic_load(&child->process);
        if (!gs_process_look(pid, &found))
            return true;
        pid = found.parent;
    }
    return false;
}

static bool comes_from(const gs_pids *pids, pid_t pid)
{
    struct gs_process found;
    while (gs_process_look(pid, &found) && found.parent > 1) {
        if (gs_pids_have(pids, found.parent))
            return true;
        pid = found.parent;
    }
    return false;
}

/* A process that begins, or that nobody waits for any more, may be about to do something. */
static bool may_still_come(const struct look *look, const gs_pids *pids)
{
    bool may = false;
    DIR *processes = opendir("/proc");
    for (struct dirent *entry; processes && !may && (entry = readdir(processes));) {
        struct gs_process found;
        pid_t pid = (pid_t)atol(entry->d_name); /* 0: no process */
        if (pid > 0 && !gs_pids_have(pids, pid) && gs_process_look(pid, &found) &&
            found.state != 'Z' && comes_from(pids, pid))
            may = !is_outsider(look, pids, pid);
    }
    if (processes)
        closedir(processes);
    return may;
}

/* --- whether nobody else can help */

static bool has_children_beside(const gs_pids *pids, pid_t parent)
{
    bool has = false;
    DIR *processes = opendir("/proc");
    for (struct dirent *entry; processes && !has && (entry = readdir(processes));) {
        struct gs_process found;
        pid_t pid = (pid_t)atol(entry->d_name);
        has = pid > 0 && !gs_pids_have(pids, pid) && gs_process_look(pid, &found) &&
              found.parent == parent;
    }
    if (processes)
        closedir(processes);
    return has;
}

/* An event loop that a handler of a signal may ask for something is woken by that. */
static bool is_deaf(pid_t pid, const struct gs_standing *row, uint32_t file)
{
    return row->file[file] == row->ear && !gs_process_hears(pid);
}

static bool waits_for_family(const gs_pids *pids, const struct gs_standing *row)
{
    pid_t pid = atomic_load(&row->pid);
    switch ((enum gs_standing_for)atomic_load(&row->waits)) {
    case GS_STANDING_LOCK:
    case GS_STANDING_SHARED:
    case GS_STANDING_SERVER:
        return true;
    case GS_STANDING_CHILD:
        return row->child ? gs_pids_have(pids, row->child) : !has_children_beside(pids, pid);
    case GS_STANDING_FILES:
        for (uint32_t i = 0; i < row->files && i < GS_STANDING_MOST_FILES; i++)
            if (!gs_openers_are(pids, pid, row->file[i], is_deaf(pid, row, i)))
                return false;
        return row->files > 0;
    case GS_STANDING_NOT:
        break;
    }
    return false;
}

/* Who helped may have ended since, and is not among those who could help any more: but then whoever
 * waited has been woken, or has gone on. */
static bool none_was_helped(const struct look *look, const gs_pids *pids)
{
    for (uint32_t i = 0; i < look->used; i++) {
        const struct gs_standing *row = row_at(look, i);
        enum gs_standing_for waits = atomic_load(&row->waits);
        bool went_on =
            waits != GS_STANDING_SERVER && atomic_load(&row->turns) != look->lookout->row[i].turns;
        if (atomic_load(&row->pid) && (waits == GS_STANDING_NOT || went_on))
            return false;
    }
    for (size_t i = 0; i < pids->count; i++)
        if (!sleeps(look, pids->items[i]))
            return false;
    return true;
}

static bool all_stand_still(const struct look *look, const gs_pids *pids)
{
    for (size_t i = 0; i < pids->count; i++)
        if (!sleeps(look, pids->items[i]))
            return false;
    for (uint32_t i = 0; i < look->used; i++)
        if (atomic_load(&row_at(look, i)->pid) && !waits_for_family(pids, row_at(look, i)))
            return false;
    return pids->count > 0 && !may_still_come(look, pids) && none_was_helped(look, pids);
}

/* --- telling it */

/* Whose wait goes on by itself when a signal has come, before others; then the main thread. */
static struct gs_standing *spokesman(const struct look *look, pid_t pid)
{
    struct gs_standing *best = NULL;
    for (uint32_t i = 0; i < look->used; i++) {
        struct gs_standing *row = row_at(look, i);
        if (atomic_load(&row->pid) != pid)
            continue;
        bool lock = atomic_load(&row->waits) == GS_STANDING_LOCK;
        bool better = lock && best && atomic_load(&best->waits) != GS_STANDING_LOCK;
        if (!best || better)
            best = row;
    }
    return best;
}

static void ask(const struct look *look, pid_t pid, enum gs_standing_ask what)
{
    struct gs_standing *row = spokesman(look, pid);
    if (!row)
        return;
    atomic_store(&row->asked, what);
    syscall(SYS_tgkill, pid, row->thread, GS_SIGNAL_BLOCKED);
}

static bool have_answered(const struct look *look)
{
    for (uint32_t i = 0; i < look->used; i++)
        if (atomic_load(&row_at(look, i)->pid) && atomic_load(&row_at(look, i)->asked))
            return false;
    return true;
}

static void finish(const struct look *look, pid_t first)
{
    if (!have_answered(look) && look->now - look->lookout->asked < ANSWER_NS)
        return;
    look->lookout->told = true;
    ask(look, first, GS_STANDING_TELL_ALL);
}

/* --- looking */

static bool are_all_stuck(const struct look *look)
{
    bool any = false;
    for (uint32_t i = 0; i < look->used; i++) {
        if (atomic_load(&row_at(look, i)->pid) && !is_stuck(look, i))
            return false;
        any |= atomic_load(&row_at(look, i)->pid) != 0;
    }
    return any;
}

/* Of the processes that stand still for themselves. */
static bool stands_alone(const struct look *look, pid_t pid)
{
    for (uint32_t i = 0; i < look->used; i++) {
        const struct gs_standing *row = row_at(look, i);
        if (atomic_load(&row->pid) != pid)
            continue;
        if (atomic_load(&row->waits) != GS_STANDING_LOCK || !is_stuck(look, i) ||
            look->lookout->row[i].told)
            return false;
    }
    return sleeps(look, pid);
}

static void note_told(const struct look *look, pid_t pid)
{
    for (uint32_t i = 0; i < look->used; i++)
        if (atomic_load(&row_at(look, i)->pid) == pid)
            look->lookout->row[i].told = true;
}

static void look_at_each(const struct look *look, const gs_pids *pids)
{
    for (size_t i = 0; i < pids->count; i++) {
        if (!stands_alone(look, pids->items[i]))
            continue;
        note_told(look, pids->items[i]);
        ask(look, pids->items[i], GS_STANDING_TELL_OWN);
    }
}

static void look_at_all(const struct look *look, const gs_pids *pids)
{
    for (size_t i = 0; i < pids->count; i++)
        ask(look, pids->items[i], GS_STANDING_DESCRIBE);
    look->lookout->asked = look->now;
}

/* As long as nothing changes it is looked at more and more rarely. */
static void rest(struct gs_lookout *lookout, uint64_t now)
{
    lookout->pause = lookout->pause ? lookout->pause * 2 : PAUSE_NS;
    if (lookout->pause > LONGEST_PAUSE_NS)
        lookout->pause = LONGEST_PAUSE_NS;
    lookout->next = now + lookout->pause;
}

static void look_closer(const struct look *look)
{
    for (uint32_t i = 0; i < look->used; i++)
        free_if_dead(look, i);
    gs_pids pids = pids_of(look);
    if (are_all_stuck(look) && all_stand_still(look, &pids))
        look_at_all(look, &pids);
    else
        look_at_each(look, &pids);
    gs_vec_free(&pids);
}

static uint32_t note_all(const struct look *look)
{
    uint32_t stuck = 0;
    for (uint32_t i = 0; i < look->used; i++) {
        note(look, i);
        stuck += is_stuck(look, i);
    }
    return stuck;
}

static void look_on(struct gs_lookout *lookout, const struct look *look)
{
    uint32_t stuck = note_all(look), before = lookout->stuck;
    lookout->stuck = stuck;
    if (stuck > before)
        lookout->next = lookout->pause = 0;
    if (!stuck || look->now < lookout->next)
        return;
    rest(lookout, look->now);
    look_closer(look);
}

struct gs_lookout *gs_lookout_new(void)
{
    struct gs_lookout *lookout = calloc(1, sizeof *lookout);
    if (!lookout)
        abort();
    return lookout;
}

void gs_lookout_look(struct gs_lookout *lookout, struct gs_segment *segment)
{
    size_t bytes;
    struct gs_family *family = gs_segment_scheduler(segment, &bytes);
    const struct gs_control *control = gs_segment_control(segment);
    struct look look = {.lookout = lookout, .family = family, .now = gs_clock_system()};
    if (lookout->told || look.now - lookout->looked < PAUSE_NS || bytes < sizeof *family ||
        atomic_load(&control->phase) != GS_STAGE_RUNNING)
        return;
    lookout->looked = look.now;
    look.all = &family->standing;
    look.used = atomic_load(&look.all->used);
    if (look.used > GS_STANDING_MOST || atomic_load(&look.all->without))
        return;
    if (lookout->asked)
        finish(&look, (pid_t)atomic_load(&control->guest_pid));
    else
        look_on(lookout, &look);
}
