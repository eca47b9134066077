#include "lua/vm/newstate.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if LUA_VERSION_NUM >= 505

lua_State *gs_lua_newstate(lua_Alloc allocate, void *data, unsigned seed)
{
    return lua_newstate(allocate, data, seed);
}

#else

/* A state begins with one block, in which its seed lies, and nothing is hashed before it asks for
 * the second. Where in the block it lies is found out by making a few states, as far as that, at
 * places next to each other: what differs between them are addresses, and those only by as much as
 * the places do, and the seed. */
enum { TRIALS = 4, LARGEST = 4096, APART = 64 };

struct trial {
    unsigned char *place;
    size_t size; /* 0: not begun yet */
    unsigned char seen[LARGEST];
};

/* Ends the trial with the second block, which it does not get. */
static void *allocate_first(void *data, void *block, size_t old_size, size_t new_size)
{
    struct trial *trial = data;
    (void)old_size;
    if (block || new_size == 0 || new_size > LARGEST)
        return NULL;
    if (trial->size > 0) {
        memcpy(trial->seen, trial->place, trial->size);
        return NULL;
    }
    trial->size = new_size;
    return memset(trial->place, 0, new_size);
}

static uintptr_t word_at(const struct trial *trial, size_t at)
{
    uintptr_t word;
    memcpy(&word, trial->seen + at, sizeof word);
    return word;
}

/* Of something in the block itself. The seeds may well differ by as much as the places do. */
static bool is_address(const struct trial *trials, size_t at)
{
    uintptr_t offset = word_at(&trials[0], at) - (uintptr_t)trials[0].place;
    for (int i = 1; i < TRIALS; i++)
        if (word_at(&trials[i], at) - (uintptr_t)trials[i].place != offset)
            return false;
    return offset < trials[0].size;
}

static bool differs(const struct trial *trials, size_t at)
{
    for (int i = 1; i < TRIALS; i++)
        if (memcmp(trials[i].seen + at, trials[0].seen + at, sizeof(unsigned)) != 0)
            return true;
    return false;
}

/* The offset of the one number that differs; -1: there is none, or there are several. */
static ptrdiff_t find_difference(const struct trial *trials)
{
    ptrdiff_t found = -1;
    for (size_t at = 0; at + sizeof(unsigned) <= trials[0].size; at += sizeof(unsigned)) {
        size_t word = at / sizeof(uintptr_t) * sizeof(uintptr_t);
        if (!differs(trials, at) || is_address(trials, word))
            continue;
        if (found >= 0)
            return -1;
        found = (ptrdiff_t)at;
    }
    return found;
}

static ptrdiff_t find_seed(void)
{
    static alignas(max_align_t) unsigned char places[LARGEST + TRIALS * APART];
    static struct trial trials[TRIALS], trial; /* the state keeps the address of this one */
    for (int i = 0; i < TRIALS; i++) {
        trial = (struct trial){.place = places + i * APART};
        (void)lua_newstate(allocate_first, &trial);
        trials[i] = trial;
    }
    return find_difference(trials);
}

struct seeding {
    lua_Alloc allocate;
    void *data;
    unsigned char *state;
    ptrdiff_t offset;
    unsigned seed;
    bool done;
};

static void *allocate_and_seed(void *data, void *block, size_t old_size, size_t new_size)
{
    struct seeding *s = data;
    if (s->state && !s->done) {
        memcpy(s->state + s->offset, &s->seed, sizeof s->seed);
        s->done = true;
    }
    void *got = s->allocate(s->data, block, old_size, new_size);
    if (!s->state)
        s->state = got;
    return got;
}

lua_State *gs_lua_newstate(lua_Alloc allocate, void *data, unsigned seed)
{
    /* The first state of a process is made before its second thread. */
    static ptrdiff_t offset;
    if (offset == 0)
        offset = find_seed();
    /* A Lua that was built with a seed of its own has the same in every run, too. */
    if (offset < 0)
        return lua_newstate(allocate, data);
    struct seeding s = {.allocate = allocate, .data = data, .offset = offset, .seed = seed};
    lua_State *L = lua_newstate(allocate_and_seed, &s);
    if (L)
        lua_setallocf(L, allocate, data);
    return L;
}

#endif
