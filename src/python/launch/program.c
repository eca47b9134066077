#include "python/launch/program.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct image {
    const char *bytes;
    size_t size;
};

static const void *at(const struct image *image, size_t place, size_t size)
{
    return place < image->size && size <= image->size - place ? image->bytes + place : NULL;
}

static bool contains(const struct image *image, const char *text, size_t length)
{
    return image->size && memmem(image->bytes, image->size, text, length);
}

/* False: the file is not as long as that. */
static bool copy(const struct image *image, size_t place, void *to, size_t size)
{
    const void *from = at(image, place, size);
    if (from)
        memcpy(to, from, size);
    return from != NULL;
}

/* The nth of that type; false: there is none. */
static bool find_part(const struct image *image, uint32_t type, size_t nth, ElfW(Phdr) * part)
{
    ElfW(Ehdr) head = {0};
    (void)copy(image, 0, &head, sizeof head);
    for (size_t i = 0; i < head.e_phnum; i++) {
        size_t place = head.e_phoff + i * (size_t)head.e_phentsize;
        if (copy(image, place, part, sizeof *part) && part->p_type == type && nth-- == 0)
            return true;
    }
    return false;
}

/* What the loader lays at an address, from there on; empty: nothing. */
static struct image loaded(const struct image *image, ElfW(Addr) address, size_t size)
{
    ElfW(Phdr) part;
    for (size_t i = 0; find_part(image, PT_LOAD, i, &part); i++) {
        if (address < part.p_vaddr || address - part.p_vaddr >= part.p_filesz)
            continue;
        const char *bytes = at(image, part.p_offset + (address - part.p_vaddr), size);
        return bytes ? (struct image){bytes, size} : (struct image){0};
    }
    return (struct image){0};
}

/* The names of all that a dynamic program takes from others, and gives. */
static struct image dynamic_names(const struct image *image)
{
    ElfW(Phdr) dynamic = {0};
    ElfW(Dyn) entry;
    ElfW(Addr) names = 0;
    size_t size = 0, count = 0;
    if (find_part(image, PT_DYNAMIC, 0, &dynamic))
        count = dynamic.p_filesz / sizeof entry;
    for (size_t i = 0; i < count; i++) {
        if (!copy(image, dynamic.p_offset + i * sizeof entry, &entry, sizeof entry))
            break;
        if (entry.d_tag == DT_STRTAB)
            names = entry.d_un.d_ptr;
        if (entry.d_tag == DT_STRSZ)
            size = entry.d_un.d_val;
    }
    return loaded(image, names, size);
}

/* One that is a Python says so in what it prints when all is lost, if by nothing else. */
static bool is_closed(const struct image *image)
{
    static const char own[] = "Py_GetVersion", library[] = "libpython",
                      last_words[] = "Fatal Python error: ";
    struct image names = dynamic_names(image);
    return !contains(&names, own, sizeof own - 1) &&
           !contains(&names, library, sizeof library - 1) &&
           contains(image, last_words, sizeof last_words - 1);
}

static enum gs_program judge(const struct image *image)
{
    if (at(image, 0, 2) && memcmp(image->bytes, "#!", 2) == 0)
        return GS_PROGRAM_SCRIPT;
    if (!at(image, 0, sizeof(ElfW(Ehdr))) || memcmp(image->bytes, ELFMAG, SELFMAG) != 0)
        return GS_PROGRAM_NONE;
    /* A dynamic program names the loader that brings in what it needs, and ours. */
    ElfW(Phdr) interpreter;
    if (!find_part(image, PT_INTERP, 0, &interpreter))
        return GS_PROGRAM_STATIC;
    return is_closed(image) ? GS_PROGRAM_CLOSED : GS_PROGRAM_DYNAMIC;
}

enum gs_program gs_program_look(const char *path)
{
    struct stat st;
    enum gs_program what = GS_PROGRAM_NONE;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return what;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0) {
        size_t size = (size_t)st.st_size;
        void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (bytes != MAP_FAILED) {
            what = judge(&(struct image){bytes, size});
            munmap(bytes, size);
        }
    }
    close(fd);
    return what;
}
