/* test_people.c - the rules of users, roles, permissions and company accounts. */
#include "app_test.h"

#include "core/password.h"

static int64_t role_named(const char *name) {
    return sql_int(app_test_ctx(0), "SELECT id FROM roles WHERE tenant_id = :tenant AND name = :name",
                   ARGS({":name", value_text(str_of(name))}));
}
static int64_t membership_of(int64_t user) {
    return sql_int(app_test_ctx(0), "SELECT id FROM role_users WHERE tenant_id = :tenant AND user_id = :user",
                   ARGS({":user", value_int(user)}));
}
static int64_t sessions_of(int64_t user) {
    return sql_int(app_test_ctx(0), "SELECT count(*) FROM sessions WHERE tenant_id = :tenant AND user_id = :user",
                   ARGS({":user", value_int(user)}));
}

static void email_is_unique_whatever_its_case(void **state) {
    (void)state;
    assert_string_equal(text_of("users", admin, "email"), "nora@fernhill.example");
    assert_false(create(admin, "users", "name=Other Tom", "email=TOM@fernhill.example"));
    assert_refused(409, "email");
}

static void password_is_kept_as_a_hash_only(void **state) {
    (void)state;
    int64_t user = app_test_made(create(admin, "users", "name=Ada", "email=ada@fernhill.example", "password=engine difference"));
    struct str hash = row_text(row_of("users", user), "password_hash");
    assert_true(str_starts(hash, STR("$argon2id$")));
    assert_true(password_verify(STR("engine difference"), hash));
    assert_false(password_verify(STR("engine Difference"), hash));
    assert_true(row_null(row_of("users", user), "password"));
    assert_int_equal(number("SELECT count(*) FROM audit_logs WHERE tenant_id = :tenant AND changes LIKE '%argon%'"), 0);
}

static void weak_passwords_are_refused(void **state) {
    (void)state;
    static const char *const weak[] = {"password=short", "password=Password2026!", "password=12345678", "password=aaaaaaaaaa",
                                       "password=eve@fernhill.example"};
    for (size_t i = 0; i < sizeof weak / sizeof *weak; i++) {
        assert_false(create(admin, "users", "name=Eve", "email=eve@fernhill.example", weak[i]));
        assert_refused(422, "password");
    }
}

static void hash_cannot_be_given_from_outside(void **state) {
    (void)state;
    assert_false(update(admin, "users", agent, "password_hash=mine"));
    assert_int_equal(errors_status(&last->errors), 422);
}

static void nobody_disables_or_deletes_themselves(void **state) {
    (void)state;
    made("role_users", with("user_id", agent), with("role_id", role_named("tenant_admin"))); // so that one is left
    assert_false(update(admin, "users", admin, "is_active=false"));
    assert_refused(409, NULL);
    assert_false(drop(admin, "users", admin));
    assert_refused(409, NULL);
}

static void last_active_administrator_stays(void **state) {
    (void)state;
    assert_false(update(0, "users", admin, "is_active=false"));
    assert_refused(409, NULL);
    assert_false(drop(0, "users", admin));
    assert_refused(409, NULL);
    assert_false(drop(admin, "role_users", membership_of(admin)));
    assert_refused(409, NULL);
    made("role_users", with("user_id", agent), with("role_id", role_named("tenant_admin")));
    assert_done(update(0, "users", admin, "is_active=false"));
}

static void disabled_user_is_signed_out_everywhere(void **state) {
    (void)state;
    made("sessions", with("user_id", agent), "token_hash=a", "expires_at=2030-01-01T00:00:00Z");
    made("sessions", with("user_id", agent), "token_hash=b", "expires_at=2030-01-01T00:00:00Z");
    assert_int_equal(sessions_of(agent), 2);
    assert_done(update(admin, "users", agent, "job_title=Sales"));
    assert_int_equal(sessions_of(agent), 2);
    assert_done(update(admin, "users", agent, "is_active=false"));
    assert_int_equal(sessions_of(agent), 0);
}

static void new_password_ends_other_sessions(void **state) {
    (void)state;
    made("sessions", with("user_id", agent), "token_hash=a", "expires_at=2030-01-01T00:00:00Z");
    assert_done(update(admin, "users", agent, "password=engine difference"));
    assert_int_equal(sessions_of(agent), 0);
}

static void builtin_role_is_neither_renamed_nor_deleted(void **state) {
    (void)state;
    int64_t role = role_named("sales_agent");
    assert_false(update(admin, "roles", role, "label=Seller"));
    assert_refused(409, "label");
    assert_false(update(admin, "roles", role, "name=seller"));
    assert_false(drop(admin, "roles", role));
    assert_refused(409, NULL);
    int64_t own = app_test_made(create(admin, "roles", "name=reception", "label=Reception"));
    assert_done(update(admin, "roles", own, "label=Front desk"));
    assert_done(drop(admin, "roles", own));
}

static void permissions_name_what_there_is(void **state) {
    (void)state;
    const char *role = with("role_id", role_named("crew"));
    assert_done(create(admin, "role_permissions", role, "resource=leads", "action=convert", "scope=own"));
    assert_false(create(admin, "role_permissions", role, "resource=unicorns", "action=read", "scope=own"));
    assert_refused(422, "resource");
    assert_false(create(admin, "role_permissions", role, "resource=leads", "action=fly", "scope=own"));
    assert_refused(422, "action");
    assert_false(create(admin, "role_permissions", with("role_id", role_named("tenant_admin")), "resource=leads", "action=read"));
    assert_refused(409, "role_id");
    assert_false(drop(admin, "role_permissions",
                      number("SELECT p.id FROM role_permissions p JOIN roles r ON r.id = p.role_id "
                             "WHERE p.tenant_id = :tenant AND r.name = 'tenant_admin'")));
    assert_refused(409, "role_id");
}

static void agent_gives_nobody_a_role(void **state) {
    (void)state;
    assert_false(create(agent, "role_users", with("user_id", agent), with("role_id", role_named("tenant_admin"))));
    assert_int_equal(errors_status(&last->errors), 403);
    assert_false(create(agent, "user_permissions", with("user_id", agent), "resource=*", "action=*"));
    assert_int_equal(errors_status(&last->errors), 403);
    assert_false(update(agent, "users", admin, "password=engine difference"));
    assert_int_equal(errors_status(&last->errors), 403);
}

static void only_an_administrator_changes_the_company(void **state) {
    (void)state;
    assert_done(update(admin, "tenants", tenant, "timezone=Australia/Brisbane", "name=Fernhill"));
    assert_false(update(admin, "tenants", tenant, "timezone=Mars/Olympus"));
    assert_refused(422, "timezone");
    assert_false(update(admin, "tenants", tenant, "currency=ABC"));
    assert_refused(422, "currency");
    assert_false(update(admin, "tenants", tenant, "status=closed"));
    assert_refused(422, "status");
    assert_false(update(agent, "tenants", tenant, "name=Mine"));
    assert_int_equal(errors_status(&last->errors), 403);
    assert_false(create(admin, "tenants", "name=Second"));
    assert_int_equal(errors_status(&last->errors), 403);
    assert_false(drop(admin, "tenants", tenant));
    assert_int_equal(errors_status(&last->errors), 403);
}

static void second_company_starts_alike_and_apart(void **state) {
    (void)state;
    int64_t first = tenant;
    tenant = 0;
    last = app_test_ctx(0);
    assert_done(ctx_write(last, app_test_company, NULL));
    assert_int_not_equal(tenant, first);
    assert_string_equal(text_of("tenants", tenant, "slug"), "fernhill-solar-2");
    assert_int_equal(number("SELECT count(*) FROM lead_statuses WHERE tenant_id = :tenant"), 8);
    assert_int_equal(number("SELECT count(*) FROM users WHERE tenant_id = :tenant"), 2);
    assert_int_equal(number("SELECT count(*) FROM roles WHERE tenant_id = :tenant AND is_system = 1"), 9);
}

static void every_builtin_role_signs_in_and_reads_something(void **state) {
    (void)state;
    bool used[SCOPE_ALL + 1] = {false};
    for (const struct builtin_role *r = builtin_roles; r->name; r++) {
        struct str email = str_printf(arena, "email=%s@role.example", r->name);
        int64_t user = app_test_made(create(admin, "users", "name=Somebody", str_cstr(arena, email)));
        made("role_users", with("user_id", user), with("role_id", role_named(r->name)));
        const struct actor *actor = app_test_ctx(user)->actor;
        int readable = 0;
        for (int e = 0; e < registry_count(); e++) {
            enum scope scope = access_scope(actor, registry_at(e), MAY_READ);
            used[scope] = true;
            readable += scope != SCOPE_NONE;
        }
        assert_true(readable > 0);
        assert_int_equal(actor->admin, strcmp(r->name, "tenant_admin") == 0);
    }
    for (enum scope s = SCOPE_NONE; s <= SCOPE_ALL; s++) assert_true(used[s]);
}

static void grants_name_entities_that_exist_once(void **state) {
    (void)state;
    int64_t grants = 0;
    for (const struct role_grant *g = role_grants; g->role; g++) {
        struct str entities = str_of(g->entities), entity;
        while (str_word(&entities, &entity)) {
            assert_true(str_eqc(entity, "*") || registry_find(entity) != NULL);
            struct str actions = str_of(g->actions), action;
            while (str_word(&actions, &action)) grants++;
        }
    }
    assert_int_equal(number("SELECT count(*) FROM role_permissions WHERE tenant_id = :tenant"), grants);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(email_is_unique_whatever_its_case),
        TEST(password_is_kept_as_a_hash_only),
        TEST(weak_passwords_are_refused),
        TEST(hash_cannot_be_given_from_outside),
        TEST(nobody_disables_or_deletes_themselves),
        TEST(last_active_administrator_stays),
        TEST(disabled_user_is_signed_out_everywhere),
        TEST(new_password_ends_other_sessions),
        TEST(builtin_role_is_neither_renamed_nor_deleted),
        TEST(permissions_name_what_there_is),
        TEST(agent_gives_nobody_a_role),
        TEST(only_an_administrator_changes_the_company),
        TEST(second_company_starts_alike_and_apart),
        TEST(every_builtin_role_signs_in_and_reads_something),
        TEST(grants_name_entities_that_exist_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
