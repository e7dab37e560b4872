/* test_demo.c - the demo company is alive, plausible and the same for the same seed. */
#include "app_test.h"

#include "app/demo/demo.h"

static struct demo_result demo(uint64_t seed) {
    struct demo_options options = {.business = STR("solar"), .size = 1, .seed = seed, .password_hash = STR("none")};
    struct demo_result result;
    struct errors errors = {.arena = arena};
    bool ok = demo_create(db, arena, &options, &result, &errors);
    if (!ok) print_message("%.*s\n", STR_ARG(errors.first->message));
    assert_true(ok);
    tenant = result.tenant_id;
    return result;
}

static void demo_company_has_leads_everywhere_and_users_of_every_role(void **state) {
    (void)state;
    struct demo_result result = demo(1);
    assert_int_equal(result.leads, 400);
    for (const struct builtin_role *r = builtin_roles; r->name; r++) {
        int found = 0;
        for (int i = 0; i < result.user_count; i++) found += strcmp(result.users[i].role, r->name) == 0;
        assert_true(found > 0);
    }
    assert_int_equal(number("SELECT count(DISTINCT lead_status_id) FROM leads WHERE tenant_id = :tenant"), 8);
    assert_int_equal(number("SELECT count(*) FROM leads WHERE tenant_id = :tenant AND created_at > :now"), 0);
    assert_int_equal(number("SELECT count(*) FROM lead_activities WHERE tenant_id = :tenant AND created_at > :now"), 0);
    assert_int_equal(
        number("SELECT count(*) FROM leads WHERE tenant_id = :tenant AND converted_at IS NOT NULL AND client_id IS NULL"), 0);
    assert_true(number("SELECT max(created_at) - min(created_at) FROM leads WHERE tenant_id = :tenant") > 150 * DAY_MS);
    assert_true(number("SELECT count(*) FROM leads WHERE tenant_id = :tenant AND next_followup_at > :now") > 10);
    assert_true(number("SELECT count(*) FROM leads WHERE tenant_id = :tenant AND next_followup_at < :now") > 10);
}

static void same_seed_makes_the_same_company(void **state) {
    (void)state;
    demo(7);
    static const char values[] = "SELECT sum(estimated_value) FROM leads WHERE tenant_id = :tenant";
    int64_t first = number(values);
    demo(7);
    assert_int_equal(number(values), first);
    demo(8);
    assert_int_not_equal(number(values), first);
}

static void unknown_business_is_refused(void **state) {
    (void)state;
    struct demo_options options = {.business = STR("whaling"), .size = 1, .password_hash = STR("none")};
    struct demo_result result;
    struct errors errors = {.arena = arena};
    assert_false(demo_create(db, arena, &options, &result, &errors));
    assert_int_equal(errors_status(&errors), 422);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(demo_company_has_leads_everywhere_and_users_of_every_role),
        TEST(same_seed_makes_the_same_company),
        TEST(unknown_business_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
