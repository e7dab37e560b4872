/* template.c - templates: the texts of messages and documents that are sent again and again, with variables in them. */
#include "base/json.h"
#include "core/ctx.h"
#include "core/entity.h"
#include "core/row.h"

static bool declared(const struct json *variables, struct str name) {
    const struct json *v;
    for (size_t i = 0; (v = json_at(variables, i)); i++) {
        const struct json *named = json_type(v) == JSON_T_OBJECT ? json_get(v, STR("name")) : v;
        if (str_eq(json_text(named), name)) return true;
    }
    return false;
}

/* Each {{variable}} of a text is one that is declared, so that nothing is sent with a hole in it. */
static bool template_text(struct ctx *ctx, const struct row *row, const char *field, const struct json *variables) {
    struct str rest = row_text(row, field);
    for (ptrdiff_t at; (at = str_find(rest, STR("{{"))) >= 0;) {
        rest = str_slice(rest, (size_t)at + 2, rest.len);
        ptrdiff_t end = str_find(rest, STR("}}"));
        if (end < 0) return errors_add(&ctx->errors, 422, "open_variable", field, "Close the variable with }}.");
        struct str name = str_trim(str_slice(rest, 0, (size_t)end));
        if (!declared(variables, name))
            return errors_add(&ctx->errors, 422, "unknown", field, "'%.*s' is not among the variables.", STR_ARG(name));
        rest = str_slice(rest, (size_t)end + 2, rest.len);
    }
    return true;
}

static bool template_before_save(struct ctx *ctx, struct change *change) {
    struct str text = row_text(change->row, "variables");
    const struct json *variables = text.len ? json_parse(ctx->arena, text, &ctx->errors) : NULL;
    if (ctx->errors.count) return false;
    return template_text(ctx, change->row, "subject", variables) && template_text(ctx, change->row, "content", variables);
}

ENTITY(template) = {
    .name = "templates", .one = N_("Template"), .many = N_("Templates"), .pack = "messaging", .title = "name",
    .icon = "copy", .hue = "cyan",
    .help = N_("A text that is sent again and again, with variables in it."),
    .fields = FIELDS(
        { "name",        N_("Name"),        F_TEXT(255), .flags = REQUIRED, .section = N_("Template") },
        { "type",        N_("Type"),        F_CHOICE("email", "sms", "letter", "invoice", "quote", "report"),
          HUES("blue", "green", "amber", "teal", "violet", "gray"), .flags = REQUIRED, .initial = "email" },
        { "category",    N_("Category"),    F_TEXT(100) },
        { "description", N_("Description"), F_TEXT(1000), .flags = MULTILINE },
        { "is_active",   N_("In use"),      F_BOOL, .initial = "true" },
        { "language",    N_("Language"),    F_TEXT(10), .initial = "en" },
        { "subject",     N_("Subject"),     F_TEXT(255), .section = N_("Text"),
          .help = N_("May hold variables such as {{name}}.") },
        { "content",     N_("Text"),        F_MARKDOWN, .flags = REQUIRED },
        { "variables",   N_("Variables"),   F_JSON("array"), .flags = REQUIRED, .initial = "[]",
          .help = N_("Their names; others are refused.") },
        { "tags",        N_("Tags"),        F_TAGS, .section = N_("More") }
    ),
    .indexes = INDEXES(UNIQUE("name"), INDEX("type name"), INDEX("created_at")),
    .list = "name type category subject is_active", .filter = "type category is_active tags", .search = "name subject content",
    .sort = "name", .match = "name",
    .before_save = template_before_save,
};
