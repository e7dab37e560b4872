/* test_bulk.c - one change to many records: each by itself, all in one change-set. */
#include "core/core_test.h"

#include "core/bulk.h"
#include "core/change_set.h"
#include "core/savepoint.h"

static int64_t task(const char *title) {
    return MADE("tasks", {"title", value_text(str_of(title))}, {"assigned_to_id", INT(ANN)});
}
static struct str title_of(int64_t id) {
    return row_text(row_of(ONE, "tasks", id), "title");
}

/* Sends a request; its status, 200 where it was carried out. */
static int request(struct ctx *ctx, const char *entity, struct str body, struct bulk_result *result) {
    errors_clear(&ctx->errors);
    const struct json *json = json_parse(arena, body, &ctx->errors);
    assert_non_null(json);
    return bulk_request(ctx, registry_get(entity), json, result) ? 200 : status_of(ctx);
}

static void a_bulk_change_changes_each_record_in_one_set(void **state) {
    (void)state;
    int64_t a = task("a"), b = task("b"), c = task("c");
    struct bulk_result result;
    struct ctx *ctx = as(ADMIN);
    struct str body = str_printf(arena, "{\"ids\":[%lld,%lld,%lld],\"set\":{\"title\":\"Call\",\"priority\":\"high\"}}",
                                 (long long)a, (long long)b, (long long)a);
    assert_int_equal(request(ctx, "tasks", body, &result), 200);
    assert_int_equal(result.done, 2);
    assert_int_equal(result.failure_count, 0);
    assert_text(title_of(a), "Call");
    assert_text(title_of(b), "Call");
    assert_text(title_of(c), "c");
    assert_int_equal(row_int(row_of(ONE, "change_sets", result.change_set_id), "record_count"), 2);
    assert_int_equal(ctx->change_set_id, 0);
    struct undo_result undo;
    assert_true(change_set_undo(ctx, result.change_set_id, &undo));
    assert_text(title_of(a), "a");
    assert_text(title_of(b), "b");
}

static void a_record_that_may_not_be_changed_is_told_and_the_others_go_on(void **state) {
    (void)state;
    may("tasks", "read", "all");
    may("tasks", "update", "own");
    int64_t mine = task("mine"), bens = MADE("tasks", {"title", TEXT("Ben's")}, {"assigned_to_id", INT(BEN)});
    int64_t foreign = core_test_made(as_system(TWO), "tasks", ARGS({"title", TEXT("Foreign")}));
    struct bulk_result result;
    struct str body = str_printf(arena, "{\"ids\":[%lld,%lld,%lld],\"set\":{\"title\":\"Mine now\"}}", (long long)mine,
                                 (long long)bens, (long long)foreign);
    assert_int_equal(request(as(ANN), "tasks", body, &result), 200);
    assert_int_equal(result.done, 1);
    assert_int_equal(result.failure_count, 2);
    assert_int_equal(result.failures[0].id, bens);
    assert_int_equal(errors_status(&result.failures[0].errors), 403);
    assert_int_equal(result.failures[1].id, foreign);
    assert_int_equal(errors_status(&result.failures[1].errors), 404);
    assert_text(title_of(mine), "Mine now");
    assert_text(title_of(bens), "Ben's");
    assert_text(row_text(row_of(TWO, "tasks", foreign), "title"), "Foreign");
    struct buf b = buf_new(arena, 256);
    bulk_json(&b, &result);
    struct str expected =
        str_printf(arena,
                   "{\"change_set_id\":%lld,\"done\":1,\"failed\":[{\"id\":%lld,\"errors\":[{\"code\":\"forbidden\","
                   "\"message\":\"You may not change tasks.\"}]},",
                   (long long)result.change_set_id, (long long)bens);
    assert_true(str_starts(buf_str(&b), expected));
}

static void a_bulk_change_that_nothing_came_of_leaves_no_set(void **state) {
    (void)state;
    struct bulk_result result;
    assert_int_equal(request(as(ADMIN), "tasks", STR("{\"ids\":[1,2],\"delete\":true}"), &result), 200);
    assert_int_equal(result.done, 0);
    assert_int_equal(result.failure_count, 2);
    assert_int_equal(result.change_set_id, 0);
    assert_int_equal(sql_int(as_system(ONE), "SELECT count(*) FROM change_sets WHERE tenant_id = :tenant", NO_ARGS), 0);
}

static void a_bulk_delete_takes_what_a_filter_finds_within_reach(void **state) {
    (void)state;
    may("tasks", "*", "own");
    int64_t mine = task("Call"), other = task("Write");
    int64_t bens = MADE("tasks", {"title", TEXT("Call")}, {"assigned_to_id", INT(BEN)});
    struct bulk_result result;
    assert_int_equal(request(as(ANN), "tasks", STR("{\"filter\":{\"title\":\"Call\"},\"delete\":true}"), &result), 200);
    assert_int_equal(result.done, 1);
    assert_int_equal(result.failure_count, 0);
    assert_false(is_live("tasks", mine));
    assert_true(is_live("tasks", other));
    assert_true(is_live("tasks", bens));
}

static void a_filter_has_the_operators_of_the_list(void **state) {
    (void)state;
    int64_t low = task("low"), high = task("high"), urgent = task("urgent");
    CHANGED("tasks", low, {"priority", TEXT("low")});
    CHANGED("tasks", high, {"priority", TEXT("high")});
    CHANGED("tasks", urgent, {"priority", TEXT("urgent")}, {"due_at", INT(1000)});
    struct bulk_result result;
    struct str body = STR("{\"filter\":{\"priority\":[\"high\",\"urgent\"],\"due_at\":{\"lt\":\"2020-01-01T00:00:00Z\"}},\"set\":"
                          "{\"title\":\"x\"}}");
    assert_int_equal(request(as(ADMIN), "tasks", body, &result), 200);
    assert_int_equal(result.done, 1);
    assert_text(title_of(urgent), "x");
}

static void a_bulk_change_may_change_what_it_was_found_by(void **state) {
    (void)state;
    for (int i = 0; i < 250; i++) task("Call");
    struct bulk_result result;
    struct str body = STR("{\"filter\":{\"title\":\"Call\"},\"set\":{\"title\":\"Called\"}}");
    assert_int_equal(request(as(ADMIN), "tasks", body, &result), 200);
    assert_int_equal(result.done, 250);
    assert_int_equal(row_int(row_of(ONE, "change_sets", result.change_set_id), "record_count"), 250);
}

static void an_action_runs_on_each_record_that_is_in_its_state(void **state) {
    (void)state;
    int64_t open = task("open"), done = task("done");
    CHANGED("tasks", done, {"status", TEXT("done")});
    struct bulk_result result;
    struct str body = str_printf(arena, "{\"ids\":[%lld,%lld],\"action\":\"complete\"}", (long long)open, (long long)done);
    assert_int_equal(request(as(ADMIN), "tasks", body, &result), 200);
    assert_int_equal(result.done, 1);
    assert_int_equal(errors_status(&result.failures[0].errors), 409);
    assert_text(row_text(row_of(ONE, "tasks", open), "status"), "done");
}

static void what_is_wrong_with_the_request_is_told_before_anything_is_changed(void **state) {
    (void)state;
    int64_t id = task("Call");
    static const struct {
        const char *body;
        int status;
    } cases[] = {
        {"[]", 400},
        {"{}", 400},
        {"{\"ids\":[%lld]}", 400},
        {"{\"ids\":[%lld],\"filter\":{\"title\":\"Call\"},\"delete\":true}", 400},
        {"{\"ids\":[%lld],\"set\":{\"title\":\"x\"},\"delete\":true}", 400},
        {"{\"ids\":[%lld],\"delete\":false}", 400},
        {"{\"ids\":[%lld],\"remove\":true}", 400},
        {"{\"ids\":[],\"delete\":true}", 400},
        {"{\"ids\":[\"1\"],\"delete\":true}", 400},
        {"{\"ids\":%lld,\"delete\":true}", 400},
        {"{\"filter\":{},\"delete\":true}", 400},
        {"{\"filter\":{\"nothing\":1},\"delete\":true}", 400},
        {"{\"filter\":{\"title\":[[1]]},\"delete\":true}", 400},
        {"{\"filter\":{\"title\":{\"almost\":\"x\"}},\"delete\":true}", 400},
        {"{\"ids\":[%lld],\"action\":\"explode\"}", 400},
        {"{\"ids\":[%lld],\"set\":{\"nothing\":1}}", 422},
        {"{\"ids\":[%lld],\"set\":{\"priority\":\"greatest\"}}", 422},
        {"{\"ids\":[%lld],\"set\":{\"completed_at\":null}}", 422},
        {"{\"ids\":[%lld],\"set\":[]}", 400},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str body = str_of(cases[i].body);
        ptrdiff_t at = str_find(body, STR("%lld"));
        if (at >= 0)
            body = str_printf(arena, "%.*s%lld%.*s", (int)at, body.ptr, (long long)id,
                              STR_ARG(str_slice(body, (size_t)at + 4, body.len)));
        struct bulk_result result;
        struct ctx *ctx = as(ADMIN);
        int status = request(ctx, "tasks", body, &result);
        if (status != cases[i].status) fail_msg("%s: %d", cases[i].body, status);
        assert_int_equal(result.done, 0);
    }
    assert_text(title_of(id), "Call");
    assert_true(is_live("tasks", id));
}

static void without_the_right_nothing_is_tried(void **state) {
    (void)state;
    may("tasks", "read", "all");
    struct bulk_result result;
    struct str body = str_printf(arena, "{\"ids\":[%lld],\"delete\":true}", (long long)task("Call"));
    assert_int_equal(request(as(ANN), "tasks", body, &result), 403);
}

static void more_than_ten_thousand_records_are_refused(void **state) {
    (void)state;
    struct buf b = buf_new(arena, 65536);
    buf_lit(&b, "{\"delete\":true,\"ids\":[1");
    for (int i = 0; i < BULK_MAX; i++) buf_printf(&b, ",%d", i);
    buf_lit(&b, "]}");
    struct bulk_result result;
    assert_int_equal(request(as(ADMIN), "tasks", buf_str(&b), &result), 413);
}

/* ---- savepoints ------------------------------------------------------------------------------------------------------ */

static bool create_then(struct ctx *ctx, bool succeed) {
    struct repo_input in = repo_input(ctx, registry_get("tasks"), 0);
    repo_input_value(&in, "title", TEXT("Call"));
    assert_non_null(repo_create(&in));
    return succeed || errors_add(&ctx->errors, 409, "conflict", "title", "No.");
}
static bool part_that_stands(struct ctx *ctx, void *arg) {
    (void)arg;
    return create_then(ctx, true);
}
static bool part_that_fails(struct ctx *ctx, void *arg) {
    (void)arg;
    return create_then(ctx, false);
}
static bool part_without_disk(struct ctx *ctx, void *arg) {
    (void)arg;
    return errors_add(&ctx->errors, 507, "full", NULL, "The disk is full.");
}

static bool three_parts(struct ctx *ctx, void *arg) {
    (void)arg;
    struct errors why;
    assert_true(savepoint_try(ctx, part_that_stands, NULL, &why));
    assert_int_equal(why.count, 0);
    const struct event *events = ctx->events;
    assert_non_null(events);
    assert_false(savepoint_try(ctx, part_that_fails, NULL, &why));
    assert_int_equal(errors_status(&why), 409);
    assert_int_equal(ctx->errors.count, 0);
    assert_ptr_equal(ctx->events, events);
    return savepoint_try(ctx, part_that_stands, NULL, NULL);
}
static bool failing_disk(struct ctx *ctx, void *arg) {
    struct errors why;
    assert_false(savepoint_try(ctx, part_without_disk, arg, &why));
    return true;
}

static void a_part_that_fails_leaves_the_others(void **state) {
    (void)state;
    assert_true(ctx_write(as(ADMIN), three_parts, NULL));
    assert_int_equal(count_of(ADMIN, "tasks"), 2);
    assert_int_equal(
        sql_int(as_system(ONE), "SELECT count(*) FROM events WHERE tenant_id = :tenant AND entity_type = 'tasks'", NO_ARGS), 2);
}

static void a_failure_that_is_not_the_parts_own_ends_the_write(void **state) {
    (void)state;
    struct ctx *ctx = as(ADMIN);
    assert_false(ctx_write(ctx, failing_disk, NULL));
    assert_int_equal(status_of(ctx), 507);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_bulk_change_changes_each_record_in_one_set),
        TEST(a_record_that_may_not_be_changed_is_told_and_the_others_go_on),
        TEST(a_bulk_change_that_nothing_came_of_leaves_no_set),
        TEST(a_bulk_delete_takes_what_a_filter_finds_within_reach),
        TEST(a_filter_has_the_operators_of_the_list),
        TEST(a_bulk_change_may_change_what_it_was_found_by),
        TEST(an_action_runs_on_each_record_that_is_in_its_state),
        TEST(what_is_wrong_with_the_request_is_told_before_anything_is_changed),
        TEST(without_the_right_nothing_is_tried),
        TEST(more_than_ten_thousand_records_are_refused),
        TEST(a_part_that_fails_leaves_the_others),
        TEST(a_failure_that_is_not_the_parts_own_ends_the_write),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
