/* fuzz_kind.c - whatever text or JSON a field is given, it is refused with an error on the field, or comes back the same through
 * text, JSON and the form; dates as spreadsheets write them are moments that time_parse reads again.
 *
 * The first byte chooses the field, the second the currency and country, the rest is the input.
 *
 *     fuzz_kind -max_total_time=60 tests/fuzz/corpus/kind
 */
#include "base/text.h"
#include "base/timefmt.h"
#include "base/utf8.h"
#include "core/date_guess.h"
#include "core/kind.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct field_decl decls[] = {
    {"f", "F", F_TEXT(100)},
    {"f", "F", F_TEXT(100), .flags = MULTILINE},
    {"f", "F", F_MARKDOWN},
    {"f", "F", F_EMAIL},
    {"f", "F", F_PHONE},
    {"f", "F", F_URL},
    {"f", "F", F_INT(0, 0)},
    {"f", "F", F_INT(-5, 1000)},
    {"f", "F", F_DECIMAL(0)},
    {"f", "F", F_DECIMAL(2)},
    {"f", "F", F_DECIMAL(9)},
    {"f", "F", F_PERCENT},
    {"f", "F", F_MONEY},
    {"f", "F", F_BOOL},
    {"f", "F", F_DATE},
    {"f", "F", F_TIME},
    {"f", "F", F_DURATION},
    {"f", "F", F_CHOICE("new", "in_progress")},
    {"f", "F", F_CHOICES("mon", "tue", "wed")},
    {"f", "F", F_REF("users", SET_NULL)},
    {"f", "F", F_SUBJECT_TYPE("leads clients")},
    {"f", "F", F_JSON("any")},
    {"f", "F", F_JSON("a:text b:int c:bool d:decimal e:list")},
    {"f", "F", F_TAGS},
    {"f", "F", F_COLOR},
    {"f", "F", F_SECRET},
};
#define DECL_COUNT (sizeof decls / sizeof *decls)

static void require(bool holds) {
    if (!holds) __builtin_trap();
}

typedef void writer(struct buf *b, const struct field *field, const struct kind_env *env, struct value value);

static struct str written(writer *write, const struct field *f, const struct kind_env *env, struct value value) {
    struct buf b = buf_new(env->arena, 64);
    write(&b, f, env, value);
    require(utf8_valid(buf_str(&b)));
    return buf_str(&b);
}

static void comes_back(const struct field *f, const struct kind_env *env, struct value value) {
    struct errors errors = {.arena = env->arena};
    struct value again;
    written(kind_to_display, f, env, value);
    const struct json *json = json_parse(env->arena, written(kind_to_json, f, env, value), &errors);
    require(json != NULL);
    if (f->kind == &kind_secret) return;
    require(kind_from_json(f, env, json, &again, &errors) && value_eq(value, again));
    require(kind_parse(f, env, written(kind_to_text, f, env, value), &again, &errors) && value_eq(value, again));
    require(kind_parse(f, env, written(kind_to_input, f, env, value), &again, &errors) && value_eq(value, again));
}

static void refused_properly(const struct errors *errors) {
    require(errors->count > 0);
    for (const struct error *e = errors->first; e; e = e->next) {
        require(e->status == 422 && str_eqc(e->field, "f") && e->message.len > 0 && utf8_valid(e->message));
    }
}

static void dates(struct arena *arena, struct str text, const struct zone *zone) {
    static const enum date_guess formats[] = {DATE_GUESS_PLAIN, DATE_GUESS_DAY_FIRST, DATE_GUESS_MONTH_FIRST};
    struct value value;
    for (int i = 0; i < 3; i++) {
        struct buf b = buf_new(arena, 32);
        int64_t again;
        if (date_guess_parse(formats[i], text, true, zone, &value)) {
            buf_time(&b, value.integer);
            require(time_parse(buf_str(&b), &again) && again == value.integer);
        }
        if (date_guess_parse(formats[i], text, false, zone, &value)) {
            b.len = 0;
            buf_date(&b, value.integer);
            require(date_parse(buf_str(&b), &again) && again == value.integer);
        }
    }
    date_guess_column(&text, 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const currencies[] = {"AUD", "JPY", "KWD", "CHF", ""}, *const countries[] = {"AU", "US", "DE", "", "XX"};
    if (size < 2) return 0;
    struct arena *arena = arena_new((size_t)64 << 20);
    const struct field_decl *decl = &decls[data[0] % DECL_COUNT];
    const struct field f = {.decl = decl, .name = STR("f"), .kind = decl->kind, .flags = decl->flags, .stored = true};
    const struct kind_env env = {.arena = arena,
                                 .now = INT64_C(1794454200000),
                                 .me = 7,
                                 .country = str_of(countries[data[1] / 5 % 5]),
                                 .currency = str_of(currencies[data[1] % 5]),
                                 .zone = data[1] & 128 ? zone_find(STR("Australia/Sydney")) : NULL};
    struct str text = {(const char *)data + 2, size - 2};
    struct errors errors = {.arena = arena};
    struct value value;
    if (kind_parse(&f, &env, text, &value, &errors)) {
        comes_back(&f, &env, value);
    } else {
        refused_properly(&errors);
    }
    dates(arena, text, env.zone);
    errors_clear(&errors);
    const struct json *json = json_parse(arena, text, &errors);
    errors_clear(&errors);
    if (json && kind_from_json(&f, &env, json, &value, &errors)) {
        comes_back(&f, &env, value);
    } else if (json) {
        refused_properly(&errors);
    }
    arena_free(arena);
    return 0;
}
