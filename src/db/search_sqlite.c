/* search_sqlite.c - the index of words in SQLite (search_index.h): FTS5 over the table search_docs.
 *
 * FTS5 writes out what it holds in memory at every savepoint, and each job has one. So a job only notes in a table of the
 * connection's own which records changed, and what words they had; the index is brought up to date once a transaction.
 * Indexes of the first one to five letters let a search read the newest hits of a common beginning without collecting all; the
 * index of the parts of words, which has several terms for each word, goes without.
 */
#include "db/search_sqlite.h"

#include "db/search_index.h"
#include "db/search_tokenizer.h"

/* Prefix lengths count the 10 bytes before each word. */
static const char ddl[] =
    "CREATE TABLE search_docs (id INTEGER PRIMARY KEY, tenant_id INTEGER NOT NULL, entity TEXT NOT NULL, words TEXT NOT NULL);\n"
    "CREATE VIRTUAL TABLE search_fts USING fts5(words, content='search_docs', content_rowid='id', tokenize='tenon',"
    " prefix='11 12 13 14 15', detail=none, columnsize=0);\n"
    "INSERT INTO search_fts (search_fts, rank) VALUES ('automerge', 8);\n"
    "CREATE VIRTUAL TABLE search_parts USING fts5(words, content='search_docs', content_rowid='id', tokenize='tenon parts',"
    " detail=none, columnsize=0);\n"
    "INSERT INTO search_parts (search_parts, rank) VALUES ('automerge', 8);\n";

const char search_sqlite_writer_ddl[] = "CREATE TEMP TABLE search_pending (id INTEGER PRIMARY KEY, old TEXT);";

void search_sqlite_ddl(struct buf *b) { buf_cstr(b, ddl); }

static enum db_result run(struct db_stmt *stmt) {
    enum db_result result = db_step(stmt);
    db_reset(stmt);
    return result;
}

/* Notes the words that a record has in the index now; a second change in the same transaction finds the first's note. */
static enum db_result note_change(struct db_conn *conn, int64_t id) {
    struct db_stmt *note =
        db_prepare(conn, STR("INSERT INTO temp.search_pending (id, old) VALUES (?1, (SELECT words FROM search_docs"
                             " WHERE id = ?1)) ON CONFLICT DO NOTHING"));
    db_bind_int(note, 1, id);
    conn->search_pending = true;
    return run(note);
}

/* "TENANT ENTITY |", what stands before the words (search_tokenizer.h). */
struct tag {
    char bytes[SEARCH_TENANT + SEARCH_WORD_MAX + 1];
    size_t length;
};

static struct tag tag_of(int64_t tenant, struct str entity) {
    struct tag tag = {.length = SEARCH_TENANT};
    search_tenant(tag.bytes, tenant);
    struct str name = str_slice(entity, 0, SEARCH_WORD_MAX);
    if (name.len) memcpy(tag.bytes + tag.length, name.ptr, name.len);
    tag.length += name.len;
    tag.bytes[tag.length++] = '|';
    return tag;
}

/* Most changes of a record leave its words alone. */
static bool has_words(struct db_conn *conn, int64_t id, struct str tag, struct str words) {
    struct db_stmt *stmt = db_prepare(conn, STR("SELECT words FROM search_docs WHERE id = ?1"));
    db_bind_int(stmt, 1, id);
    bool same = false;
    if (db_step(stmt) == DB_ROW) {
        struct str old = db_text(stmt, 0);
        same = old.len == tag.len + words.len && str_starts(old, tag) && str_ends(old, words);
    }
    db_reset(stmt);
    return same;
}

enum db_result search_sqlite_put(struct db_conn *conn, struct arena *arena, int64_t id, int64_t tenant, struct str entity,
                                 struct str words) {
    (void)arena;
    struct tag tag = tag_of(tenant, entity);
    struct str tag_text = {tag.bytes, tag.length};
    if (has_words(conn, id, tag_text, words)) return DB_OK;
    enum db_result result = note_change(conn, id);
    if (result != DB_OK) return result;
    struct db_stmt *put =
        db_prepare(conn, STR("INSERT INTO search_docs (id, tenant_id, entity, words) VALUES (?1, ?2, ?3, ?5 || ?4)"
                             " ON CONFLICT (id) DO UPDATE SET tenant_id = ?2, entity = ?3, words = excluded.words"));
    db_bind_int(put, 1, id);
    db_bind_int(put, 2, tenant);
    db_bind_text(put, 3, entity);
    db_bind_text(put, 4, words);
    db_bind_text(put, 5, tag_text);
    return run(put);
}

enum db_result search_sqlite_remove(struct db_conn *conn, int64_t id, int64_t tenant) {
    enum db_result result = note_change(conn, id);
    if (result != DB_OK) return result;
    struct db_stmt *stmt = db_prepare(conn, STR("DELETE FROM search_docs WHERE id = ?1 AND tenant_id = ?2"));
    db_bind_int(stmt, 1, id);
    db_bind_int(stmt, 2, tenant);
    return run(stmt);
}

/* In the order of ids, which is how FTS5 takes them in one go. */
static const char *const bring_up_to_date[] = {
    "INSERT INTO search_fts (search_fts, rowid, words) SELECT 'delete', id, old FROM temp.search_pending WHERE old IS NOT NULL "
    "ORDER BY id",
    "INSERT INTO search_fts (rowid, words) SELECT d.id, d.words FROM temp.search_pending p JOIN search_docs d ON d.id = p.id "
    "ORDER BY p.id",
    "INSERT INTO search_parts (search_parts, rowid, words) SELECT 'delete', id, old FROM temp.search_pending "
    "WHERE old IS NOT NULL ORDER BY id",
    "INSERT INTO search_parts (rowid, words) SELECT d.id, d.words FROM temp.search_pending p JOIN search_docs d ON d.id = p.id "
    "ORDER BY p.id",
    "DELETE FROM temp.search_pending",
};

enum db_result search_sqlite_commit(struct db_conn *conn) {
    enum db_result result = DB_OK;
    if (!conn->search_pending) return result;
    for (size_t i = 0; i < sizeof bring_up_to_date / sizeof *bring_up_to_date && result == DB_OK; i++)
        result = run(db_prepare(conn, str_of(bring_up_to_date[i])));
    conn->search_pending = result != DB_OK;
    return result;
}

struct question {
    char word[SEARCH_ASKED_MAX][SEARCH_WORD_MAX];
    size_t length[SEARCH_ASKED_MAX];
    int count;
};

static bool question_word(void *arg, struct str word) {
    struct question *q = arg;
    memcpy(q->word[q->count], word.ptr, word.len);
    q->length[q->count] = word.len;
    return ++q->count < SEARCH_ASKED_MAX;
}

static void quote_term(struct buf *b, struct tag tag, struct str word) {
    buf_char(b, '"');
    buf_add(b, (struct str){tag.bytes, tag.length});
    buf_add(b, word);
    buf_char(b, '"');
}

/* "TENANT|merid" * AND "TENANT|cold" * AND ("TENANTclients|" OR ...). Words are letters and digits and names of entities are
 * ours, so nothing here needs escaping. */
void search_sqlite_match(struct buf *b, struct search_words *words, const struct search_question *question) {
    struct question q = {.count = 0};
    search_words_each(words, question->words, question_word, &q);
    for (int i = 0; i < q.count; i++) {
        if (i) buf_lit(b, " AND ");
        quote_term(b, tag_of(question->tenant, STR("")), (struct str){q.word[i], q.length[i]});
        buf_lit(b, " *");
    }
    for (int i = 0; i < question->count && q.count > 0; i++) {
        buf_cstr(b, i ? " OR " : " AND (");
        quote_term(b, tag_of(question->tenant, question->entities[i]), STR(""));
        if (i == question->count - 1) buf_char(b, ')');
    }
}

enum db_result search_sqlite_holds(struct db_conn *conn, int64_t id, int64_t tenant, struct str entity, struct str words,
                                   bool *holds) {
    struct db_stmt *entry = db_prepare(conn, STR("SELECT words FROM search_docs WHERE id = ?1"));
    db_bind_int(entry, 1, id);
    enum db_result result = db_step(entry);
    struct tag tag = tag_of(tenant, entity);
    struct str stored = result == DB_ROW ? db_text(entry, 0) : STR("");
    *holds = words.len ? stored.len == tag.length + words.len && str_starts(stored, (struct str){tag.bytes, tag.length}) &&
                             str_ends(stored, words)
                       : result == DB_DONE;
    db_reset(entry);
    return result == DB_ROW ? DB_OK : result;
}

/* By the tag that every entry carries: asked of both indexes proper, and once for all, as one entry alone would cost as much. */
enum db_result search_sqlite_count(struct db_conn *conn, struct arena *arena, int64_t tenant, struct str entity, int64_t *count) {
    struct buf match = buf_new(arena, 64);
    quote_term(&match, tag_of(tenant, entity), STR(""));
    struct db_stmt *stmt = db_prepare(conn, STR("SELECT min((SELECT count(*) FROM search_fts WHERE search_fts MATCH ?1),"
                                                " (SELECT count(*) FROM search_parts WHERE search_parts MATCH ?1))"));
    db_bind_text(stmt, 1, buf_str(&match));
    enum db_result result = db_step(stmt);
    *count = db_int(stmt, 0);
    db_reset(stmt);
    return result == DB_ROW ? DB_OK : result;
}

static const char *index_of(enum search_in in) { return in == SEARCH_ANYWHERE ? "search_parts" : "search_fts"; }

/* A sign before the id keeps its index out of it. */
void search_sqlite_match_sql(struct buf *sql, enum search_in in, const char *id_column, const char *placeholder, bool walked) {
    const char *sign = walked ? "+" : "", *index = index_of(in);
    buf_printf(sql, "%s%s IN (SELECT rowid FROM %s WHERE %s MATCH %s)", sign, id_column, index, index, placeholder);
}

void search_sqlite_hits_sql(struct buf *sql, enum search_in in, const char *placeholder, const char *limit_placeholder) {
    const char *index = index_of(in);
    buf_printf(sql, "SELECT rowid FROM %s WHERE %s MATCH %s LIMIT %s", index, index, placeholder, limit_placeholder);
}

void search_sqlite_newest_sql(struct buf *sql, enum search_in in, const char *placeholder, const char *limit_placeholder) {
    const char *index = index_of(in);
    buf_printf(sql,
               "SELECT d.id, d.entity FROM %s f CROSS JOIN search_docs d ON d.id = f.rowid"
               " WHERE f.%s MATCH %s ORDER BY f.rowid DESC LIMIT %s",
               index, index, placeholder, limit_placeholder);
}
