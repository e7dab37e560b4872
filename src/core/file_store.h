/* file_store.h - the content of uploaded files, kept beside the database by what it is: TENANT/ab/SHA-256.
 *
 * The same content twice is one file. Names are made here from numbers and hex digits only, never from what a client sent. What
 * kind of content it is, its first bytes say. A small table does for that: the type is told to people and never decides how a
 * browser treats a file, because everything is served as an attachment (http/file_route.c); a library that takes
 * foreign bytes apart in a hundred ways would be a large surface for a word in a list. Texts are only ever text/plain or
 * text/csv, so that nothing stored is HTML or SVG.
 */
#ifndef CORE_FILE_STORE_H
#define CORE_FILE_STORE_H

#include "base/arena.h"
#include "base/errors.h"

struct file_stored {
    struct str key;    /* for files.storage_key */
    struct str sha256; /* hex */
    struct str type;   /* "application/pdf" */
    int64_t size;
};
/* Moves the temporary file `path` to its place, on the disk for good before it returns. `name` helps to tell packed formats
 * apart. False with an error. Blocks: for workers. */
bool file_store(struct arena *arena, const char *dir, int64_t tenant_id, const char *path, struct str name,
                struct file_stored *stored, struct errors *errors);
/* The path of a key; NULL where it is none of ours or its content is not there. */
const char *file_stored_path(struct arena *arena, const char *dir, struct str key);
/* What lies under a key, read through: its size, type and digest. False where it is not there or cannot be read. */
bool file_stored_look(struct arena *arena, const char *dir, struct str key, struct file_stored *stored);

/* Something in the store, whether a record speaks of it or not. */
struct file_found {
    int64_t tenant_id;
    struct str key; /* as its record would have it; good until fn returns */
    int64_t size, changed; /* bytes; ms */
};
/* Calls fn for all that lies there for a tenant, until it returns false; false also where a folder cannot be read. */
bool file_store_each(const char *dir, int64_t tenant_id, bool (*fn)(void *arg, const struct file_found *found), void *arg);
/* The same for the tenants that have something there. */
bool file_store_tenants(const char *dir, bool (*fn)(void *arg, int64_t tenant_id), void *arg);

/* By the first bytes, and for packed formats by the name. */
struct str file_type(struct str head, struct str name);

#endif
