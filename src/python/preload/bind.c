#include "python/preload/bind.h"

#include "python/cpython/cpython.h"

#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <stdbool.h>
#include <stddef.h>

#if defined __x86_64__ && defined __LP64__
enum { JUMP_SLOT = R_X86_64_JUMP_SLOT };
#elif defined __aarch64__
enum { JUMP_SLOT = R_AARCH64_JUMP_SLOT };
#else
enum { JUMP_SLOT = -1 };
#endif

/* What an object says of the functions that it needs: see elf(5). The C library has put addresses
 * in the place of offsets, but for that of the versions. */
struct needs {
    ElfW(Addr) base;
    const ElfW(Sym) * symbols;
    const char *strings;
    const ElfW(Half) * versions; /* by symbol */
    const ElfW(Verneed) * needed;
    const ElfW(Rela) * slots;
    size_t slots_bytes;
    bool bound; /* from the start, and its slots may not be written any more */
};

static void read_entry(struct needs *needs, const ElfW(Dyn) * entry)
{
    const void *address = (const void *)entry->d_un.d_ptr;
    ElfW(Xword) value = entry->d_un.d_val;
    switch (entry->d_tag) {
    case DT_SYMTAB:
        needs->symbols = address;
        break;
    case DT_STRTAB:
        needs->strings = address;
        break;
    case DT_VERSYM:
        needs->versions = address;
        break;
    case DT_VERNEED:
        needs->needed = (const void *)(needs->base + value);
        break;
    case DT_JMPREL:
        needs->slots = address;
        break;
    case DT_PLTRELSZ:
        needs->slots_bytes = value;
        break;
    case DT_BIND_NOW:
        needs->bound = true;
        break;
    case DT_FLAGS:
        needs->bound |= (value & DF_BIND_NOW) != 0;
        break;
    case DT_FLAGS_1:
        needs->bound |= (value & DF_1_NOW) != 0;
        break;
    default:
        break;
    }
}

static bool read_needs(struct needs *needs, const struct link_map *object)
{
    *needs = (struct needs){.base = object->l_addr};
    for (const ElfW(Dyn) *entry = object->l_ld; entry->d_tag != DT_NULL; entry++)
        read_entry(needs, entry);
    return needs->symbols && needs->strings && needs->slots && !needs->bound;
}

/* NULL: it asks for none. */
static const char *version_of(const struct needs *needs, size_t symbol)
{
    unsigned wanted = needs->versions ? needs->versions[symbol] & 0x7fffu : VER_NDX_GLOBAL;
    const char *at = (const char *)needs->needed;
    while (at && wanted > VER_NDX_GLOBAL) {
        const ElfW(Verneed) *file = (const void *)at;
        const char *of = at + file->vn_aux;
        for (unsigned i = 0; i < file->vn_cnt; i++) {
            const ElfW(Vernaux) *version = (const void *)of;
            if (version->vna_other == wanted)
                return needs->strings + version->vna_name;
            of += version->vna_next;
        }
        at = file->vn_next ? at + file->vn_next : NULL;
    }
    return NULL;
}

/* Whose address the object has given out as that of the code that goes through its slot: that is
 * what would be found. */
static bool is_stub(const ElfW(Sym) * symbol)
{
    return symbol->st_shndx == SHN_UNDEF && symbol->st_value;
}

/* Of this object; an interpreter's have the same names. The linker makes them. */
__attribute__((visibility("hidden"))) extern const char __ehdr_start[], _end[];

static bool is_ours(const void *address)
{
    return (const char *)address >= __ehdr_start && (const char *)address < _end;
}

/* What stands in front of the library has no versions, and dlvsym would not see it. Where an older
 * generation is asked for than the one that is found by its name alone, or somebody else stands in
 * front, the linker decides. */
static void *find(const char *name, const char *version)
{
    void *found = dlsym(RTLD_DEFAULT, name);
    if (!found || !version || is_ours(found))
        return found;
    return dlvsym(RTLD_DEFAULT, name, version) == found ? found : NULL;
}

static void bind(const struct needs *needs)
{
    for (size_t i = 0; i < needs->slots_bytes / sizeof needs->slots[0]; i++) {
        const ElfW(Rela) *slot = &needs->slots[i];
        size_t at = ELF64_R_SYM(slot->r_info);
        const ElfW(Sym) *symbol = &needs->symbols[at];
        if (ELF64_R_TYPE(slot->r_info) != JUMP_SLOT || is_stub(symbol))
            continue;
        void *found = find(needs->strings + symbol->st_name, version_of(needs, at));
        if (found)
            *(void **)(needs->base + slot->r_offset) = found;
    }
}

void gs_bind_interpreter(void)
{
    Dl_info unused;
    struct link_map *object = NULL;
    struct needs needs;
    const void *inside = (const void *)(ElfW(Addr))gs_cpython.version;
    if (dladdr1(inside, &unused, (void **)&object, RTLD_DL_LINKMAP) && object &&
        read_needs(&needs, object))
        bind(&needs);
}
