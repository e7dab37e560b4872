/* search.c - which words of a row are found, and from words back to rows that the actor may read. */
#include "core/search.h"

#include "base/text.h"
#include "core/custom.h"
#include "core/query.h"
#include "core/registry.h"
#include "core/row_walk.h"

#define WORDS_MOST 4096u    /* bytes of one record's words */
#define CANDIDATES_MOST 500 /* hits of the index that are looked at to find enough readable ones */

bool search_indexed(const struct entity *entity) {
    for (size_t i = 0; i < sizeof entity->searched.bits / sizeof *entity->searched.bits; i++)
        if (entity->searched.bits[i]) return entity->tenant_id >= 0 && !entity_is(entity, ENTITY_INTERNAL);
    return false;
}

/* ---- into the index -------------------------------------------------------------------------------------------------- */

static bool live(const struct row *row) {
    return row && (row->entity->deleted_at < 0 || value_is_null(row->values[row->entity->deleted_at]));
}

/* A number is found as it is stored ("+61391234567"), and as people of its country dial it, in groups ("+61 3 9123 4567") or in
 * one
 * ("0391234567", "391234567"): a word is found by its beginning, so "03 9123" is too. */
static void add_phone(struct buf *b, const struct field *f, const struct kind_env *env, struct value value) {
    struct buf shown = buf_new(b->arena, 32);
    kind_to_display(&shown, f, env, value);
    struct str rest = value.text, number, groups = buf_str(&shown);
    str_split(&rest, ';', &number); // without its extension
    ptrdiff_t code = str_index(groups, ' ');
    struct str national = str_slice(number, code > 0 ? (size_t)code : 0, number.len);
    buf_printf(b, "%.*s %.*s %.*s 0%.*s", STR_ARG(number), STR_ARG(groups), STR_ARG(national), STR_ARG(national));
}

struct str search_words(struct ctx *ctx, const struct row *row) {
    const struct entity *entity = row->entity;
    struct buf b = buf_new(ctx->arena, 256);
    for (int i = 0; i < entity->field_count && b.len <= WORDS_MOST; i++) {
        const struct field *f = &entity->fields[i];
        if (!field_set_has(&entity->searched, i) || !f->stored || !f->kind->searchable || value_is_null(row->values[i])) continue;
        if (b.len) buf_char(&b, ' ');
        if (f->kind == &kind_phone)
            add_phone(&b, f, &ctx->env, row->values[i]);
        else
            kind_to_text(&b, f, &ctx->env, row->values[i]);
    }
    size_t len = b.len;
    if (len > WORDS_MOST)
        for (len = WORDS_MOST; len > 0 && ((unsigned char)b.ptr[len] & 0xC0) == 0x80;) len--; // not inside a character
    return str_slice(buf_str(&b), 0, len);
}

static bool same_fields(const struct row *a, const struct row *b) {
    for (int i = 0; i < a->entity->field_count; i++)
        if (field_set_has(&a->entity->searched, i) && !value_eq(a->values[i], b->values[i])) return false;
    return true;
}

static bool put_words(struct ctx *ctx, const struct row *row, struct str words) {
    int64_t tenant = row->values[row->entity->tenant_id].integer;
    enum db_result r = words.len ? db_search_put(ctx_conn(ctx), ctx->arena, row_id(row), tenant, row->entity->name, words)
                                 : db_search_remove(ctx_conn(ctx), row_id(row), tenant);
    return r == DB_OK || db_fail(ctx->conn, r, &ctx->errors);
}

bool search_update(struct ctx *ctx, const struct row *old_row, const struct row *new_row) {
    const struct row *row = new_row ? new_row : old_row;
    if (!row || !search_indexed(row->entity)) return true;
    bool was = live(old_row), is = live(new_row);
    if (was && is && same_fields(old_row, new_row)) return true;
    struct str before = was ? search_words(ctx, old_row) : STR(""), now = is ? search_words(ctx, new_row) : STR("");
    return str_eq(before, now) || put_words(ctx, row, now);
}

bool search_again(struct ctx *ctx, const struct row *row) {
    return !search_indexed(row->entity) || put_words(ctx, row, live(row) ? search_words(ctx, row) : STR(""));
}

/* ---- all of it again ------------------------------------------------------------------------------------------------- */

#define REBUILD_CHUNKS 8           /* of row_walk.h, in one write */
#define REBUILD_MEMORY (64u << 20) /* for these */

struct rebuild {
    struct row_walk walk;
    int64_t done;
};

static bool rebuild_row(struct ctx *ctx, const struct entity *entity, struct db_stmt *s) {
    struct row *row = row_new(ctx->arena, entity);
    int column = 0;
    for (int i = 0; i < entity->field_count; i++)
        if (entity->fields[i].stored) row->values[i] = db_value(s, column++);
    if (entity->tenant_id >= 0) row = custom_row(ctx, row->values[entity->tenant_id].integer, row);
    return search_update(ctx, NULL, row);
}

static bool rebuild_part(struct ctx *ctx, void *arg) {
    struct rebuild *r = arg;
    struct db_stmt *s;
    bool ok = true;
    for (int i = 0; ok && i < REBUILD_CHUNKS && (s = row_walk_chunk(&r->walk, ctx)); i++) {
        while (ok && row_walk_next(&r->walk, ctx, s)) ok = rebuild_row(ctx, r->walk.entity, s);
        db_reset(s);
        r->done += r->walk.count;
    }
    return ok && ctx->errors.count == 0;
}

bool search_rebuild(struct ctx *ctx, int64_t tenant_id, void (*progress)(void *arg, const char *what, int64_t done), void *arg) {
    struct rebuild r = {.done = 0};
    bool ok = true;
    for (int e = 0; ok && e < registry_count(); e++) {
        r.walk = (struct row_walk){.entity = registry_at(e), .tenant_id = tenant_id};
        while (ok && search_indexed(r.walk.entity) && !r.walk.ended) {
            struct ctx part = *ctx;
            part.arena = part.env.arena = arena_new(REBUILD_MEMORY);
            ok = ctx_write(&part, rebuild_part, &r);
            ctx->errors = part.errors; // these live in the caller's arena
            arena_free(part.arena);
            if (progress) progress(arg, "search words", r.done);
        }
    }
    return ok;
}

/* ---- out of it ------------------------------------------------------------------------------------------------------- */

struct str search_match(struct ctx *ctx, struct str words, const struct entity *only, enum search_in in) {
    struct str *names = arena_array(ctx->arena, struct str, (size_t)registry_count());
    int count = 0, all = 0;
    for (int e = 0; e < registry_count(); e++) {
        const struct entity *entity = registry_at(e);
        if (!search_indexed(entity)) continue;
        all++;
        if ((only && entity->index != only->index) || !access_may(ctx->actor, entity, MAY_READ)) continue;
        names[count++] = entity->name;
    }
    if (!count) return STR("");
    if (count == all) count = 0; /* no need to name them, which costs a term each */
    return db_search_match(ctx->conn, ctx->arena,
                           &(struct search_question){words, in, .tenant = ctx->tenant_id, .entities = names, .count = count});
}

/* Of all entities, readable or not: a question with as few terms as it has words. */
static struct str match_of_all(struct ctx *ctx, struct str words, enum search_in in) {
    return db_search_match(ctx->conn, ctx->arena, &(struct search_question){words, in, .tenant = ctx->tenant_id});
}

/* One hit of the index, newest first. */
struct candidate {
    int64_t id;
    const struct entity *entity;
    struct row *row; /* NULL until read; stays so where the actor may not read it */
    bool asked;
};

static bool read_candidates(struct ctx *ctx, struct str match, enum search_in in, int most, struct candidate *candidates,
                            int *count) {
    struct buf sql = buf_new(ctx->arena, 256);
    db_search_newest_sql(&sql, db_dialect(ctx->db), in, ":match", ":most");
    struct db_stmt *stmt = db_prepare(ctx_conn(ctx), buf_str(&sql));
    if (!stmt) return db_fail(ctx->conn, DB_ERROR, &ctx->errors);
    db_bind_text(stmt, db_param(stmt, ":match"), match);
    db_bind_int(stmt, db_param(stmt, ":most"), most);
    enum db_result r = DB_DONE;
    *count = 0;
    while (*count < most && (r = db_step(stmt)) == DB_ROW)
        candidates[(*count)++] = (struct candidate){.id = db_int(stmt, 0), .entity = registry_find(db_text(stmt, 1))};
    db_reset(stmt);
    return r == DB_ROW || r == DB_DONE || db_fail(ctx->conn, r, &ctx->errors);
}

/* Few sizes of lists make few statements, which the cache then knows. */
static int rounded(int count) {
    int size = 8;
    while (size < count) size *= 4;
    return size;
}

/* Reads, in one query, all candidates of the first one's entity; `candidates` begin with it. */
static bool read_entity(struct ctx *ctx, struct candidate *candidates, int count) {
    const struct entity *entity = candidates[0].entity;
    struct value *ids = arena_array(ctx->arena, struct value, (size_t)rounded(count));
    int n = 0;
    for (int i = 0; i < count; i++) {
        if (candidates[i].entity != entity) continue;
        candidates[i].asked = true;
        ids[n++] = value_int(candidates[i].id);
    }
    int size = rounded(n);
    for (int i = n; i < size; i++) ids[i] = ids[0];
    struct query *q = query_new(ctx, entity);
    q->limit = n;
    query_sort(q, "-id");
    struct query_filter among = {.field = &entity->fields[entity->id], .op = OP_IN, .values = ids, .value_count = size};
    struct rows rows;
    if (!query_filter_add(q, &among) || !query_rows(q, &rows)) return false;
    // Both are in the order of falling ids.
    for (int i = 0, at = 0; i < count && at < rows.count; i++)
        if (candidates[i].entity == entity && candidates[i].id == row_id(rows.at[at])) candidates[i].row = rows.at[at++];
    return true;
}

struct found {
    struct search_hit *hits;
    int count, limit;
};

static bool has_hit(const struct found *found, const struct row *row) {
    for (int i = 0; i < found->count; i++)
        if (row_id(found->hits[i].row) == row_id(row)) return true;
    return false;
}

/* Adds the readable ones among the newest `most` hits; *more tells whether the index may hold further ones. */
static bool find_among(struct ctx *ctx, struct str match, enum search_in in, int most, struct found *found, bool *more) {
    struct candidate *candidates = arena_array(ctx->arena, struct candidate, (size_t)most);
    int count = 0;
    if (!read_candidates(ctx, match, in, most, candidates, &count)) return false;
    *more = count == most;
    for (int i = 0; i < count; i++) {
        const struct entity *entity = candidates[i].entity;
        bool asks = entity && !candidates[i].asked && access_may(ctx->actor, entity, MAY_READ);
        if (asks && !read_entity(ctx, candidates + i, count - i)) return false;
    }
    for (int i = 0; i < count && found->count < found->limit; i++)
        if (candidates[i].row && !has_hit(found, candidates[i].row))
            found->hits[found->count++] = (struct search_hit){candidates[i].entity, candidates[i].row};
    return true;
}

/* For most people the first hits are readable; where too few are, look further, once, and among what they may read only. */
static bool find_in(struct ctx *ctx, struct str words, const struct entity *only, enum search_in in, struct found *found) {
    struct str match = search_match(ctx, words, only, in);
    if (!match.len) return ctx->errors.count == 0;
    struct str first = only ? match : match_of_all(ctx, words, in);
    bool more = false;
    if (!find_among(ctx, first, in, found->limit, found, &more)) return false;
    return found->count == found->limit || !more || find_among(ctx, match, in, CANDIDATES_MOST, found, &more);
}

bool search_find(struct ctx *ctx, struct str words, const struct entity *only, enum search_in in, int limit,
                 struct search_hit **hits, int *count) {
    struct found found = {.limit = limit > CANDIDATES_MOST ? CANDIDATES_MOST : limit};
    found.hits = *hits = arena_array(ctx->arena, struct search_hit, (size_t)found.limit);
    *count = 0;
    bool ok = limit <= 0 || find_in(ctx, words, only, SEARCH_BEGINNINGS, &found);
    bool further = ok && in == SEARCH_ANYWHERE && found.count < found.limit && db_search_in(ctx_conn(ctx), words) == in;
    if (further) ok = find_in(ctx, words, only, in, &found);
    *count = found.count;
    return ok;
}

/* ---- for people ------------------------------------------------------------------------------------------------------ */

static int rank(struct arena *arena, const struct row *row, struct str folded) {
    ptrdiff_t at = str_find(text_fold(arena, row_title(arena, row)), folded);
    return at == 0 ? 0 : at > 0 ? 1 : 2;
}

void search_order(struct ctx *ctx, struct str words, struct search_hit *hits, int count) {
    struct str folded = text_fold(ctx->arena, words);
    struct search_hit *sorted = arena_array(ctx->arena, struct search_hit, (size_t)count);
    int *ranks = arena_array(ctx->arena, int, (size_t)count), n = 0;
    for (int i = 0; i < count; i++) ranks[i] = rank(ctx->arena, hits[i].row, folded);
    for (int want = 0; want < 3; want++)
        for (int i = 0; i < count; i++)
            if (ranks[i] == want) sorted[n++] = hits[i];
    for (int i = 0; i < count; i++) hits[i] = sorted[i];
}
