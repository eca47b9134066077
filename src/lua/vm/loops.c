#include "lua/vm/loops.h"

#include "base/vec.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A dump that is being read. Behind its end there are zeros. */
struct reader {
    const unsigned char *at;
    size_t left;
};

static const unsigned char *skip(struct reader *r, size_t count, size_t size)
{
    const unsigned char *at = r->at;
    size_t length = count <= r->left / size ? count * size : r->left;
    r->at += length;
    r->left -= length;
    return at;
}

static unsigned byte(struct reader *r)
{
    return r->left ? *skip(r, 1, 1) : 0;
}

/* Seven bits a byte, the highest first; the last byte is marked. */
static size_t number(struct reader *r)
{
    size_t value = 0;
    while (r->left) {
        unsigned b = byte(r);
        value = value << 7 | (b & 0x7f);
        if (b & 0x80)
            break;
    }
    return value;
}

/* Before it stands one more than its length. */
static void skip_string(struct reader *r)
{
    size_t size = number(r);
    skip(r, size ? size - 1 : 0, 1);
}

static void skip_constants(struct reader *r)
{
    enum { INTEGER = 0x03, FLOAT = 0x13, SHORT_STRING = 0x04, LONG_STRING = 0x14 };
    for (size_t n = number(r); n-- > 0 && r->left;) {
        unsigned type = byte(r);
        if (type == INTEGER || type == FLOAT)
            skip(r, 1, 8);
        else if (type == SHORT_STRING || type == LONG_STRING)
            skip_string(r);
    }
}

static void skip_names(struct reader *r, unsigned numbers_each)
{
    for (size_t n = number(r); n-- > 0 && r->left;) {
        skip_string(r);
        for (unsigned i = 0; i < numbers_each; i++)
            (void)number(r);
    }
}

/* A function's instructions and the line of each. */
struct code {
    const unsigned char *words;
    size_t count;
    GS_VEC(int) lines;
};

/* A line is told by its distance from the one before; where that is too large for a byte, it stands
 * in a list of its own, behind the number of its instruction. */
static void read_lines(struct reader *r, struct code *code, int line)
{
    enum { TOO_FAR = 0x80 };
    size_t count = number(r);
    const unsigned char *steps = skip(r, count, 1);
    size_t far = number(r);
    for (size_t i = 0; i < count && i < code->count; i++) {
        if (steps[i] == TOO_FAR && far) {
            far--;
            (void)number(r);
            line = (int)number(r);
        } else {
            line += (signed char)steps[i];
        }
        gs_vec_push(&code->lines, line);
    }
}

/* The line that the instruction jumps back to, 0: it does not. A `for` comes back to its own line
 * first, and jumps from there; one with `in` calls its iterator, which is a check point already. */
static int goes_back_to(const struct code *code, size_t at)
{
    enum { JMP = 56, FORLOOP = 73, NO_STEP = (1 << 24) - 1 };
    uint32_t word;
    memcpy(&word, code->words + at * sizeof word, sizeof word);
    unsigned operation = word & 0x7f;
    if (operation == FORLOOP)
        return code->lines.items[at];
    long target = (long)at + 1 + (long)(word >> 7) - NO_STEP;
    return operation == JMP && target >= 0 && target <= (long)at ? code->lines.items[target] : 0;
}

static bool is_loops(const struct code *code, int line)
{
    bool found = false;
    for (size_t i = 0; i < code->lines.count && !found; i++)
        found = goes_back_to(code, i) == line;
    return found;
}

/* Reads one function, those that stand in it as well; does it go back to the line? */
static bool function_goes_back_to(struct reader *r, int line)
{
    struct code code = {0};
    skip_string(r); /* the source */
    int defined = (int)number(r);
    (void)number(r); /* the last line */
    skip(r, 3, 1);   /* parameters, varargs, registers */
    code.count = number(r);
    code.words = skip(r, code.count, 4);
    skip_constants(r);
    skip(r, number(r), 3); /* upvalues */
    for (size_t n = number(r); n-- > 0 && r->left;)
        (void)function_goes_back_to(r, line);
    read_lines(r, &code, defined);
    skip_names(r, 2); /* local variables, from where to where */
    skip_names(r, 0); /* upvalues */
    bool found = is_loops(&code, line);
    gs_vec_free(&code.lines);
    return found;
}

/* The version of the form, and the sizes of what it is made of. */
static bool has_known_form(struct reader *r)
{
    static const unsigned char form[] = "\x1bLua\x54\0\x19\x93\r\n\x1a\n\x04\x08\x08";
    enum { LENGTH = sizeof form - 1, SAMPLES = 16 };
    if (r->left < LENGTH || memcmp(skip(r, LENGTH, 1), form, LENGTH) != 0)
        return false;
    skip(r, SAMPLES + 1, 1); /* one number of either kind; how many upvalues */
    return true;
}

struct dump {
    GS_VEC(unsigned char) bytes;
};

static int append(lua_State *L, const void *bytes, size_t size, void *into)
{
    (void)L;
    struct dump *dump = into;
    for (size_t i = 0; i < size; i++)
        gs_vec_push(&dump->bytes, ((const unsigned char *)bytes)[i]);
    return 0;
}

/* Of the function on top of the stack. */
static bool read_code(lua_State *L, int line)
{
    struct dump dump = {0};
    (void)lua_dump(L, append, &dump, false);
    struct reader r = {dump.bytes.items, dump.bytes.count};
    bool may = !has_known_form(&r) || function_goes_back_to(&r, line);
    gs_vec_free(&dump.bytes);
    return may;
}

/* FNV-1a. */
static uint64_t hash(uint64_t state, const void *bytes, size_t length)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < length; i++)
        state = (state ^ at[i]) * 0x100000001b3u;
    return state;
}

/* What was found last, by text, function and line: the lowest bit is the answer, the others say
 * whose it is. */
static _Atomic uint64_t found[1024];

bool gs_loops_may_jump(lua_State *L, lua_Debug *ar)
{
    enum { FOUND = sizeof found / sizeof *found };
    lua_getinfo(L, "Sf", ar);
    int numbers[] = {ar->linedefined, ar->lastlinedefined, ar->currentline};
    uint64_t key = hash(0xcbf29ce484222325u, ar->source, ar->srclen);
    key = hash(key, numbers, sizeof numbers) | 1;
    _Atomic uint64_t *place = &found[key / 2 % FOUND];
    uint64_t seen = atomic_load_explicit(place, memory_order_relaxed);
    if ((seen | 1) != key) {
        seen = read_code(L, ar->currentline) ? key : key - 1;
        atomic_store_explicit(place, seen, memory_order_relaxed);
    }
    lua_pop(L, 1);
    return seen & 1;
}
