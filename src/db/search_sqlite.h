/* search_sqlite.h - what sqlite.c takes from search_sqlite.c for its vtable. */
#ifndef DB_SEARCH_SQLITE_H
#define DB_SEARCH_SQLITE_H

#include "db/driver.h"

struct search_words;

void search_sqlite_ddl(struct buf *b);
/* What the writer's connection needs besides the schema. */
extern const char search_sqlite_writer_ddl[];
enum db_result search_sqlite_put(struct db_conn *conn, struct arena *arena, int64_t id, int64_t tenant, struct str entity,
                                 struct str words);
enum db_result search_sqlite_remove(struct db_conn *conn, int64_t id, int64_t tenant);
/* Before each commit: brings the index up to date. */
enum db_result search_sqlite_commit(struct db_conn *conn);
enum db_result search_sqlite_holds(struct db_conn *conn, int64_t id, int64_t tenant, struct str entity, struct str words,
                                   bool *holds);
enum db_result search_sqlite_count(struct db_conn *conn, struct arena *arena, int64_t tenant, struct str entity, int64_t *count);
void search_sqlite_match(struct buf *b, struct search_words *words, const struct search_question *question);
void search_sqlite_match_sql(struct buf *sql, enum search_in in, const char *id_column, const char *placeholder, bool walked);
void search_sqlite_hits_sql(struct buf *sql, enum search_in in, const char *placeholder, const char *limit_placeholder);
void search_sqlite_newest_sql(struct buf *sql, enum search_in in, const char *placeholder, const char *limit_placeholder);

#endif
