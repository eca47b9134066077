/* A program's file, looked into without running it: ELF as elf(5) describes it. Whatever a file
 * says of itself is held against its size. May be used in a forked child of a process with several
 * threads. */
#ifndef GS_BASE_IMAGE_H
#define GS_BASE_IMAGE_H

#include <link.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

struct gs_image {
    const char *bytes;
    size_t size;
};

/* Maps the regular file at path and tells what the file system says of it in st. False: there is
 * none with anything in it. */
bool gs_image_open(struct gs_image *image, const char *path, struct stat *st);
void gs_image_close(struct gs_image *image);

/* It begins with these bytes; contains them anywhere. */
bool gs_image_begins(const struct gs_image *image, const void *bytes, size_t size);
bool gs_image_contains(const struct gs_image *image, const void *bytes, size_t size);

/* Its ELF header. False: it is no ELF file. */
bool gs_image_head(const struct gs_image *image, ElfW(Ehdr) * head);

/* The nth part of that type (PT_…), from 0. False: there is none. */
bool gs_image_part(const struct gs_image *image, uint32_t type, size_t nth, ElfW(Phdr) * part);

/* The names of all that a dynamic program takes from others, and gives; empty: it has none. Lies
 * in the image. */
struct gs_image gs_image_names(const struct gs_image *image);

#endif
