/* test_repo.c - saving: what a record starts with, what is refused and by which name, and that a refused change leaves nothing.
 */
#include "core/core_test.h"

#include "core/change_set.h"

/* ---- saving as a request does ---------------------------------------------------------------------------------------------- */

struct sending {
    const struct entity *entity;
    const char *body;
    int64_t id, version; /* id 0: a new record */
    struct row *saved;
};

static bool send_step(struct ctx *ctx, void *arg) {
    struct sending *s = arg;
    struct repo_input in = repo_input(ctx, s->entity, s->id);
    in.if_version = s->version;
    const struct json *json = json_parse(arena, str_of(s->body), &ctx->errors);
    if (!json) return false;
    repo_input_json(&in, json);
    s->saved = s->id ? repo_update(&in, s->id) : repo_create(&in);
    return s->saved != NULL;
}

static struct ctx *last; /* of the last try: its errors */

/* The record, or NULL where it was refused. */
static struct row *sent(int64_t user, const char *entity, int64_t id, int64_t version, const char *body) {
    struct sending s = {.entity = registry_get(entity), .body = body, .id = id, .version = version};
    last = as(user);
    return ctx_write(last, send_step, &s) ? s.saved : NULL;
}
static struct row *added(const char *entity, const char *body) {
    struct row *row = sent(ADMIN, entity, 0, 0, body);
    core_test_print(&last->errors);
    assert_non_null(row);
    return row;
}
static struct row *patched(const char *entity, int64_t id, const char *body) {
    struct row *row = sent(ADMIN, entity, id, 0, body);
    core_test_print(&last->errors);
    assert_non_null(row);
    return row;
}
/* It is refused with this status, and an error on this field. */
static void assert_refused(struct row *row, int status, const char *field) {
    assert_null(row);
    if (status_of(last) != status || !errors_for(&last->errors, field)) core_test_print(&last->errors);
    assert_int_equal(status_of(last), status);
    assert_non_null(errors_for(&last->errors, field));
}
static const char *with_id(const char *format, int64_t id) {
    struct str text = str_of(format), out;
    ptrdiff_t at = str_index(text, '#');
    out = str_printf(arena, "%.*s%lld%s", (int)at, format, (long long)id, format + at + 1);
    return str_cstr(arena, out);
}

/* Rows of every table, so that a change that should leave nothing can be seen to. */
static struct str all_counts(void) {
    struct ctx *ctx = as_system(ONE);
    struct buf b = buf_new(arena, 4096);
    for (int e = 0; e < registry_count(); e++) {
        struct str sql = str_printf(arena, "SELECT count(*), %s FROM %s", registry_at(e)->version >= 0 ? "sum(version)" : "0",
                                    registry_at(e)->decl->name);
        struct db_stmt *stmt = db_prepare(ctx->conn, sql);
        assert_int_equal(db_step(stmt), DB_ROW);
        buf_printf(&b, "%s %lld %lld\n", registry_at(e)->decl->name, (long long)db_int(stmt, 0), (long long)db_int(stmt, 1));
        db_reset(stmt);
    }
    return buf_str(&b);
}

/* ---- what a record starts with --------------------------------------------------------------------------------------------- */

static void a_new_record_has_its_defaults_and_says_who_made_it(void **state) {
    (void)state;
    struct row *task = added("tasks", "{\"title\":\"Call\"}");
    assert_text(row_text(task, "status"), "open");
    assert_text(row_text(task, "priority"), "medium");
    assert_int_equal(row_int(task, "assigned_to_id"), ADMIN);
    assert_int_equal(row_int(task, "assigned_by_id"), ADMIN);
    assert_int_equal(row_int(task, "created_by_id"), ADMIN);
    assert_int_equal(row_int(task, "version"), 1);
    assert_int_equal(row_int(task, "created_at"), last->now);
    assert_int_equal(row_int(task, "updated_at"), last->now);
    assert_true(row_null(task, "deleted_at"));
    assert_true(row_null(task, "updated_by_id"));
    assert_int_equal(row_int(task, "tenant_id"), ONE);
    task = added("tasks", "{\"title\":\"Call\",\"assigned_to_id\":null,\"priority\":\"low\"}");
    assert_true(row_null(task, "assigned_to_id"));
    assert_text(row_text(task, "priority"), "low");
    struct row *client = added("clients", "{\"name\":\"Solar\",\"hourly_rate\":\"10.50\"}");
    assert_text(row_text(client, "currency"), "AUD");
    assert_true(row_id(client) > row_id(task));
    assert_true(row_id(client) < INT64_C(1) << 53);
}

static void blanks_are_no_value(void **state) {
    (void)state;
    struct row *client = added("clients", "{\"name\":\"Solar\",\"industry\":\"  \",\"email\":\"\"}");
    assert_true(row_null(client, "industry"));
    assert_true(row_null(client, "email"));
    assert_refused(sent(ADMIN, "tasks", 0, 0, "{\"title\":\" \\t \"}"), 422, "title");
}

/* ---- what is refused ------------------------------------------------------------------------------------------------------- */

static void everything_that_is_missing_is_told_at_once(void **state) {
    (void)state;
    assert_refused(sent(ADMIN, "user_permissions", 0, 0, "{}"), 422, "user_id");
    assert_non_null(errors_for(&last->errors, "resource"));
    assert_non_null(errors_for(&last->errors, "action"));
    assert_refused(sent(ADMIN, "tasks", 0, 0, "{\"title\":7,\"priority\":\"soon\",\"nope\":1}"), 422, "title");
    assert_non_null(errors_for(&last->errors, "priority"));
    assert_non_null(errors_for(&last->errors, "nope"));
    int titles = 0;
    for (const struct error *e = last->errors.first; e; e = e->next) titles += str_eqc(e->field, "title");
    assert_int_equal(titles, 1);
    int64_t task = row_id(added("tasks", "{\"title\":\"Call\"}"));
    assert_refused(sent(ADMIN, "tasks", task, 0, "{\"title\":null}"), 422, "title");
}

static void fields_that_nobody_sets_are_refused(void **state) {
    (void)state;
    assert_refused(sent(ADMIN, "tasks", 0, 0, "{\"title\":\"x\",\"id\":7}"), 422, "id");
    assert_refused(sent(ADMIN, "tasks", 0, 0, "{\"title\":\"x\",\"version\":7}"), 422, "version");
    assert_refused(sent(ADMIN, "tasks", 0, 0, "{\"title\":\"x\",\"tenant_id\":2}"), 422, "tenant_id");
    assert_refused(sent(ADMIN, "tasks", 0, 0, "{\"title\":\"x\",\"deleted_at\":null}"), 422, "deleted_at");
    assert_refused(sent(ADMIN, "tasks", 0, 0, "{\"title\":\"x\",\"completed_at\":\"2026-01-01T00:00:00Z\"}"), 422,
                   "completed_at");
    assert_refused(sent(ADMIN, "users", ANN, 0, "{\"password_hash\":\"x\"}"), 422, "password_hash");
}

static void what_is_given_once_is_not_changed(void **state) {
    (void)state;
    int64_t client = row_id(added("clients", "{\"name\":\"Solar\"}")), other = row_id(added("clients", "{\"name\":\"Wind\"}"));
    int64_t note = row_id(added("notes", with_id("{\"content\":\"x\",\"subject_type\":\"clients\",\"subject_id\":#}", client)));
    assert_refused(sent(ADMIN, "notes", note, 0, with_id("{\"subject_id\":#}", other)), 422, "subject_id");
    assert_non_null(patched("notes", note, with_id("{\"subject_id\":#,\"content\":\"y\"}", client)));
}

static void a_unique_value_that_is_taken_is_told_by_its_field(void **state) {
    (void)state;
    int64_t tag = row_id(added("tags", "{\"name\":\"vip\"}"));
    assert_refused(sent(ADMIN, "tags", 0, 0, "{\"name\":\"vip\"}"), 409, "name");
    int64_t other = row_id(added("tags", "{\"name\":\"cold\"}"));
    assert_refused(sent(ADMIN, "tags", other, 0, "{\"name\":\"vip\"}"), 409, "name");
    assert_non_null(sent(ADMIN_TWO, "tags", 0, 0, "{\"name\":\"vip\"}"));
    assert_true(erase(as(ADMIN), "tags", tag));
    int64_t again = row_id(added("tags", "{\"name\":\"vip\"}"));
    last = as(ADMIN);
    assert_false(restore(last, "tags", tag));
    assert_int_equal(status_of(last), 409);
    assert_non_null(errors_for(&last->errors, "name"));
    assert_true(erase(as(ADMIN), "tags", again));
    assert_true(restore(as(ADMIN), "tags", tag));
}

static void a_change_of_an_older_version_is_refused(void **state) {
    (void)state;
    int64_t task = row_id(added("tasks", "{\"title\":\"one\"}"));
    assert_non_null(sent(ADMIN, "tasks", task, 1, "{\"title\":\"two\"}"));
    assert_refused(sent(ADMIN, "tasks", task, 1, "{\"title\":\"three\"}"), 412, NULL);
    assert_refused(sent(ADMIN, "tasks", task, -1, "{\"title\":\"three\"}"), 412, NULL);
    assert_non_null(sent(ADMIN, "tasks", task, 2, "{\"title\":\"three\"}"));
    assert_int_equal(row_int(row_of(ONE, "tasks", task), "version"), 3);
    assert_int_equal(row_int(row_of(ONE, "tasks", task), "updated_by_id"), ADMIN);
}

static void a_change_that_changes_nothing_writes_nothing(void **state) {
    (void)state;
    int64_t task = row_id(added("tasks", "{\"title\":\"one\",\"tags\":[\"a\"]}"));
    struct str before = all_counts();
    assert_int_equal(row_int(patched("tasks", task, "{\"title\":\"one\",\"tags\":[\"a\"],\"priority\":\"medium\"}"), "version"),
                     1);
    assert_non_null(patched("tasks", task, "{}"));
    assert_true(str_eq(all_counts(), before));
    assert_non_null(patched("tasks", task, "{\"title\":\"two\"}"));
    assert_false(str_eq(all_counts(), before));
}

static void whether_it_may_be_done_comes_before_what_is_wrong(void **state) {
    (void)state;
    int64_t task = row_id(added("tasks", "{\"title\":\"one\"}"));
    assert_refused(sent(ANN, "tasks", task, 0, "{\"nope\":1}"), 403, NULL);
    assert_null(errors_for(&last->errors, "nope"));
    assert_refused(sent(ANN, "tasks", 0, 0, "{\"nope\":1}"), 403, NULL);
    may("tasks", "update", "own");
    assert_refused(sent(ANN, "tasks", task, 0, "{\"nope\":1}"), 404, NULL);
    assert_refused(sent(ADMIN, "tasks", task, 9, "{\"nope\":1}"), 412, NULL);
    assert_refused(sent(ADMIN, "tasks", task, 1, "{\"nope\":1}"), 422, "nope");
}

/* ---- money ----------------------------------------------------------------------------------------------------------------- */

static void amounts_are_kept_in_the_units_of_their_currency(void **state) {
    (void)state;
    static const struct {
        const char *body, *refused;
        int64_t amount;
    } tries[] = {
        {"{\"name\":\"x\",\"hourly_rate\":\"12.34\"}", NULL, 1234},
        {"{\"name\":\"x\",\"hourly_rate\":\"12.345\"}", "hourly_rate", 0},
        {"{\"name\":\"x\",\"hourly_rate\":\"1234\",\"currency\":\"JPY\"}", NULL, 1234},
        {"{\"name\":\"x\",\"hourly_rate\":\"12.5\",\"currency\":\"JPY\"}", "hourly_rate", 0},
        {"{\"name\":\"x\",\"hourly_rate\":\"1.234\",\"currency\":\"KWD\"}", NULL, 1234},
        {"{\"name\":\"x\",\"currency\":\"KWD\",\"hourly_rate\":\"1.2345\"}", "hourly_rate", 0},
        {"{\"name\":\"x\",\"hourly_rate\":12.34}", NULL, 1234},
        {"{\"name\":\"x\",\"currency\":\"XYZ\"}", "currency", 0},
        {"{\"name\":\"x\",\"currency\":\"aud\"}", "currency", 0},
    };
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
        struct row *row = sent(ADMIN, "clients", 0, 0, tries[i].body);
        if (tries[i].refused) assert_refused(row, 422, tries[i].refused);
        else {
            core_test_print(&last->errors);
            assert_non_null(row);
            assert_int_equal(row_int(row, "hourly_rate"), tries[i].amount);
        }
    }
}

static void an_amount_does_not_become_another_when_its_currency_changes(void **state) {
    (void)state;
    int64_t client = row_id(added("clients", "{\"name\":\"x\",\"hourly_rate\":\"12.34\"}"));
    assert_refused(sent(ADMIN, "clients", client, 0, "{\"currency\":\"JPY\"}"), 422, "hourly_rate");
    assert_int_equal(row_int(patched("clients", client, "{\"currency\":\"JPY\",\"hourly_rate\":\"1234\"}"), "hourly_rate"), 1234);
    assert_int_equal(row_int(patched("clients", client, "{\"hourly_rate\":\"1300\"}"), "hourly_rate"), 1300);
    assert_refused(sent(ADMIN, "clients", client, 0, "{\"currency\":null}"), 422, "hourly_rate");
    assert_int_equal(row_int(patched("clients", client, "{\"currency\":null,\"hourly_rate\":\"13.00\"}"), "hourly_rate"), 1300);
    assert_non_null(patched("clients", client, "{\"currency\":\"EUR\"}"));
    assert_non_null(patched("clients", client, "{\"currency\":\"JPY\",\"hourly_rate\":null}"));
}

/* ---- references ------------------------------------------------------------------------------------------------------------ */

static void what_is_deleted_foreign_or_out_of_reach_is_absent(void **state) {
    (void)state;
    int64_t gone = row_id(added("clients", "{\"name\":\"Gone\"}")), hidden = row_id(added("clients", "{\"name\":\"Hidden\"}"));
    int64_t foreign = row_id(sent(ADMIN_TWO, "clients", 0, 0, "{\"name\":\"Foreign\"}"));
    assert_true(erase(as(ADMIN), "clients", gone));
    may("contacts", "create", "all");
    may("clients", "read", "own");
    const int64_t absent[] = {gone, foreign, hidden, 7};
    for (size_t i = 0; i < 4; i++) {
        int64_t user = absent[i] == hidden ? ANN : ADMIN;
        assert_refused(sent(user, "contacts", 0, 0, with_id("{\"name\":\"x\",\"client_id\":#}", absent[i])), 422, "client_id");
        assert_text(errors_for(&last->errors, "client_id")->message, "There is no such client.");
        assert_refused(sent(user == ANN ? ADMIN_TWO : ADMIN, "notes", 0, 0,
                            with_id("{\"content\":\"x\",\"subject_type\":\"clients\",\"subject_id\":#}",
                                    user == ANN ? hidden : absent[i])),
                       422, "subject_id");
    }
    assert_non_null(sent(ADMIN, "contacts", 0, 0, with_id("{\"name\":\"x\",\"client_id\":#}", hidden)));
    assert_refused(sent(ADMIN, "notes", 0, 0, "{\"content\":\"x\",\"subject_type\":\"clients\"}"), 422, "subject_id");
    assert_refused(sent(ADMIN, "tasks", 0, 0, with_id("{\"title\":\"x\",\"subject_id\":#}", hidden)), 422, "subject_type");
}

/* ---- flags that one may have ----------------------------------------------------------------------------------------------- */

static void a_flag_moves_within_its_parent(void **state) {
    (void)state;
    int64_t one = row_id(added("clients", "{\"name\":\"One\"}")), two = row_id(added("clients", "{\"name\":\"Two\"}"));
    const char *body = "{\"name\":\"x\",\"is_primary\":true,\"client_id\":#}";
    int64_t a = row_id(added("contacts", with_id(body, one))), b = row_id(added("contacts", with_id(body, one)));
    int64_t c = row_id(added("contacts", with_id(body, two))),
            d = row_id(added("contacts", "{\"name\":\"x\",\"is_primary\":true}"));
    assert_false(row_bool(row_of(ONE, "contacts", a), "is_primary"));
    assert_true(row_bool(row_of(ONE, "contacts", b), "is_primary"));
    assert_true(row_bool(row_of(ONE, "contacts", c), "is_primary"));
    assert_true(row_bool(row_of(ONE, "contacts", d), "is_primary"));
    assert_true(erase(as(ADMIN), "contacts", b));
    assert_non_null(patched("contacts", a, "{\"is_primary\":true}"));
    assert_true(restore(as(ADMIN), "contacts", b));
    assert_true(row_bool(row_of(ONE, "contacts", a), "is_primary"));
    assert_false(row_bool(row_of(ONE, "contacts", b), "is_primary"));
    /* One that moves to where another has it gives it up, unless it is given again. */
    assert_non_null(patched("contacts", c, with_id("{\"client_id\":#}", one)));
    assert_true(row_bool(row_of(ONE, "contacts", a), "is_primary"));
    assert_false(row_bool(row_of(ONE, "contacts", c), "is_primary"));
    assert_non_null(patched("contacts", a, with_id("{\"client_id\":#}", two)));
    assert_true(row_bool(row_of(ONE, "contacts", a), "is_primary"));
    assert_non_null(patched("contacts", c, "{\"is_primary\":true}"));
    assert_non_null(patched("contacts", a, with_id("{\"client_id\":#,\"is_primary\":true}", one)));
    assert_true(row_bool(row_of(ONE, "contacts", a), "is_primary"));
    assert_false(row_bool(row_of(ONE, "contacts", c), "is_primary"));
}

/* ---- deleting and restoring ------------------------------------------------------------------------------------------------ */

static void a_delete_follows_each_reference_s_own_rule(void **state) {
    (void)state;
    added("lead_statuses", "{\"name\":\"New\"}");
    int64_t client = row_id(added("clients", "{\"name\":\"Solar\"}")), other = row_id(added("clients", "{\"name\":\"Wind\"}"));
    int64_t contact = row_id(added("contacts", with_id("{\"name\":\"Ann\",\"client_id\":#}", client)));
    int64_t early = row_id(added("contacts", with_id("{\"name\":\"Early\",\"client_id\":#}", client)));
    int64_t lead = row_id(added("leads", with_id("{\"name\":\"Lead\",\"client_id\":#}", client)));
    int64_t note = row_id(added("notes", with_id("{\"content\":\"x\",\"subject_type\":\"clients\",\"subject_id\":#}", client)));
    int64_t deep = row_id(added("notes", with_id("{\"content\":\"x\",\"subject_type\":\"contacts\",\"subject_id\":#}", contact)));
    int64_t apart = row_id(added("notes", with_id("{\"content\":\"x\",\"subject_type\":\"clients\",\"subject_id\":#}", other)));
    assert_true(erase(as(ADMIN), "contacts", early));
    usleep(2000); /* the two deletes are of different moments */
    assert_true(erase(as(ADMIN), "clients", client));
    assert_false(is_live("clients", client));
    assert_false(is_live("contacts", contact));
    assert_false(is_live("notes", note));
    assert_false(is_live("notes", deep));
    assert_true(is_live("leads", lead));
    assert_true(row_null(row_of(ONE, "leads", lead), "client_id"));
    assert_true(is_live("notes", apart));
    assert_true(is_live("clients", other));
    last = as(ADMIN);
    assert_false(restore(last, "notes", note));
    assert_int_equal(status_of(last), 409);
    assert_true(restore(as(ADMIN), "clients", client));
    assert_true(is_live("contacts", contact));
    assert_true(is_live("notes", note));
    assert_true(is_live("notes", deep));
    assert_false(is_live("contacts", early));
    assert_true(restore(as(ADMIN), "contacts", early));
}

static void a_record_in_use_is_not_deleted_and_says_by_how_many(void **state) {
    (void)state;
    int64_t status = row_id(added("lead_statuses", "{\"name\":\"New\"}"));
    added("lead_statuses", "{\"name\":\"Other\",\"is_default\":true}");
    for (int i = 0; i < 3; i++) added("leads", with_id("{\"name\":\"Lead\",\"lead_status_id\":#}", status));
    struct str before = all_counts();
    last = as(ADMIN);
    assert_false(erase(last, "lead_statuses", status));
    assert_int_equal(status_of(last), 409);
    assert_true(str_index(last->errors.first->message, '3') >= 0);
    assert_true(str_eq(all_counts(), before));
    /* A user's activities keep them, though roles and views would have gone with them. */
    added("sales_activities", with_id("{\"type\":\"other\",\"description\":\"x\",\"user_id\":#}", BEN));
    before = all_counts();
    last = as(ADMIN);
    assert_false(erase(last, "users", BEN));
    assert_int_equal(status_of(last), 409);
    assert_true(str_eq(all_counts(), before));
}

static void a_restored_record_lets_go_of_what_is_gone(void **state) {
    (void)state;
    added("lead_statuses", "{\"name\":\"New\"}");
    int64_t client = row_id(added("clients", "{\"name\":\"Solar\"}"));
    int64_t lead = row_id(added("leads", with_id("{\"name\":\"Lead\",\"client_id\":#}", client)));
    assert_true(erase(as(ADMIN), "leads", lead));
    assert_true(erase(as(ADMIN), "clients", client));
    assert_true(restore(as(ADMIN), "leads", lead));
    assert_true(row_null(row_of(ONE, "leads", lead), "client_id"));
}

static void who_may_see_but_not_delete_is_told_so(void **state) {
    (void)state;
    int64_t task = row_id(added("tasks", "{\"title\":\"x\"}"));
    may("tasks", "read", "all");
    may("tasks", "delete", "own");
    last = as(ANN);
    assert_false(erase(last, "tasks", task));
    assert_int_equal(status_of(last), 403);
    assert_true(erase(as(ADMIN), "tasks", task));
    last = as(ANN);
    assert_false(restore(last, "tasks", task));
    assert_int_equal(status_of(last), 403);
    last = as(BEN);
    assert_false(restore(last, "tasks", 7));
    assert_int_equal(status_of(last), 404);
}

/* ---- actions and rules ----------------------------------------------------------------------------------------------------- */

static void an_action_runs_in_its_states_only(void **state) {
    (void)state;
    int64_t task = row_id(added("tasks", "{\"title\":\"x\"}"));
    last = as(ADMIN);
    assert_false(act(last, "tasks", task, "reopen"));
    assert_int_equal(status_of(last), 409);
    assert_non_null(errors_for(&last->errors, "status"));
    assert_true(act(as(ADMIN), "tasks", task, "complete"));
    assert_text(row_text(row_of(ONE, "tasks", task), "status"), "done");
    assert_false(row_null(row_of(ONE, "tasks", task), "completed_at"));
    assert_false(act(as(ADMIN), "tasks", task, "complete"));
    assert_true(act(as(ADMIN), "tasks", task, "reopen"));
    assert_true(row_null(row_of(ONE, "tasks", task), "completed_at"));
}

static void an_action_is_undone_in_one_go(void **state) {
    (void)state;
    int64_t task = row_id(added("tasks", "{\"title\":\"x\"}"));
    struct ctx *ctx = as(ADMIN);
    assert_true(act(ctx, "tasks", task, "complete"));
    assert_int_not_equal(ctx->ended_set_id, 0);
    assert_text(row_text(row_of(ONE, "change_sets", ctx->ended_set_id), "summary"), "Complete: x");
    struct undo_result result;
    assert_true(change_set_undo(as(ADMIN), ctx->ended_set_id, &result));
    assert_int_equal(result.undone, 1);
    assert_text(row_text(row_of(ONE, "tasks", task), "status"), "open");
}

static void a_refused_change_leaves_nothing(void **state) {
    (void)state;
    int64_t first = row_id(added("lead_statuses", "{\"name\":\"New\",\"is_default\":true}"));
    int64_t asks = row_id(added("lead_statuses", "{\"name\":\"Asks\",\"requires_note\":true}"));
    int64_t lead = row_id(added("leads", "{\"name\":\"Lead\"}"));
    struct str before = all_counts();
    assert_refused(sent(ADMIN, "lead_statuses", 0, 0, "{\"name\":\"Asks\",\"is_default\":true}"), 409, "name");
    assert_true(row_bool(row_of(ONE, "lead_statuses", first), "is_default"));
    assert_refused(sent(ADMIN, "leads", lead, 0, with_id("{\"city\":\"Perth\",\"lead_status_id\":#}", asks)), 422, "note");
    assert_refused(sent(ADMIN, "leads", 0, 0, "{\"name\":\"x\",\"lead_status_id\":7}"), 422, "lead_status_id");
    last = as(ADMIN);
    assert_false(erase(last, "lead_statuses", first));
    assert_true(str_eq(all_counts(), before));
    assert_int_equal(last->change_set_id, 0);
    assert_null(last->events);
    assert_true(row_null(row_of(ONE, "leads", lead), "city"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_new_record_has_its_defaults_and_says_who_made_it),
        TEST(blanks_are_no_value),
        TEST(everything_that_is_missing_is_told_at_once),
        TEST(fields_that_nobody_sets_are_refused),
        TEST(what_is_given_once_is_not_changed),
        TEST(a_unique_value_that_is_taken_is_told_by_its_field),
        TEST(a_change_of_an_older_version_is_refused),
        TEST(a_change_that_changes_nothing_writes_nothing),
        TEST(whether_it_may_be_done_comes_before_what_is_wrong),
        TEST(amounts_are_kept_in_the_units_of_their_currency),
        TEST(an_amount_does_not_become_another_when_its_currency_changes),
        TEST(what_is_deleted_foreign_or_out_of_reach_is_absent),
        TEST(a_flag_moves_within_its_parent),
        TEST(a_delete_follows_each_reference_s_own_rule),
        TEST(a_record_in_use_is_not_deleted_and_says_by_how_many),
        TEST(a_restored_record_lets_go_of_what_is_gone),
        TEST(who_may_see_but_not_delete_is_told_so),
        TEST(an_action_runs_in_its_states_only),
        TEST(an_action_is_undone_in_one_go),
        TEST(a_refused_change_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
