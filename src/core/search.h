/* search.h - one index over the words of all entities. Each word carries its tenant, so a search never walks another's words. */
#ifndef CORE_SEARCH_H
#define CORE_SEARCH_H

#include "core/ctx.h"
#include "core/row.h"
#include "db/search_index.h"

/* Keeps the index true for one saved row (old or new may be NULL); inside ctx_write. */
bool search_update(struct ctx *ctx, const struct row *old_row, const struct row *new_row);
/* The same for a row of which other fields than before are searched. */
bool search_again(struct ctx *ctx, const struct row *row);
/* Whether records of this entity are in the index, and the words by which this one is found. */
bool search_indexed(const struct entity *entity);
struct str search_words(struct ctx *ctx, const struct row *row);
/* Writes the words of all rows into an index that has none of them, in writes of its own or inside the one that runs; `tenant_id`
 * 0: of all tenants. */
bool search_rebuild(struct ctx *ctx, int64_t tenant_id, void (*progress)(void *arg, const char *what, int64_t done), void *arg);
struct search_hit {
    const struct entity *entity;
    struct row *row;        /* readable by the actor */
};
/* Records that have all words (each a word's beginning), newest first, of one entity or of all that the actor may read. Where
 * these are fewer than `limit`, those that have them anywhere in their words follow, unless only beginnings are asked for.
 * Words: letters and digits in any script, accents ignored. False with an error. */
bool search_find(struct ctx *ctx, struct str words, const struct entity *only, enum search_in in, int limit,
                 struct search_hit **hits, int *count);
/* In the order in which people look for something, whoever shows it: whose name begins with the words, then whose name has them,
 * then the others; each in the order found. */
#define SEARCH_SHOWN 100 /* the hits that are put in order */
void search_order(struct ctx *ctx, struct str words, struct search_hit *hits, int count);
/* The question to bind (db_search_match), or empty where there is no word in it (then nothing can be found). */
struct str search_match(struct ctx *ctx, struct str words, const struct entity *only, enum search_in in);

#endif
