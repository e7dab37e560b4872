/* test_search_index.c - records are found by the beginnings of their words, and never by those of another tenant. */
#include "db_test.h"

#include "db/driver.h"
#include "db/search_index.h"

struct doc {
    int64_t id, tenant;
    const char *entity, *words; /* words NULL: removed */
};

static bool put_docs(struct db_conn *conn, void *arg) {
    for (const struct doc *doc = arg; doc->id; doc++) {
        struct str words = str_of(doc->words);
        enum db_result result = doc->words ? db_search_put(conn, arena, doc->id, doc->tenant, str_of(doc->entity), words)
                                           : db_search_remove(conn, doc->id, doc->tenant);
        if (result != DB_OK) return false;
    }
    return true;
}

static bool put_and_fail(struct db_conn *conn, void *arg) {
    put_docs(conn, arg);
    return false;
}

#define put(...) assert_true(db_write_wait(db, DB_NO_TENANT, put_docs, (struct doc[]){__VA_ARGS__, {0, 0, NULL, NULL}}, NULL))

/* The ids found, newest first, as "3 2 1 ". */
enum way { NEWEST, FETCHED, WALKED, HITS };

static enum search_in in; /* of the index that `found_in` asks */

static const char *found_in(int64_t tenant, const char *entity, const char *words, enum way way) {
    struct db_conn *conn = db_reader(db, &errors);
    struct str name = str_of(entity);
    struct str match = db_search_match(
        conn, arena,
        &(struct search_question){str_of(words), in, .tenant = tenant, .entities = &name, .count = entity != NULL});
    if (match.len == 0) return "no words";
    struct buf sql = buf_new(arena, 256), ids = buf_new(arena, 64);
    if (way == HITS) {
        buf_lit(&sql, "SELECT * FROM (");
        db_search_hits_sql(&sql, db_dialect(db), in, ":match", ":most");
        buf_lit(&sql, ") hits ORDER BY 1 DESC");
    } else if (way != NEWEST) {
        buf_lit(&sql, "SELECT d.id FROM search_docs d WHERE ");
        db_search_match_sql(&sql, db_dialect(db), in, "d.id", ":match", way == WALKED);
        buf_lit(&sql, " ORDER BY d.id DESC LIMIT :most");
    } else {
        db_search_newest_sql(&sql, db_dialect(db), in, ":match", ":most");
    }
    struct db_stmt *stmt = db_prepare(conn, buf_str(&sql));
    db_bind_text(stmt, db_param(stmt, ":match"), match);
    db_bind_int(stmt, db_param(stmt, ":most"), 5);
    enum db_result result;
    while ((result = db_step(stmt)) == DB_ROW) buf_printf(&ids, "%lld ", (long long)db_int(stmt, 0));
    db_reset(stmt);
    assert_int_equal(result, DB_DONE);
    return str_cstr(arena, buf_str(&ids));
}

static const char *found(int64_t tenant, const char *words) {
    const char *newest = found_in(tenant, NULL, words, NEWEST);
    for (enum way way = FETCHED; way <= HITS; way++) assert_string_equal(newest, found_in(tenant, NULL, words, way));
    return newest;
}

static const char *found_anywhere(int64_t tenant, const char *words) {
    in = SEARCH_ANYWHERE;
    const char *ids = found(tenant, words);
    in = SEARCH_BEGINNINGS;
    return ids;
}

static bool make_index(struct db_conn *conn, void *arg) {
    (void)arg;
    struct buf ddl = buf_new(arena, 512);
    db_dialect(conn->db)->search_ddl(&ddl);
    return db_script(conn, buf_str(&ddl)) == DB_OK;
}

static int open_index(void **state) {
    open_database(state);
    return db_write_wait(db, DB_NO_TENANT, make_index, NULL, NULL) ? 0 : 1;
}

static void words_are_found_by_their_beginnings_newest_first(void **state) {
    (void)state;
    put({1, 17, "clients", "Meridian Cold Chain"}, {2, 17, "leads", "Meridith Moss"}, {3, 17, "leads", "Cold River Solar"});
    assert_string_equal(found(17, "merid"), "2 1 ");
    assert_string_equal(found(17, "MERIDIAN"), "1 ");
    assert_string_equal(found(17, "col me"), "1 ");
    assert_string_equal(found(17, "cold"), "3 1 ");
    assert_string_equal(found(17, "old"), "");
    assert_string_equal(found(17, "c"), "3 1 ");
    assert_string_equal(found(17, "meridiana"), "");
}

static void a_part_of_a_word_finds_it_too(void **state) {
    (void)state;
    put({1, 17, "clients", "Meridian Cold Chain"}, {2, 17, "leads", "Obsidian Łódź"}, {3, 18, "leads", "Meridian"});
    assert_string_equal(found_anywhere(17, "idian"), "2 1 ");
    assert_string_equal(found_anywhere(17, "RIDIA col"), "1 ");
    assert_string_equal(found_anywhere(17, "meridian"), "1 ");
    assert_string_equal(found_anywhere(17, "ian"), "2 1 ");
    assert_string_equal(found_anywhere(17, "ódź"), "2 ");
    assert_string_equal(found_anywhere(17, "idiam"), "");
    assert_string_equal(found_anywhere(17, "an cold"), "");
    assert_string_equal(found_anywhere(17, "leads"), "");
    assert_string_equal(found_anywhere(18, "eridi"), "3 ");
    assert_string_equal(found(17, "idian"), "");
    put({1, 17, "clients", "Lodestar"}, {2, 17, "", NULL});
    assert_string_equal(found_anywhere(17, "idian"), "");
    assert_string_equal(found_anywhere(17, "star"), "1 ");
    assert_true(write_sql("INSERT INTO search_parts (search_parts) VALUES ('integrity-check')"));
}

static void a_part_has_three_letters_and_begins_in_the_first_thirty_two(void **state) {
    (void)state;
    put({1, 17, "clients", "abcdefghijklmnopqrstuvwxyz0123456789"});
    assert_string_equal(found_anywhere(17, "567"), "1 ");
    assert_string_equal(found_anywhere(17, "6789"), "");
    struct db_conn *conn = db_reader(db, &errors);
    assert_int_equal(db_search_in(conn, STR("cold cha")), SEARCH_ANYWHERE);
    assert_int_equal(db_search_in(conn, STR("ódź")), SEARCH_ANYWHERE);
    assert_int_equal(db_search_in(conn, STR("ódź ch")), SEARCH_BEGINNINGS);
    assert_int_equal(db_search_in(conn, STR("株式")), SEARCH_BEGINNINGS);
}

static void case_accents_and_scripts_do_not_matter(void **state) {
    (void)state;
    put({1, 17, "clients", "Zoë O'Brien-Müller, 2/14 Łódź St; e-mail zoe@müller.example"},
        {2, 17, "clients", "Ирина Ковалёва 株式会社"});
    assert_string_equal(found(17, "ZOE"), "1 ");
    assert_string_equal(found(17, "mull brien"), "1 ");
    assert_string_equal(found(17, "müller.EXAMPLE"), "1 ");
    assert_string_equal(found(17, "14 2"), "1 ");
    assert_string_equal(found(17, "ИРИНА ковалё"), "2 ");
    assert_string_equal(found(17, "株式"), "2 ");
}

static void words_of_another_tenant_are_never_found(void **state) {
    (void)state;
    put({1, 1, "clients", "alpha 17|meridian 0000000H|x"}, {2, 17, "clients", "beta"}, {3, 117, "clients", "gamma"},
        {4, INT64_MAX, "clients", "delta"}, {5, 2, "clients", "alpha"});
    assert_string_equal(found(17, "beta"), "2 ");
    assert_string_equal(found(1, "beta"), "");
    assert_string_equal(found(7, "gamma"), "");
    assert_string_equal(found(17, "meridian"), "");
    assert_string_equal(found(1, "17 meridian"), "1 ");
    assert_string_equal(found(1, "alpha"), "1 ");
    assert_string_equal(found(INT64_MAX, "delta"), "4 ");
    assert_string_equal(found(INT64_MAX - 1, "delta"), "");
    const char *attacks[] = {"00000000H|beta", "00000000Hclients|beta", "00000000H=clients", "\"beta\" OR beta",
                             "* OR beta",      "beta*\" OR \"x",        "=clients",          "clients"};
    for (size_t i = 0; i < sizeof attacks / sizeof *attacks; i++) assert_string_equal(found(1, attacks[i]), "");
    /* As the index keeps them: each term begins with a tenant that its document belongs to. */
    assert_true(write_sql("CREATE VIRTUAL TABLE vocabulary USING fts5vocab(search_fts, instance)"));
    assert_int_equal(read_int("SELECT count(*) FROM vocabulary v JOIN search_docs d ON d.id = v.doc"
                              " WHERE substr(v.term, 1, 9) <> substr(d.words, 1, 9)"),
                     0);
    assert_true(read_int("SELECT count(*) FROM vocabulary") > 10);
}

static void only_the_entities_asked_for_are_found(void **state) {
    (void)state;
    put({1, 17, "clients", "meridian"}, {2, 17, "client", "meridian"}, {3, 17, "leads", "meridian clients"});
    assert_string_equal(found_in(17, "clients", "merid", NEWEST), "1 ");
    assert_string_equal(found_in(17, "client", "merid", WALKED), "2 ");
    assert_string_equal(found_in(17, "deals", "merid", NEWEST), "");
    struct str both[] = {STR("clients"), STR("leads")};
    struct db_conn *conn = db_reader(db, &errors);
    struct search_question question = {STR("merid"), in, .tenant = 17, .entities = both, .count = 2};
    struct str match = db_search_match(conn, arena, &question);
    struct buf sql = buf_new(arena, 256);
    db_search_newest_sql(&sql, db_dialect(db), in, "?1", "?2");
    struct db_stmt *stmt = db_prepare(conn, buf_str(&sql));
    db_bind_text(stmt, 1, match);
    db_bind_int(stmt, 2, 10);
    assert_int_equal(db_step(stmt), DB_ROW);
    assert_int_equal(db_int(stmt, 0), 3);
    assert_text(db_text(stmt, 1), "leads");
    assert_int_equal(db_step(stmt), DB_ROW);
    assert_int_equal(db_int(stmt, 0), 1);
    assert_text(db_text(stmt, 1), "clients");
    assert_int_equal(db_step(stmt), DB_DONE);
    db_reset(stmt);
}

static void a_change_replaces_the_words_and_a_removal_takes_them_away(void **state) {
    (void)state;
    put({1, 17, "clients", "meridian cold"}, {2, 17, "clients", "meridian warm"});
    put({1, 17, "clients", "lodestar cold"});
    assert_string_equal(found(17, "meridian"), "2 ");
    assert_string_equal(found(17, "lodestar"), "1 ");
    put({2, 17, "", NULL}, {3, 17, "", NULL});
    assert_string_equal(found(17, "meridian"), "");
    /* Several changes of one record in one transaction count as the last. */
    put({1, 17, "clients", "one"}, {1, 17, "clients", "two"}, {4, 17, "clients", "three"}, {4, 17, "", NULL},
        {5, 17, "clients", "four"}, {5, 17, "", NULL}, {5, 17, "clients", "five"});
    assert_string_equal(found(17, "one"), "");
    assert_string_equal(found(17, "t"), "1 ");
    assert_string_equal(found(17, "lodestar"), "");
    assert_string_equal(found(17, "f"), "5 ");
    assert_true(write_sql("INSERT INTO search_fts (search_fts) VALUES ('integrity-check')"));
}

static void what_a_failed_job_put_is_not_found(void **state) {
    (void)state;
    put({1, 17, "clients", "meridian"});
    struct doc docs[] = {{1, 17, "clients", "lodestar"}, {2, 17, "clients", "kestrel"}, {0, 0, NULL, NULL}};
    assert_false(db_write_wait(db, DB_NO_TENANT, put_and_fail, docs, NULL));
    put({3, 17, "clients", "harrier"});
    assert_string_equal(found(17, "lodestar"), "");
    assert_string_equal(found(17, "kestrel"), "");
    assert_string_equal(found(17, "meridian"), "1 ");
    assert_string_equal(found(17, "harrier"), "3 ");
    assert_true(write_sql("INSERT INTO search_fts (search_fts) VALUES ('integrity-check')"));
}

static void text_without_a_word_finds_nothing(void **state) {
    (void)state;
    put({1, 17, "clients", "meridian"}, {2, 17, "clients", ""});
    const char *empty[] = {"", " ", "\"", "|*()-"};
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) assert_string_equal(found(17, empty[i]), "no words");
    assert_string_equal(found(17, "' OR 1=1 --"), "");
}

static void long_words_and_many_words_are_cut_the_same_way(void **state) {
    (void)state;
    char text[400], longer[400];
    memset(text, 'a', sizeof text);
    text[200] = 0;
    put({1, 17, "clients", text});
    memset(longer, 'a', sizeof longer);
    longer[300] = 0;
    assert_string_equal(found(17, longer), "1 ");
    assert_string_equal(found(17, "aaaa"), "1 ");
    /* Three bytes each: the limit falls into a character. */
    struct buf wide = buf_new(arena, 200);
    for (int i = 0; i < 40; i++) buf_lit(&wide, "語");
    put({2, 17, "clients", str_cstr(arena, buf_str(&wide))});
    assert_string_equal(found(17, str_cstr(arena, buf_str(&wide))), "2 ");
    put({3, 17, "clients", "k1 k2 k3 k4 k5 k6 k7 k8"});
    assert_string_equal(found(17, "k1 k2 k3 k4 k5 k6 k7 k8 nowhere"), "3 ");
    assert_string_equal(found(17, "k1 k2 nowhere"), "");
}

static void the_limit_keeps_the_newest(void **state) {
    (void)state;
    for (int64_t id = 1; id <= 300; id++) put({id, 17 + id % 2, "clients", "common word"});
    assert_string_equal(found(17, "common"), "300 298 296 294 292 ");
    assert_string_equal(found(18, "wo com"), "299 297 295 293 291 ");
}

int main(void) {
#define INDEX_TEST(function) cmocka_unit_test_setup_teardown(function, open_index, close_database)
    const struct CMUnitTest tests[] = {
        INDEX_TEST(words_are_found_by_their_beginnings_newest_first),
        INDEX_TEST(a_part_of_a_word_finds_it_too),
        INDEX_TEST(a_part_has_three_letters_and_begins_in_the_first_thirty_two),
        INDEX_TEST(case_accents_and_scripts_do_not_matter),
        INDEX_TEST(words_of_another_tenant_are_never_found),
        INDEX_TEST(only_the_entities_asked_for_are_found),
        INDEX_TEST(a_change_replaces_the_words_and_a_removal_takes_them_away),
        INDEX_TEST(what_a_failed_job_put_is_not_found),
        INDEX_TEST(text_without_a_word_finds_nothing),
        INDEX_TEST(long_words_and_many_words_are_cut_the_same_way),
        INDEX_TEST(the_limit_keeps_the_newest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
