/* arena.h - memory with one end: everything a request or job allocates dies together.
 *
 * Application code never frees. An arena grows in blocks up to its limit. When the limit or the machine's memory is
 * reached, arena_alloc does not return: it unwinds to arena_catch() of the arena's owner (the edge of a request or job),
 * which answers "too large" and rolls back; without a catch the program stops with a message. So no caller checks for
 * NULL, and no half-built state is ever used. Things that are not memory (files, JSON trees, statements) belong to the
 * arena by arena_defer. Under the address sanitizer, freed blocks are poisoned.
 *
 *     struct arena *a = arena_new(64u << 20);
 *     char *p = arena_alloc(a, 100);           // zeroed, aligned for any type
 *     struct row *rows = arena_array(a, struct row, n);
 *     arena_free(a);                           // runs the deferred calls, newest first
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>

struct arena;

/* `limit` in bytes over all blocks; at least one block of 16 KB is allowed. */
struct arena *arena_new(size_t limit);
void arena_free(struct arena *arena);
/* Forgets everything but keeps one block of up to 256 KB, the largest so far, for the next request on this thread. */
void arena_reset(struct arena *arena);
/* Zeroed bytes, aligned to 16. Never NULL. */
void *arena_alloc(struct arena *arena, size_t size);
/* Not zeroed. */
void *arena_raw(struct arena *arena, size_t size);
/* Grows `old` (of old_size bytes, from this arena) to new_size: in place where it is the newest, else a copy. */
void *arena_grow(struct arena *arena, void *old, size_t old_size, size_t new_size);
/* Room for one more element of `size` bytes behind the `count` of a list that grows by this alone; its capacity follows from the
 * count: 8, 16, 32 ... NULL with 0 begins one.   list = arena_room(arena, list, count, sizeof *list);  list[count++] = x; */
void *arena_room(struct arena *arena, void *list, size_t count, size_t size);
#define arena_array(arena, type, n) ((type *)arena_alloc_array((arena), sizeof(type), (n)))
void *arena_alloc_array(struct arena *arena, size_t size, size_t n);
/* Calls fn(arg) when the arena ends or is reset, newest first. */
void arena_defer(struct arena *arena, void (*fn)(void *), void *arg);
/* Bytes handed out so far. */
size_t arena_used(const struct arena *arena);
/* Where to unwind when memory runs out; returns the edge that was set before, to be set again afterwards (edges nest).
 *     jmp_buf edge, *outer = arena_catch(a, &edge);
 *     if (setjmp(edge) == 0) work(); else too_large();
 *     arena_catch(a, outer);
 */
jmp_buf *arena_catch(struct arena *arena, jmp_buf *edge);
/* The language of whom this memory serves (lang.h), until it is reset; NULL: English. */
struct lang;
void arena_speak(struct arena *arena, const struct lang *lang);
const struct lang *arena_lang(const struct arena *arena);

#endif
