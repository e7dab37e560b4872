/* search_postgres.c - the index of words in PostgreSQL (search_postgres.h): the table search_docs with a GIN index of lexemes.
 *
 * The words are cut and folded by the same tokenizer as for SQLite, so both databases find the same records; PostgreSQL's own
 * dictionaries, which know languages, have no part in it. Each lexeme carries its tenant like there: "TENANT|merid" is a word,
 * "TENANT/idian" a part of one that begins further on, "TENANT=leads" the entity.
 *
 * Row-level security would keep the planner from using the index, since `@@` is not marked leakproof. So the two questions are
 * functions of the owner, for whom no row is hidden; they look at the tenant of the transaction only, and take nothing
 * but the question.
 */
#include "db/search_postgres.h"

#include "db/driver.h"
#include "db/postgres_wall.h"
#include "db/search_index.h"
#include "db/search_tokenizer.h"

/* The planner must not walk all of a tenant's records for a rare word: so the hits are gathered before they are sorted, and the
 * sign before tenant_id keeps it from the primary key. What was just written is kept aside, up to 128 kB, which a search goes
 * through (0.1 ms) and the save that exceeds it sorts in: at PostgreSQL's 4 MB these were 3 ms and half a second; sorted in at
 * once, a save cost twice as much. The bodies are parsed now, so that nobody's search_path changes what they mean. */
static const char ddl[] =
    "CREATE TABLE search_docs (\n"
    "  id bigint NOT NULL,\n"
    "  tenant_id bigint NOT NULL,\n"
    "  entity text COLLATE \"C\" NOT NULL,\n"
    "  lexemes tsvector NOT NULL,\n"
    "  PRIMARY KEY (tenant_id, id)\n"
    ");\n"
    "CREATE INDEX search_docs_lexemes_idx ON search_docs USING gin (lexemes) WITH (gin_pending_list_limit = 128);\n"
    "CREATE FUNCTION search_hits(asked text) RETURNS SETOF bigint\n"
    "  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp\n"
    "BEGIN ATOMIC\n"
    "  SELECT d.id FROM search_docs d WHERE d.lexemes @@ asked::tsquery AND +d.tenant_id = " POSTGRES_TENANT ";\n"
    "END;\n"
    "CREATE FUNCTION search_newest(asked text, most bigint) RETURNS TABLE (id bigint, entity text)\n"
    "  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp\n"
    "BEGIN ATOMIC\n"
    "  WITH hits AS MATERIALIZED (\n"
    "    SELECT d.id, d.entity FROM search_docs d WHERE d.lexemes @@ asked::tsquery AND +d.tenant_id = " POSTGRES_TENANT "\n"
    "  )\n"
    "  SELECT h.id, h.entity FROM hits h ORDER BY h.id DESC LIMIT most;\n"
    "END;\n";

void search_postgres_ddl(struct buf *b) { buf_cstr(b, ddl); }

void search_postgres_wall(struct buf *b, const char *app_role) {
    postgres_wall_table(b, "search_docs", DB_WALL_TENANT, app_role);
    postgres_wall_function(b, "search_hits(text)", app_role);
    postgres_wall_function(b, "search_newest(text, bigint)", app_role);
}

#define WORD_ROOM (SEARCH_TENANT + 1 + SEARCH_WORD_MAX)

/* Words are letters and digits, and names of entities are ours, so a quoted one needs no escapes. */
static void lexeme(struct buf *b, int64_t tenant, char mark, struct str word) {
    char bytes[WORD_ROOM];
    search_tenant(bytes, tenant);
    bytes[SEARCH_TENANT] = mark;
    word = str_slice(word, 0, SEARCH_WORD_MAX);
    memcpy(bytes + SEARCH_TENANT + 1, word.ptr, word.len);
    buf_char(b, '\'');
    buf_add(b, (struct str){bytes, SEARCH_TENANT + 1 + word.len});
    buf_char(b, '\'');
}

struct lexemes {
    struct buf *b;
    int64_t tenant;
    enum search_in in;
    int words;
};

static bool put_word(void *arg, struct str word) {
    struct lexemes *l = arg;
    struct search_part part = search_part_first(word);
    do {
        buf_char(l->b, ' ');
        lexeme(l->b, l->tenant, part.number ? '/' : '|', part.rest);
    } while (search_part_next(&part));
    return true;
}

static bool ask_word(void *arg, struct str word) {
    struct lexemes *l = arg;
    if (l->words++) buf_lit(l->b, " & ");
    if (l->in == SEARCH_ANYWHERE) {
        buf_char(l->b, '(');
        lexeme(l->b, l->tenant, '/', word);
        buf_lit(l->b, ":* | ");
    }
    lexeme(l->b, l->tenant, '|', word);
    buf_cstr(l->b, l->in == SEARCH_ANYWHERE ? ":*)" : ":*");
    return l->words < SEARCH_ASKED_MAX;
}

/* What is stored of a record's words. */
static struct str lexemes_of(struct arena *arena, struct search_words *words, int64_t tenant, struct str entity,
                             struct str text) {
    struct buf b = buf_new(arena, 8 * text.len + 128);
    lexeme(&b, tenant, '=', entity);
    search_words_each(words, text, put_word, &(struct lexemes){.b = &b, .tenant = tenant});
    return buf_str(&b);
}

enum db_result search_postgres_put(struct db_conn *conn, struct arena *arena, struct search_words *words, int64_t id,
                                   int64_t tenant, struct str entity, struct str text) {
    struct str lexemes = lexemes_of(arena, words, tenant, entity, text);
    struct db_stmt *put =
        db_prepare(conn, STR("INSERT INTO search_docs (id, tenant_id, entity, lexemes) VALUES (?1, ?2, ?3, CAST(?4 AS tsvector))"
                             " ON CONFLICT (tenant_id, id) DO UPDATE SET entity = excluded.entity, lexemes = excluded.lexemes"
                             " WHERE search_docs.entity <> excluded.entity OR search_docs.lexemes <> excluded.lexemes"));
    db_bind_int(put, 1, id);
    db_bind_int(put, 2, tenant);
    db_bind_text(put, 3, entity);
    db_bind_text(put, 4, lexemes);
    return db_defer(put);
}

enum db_result search_postgres_holds(struct db_conn *conn, struct arena *arena, struct search_words *words, int64_t id,
                                     int64_t tenant, struct str entity, struct str text, bool *holds) {
    struct db_stmt *entry =
        db_prepare(conn, STR("SELECT CASE WHEN entity = ?3 AND lexemes = CAST(?4 AS tsvector) THEN 1 ELSE 0 END FROM search_docs "
                             "WHERE tenant_id = ?2 AND id = ?1"));
    db_bind_int(entry, 1, id);
    db_bind_int(entry, 2, tenant);
    db_bind_text(entry, 3, entity);
    db_bind_text(entry, 4, lexemes_of(arena, words, tenant, entity, text));
    enum db_result result = db_step(entry);
    *holds = result == DB_ROW ? text.len && db_int(entry, 0) : !text.len;
    db_reset(entry);
    return result == DB_ROW ? DB_OK : result;
}

enum db_result search_postgres_count(struct db_conn *conn, struct arena *arena, int64_t tenant, struct str entity,
                                     int64_t *count) {
    (void)arena;
    struct db_stmt *stmt = db_prepare(conn, STR("SELECT count(*) FROM search_docs WHERE tenant_id = ?1 AND entity = ?2"));
    db_bind_int(stmt, 1, tenant);
    db_bind_text(stmt, 2, entity);
    enum db_result result = db_step(stmt);
    *count = db_int(stmt, 0);
    db_reset(stmt);
    return result == DB_ROW ? DB_OK : result;
}

enum db_result search_postgres_remove(struct db_conn *conn, int64_t id, int64_t tenant) {
    struct db_stmt *stmt = db_prepare(conn, STR("DELETE FROM search_docs WHERE tenant_id = ?2 AND id = ?1"));
    db_bind_int(stmt, 1, id);
    db_bind_int(stmt, 2, tenant);
    return db_defer(stmt);
}

/* 'TENANT|merid':* & 'TENANT|cold':* & ('TENANT=clients' | 'TENANT=leads') */
void search_postgres_match(struct buf *b, struct search_words *words, const struct search_question *question) {
    struct lexemes l = {.b = b, .tenant = question->tenant, .in = question->in};
    search_words_each(words, question->words, ask_word, &l);
    for (int i = 0; i < question->count && l.words > 0; i++) {
        buf_cstr(b, i ? " | " : " & (");
        lexeme(b, question->tenant, '=', question->entities[i]);
        if (i == question->count - 1) buf_char(b, ')');
    }
}

/* Inside coalesce the hits are hashed once; by itself the condition would become a join, which goes through all of them for each
 * row that is walked. As a table a function gives all of its rows at once; as a column it is entered anew for each. */
void search_postgres_match_sql(struct buf *sql, enum search_in in, const char *id_column, const char *placeholder, bool walked) {
    (void)in; // the question itself says it
    const char *before = walked ? "coalesce(" : "", *behind = walked ? ", false)" : "";
    buf_printf(sql, "%s%s IN (SELECT hit FROM search_hits(%s) hit)%s", before, id_column, placeholder, behind);
}

void search_postgres_hits_sql(struct buf *sql, enum search_in in, const char *placeholder, const char *limit_placeholder) {
    (void)in;
    buf_printf(sql, "SELECT search_hits(%s) LIMIT %s", placeholder, limit_placeholder);
}

void search_postgres_newest_sql(struct buf *sql, enum search_in in, const char *placeholder, const char *limit_placeholder) {
    (void)in;
    buf_printf(sql, "SELECT id, entity FROM search_newest(%s, %s)", placeholder, limit_placeholder);
}
