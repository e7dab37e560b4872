/* query_sql.c - SQL text with parameters: tenant, scope and filters as predicates. */
#include "core/query_sql.h"

#include <stdio.h>

#include "core/custom_index.h"
#include "core/registry.h"
#include "core/search.h"
#include "db/search_index.h"

struct sqlb sqlb_new(struct ctx *ctx) { return (struct sqlb){.ctx = ctx, .sql = buf_new(ctx->arena, 1024)}; }

void sqlb_name(struct sqlb *b, struct str name) { buf_add(&b->sql, name); }

void sqlb_column(struct sqlb *b, const char *alias, struct str name) {
    buf_cstr(&b->sql, alias);
    buf_char(&b->sql, '.');
    buf_add(&b->sql, name);
}

void sqlb_field(struct sqlb *b, const char *alias, const struct field *field) {
    if (field->custom) {
        struct buf column = buf_new(b->ctx->arena, 64);
        buf_printf(&column, "%s.%s", alias, field->entity->fields[field->entity->custom].decl->name);
        db_dialect(b->ctx->db)->json_member(&b->sql, buf_str(&column), field->custom, kind_is_text(field->kind));
    } else sqlb_column(b, alias, field->name);
}

int sqlb_bind(struct sqlb *b, struct value value) {
    if (b->count == b->cap) {
        int cap = b->cap ? b->cap * 2 : 16;
        b->params = arena_grow(b->ctx->arena, b->params, (size_t)b->cap * sizeof *b->params, (size_t)cap * sizeof *b->params);
        b->cap = cap;
    }
    b->params[b->count] = value;
    return ++b->count;
}

void sqlb_param(struct sqlb *b, struct value value) {
    int number = sqlb_bind(b, value);
    buf_char(&b->sql, '?');
    buf_int(&b->sql, number);
}

struct db_stmt *sqlb_prepare(struct sqlb *b) {
    struct db_stmt *stmt = db_prepare(ctx_conn(b->ctx), buf_str(&b->sql));
    if (!stmt) {
        db_fail(b->ctx->conn, DB_ERROR, &b->ctx->errors);
        return NULL;
    }
    for (int i = 0; i < b->count; i++) {
        struct value v = b->params[i];
        if (v.type == VALUE_INT) db_bind_int(stmt, i + 1, v.integer);
        else if (v.type == VALUE_TEXT) db_bind_text(stmt, i + 1, v.text);
        else db_bind_null(stmt, i + 1);
    }
    return stmt;
}

/* ---- scope ------------------------------------------------------------------------------------------------------------- */

static bool sqlb_scope(struct sqlb *b, const struct entity *entity, const char *alias, enum access_action action);

static void own_predicate(struct sqlb *b, const struct entity *entity, const char *alias) {
    struct value me = value_int(b->ctx->actor->user_id);
    bool first = true;
    struct str rest = str_of(entity->decl->owner), word;
    buf_char(&b->sql, '(');
    while (str_word(&rest, &word)) {
        if (!first) sqlb_lit(b, " OR ");
        first = false;
        sqlb_column(b, alias, word);
        sqlb_lit(b, " = ");
        sqlb_param(b, me);
    }
    bool person = str_eqc(entity->name, "users");
    if (person || entity->created_by_id >= 0) {
        if (!first) sqlb_lit(b, " OR ");
        first = false;
        sqlb_column(b, alias, person ? STR("id") : STR("created_by_id"));
        sqlb_lit(b, " = ");
        sqlb_param(b, me);
    }
    if (first) sqlb_lit(b, "1 = 0");
    buf_char(&b->sql, ')');
}

static void location_predicate(struct sqlb *b, const struct entity *entity, const char *alias) {
    const struct actor *actor = b->ctx->actor;
    bool is_location = str_eqc(entity->name, "locations");
    buf_char(&b->sql, '(');
    own_predicate(b, entity, alias);
    if ((is_location || entity->location) && actor->location_count > 0) {
        sqlb_lit(b, " OR ");
        sqlb_column(b, alias, is_location ? STR("id") : entity->location->name);
        sqlb_lit(b, " IN (");
        for (int i = 0; i < actor->location_count; i++) {
            if (i) buf_char(&b->sql, ',');
            sqlb_param(b, value_int(actor->locations[i]));
        }
        buf_char(&b->sql, ')');
    }
    buf_char(&b->sql, ')');
}

/* A user is on a client that is assigned to them or that they created. */
static void client_predicate(struct sqlb *b, const struct entity *entity, const char *alias) {
    buf_char(&b->sql, '(');
    own_predicate(b, entity, alias);
    const struct entity *clients = registry_find(STR("clients"));
    if (entity->client && clients && entity->index != clients->index) {
        sqlb_lit(b, " OR EXISTS (SELECT 1 FROM clients own_client WHERE own_client.tenant_id = ");
        sqlb_column(b, alias, STR("tenant_id"));
        sqlb_lit(b, " AND own_client.id = ");
        sqlb_column(b, alias, entity->client->name);
        sqlb_lit(b, " AND ");
        own_predicate(b, clients, "own_client");
        buf_char(&b->sql, ')');
    }
    buf_char(&b->sql, ')');
}

/* EXISTS a parent that the actor may read; nothing is written where every parent may be read. */
static void parent_exists(struct sqlb *b, const struct entity *parent, const char *alias, struct str column) {
    char own[16];
    snprintf(own, sizeof own, "p%d", ++b->depth);
    sqlb_lit(b, "EXISTS (SELECT 1 FROM ");
    sqlb_name(b, parent->name);
    buf_printf(&b->sql, " %s WHERE %s.tenant_id = ", own, own);
    sqlb_column(b, alias, STR("tenant_id"));
    buf_printf(&b->sql, " AND %s.id = ", own);
    sqlb_column(b, alias, column);
    size_t before = b->sql.len;
    sqlb_lit(b, " AND ");
    if (!sqlb_scope(b, parent, own, MAY_READ)) b->sql.len = before;
    buf_char(&b->sql, ')');
    b->depth--;
}

#define SCOPE_DEPTH 4 /* parents of parents that are followed; declarations that point at each other end here */

static bool parent_limited(struct sqlb *b, const struct entity *entity, int depth);

static bool limited(struct sqlb *b, const struct entity *entity, int depth) {
    return access_scope(b->ctx->actor, entity, MAY_READ) != SCOPE_ALL || parent_limited(b, entity, depth);
}

/* True where the actor does not see every possible parent of this entity's rows. */
static bool parent_limited(struct sqlb *b, const struct entity *entity, int depth) {
    if (!entity->parent || depth <= 0 || b->ctx->actor->system) return false;
    if (entity->parent->to) return entity->parent->to->index != entity->index && limited(b, entity->parent->to, depth - 1);
    struct str rest = str_of(entity->parent->pair->decl->subjects), word;
    while (str_word(&rest, &word)) {
        const struct entity *subject = registry_find(word);
        if (subject->index != entity->index && limited(b, subject, depth - 1)) return true;
    }
    return false;
}

/* A child is never more visible than its parent. */
static void parent_predicate(struct sqlb *b, const struct entity *entity, const char *alias) {
    buf_char(&b->sql, '(');
    sqlb_column(b, alias, entity->parent->name);
    sqlb_lit(b, " IS NULL");
    if (entity->parent->to) {
        sqlb_lit(b, " OR ");
        parent_exists(b, entity->parent->to, alias, entity->parent->name);
    } else {
        const struct field *type = entity->parent->pair;
        struct str rest = str_of(type->decl->subjects), word;
        while (str_word(&rest, &word)) {
            const struct entity *subject = registry_find(word);
            sqlb_lit(b, " OR (");
            sqlb_column(b, alias, type->name);
            sqlb_lit(b, " = ");
            sqlb_param(b, value_text(subject->name));
            if (subject->index != entity->index && limited(b, subject, SCOPE_DEPTH - b->depth)) {
                sqlb_lit(b, " AND ");
                parent_exists(b, subject, alias, entity->parent->name);
            }
            buf_char(&b->sql, ')');
        }
    }
    buf_char(&b->sql, ')');
}

/* Writes the actor's scope as one condition; false where there is nothing to limit. */
static bool sqlb_scope(struct sqlb *b, const struct entity *entity, const char *alias, enum access_action action) {
    enum scope scope = access_scope(b->ctx->actor, entity, action);
    bool by_parent = parent_limited(b, entity, SCOPE_DEPTH - b->depth);
    switch (scope) {
    case SCOPE_NONE: sqlb_lit(b, "1 = 0"); return true;
    case SCOPE_OWN: own_predicate(b, entity, alias); break;
    case SCOPE_LOCATION: location_predicate(b, entity, alias); break;
    case SCOPE_CLIENT: client_predicate(b, entity, alias); break;
    case SCOPE_ALL:
        if (!by_parent) return false;
        break;
    }
    if (by_parent) {
        if (scope != SCOPE_ALL) sqlb_lit(b, " AND ");
        parent_predicate(b, entity, alias);
    }
    return true;
}

void sqlb_inside(struct sqlb *b, const struct entity *entity, const char *alias, enum access_action action, enum sqlb_rows rows) {
    bool tenant_itself = str_eqc(entity->name, "tenants");
    bool platform = b->ctx->actor->system && b->ctx->tenant_id == 0;
    if (entity->tenant_id >= 0 || (tenant_itself && !platform)) {
        if (b->by_id) buf_cstr(&b->sql, db_dialect(b->ctx->db)->no_index);
        sqlb_column(b, alias, tenant_itself ? STR("id") : STR("tenant_id"));
        sqlb_lit(b, " = ");
        sqlb_param(b, value_int(b->ctx->tenant_id));
    } else sqlb_lit(b, "1 = 1");
    if (entity->deleted_at >= 0 && rows != SQLB_ALL) {
        sqlb_lit(b, " AND ");
        sqlb_column(b, alias, STR("deleted_at"));
        if (rows == SQLB_LIVE) sqlb_lit(b, " IS NULL");
        else sqlb_lit(b, " IS NOT NULL");
    }
    size_t before = b->sql.len;
    sqlb_lit(b, " AND ");
    if (!sqlb_scope(b, entity, alias, action)) b->sql.len = before;
}

/* ---- filters ----------------------------------------------------------------------------------------------------------- */

/* `text` inside a LIKE pattern, with its own wildcards taken literally. */
static struct value like_pattern(struct arena *arena, const char *before, struct str text, const char *after) {
    struct buf p = buf_new(arena, text.len + 16);
    buf_cstr(&p, before);
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '%' || text.ptr[i] == '_' || text.ptr[i] == '\\') buf_char(&p, '\\');
        buf_char(&p, text.ptr[i]);
    }
    buf_cstr(&p, after);
    return value_text(buf_str(&p));
}

/* Letters from A to Z count as small ones. The pattern is folded here: what lower() makes of other letters in a parameter is
 * for a database's locale to say, and columns are folded without one. */
static void like(struct sqlb *b, const char *alias, const struct field *field, struct value pattern) {
    sqlb_lit(b, "lower(");
    sqlb_field(b, alias, field);
    sqlb_lit(b, ") LIKE ");
    sqlb_param(b, value_text(str_lower(b->ctx->arena, pattern.text)));
    sqlb_lit(b, " ESCAPE '\\'");
}

void sqlb_filter(struct sqlb *b, const char *alias, const struct query_filter *f) {
    static const char *const signs[] = {[OP_EQ] = " = ", [OP_LT] = " < ", [OP_LTE] = " <= ", [OP_GT] = " > ", [OP_GTE] = " >= "};
    switch (f->op) {
    case OP_EQ: case OP_LT: case OP_LTE: case OP_GT: case OP_GTE:
        sqlb_field(b, alias, f->field);
        buf_cstr(&b->sql, signs[f->op]);
        sqlb_param(b, f->value);
        return;
    case OP_NE:
        buf_char(&b->sql, '(');
        sqlb_field(b, alias, f->field);
        sqlb_lit(b, " <> ");
        sqlb_param(b, f->value);
        sqlb_lit(b, " OR ");
        sqlb_field(b, alias, f->field);
        sqlb_lit(b, " IS NULL)");
        return;
    case OP_IN:
        sqlb_field(b, alias, f->field);
        sqlb_lit(b, " IN (");
        for (int i = 0; i < f->value_count; i++) {
            if (i) buf_char(&b->sql, ',');
            sqlb_param(b, f->values[i]);
        }
        buf_char(&b->sql, ')');
        return;
    case OP_WITHIN:
        sqlb_field(b, alias, f->field);
        sqlb_lit(b, " >= ");
        sqlb_param(b, f->values[0]);
        sqlb_lit(b, " AND ");
        sqlb_field(b, alias, f->field);
        sqlb_lit(b, " < ");
        sqlb_param(b, f->values[1]);
        return;
    case OP_CONTAINS: like(b, alias, f->field, like_pattern(b->ctx->arena, "%", f->value.text, "%")); return;
    case OP_STARTS: like(b, alias, f->field, like_pattern(b->ctx->arena, "", f->value.text, "%")); return;
    case OP_HAS: { /* one member of a JSON array of texts */
        struct buf quoted = buf_new(b->ctx->arena, 64);
        buf_json(&quoted, f->value.text);
        like(b, alias, f->field, like_pattern(b->ctx->arena, "%", buf_str(&quoted), "%"));
        return;
    }
    case OP_NULL:
        sqlb_field(b, alias, f->field);
        if (f->value.integer) sqlb_lit(b, " IS NULL");
        else sqlb_lit(b, " IS NOT NULL");
        return;
    case OP_COUNT: break;
    }
    sqlb_lit(b, "1 = 0");
}

/* Said by what starts inside or else ends after the beginning, so that each half can be read from an index of its own. */
static void sqlb_overlap(struct sqlb *b, const struct query_overlap *overlap) {
    sqlb_lit(b, " AND ");
    sqlb_field(b, "t", overlap->from);
    sqlb_lit(b, " < ");
    sqlb_param(b, value_int(overlap->end));
    sqlb_lit(b, " AND (");
    sqlb_field(b, "t", overlap->from);
    sqlb_lit(b, " >= ");
    sqlb_param(b, value_int(overlap->begin));
    if (overlap->to) {
        sqlb_lit(b, " OR ");
        sqlb_field(b, "t", overlap->to);
        sqlb_lit(b, " >= ");
        sqlb_param(b, value_int(overlap->begin + (overlap->to->kind == &kind_time)));
    }
    buf_char(&b->sql, ')');
}

#define COMMON_HITS 300 /* from here on, walking the list's own index is the shorter way */

static bool common_word(struct ctx *ctx, enum search_in in, struct str match) {
    struct sqlb b = sqlb_new(ctx);
    char placeholder[16], most[16];
    snprintf(placeholder, sizeof placeholder, "?%d", sqlb_bind(&b, value_text(match)));
    snprintf(most, sizeof most, "?%d", sqlb_bind(&b, value_int(COMMON_HITS)));
    sqlb_lit(&b, "SELECT count(*) FROM (");
    db_search_hits_sql(&b.sql, db_dialect(ctx->db), in, placeholder, most);
    sqlb_lit(&b, ") hits");
    struct db_stmt *stmt = sqlb_prepare(&b);
    bool common = stmt && db_step(stmt) == DB_ROW && db_int(stmt, 0) == COMMON_HITS;
    db_reset(stmt);
    return common;
}

void sqlb_where(struct sqlb *b, const struct query *q) {
    enum search_in in = q->search.len ? db_search_in(ctx_conn(b->ctx), q->search) : SEARCH_BEGINNINGS;
    struct str match = q->search.len ? search_match(b->ctx, q->search, q->entity, in) : STR("");
    bool common = match.len && common_word(b->ctx, in, match);
    const struct query_filter *few = NULL;
    for (int i = 0; i < q->filter_count && !few; i++)
        if (q->filters[i].field->indexed && custom_index_few(b->ctx, &q->filters[i])) few = &q->filters[i];
    b->by_id = few || (match.len && !common);
    sqlb_inside(b, q->entity, "t", q->action, q->with_deleted ? SQLB_ALL : q->only_deleted ? SQLB_DELETED : SQLB_LIVE);
    b->by_id = false;
    if (few) {
        sqlb_lit(b, " AND ");
        custom_index_among(b, few);
    }
    for (int i = 0; i < q->filter_count; i++) {
        sqlb_lit(b, " AND ");
        sqlb_filter(b, "t", &q->filters[i]);
    }
    if (q->overlap.from) sqlb_overlap(b, &q->overlap);
    if (!q->search.len) return;
    if (!match.len) {
        sqlb_lit(b, " AND 1 = 0");
        return;
    }
    char placeholder[16];
    snprintf(placeholder, sizeof placeholder, "?%d", sqlb_bind(b, value_text(match)));
    sqlb_lit(b, " AND ");
    /* A common word's rows come in the order asked for, each looked up among the hits; a rare one's are fetched and sorted. */
    db_search_match_sql(&b->sql, db_dialect(b->ctx->db), in, "t.id", placeholder, common);
}

void sqlb_sum(struct sqlb *b, const struct query *q, const struct field *summed) {
    if (!summed) {
        sqlb_lit(b, "0");
        return;
    }
    bool limited_to_one = q->one_currency && summed->pair;
    sqlb_lit(b, "coalesce(sum(");
    if (limited_to_one) {
        sqlb_lit(b, "CASE WHEN ");
        sqlb_field(b, "t", summed->pair);
        sqlb_lit(b, " = ");
        sqlb_param(b, value_text(b->ctx->env.currency));
        sqlb_lit(b, " THEN ");
    }
    sqlb_field(b, "t", summed);
    if (limited_to_one) sqlb_lit(b, " END");
    sqlb_lit(b, "), 0)");
}

/* A database may hold, in a column that is not strict about it, what the kind does not: that is as good as empty. */
static inline void fit(struct value *v, const struct kind *kind) {
    bool text = kind_is_text(kind);
    if (v->type != VALUE_NULL && (v->type == VALUE_TEXT) != text) *v = text ? value_text(STR("")) : value_int(0);
}

struct value sqlb_value(struct db_stmt *stmt, int column, const struct field *field) {
    struct value v = db_value(stmt, column);
    fit(&v, field->kind);
    return v;
}

void sqlb_values(struct db_stmt *stmt, const struct entity *entity, int count, const int *at, struct value *values) {
    db_values(stmt, count, at, values);
    for (int i = 0; i < count; i++) fit(&values[at[i]], entity->fields[at[i]].kind);
}
