/* test_change_set.c - what was done in one go is undone in one go, unless somebody has been there since. */
#include "core/core_test.h"

#include "core/change_set.h"

/* ---- several changes in one set -------------------------------------------------------------------------------------- */

/* One change in a set: a save as in core_test.h. */
struct in_set {
    struct saving *savings;
    int count;
    int64_t set;
};

static bool save_in_set(struct ctx *ctx, void *arg) {
    struct in_set *s = arg;
    s->set = change_set_begin(ctx, "bulk", s->savings[0].entity, STR("A test"));
    for (int i = 0; i < s->count; i++)
        if (!core_test_save(ctx, &s->savings[i])) return false;
    return change_set_end(ctx, s->set, s->count);
}

/* The set's id. */
static int64_t in_one_set(struct ctx *ctx, struct saving *savings, int count) {
    struct in_set s = {savings, count, 0};
    bool ok = ctx_write(ctx, save_in_set, &s);
    core_test_print(&ctx->errors);
    assert_true(ok);
    assert_int_equal(ctx->change_set_id, 0);
    return s.set;
}
#define ONE_SET(ctx, ...)                                                                                                        \
    in_one_set(ctx, (struct saving[]){__VA_ARGS__}, (int)(sizeof((struct saving[]){__VA_ARGS__}) / sizeof(struct saving)))
#define SAVE(what, name, record, ...)                                                                                            \
    { .verb = (what), .entity = registry_get(name), .id = (record), .values = ARGS(__VA_ARGS__) }

static struct undo_result undone(struct ctx *ctx, int64_t set) {
    struct undo_result result;
    errors_clear(&ctx->errors);
    bool ok = change_set_undo(ctx, set, &result);
    core_test_print(&ctx->errors);
    assert_true(ok);
    return result;
}
static int status_of_undo(struct ctx *ctx, int64_t set) {
    struct undo_result result;
    errors_clear(&ctx->errors);
    return change_set_undo(ctx, set, &result) ? 200 : status_of(ctx);
}

static int64_t client(void) {
    return MADE("clients", {"name", TEXT("Meridian")}, {"hourly_rate", INT(12050)}, {"currency", TEXT("AUD")});
}
static int64_t new_lead(void) {
    MADE("lead_statuses", {"name", TEXT("New")}, {"is_default", INT(1)});
    return MADE("leads", {"name", TEXT("Kim")});
}
static struct str name_of(int64_t id) {
    return row_text(row_of(ONE, "clients", id), "name");
}

/* The set that a delete made, as its answer offers it. */
static int64_t set_of_delete(struct ctx *ctx, const char *entity, int64_t id) {
    assert_true(erase(ctx, entity, id));
    assert_int_not_equal(ctx->ended_set_id, 0);
    return ctx->ended_set_id;
}

/* ---- undo ------------------------------------------------------------------------------------------------------------ */

static void an_undone_change_puts_every_field_back(void **state) {
    (void)state;
    int64_t id = client();
    int64_t set = ONE_SET(as(ADMIN), SAVE("update", "clients", id, {"name", TEXT("New")}, {"hourly_rate", INT(100)},
                                          {"currency", TEXT("JPY")}, {"payment_terms_days", INT(14)}, {"tags", TEXT("[\"a\"]")}));
    struct undo_result result = undone(as(ADMIN), set);
    assert_int_equal(result.undone, 1);
    assert_int_equal(result.conflicts, 0);
    struct row *row = row_of(ONE, "clients", id);
    assert_text(row_text(row, "name"), "Meridian");
    assert_int_equal(row_int(row, "hourly_rate"), 12050);
    assert_text(row_text(row, "currency"), "AUD");
    assert_true(row_null(row, "payment_terms_days"));
    assert_true(row_null(row, "tags"));
    assert_int_equal(row_int(row, "version"), 3);
}

static void an_undone_creation_is_deleted(void **state) {
    (void)state;
    struct saving make[] = {SAVE("create", "clients", 0, {"name", TEXT("One")}),
                            SAVE("create", "clients", 0, {"name", TEXT("Two")})};
    int64_t set = in_one_set(as(ADMIN), make, 2);
    assert_int_equal(undone(as(ADMIN), set).undone, 2);
    assert_false(is_live("clients", make[0].saved));
    assert_false(is_live("clients", make[1].saved));
}

static void an_undone_delete_brings_back_what_hung_on_it(void **state) {
    (void)state;
    int64_t id = client();
    int64_t contact = MADE("contacts", {"name", TEXT("Kim")}, {"client_id", INT(id)});
    int64_t note = MADE("notes", {"content", TEXT("Hello")}, {"subject_type", TEXT("clients")}, {"subject_id", INT(id)});
    int64_t set = set_of_delete(as(ADMIN), "clients", id);
    assert_false(is_live("contacts", contact));
    assert_false(is_live("notes", note));
    assert_int_equal(undone(as(ADMIN), set).conflicts, 0);
    assert_true(is_live("clients", id));
    assert_true(is_live("contacts", contact));
    assert_true(is_live("notes", note));
}

static void an_undone_delete_points_again_to_what_it_cleared(void **state) {
    (void)state;
    int64_t branch = MADE("locations", {"name", TEXT("South")});
    int64_t id = client();
    CHANGED("clients", id, {"location_id", INT(branch)});
    int64_t set = set_of_delete(as(ADMIN), "locations", branch);
    assert_true(row_null(row_of(ONE, "clients", id), "location_id"));
    undone(as(ADMIN), set);
    assert_true(is_live("locations", branch));
    assert_int_equal(row_int(row_of(ONE, "clients", id), "location_id"), branch);
}

static void several_changes_of_one_field_go_back_to_the_first_value(void **state) {
    (void)state;
    int64_t id = client();
    int64_t set = ONE_SET(as(ADMIN), SAVE("update", "clients", id, {"name", TEXT("Second")}),
                          SAVE("update", "clients", id, {"name", TEXT("Third")}));
    assert_int_equal(undone(as(ADMIN), set).undone, 2);
    assert_text(name_of(id), "Meridian");
}

static void an_undone_action_returns_to_the_state_before(void **state) {
    (void)state;
    int64_t task = MADE("tasks", {"title", TEXT("Call")});
    int64_t set = ONE_SET(as(ADMIN), {.verb = "complete", .entity = registry_get("tasks"), .id = task});
    assert_int_equal(undone(as(ADMIN), set).undone, 1);
    assert_text(row_text(row_of(ONE, "tasks", task), "status"), "open");
    assert_true(row_null(row_of(ONE, "tasks", task), "completed_at"));
}

/* ---- conflicts ------------------------------------------------------------------------------------------------------- */

static void what_somebody_changed_since_is_left_and_the_rest_goes_back(void **state) {
    (void)state;
    int64_t first = client(), second = client();
    int64_t set = ONE_SET(as(ADMIN), SAVE("update", "clients", first, {"name", TEXT("New")}, {"payment_terms_days", INT(14)}),
                          SAVE("update", "clients", second, {"name", TEXT("New")}));
    CHANGED("clients", first, {"name", TEXT("Somebody's")});
    struct undo_result result = undone(as(ADMIN), set);
    assert_int_equal(result.undone, 2);
    assert_int_equal(result.conflicts, 1);
    assert_text(name_of(first), "Somebody's");
    assert_true(row_null(row_of(ONE, "clients", first), "payment_terms_days"));
    assert_text(name_of(second), "Meridian");
}

static void what_is_back_already_is_no_conflict(void **state) {
    (void)state;
    int64_t id = client();
    int64_t set = ONE_SET(as(ADMIN), SAVE("update", "clients", id, {"name", TEXT("New")}));
    CHANGED("clients", id, {"name", TEXT("Meridian")});
    struct undo_result result = undone(as(ADMIN), set);
    assert_int_equal(result.undone, 0);
    assert_int_equal(result.conflicts, 0);
}

static void what_was_deleted_since_is_left(void **state) {
    (void)state;
    int64_t id = client();
    int64_t set = ONE_SET(as(ADMIN), SAVE("update", "clients", id, {"name", TEXT("New")}));
    assert_true(erase(as_system(ONE), "clients", id));
    assert_int_equal(undone(as(ADMIN), set).conflicts, 1);
    assert_text(name_of(id), "New");
}

static void what_a_rule_refuses_is_a_conflict_and_leaves_no_trace(void **state) {
    (void)state;
    int64_t lead = new_lead();
    struct saving make[] = {SAVE("create", "lead_statuses", 0, {"name", TEXT("Open")})};
    int64_t set = in_one_set(as(ADMIN), make, 1);
    CHANGED("leads", lead, {"lead_status_id", INT(make[0].saved)});
    struct undo_result result = undone(as(ADMIN), set);
    assert_int_equal(result.conflicts, 1);
    assert_int_equal(result.undone, 0);
    assert_true(is_live("lead_statuses", make[0].saved));
}

static void history_stays(void **state) {
    (void)state;
    int64_t lead = new_lead();
    int64_t count = sql_int(as_system(ONE), "SELECT count(*) FROM lead_activities WHERE tenant_id = :tenant", NO_ARGS);
    int64_t set = ONE_SET(as(ADMIN), SAVE("update", "leads", lead, {"next_followup_at", INT(1800000000000)}));
    struct undo_result result = undone(as(ADMIN), set);
    assert_int_equal(result.conflicts, 0);
    assert_int_equal(result.undone, 1);
    assert_true(row_null(row_of(ONE, "leads", lead), "next_followup_at"));
    assert_true(sql_int(as_system(ONE), "SELECT count(*) FROM lead_activities WHERE tenant_id = :tenant", NO_ARGS) > count);
}

/* ---- who and when ---------------------------------------------------------------------------------------------------- */

static void an_undo_is_done_once_and_says_who_did_it(void **state) {
    (void)state;
    int64_t id = client();
    int64_t set = ONE_SET(as(ADMIN), SAVE("update", "clients", id, {"name", TEXT("New")}));
    undone(as(ADMIN), set);
    assert_int_equal(status_of_undo(as(ADMIN), set), 409);
    assert_int_equal(row_int(row_of(ONE, "change_sets", set), "undone_by_id"), ADMIN);
}

static void an_undo_can_be_undone(void **state) {
    (void)state;
    int64_t id = client();
    int64_t set = ONE_SET(as(ADMIN), SAVE("update", "clients", id, {"name", TEXT("New")}));
    undone(as(ADMIN), set);
    int64_t undo = sql_int(as_system(ONE), "SELECT id FROM change_sets WHERE tenant_id = :tenant AND undo_of_id = :set",
                           ARGS({":set", INT(set)}));
    assert_int_equal(undone(as(ADMIN), undo).undone, 1);
    assert_text(name_of(id), "New");
    assert_int_equal(undone(as(ADMIN), set).undone, 1);
    assert_text(name_of(id), "Meridian");
}

static void ones_own_set_is_undone_by_oneself_or_by_who_may_change_all(void **state) {
    (void)state;
    may("clients", "*", "own");
    struct saving make[] = {SAVE("create", "clients", 0, {"name", TEXT("Ann's")})};
    int64_t set = in_one_set(as(ANN), make, 1);
    assert_int_equal(status_of_undo(as(BEN), set), 404);
    assert_int_equal(status_of_undo(as(ADMIN_TWO), set), 404);
    assert_true(is_live("clients", make[0].saved));
    assert_int_equal(status_of_undo(as(ANN), set), 200);
    assert_false(is_live("clients", make[0].saved));
    struct saving more[] = {SAVE("create", "clients", 0, {"name", TEXT("Ann's second")})};
    assert_int_equal(status_of_undo(as(ADMIN), in_one_set(as(ANN), more, 1)), 200);
}

static void who_may_no_longer_change_the_records_cannot_undo(void **state) {
    (void)state;
    may("clients", "*", "own");
    struct saving make[] = {SAVE("create", "clients", 0, {"name", TEXT("Ann's")})};
    int64_t set = in_one_set(as(ANN), make, 1);
    MADE("user_permissions", {"user_id", INT(ANN)}, {"resource", TEXT("clients")}, {"action", TEXT("*")}, {"granted", INT(0)});
    assert_int_equal(status_of_undo(as(ANN), set), 403);
}

static void an_unknown_set_is_not_found(void **state) {
    (void)state;
    assert_int_equal(status_of_undo(as(ADMIN), 4711), 404);
}

static void a_change_outside_a_set_belongs_to_none(void **state) {
    (void)state;
    struct ctx *ctx = as(ADMIN);
    int64_t id = client();
    ONE_SET(ctx, SAVE("update", "clients", id, {"name", TEXT("New")}));
    assert_true(update(ctx, "clients", id, ARGS({"name", TEXT("Newer")})));
    assert_int_equal(sql_int(ctx,
                             "SELECT count(*) FROM audit_logs WHERE tenant_id = :tenant AND entity_id = :id "
                             "AND change_set_id IS NOT NULL",
                             ARGS({":id", INT(id)})),
                     1);
}

/* ---- large and interrupted ------------------------------------------------------------------------------------------- */

#define MANY 450

static void a_large_set_is_undone_in_batches(void **state) {
    (void)state;
    struct saving *make = arena_array(arena, struct saving, MANY);
    const struct sql_arg *title = ARGS({"title", TEXT("Call")});
    for (int i = 0; i < MANY; i++) make[i] = (struct saving){.verb = "create", .entity = registry_get("tasks"), .values = title};
    int64_t set = in_one_set(as(ADMIN), make, MANY);
    assert_int_equal(undone(as(ADMIN), set).undone, MANY);
    assert_int_equal(count_of(ADMIN, "tasks"), 0);
    struct row *undo =
        row_of(ONE, "change_sets", sql_int(as_system(ONE), "SELECT max(id) FROM change_sets WHERE tenant_id = :tenant", NO_ARGS));
    assert_int_equal(row_int(undo, "record_count"), MANY);
    assert_true(row_null(undo, "undone_to"));
}

static void an_interrupted_undo_goes_on_where_it_was(void **state) {
    (void)state;
    int64_t ids[3];
    struct saving change[3];
    const struct sql_arg *name = ARGS({"name", TEXT("New")});
    for (int i = 0; i < 3; i++) {
        ids[i] = client();
        change[i] = (struct saving){.verb = "update", .entity = registry_get("clients"), .id = ids[i], .values = name};
    }
    int64_t set = in_one_set(as(ADMIN), change, 3);
    // As the server left it: the newest entry is done, with a conflict counted, the other two are not.
    int64_t newest = sql_int(as_system(ONE), "SELECT max(id) FROM audit_logs WHERE tenant_id = :tenant AND change_set_id = :set",
                             ARGS({":set", INT(set)}));
    MADE("change_sets", {"kind", TEXT("undo")}, {"undo_of_id", INT(set)}, {"undone_to", INT(newest)}, {"record_count", INT(0)},
         {"conflict_count", INT(1)});
    struct undo_result result = undone(as(ADMIN), set);
    assert_int_equal(result.undone, 2);
    assert_int_equal(result.conflicts, 1);
    assert_text(name_of(ids[0]), "Meridian");
    assert_text(name_of(ids[1]), "Meridian");
    assert_text(name_of(ids[2]), "New");
    assert_int_equal(status_of_undo(as(ADMIN), set), 409);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(an_undone_change_puts_every_field_back),
        TEST(an_undone_creation_is_deleted),
        TEST(an_undone_delete_brings_back_what_hung_on_it),
        TEST(an_undone_delete_points_again_to_what_it_cleared),
        TEST(several_changes_of_one_field_go_back_to_the_first_value),
        TEST(an_undone_action_returns_to_the_state_before),
        TEST(what_somebody_changed_since_is_left_and_the_rest_goes_back),
        TEST(what_is_back_already_is_no_conflict),
        TEST(what_was_deleted_since_is_left),
        TEST(what_a_rule_refuses_is_a_conflict_and_leaves_no_trace),
        TEST(history_stays),
        TEST(an_undo_is_done_once_and_says_who_did_it),
        TEST(an_undo_can_be_undone),
        TEST(ones_own_set_is_undone_by_oneself_or_by_who_may_change_all),
        TEST(who_may_no_longer_change_the_records_cannot_undo),
        TEST(an_unknown_set_is_not_found),
        TEST(a_change_outside_a_set_belongs_to_none),
        TEST(a_large_set_is_undone_in_batches),
        TEST(an_interrupted_undo_goes_on_where_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
