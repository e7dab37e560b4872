/* query.c - runs queries: columns, titles of references, pages by key. */
#include "core/query.h"

#include <stdio.h>

#include "core/cursor.h"
#include "core/custom.h"
#include "core/query_sql.h"
#include "core/registry.h"

struct query *query_new(struct ctx *ctx, const struct entity *entity) {
    struct query *q = arena_alloc(ctx->arena, sizeof *q);
    q->ctx = ctx;
    q->entity = custom_entity(ctx, entity);
    q->action = MAY_READ;
    q->limit = 50;
    q->search = q->cursor = STR("");
    return q;
}

bool query_filter_add(struct query *q, const struct query_filter *filter) {
    if (q->filter_count == QUERY_MAX_FILTERS)
        return errors_add(&q->ctx->errors, 400, "too_many_filters", NULL, "At most %d filters.", QUERY_MAX_FILTERS);
    q->filters[q->filter_count++] = *filter;
    return true;
}

bool query_where(struct query *q, const char *name, enum op op, struct value value) {
    const struct field *f = entity_field(q->entity, str_of(name));
    if (!f) return errors_add(&q->ctx->errors, 400, "unknown_field", name, "%s have no field '%s'.", q->entity->decl->many, name);
    return query_filter_add(q, &(struct query_filter){.field = f, .op = op, .value = value});
}

void query_sort(struct query *q, const char *words) {
    struct str rest = str_of(words), word;
    q->sort_count = 0;
    while (str_word(&rest, &word) && q->sort_count < QUERY_MAX_SORT) {
        bool descending = word.ptr[0] == '-';
        const struct field *f = entity_field(q->entity, descending ? str_slice(word, 1, word.len) : word);
        if (f) q->sort[q->sort_count++] = (struct query_sort_key){f, descending};
    }
}

static void flip_sort(struct query *q) {
    for (int i = 0; i < q->sort_count; i++) q->sort[i].descending = !q->sort[i].descending;
}

/* The sort as it runs: what was asked, else the entity's own; id last, in the direction of the first key, so that every order
 * is total and an index read backwards serves it. */
static void complete_sort(struct query *q) {
    if (q->sort_count == 0) query_sort(q, q->entity->decl->sort ? q->entity->decl->sort : "-created_at");
    const struct field *id = &q->entity->fields[q->entity->id];
    for (int i = 0; i < q->sort_count; i++)
        if (q->sort[i].field == id) {
            q->sort_count = i + 1;
            return;
        }
    q->sort[q->sort_count] = (struct query_sort_key){id, q->sort_count ? q->sort[0].descending : true};
    q->sort_count++;
}

/* ---- what is read -------------------------------------------------------------------------------------------------------- */

struct plan {
    int field_at[ENTITY_MAX_FIELDS]; /* field index of each column */
    int columns;
    int title_of[ENTITY_MAX_FIELDS]; /* field index whose reference's title follows, by column after `columns` */
    int titles;
    bool untitled; /* then for whom it is, where it has no title, and behind each of the others' titles the same of them */
    bool custom; /* values of custom fields are read out of their column */
};

static bool wants_title(const struct query *q, const struct field *f) {
    return q->titles && f->to && f->to->title && f->to->title->stored && access_may(q->ctx->actor, f->to, MAY_READ);
}

/* Whom a record of this entity is for while it has no title, to somebody who may know. */
static bool wants_untitled(const struct query *q, const struct entity *entity) {
    const struct field *by = entity->untitled_by;
    return by && access_may(q->ctx->actor, by->to, MAY_READ);
}

static bool wants(const struct query *q, bool all, int i) {
    if (!q->entity->fields[i].stored) return false;
    bool sorted = false;
    for (int k = 0; k < q->sort_count; k++) sorted = sorted || q->sort[k].field->index == i;
    return all || sorted || i == q->entity->id || field_set_has(&q->fields, i);
}

static void plan_columns(const struct query *q, struct plan *plan) {
    const struct entity *entity = q->entity;
    bool all = true;
    int own = entity->field_count - entity->custom_count; /* the custom ones come after */
    for (size_t i = 0; i < sizeof q->fields.bits / sizeof *q->fields.bits; i++) all = all && q->fields.bits[i] == 0;
    for (int i = own; i < entity->field_count && !plan->custom; i++) plan->custom = wants(q, all, i);
    for (int i = 0; i < own; i++) {
        if (!wants(q, all, i) && !(plan->custom && i == entity->custom)) continue;
        plan->field_at[plan->columns++] = i;
        if (wants_title(q, &entity->fields[i])) plan->title_of[plan->titles++] = i;
    }
    for (int i = own; i < entity->field_count; i++)
        if (wants(q, all, i) && wants_title(q, &entity->fields[i])) plan->title_of[plan->titles++] = i;
    plan->untitled = wants_untitled(q, entity) && wants(q, all, entity->title->index);
}

static void select_untitled(struct sqlb *b, const struct entity *entity, const char *alias) {
    buf_printf(&b->sql, ",%s.%s", alias, entity->untitled_by->to->title->decl->name);
}

static void join(struct sqlb *b, const struct field *f, const char *from, const char *alias) {
    buf_printf(&b->sql, " LEFT JOIN %s %s ON %s.id = ", f->to->decl->name, alias, alias);
    sqlb_field(b, from, f);
    sqlb_lit(b, " AND ");
    sqlb_inside(b, f->to, alias, MAY_READ, SQLB_ALL); /* a name is no more to be seen than its record */
}

#define ALIAS_SIZE 16
static const char *alias_of(char alias[ALIAS_SIZE], char kind, int i) {
    snprintf(alias, ALIAS_SIZE, "%c%d", kind, i);
    return alias;
}

static void select_from(struct sqlb *b, const struct query *q, const struct plan *plan) {
    sqlb_lit(b, "SELECT ");
    bool all = plan->columns == q->entity->column_count;
    char alias[ALIAS_SIZE], beside[ALIAS_SIZE];
    if (all) buf_add(&b->sql, q->entity->selected);
    for (int i = 0; i < plan->columns && !all; i++) {
        if (i) buf_char(&b->sql, ',');
        sqlb_column(b, "t", q->entity->fields[plan->field_at[i]].name);
    }
    for (int i = 0; i < plan->titles; i++) {
        const struct entity *to = q->entity->fields[plan->title_of[i]].to;
        buf_printf(&b->sql, ",r%d.%s", i, to->title->decl->name);
        if (wants_untitled(q, to)) select_untitled(b, to, alias_of(alias, 'u', i));
    }
    if (plan->untitled) select_untitled(b, q->entity, "u");
    sqlb_lit(b, " FROM ");
    sqlb_name(b, q->entity->name);
    sqlb_lit(b, " t");
    for (int i = 0; i < plan->titles; i++) {
        const struct field *f = &q->entity->fields[plan->title_of[i]];
        join(b, f, "t", alias_of(alias, 'r', i));
        if (wants_untitled(q, f->to)) join(b, f->to->untitled_by, alias, alias_of(beside, 'u', i));
    }
    if (plan->untitled) join(b, q->entity->untitled_by, "t", "u");
    sqlb_lit(b, " WHERE ");
}

static void order_by(struct sqlb *b, const struct query *q) {
    sqlb_lit(b, " ORDER BY ");
    for (int i = 0; i < q->sort_count; i++) {
        if (i) buf_char(&b->sql, ',');
        sqlb_field(b, "t", q->sort[i].field);
        if (q->sort[i].descending) sqlb_lit(b, " DESC");
        if (field_never_null(q->sort[i].field)) continue;
        /* said, since databases differ in what they do otherwise; cursor.c relies on it */
        if (q->sort[i].descending) sqlb_lit(b, " NULLS LAST");
        else sqlb_lit(b, " NULLS FIRST");
    }
    sqlb_lit(b, " LIMIT ");
}

static void read_row(struct db_stmt *stmt, const struct query *q, const struct plan *plan, struct row *row) {
    sqlb_values(stmt, q->entity, plan->columns, plan->field_at, row->values);
    if (plan->custom) custom_read(q->ctx->arena, row);
    int column = plan->columns;
    for (int i = 0; i < plan->titles; i++, column++) {
        const struct entity *to = q->entity->fields[plan->title_of[i]].to;
        struct str *title = &row->titles[plan->title_of[i]];
        *title = db_is_null(stmt, column) ? STR("") : entity_known(to, db_text(stmt, column));
        if (!wants_untitled(q, to)) continue;
        column++;
        if (!title->len && !db_is_null(stmt, column)) *title = row_untitled(q->ctx->arena, to, db_text(stmt, column));
    }
    if (plan->untitled) row->untitled = db_is_null(stmt, column) ? STR("") : db_text(stmt, column);
}

/* ---- running ------------------------------------------------------------------------------------------------------------- */

struct page {
    struct query *q;
    const struct plan *plan;
    struct row row;
    struct rows *rows;
    void (*each)(void *, const struct row *);
    void *arg;
    bool more;
};

static void remember_cursor(struct page *page) {
    struct query *q = page->q;
    page->rows->next = cursor_make(q->ctx->arena, q, &page->row);
}

/* `have`: rows that earlier phases brought. */
static struct db_stmt *phase_statement(struct query *q, const struct plan *plan, const struct cursor *cursor, int phase,
                                       int have) {
    struct sqlb b = sqlb_new(q->ctx);
    select_from(&b, q, plan);
    sqlb_where(&b, q);
    cursor_predicate(&b, q, cursor, phase);
    order_by(&b, q);
    /* Written out, it is the same statement for most lists, and one whose plan a database need not make anew each time. */
    if (have == 0)
        buf_int(&b.sql, q->limit + 1);
    else
        sqlb_param(&b, value_int(q->limit - have + 1));
    return sqlb_prepare(&b);
}

void query_ahead(struct query *q) {
    struct plan plan = {.columns = 0};
    struct cursor cursor;
    if (!access_may(q->ctx->actor, q->entity, q->action)) return;
    complete_sort(q);
    plan_columns(q, &plan);
    if (!cursor_read(q, &cursor)) return;
    q->asked = phase_statement(q, &plan, &cursor, 0, 0);
    db_ahead(q->asked);
}

/* Runs one statement of the page; rows beyond the limit only tell that there is more. */
static bool run_phase(struct page *page, struct db_stmt *stmt) {
    struct query *q = page->q;
    if (!stmt) return false;
    enum db_result r;
    while ((r = db_step(stmt)) == DB_ROW) {
        if (page->rows->count == q->limit) {
            page->more = true;
            break;
        }
        read_row(stmt, q, page->plan, &page->row);
        if (++page->rows->count == q->limit) remember_cursor(page);
        page->each(page->arg, &page->row);
    }
    db_reset(stmt);
    return r == DB_ROW || r == DB_DONE || db_fail(q->ctx->conn, r, &q->ctx->errors);
}

bool query_each(struct query *q, struct rows *rows, void (*each)(void *, const struct row *), void *arg) {
    struct ctx *ctx = q->ctx;
    int faults = ctx->errors.count; /* a form with errors still reads what there is to choose from */
    *rows = (struct rows){.total = -1};
    if (!access_may(ctx->actor, q->entity, q->action)) return access_deny(ctx, q->entity, q->action);
    complete_sort(q);
    if (q->backwards) flip_sort(q);
    struct plan plan = {.columns = 0};
    plan_columns(q, &plan);
    struct cursor cursor;
    if (!cursor_read(q, &cursor)) return false;
    struct page page = {.q = q, .plan = &plan, .rows = rows, .each = each, .arg = arg};
    page.row = *row_new(ctx->arena, q->entity);
    page.row.titles = plan.titles ? arena_array(ctx->arena, struct str, (size_t)q->entity->field_count) : NULL;
    for (int phase = 0; phase < cursor.phases && !page.more; phase++) {
        struct db_stmt *asked = q->asked ? q->asked : phase_statement(q, &plan, &cursor, phase, rows->count);
        q->asked = NULL;
        if (!run_phase(&page, asked)) return false;
    }
    if (!page.more) rows->next = STR("");
    if (q->count) rows->total = query_count(q);
    return ctx->errors.count == faults;
}

struct collected {
    struct ctx *ctx;
    struct rows *rows;
    int cap;
};

static void collect(void *arg, const struct row *row) {
    struct collected *c = arg;
    int n = c->rows->count - 1;
    if (n >= c->cap) {
        int cap = c->cap ? c->cap * 2 : 32;
        c->rows->at =
            arena_grow(c->ctx->arena, c->rows->at, (size_t)c->cap * sizeof *c->rows->at, (size_t)cap * sizeof *c->rows->at);
        c->cap = cap;
    }
    c->rows->at[n] = row_copy(c->ctx->arena, row);
}

/* A cursor for the other direction. */
static struct str turned_cursor(struct query *q, const struct row *row) {
    flip_sort(q);
    struct str cursor = cursor_make(q->ctx->arena, q, row);
    flip_sort(q);
    return cursor;
}

bool query_rows(struct query *q, struct rows *rows) {
    struct collected c = {.ctx = q->ctx, .rows = rows};
    if (!query_each(q, rows, collect, &c)) return false;
    rows->previous = STR("");
    int n = rows->count;
    if (n == 0 || !q->cursor.len) return true;
    struct str turned = turned_cursor(q, rows->at[0]);
    if (!q->backwards) {
        rows->previous = turned;
        return true;
    }
    rows->previous = rows->next;
    rows->next = turned;
    for (int i = 0; i < n / 2; i++) {
        struct row *swap = rows->at[i];
        rows->at[i] = rows->at[n - 1 - i];
        rows->at[n - 1 - i] = swap;
    }
    return true;
}

bool query_beside(const struct query *q, const struct row *row, bool before, int64_t *id) {
    struct query *beside = arena_alloc(q->ctx->arena, sizeof *beside);
    struct rows rows;
    *beside = *q;
    complete_sort(beside);
    beside->cursor = before ? turned_cursor(beside, row) : cursor_make(q->ctx->arena, beside, row);
    beside->backwards = before;
    beside->limit = 1;
    beside->titles = false;
    beside->fields = (struct field_set){{0}};
    field_set_add(&beside->fields, q->entity->id);
    *id = 0;
    if (!query_rows(beside, &rows)) return false;
    if (rows.count) *id = row_id(rows.at[0]);
    return true;
}

struct row *query_one(struct ctx *ctx, const struct entity *entity, int64_t id, enum access_action action, bool with_deleted) {
    struct query *q = query_new(ctx, entity);
    q->action = action;
    q->with_deleted = with_deleted;
    return query_one_of(q, id);
}

struct row *query_one_of(struct query *q, int64_t id) {
    struct ctx *ctx = q->ctx;
    if (!access_may(ctx->actor, q->entity, q->action)) return NULL;
    struct plan plan = {.columns = 0};
    plan_columns(q, &plan);
    struct sqlb b = sqlb_new(ctx);
    select_from(&b, q, &plan);
    sqlb_lit(&b, "t.id = ");
    sqlb_param(&b, value_int(id));
    sqlb_lit(&b, " AND ");
    sqlb_where(&b, q);
    struct db_stmt *stmt = sqlb_prepare(&b);
    if (!stmt) return NULL;
    struct row *found = NULL;
    enum db_result r = db_step(stmt);
    if (r == DB_ROW) {
        struct row here = *row_new(ctx->arena, q->entity);
        if (plan.titles) here.titles = arena_array(ctx->arena, struct str, (size_t)q->entity->field_count);
        read_row(stmt, q, &plan, &here);
        found = row_copy(ctx->arena, &here);
    } else if (r != DB_DONE) db_fail(ctx->conn, r, &ctx->errors);
    db_reset(stmt);
    return found;
}

int64_t query_count(struct query *q) { return query_count_up_to(q, INT64_MAX); }

int64_t query_count_up_to(struct query *q, int64_t most) { return query_count_of(q, query_count_ahead(q, most)); }

struct db_stmt *query_count_ahead(struct query *q, int64_t most) {
    struct sqlb b = sqlb_new(q->ctx);
    sqlb_lit(&b, "SELECT count(*) FROM (SELECT 1 FROM ");
    sqlb_name(&b, q->entity->name);
    sqlb_lit(&b, " t WHERE ");
    sqlb_where(&b, q);
    sqlb_lit(&b, " LIMIT ");
    sqlb_param(&b, value_int(most));
    sqlb_lit(&b, ") counted");
    struct db_stmt *stmt = sqlb_prepare(&b);
    db_ahead(stmt);
    return stmt;
}

int64_t query_count_of(struct query *q, struct db_stmt *stmt) {
    if (!stmt) return 0;
    enum db_result r = db_step(stmt);
    int64_t n = r == DB_ROW ? db_int(stmt, 0) : 0;
    if (r != DB_ROW) db_fail(q->ctx->conn, r, &q->ctx->errors);
    db_reset(stmt);
    return n;
}

bool query_groups(struct query *q, const char *group, const char *sum, struct query_group **groups, int *count) {
    const struct field *key = entity_field(q->entity, str_of(group));
    const struct field *summed = sum ? entity_field(q->entity, str_of(sum)) : NULL;
    int cap = 32;
    *groups = arena_array(q->ctx->arena, struct query_group, (size_t)cap);
    *count = 0;
    if (!access_may(q->ctx->actor, q->entity, q->action)) return access_deny(q->ctx, q->entity, q->action);
    struct sqlb b = sqlb_new(q->ctx);
    sqlb_lit(&b, "SELECT ");
    sqlb_field(&b, "t", key);
    sqlb_lit(&b, ", count(*), ");
    sqlb_sum(&b, q, summed);
    sqlb_lit(&b, " FROM ");
    sqlb_name(&b, q->entity->name);
    sqlb_lit(&b, " t WHERE ");
    sqlb_where(&b, q);
    sqlb_lit(&b, " GROUP BY ");
    sqlb_field(&b, "t", key);
    struct db_stmt *stmt = sqlb_prepare(&b);
    if (!stmt) return false;
    enum db_result r;
    while ((r = db_step(stmt)) == DB_ROW) {
        if (*count == cap) {
            *groups = arena_grow(q->ctx->arena, *groups, (size_t)cap * sizeof **groups, (size_t)cap * 2 * sizeof **groups);
            cap *= 2;
        }
        struct value v = sqlb_value(stmt, 0, key);
        if (v.type == VALUE_TEXT) v.text = str_dup(q->ctx->arena, v.text);
        (*groups)[(*count)++] = (struct query_group){v, db_int(stmt, 1), db_int(stmt, 2)};
    }
    db_reset(stmt);
    return r == DB_DONE || db_fail(q->ctx->conn, r, &q->ctx->errors);
}

struct str query_title(struct ctx *ctx, const struct entity *entity, int64_t id) {
    struct query *q = query_new(ctx, entity);
    if (!entity->title) return STR("");
    field_set_add(&q->fields, entity->title->index);
    struct row *row = query_one_of(q, id);
    return row ? row_title(ctx->arena, row) : STR("");
}
