/* test_records.c - the rules of clients, contacts, addresses, locations, tasks and files. */
#include "app_test.h"

static void client_is_called_by_its_company_or_person(void **state) {
    (void)state;
    assert_string_equal(text_of("clients", made("clients", "company_name=Engines", "first_name=Ada"), "name"), "Engines");
    assert_string_equal(text_of("clients", made("clients", "first_name=Ada", "last_name=Lovelace"), "name"), "Ada Lovelace");
    assert_false(create(admin, "clients", "email=ada@post.example"));
    assert_refused(422, "name");
}

static void client_is_active_exactly_while_its_status_says_so(void **state) {
    (void)state;
    int64_t client = made("clients", "name=Engines");
    assert_done(update(admin, "clients", client, "status=suspended"));
    assert_int_equal(int_of("clients", client, "is_active"), 0);
    assert_done(update(admin, "clients", client, "is_active=true"));
    assert_string_equal(text_of("clients", client, "status"), "active");
    assert_done(update(admin, "clients", client, "is_active=false"));
    assert_string_equal(text_of("clients", client, "status"), "inactive");
}

static void contract_does_not_end_before_it_starts(void **state) {
    (void)state;
    assert_false(create(admin, "clients", "name=Engines", "contract_start_date=2026-05-01", "contract_end_date=2026-04-30"));
    assert_refused(422, "contract_end_date");
    assert_done(create(admin, "clients", "name=Engines", "contract_start_date=2026-05-01", "contract_end_date=2026-05-01"));
}

static void client_has_one_primary_of_each(void **state) {
    (void)state;
    int64_t client = made("clients", "name=Engines"), other = made("clients", "name=Looms");
    const char *of = with("client_id", client);
    int64_t first = app_test_made(create(admin, "contacts", "name=Ada", of, "is_primary=true"));
    int64_t elsewhere = app_test_made(create(admin, "contacts", "name=Joseph", with("client_id", other), "is_primary=true"));
    int64_t second = app_test_made(create(admin, "contacts", "name=Charles", of, "is_primary=true"));
    assert_int_equal(int_of("contacts", first, "is_primary"), 0);
    assert_int_equal(int_of("contacts", second, "is_primary"), 1);
    assert_int_equal(int_of("contacts", elsewhere, "is_primary"), 1);
    assert_done(create(admin, "addresses", "address_line1=1 High Street", of, "is_primary=true"));
    assert_done(create(admin, "addresses", "address_line1=2 High Street", of, "is_primary=true"));
    assert_int_equal(number("SELECT count(*) FROM addresses WHERE tenant_id = :tenant AND is_primary = 1"), 1);
    assert_done(create(admin, "locations", "name=Mill", of, "is_primary=true"));
    assert_done(create(admin, "locations", "name=Yard", of, "is_primary=true"));
    assert_done(create(admin, "locations", "name=Head office", "is_primary=true")); // a branch of our own
    assert_int_equal(number("SELECT count(*) FROM locations WHERE tenant_id = :tenant AND is_primary = 1"), 2);
}

static void restored_contact_leaves_the_primary_one_its_place(void **state) {
    (void)state;
    const char *of = with("client_id", made("clients", "name=Engines"));
    int64_t first = made("contacts", "name=Ada", of, "is_primary=true");
    assert_done(drop(admin, "contacts", first));
    int64_t second = made("contacts", "name=Charles", of, "is_primary=true");
    assert_done(restore(admin, "contacts", first));
    assert_int_equal(int_of("contacts", first, "is_primary"), 0);
    assert_int_equal(int_of("contacts", second, "is_primary"), 1);
    assert_done(drop(admin, "contacts", second));
    assert_done(restore(admin, "contacts", second));
    assert_int_equal(int_of("contacts", second, "is_primary"), 1);
}

static void task_says_when_it_was_done_and_who_gave_it(void **state) {
    (void)state;
    int64_t task = app_test_made(create(agent, "tasks", "title=Call Ada"));
    assert_int_equal(int_of("tasks", task, "assigned_to_id"), agent);
    assert_int_equal(int_of("tasks", task, "assigned_by_id"), agent);
    assert_done(act(agent, "tasks", task, "complete"));
    assert_string_equal(text_of("tasks", task, "status"), "done");
    assert_false(row_null(row_of("tasks", task), "completed_at"));
    assert_false(act(agent, "tasks", task, "complete"));
    assert_refused(409, "status");
    assert_done(act(agent, "tasks", task, "reopen"));
    assert_true(row_null(row_of("tasks", task), "completed_at"));
    assert_done(update(admin, "tasks", task, with("assigned_to_id", admin)));
    assert_int_equal(int_of("tasks", task, "assigned_by_id"), admin);
    assert_done(update(admin, "tasks", task, "status=done")); // as a card dragged on the board
    assert_false(row_null(row_of("tasks", task), "completed_at"));
}

static void file_of_a_client_is_about_the_client(void **state) {
    (void)state;
    int64_t client = made("clients", "name=Engines");
    int64_t file = made("files", "name=plan.pdf", with("client_id", client));
    assert_string_equal(text_of("files", file, "subject_type"), "clients");
    assert_int_equal(int_of("files", file, "subject_id"), client);
}

static void file_is_made_by_its_content_only(void **state) {
    (void)state;
    assert_false(create(admin, "files", "name=plan.pdf"));
    assert_refused(422, NULL);
}

static void saved_view_is_for_records_that_there_are(void **state) {
    (void)state;
    assert_done(create(agent, "saved_views", "name=Hot", "entity=leads", "query=filter[rating]=hot"));
    assert_false(create(agent, "saved_views", "name=Odd", "entity=events"));
    assert_refused(422, "entity");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(client_is_called_by_its_company_or_person),
        TEST(client_is_active_exactly_while_its_status_says_so),
        TEST(contract_does_not_end_before_it_starts),
        TEST(client_has_one_primary_of_each),
        TEST(restored_contact_leaves_the_primary_one_its_place),
        TEST(task_says_when_it_was_done_and_who_gave_it),
        TEST(file_of_a_client_is_about_the_client),
        TEST(file_is_made_by_its_content_only),
        TEST(saved_view_is_for_records_that_there_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
