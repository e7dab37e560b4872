/* test_search.c - words lead to records: of this tenant, within the actor's reach, as they stand now. */
#include "core/core_test.h"

#include "core/search.h"

/* The names of what this person finds, in order: "A B". */
static struct str found_in(int64_t user, const char *words, const char *only, enum search_in in, int limit) {
    struct ctx *ctx = as(user);
    struct search_hit *hits;
    int count;
    bool ok = search_find(ctx, str_of(words), only ? registry_get(only) : NULL, in, limit, &hits, &count);
    core_test_print(&ctx->errors);
    assert_true(ok);
    struct buf b = buf_new(arena, 64);
    for (int i = 0; i < count; i++) {
        assert_ptr_equal(hits[i].row->entity, hits[i].entity);
        if (i) buf_char(&b, ' ');
        buf_add(&b, row_title(arena, hits[i].row));
    }
    return buf_str(&b);
}
static struct str found(int64_t user, const char *words, const char *only, int limit) {
    return found_in(user, words, only, SEARCH_ANYWHERE, limit);
}
#define assert_found(user, words, names) assert_text(found(user, words, NULL, 20), names)

static int64_t client(const char *name) { return MADE("clients", {"name", value_text(str_of(name))}); }

static void a_record_is_found_by_the_beginnings_of_its_words(void **state) {
    (void)state;
    MADE("clients", {"name", TEXT("Meridian")}, {"company_name", TEXT("Cold Chain Pty Ltd")},
         {"email", TEXT("hello@meridian.example")});
    assert_found(ADMIN, "meridian", "Meridian");
    assert_found(ADMIN, "MER chai", "Meridian");
    assert_found(ADMIN, "Mérid", "Meridian");
    assert_found(ADMIN, "hello@meridian.example", "Meridian");
    assert_found(ADMIN, "meridian cool", "");
}

static void parts_of_words_are_found_after_the_beginnings(void **state) {
    (void)state;
    client("Starling");
    client("Lodestar");
    client("Kestrel");
    client("Costa");
    assert_found(ADMIN, "star", "Starling Lodestar");
    assert_found(ADMIN, "estr", "Kestrel");
    assert_found(ADMIN, "sta", "Starling Costa Lodestar");
    assert_found(ADMIN, "st", "Starling");
    assert_text(found(ADMIN, "sta", NULL, 2), "Starling Costa");
    assert_text(found_in(ADMIN, "star", NULL, SEARCH_BEGINNINGS, 20), "Starling");
    assert_text(found_in(ADMIN, "lode sta", NULL, SEARCH_BEGINNINGS, 20), "");
    assert_text(found_in(ADMIN, "des lod", NULL, SEARCH_ANYWHERE, 20), "Lodestar");
}

static void words_that_are_no_words_find_nothing(void **state) {
    (void)state;
    client("Meridian");
    static const char *const words[] = {"", "  ", "*", "\"", "' OR 1=1 --", "(", "NEAR(", "-", "|", "1|mer", "words:meridian"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) assert_found(ADMIN, words[i], "");
}

static void all_entities_are_searched_and_the_newest_come_first(void **state) {
    (void)state;
    int64_t id = client("Fernhill");
    MADE("contacts", {"name", TEXT("Fernanda")}, {"client_id", INT(id)});
    MADE("tasks", {"title", TEXT("Fern")});
    assert_found(ADMIN, "fern", "Fern Fernanda Fernhill");
    assert_text(found(ADMIN, "fern", "contacts", 20), "Fernanda");
    assert_text(found(ADMIN, "fern", NULL, 2), "Fern Fernanda");
    assert_text(found(ADMIN, "fern", NULL, 0), "");
}

static void a_tenant_finds_only_its_own(void **state) {
    (void)state;
    client("Meridian");
    core_test_made(as_system(TWO), "clients", ARGS({"name", TEXT("Meridian Two")}));
    assert_found(ADMIN, "meridian", "Meridian");
    assert_found(ADMIN_TWO, "meridian", "Meridian Two");
    assert_found(ADMIN_TWO, "1|meridian", "");
}

static void one_finds_only_what_one_may_read(void **state) {
    (void)state;
    MADE("clients", {"name", TEXT("Meridian")}, {"assigned_to_id", INT(BEN)});
    MADE("clients", {"name", TEXT("Merino")}, {"assigned_to_id", INT(ANN)});
    assert_found(ANN, "mer", "");
    may("clients", "read", "own");
    assert_found(ANN, "mer", "Merino");
    assert_found(BEN, "mer", "Meridian");
    assert_found(ADMIN, "mer", "Merino Meridian");
}

static void what_one_may_read_is_found_behind_what_one_may_not(void **state) {
    (void)state;
    may("clients", "read", "own");
    MADE("clients", {"name", TEXT("Merino")}, {"assigned_to_id", INT(ANN)});
    for (int i = 0; i < 60; i++) MADE("clients", {"name", TEXT("Meridian")}, {"assigned_to_id", INT(BEN)});
    assert_text(found(ANN, "mer", NULL, 5), "Merino");
}

static void a_changed_word_is_found_and_the_old_one_is_not(void **state) {
    (void)state;
    int64_t id = client("Meridian");
    CHANGED("clients", id, {"name", TEXT("Fernhill")});
    assert_found(ADMIN, "meridian", "");
    assert_found(ADMIN, "fernhill", "Fernhill");
    CHANGED("clients", id, {"payment_terms_days", INT(7)});
    assert_found(ADMIN, "fernhill", "Fernhill");
}

static void what_is_deleted_is_not_found_until_it_is_restored(void **state) {
    (void)state;
    int64_t id = client("Meridian");
    struct ctx *ctx = as(ADMIN);
    assert_true(erase(ctx, "clients", id));
    assert_found(ADMIN, "meridian", "");
    assert_true(restore(ctx, "clients", id));
    assert_found(ADMIN, "meridian", "Meridian");
}

static void what_was_rolled_back_is_not_found(void **state) {
    (void)state;
    struct ctx *ctx = as(ADMIN);
    assert_int_equal(
        create(ctx, "clients", ARGS({"name", TEXT("Meridian")}, {"contract_start_date", INT(2)}, {"contract_end_date", INT(1)})),
        0);
    assert_found(ADMIN, "meridian", "");
}

static void a_phone_number_is_found_however_people_write_it(void **state) {
    (void)state;
    MADE("clients", {"name", TEXT("Meridian")}, {"phone", TEXT("+61399912345")});
    MADE("clients", {"name", TEXT("Fernhill")}, {"phone", TEXT("+12125550123;ext=42")});
    static const char *const melbourne[] = {"+61399912345", "61399912345", "0399912345",  "03 9991 2345", "(03) 9991-2345",
                                            "+61 3 9991",   "03999",       "3 9991 2345", "9991 2345"};
    static const char *const new_york[] = {"+12125550123", "(212) 555-0123", "2125550123", "555-0123", "+1 212"};
    for (size_t i = 0; i < sizeof melbourne / sizeof *melbourne; i++) assert_found(ADMIN, melbourne[i], "Meridian");
    for (size_t i = 0; i < sizeof new_york / sizeof *new_york; i++) assert_found(ADMIN, new_york[i], "Fernhill");
    assert_found(ADMIN, "0399912346", "");
}

static void of_a_long_text_the_first_words_are_found(void **state) {
    (void)state;
    struct buf b = buf_new(arena, 10000);
    buf_lit(&b, "beginning ");
    for (int i = 0; i < 1000; i++) buf_lit(&b, "größte ");
    buf_lit(&b, "ending");
    MADE("tasks", {"title", TEXT("Long")}, {"description", value_text(buf_str(&b))});
    assert_found(ADMIN, "beginning", "Long");
    assert_found(ADMIN, "grosste", "");
    assert_found(ADMIN, "größte", "Long");
    assert_found(ADMIN, "ending", "");
}

static void a_list_is_limited_to_the_words(void **state) {
    (void)state;
    client("Meridian");
    client("Fernhill");
    struct query *q = query_new(as(ADMIN), registry_get("clients"));
    q->search = STR("fern");
    struct rows rows;
    assert_true(query_rows(q, &rows));
    assert_int_equal(rows.count, 1);
    assert_text(row_text(rows.at[0], "name"), "Fernhill");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_record_is_found_by_the_beginnings_of_its_words),
        TEST(parts_of_words_are_found_after_the_beginnings),
        TEST(words_that_are_no_words_find_nothing),
        TEST(all_entities_are_searched_and_the_newest_come_first),
        TEST(a_tenant_finds_only_its_own),
        TEST(one_finds_only_what_one_may_read),
        TEST(what_one_may_read_is_found_behind_what_one_may_not),
        TEST(a_changed_word_is_found_and_the_old_one_is_not),
        TEST(what_is_deleted_is_not_found_until_it_is_restored),
        TEST(what_was_rolled_back_is_not_found),
        TEST(a_phone_number_is_found_however_people_write_it),
        TEST(of_a_long_text_the_first_words_are_found),
        TEST(a_list_is_limited_to_the_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
