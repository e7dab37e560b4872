/* audit.c - entries in audit_logs, written in the transaction of what they tell of. */
#include "core/audit.h"

#include "base/utf8.h"

static struct value id_or_none(int64_t id) {
    return id ? value_int(id) : VALUE_NONE;
}

/* At most `most` characters: what a client sends about itself must not make a save fail. */
static struct value text_or_none(struct str text, size_t most) {
    if (text.len > most) text = utf8_prefix(text, most);
    return text.len ? value_text(text) : VALUE_NONE;
}

static bool insert(struct ctx *ctx, const char *action, struct str entity_type, int64_t entity_id, struct str changes) {
    if (!ctx->tenant_id) return true; // the platform's own work: there is no tenant's log that it would belong to
    return sql_exec(ctx,
                    "INSERT INTO audit_logs (id, tenant_id, user_id, action, entity_type, entity_id, changes, change_set_id, "
                    "ip_address, user_agent, request_id, created_at) VALUES (:id, :tenant, :user, :action, :entity, :record, "
                    ":changes, :set, :ip, :agent, :request, :now)",
                    ARGS({":id", value_int(id_new())}, {":user", id_or_none(ctx->actor->user_id)},
                         {":action", value_text(str_of(action))}, {":entity", text_or_none(entity_type, 63)},
                         {":record", id_or_none(entity_id)}, {":changes", text_or_none(changes, SIZE_MAX)},
                         {":set", id_or_none(ctx->change_set_id)}, {":ip", text_or_none(ctx->ip, 45)},
                         {":agent", text_or_none(ctx->user_agent, 500)}, {":request", text_or_none(ctx->request_id, 64)}));
}

static void write_side(struct buf *b, const struct kind_env *env, const struct row *row, const struct field *field) {
    struct kind_env own = row_env(env, row, field);
    kind_to_json(b, field, &own, row->values[field->index]);
}

/* Fields that every save touches tell nothing. */
static bool technical(const struct entity *entity, int i) {
    return i == entity->updated_at || i == entity->updated_by_id || i == entity->version || i == entity->deleted_at;
}

static struct str changes_of(struct ctx *ctx, const struct change *change) {
    const struct entity *entity = change->entity;
    struct buf b = buf_new(ctx->arena, 256);
    for (int i = 0; i < entity->field_count; i++) {
        const struct field *f = &entity->fields[i];
        if (!f->stored || (f->flags & HIDDEN) || technical(entity, i)) continue;
        bool secret = f->kind == &kind_secret, differs = !value_eq(change->old->values[i], change->row->values[i]);
        // A secret is sealed elsewhere: the row may look the same after it changed.
        if (!differs && !(secret && field_set_has(&change->given, i))) continue;
        buf_char(&b, b.len ? ',' : '{');
        buf_add(&b, f->json_key);
        if (secret) {
            buf_lit(&b, "\"changed\"");
            continue;
        }
        buf_char(&b, '[');
        write_side(&b, &ctx->env, change->old, f);
        buf_char(&b, ',');
        write_side(&b, &ctx->env, change->row, f);
        buf_char(&b, ']');
    }
    if (b.len) buf_char(&b, '}');
    return buf_str(&b);
}

bool audit_record(struct ctx *ctx, const struct change *change, const char *verb) {
    const struct entity *entity = change->entity;
    if (entity_is(entity, ENTITY_NO_AUDIT)) return true;
    struct str changes = change->old && change->row ? changes_of(ctx, change) : STR("");
    return insert(ctx, verb, entity->name, row_id(change->row ? change->row : change->old), changes);
}

bool audit_note(struct ctx *ctx, const char *action, const char *entity_type, int64_t entity_id, struct str detail_json) {
    return insert(ctx, action, str_of(entity_type), entity_id, detail_json);
}
