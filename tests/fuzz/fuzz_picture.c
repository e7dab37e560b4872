/* fuzz_picture.c - whatever is uploaded as a picture: no fault, and what comes of it is a small JPEG that is a picture again. */
#include "service/picture.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
    if (!holds) __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *arena = arena_new((size_t)64 << 20);
    struct str small, smaller;
    if (picture_thumbnail(arena, (struct str){(const char *)data, size}, 64, &small)) {
        require(small.len > 100 && memcmp(small.ptr, "\xff\xd8\xff", 3) == 0);
        require(picture_thumbnail(arena, small, 16, &smaller));
    }
    arena_free(arena);
    return 0;
}
