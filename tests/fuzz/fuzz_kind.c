/* fuzz_kind.c - a value that a kind takes is written so that the kind takes it again, as text and as JSON, and means the same. */
#include "base/timefmt.h"
#include "core/kind.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const choices[] = {"draft", "sent", "won't", NULL};

static void require(bool holds) {
    if (!holds) __builtin_trap();
}

static void round_trip(const struct field *field, const struct kind_env *env, struct str text) {
    struct errors errors = {.arena = env->arena};
    struct value value, again;
    if (!kind_parse(field, env, text, &value, &errors)) {
        require(errors.count > 0);
        return;
    }
    require(errors.count == 0);
    struct buf written = buf_new(env->arena, 64), shown = buf_new(env->arena, 64), json = buf_new(env->arena, 64);
    kind_to_text(&written, field, env, value);
    kind_to_display(&shown, field, env, value);
    kind_to_json(&json, field, env, value);
    if (field->kind == &kind_secret) return; // is never told again
    require(kind_parse(field, env, buf_str(&written), &again, &errors) && value_eq(value, again));
    const struct json *tree = json_parse(env->arena, buf_str(&json), &errors);
    require(tree && kind_from_json(field, env, tree, &again, &errors) && value_eq(value, again));
}

static void from_json(const struct field *field, const struct kind_env *env, struct str text) {
    struct errors errors = {.arena = env->arena};
    struct value value;
    const struct json *tree = json_parse(env->arena, text, &errors);
    if (tree && !kind_from_json(field, env, tree, &value, &errors)) require(errors.count > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 2) return 0;
    int count = 0;
    while (kind_at(count)) count++;
    struct field_decl decl = {.name = "f", .label = "F", .kind = kind_at(data[0] % count), .flags = data[1] & 1 ? MULTILINE : 0,
                              .scale = data[1] % 10, .choices = choices, .to = "users", .subjects = "leads clients", .shape =
                                  "any"};
    struct field field = {.decl = &decl, .name = STR("f"), .label = STR("F"), .kind = decl.kind, .flags = decl.flags, .stored =
        true};
    struct arena *arena = arena_new((size_t)64 << 20);
    struct kind_env env = {.arena = arena, .now = 1700000000000, .me = 7, .country = STR("AU"), .currency = STR("AUD"),
                           .zone = zone_find(data[1] & 2 ? STR("Europe/Berlin") : STR("UTC"))};
    struct str text = {(const char *)data + 2, size - 2};
    round_trip(&field, &env, text);
    from_json(&field, &env, text);
    arena_free(arena);
    return 0;
}
