/* What is recorded comes out again as it was; what was cut or damaged as far as it is whole. */
#include "support/recorded.h"

#include "trace/recording/columns.h"
#include "trace/recording/format.h"
#include "trace/recording/reader.h"
#include "trace/recording/recorder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

static uint64_t chance(uint64_t *seed)
{
    *seed += 0x9e3779b97f4a7c15ull;
    uint64_t z = (*seed ^ *seed >> 30) * 0xbf58476d1ce4e5b9ull;
    return z ^ z >> 27;
}

/* Small mostly, as in traces; and everything that fits. */
static uint64_t number(uint64_t *seed)
{
    uint64_t size = chance(seed) % 65;
    return size ? chance(seed) >> (64 - size) : 0;
}

static struct gs_event any_event(uint64_t *seed)
{
    return (struct gs_event){.time = number(seed),
                             .actor = (uint32_t)number(seed),
                             .kind = (uint8_t)number(seed),
                             .flags = (uint8_t)number(seed),
                             .place = (uint16_t)number(seed),
                             .a = number(seed),
                             .b = number(seed)};
}

static void any_events_come_out_again(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (int turn = 0; turn < 200; turn++) {
        size_t count = chance(&seed) % 300;
        struct gs_event in[300], out[300];
        struct gs_bytes bytes = {0};
        uint64_t from = number(&seed);
        for (size_t i = 0; i < count; i++)
            in[i] = any_event(&seed);
        gs_columns_write(&bytes, in, count, from);
        struct gs_bytes_in all = {.at = bytes.list.items,
                                  .end = bytes.list.items + bytes.list.count};
        assert_true(gs_columns_read(&all, out, count, from));
        assert_ptr_equal(all.at, all.end);
        if (count)
            assert_memory_equal(in, out, count * sizeof *in);
        for (size_t cut = 0; cut < bytes.list.count; cut += 1 + bytes.list.count / 50) {
            struct gs_bytes_in some = {.at = bytes.list.items, .end = bytes.list.items + cut};
            assert_false(gs_columns_read(&some, out, count, from));
        }
        gs_vec_free(&bytes.list);
    }
}

/* The last column of few events without high halves: its length, and a byte an event. */
static void a_column_of_another_length_is_noticed(void **state)
{
    (void)state;
    struct gs_event in[10] = {{.a = 1}}, out[10];
    for (int more = -1; more <= 1; more++) {
        struct gs_bytes bytes = {0};
        gs_columns_write(&bytes, in, 10, 0);
        gs_bytes_number(&bytes, 0);
        unsigned char *length = bytes.list.items + bytes.list.count - 12;
        assert_int_equal(*length, 10);
        *length = (unsigned char)(10 + more);
        struct gs_bytes_in all = {.at = bytes.list.items, .end = length + 11 + more};
        assert_int_equal(gs_columns_read(&all, out, 10, 0), more == 0);
        gs_vec_free(&bytes.list);
    }
}

static void numbers_come_out_again(void **state)
{
    (void)state;
    uint64_t seed = 2;
    struct gs_bytes bytes = {0};
    for (int i = 0; i < 1000; i++) {
        uint64_t value = number(&seed);
        bytes.list.count = 0;
        gs_bytes_number(&bytes, value);
        gs_bytes_signed(&bytes, value);
        struct gs_bytes_in in = {.at = bytes.list.items,
                                 .end = bytes.list.items + bytes.list.count};
        assert_true(gs_bytes_take(&in) == value && gs_bytes_take_signed(&in) == value);
        assert_true(in.at == in.end && !in.broken);
        assert_true(gs_bytes_take(&in) == 0 && in.broken);
    }
    gs_vec_free(&bytes.list);
}

/* A trace with all that can stand in one, some thousand bytes recorded. */
static struct fake_trace *some_trace(void)
{
    struct fake_trace *f = fake_gil_fight().trace;
    uint32_t process = fake_process(f, "second"), gil = fake_interpreter(f, process, "", true);
    uint32_t thread = fake_thread(f, gil,
                                  "Thread \xe2\x80\x9c"
                                  "9");
    uint32_t task = fake_task_of(f, fake_loop(f, thread, "loop"), "Task-1", "Client.get");
    uint32_t queue = fake_object_of(f, GS_OBJECT_QUEUE, "jobs", 3);
    fake_born(f, thread, FAKE_MS(61), 1);
    fake_event(f, (struct gs_event){.time = FAKE_MS(61),
                                    .actor = thread,
                                    .kind = GS_EVENT_STATE,
                                    .flags = GS_STATE_RUNNING,
                                    .place = fake_place(f, "other.py", "Queue.get"),
                                    .b = 7});
    fake_message(f, thread, FAKE_MS(62), true, queue, 1000);
    fake_text(f, thread, FAKE_MS(62), GS_EVENT_OUTPUT, "a line", 8);
    fake_off_core(f, thread, FAKE_MS(63), FAKE_MS(62.2), FAKE_MS(62.7));
    fake_born(f, task, FAKE_MS(63), thread);
    fake_label(f, task, FAKE_MS(64), "pickle", 9);
    fake_label_end(f, task, FAKE_MS(65));
    fake_end(f, FAKE_MS(66), 0);
    return f;
}

static void assert_same(const struct gs_event *in, const struct gs_event *out, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_memory_equal(&in[i], &out[i], sizeof *in);
}

static void assert_same_tables(const struct gs_tables *in, const struct gs_tables *out)
{
    assert_int_equal(in->actors(in), out->actors(out));
    assert_int_equal(in->objects(in), out->objects(out));
    for (uint32_t id = 1; id <= in->actors(in); id++) {
        assert_memory_equal(in->actor(in, id), out->actor(out, id), sizeof(struct gs_actor_row));
        assert_string_equal(gs_tables_actor_name(in, id), gs_tables_actor_name(out, id));
        assert_string_equal(in->string(in, in->actor(in, id)->what),
                            out->string(out, out->actor(out, id)->what));
    }
    for (uint32_t id = 1; id <= in->objects(in); id++) {
        assert_memory_equal(in->object(in, id), out->object(out, id), sizeof(struct gs_object_row));
        assert_string_equal(gs_tables_object_name(in, id), gs_tables_object_name(out, id));
    }
}

static void a_run_comes_out_again(void **state)
{
    (void)state;
    struct fake_trace *f = some_trace();
    struct gs_error err;
    for (size_t part = 1; part < 1000; part *= 3) {
        struct recorded r = recorded_of(f, part);
        struct gs_player *p = recorded_play(r.list.items, r.list.count, &err);
        assert_non_null(p);
        assert_string_equal(gs_player_about(p)->title, "A fake");
        assert_int_equal(gs_player_tables(p)->facts(gs_player_tables(p))->clock, GS_CLOCK_VIRTUAL);
        struct recorded_events events = recorded_events(p);
        assert_int_equal(events.list.count, f->events.count);
        assert_same(f->events.items, events.list.items, f->events.count);
        assert_same_tables(f->tables, gs_player_tables(p));
        char text[256];
        assert_string_equal(gs_player_trouble(p, text, sizeof text), "");
        const struct gs_tables *t = gs_player_tables(p);
        assert_string_equal(t->string(t, t->place(t, 1)->file), "other.py");
        assert_string_equal(t->string(t, t->place(t, 1)->call), "Queue.get");
        gs_vec_free(&events.list);
        gs_player_close(p);
        gs_vec_free(&r.list);
    }
    fake_close(f);
}

/* What a cut file gives is the beginning of the whole, and it says that it was cut. */
static void every_cut_is_read_as_far_as_it_is_whole(void **state)
{
    (void)state;
    struct fake_trace *f = some_trace();
    struct recorded r = recorded_of(f, 5);
    struct gs_error err;
    size_t most = 0;
    for (size_t size = 0; size < r.list.count; size++) {
        struct gs_player *p = recorded_play(r.list.items, size, &err);
        if (!p) {
            assert_int_equal(most, 0);
            continue;
        }
        struct recorded_events events = recorded_events(p);
        char text[256];
        assert_true(events.list.count >= most && events.list.count <= most + 5);
        assert_same(f->events.items, events.list.items, events.list.count);
        assert_false(gs_player_is_damaged(p));
        if (!gs_player_end(p))
            assert_non_null(strstr(gs_player_trouble(p, text, sizeof text), "into the run"));
        most = events.list.count;
        gs_vec_free(&events.list);
        gs_player_close(p);
    }
    assert_int_equal(most, f->events.count);
    gs_vec_free(&r.list);
    fake_close(f);
}

/* Events that are left are events that were there, in their order; the others are counted. */
static size_t assert_part(const struct fake_trace *f, const struct recorded_events *events)
{
    size_t at = 0, missing = 0;
    for (size_t i = 0; i < events->list.count; i++) {
        const struct gs_event *e = &events->list.items[i];
        if (e->kind == GS_EVENT_LOST && e->actor == 0) {
            assert_true(e->a <= f->events.count - at);
            missing += e->a;
            at += e->a;
            continue;
        }
        assert_true(at < f->events.count);
        assert_memory_equal(e, &f->events.items[at], sizeof *e);
        at++;
    }
    return missing;
}

static void flipped_bits_are_noticed(void **state)
{
    (void)state;
    struct fake_trace *f = some_trace();
    struct recorded r = recorded_of(f, 5);
    struct gs_error err;
    size_t gaps = 0;
    for (size_t bit = 0; bit < r.list.count * 8; bit += 7) {
        r.list.items[bit / 8] ^= (unsigned char)(1 << bit % 8);
        struct gs_player *p = recorded_play(r.list.items, r.list.count, &err);
        if (p) {
            struct recorded_events events = recorded_events(p);
            size_t missing = assert_part(f, &events);
            gaps += missing > 0;
            if (missing)
                assert_true(gs_player_is_damaged(p));
            gs_vec_free(&events.list);
            gs_player_close(p);
        }
        r.list.items[bit / 8] ^= (unsigned char)(1 << bit % 8);
    }
    assert_true(gaps > 100);
    gs_vec_free(&r.list);
    fake_close(f);
}

static void many_flips_and_cuts_break_nothing(void **state)
{
    (void)state;
    struct fake_trace *f = some_trace();
    struct recorded r = recorded_of(f, 7), bad = {0};
    struct gs_error err;
    uint64_t seed = 3;
    for (int turn = 0; turn < 3000; turn++) {
        bad.list.count = 0;
        for (size_t i = 0; i < r.list.count; i++)
            gs_vec_push(&bad.list, r.list.items[i]);
        for (uint64_t flips = chance(&seed) % 20; flips > 0; flips--)
            bad.list.items[chance(&seed) % bad.list.count] ^= (unsigned char)chance(&seed);
        size_t size = chance(&seed) % 3 ? bad.list.count : chance(&seed) % bad.list.count;
        struct gs_player *p = recorded_play(bad.list.items, size, &err);
        if (!p)
            continue;
        struct recorded_events events = recorded_events(p);
        gs_vec_free(&events.list);
        gs_player_close(p);
    }
    gs_vec_free(&bad.list);
    gs_vec_free(&r.list);
    fake_close(f);
}

static void a_block_that_is_lost_leaves_a_gap(void **state)
{
    (void)state;
    struct fake_trace *f = some_trace();
    struct recorded r = recorded_of(f, 5);
    struct gs_error err;
    char text[256];
    size_t count, nth = 0;
    struct gs_player *whole = recorded_play(r.list.items, r.list.count, &err);
    gs_player_close(whole);
    int fd = memfd_create("r", 0);
    assert_true(write(fd, r.list.items, r.list.count) > 0);
    struct gs_reader *reader = gs_reader_open_fd(fd, "r", &err);
    const struct gs_block *blocks = gs_reader_blocks(reader, &count);
    while (blocks[nth].kind != GS_BLOCK_EVENTS || blocks[nth].before < 10)
        nth++;
    r.list.items[blocks[nth].offset + GS_BLOCK_HEAD + 9] ^= 1;
    struct gs_player *p = recorded_play(r.list.items, r.list.count, &err);
    struct recorded_events events = recorded_events(p);
    assert_int_equal(assert_part(f, &events), 5);
    const struct gs_event *gap = &events.list.items[10];
    assert_int_equal(gap->kind, GS_EVENT_LOST);
    assert_int_equal(gap->actor, 0);
    assert_int_equal(gap->a, 5);
    assert_true(gap->b == f->events.items[9].time && gap->time >= gap->b);
    assert_non_null(strstr(gs_player_trouble(p, text, sizeof text), "5 events are missing"));
    gs_reader_close(reader);
    gs_vec_free(&events.list);
    gs_player_close(p);
    gs_vec_free(&r.list);
    fake_close(f);
}

/* Without an index it is looked for from the damage on. */
static void what_follows_a_damaged_head_is_found(void **state)
{
    (void)state;
    struct fake_trace *f = some_trace();
    struct recorded r = recorded_of(f, 5);
    struct gs_error err;
    unsigned char mark[4];
    size_t blocks = 0;
    gs_format_put_u32(mark, GS_BLOCK_MARK);
    for (size_t i = 0; i + sizeof mark < r.list.count; i++)
        if (memcmp(r.list.items + i, mark, sizeof mark) == 0 && ++blocks == 7)
            r.list.items[i + 20] ^= 1;
    struct gs_player *p = recorded_play(r.list.items, r.list.count - GS_FORMAT_TAIL, &err);
    struct recorded_events events = recorded_events(p);
    assert_int_equal(assert_part(f, &events), 5);
    assert_int_equal(events.list.items[events.list.count - 1].kind, GS_EVENT_END);
    gs_vec_free(&events.list);
    gs_player_close(p);
    gs_vec_free(&r.list);
    fake_close(f);
}

static void its_blocks_are_found_by_time(void **state)
{
    (void)state;
    struct fake_trace *f = some_trace();
    struct recorded r = recorded_of(f, 3);
    struct gs_error err;
    struct gs_unpacker unpacker;
    struct gs_unpacked part = {0};
    size_t count;
    gs_unpacker_init(&unpacker);
    for (int indexed = 0; indexed < 2; indexed++) {
        int fd = memfd_create("r", 0);
        assert_true(write(fd, r.list.items, r.list.count - (indexed ? 0 : 3)) > 0);
        struct gs_reader *reader = gs_reader_open_fd(fd, "r", &err);
        assert_int_equal(gs_reader_is_whole(reader), indexed);
        const struct gs_block *blocks = gs_reader_blocks(reader, &count);
        for (size_t i = 0; i < f->events.count; i++) {
            const struct gs_event *e = &f->events.items[i];
            const struct gs_block *block = &blocks[gs_reader_at(reader, e->time)];
            assert_true(gs_unpack_events(&unpacker, gs_reader_source(reader), block, &part));
            assert_true(part.before <= i);
            assert_true(part.events.items[part.events.count - 1].time >= e->time);
            assert_same(f->events.items + part.before, part.events.items, part.events.count);
        }
        assert_int_equal(gs_reader_at(reader, UINT64_MAX), count);
        gs_reader_close(reader);
    }
    gs_vec_free(&part.events);
    gs_unpacker_destroy(&unpacker);
    gs_vec_free(&r.list);
    fake_close(f);
}

static void a_newer_version_is_refused(void **state)
{
    (void)state;
    struct fake_trace *f = some_trace();
    struct recorded r = recorded_of(f, 50);
    struct gs_error err;
    gs_format_put_u32(r.list.items + 8, 2);
    gs_format_put_u32(r.list.items + 12, gs_format_crc(r.list.items, 12));
    assert_null(recorded_play(r.list.items, r.list.count, &err));
    assert_string_equal(err.text, "FILE was recorded by a newer gilscope (format 2; this one reads "
                                  "up to 1): take that to read it");
    r.list.items[0] = 'G';
    assert_null(recorded_play(r.list.items, r.list.count, &err));
    assert_string_equal(err.text, "FILE is no recording of gilscope's; 'gilscope run --record "
                                  "FILE SCENE' makes one");
    gs_vec_free(&r.list);
    fake_close(f);
}

/* Its recorder was killed before the first block. */
static void an_empty_file_is_told_of_as_one(void **state)
{
    (void)state;
    struct gs_error err;
    assert_null(recorded_play((const unsigned char *)"", 0, &err));
    assert_string_equal(err.text,
                        "FILE is empty, as a recording is whose recorder was ended before "
                        "it had written anything: record the run again");
}

static struct gs_recorder *record(const char *path, const struct fake_trace *f)
{
    struct gs_error err;
    static const struct gs_about about = {.name = "fake", .scene = "/proc/self/maps"};
    struct gs_recorder *r = gs_recorder_new(path, &about, &err);
    if (!r)
        fail_msg("%s", err.text);
    gs_recorder_follow(r, f->tables);
    return r;
}

static void put_all(struct gs_recorder *r, const struct fake_trace *f)
{
    for (size_t i = 0; i < f->events.count; i++) {
        gs_recorder_put(r, &f->events.items[i]);
        if (i % 7 == 0)
            gs_recorder_flush(r, f->events.items[i].time);
    }
}

static void assert_recorded(const char *path, const struct fake_trace *f)
{
    struct gs_error err;
    struct gs_player *p = gs_player_open(path, &err);
    if (!p)
        fail_msg("%s", err.text);
    struct recorded_events events = recorded_events(p);
    assert_int_equal(events.list.count, f->events.count);
    assert_same(f->events.items, events.list.items, f->events.count);
    assert_same_tables(f->tables, gs_player_tables(p));
    assert_non_null(gs_player_end(p));
    assert_int_equal(gs_player_end(p)->status, 3);
    assert_string_equal(gs_player_about(p)->name, "fake");
    gs_vec_free(&events.list);
    gs_player_close(p);
}

static const struct gs_recorded_end the_end = {.now = FAKE_MS(66), .status = 3};

static void a_recorder_writes_all_that_it_takes(void **state)
{
    (void)state;
    struct fake_trace *f = some_trace();
    struct gs_error err;
    char *path = recorded_path();
    struct gs_recorder *r = record(path, f);
    put_all(r, f);
    assert_true(gs_recorder_finish(r, &the_end, &err));
    assert_int_equal(gs_recorder_state(r).events, f->events.count);
    gs_recorder_free(r);
    assert_recorded(path, f);
    unlink(path);
    free(path);
    fake_close(f);
}

/* Named early or late, everything from the beginning on is in it. */
static void a_name_can_come_later(void **state)
{
    (void)state;
    for (int after = 0; after < 2; after++) {
        struct fake_trace *f = some_trace();
        struct gs_error err;
        char *path = recorded_path();
        struct gs_recorder *r = record(NULL, f);
        gs_recorder_put(r, &f->events.items[0]);
        gs_recorder_flush(r, 0);
        if (!after)
            gs_recorder_name(r, path);
        for (size_t i = 1; i < f->events.count; i++)
            gs_recorder_put(r, &f->events.items[i]);
        assert_true(gs_recorder_finish(r, &the_end, &err));
        if (after)
            gs_recorder_name(r, path);
        while (gs_recorder_state(r).naming)
            usleep(1000);
        assert_true(gs_recorder_state(r).named);
        gs_recorder_free(r);
        assert_recorded(path, f);
        unlink(path);
        free(path);
        fake_close(f);
    }
}

static void what_was_taken_is_in_the_file_at_once(void **state)
{
    (void)state;
    struct fake_trace *f = some_trace();
    struct gs_error err;
    char *path = recorded_path();
    struct gs_recorder *r = record(path, f);
    size_t seen = 0;
    put_all(r, f);
    gs_recorder_flush(r, FAKE_MS(66));
    for (int ms = 0; ms < 2000 && seen < f->events.count; ms += 10) {
        usleep(10000);
        struct gs_player *p = gs_player_open(path, &err);
        if (!p)
            continue;
        struct recorded_events events = recorded_events(p);
        seen = events.list.count;
        gs_vec_free(&events.list);
        gs_player_close(p);
    }
    assert_int_equal(seen, f->events.count);
    gs_recorder_free(r);
    unlink(path);
    free(path);
    fake_close(f);
}

static void a_full_disk_ends_it_and_keeps_what_is_there(void **state)
{
    (void)state;
    struct fake_trace *f = some_trace();
    struct gs_error err;
    struct rlimit before, small = {.rlim_cur = 3000};
    char *path = recorded_path();
    struct gs_recorder *r = record(path, f);
    uint64_t seed = 4;
    getrlimit(RLIMIT_FSIZE, &before);
    small.rlim_max = before.rlim_max;
    setrlimit(RLIMIT_FSIZE, &small);
    for (int i = 0; i < 20000; i++) {
        struct gs_event e = {.time = (uint64_t)i * 100, .actor = 1, .kind = GS_EVENT_NOTE};
        e.b = chance(&seed);
        gs_recorder_put(r, &e);
        if (i % 100 == 0) {
            gs_recorder_flush(r, e.time);
            usleep(1000);
        }
    }
    assert_false(gs_recorder_finish(r, &the_end, &err));
    setrlimit(RLIMIT_FSIZE, &before);
    assert_non_null(strstr(err.text, path));
    assert_non_null(strstr(err.text, "File too large"));
    struct gs_recorder_state now = gs_recorder_state(r);
    assert_true(now.over && now.failed);
    gs_recorder_free(r);
    struct gs_player *p = gs_player_open(path, &err);
    assert_non_null(p);
    struct recorded_events events = recorded_events(p);
    assert_int_equal(events.list.count, now.events);
    struct recorded file_now = recorded_read(path);
    assert_int_equal(file_now.list.count, now.bytes);
    gs_vec_free(&file_now.list);
    assert_false(gs_player_is_damaged(p));
    gs_vec_free(&events.list);
    gs_player_close(p);
    unlink(path);
    free(path);
    fake_close(f);
}

/* Neither half of it, nor an empty file that was not there; it stays where it was. */
static void a_name_on_a_full_disk_leaves_nothing(void **state)
{
    (void)state;
    struct fake_trace *f = some_trace();
    struct gs_error err;
    struct rlimit before, small = {.rlim_cur = 200};
    char *path = recorded_path();
    struct gs_recorder *r = record(NULL, f);
    unlink(path);
    put_all(r, f);
    assert_true(gs_recorder_finish(r, &the_end, &err));
    assert_true(gs_recorder_state(r).bytes > small.rlim_cur);
    getrlimit(RLIMIT_FSIZE, &before);
    small.rlim_max = before.rlim_max;
    setrlimit(RLIMIT_FSIZE, &small);
    gs_recorder_name(r, path);
    while (gs_recorder_state(r).naming)
        usleep(1000);
    setrlimit(RLIMIT_FSIZE, &before);
    assert_true(gs_recorder_state(r).nameless);
    assert_int_equal(access(path, F_OK), -1);
    gs_recorder_name(r, path);
    while (gs_recorder_state(r).naming)
        usleep(1000);
    gs_recorder_free(r);
    assert_recorded(path, f);
    unlink(path);
    free(path);
    fake_close(f);
}

static void what_can_hold_nothing_is_told_at_once(void **state)
{
    (void)state;
    struct fake_trace *f = some_trace();
    struct gs_error err;
    static const struct gs_about about;
    assert_null(gs_recorder_new("/dev/full", &about, &err));
    assert_string_equal(err.text, "cannot record into /dev/full: it is no regular file");
    assert_null(gs_recorder_new("/nowhere/x.gsr", &about, &err));
    assert_string_equal(err.text, "cannot record into /nowhere/x.gsr: No such file or directory");
    fake_close(f);
}

static void other_files_are_not_overwritten(void **state)
{
    (void)state;
    struct fake_trace *f = some_trace();
    struct gs_error err;
    static const struct gs_about about;
    char *path = recorded_path();
    FILE *file = fopen(path, "w");
    fputs("dear to somebody", file);
    fclose(file);
    assert_null(gs_recorder_new(path, &about, &err));
    assert_non_null(strstr(err.text, "is there and is no recording, so it is not overwritten"));
    struct recorded r = recorded_read(path);
    assert_int_equal(r.list.count, 16);
    gs_vec_free(&r.list);
    unlink(path);
    free(path);
    fake_close(f);
}

static void the_programs_text_is_in_it(void **state)
{
    (void)state;
    struct fake_trace *f = some_trace();
    struct gs_error err;
    struct gs_about about = {0};
    char *path = recorded_path(), *scene = recorded_path();
    size_t size;
    FILE *file = fopen(scene, "w");
    fputs("x = 1\n", file);
    fclose(file);
    snprintf(about.scene, sizeof about.scene, "%s", scene);
    struct gs_recorder *r = gs_recorder_new(path, &about, &err);
    gs_recorder_follow(r, f->tables);
    assert_true(gs_recorder_finish(r, &the_end, &err));
    gs_recorder_free(r);
    unlink(scene);
    struct gs_player *p = gs_player_open(path, &err);
    char *text = gs_player_file(p, scene, &size);
    assert_string_equal(text, "x = 1\n");
    assert_null(gs_player_file(p, "other", &size));
    free(text);
    gs_player_close(p);
    unlink(path);
    free(path);
    free(scene);
    fake_close(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_come_out_again),
        cmocka_unit_test(any_events_come_out_again),
        cmocka_unit_test(a_column_of_another_length_is_noticed),
        cmocka_unit_test(a_run_comes_out_again),
        cmocka_unit_test(every_cut_is_read_as_far_as_it_is_whole),
        cmocka_unit_test(flipped_bits_are_noticed),
        cmocka_unit_test(many_flips_and_cuts_break_nothing),
        cmocka_unit_test(a_block_that_is_lost_leaves_a_gap),
        cmocka_unit_test(what_follows_a_damaged_head_is_found),
        cmocka_unit_test(its_blocks_are_found_by_time),
        cmocka_unit_test(a_newer_version_is_refused),
        cmocka_unit_test(an_empty_file_is_told_of_as_one),
        cmocka_unit_test(a_recorder_writes_all_that_it_takes),
        cmocka_unit_test(a_name_can_come_later),
        cmocka_unit_test(what_was_taken_is_in_the_file_at_once),
        cmocka_unit_test(a_full_disk_ends_it_and_keeps_what_is_there),
        cmocka_unit_test(a_name_on_a_full_disk_leaves_nothing),
        cmocka_unit_test(what_can_hold_nothing_is_told_at_once),
        cmocka_unit_test(other_files_are_not_overwritten),
        cmocka_unit_test(the_programs_text_is_in_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
