/* search_index.c - the index of words, handed on to the database's own (search_index.h). */
#include "db/search_index.h"

#include "base/utf8.h"
#include "db/driver.h"
#include "db/search_tokenizer.h"

enum db_result db_search_put(struct db_conn *conn, struct arena *arena, int64_t id, int64_t tenant, struct str entity,
                             struct str words) {
    return conn->driver->search_put(conn, arena, id, tenant, entity, words);
}

enum db_result db_search_remove(struct db_conn *conn, int64_t id, int64_t tenant) {
    return conn->driver->search_remove(conn, id, tenant);
}

struct str db_search_match(struct db_conn *conn, struct arena *arena, const struct search_question *question) {
    struct buf b = buf_new(arena, 256);
    conn->driver->search_match(conn, &b, question);
    return buf_str(&b);
}

/* Until a word is too short to be a part of another. */
static bool long_enough(void *arg, struct str word) {
    bool *all = arg;
    return *all = utf8_length(word) >= SEARCH_PART_MIN;
}

enum search_in db_search_in(struct db_conn *conn, struct str words) {
    bool all = true;
    search_words_each(conn->driver->search_words(conn), words, long_enough, &all);
    return all ? SEARCH_ANYWHERE : SEARCH_BEGINNINGS;
}

void db_search_match_sql(struct buf *sql, const struct db_dialect *dialect, enum search_in in, const char *id_column,
                         const char *placeholder, bool walked) {
    driver_of_dialect(dialect)->search_match_sql(sql, in, id_column, placeholder, walked);
}

void db_search_hits_sql(struct buf *sql, const struct db_dialect *dialect, enum search_in in, const char *placeholder,
                        const char *limit_placeholder) {
    driver_of_dialect(dialect)->search_hits_sql(sql, in, placeholder, limit_placeholder);
}

void db_search_newest_sql(struct buf *sql, const struct db_dialect *dialect, enum search_in in, const char *placeholder,
                          const char *limit_placeholder) {
    driver_of_dialect(dialect)->search_newest_sql(sql, in, placeholder, limit_placeholder);
}

enum db_result db_search_holds(struct db_conn *conn, struct arena *arena, int64_t id, int64_t tenant, struct str entity,
                               struct str words, bool *holds) {
    return conn->driver->search_holds(conn, arena, id, tenant, entity, words, holds);
}

enum db_result db_search_count(struct db_conn *conn, struct arena *arena, int64_t tenant, struct str entity, int64_t *count) {
    return conn->driver->search_count(conn, arena, tenant, entity, count);
}

void db_search_stray_sql(struct buf *sql, const char *table, bool soft) {
    buf_lit(sql, "SELECT d.id, d.tenant_id FROM search_docs d WHERE d.entity = ?1 AND (?2 = 0 OR d.tenant_id = ?2)");
    if (!table) return;
    buf_printf(sql, " AND NOT EXISTS (SELECT 1 FROM %s t WHERE t.tenant_id = d.tenant_id AND t.id = d.id%s)", table,
               soft ? " AND t.deleted_at IS NULL" : "");
}
