/* kind_secret.c - a password or key. The row holds the id of what vault.h sealed; what is parsed here is the plain text on its
 * way there, and nothing ever writes it out: JSON says true where one is set, people see dots. */
#include "core/kind_tools.h"

#define SECRET_LONGEST 4096

static bool kind_secret_parse(const struct field *field, const struct kind_env *env, struct str text, struct value *out,
                              struct errors *errors) {
    (void)env;
    if (!kind_check_length(field, text, SECRET_LONGEST, errors)) return false;
    *out = value_text(text);
    return true;
}

static bool kind_secret_from_json(const struct field *field, const struct kind_env *env, const struct json *json,
                                  struct value *out, struct errors *errors) {
    if (json_type(json) != JSON_T_STRING) return kind_refuse(errors, field, "wrong_type", "Send the secret as a JSON string.");
    return kind_parse(field, env, json_text(json), out, errors);
}

static void kind_secret_to_json(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    (void)field, (void)env, (void)value;
    buf_lit(b, "true");
}

static void kind_secret_to_text(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    (void)b, (void)field, (void)env, (void)value;
}

static void kind_secret_to_display(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    (void)field, (void)env, (void)value;
    buf_lit(b, "••••••••");
}

static void kind_secret_schema(struct buf *b, const struct field *field) {
    buf_printf(
        b, "\"type\":[\"string\",\"boolean\"],\"maxLength\":%lld,\"description\":\"Sent as text; answered as true where set.\"",
        (long long)kind_longest(field, SECRET_LONGEST));
}

const struct kind kind_secret = {
    .name = "secret",
    .stored = "integer",
    .input = "password",
    .parse = kind_secret_parse,
    .from_json = kind_secret_from_json,
    .to_json = kind_secret_to_json,
    .to_text = kind_secret_to_text,
    .to_display = kind_secret_to_display,
    .schema = kind_secret_schema,
};
