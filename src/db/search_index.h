/* search_index.h - the index of words behind core/search.c, the same for every database.
 *
 * A record is put in with its words; it is found by the beginnings of words, or by any part of them: by what begins within a
 * word's first 32 letters and is three letters long or more. Every word is kept together with its tenant, so a search never walks
 * the words of another. Letters and digits of any script are words; case, and accents on Latin letters, do not matter; a word
 * counts by its first 64 bytes.
 *
 * Writing (inside a job): a search that reads after the commit sees what the job has put; one inside the same transaction
 * may not see it yet, since the words of all its jobs may enter the index together, just before the commit.
 *
 *     db_search_put(conn, arena, id, tenant, STR("clients"), STR("Meridian Cold Chain hello@meridian.example"));
 *
 * Reading: db_search_match makes the value to bind, db_search_match_sql the condition it is bound in:
 *
 *     struct search_question question = {STR("mérid cold"), SEARCH_BEGINNINGS, .tenant = tenant};
 *     struct str match = db_search_match(conn, arena, &question);
 *     if (match.len == 0) ...no word, nothing can be found...
 *     db_search_match_sql(&sql, db_dialect(db), SEARCH_BEGINNINGS, "clients.id", ":match", false);   // clients.id IN (...)
 *
 * db_search_newest_sql is a whole statement for the newest hits. On SQLite it stops at its limit: a common beginning costs it no
 * more than a rare one. The condition above has to collect every hit (1-2 ms for 10,000), as has every search in parts, and every
 * search on PostgreSQL (15-24 ms for 9,000): use it where a list is filtered and sorted by something else.
 */
#ifndef DB_SEARCH_INDEX_H
#define DB_SEARCH_INDEX_H

#include "db/db.h"

#define SEARCH_ASKED_MAX 8 /* words of a question that count */

enum search_in { SEARCH_BEGINNINGS, SEARCH_ANYWHERE };

/* Puts a record's words in, or in place of those it had. */
enum db_result db_search_put(struct db_conn *conn, struct arena *arena, int64_t id, int64_t tenant, struct str entity,
                             struct str words);
enum db_result db_search_remove(struct db_conn *conn, int64_t id, int64_t tenant);

/* The tenant's records that have, for each word of `words` (the first 8 count), a word that begins so, or with
 * SEARCH_ANYWHERE has it as a part. Only those of the entities given; all where `count` is 0. */
struct search_question {
    struct str words;
    enum search_in in; /* the statement that it is bound in says the same */
    int64_t tenant;
    const struct str *entities;
    int count;
};
/* The value to bind; empty where `words` has none. */
struct str db_search_match(struct db_conn *conn, struct arena *arena, const struct search_question *question);
/* Where a question can be looked up: anywhere, unless one of its words is shorter than a part. */
enum search_in db_search_in(struct db_conn *conn, struct str words);
/* Appends the condition that `id_column` is one of the matching records; `placeholder` ("?3", ":match") is where the value goes.
 * `walked`: there are many, so the statement's own order is walked and each row looked up among them; else each of the few is
 * fetched by its id. */
void db_search_match_sql(struct buf *sql, const struct db_dialect *dialect, enum search_in in, const char *id_column,
                         const char *placeholder, bool walked);
/* Appends a statement that selects up to so many matching ids, whichever come first: for finding out whether there are many. */
void db_search_hits_sql(struct buf *sql, const struct db_dialect *dialect, enum search_in in, const char *placeholder,
                        const char *limit_placeholder);
/* Appends the statement that selects the columns id and entity of the matching records, newest (highest id) first. */
void db_search_newest_sql(struct buf *sql, const struct db_dialect *dialect, enum search_in in, const char *placeholder,
                          const char *limit_placeholder);

/* For verification. Whether the index has exactly these words for the record; none: whether it has no entry. */
enum db_result db_search_holds(struct db_conn *conn, struct arena *arena, int64_t id, int64_t tenant, struct str entity,
                               struct str words, bool *holds);
/* How many records of the entity a search in the tenant could find. */
enum db_result db_search_count(struct db_conn *conn, struct arena *arena, int64_t tenant, struct str entity, int64_t *count);
/* Appends the statement that selects id and tenant_id of entries of the entity ?1 (in tenant ?2; 0: in all) for which the table
 * has no row, or with `soft` no live one. No table: all entries. */
void db_search_stray_sql(struct buf *sql, const char *table, bool soft);

#endif
