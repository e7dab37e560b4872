/* check.c - checks that several entities share. */
#include "app/core/check.h"

#include "base/timefmt.h"
#include "core/registry.h"

static bool settled(const struct change *change, const char *field) {
    return row_null(change->row, field) || !change_touches(change, field);
}

bool check_zone(struct ctx *ctx, const struct change *change, const char *field) {
    struct str name = row_text(change->row, field);
    if (settled(change, field) || zone_find(name)) return true;
    return errors_add(&ctx->errors, 422, "unknown", field, "'%.*s' is no time zone. Use a name such as Australia/Melbourne.",
                      STR_ARG(name));
}

bool check_entity(struct ctx *ctx, const struct change *change, const char *field, bool all) {
    struct str name = row_text(change->row, field);
    if (settled(change, field) || (all && str_eqc(name, "*"))) return true;
    const struct entity *entity = registry_find(name);
    if (entity && !entity_is(entity, ENTITY_INTERNAL)) return true;
    return errors_add(&ctx->errors, 422, "unknown", field, "There are no records called '%.*s'.", STR_ARG(name));
}

static bool has_action(const struct entity *entity, struct str name) {
    if (str_eqc(name, "*")) return true;
    for (int i = 0; i < MAY_COUNT; i++)
        if (str_eqc(name, access_action_names[i])) return true;
    return entity && entity_action(entity, name);
}

bool check_permission(struct ctx *ctx, const struct change *change) {
    if (!check_entity(ctx, change, "resource", true)) return false;
    struct str action = row_text(change->row, "action");
    if (settled(change, "action") || has_action(registry_find(row_text(change->row, "resource")), action)) return true;
    return errors_add(&ctx->errors, 422, "unknown", "action", "'%.*s' cannot be done to these records.", STR_ARG(action));
}

bool check_gives(const struct change *change, const char *fields) {
    if (!change->old || change->restoring) return true;
    for (int i = 0; i < change->entity->field_count; i++)
        if (str_in_words(fields, change->entity->fields[i].name) && !value_eq(change->old->values[i], change->row->values[i]))
            return true;
    return false;
}

bool check_word(struct ctx *ctx, const struct change *change, const char *field, char mark) {
    struct str word = row_text(change->row, field);
    if (settled(change, field)) return true;
    bool good = word.ptr[0] >= 'a' && word.ptr[0] <= 'z';
    for (size_t i = 0; good && i < word.len; i++) {
        char c = word.ptr[i];
        good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == mark;
    }
    if (good) return true;
    return errors_add(&ctx->errors, 422, "invalid", field, "Use lower-case letters, digits and %c, a letter first.", mark);
}

/* Other scripts than ours are allowed: names may be written in them. */
static bool is_label(struct str s) {
    bool good = s.len > 0 && s.len <= 63 && s.ptr[0] != '-' && s.ptr[s.len - 1] != '-';
    for (size_t i = 0; good && i < s.len; i++) {
        char c = s.ptr[i];
        good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || (c & 0x80);
    }
    return good;
}

bool check_host(struct ctx *ctx, const struct change *change, const char *field) {
    struct str rest = row_text(change->row, field), label;
    if (settled(change, field)) return true;
    int labels = 0;
    bool good = rest.len > 0 && rest.ptr[rest.len - 1] != '.';
    for (; good && str_split(&rest, '.', &label); labels++) good = is_label(label);
    if (good && labels > 1) return true;
    return errors_add(&ctx->errors, 422, "invalid", field, "Use a name of the internet, such as example.com.");
}

bool check_order(struct ctx *ctx, const struct change *change, const char *from, const char *to) {
    if (row_null(change->row, from) || row_null(change->row, to)) return true;
    if (row_int(change->row, from) <= row_int(change->row, to)) return true;
    return errors_add(&ctx->errors, 422, "order", to, "The end is before the start.");
}
