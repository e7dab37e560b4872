/* duplicates.c - records that may be the same (duplicates.h). */
#include "core/duplicates.h"

#include <stdlib.h>

#include "base/text_alike.h"
#include "base/utf8.h"
#include "core/access.h"
#include "core/query_sql.h"

#define FIELDS_MOST 8
#define NAME_LONGEST 500
#define SCRATCH ((size_t)16 << 20)
#define SCRATCH_NAMES 100 /* whose keys are in memory at a time */

/* Groups of one reason, before they are read. */
struct candidate {
    int64_t newest, count;
    int64_t ids[DUPLICATES_SHOWN];
    int id_count;
};

struct finding {
    struct ctx *ctx;
    const struct entity *entity;
    const struct field *fields[FIELDS_MOST];
    int field_count;
    const struct field *name; /* by which names are compared; NULL where records have none */
    struct duplicates *found;
};

/* ---- groups of equal values ------------------------------------------------------------------------------------------------ */

/* An address is the same however it is capitalised. */
static void write_key(struct sqlb *b, const struct field *f) {
    if (f->kind == &kind_email) sqlb_lit(b, "lower(");
    sqlb_column(b, "t", f->name);
    if (f->kind == &kind_email) sqlb_lit(b, ")");
}

static void write_from(struct sqlb *b, const struct finding *d, const struct field *f) {
    sqlb_lit(b, " FROM ");
    sqlb_name(b, d->entity->name);
    sqlb_lit(b, " t WHERE ");
    sqlb_inside(b, d->entity, "t", MAY_READ, SQLB_LIVE);
    sqlb_lit(b, " AND ");
    sqlb_column(b, "t", f->name);
    sqlb_lit(b, " IS NOT NULL");
}

/* The oldest records that have these values, shared out to their groups; values are in the groups' order. */
static bool read_members(const struct finding *d, const struct field *f, struct candidate *groups, const struct value *values,
                         int count) {
    struct sqlb b = sqlb_new(d->ctx);
    sqlb_lit(&b, "SELECT t.id, ");
    write_key(&b, f);
    write_from(&b, d, f);
    sqlb_lit(&b, " AND ");
    write_key(&b, f);
    sqlb_lit(&b, " IN (");
    for (int i = 0; i < count; i++) {
        if (i) buf_char(&b.sql, ',');
        sqlb_param(&b, values[i]);
    }
    sqlb_lit(&b, ") ORDER BY t.id");
    struct db_stmt *s = sqlb_prepare(&b);
    if (!s) return false;
    enum db_result r;
    while ((r = db_step(s)) == DB_ROW) {
        struct value v = sqlb_value(s, 1, f);
        for (int i = 0; i < count; i++)
            if (value_eq(values[i], v) && groups[i].id_count < DUPLICATES_SHOWN)
                groups[i].ids[groups[i].id_count++] = db_int(s, 0);
    }
    db_reset(s);
    return r == DB_DONE || db_fail(d->ctx->conn, r, &d->ctx->errors);
}

/* Up to `most` groups whose newest record is older than `below`, newest first; -1 with an error. */
static int equal_groups(const struct finding *d, const struct field *f, int64_t below, struct candidate *groups, int most) {
    struct value *values = arena_array(d->ctx->arena, struct value, (size_t)most);
    struct sqlb b = sqlb_new(d->ctx);
    sqlb_lit(&b, "SELECT max(t.id), count(*), ");
    write_key(&b, f);
    write_from(&b, d, f);
    sqlb_lit(&b, " GROUP BY ");
    write_key(&b, f);
    sqlb_lit(&b, " HAVING count(*) > 1 AND max(t.id) < ");
    sqlb_param(&b, value_int(below));
    sqlb_lit(&b, " ORDER BY max(t.id) DESC LIMIT ");
    sqlb_param(&b, value_int(most));
    struct db_stmt *s = sqlb_prepare(&b);
    if (!s) return -1;
    int count = 0;
    enum db_result r;
    while ((r = db_step(s)) == DB_ROW && count < most) {
        struct value v = sqlb_value(s, 2, f);
        values[count] = v.type == VALUE_TEXT ? value_text(str_dup(d->ctx->arena, v.text)) : v;
        groups[count++] = (struct candidate){.newest = db_int(s, 0), .count = db_int(s, 1)};
    }
    db_reset(s);
    if (r != DB_ROW && r != DB_DONE && !db_fail(d->ctx->conn, r, &d->ctx->errors)) return -1;
    return count && !read_members(d, f, groups, values, count) ? -1 : count;
}

/* ---- groups of names ------------------------------------------------------------------------------------------------------- */

struct keyed {
    uint64_t key;
    int64_t id;
};
struct keys {
    struct keyed *at;
    size_t count;
};

static uint64_t hash_of(struct str s) {
    uint64_t h = UINT64_C(14695981039346656037); /* FNV-1a */
    for (size_t i = 0; i < s.len; i++) h = (h ^ (unsigned char)s.ptr[i]) * UINT64_C(1099511628211);
    return h;
}

static void add_key(struct arena *arena, struct keys *keys, struct keyed keyed) {
    keys->at = arena_room(arena, keys->at, keys->count, sizeof *keys->at);
    keys->at[keys->count++] = keyed;
}

static void free_scratch(void *arena) { arena_free(arena); }

static bool read_keys(const struct finding *d, struct keys *keys) {
    struct sqlb b = sqlb_new(d->ctx);
    sqlb_lit(&b, "SELECT t.id, ");
    sqlb_column(&b, "t", d->name->name);
    write_from(&b, d, d->name);
    sqlb_lit(&b, " ORDER BY t.id DESC LIMIT ");
    sqlb_param(&b, value_int(DUPLICATES_NAMES));
    struct db_stmt *s = sqlb_prepare(&b);
    if (!s) return false;
    struct arena *scratch = arena_new(SCRATCH);
    arena_defer(d->ctx->arena, free_scratch, scratch);
    enum db_result r;
    for (int n = 1; (r = db_step(s)) == DB_ROW; n++) {
        struct str key = text_alike_key(scratch, utf8_prefix(db_text(s, 1), NAME_LONGEST));
        if (key.len) add_key(d->ctx->arena, keys, (struct keyed){hash_of(key), db_int(s, 0)});
        if (n % SCRATCH_NAMES == 0) arena_reset(scratch);
    }
    db_reset(s);
    return r == DB_DONE || db_fail(d->ctx->conn, r, &d->ctx->errors);
}

static int by_key(const void *a, const void *b) {
    const struct keyed *x = a, *y = b;
    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static int newest_first(const void *a, const void *b) {
    const struct candidate *x = a, *y = b;
    return (x->newest < y->newest) - (x->newest > y->newest);
}

/* Runs of the same key; the newest `most` of those older than `below`. */
static int name_groups(const struct finding *d, int64_t below, struct candidate *groups, int most) {
    struct keys keys = {.count = 0};
    if (!read_keys(d, &keys)) return -1;
    if (keys.count) qsort(keys.at, keys.count, sizeof *keys.at, by_key);
    int count = 0;
    for (size_t from = 0, to; from < keys.count; from = to) {
        for (to = from + 1; to < keys.count && keys.at[to].key == keys.at[from].key; to++) continue;
        struct candidate c = {.newest = keys.at[to - 1].id, .count = (int64_t)(to - from)};
        if (c.count < 2 || c.newest >= below) continue;
        if (count == most && c.newest < groups[count - 1].newest) continue;
        for (size_t i = from; i < to && c.id_count < DUPLICATES_SHOWN; i++) c.ids[c.id_count++] = keys.at[i].id;
        if (count < most) count++;
        groups[count - 1] = c;
        qsort(groups, (size_t)count, sizeof *groups, newest_first);
    }
    return count;
}

/* ---- what a group has in common -------------------------------------------------------------------------------------------- */

static bool same_value(const struct row *a, const struct row *b, const struct field *f) {
    struct value x = a->values[f->index], y = b->values[f->index];
    if (value_is_null(x) || value_is_null(y)) return false;
    return f->kind == &kind_email ? str_ieq(x.text, y.text) : value_eq(x, y);
}

static bool all_same(const struct duplicate_group *g, const struct field *f) {
    for (int i = 1; i < g->row_count; i++)
        if (!same_value(g->rows[0], g->rows[i], f)) return false;
    return true;
}

static bool names_alike(const struct finding *d, const struct row *a, const struct row *b) {
    struct value x = a->values[d->name->index], y = b->values[d->name->index];
    return x.type == VALUE_TEXT && y.type == VALUE_TEXT && text_alike(d->ctx->arena, x.text, y.text);
}

/* Of those with one key, the first that another is called like, and all that are called like it. */
static void keep_alike(const struct finding *d, struct duplicate_group *g) {
    struct row **kept = arena_array(d->ctx->arena, struct row *, (size_t)g->row_count);
    int count = 0;
    for (int first = 0; first < g->row_count && count < 2; first++) {
        count = 0;
        for (int i = first; i < g->row_count; i++)
            if (i == first || names_alike(d, g->rows[first], g->rows[i])) kept[count++] = g->rows[i];
    }
    if (count < g->row_count) g->count = count;
    g->rows = kept;
    g->row_count = count;
}

/* All records of these groups in one go, shared out. */
static bool read_rows(const struct finding *d, const struct candidate *candidates, int count, struct duplicate_group *groups) {
    struct query *q = query_new(d->ctx, d->entity);
    struct value *ids = arena_array(d->ctx->arena, struct value, (size_t)count * DUPLICATES_SHOWN);
    struct query_filter filter = {.field = &d->entity->fields[d->entity->id], .op = OP_IN, .values = ids};
    for (int g = 0; g < count; g++)
        for (int i = 0; i < candidates[g].id_count; i++) ids[filter.value_count++] = value_int(candidates[g].ids[i]);
    struct rows rows = {.count = 0};
    q->titles = true;
    q->limit = QUERY_MAX_LIMIT;
    query_sort(q, "id");
    if (filter.value_count && (!query_filter_add(q, &filter) || !query_rows(q, &rows))) return false;
    for (int g = 0; g < count; g++) {
        groups[g] = (struct duplicate_group){.rows = arena_array(d->ctx->arena, struct row *, DUPLICATES_SHOWN),
                                             .count = candidates[g].count};
        for (int i = 0; i < candidates[g].id_count; i++)
            for (int k = 0; k < rows.count; k++)
                if (row_id(rows.at[k]) == candidates[g].ids[i]) groups[g].rows[groups[g].row_count++] = rows.at[k];
    }
    return true;
}

/* The fields in which they agree; false where an earlier field has brought them together already. */
static bool tell_reasons(const struct finding *d, struct duplicate_group *g, int reason) {
    int count = 0;
    g->same = arena_array(d->ctx->arena, const struct field *, (size_t)d->field_count + 1);
    for (int i = 0; i < d->field_count; i++) {
        if (!all_same(g, d->fields[i])) continue;
        if (i < reason && g->count <= g->row_count) return false;
        g->same[count++] = d->fields[i];
    }
    g->alike = d->name != NULL;
    for (int i = 1; g->alike && i < g->row_count; i++) g->alike = names_alike(d, g->rows[0], g->rows[i]);
    return true;
}

/* ---- the page -------------------------------------------------------------------------------------------------------------- */

static void add_group(const struct finding *d, struct duplicate_group *g, int reason) {
    if (reason == d->field_count && g->row_count > 1) keep_alike(d, g);
    if (g->row_count > 1 && tell_reasons(d, g, reason)) d->found->groups[d->found->count++] = *g;
}

static int groups_of(const struct finding *d, int reason, int64_t below, struct candidate *groups, int most) {
    if (reason < d->field_count) return equal_groups(d, d->fields[reason], below, groups, most);
    return d->name ? name_groups(d, below, groups, most) : 0;
}

/* "1:747149004378432": how many reasons are done, and the newest record of the last group of this one. */
static bool read_cursor(struct ctx *ctx, struct str cursor, int64_t *reason, int64_t *below) {
    struct str first;
    *reason = 0;
    *below = INT64_MAX;
    if (!cursor.len) return true;
    bool ok = str_split(&cursor, ':', &first) && str_to_int(first, reason) && str_to_int(cursor, below);
    if (ok && *reason >= 0 && *reason <= FIELDS_MOST && *below > 0) return true;
    return errors_add(&ctx->errors, 400, "bad_cursor", "cursor", "This is no cursor of such a list.");
}

static void take_fields(struct finding *d) {
    struct str rest = str_of(d->entity->decl->match), word;
    while (str_word(&rest, &word) && d->field_count < FIELDS_MOST) {
        const struct field *f = entity_field(d->entity, word);
        bool shown = f && f->stored && !(f->flags & HIDDEN) && f->kind != &kind_secret;
        if (shown && !entity_match_within(f)) d->fields[d->field_count++] = f;
    }
    const struct field *title = d->entity->title;
    if (title && title->stored && title->kind == &kind_text && !(title->flags & HIDDEN)) d->name = title;
}

bool duplicates_find(struct ctx *ctx, const struct entity *entity, struct str cursor, int limit, struct duplicates *found) {
    struct finding d = {.ctx = ctx, .entity = entity, .found = found};
    int64_t reason, below;
    *found = (struct duplicates){.next = STR("")};
    if (!access_may(ctx->actor, entity, MAY_READ)) return access_deny(ctx, entity, MAY_READ);
    if (!read_cursor(ctx, cursor, &reason, &below)) return false;
    take_fields(&d);
    found->groups = arena_array(ctx->arena, struct duplicate_group, (size_t)limit);
    struct candidate *candidates = arena_array(ctx->arena, struct candidate, (size_t)limit + 1);
    struct duplicate_group *groups = arena_array(ctx->arena, struct duplicate_group, (size_t)limit + 1);
    for (int r = (int)reason; r <= d.field_count;) {
        int count = groups_of(&d, r, below, candidates, limit + 1);
        if (count < 0 || !read_rows(&d, candidates, count, groups)) return false;
        for (int i = 0; i < count; i++) {
            if (found->count == limit) {
                found->next = str_printf(ctx->arena, "%d:%lld", r, (long long)candidates[i].newest + 1);
                return true;
            }
            add_group(&d, &groups[i], r);
        }
        bool further = count > limit; /* some were no groups after all */
        below = further ? candidates[count - 1].newest : INT64_MAX;
        r += !further;
    }
    return true;
}
