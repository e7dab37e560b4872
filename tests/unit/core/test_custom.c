/* test_custom.c - what a company adds: its own form of an entity, values read and written where they stand, the index. */
#include "core/core_test.h"

#include "core/custom.h"
#include "core/custom_index.h"
#include "core/custom_prepare.h"
#include "core/search.h"

static int64_t define(const char *name, const char *kind, const char *more, struct value value) {
    return MADE("custom_fields", {"entity", TEXT("clients")}, {"name", value_text(str_of(name))}, {"label", TEXT("Label")},
                {"kind", value_text(str_of(kind))}, {more, value});
}

static const struct entity *clients(int64_t user) { return custom_entity(as(user), registry_get("clients")); }

static void a_company_has_its_own_form_and_nobody_else(void **state) {
    (void)state;
    const struct entity *base = registry_get("clients");
    assert_ptr_equal(clients(ADMIN), base);
    define("roof", "text", "is_in_list", INT(1));
    const struct entity *own = clients(ADMIN);
    assert_int_equal(own->field_count, base->field_count + 1);
    assert_int_equal(own->index, base->index);
    const struct field *roof = entity_field(own, STR("cf_roof"));
    assert_ptr_equal(roof->entity, own);
    assert_int_equal(roof->index, base->field_count);
    assert_ptr_equal(own->title, entity_field(own, STR("name")));
    assert_true(str_in_words(own->decl->list, STR("cf_roof")));
    for (int i = 0; i < base->field_count; i++) {
        assert_ptr_equal(own->fields[i].decl, base->fields[i].decl);
        assert_ptr_equal(own->fields[i].entity, own);
        assert_true(!own->fields[i].pair || own->fields[i].pair->entity == own);
    }
    assert_ptr_equal(clients(ADMIN_TWO), base);
    assert_ptr_equal(custom_entity(as_system(TWO), base), base);
    struct ctx *ctx = as_system(ONE);
    assert_int_equal(custom_entity(ctx, base)->custom_count, 1);
    assert_ptr_equal(custom_entity(ctx, custom_entity(ctx, base)), custom_entity(ctx, base));
}

/* What a row says whose column holds this, T and N being the keys of the two fields: "text|number". */
static struct str said(const char *json, int64_t text, int64_t number) {
    struct buf b = buf_new(arena, 128);
    for (const char *c = json; c && *c; c++)
        if (*c == 'T' || *c == 'N') buf_int(&b, *c == 'T' ? text : number);
        else buf_char(&b, *c);
    struct ctx *ctx = as(ADMIN);
    struct row *row = row_new(arena, clients(ADMIN));
    row->values[row->entity->custom] = json ? value_text(buf_str(&b)) : VALUE_NONE;
    custom_read(ctx->arena, row);
    return str_printf(arena, "%.*s|%lld", STR_ARG(row_text(row, "cf_text")), (long long)row_int(row, "cf_number"));
}

static void values_are_read_where_they_stand_whatever_stands_beside_them(void **state) {
    (void)state;
    int64_t t = define("text", "text", "position", INT(1)), n = define("number", "number", "position", INT(2));
    assert_text(said(NULL, t, n), "|0");
    assert_text(said("{}", t, n), "|0");
    assert_text(said("{\"T\":\"tin\",\"N\":7}", t, n), "tin|7");
    assert_text(said("{\"N\":-7,\"T\":\"tin\"}", t, n), "tin|-7");
    assert_text(said(" { \"T\" : \"a \\\"b\\\\ \\u00e9 {},:\" , \"N\" : 9223372036854775807 } ", t, n),
                "a \"b\\ \xc3\xa9 {},:|9223372036854775807");
    assert_text(said("{\"old\":{\"T\":\"no\",\"x\":[1,{\"y\":\"}\"}]},\"N\":3}", t, n), "|3");
    assert_text(said("{\"T\":5,\"N\":\"five\"}", t, n), "|0");
    assert_text(said("{\"T\":null,\"N\":1.5}", t, n), "|0");
    static const char *const broken[] = {"", "{", "{\"", "{\"T", "{\"T\"", "{\"T\":", "{\"T\":\"", "{\"T\":\"\\",
                                         "[1,2]", "7"};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) assert_text(said(broken[i], t, n), "|0");
}

static void what_is_no_field_now_is_carried_along(void **state) {
    (void)state;
    int64_t t = define("text", "text", "position", INT(1));
    int64_t client = MADE("clients", {"name", TEXT("Meridian")});
    CHANGED("clients", client, {"custom_fields", TEXT("{\"legacy\":{\"a\":[1,\"}\"]},\"5\":\"five\"}")});
    CHANGED("clients", client, {"cf_text", TEXT("tin \"roof\"")});
    struct str tin = str_printf(arena, "\"%lld\":\"tin \\\"roof\\\"\"", (long long)t);
    assert_text(row_text(row_of(ONE, "clients", client), "custom_fields"),
                str_printf(arena, "{\"legacy\":{\"a\":[1,\"}\"]},\"5\":\"five\",%.*s}", STR_ARG(tin)).ptr);
    CHANGED("clients", client, {"cf_text", VALUE_NONE});
    assert_text(row_text(row_of(ONE, "clients", client), "custom_fields"), "{\"legacy\":{\"a\":[1,\"}\"]},\"5\":\"five\"}");
}

static bool few(const char *field, enum op op, struct value value) {
    struct ctx *ctx = as(ADMIN);
    struct query_filter filter = {.field = entity_field(clients(ADMIN), str_of(field)), .op = op, .value = value};
    return custom_index_few(ctx, &filter);
}

static int64_t indexed(int64_t field) {
    return sql_int(as_system(ONE), "SELECT count(*) FROM custom_values WHERE tenant_id = :tenant AND field = :field",
                   ARGS({":field", INT(field)}));
}

static struct str preparing(int64_t field) { return row_text(row_of(ONE, "custom_fields", field), "preparing"); }

/* The next step, `later` ms from now; true where there is nothing more to do now. */
static bool step(int64_t field, int64_t later) {
    struct ctx *ctx = as_system(ONE);
    bool waits = false;
    ctx->now += later;
    assert_true(custom_prepare_step(ctx, field, &waits));
    return waits;
}

static int64_t with_number(int64_t number) {
    struct query *q = query_new(as(ADMIN), registry_get("clients"));
    assert_true(query_where(q, "cf_number", OP_EQ, INT(number)));
    return query_count(q);
}

static bool all_right(const char *entity) {
    bool right = true;
    struct ctx *ctx = as_system(ONE);
    struct rows rows;
    struct query *q = query_new(ctx, registry_get(entity));
    q->limit = 10 * PREPARE_STEP;
    assert_true(query_rows(q, &rows));
    for (int i = 0; i < rows.count; i++) right = right && !custom_index_wrong(ctx, rows.at[i]);
    return right && ctx->errors.count == 0;
}

static bool made_many(struct ctx *ctx, void *arg) {
    int64_t *first = arg;
    for (int i = 0; i < 2 * PREPARE_STEP + 100; i++) {
        struct row *row = repo_create_as_system(
            ctx, "clients", ARGS({"name", TEXT("Many")}, {"cf_number", i % 10 == 3 ? VALUE_NONE : INT(i % 10)}));
        if (!row) return false;
        if (i == 0) *first = row_id(row);
    }
    return true;
}

static void an_index_over_many_is_filled_in_steps_and_filters_are_right_meanwhile(void **state) {
    (void)state;
    int64_t n = define("number", "number", "is_filterable", INT(0)), first = 0;
    assert_true(ctx_write(as_system(ONE), made_many, &first));
    CHANGED("custom_fields", n, {"is_filterable", INT(1)});
    assert_text(preparing(n), "filters");
    assert_int_equal(indexed(n), PREPARE_STEP * 9 / 10);
    assert_false(few("cf_number", OP_EQ, INT(7)));
    assert_int_equal(with_number(7), 110);
    /* Saves meanwhile: of a record that it has come to, of one that it has not, and of a new one. */
    int64_t last = MADE("clients", {"name", TEXT("New")}, {"cf_number", INT(77)});
    struct query *q = query_new(as_system(ONE), registry_get("clients"));
    struct rows rows;
    q->limit = 2 * PREPARE_STEP;
    query_sort(q, "-id");
    assert_true(query_rows(q, &rows));
    CHANGED("clients", first, {"cf_number", INT(77)});
    CHANGED("clients", row_id(rows.at[5]), {"cf_number", INT(77)});
    CHANGED("clients", row_id(rows.at[6]), {"cf_number", VALUE_NONE});
    assert_int_equal(with_number(77), 3);
    /* A step does not begin again where another server, or this one before it was killed, took the one before. */
    assert_false(step(n, 0));
    assert_int_equal(row_int(row_of(ONE, "custom_fields", n), "version"), 2);
    assert_true(step(n, 0));
    assert_text(preparing(n), "");
    assert_true(step(n, 0));
    assert_true(few("cf_number", OP_EQ, INT(77)));
    assert_int_equal(with_number(77), 3);
    assert_true(all_right("clients"));
    assert_true(erase(as(ADMIN), "clients", last));
    assert_int_equal(with_number(77), 2);
}

/* Its actor was loaded before the field was to have an index: a long import, another server for some seconds. */
static void who_knows_an_older_definition_saves_into_the_index_all_the_same(void **state) {
    (void)state;
    int64_t n = define("number", "number", "is_filterable", INT(0));
    struct ctx *before = as(ADMIN);
    assert_false(entity_field(custom_entity(before, registry_get("clients")), STR("cf_number"))->indexed);
    CHANGED("custom_fields", n, {"is_filterable", INT(1)});
    int64_t made = create(before, "clients", ARGS({"name", TEXT("Late")}, {"cf_number", INT(5)}));
    assert_int_not_equal(made, 0);
    assert_true(few("cf_number", OP_EQ, INT(5)));
    assert_int_equal(with_number(5), 1);
    struct ctx *with = as(ADMIN);
    const struct field *f = entity_field(custom_entity(with, registry_get("clients")), STR("cf_number"));
    assert_true(f->indexed);
    CHANGED("custom_fields", n, {"is_filterable", INT(0)});
    assert_false(custom_index_few(with, &(struct query_filter){.field = f, .op = OP_EQ, .value = INT(5)}));
}

static bool found_by(const char *word, int64_t id) {
    struct search_hit *hits;
    int count = 0;
    assert_true(search_find(as(ADMIN), str_of(word), NULL, SEARCH_BEGINNINGS, 5, &hits, &count));
    return count == 1 && row_id(hits[0].row) == id;
}

static bool lost(struct ctx *ctx, void *arg) {
    return sql_exec(ctx, arg, NO_ARGS);
}

static void an_entry_that_is_lost_or_says_something_else_is_noticed(void **state) {
    (void)state;
    define("number", "number", "is_filterable", INT(1));
    MADE("clients", {"name", TEXT("A")}, {"cf_number", INT(5)});
    assert_true(all_right("clients"));
    assert_true(ctx_write(as_system(ONE), lost, "UPDATE custom_values SET number = 6 WHERE tenant_id = :tenant"));
    assert_false(all_right("clients"));
    assert_true(ctx_write(as_system(ONE), lost, "UPDATE custom_values SET number = 5 WHERE tenant_id = :tenant"));
    assert_true(all_right("clients"));
    assert_true(ctx_write(as_system(ONE), lost, "DELETE FROM custom_values WHERE tenant_id = :tenant"));
    assert_false(all_right("clients"));
}

static void many_are_found_by_the_words_of_a_field_that_comes_back_step_by_step(void **state) {
    (void)state;
    int64_t n = define("number", "number", "position", INT(1)), t = define("text", "text", "is_filterable", INT(1)), first = 0;
    assert_true(ctx_write(as_system(ONE), made_many, &first));
    int64_t last = MADE("clients", {"name", TEXT("Last")}, {"cf_text", TEXT("quixotic")});
    assert_true(found_by("quixotic", last));
    assert_true(erase(as(ADMIN), "custom_fields", t));
    assert_text(preparing(t), "search");
    assert_false(step(t, 0));
    assert_true(step(t, 0));
    assert_false(found_by("quixotic", last));
    assert_true(restore(as(ADMIN), "custom_fields", t));
    assert_true(few("cf_text", OP_EQ, TEXT("quixotic")));
    CHANGED("custom_fields", t, {"is_filterable", INT(0)});
    assert_text(preparing(t), "filters_and_search");
    while (!step(t, 0)) {}
    assert_true(found_by("quixotic", last));
    assert_text(preparing(t), "filters");
    assert_true(step(t, PREPARE_CLEAR_AFTER_MS));
    assert_text(preparing(t), "");
    assert_int_equal(indexed(t), 0);
    assert_text(preparing(n), "");
}

static void the_index_knows_what_is_filtered_and_follows_every_change(void **state) {
    (void)state;
    int64_t n = define("number", "number", "is_filterable", INT(1)), plain = define("plain", "number", "is_filterable", INT(0));
    int64_t a = MADE("clients", {"name", TEXT("A")}, {"cf_number", INT(1)}, {"cf_plain", INT(1)});
    int64_t b = MADE("clients", {"name", TEXT("B")}, {"cf_number", INT(2)});
    assert_int_equal(indexed(n), 2);
    assert_int_equal(indexed(plain), 0);
    assert_true(few("cf_number", OP_EQ, INT(1)));
    assert_true(few("cf_number", OP_GTE, INT(1)));
    assert_false(few("cf_number", OP_NE, INT(1)));
    assert_false(few("cf_plain", OP_EQ, INT(1)));
    CHANGED("clients", a, {"cf_number", VALUE_NONE});
    assert_int_equal(indexed(n), 1);
    CHANGED("clients", b, {"name", TEXT("Still B")});
    assert_int_equal(indexed(n), 1);
    CHANGED("custom_fields", plain, {"is_filterable", INT(1)});
    assert_int_equal(indexed(plain), 1);
    CHANGED("custom_fields", n, {"is_filterable", INT(0)});
    assert_false(few("cf_number", OP_EQ, INT(2)));
    CHANGED("clients", b, {"cf_number", INT(3)}); /* who asked just before may still read it */
    assert_int_equal(indexed(n), 1);
    assert_true(step(n, 0));
    assert_int_equal(indexed(n), 1);
    assert_true(step(n, PREPARE_CLEAR_AFTER_MS));
    assert_int_equal(indexed(n), 0);
    assert_text(preparing(n), "");
    CHANGED("clients", b, {"cf_number", INT(2)});
    assert_int_equal(indexed(n), 0);
    assert_true(erase(as(ADMIN), "custom_fields", plain));
    CHANGED("clients", a, {"name", TEXT("Still A")});
    assert_true(restore(as(ADMIN), "custom_fields", plain));
    assert_int_equal(indexed(plain), 1);
    assert_int_equal(row_int(row_of(ONE, "clients", a), "cf_plain"), 1);
}

static void what_very_many_have_is_not_looked_up_one_by_one(void **state) {
    (void)state;
    define("number", "number", "is_filterable", INT(1));
    for (int i = 0; i < CUSTOM_INDEX_FEW; i++) MADE("clients", {"name", TEXT("C")}, {"cf_number", INT(i == 0 ? 2 : 1)});
    assert_true(few("cf_number", OP_EQ, INT(1)));
    MADE("clients", {"name", TEXT("C")}, {"cf_number", INT(1)});
    assert_false(few("cf_number", OP_EQ, INT(1)));
    assert_true(few("cf_number", OP_EQ, INT(2)));
    struct query *q = query_new(as(ADMIN), registry_get("clients"));
    assert_true(query_where(q, "cf_number", OP_EQ, INT(1)));
    assert_int_equal(query_count(q), CUSTOM_INDEX_FEW);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_company_has_its_own_form_and_nobody_else),
        TEST(values_are_read_where_they_stand_whatever_stands_beside_them),
        TEST(what_is_no_field_now_is_carried_along),
        TEST(the_index_knows_what_is_filtered_and_follows_every_change),
        TEST(an_index_over_many_is_filled_in_steps_and_filters_are_right_meanwhile),
        TEST(who_knows_an_older_definition_saves_into_the_index_all_the_same),
        TEST(an_entry_that_is_lost_or_says_something_else_is_noticed),
        TEST(many_are_found_by_the_words_of_a_field_that_comes_back_step_by_step),
        TEST(what_very_many_have_is_not_looked_up_one_by_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
