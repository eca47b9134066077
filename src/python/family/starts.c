#include "python/family/starts.h"

#include "python/cpython/frames.h"
#include "python/cpython/program.h"
#include "python/drive/drive.h"
#include "python/family/processes.h"
#include "python/watch/gils.h"
#include "sched/actor.h"
#include "sched/family.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Of a child that has no lanes: the thread that forked it, as it was then. */
static struct gs_watched *forker;

void gs_starts_inherit(void)
{
    if (gs_watched_self)
        forker = gs_watched_self;
}

static bool is_run_over(void)
{
    return !gs_watch.segment || atomic_load(&gs_watch.control->phase) == GS_STAGE_ENDED;
}

/* --- what it is called */

static bool ends_in(const char *text, const char *end)
{
    size_t length = strlen(text), n = strlen(end);
    return length >= n && strcmp(text + length - n, end) == 0;
}

static bool name_of_process(const struct gs_frame *frame, char *name, size_t size)
{
    char function[32];
    gs_frame_function(frame, function, sizeof function);
    gs_py *process = strcmp(function, "start") == 0 ? gs_frame_self(frame) : NULL;
    gs_py *value = process ? gs_cpython.attribute(process, "_name") : NULL;
    const char *text = value ? gs_cpython.text(value) : NULL;
    snprintf(name, size, "%s", text ? text : "");
    if (value)
        gs_cpython.drop(value);
    gs_cpython.clear_error();
    return *name != '\0';
}

/* As multiprocessing calls it: the innermost of its functions knows what is started. */
static bool name_by_multiprocessing(const struct gs_frame *frame, char *name, size_t size)
{
    char file[4096];
    gs_frame_file(frame, file, sizeof file);
    if (ends_in(file, "/multiprocessing/resource_tracker.py"))
        return snprintf(name, size, "resource_tracker") > 0;
    if (ends_in(file, "/multiprocessing/forkserver.py"))
        return snprintf(name, size, "forkserver") > 0;
    return ends_in(file, "/multiprocessing/process.py") && name_of_process(frame, name, size);
}

/* Not by the name: a program may call its own processes so. */
static bool is_server(const struct gs_frame *frame)
{
    char file[4096];
    gs_frame_file(frame, file, sizeof file);
    return ends_in(file, "/multiprocessing/resource_tracker.py") ||
           ends_in(file, "/multiprocessing/forkserver.py");
}

static _Thread_local char noted[64]; /* the name of what the thread starts next; "": it has none */
static _Thread_local bool noted_helper; /* … which only serves others */

void gs_starts_note(void)
{
    struct gs_watched *self = gs_watched_self;
    struct gs_frame frame;
    *noted = '\0';
    noted_helper = false;
    if (!self || !self->holds)
        return;
    bool any = gs_frames_first(gs_gil_python_of(self), &frame);
    while (any && !name_by_multiprocessing(&frame, noted, sizeof noted))
        any = gs_frames_next(&frame);
    noted_helper = any && is_server(&frame);
}

/* By the file or the module that it runs. */
static bool name_by_words(char *const words[], char *name, size_t size)
{
    for (size_t i = 1; words && words[0] && words[i]; i++) {
        const char *word = words[i], *slash = strrchr(word, '/');
        if (word[0] != '-' || !word[1])
            return snprintf(name, size, "%s", slash && slash[1] ? slash + 1 : word) > 0 &&
                   word[0] != '-';
        if (word[1] == 'm' && words[i + 1])
            return snprintf(name, size, "%s", words[i + 1]) > 0;
        if (word[1] == 'c' || word[1] == 'm')
            return false;
        if ((word[1] == 'W' || word[1] == 'X') && !word[2] && words[i + 1])
            i++;
    }
    return false;
}

static bool is_in_forkserver(const struct gs_frame *frame, const char *function)
{
    char file[4096], name[64];
    gs_frame_function(frame, name, sizeof name);
    gs_frame_file(frame, file, sizeof file);
    return strcmp(name, function) == 0 && ends_in(file, "/multiprocessing/forkserver.py");
}

void gs_starts_ask(void)
{
    struct gs_frame frame;
    char name[64] = "", file[4096] = "";
    if (!gs_frames_first(gs_gil_python_of(gs_watched_self), &frame) ||
        !is_in_forkserver(&frame, "connect_to_new_process"))
        return;
    while (!*name && gs_frames_next(&frame)) {
        gs_frame_file(&frame, file, sizeof file);
        if (ends_in(file, "/multiprocessing/process.py"))
            (void)name_of_process(&frame, name, sizeof name);
    }
    uint32_t turn = atomic_fetch_add(&gs_family->asked, 1);
    atomic_store(&gs_family->names[turn % GS_FAMILY_ASKED], gs_watch_string(name, strlen(name)));
}

uint32_t gs_starts_asked(void)
{
    struct gs_frame frame;
    uint32_t turn = atomic_load(&gs_family->answered);
    if (turn == atomic_load(&gs_family->asked) ||
        !gs_frames_first(gs_gil_python_of(gs_watched_self), &frame) ||
        !is_in_forkserver(&frame, "main"))
        return 0;
    atomic_store(&gs_family->answered, turn + 1);
    return atomic_load(&gs_family->names[turn % GS_FAMILY_ASKED]);
}

static uint32_t name_of(char *const words[])
{
    char name[64];
    uint32_t number = atomic_fetch_add(&gs_watch.control->forked, 1) + 2;
    if (*noted)
        snprintf(name, sizeof name, "%s", noted);
    else if (!name_by_words(words, name, sizeof name))
        snprintf(name, sizeof name, "process %u", number);
    return gs_watch_string(name, strlen(name));
}

/* --- being started */

/* What is to be is there, as far as can be told before. */
static bool can_be_started(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

/* In a child's memory who forked it is a copy, and its ring another thread's, but on the virtual
 * clock, where all share one: so the note has a ring of its own. What comes out of that is in no
 * order with what the forker tells, so it is the process that says it. */
static void put_in_child(const struct gs_event *note)
{
    struct gs_ring ring;
    if (gs_watch.driven) {
        gs_watch_store(forker, *note);
    } else if (gs_segment_open_ring(gs_watch.segment, note->actor, false, &ring)) {
        gs_ring_put_event(&ring, *note);
        gs_ring_close(&ring);
    }
}

static bool is_first_outsider(void)
{
    return !atomic_exchange(&gs_family->outsiders[gs_watch.process % GS_FAMILY_PROCESSES], true);
}

/* The virtual clock cannot know what somebody outside takes: while all wait for him, it goes as
 * fast as the real one, and so the bytes are not those of the last run. */
static uint64_t outsider_note(void)
{
    static const char watched[] = "this process starts another program, which has no lanes",
                      driven[] = "this process starts another program, which has no lanes and "
                                 "takes real time: times differ from run to run";
    return gs_watch.driven ? gs_watch_string(driven, strlen(driven))
                           : gs_watch_string(watched, strlen(watched));
}

/* Once a process, which the children that it forks to start programs belong to. */
static void tell_outsider(void)
{
    struct gs_watched *self = gs_watched_self ? gs_watched_self : forker;
    bool away = gs_watch.driven && !gs_self;
    if (!self || away || !is_first_outsider())
        return;
    /* That it has let go was before. */
    if (gs_watched_self && !self->holds)
        gs_gil_tell_wait();
    const struct gs_event note = {.time = gs_watch_now(),
                                  .actor = gs_watched_self ? self->id : gs_watch.process,
                                  .kind = GS_EVENT_NOTE,
                                  .a = outsider_note()};
    if (gs_watched_self)
        gs_watch_put_event(self, note);
    else
        put_in_child(&note);
}

/* A child that has no lanes is on the clock already, if it is at all. */
static void take_place(struct gs_start *start)
{
    struct gs_family_place place = {0};
    bool child = !gs_watched_self;
    start->placed = !child && gs_drive_reserve(&place);
    start->seated = start->placed || (child && gs_drive_own_place(&place));
    start->seat.family = place.process;
    start->seat.slot = place.slot;
}

void gs_start_prepare(struct gs_start *start, const char *path, char *const words[])
{
    *start = (struct gs_start){0};
    if (is_run_over() || !can_be_started(path))
        return;
    struct gs_object_row end = {.kind = GS_OBJECT_PROCESS};
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
    if (gs_program_is_python(path)) {
        start->seated = true;
        start->seat.by = gs_watched_self ? gs_watched_self->id : forker ? forker->id : 0;
        start->seat.started = gs_watch.driven && !gs_self ? 0 : gs_watch_now();
        if (gs_watch.driven)
            take_place(start);
    }
    if (start->seated) {
        end.name = name_of(words);
        struct gs_actor_row row = {.kind = GS_ACTOR_PROCESS,
                                   .name = end.name,
                                   .flags = noted_helper ? GS_ACTOR_HELPER : 0};
        start->seat.process = end.actor = gs_segment_add_actor(gs_watch.segment, &row);
    } else {
        tell_outsider();
        end.name = gs_watch_string(base, strlen(base));
    }
    start->end = gs_segment_add_object(gs_watch.segment, &end);
}

void gs_start_prepare_own(struct gs_start *start, const char *path)
{
    *start = (struct gs_start){.seated = can_be_started(path) && gs_program_is_python(path),
                               .seat = {.process = gs_watch.process,
                                        .by = gs_watch.forked_by,
                                        .again = true,
                                        .first = gs_watch.first}};
    struct gs_family_place place = {0};
    if (gs_watch.driven && gs_drive_own_place(&place)) {
        start->seat.family = place.process;
        start->seat.slot = place.slot;
    }
}

void gs_start_is(const struct gs_start *start, pid_t pid)
{
    if (!start->end)
        return;
    gs_family_set_child(pid, (struct gs_child){.process = start->seat.process, .end = start->end});
    if (start->placed)
        gs_family->processes[start->seat.family].pid = pid;
}

void gs_start_failed(const struct gs_start *start, pid_t pid)
{
    if (pid && start->end)
        gs_family_set_child(pid, (struct gs_child){0});
    if (start->placed)
        gs_drive_give_up(&(struct gs_family_place){start->seat.family, start->seat.slot});
}

char **gs_start_environment(const struct gs_start *start, char *const variables[])
{
    if (is_run_over())
        return (char **)(variables ? variables : environ);
    return gs_environment_for(variables, start->seated ? &start->seat : NULL);
}
