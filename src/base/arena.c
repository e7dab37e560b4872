/* arena.c - memory with one end (arena.h).
 *
 * Small allocations are cut off the open block; blocks double from 16 KB to 256 KB. What would fill more than a quarter of a
 * new block gets a block of its own, which arena_grow can then let the machine extend without a copy.
 */
#include "base/arena.h"

#include <stdint.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#endif

#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
/* Poisoning does not read, but its const argument makes gcc warn of uninitialised bytes. */
static void *arena_opaque(void *p) {
    __asm__("" : "+r"(p));
    return p;
}
#define ARENA_POISON(p, n) __asan_poison_memory_region(arena_opaque(p), (n))
#define ARENA_OPEN(p, n) __asan_unpoison_memory_region(arena_opaque(p), (n))
#define ARENA_GAP 16u // between neighbours, so that running over the end of one is seen
#else
#define ARENA_POISON(p, n) ((void)(p), (void)(n))
#define ARENA_OPEN(p, n) ((void)(p), (void)(n))
#define ARENA_GAP 0u
#endif

#define ARENA_ALIGN 16u
#define ARENA_FIRST ((size_t)16 << 10)
#define ARENA_LARGEST ((size_t)256 << 10)
#define ARENA_MAX_SIZE (SIZE_MAX / 4)

struct block {
    struct block *prev;
    size_t size; // of data
    _Alignas(ARENA_ALIGN) char data[];
};

struct deferred {
    struct deferred *prev;
    void (*fn)(void *);
    void *arg;
};

struct arena {
    char *ptr, *end;      // what is free in the open block
    struct block *blocks; // the open one first
    struct block *large;  // those that hold one allocation, newest first
    struct deferred *deferred;
    size_t used, total, limit, next_size;
    jmp_buf *unwind;
    const struct lang *lang;
};

static size_t arena_round(size_t size) {
    return ((size + (ARENA_ALIGN - 1)) & ~(size_t)(ARENA_ALIGN - 1)) + ARENA_GAP;
}

static _Noreturn void arena_exhausted(struct arena *arena, size_t wanted) {
    if (arena && arena->unwind) {
        longjmp(*arena->unwind, 1);
    }
    fprintf(stderr, "tenon: out of memory (%zu bytes wanted, limit %zu)\n", wanted, arena ? arena->limit : 0);
    abort();
}

static struct block *arena_block(struct arena *arena, size_t size) {
    if (size > ARENA_MAX_SIZE || size > arena->limit - arena->total) arena_exhausted(arena, size);
    struct block *block = malloc(sizeof *block + size);
    if (!block) arena_exhausted(arena, size);
    block->size = size;
    arena->total += size;
    ARENA_POISON(block->data, size);
    return block;
}

static void arena_open(struct arena *arena, struct block *block) {
    arena->ptr = block->data;
    arena->end = block->data + block->size;
}

static void arena_release(struct arena *arena, struct block *block) {
    while (block) {
        struct block *prev = block->prev;
        arena->total -= block->size;
        ARENA_OPEN(block->data, block->size);
        free(block);
        block = prev;
    }
}

static void arena_run_deferred(struct arena *arena) {
    while (arena->deferred) {
        struct deferred *last = arena->deferred;
        arena->deferred = last->prev;
        last->fn(last->arg);
    }
}

struct arena *arena_new(size_t limit) {
    struct arena *arena = calloc(1, sizeof *arena);
    if (!arena) arena_exhausted(NULL, sizeof *arena);
    arena->limit = limit < ARENA_FIRST ? ARENA_FIRST : limit;
    arena->next_size = ARENA_FIRST;
    return arena;
}

void arena_free(struct arena *arena) {
    if (!arena) return;
    arena_run_deferred(arena);
    arena_release(arena, arena->large);
    arena_release(arena, arena->blocks);
    free(arena);
}

/* A block for all that was needed until this reset, so that the next round of the same kind asks the machine for nothing. */
static struct block *arena_kept(struct arena *arena) {
    struct block *kept = arena->blocks; // blocks only grow, so the open one is the largest
    size_t size = kept ? kept->size : ARENA_FIRST;
    while (size < arena->total && size < ARENA_LARGEST && size < arena->limit / 16) size *= 2;
    if (kept && kept->size >= size) {
        arena_release(arena, kept->prev);
        kept->prev = NULL;
        ARENA_POISON(kept->data, kept->size);
        return kept;
    }
    arena_release(arena, kept);
    kept = malloc(sizeof *kept + size);
    if (!kept) return NULL;
    *kept = (struct block){.prev = NULL, .size = size};
    arena->total += size;
    ARENA_POISON(kept->data, size);
    return kept;
}

void arena_reset(struct arena *arena) {
    arena_run_deferred(arena);
    arena->lang = NULL;
    if (arena->total == 0) return;
    struct block *large = arena->large;
    arena->large = NULL;
    arena->blocks = arena_kept(arena);
    arena_release(arena, large);
    arena->used = 0;
    arena->ptr = arena->end = NULL;
    if (!arena->blocks) return;
    arena_open(arena, arena->blocks);
    arena->next_size = arena->blocks->size < ARENA_FIRST ? ARENA_FIRST : arena->blocks->size;
}

static void *arena_raw_large(struct arena *arena, size_t size) {
    struct block *block = arena_block(arena, arena_round(size));
    block->prev = arena->large;
    arena->large = block;
    ARENA_OPEN(block->data, size);
    arena->used += size;
    return block->data;
}

static void *arena_raw_slow(struct arena *arena, size_t size) {
    if (size > ARENA_MAX_SIZE) arena_exhausted(arena, size);
    size_t need = arena_round(size), left = arena->limit - arena->total;
    // Near the limit the rest of it may still do for this one allocation, though not for a whole block.
    if (need > arena->next_size / 4 || arena->next_size > left) return arena_raw_large(arena, size);
    struct block *block = arena_block(arena, arena->next_size);
    block->prev = arena->blocks;
    arena->blocks = block;
    arena_open(arena, block);
    if (arena->next_size < ARENA_LARGEST) arena->next_size *= 2;
    return arena_raw(arena, size);
}

void *arena_raw(struct arena *arena, size_t size) {
    size_t need = arena_round(size);
    if (__builtin_expect(need < size || need > (size_t)(arena->end - arena->ptr) || !arena->ptr, 0)) {
        return arena_raw_slow(arena, size);
    }
    char *p = arena->ptr;
    arena->ptr += need;
    arena->used += size;
    ARENA_OPEN(p, size);
    return p;
}

void *arena_alloc(struct arena *arena, size_t size) {
    return memset(arena_raw(arena, size), 0, size);
}

void *arena_alloc_array(struct arena *arena, size_t size, size_t n) {
    size_t total;
    if (__builtin_mul_overflow(size, n, &total)) arena_exhausted(arena, SIZE_MAX);
    return arena_alloc(arena, total);
}

/* Lets the machine extend the newest large block, which it often does without moving it. */
static void *arena_grow_large(struct arena *arena, size_t old_size, size_t new_size) {
    struct block *block = arena->large;
    size_t size = arena_round(new_size);
    if (size <= block->size) {
        ARENA_OPEN(block->data, new_size);
        arena->used += new_size - old_size;
        return block->data;
    }
    if (size - block->size > arena->limit - arena->total) arena_exhausted(arena, new_size);
    ARENA_OPEN(block->data, block->size);
    struct block *grown = realloc(block, sizeof *block + size);
    if (!grown) arena_exhausted(arena, new_size);
    arena->large = grown;
    arena->total += size - grown->size;
    grown->size = size;
    ARENA_POISON(grown->data, size);
    ARENA_OPEN(grown->data, new_size);
    arena->used += new_size - old_size;
    return grown->data;
}

void *arena_grow(struct arena *arena, void *old, size_t old_size, size_t new_size) {
    if (!old) return arena_raw(arena, new_size);
    if (new_size <= old_size) return old;
    if (new_size > ARENA_MAX_SIZE) arena_exhausted(arena, new_size);
    char *p = old;
    if (arena->large && p == arena->large->data) return arena_grow_large(arena, old_size, new_size);
    size_t had = arena_round(old_size), need = arena_round(new_size);
    if (arena->ptr && p + had == arena->ptr && need - had <= (size_t)(arena->end - arena->ptr)) {
        arena->ptr += need - had;
        arena->used += new_size - old_size;
        ARENA_OPEN(p, new_size);
        return p;
    }
    char *copy = arena_raw(arena, new_size);
    memcpy(copy, p, old_size);
    ARENA_POISON(p, old_size);
    return copy;
}

void *arena_room(struct arena *arena, void *list, size_t count, size_t size) {
    enum { FIRST = 8 };
    if (count % FIRST || (count & (count - 1))) return list; /* not full: neither 0 nor a power of two from the first on */
    size_t room = count ? count * 2 : FIRST;
    if (room > ARENA_MAX_SIZE / size) arena_exhausted(arena, SIZE_MAX);
    return arena_grow(arena, list, count * size, room * size);
}

void arena_defer(struct arena *arena, void (*fn)(void *), void *arg) {
    struct deferred *last = arena_raw(arena, sizeof *last);
    *last = (struct deferred){.prev = arena->deferred, .fn = fn, .arg = arg};
    arena->deferred = last;
}

size_t arena_used(const struct arena *arena) {
    return arena->used;
}

jmp_buf *arena_catch(struct arena *arena, jmp_buf *edge) {
    jmp_buf *outer = arena->unwind;
    arena->unwind = edge;
    return outer;
}

void arena_speak(struct arena *arena, const struct lang *lang) { arena->lang = lang; }

const struct lang *arena_lang(const struct arena *arena) { return arena->lang; }
