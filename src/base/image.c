#include "base/image.h"

#include <elf.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The system call itself: in a program that is watched, the library's close is one of the things
 * that are told. */
static void close_quietly(int fd)
{
    syscall(SYS_close, fd);
}

bool gs_image_open(struct gs_image *image, const char *path, struct stat *st)
{
    void *bytes = MAP_FAILED;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    if (fstat(fd, st) == 0 && S_ISREG(st->st_mode) && st->st_size > 0)
        bytes = mmap(NULL, (size_t)st->st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    close_quietly(fd);
    if (bytes == MAP_FAILED)
        return false;
    *image = (struct gs_image){bytes, (size_t)st->st_size};
    return true;
}

void gs_image_close(struct gs_image *image)
{
    munmap((void *)image->bytes, image->size);
}

static const void *at(const struct gs_image *image, size_t place, size_t size)
{
    return place < image->size && size <= image->size - place ? image->bytes + place : NULL;
}

/* False: the file is not as long as that. */
static bool copy(const struct gs_image *image, size_t place, void *to, size_t size)
{
    const void *from = at(image, place, size);
    if (from)
        memcpy(to, from, size);
    return from != NULL;
}

bool gs_image_begins(const struct gs_image *image, const void *bytes, size_t size)
{
    return image->size >= size && memcmp(image->bytes, bytes, size) == 0;
}

bool gs_image_contains(const struct gs_image *image, const void *bytes, size_t size)
{
    return image->size && memmem(image->bytes, image->size, bytes, size);
}

bool gs_image_head(const struct gs_image *image, ElfW(Ehdr) * head)
{
    return gs_image_begins(image, ELFMAG, SELFMAG) && copy(image, 0, head, sizeof *head);
}

bool gs_image_part(const struct gs_image *image, uint32_t type, size_t nth, ElfW(Phdr) * part)
{
    ElfW(Ehdr) head;
    if (!gs_image_head(image, &head))
        return false;
    for (size_t i = 0; i < head.e_phnum; i++) {
        size_t place = head.e_phoff + i * (size_t)head.e_phentsize;
        if (copy(image, place, part, sizeof *part) && part->p_type == type && nth-- == 0)
            return true;
    }
    return false;
}

/* What the loader lays at an address, from there on; empty: nothing. */
static struct gs_image loaded(const struct gs_image *image, ElfW(Addr) address, size_t size)
{
    ElfW(Phdr) part;
    for (size_t i = 0; gs_image_part(image, PT_LOAD, i, &part); i++) {
        if (address < part.p_vaddr || address - part.p_vaddr >= part.p_filesz)
            continue;
        const char *bytes = at(image, part.p_offset + (address - part.p_vaddr), size);
        return bytes ? (struct gs_image){bytes, size} : (struct gs_image){0};
    }
    return (struct gs_image){0};
}

struct gs_image gs_image_names(const struct gs_image *image)
{
    ElfW(Phdr) dynamic = {0};
    ElfW(Dyn) entry;
    ElfW(Addr) names = 0;
    size_t size = 0, count = 0;
    if (gs_image_part(image, PT_DYNAMIC, 0, &dynamic))
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
