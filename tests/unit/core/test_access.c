/* test_access.c - who reaches which rows: scopes as predicates, grants, denials, and when a change of them is seen. */
#include "core/core_test.h"

/* Two clients, one of ANN's and one of BEN's, in different branches; nobody made either. */
static int64_t anns, bens;

static void make_clients(void) {
    anns = MADE("clients", {"name", TEXT("Ann's")}, {"assigned_to_id", INT(ANN)}, {"location_id", INT(EAST)});
    bens = MADE("clients", {"name", TEXT("Ben's")}, {"assigned_to_id", INT(BEN)}, {"location_id", INT(WEST)});
}

static void may_all(const char *entity, const char *scope) {
    may(entity, "read", scope);
    may(entity, "update", scope);
    may(entity, "delete", scope);
}

/* What ANN can do with a record: "rud" in full. */
static const char *reach(const char *entity, int64_t id) {
    struct ctx *ctx = as(ANN);
    const struct entity *e = registry_get(entity);
    bool reads = query_one(ctx, e, id, MAY_READ, false) != NULL;
    struct value name = row_get(row_of(ONE, entity, id), "name");
    bool updates = update(ctx, entity, id, ARGS({"name", name}, {"email", TEXT("new@tenon.example")}));
    if (!updates) assert_int_equal(status_of(ctx), reads ? 403 : 404);
    bool deletes = erase(ctx, entity, id);
    if (!deletes) assert_int_equal(status_of(ctx), reads ? 403 : 404);
    return str_cstr(arena, str_printf(arena, "%s%s%s", reads ? "r" : "", updates ? "u" : "", deletes ? "d" : ""));
}

static void scope_own_reaches_what_is_assigned_to_me_for_every_verb(void **state) {
    (void)state;
    make_clients();
    may_all("clients", "own");
    assert_string_equal(reach("clients", anns), "rud");
    assert_string_equal(reach("clients", bens), "");
}

static void scope_own_reaches_what_i_created(void **state) {
    (void)state;
    may_all("clients", "own");
    may("clients", "create", "own");
    int64_t mine = create(as(ANN), "clients", ARGS({"name", TEXT("Made by Ann")}, {"assigned_to_id", VALUE_NONE}));
    assert_int_not_equal(mine, 0);
    assert_int_equal(count_of(BEN, "clients"), 0);
    assert_string_equal(reach("clients", mine), "rud");
}

static void scope_location_reaches_the_rows_of_my_branches_for_every_verb(void **state) {
    (void)state;
    make_clients();
    may_all("clients", "location");
    CHANGED("clients", anns, {"assigned_to_id", VALUE_NONE});
    assert_string_equal(reach("clients", anns), "");
    CHANGED("users", ANN, {"location_id", INT(EAST)});
    assert_string_equal(reach("clients", bens), "");
    assert_string_equal(reach("clients", anns), "rud");
}

static void a_second_branch_of_a_user_counts(void **state) {
    (void)state;
    make_clients();
    may_all("clients", "location");
    MADE("user_locations", {"user_id", INT(ANN)}, {"location_id", INT(WEST)});
    assert_string_equal(reach("clients", bens), "rud");
}

static void scope_client_reaches_the_rows_of_my_clients_for_every_verb(void **state) {
    (void)state;
    make_clients();
    may("clients", "read", "client");
    may_all("contacts", "client");
    int64_t near = MADE("contacts", {"name", TEXT("Near")}, {"client_id", INT(anns)});
    int64_t far = MADE("contacts", {"name", TEXT("Far")}, {"client_id", INT(bens)});
    assert_string_equal(reach("contacts", far), "");
    assert_string_equal(reach("contacts", near), "rud");
}

static void scope_all_reaches_everything_in_the_tenant_and_nothing_outside(void **state) {
    (void)state;
    make_clients();
    may_all("clients", "all");
    int64_t foreign = core_test_made(as_system(TWO), "clients", ARGS({"name", TEXT("Foreign")}));
    assert_string_equal(reach("clients", bens), "rud");
    struct ctx *ctx = as(ANN);
    assert_null(query_one(ctx, registry_get("clients"), foreign, MAY_READ, true));
    assert_false(update(ctx, "clients", foreign, ARGS({"name", TEXT("Taken")})));
    assert_int_equal(status_of(ctx), 404);
    assert_false(erase(ctx, "clients", foreign));
    assert_int_equal(status_of(ctx), 404);
    assert_text(row_text(row_of(TWO, "clients", foreign), "name"), "Foreign");
}

static void without_a_grant_nothing_is_allowed(void **state) {
    (void)state;
    make_clients();
    struct ctx *ctx = as(ANN);
    assert_null(query_one(ctx, registry_get("clients"), anns, MAY_READ, false));
    assert_false(update(ctx, "clients", anns, ARGS({"name", TEXT("New")})));
    assert_int_equal(status_of(ctx), 403);
    assert_false(erase(ctx, "clients", anns));
    assert_int_equal(status_of(ctx), 403);
}

static void a_verb_has_its_own_scope(void **state) {
    (void)state;
    make_clients();
    may("clients", "read", "all");
    may("clients", "update", "own");
    assert_string_equal(reach("clients", bens), "r");
    assert_string_equal(reach("clients", anns), "ru");
}

static void the_widest_of_several_roles_counts(void **state) {
    (void)state;
    make_clients();
    may("clients", "read", "own");
    int64_t role = MADE("roles", {"name", TEXT("reader")}, {"label", TEXT("Reader")});
    MADE("role_permissions", {"role_id", INT(role)}, {"resource", TEXT("*")}, {"action", TEXT("read")}, {"scope", TEXT("all")});
    assert_int_equal(count_of(ANN, "clients"), 1);
    MADE("role_users", {"user_id", INT(ANN)}, {"role_id", INT(role)});
    assert_int_equal(count_of(ANN, "clients"), 2);
    assert_int_equal(count_of(BEN, "clients"), 1);
}

static void a_role_in_the_bin_gives_nothing(void **state) {
    (void)state;
    may("clients", "read", "all");
    assert_int_equal(access_scope(as(ANN)->actor, registry_get("clients"), MAY_READ), SCOPE_ALL);
    assert_true(erase(as_system(ONE), "roles", AGENT_ROLE));
    assert_int_equal(access_scope(as(ANN)->actor, registry_get("clients"), MAY_READ), SCOPE_NONE);
}

static void an_administrator_may_do_everything_in_the_tenant(void **state) {
    (void)state;
    make_clients();
    for (int i = 0; i < MAY_COUNT; i++)
        assert_int_equal(access_scope(as(ADMIN)->actor, registry_get("clients"), (enum access_action)i), SCOPE_ALL);
    assert_int_equal(count_of(ADMIN, "clients"), 2);
    assert_int_equal(count_of(ADMIN_TWO, "clients"), 0);
}

static int64_t grant(int64_t user, const char *entity, const char *action, bool granted, struct value expires) {
    return MADE("user_permissions", {"user_id", INT(user)}, {"resource", value_text(str_of(entity))},
                {"action", value_text(str_of(action))}, {"granted", INT(granted)}, {"expires_at", expires});
}

static enum scope scope_now(int64_t user, const char *entity, enum access_action action) {
    return access_scope(as(user)->actor, registry_get(entity), action);
}

static void a_grant_to_one_user_widens(void **state) {
    (void)state;
    may("clients", "read", "own");
    grant(ANN, "clients", "read", true, VALUE_NONE);
    assert_int_equal(scope_now(ANN, "clients", MAY_READ), SCOPE_ALL);
    assert_int_equal(scope_now(BEN, "clients", MAY_READ), SCOPE_OWN);
}

static void a_denial_beats_roles_and_grants(void **state) {
    (void)state;
    may("clients", "*", "all");
    grant(ANN, "clients", "*", true, VALUE_NONE);
    grant(ANN, "clients", "delete", false, VALUE_NONE);
    assert_int_equal(scope_now(ANN, "clients", MAY_DELETE), SCOPE_NONE);
    assert_int_equal(scope_now(ANN, "clients", MAY_UPDATE), SCOPE_ALL);
    assert_int_equal(scope_now(BEN, "clients", MAY_DELETE), SCOPE_ALL);
}

static void a_denial_beats_the_administrator(void **state) {
    (void)state;
    grant(ADMIN, "clients", "export", false, VALUE_NONE);
    assert_int_equal(scope_now(ADMIN, "clients", MAY_EXPORT), SCOPE_NONE);
    assert_int_equal(scope_now(ADMIN, "clients", MAY_READ), SCOPE_ALL);
}

static void an_expired_grant_gives_nothing_and_an_expired_denial_takes_nothing(void **state) {
    (void)state;
    int64_t past = as_system(ONE)->now - 1000;
    may("contacts", "read", "all");
    grant(ANN, "clients", "read", true, INT(past));
    grant(ANN, "contacts", "read", false, INT(past));
    assert_int_equal(scope_now(ANN, "clients", MAY_READ), SCOPE_NONE);
    assert_int_equal(scope_now(ANN, "contacts", MAY_READ), SCOPE_ALL);
}

static void a_grant_that_ends_while_cached_ends_then(void **state) {
    (void)state;
    struct ctx *ctx = as_system(ONE);
    grant(ANN, "clients", "read", true, INT(ctx->now + 1000));
    struct actor *before = actor_load(ctx, ONE, ANN);
    assert_int_equal(access_scope(before, registry_get("clients"), MAY_READ), SCOPE_ALL);
    ctx->now += 1000;
    struct actor *after = actor_load(ctx, ONE, ANN);
    assert_int_equal(access_scope(after, registry_get("clients"), MAY_READ), SCOPE_NONE);
    actor_release(before);
    actor_release(after);
}

static void an_action_of_its_own_follows_update_and_can_be_granted_and_denied_by_name(void **state) {
    (void)state;
    const struct entity *tasks = registry_get("tasks");
    enum access_action complete = access_for_action(tasks, entity_action(tasks, STR("complete")));
    enum access_action reopen = access_for_action(tasks, entity_action(tasks, STR("reopen")));
    assert_int_equal(access_scope(as(ANN)->actor, tasks, complete), SCOPE_NONE);
    may("tasks", "update", "own");
    assert_int_equal(access_scope(as(ANN)->actor, tasks, complete), SCOPE_OWN);
    may("tasks", "complete", "all");
    assert_int_equal(access_scope(as(ANN)->actor, tasks, complete), SCOPE_ALL);
    assert_int_equal(access_scope(as(ANN)->actor, tasks, reopen), SCOPE_OWN);
    grant(ANN, "tasks", "complete", false, VALUE_NONE);
    assert_int_equal(access_scope(as(ANN)->actor, tasks, complete), SCOPE_NONE);
    assert_int_equal(access_scope(as(ANN)->actor, tasks, MAY_UPDATE), SCOPE_OWN);
}

static void a_denied_action_is_refused_with_its_name(void **state) {
    (void)state;
    may("tasks", "*", "all");
    int64_t task = MADE("tasks", {"title", TEXT("Call")});
    grant(ANN, "tasks", "complete", false, VALUE_NONE);
    struct ctx *ann = as(ANN), *ben = as(BEN);
    assert_false(act(ann, "tasks", task, "complete"));
    assert_int_equal(status_of(ann), 403);
    assert_text(ann->errors.first->message, "You may not use 'Complete' on tasks.");
    assert_true(act(ben, "tasks", task, "complete"));
}

static void a_pack_that_is_off_is_out_of_reach_even_for_the_administrator(void **state) {
    (void)state;
    assert_int_equal(scope_now(ADMIN, "clients", MAY_READ), SCOPE_ALL);
    CHANGED("tenants", ONE, {"packs", TEXT("[]")});
    assert_int_equal(scope_now(ADMIN, "clients", MAY_READ), SCOPE_NONE);
    assert_int_equal(scope_now(ADMIN, "tasks", MAY_READ), SCOPE_ALL);
    assert_int_equal(scope_now(ADMIN_TWO, "clients", MAY_READ), SCOPE_ALL);
}

static void what_tenon_writes_itself_is_read_only_and_what_is_internal_is_hidden(void **state) {
    (void)state;
    assert_int_equal(scope_now(ADMIN, "audit_logs", MAY_READ), SCOPE_ALL);
    assert_int_equal(scope_now(ADMIN, "audit_logs", MAY_EXPORT), SCOPE_ALL);
    assert_int_equal(scope_now(ADMIN, "audit_logs", MAY_CREATE), SCOPE_NONE);
    assert_int_equal(scope_now(ADMIN, "audit_logs", MAY_DELETE), SCOPE_NONE);
    assert_int_equal(scope_now(ADMIN, "change_sets", MAY_READ), SCOPE_NONE);
    assert_int_equal(access_scope(as_system(ONE)->actor, registry_get("change_sets"), MAY_READ), SCOPE_ALL);
}

static void of_the_platforms_tables_only_the_own_company_can_be_changed(void **state) {
    (void)state;
    assert_int_equal(scope_now(ADMIN, "tenants", MAY_UPDATE), SCOPE_ALL);
    assert_int_equal(scope_now(ADMIN, "tenants", MAY_CREATE), SCOPE_NONE);
    assert_int_equal(scope_now(ADMIN, "plans", MAY_UPDATE), SCOPE_NONE);
    struct ctx *ctx = as(ADMIN);
    assert_non_null(query_one(ctx, registry_get("tenants"), ONE, MAY_UPDATE, false));
    assert_null(query_one(ctx, registry_get("tenants"), TWO, MAY_UPDATE, false));
    assert_null(query_one(ctx, registry_get("tenants"), TWO, MAY_READ, false));
}

static void a_disabled_user_or_tenant_has_no_actor(void **state) {
    (void)state;
    CHANGED("users", ANN, {"is_active", INT(0)});
    struct ctx *ctx = as_system(0);
    assert_null(actor_load(ctx, ONE, ANN));
    assert_null(actor_load(ctx, TWO, BEN)); // a user of another tenant is nobody
    assert_true(update(as_system(TWO), "tenants", TWO, ARGS({"status", TEXT("suspended")})));
    assert_null(actor_load(ctx, TWO, ADMIN_TWO));
    assert_int_equal(ctx->errors.count, 0);
}

static void an_actor_carries_the_tenants_region_and_the_users_preferences(void **state) {
    (void)state;
    CHANGED("users", ANN, {"timezone", TEXT("Pacific/Auckland")}, {"theme", TEXT("dark")});
    const struct actor *ann = as(ANN)->actor, *ben = as(BEN)->actor;
    assert_text(ann->name, "Ann");
    assert_text(ann->theme, "dark");
    assert_text(ann->currency, "AUD");
    assert_text(ann->country, "AU");
    assert_text(ann->language, "en");
    assert_ptr_equal(ann->zone, zone_find(STR("Pacific/Auckland")));
    assert_ptr_equal(ben->zone, zone_find(STR("Australia/Sydney")));
    assert_string_equal(ann->roles[0], "agent");
    assert_null(ann->roles[1]);
    assert_true(as(ADMIN)->actor->admin);
    assert_false(ann->admin);
}

static void actors_are_shared_until_access_changes(void **state) {
    (void)state;
    struct ctx *ctx = as_system(0);
    struct actor *first = actor_load(ctx, ONE, ANN), *second = actor_load(ctx, ONE, ANN);
    assert_ptr_equal(first, second);
    MADE("clients", {"name", TEXT("No matter of access")});
    struct actor *third = actor_load(ctx, ONE, ANN);
    assert_ptr_equal(first, third);
    may("clients", "read", "all");
    struct actor *fourth = actor_load(ctx, ONE, ANN);
    assert_ptr_not_equal(first, fourth);
    // Whoever still holds the old one may go on using it.
    assert_int_equal(access_scope(first, registry_get("clients"), MAY_READ), SCOPE_NONE);
    assert_int_equal(access_scope(fourth, registry_get("clients"), MAY_READ), SCOPE_ALL);
    actor_release(first);
    actor_release(second);
    actor_release(third);
    actor_release(fourth);
}

static void what_another_process_changed_is_seen_in_seconds(void **state) {
    (void)state;
    struct ctx *ctx = as_system(0);
    struct actor *before = actor_load(ctx, ONE, ANN);
    struct str sql = STR("UPDATE users SET is_active = 0 WHERE id = 102");
    assert_true(db_write_wait(db, DB_PLATFORM, core_test_script, &sql, NULL));
    struct actor *soon = actor_load(ctx, ONE, ANN);
    assert_ptr_equal(before, soon);
    ctx->now += ACTOR_MAX_AGE_MS;
    assert_null(actor_load(ctx, ONE, ANN));
    actor_release(before);
    actor_release(soon);
}

static bool load_then_fail(struct ctx *ctx, void *arg) {
    int64_t role = *(int64_t *)arg;
    struct repo_input in = repo_input(ctx, registry_get("role_permissions"), 0);
    repo_input_value(&in, "role_id", INT(role));
    repo_input_value(&in, "resource", TEXT("clients"));
    repo_input_value(&in, "action", TEXT("read"));
    assert_non_null(repo_create(&in));
    struct actor *inside = actor_load(ctx, ONE, ANN);
    assert_int_equal(access_scope(inside, registry_get("clients"), MAY_READ), SCOPE_OWN);
    actor_release(inside);
    return errors_add(&ctx->errors, 409, "conflict", NULL, "No.");
}

static void what_was_never_committed_gives_no_rights(void **state) {
    (void)state;
    int64_t role = AGENT_ROLE;
    assert_false(ctx_write(as_system(ONE), load_then_fail, &role));
    assert_int_equal(scope_now(ANN, "clients", MAY_READ), SCOPE_NONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(scope_own_reaches_what_is_assigned_to_me_for_every_verb),
        TEST(scope_own_reaches_what_i_created),
        TEST(scope_location_reaches_the_rows_of_my_branches_for_every_verb),
        TEST(a_second_branch_of_a_user_counts),
        TEST(scope_client_reaches_the_rows_of_my_clients_for_every_verb),
        TEST(scope_all_reaches_everything_in_the_tenant_and_nothing_outside),
        TEST(without_a_grant_nothing_is_allowed),
        TEST(a_verb_has_its_own_scope),
        TEST(the_widest_of_several_roles_counts),
        TEST(a_role_in_the_bin_gives_nothing),
        TEST(an_administrator_may_do_everything_in_the_tenant),
        TEST(a_grant_to_one_user_widens),
        TEST(a_denial_beats_roles_and_grants),
        TEST(a_denial_beats_the_administrator),
        TEST(an_expired_grant_gives_nothing_and_an_expired_denial_takes_nothing),
        TEST(a_grant_that_ends_while_cached_ends_then),
        TEST(an_action_of_its_own_follows_update_and_can_be_granted_and_denied_by_name),
        TEST(a_denied_action_is_refused_with_its_name),
        TEST(a_pack_that_is_off_is_out_of_reach_even_for_the_administrator),
        TEST(what_tenon_writes_itself_is_read_only_and_what_is_internal_is_hidden),
        TEST(of_the_platforms_tables_only_the_own_company_can_be_changed),
        TEST(a_disabled_user_or_tenant_has_no_actor),
        TEST(an_actor_carries_the_tenants_region_and_the_users_preferences),
        TEST(actors_are_shared_until_access_changes),
        TEST(what_another_process_changed_is_seen_in_seconds),
        TEST(what_was_never_committed_gives_no_rights),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
