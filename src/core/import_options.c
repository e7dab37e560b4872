/* import_options.c - what an import is told besides its file, by the names that requests and the command line use. */
#include "base/json.h"
#include "base/text.h"
#include "core/import.h"
#include "core/registry.h"
#include "core/repo.h"

struct taking {
    struct ctx *ctx;
    struct import_options *options;
    const char *name;
    struct str value;
};

static bool wrong(const struct taking *t, const char *what) {
    return errors_add(&t->ctx->errors, 400, "bad_value", t->name, "%s", what);
}

static bool take_bool(const struct taking *t, bool *to) {
    *to = str_in_words("true 1 yes on", t->value);
    return *to || str_in_words("false 0 no off", t->value) || wrong(t, "Send true or false.");
}

/* JSON, or nothing where it is empty. */
static bool take_object(const struct taking *t, const struct json **to) {
    if (!str_trim(t->value).len) return true;
    *to = json_parse(t->ctx->arena, t->value, &t->ctx->errors);
    return *to && (json_type(*to) == JSON_T_OBJECT || wrong(t, "Send a JSON object."));
}

/* A mapping that was remembered under a name, one's own before others'. */
static bool take_remembered(const struct taking *t) {
    struct query *q = query_new(t->ctx, registry_get("import_mappings"));
    query_where(q, "name", OP_EQ, value_text(t->value));
    query_where(q, "entity", OP_EQ, value_text(t->options->entity->name));
    struct rows rows;
    if (!query_rows(q, &rows)) return false;
    if (!rows.count)
        return errors_add(&t->ctx->errors, 422, "not_found", "mapping", "There is no remembered mapping '%.*s' for %s.",
                          STR_ARG(t->value), t->options->entity->decl->name);
    const struct row *row = rows.at[0];
    for (int i = 1; i < rows.count; i++)
        if (row_int(rows.at[i], "user_id") == t->ctx->actor->user_id) row = rows.at[i];
    t->options->mapping = json_parse(t->ctx->arena, row_text(row, "mapping"), &t->ctx->errors);
    t->options->mapping_remembered = true;
    return t->options->mapping != NULL;
}

static bool take_mapping(const struct taking *t) {
    struct str value = str_trim(t->value);
    return value.len && value.ptr[0] != '{' ? take_remembered(t) : take_object(t, &t->options->mapping);
}

static bool take_values(const struct taking *t) { return take_object(t, &t->options->values); }
static bool take_dry_run(const struct taking *t) { return take_bool(t, &t->options->dry_run); }
static bool take_create_missing(const struct taking *t) { return take_bool(t, &t->options->create_missing); }
static bool take_empty_unknown(const struct taking *t) { return take_bool(t, &t->options->empty_unknown); }
static bool take_clear_empty(const struct taking *t) { return take_bool(t, &t->options->clear_empty); }

static bool take_duplicates(const struct taking *t) {
    static const char *const names[] = {[IMPORT_SKIP] = "skip", [IMPORT_UPDATE] = "update", [IMPORT_CREATE] = "create"};
    for (int i = 0; i < 3; i++) {
        if (!str_eqc(t->value, names[i])) continue;
        t->options->duplicates = (enum import_duplicates)i;
        return true;
    }
    return wrong(t, "Send skip, update or create.");
}

static bool take_match(const struct taking *t) {
    char *words = arena_raw(t->ctx->arena, t->value.len + 1);
    for (size_t i = 0; i < t->value.len; i++) words[i] = t->value.ptr[i] == ',' ? ' ' : t->value.ptr[i];
    t->options->match = (struct str){words, t->value.len};
    return true;
}

static bool take_delimiter(const struct taking *t) {
    static const struct {
        const char *name;
        char c;
    } names[] = {{"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}, {"pipe", '|'}, {"\\t", '\t'}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eqc(t->value, names[i].name)) t->options->delimiter = names[i].c;
    if (t->value.len == 1 && memchr(",;\t|", t->value.ptr[0], 4)) t->options->delimiter = t->value.ptr[0];
    return t->options->delimiter || wrong(t, "Send comma, semicolon, tab or pipe.");
}

static bool take_encoding(const struct taking *t) {
    static const struct {
        const char *name;
        enum csv_encoding encoding;
    } names[] = {{"utf-8", CSV_UTF8},           {"utf8", CSV_UTF8},           {"utf-16", CSV_UNKNOWN},
                 {"utf-16le", CSV_UTF16LE},     {"utf-16be", CSV_UTF16BE},    {"windows-1252", CSV_WINDOWS_1252},
                 {"latin-1", CSV_WINDOWS_1252}, {"latin1", CSV_WINDOWS_1252}, {"iso-8859-1", CSV_WINDOWS_1252},
                 {"cp1252", CSV_WINDOWS_1252}};
    struct str given = str_lower(t->ctx->arena, t->value);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!str_eqc(given, names[i].name)) continue;
        t->options->encoding = names[i].encoding;
        return true;
    }
    return wrong(t, "Send utf-8, utf-16, utf-16le, utf-16be or windows-1252.");
}

/* "day_first", or how a date would be written: "dd/mm/yyyy", "MDY". */
static bool take_date_format(const struct taking *t) {
    struct str given = str_lower(t->ctx->arena, str_trim(t->value));
    enum date_guess format = date_guess_find(given);
    if (format == DATE_GUESS_NONE && given.len) {
        ptrdiff_t day = str_index(given, 'd'), month = str_index(given, 'm'), year = str_index(given, 'y');
        if (day < 0 || month < 0 || year < 0) return wrong(t, "Send day_first or month_first.");
        format = year < day && year < month ? DATE_GUESS_PLAIN : day < month ? DATE_GUESS_DAY_FIRST : DATE_GUESS_MONTH_FIRST;
    }
    t->options->date_format = format == DATE_GUESS_AMBIGUOUS ? DATE_GUESS_NONE : format;
    return true;
}

static bool take_decimal(const struct taking *t) {
    bool comma = str_in_words("comma ,", t->value), point = str_in_words("point dot .", t->value);
    t->options->decimal = comma ? ',' : '.';
    return comma || point || wrong(t, "Send point or comma.");
}

static bool take_country(const struct taking *t) {
    if (t->value.len != 2) return wrong(t, "Send a country as two letters, such as AU.");
    char *upper = arena_raw(t->ctx->arena, 2);
    for (int i = 0; i < 2; i++)
        upper[i] = t->value.ptr[i] >= 'a' && t->value.ptr[i] <= 'z' ? (char)(t->value.ptr[i] - 32) : t->value.ptr[i];
    t->options->country = (struct str){upper, 2};
    return true;
}

static bool take_save_mapping(const struct taking *t) {
    t->options->save_mapping = str_trim(t->value);
    return true;
}

bool import_option(struct ctx *ctx, struct import_options *options, struct str name, struct str value, bool *known) {
    static const struct {
        const char *name;
        bool (*take)(const struct taking *);
    } takers[] = {
        {"dry_run", take_dry_run},
        {"mapping", take_mapping},
        {"save_mapping", take_save_mapping},
        {"values", take_values},
        {"duplicates", take_duplicates},
        {"match", take_match},
        {"delimiter", take_delimiter},
        {"encoding", take_encoding},
        {"date_format", take_date_format},
        {"decimal", take_decimal},
        {"country", take_country},
        {"create_missing", take_create_missing},
        {"empty_unknown", take_empty_unknown},
        {"clear_empty", take_clear_empty},
    };
    *known = false;
    for (size_t i = 0; i < sizeof takers / sizeof *takers && !*known; i++) {
        if (!str_eqc(name, takers[i].name)) continue;
        *known = true;
        struct taking t = {ctx, options, takers[i].name, value};
        return takers[i].take(&t);
    }
    return true;
}
