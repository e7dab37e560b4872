/* search_postgres.h - the index of words (search_index.h) in PostgreSQL: lexemes in a tsvector, found through functions.
 *
 * Only the driver includes this; `words` is the connection's own tokenizer.
 */
#ifndef DB_SEARCH_POSTGRES_H
#define DB_SEARCH_POSTGRES_H

#include "db/search_index.h"

struct search_words;

void search_postgres_ddl(struct buf *b);
/* What the wall says about the table and the functions. */
void search_postgres_wall(struct buf *b, const char *app_role);
enum db_result search_postgres_put(struct db_conn *conn, struct arena *arena, struct search_words *words, int64_t id,
                                   int64_t tenant, struct str entity, struct str text);
enum db_result search_postgres_remove(struct db_conn *conn, int64_t id, int64_t tenant);
enum db_result search_postgres_holds(struct db_conn *conn, struct arena *arena, struct search_words *words, int64_t id,
                                     int64_t tenant, struct str entity, struct str text, bool *holds);
enum db_result search_postgres_count(struct db_conn *conn, struct arena *arena, int64_t tenant, struct str entity,
                                     int64_t *count);
void search_postgres_match(struct buf *b, struct search_words *words, const struct search_question *question);
void search_postgres_match_sql(struct buf *sql, enum search_in in, const char *id_column, const char *placeholder, bool walked);
void search_postgres_hits_sql(struct buf *sql, enum search_in in, const char *placeholder, const char *limit_placeholder);
void search_postgres_newest_sql(struct buf *sql, enum search_in in, const char *placeholder, const char *limit_placeholder);

#endif
