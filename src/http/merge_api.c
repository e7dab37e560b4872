/* merge_api.c - duplicates and merging by the API (merge_api.h). */
#include "http/merge_api.h"

#include "core/duplicates.h"

/* ---- which may be the same ------------------------------------------------------------------------------------------------- */

static void write_group(struct buf *b, struct ctx *ctx, const struct duplicate_group *g) {
    buf_lit(b, "{\"reasons\":[");
    bool first = true;
    for (int i = 0; g->same[i]; i++, first = false) {
        if (!first) buf_char(b, ',');
        buf_json(b, g->same[i]->name);
    }
    if (g->alike) buf_cstr(b, first ? "\"similar_name\"" : ",\"similar_name\"");
    buf_printf(b, "],\"count\":%lld,\"records\":[", (long long)g->count);
    for (int i = 0; i < g->row_count; i++) {
        if (i) buf_char(b, ',');
        row_json(b, &ctx->env, g->rows[i], NULL);
    }
    buf_lit(b, "]}");
}

static bool take_args(struct request *req, struct str *cursor, int64_t *limit) {
    *limit = DUPLICATES_MOST;
    *cursor = request_arg(req, "cursor");
    for (int i = 0; i < req->args.count; i++) {
        struct str name = req->args.at[i].name;
        if (!str_in_words("cursor limit", name))
            errors_add(&req->ctx.errors, 400, "unknown_parameter", str_cstr(req->ctx.arena, name),
                       "There is no parameter '%.*s'.", STR_ARG(name));
        else if (str_eqc(name, "limit") && (!str_to_int(req->args.at[i].value, limit) || *limit < 1 || *limit > DUPLICATES_MOST))
            errors_add(&req->ctx.errors, 400, "bad_limit", "limit", "Ask for 1 to %d groups.", DUPLICATES_MOST);
    }
    return req->ctx.errors.count == 0;
}

void merge_api_duplicates(struct request *req, struct response *res) {
    struct duplicates found;
    struct str cursor;
    int64_t limit;
    if (!take_args(req, &cursor, &limit) || !duplicates_find(&req->ctx, req->route->entity, cursor, (int)limit, &found)) {
        respond_errors(req, res);
        return;
    }
    buf_lit(&res->body, "{\"data\":[");
    for (int i = 0; i < found.count; i++) {
        if (i) buf_char(&res->body, ',');
        write_group(&res->body, &req->ctx, &found.groups[i]);
    }
    buf_lit(&res->body, "],\"next\":");
    if (found.next.len)
        buf_json(&res->body, found.next);
    else
        buf_lit(&res->body, "null");
    buf_lit(&res->body, "}\n");
    respond_json(res, 200);
}

/* ---- made one -------------------------------------------------------------------------------------------------------------- */

static bool take_number(struct ctx *ctx, const struct json *body, const char *key, int64_t *out) {
    const struct json *value = json_get(body, str_of(key));
    if (!value) return true;
    if (json_type(value) != JSON_T_INT || json_int(value) < 1)
        return errors_add(&ctx->errors, 422, "bad_value", key, "'%s' is a number.", key);
    *out = json_int(value);
    return true;
}

static bool take_fields(struct ctx *ctx, const struct json *list, struct merge *merge) {
    if (!list) return true;
    if (json_type(list) != JSON_T_ARRAY)
        return errors_add(&ctx->errors, 422, "bad_value", "take", "Send the names of fields as a list.");
    merge->chosen = true;
    for (size_t i = 0; i < json_count(list); i++) {
        struct str name = json_text(json_at(list, i));
        const struct field *f = json_type(json_at(list, i)) == JSON_T_STRING ? entity_field(merge->entity, name) : NULL;
        if (f)
            field_set_add(&merge->take, f->index);
        else
            errors_add(&ctx->errors, 422, "unknown_field", "take", "%s have no field '%.*s'.", merge->entity->decl->many,
                       STR_ARG(name));
    }
    return ctx->errors.count == 0;
}

static bool only_known(struct ctx *ctx, const struct json *body) {
    void *it = NULL;
    struct str key;
    const struct json *value;
    while (json_next(body, &it, &key, &value))
        if (!str_in_words("with with_version version take", key))
            errors_add(&ctx->errors, 422, "unknown_field", str_cstr(ctx->arena, key), "A merge has no '%.*s'.", STR_ARG(key));
    return ctx->errors.count == 0;
}

struct row *merge_api_run(struct request *req, int64_t version) {
    struct ctx *ctx = &req->ctx;
    struct merge merge = {.entity = req->route->entity, .survivor = req->id, .version = version};
    const struct json *body = request_json(req);
    if (!body || !only_known(ctx, body) || !take_number(ctx, body, "with", &merge.loser) ||
        !take_number(ctx, body, "version", &merge.version) || !take_number(ctx, body, "with_version", &merge.loser_version) ||
        !take_fields(ctx, json_get(body, STR("take")), &merge))
        return NULL;
    if (!merge.loser) {
        errors_add(&ctx->errors, 422, "required", "with", "Say with which record.");
        return NULL;
    }
    return merge_run(ctx, &merge);
}

bool merge_api_moved(struct request *req, struct response *res) {
    const struct entity *entity = req->route->entity;
    int64_t into = merge_into(&req->ctx, entity, req->id);
    if (!into || req->ctx.errors.count) return false;
    struct buf to = buf_new(req->ctx.arena, 64);
    buf_printf(&to, "/api/v1/%s/%lld", entity->decl->name, (long long)into);
    if (req->query.len) {
        buf_char(&to, '?');
        buf_add(&to, req->query);
    }
    respond_header(res, req->ctx.arena, "Location", buf_str(&to));
    buf_printf(&res->body, "{\"merged_into\":%lld}\n", (long long)into);
    respond_json(res, 307);
    return true;
}
