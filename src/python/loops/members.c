#include "python/loops/members.h"

#include "base/vec.h"
#include "python/loops/behind.h"
#include "python/sync/handed.h"

#include <stdlib.h>
#include <string.h>

/* One that begins to wait again whenever one is done tells of fewer: else many would tell of many,
 * again and again. */
enum { MOST = 1024, MOST_OF_REPEATED = 64 };

static bool is_of_type(gs_py *object, const char *name)
{
    return object && strcmp(gs_type_name(gs_object_type(object)), name) == 0;
}

static bool knows_itself(const struct gs_frame *frame)
{
    char text[16];
    gs_frame_parameter(frame, text, sizeof text);
    return strcmp(text, "self") == 0;
}

/* A copy of the list or set, which the caller drops. Takes the value. */
static gs_py *tuple_of(gs_py *list)
{
    gs_py *empty = gs_cpython.pack(0);
    bool good = is_of_type(list, "list") || is_of_type(list, "set");
    gs_py *tuple = good && empty ? gs_cpython.call(gs_object_type(empty), list, NULL) : NULL;
    if (empty)
        gs_cpython.drop(empty);
    if (list)
        gs_cpython.drop(list);
    return tuple;
}

static struct gs_awaited_members members(gs_py *list, bool whole, bool again)
{
    struct gs_awaited_members found = {tuple_of(list), whole, again};
    gs_cpython.clear_error();
    return found;
}

/* Lib/asyncio/tasks.py and taskgroups.py: the variable or attribute in which they are. Up to 3.12
 * nothing leads from what as_completed gives to the others. */
struct gs_awaited_members gs_members_of(const struct gs_members_wait *wait, gs_py *future)
{
    gs_py *last = wait->last.code ? gs_frame_self(&wait->last) : NULL;
    gs_py *first = wait->first.code ? gs_frame_self(&wait->first) : NULL;
    if (is_of_type(future, "_GatheringFuture"))
        return members(gs_cpython.attribute(future, "_children"), true, false);
    if (last && gs_frame_is_in(&wait->last, "_wait")) {
        gs_cpython.keep(last);
        return members(last, true, true);
    }
    if (is_of_type(last, "TaskGroup") && knows_itself(&wait->last))
        return members(gs_cpython.attribute(last, "_tasks"), false, false);
    if (is_of_type(first, "_AsCompletedIterator") && knows_itself(&wait->first))
        return members(gs_cpython.attribute(first, "_todo"), false, true);
    return (struct gs_awaited_members){0};
}

static void *as_handed(const gs_py *inner)
{
    struct gs_handed *handed = gs_handed_find(inner);
    return handed && !handed->by && (uint32_t)handed->item ? &handed->item : NULL;
}

uint64_t gs_members_item(gs_py *future)
{
    const uint64_t *item = gs_behind(future, "_chain_future", as_handed);
    return item ? *item : 0;
}

/* By when they were made: a set has them in another order in each run. */
static int by_actor(const void *a, const void *b)
{
    uint32_t first = *(const uint32_t *)a, second = *(const uint32_t *)b;
    return (first > second) - (first < second);
}

static void put(struct gs_watched *self, const struct gs_task *task)
{
    const struct gs_task_members *members = task->members;
    for (uint32_t i = 0; i < members->count; i++)
        gs_watch_put_for(self, task->actor, gs_watch_now(), GS_EVENT_MEMBER, 0, members->task[i],
                         gs_event_pack(members->of, members->untold));
}

/* NULL: none is. */
static struct gs_task_members *undone(struct gs_awaited_members among)
{
    GS_VEC(uint32_t) found = {0};
    uint32_t most = among.again ? MOST_OF_REPEATED : MOST;
    for (ssize_t i = 0; i < gs_cpython.tuple_size(among.tuple); i++) {
        const struct gs_task *one = gs_task_of(gs_cpython.tuple_item(among.tuple, i));
        if (one && one->state != GS_TASK_OVER && one->actor)
            gs_vec_push(&found, one->actor);
    }
    if (!found.count)
        return NULL;
    qsort(found.items, found.count, sizeof *found.items, by_actor);
    uint32_t told = found.count < most ? (uint32_t)found.count : most;
    struct gs_task_members *members = malloc(sizeof *members + told * sizeof *members->task);
    if (!members)
        abort();
    *members = (struct gs_task_members){
        .of = among.whole ? (uint32_t)gs_cpython.tuple_size(among.tuple) : 0,
        .untold = (uint32_t)found.count - told,
        .count = told};
    memcpy(members->task, found.items, told * sizeof *members->task);
    gs_vec_free(&found);
    return members;
}

/* What is done has nobody any more who waits for it, and is not found. */
static void put_items(struct gs_watched *self, const struct gs_task *task,
                      struct gs_awaited_members among)
{
    ssize_t most = among.again ? MOST_OF_REPEATED : MOST, all = gs_cpython.tuple_size(among.tuple);
    for (ssize_t i = 0; i < all && most > 0; i++) {
        gs_py *one = gs_cpython.tuple_item(among.tuple, i);
        uint64_t item = gs_task_of(one) ? 0 : gs_members_item(one);
        most -= !gs_task_of(one);
        if (item)
            gs_watch_put_for(self, task->actor, gs_watch_now(), GS_EVENT_MEMBER, GS_MEMBER_HANDED,
                             item, 0);
    }
}

void gs_members_tell(struct gs_watched *self, struct gs_task *task,
                     struct gs_awaited_members members)
{
    free(task->members);
    task->members = members.tuple ? undone(members) : NULL;
    if (task->members)
        put(self, task);
    if (!members.tuple)
        return;
    put_items(self, task, members);
    gs_cpython.drop(members.tuple);
}
