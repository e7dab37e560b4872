/* test_audit.c - the audit log tells exactly what changed from what to what, and nothing that must stay hidden; events follow the
 * commit. */
#include "core/core_test.h"

#include "core/audit.h"
#include "core/event.h"

static struct str audit_text(int64_t tenant, const char *sql, int64_t id) {
    return sql_text(as_system(tenant), sql, ARGS({":id", INT(id)}));
}

/* The changes of the record's newest entry. */
static struct str changes_of(int64_t id) {
    return audit_text(
        ONE, "SELECT changes FROM audit_logs WHERE tenant_id = :tenant AND entity_id = :id ORDER BY id DESC LIMIT 1", id);
}
static struct str verbs_of(int64_t id) {
    return audit_text(ONE,
                      "SELECT group_concat(action, ' ') FROM (SELECT action FROM audit_logs WHERE tenant_id = :tenant "
                      "AND entity_id = :id ORDER BY id)",
                      id);
}

static int64_t client(void) {
    return MADE("clients", {"name", TEXT("Meridian")}, {"hourly_rate", INT(12050)}, {"currency", TEXT("AUD")});
}

static void a_creation_has_an_entry_without_changes(void **state) {
    (void)state;
    int64_t id = client();
    assert_text(verbs_of(id), "created");
    assert_text(changes_of(id), "");
}

static void a_change_names_the_field_with_its_old_and_new_value(void **state) {
    (void)state;
    int64_t id = client();
    CHANGED("clients", id, {"name", TEXT("Meridian \"Cold\" <Chain>")}, {"payment_terms_days", INT(14)}, {"is_lead", INT(1)});
    assert_text(changes_of(id), "{\"name\":[\"Meridian\",\"Meridian \\\"Cold\\\" \\u003cChain\\u003e\"],\"is_lead\":[false,true],"
                                "\"payment_terms_days\":[null,14]}");
}

static void money_stands_in_the_currency_that_the_record_had_on_each_side(void **state) {
    (void)state;
    int64_t id = client();
    CHANGED("clients", id, {"hourly_rate", INT(9900)});
    assert_text(changes_of(id), "{\"hourly_rate\":[\"120.50\",\"99.00\"]}");
    CHANGED("clients", id, {"hourly_rate", INT(9900)}, {"currency", TEXT("JPY")});
    assert_text(changes_of(id), "{\"currency\":[\"AUD\",\"JPY\"]}");
    CHANGED("clients", id, {"hourly_rate", INT(5000)}, {"currency", TEXT("AUD")});
    assert_text(changes_of(id), "{\"hourly_rate\":[\"9900\",\"50.00\"],\"currency\":[\"JPY\",\"AUD\"]}");
}

static void what_was_not_changed_is_not_told(void **state) {
    (void)state;
    int64_t id = client();
    CHANGED("clients", id, {"name", TEXT("Meridian")});
    assert_text(verbs_of(id), "created");
}

static void a_hidden_field_is_left_out(void **state) {
    (void)state;
    CHANGED("users", ANN, {"password_hash", TEXT("$argon2id$secret")}, {"job_title", TEXT("Agent")});
    assert_text(changes_of(ANN), "{\"job_title\":[null,\"Agent\"]}");
    CHANGED("users", ANN, {"password_hash", TEXT("$argon2id$other")});
    assert_text(changes_of(ANN), "");
    assert_text(verbs_of(ANN), "created updated updated");
}

static void deletes_restores_and_actions_are_told_by_their_names(void **state) {
    (void)state;
    int64_t task = MADE("tasks", {"title", TEXT("Call")});
    struct ctx *ctx = as_system(ONE);
    assert_true(act(ctx, "tasks", task, "complete"));
    assert_true(erase(ctx, "tasks", task));
    assert_text(changes_of(task), "");
    assert_true(restore(ctx, "tasks", task));
    assert_text(verbs_of(task), "created complete deleted restored");
}

static void an_entry_says_who_and_from_where(void **state) {
    (void)state;
    may("clients", "create", "all");
    struct ctx *ctx = as(ANN);
    ctx->ip = STR("203.0.113.9");
    ctx->request_id = STR("r-1");
    struct buf agent = buf_new(arena, 2000);
    for (int i = 0; i < 1000; i++) buf_lit(&agent, "é");
    ctx->user_agent = buf_str(&agent);
    int64_t id = create(ctx, "clients", ARGS({"name", TEXT("Meridian")}));
    assert_int_not_equal(id, 0);
    assert_text(
        audit_text(ONE,
                   "SELECT user_id || ' ' || entity_type || ' ' || ip_address || ' ' || request_id || ' ' || length(user_agent) "
                   "FROM audit_logs WHERE tenant_id = :tenant AND entity_id = :id",
                   id),
        "102 clients 203.0.113.9 r-1 500");
}

static void what_failed_leaves_no_entry(void **state) {
    (void)state;
    int64_t before = sql_int(as_system(ONE), "SELECT count(*) FROM audit_logs WHERE tenant_id = :tenant", NO_ARGS);
    struct ctx *ctx = as_system(ONE);
    assert_int_equal(
        create(ctx, "clients", ARGS({"name", TEXT("Gone")}, {"contract_start_date", INT(10)}, {"contract_end_date", INT(9)})), 0);
    assert_int_equal(sql_int(ctx, "SELECT count(*) FROM audit_logs WHERE tenant_id = :tenant", NO_ARGS), before);
}

static bool note(struct ctx *ctx, void *arg) {
    (void)arg;
    return audit_note(ctx, "export", "clients", 0, STR("{\"rows\":12}"));
}

static void a_note_stands_without_a_record(void **state) {
    (void)state;
    assert_true(ctx_write(as(ANN), note, NULL));
    assert_text(audit_text(ONE,
                           "SELECT user_id || entity_type || changes || (entity_id IS NULL) FROM audit_logs "
                           "WHERE tenant_id = :tenant AND action = 'export'",
                           0),
                "102clients{\"rows\":12}1");
}

static void a_tenants_entries_are_its_own(void **state) {
    (void)state;
    int64_t id = client();
    assert_text(audit_text(TWO, "SELECT count(*) FROM audit_logs WHERE tenant_id = :tenant AND entity_id = :id", id), "0");
}

/* ---- the chain ------------------------------------------------------------------------------------------------------- */

static struct audit_chain chain_of(int64_t tenant) {
    struct audit_chain chain;
    assert_true(audit_verify(as_system(tenant), &chain));
    return chain;
}
/* Runs SQL in which # stands for the id. */
static void tamper(const char *sql, int64_t id) {
    const char *at = strchr(sql, '#');
    struct str script = str_printf(arena, "%.*s%lld%s", (int)(at - sql), sql, (long long)id, at + 1);
    assert_true(db_write_wait(db, DB_PLATFORM, core_test_script, &script, NULL));
}
/* The newest entry of a record. */
static int64_t entry_of(int64_t id) {
    return sql_int(as_system(ONE), "SELECT max(id) FROM audit_logs WHERE tenant_id = :tenant AND entity_id = :id",
                   ARGS({":id", INT(id)}));
}

static void an_untouched_log_is_whole_and_each_tenant_has_its_own(void **state) {
    (void)state;
    client();
    int64_t entries = sql_int(as_system(ONE), "SELECT count(*) FROM audit_logs WHERE tenant_id = :tenant", NO_ARGS);
    struct audit_chain one = chain_of(ONE), two = chain_of(TWO);
    assert_int_equal(one.broken_id, 0);
    assert_int_equal(one.entries, entries);
    assert_int_equal(one.head.len, 64);
    assert_int_equal(two.broken_id, 0);
    client();
    assert_int_equal(chain_of(ONE).entries, entries + 1);
    assert_true(str_eq(chain_of(TWO).head, two.head));
    assert_int_not_equal(chain_of(ONE).head_id, one.head_id);
}

static void a_changed_entry_breaks_the_chain(void **state) {
    (void)state;
    static const char *const changes[] = {
        "UPDATE audit_logs SET user_id = 103 WHERE id = #",
        "UPDATE audit_logs SET user_id = NULL WHERE id = #",
        "UPDATE audit_logs SET changes = '{}' WHERE id = #",
        "UPDATE audit_logs SET created_at = created_at + 1 WHERE id = #",
        "UPDATE audit_logs SET entity_type = 'client', action = 'supdated' WHERE id = #",
        "UPDATE audit_logs SET chain_hash = 'x' WHERE id = #",
    };
    int64_t id = client();
    assert_true(update(as(ADMIN), "clients", id, ARGS({"name", TEXT("New")})));
    int64_t entry = entry_of(id);
    client();
    assert_int_equal(chain_of(ONE).broken_id, 0);
    tamper("CREATE TABLE kept AS SELECT * FROM audit_logs WHERE id = #", entry);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        tamper(changes[i], entry);
        if (chain_of(ONE).broken_id != entry) fail_msg("not noticed: %s", changes[i]);
        tamper("DELETE FROM audit_logs WHERE id = #; INSERT INTO audit_logs SELECT * FROM kept", entry);
        assert_int_equal(chain_of(ONE).broken_id, 0);
    }
}

static void an_entry_taken_out_breaks_the_chain_at_the_next(void **state) {
    (void)state;
    int64_t first = entry_of(client()), second = entry_of(client());
    tamper("DELETE FROM audit_logs WHERE id = #", first);
    assert_int_equal(chain_of(ONE).broken_id, second);
}

static void entries_cut_off_at_the_end_show_in_the_head(void **state) {
    (void)state;
    client();
    struct audit_chain before = chain_of(ONE);
    tamper("DELETE FROM audit_logs WHERE id = #", before.head_id);
    struct audit_chain after = chain_of(ONE);
    assert_int_equal(after.broken_id, 0);
    assert_false(str_eq(after.head, before.head));
}

/* ---- events ---------------------------------------------------------------------------------------------------------- */

static struct event heard[16];
static int heard_count;

static void hear(const struct event *event, void *arg) {
    assert_ptr_equal(arg, heard);
    if (heard_count < 16) heard[heard_count++] = *event;
}

static bool create_two(struct ctx *ctx, void *arg) {
    int64_t *ids = arg;
    for (int i = 0; i < 2; i++) {
        struct repo_input in = repo_input(ctx, registry_get("clients"), 0);
        repo_input_value(&in, "name", TEXT("Client"));
        repo_input_value(&in, "assigned_to_id", INT(BEN));
        repo_input_value(&in, "location_id", INT(EAST));
        ids[i] = row_id(repo_create(&in));
        assert_int_equal(heard_count, 0); // nobody hears of what is not committed
    }
    return true;
}

static void events_are_heard_in_order_after_the_commit(void **state) {
    (void)state;
    struct ctx *ctx = as(ADMIN);
    int64_t ids[2];
    heard_count = 0;
    assert_true(ctx_write(ctx, create_two, ids));
    assert_int_equal(heard_count, 2);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(heard[i].record_id, ids[i]);
        assert_string_equal(heard[i].verb, "created");
        assert_ptr_equal(heard[i].entity, registry_get("clients"));
        assert_int_equal(heard[i].tenant_id, ONE);
        assert_int_equal(heard[i].user_id, ADMIN);
        assert_int_equal(heard[i].owner_ids[0], BEN);
        assert_int_equal(heard[i].owner_ids[1], ADMIN);
        assert_int_equal(heard[i].owner_ids[2], 0);
        assert_int_equal(heard[i].client_id, ids[i]);
        assert_int_equal(heard[i].location_id, EAST);
        assert_int_equal(sql_int(ctx, "SELECT id FROM events WHERE tenant_id = :tenant AND entity_id = :id AND verb = 'created'",
                                 ARGS({":id", INT(ids[i])})),
                         heard[i].id);
    }
}

static void whoever_loses_a_record_hears_of_it(void **state) {
    (void)state;
    int64_t id = MADE("clients", {"name", TEXT("Client")}, {"assigned_to_id", INT(BEN)});
    heard_count = 0;
    CHANGED("clients", id, {"assigned_to_id", INT(ANN)});
    assert_int_equal(heard_count, 1);
    assert_int_equal(heard[0].owner_ids[0], ANN);
    assert_int_equal(heard[0].owner_ids[1], BEN);
}

static bool create_and_fail(struct ctx *ctx, void *arg) {
    int64_t ids[2];
    (void)arg;
    create_two(ctx, ids);
    return false;
}

static void what_was_rolled_back_is_not_heard(void **state) {
    (void)state;
    heard_count = 0;
    assert_false(ctx_write(as(ADMIN), create_and_fail, NULL));
    assert_int_equal(heard_count, 0);
    assert_int_equal(
        sql_int(as_system(ONE), "SELECT count(*) FROM events WHERE tenant_id = :tenant AND entity_type = 'clients'", NO_ARGS), 0);
}

int main(void) {
    event_listen(hear, heard);
    const struct CMUnitTest tests[] = {
        TEST(a_creation_has_an_entry_without_changes),
        TEST(a_change_names_the_field_with_its_old_and_new_value),
        TEST(money_stands_in_the_currency_that_the_record_had_on_each_side),
        TEST(what_was_not_changed_is_not_told),
        TEST(a_hidden_field_is_left_out),
        TEST(deletes_restores_and_actions_are_told_by_their_names),
        TEST(an_entry_says_who_and_from_where),
        TEST(what_failed_leaves_no_entry),
        TEST(a_note_stands_without_a_record),
        TEST(a_tenants_entries_are_its_own),
        TEST(an_untouched_log_is_whole_and_each_tenant_has_its_own),
        TEST(a_changed_entry_breaks_the_chain),
        TEST(an_entry_taken_out_breaks_the_chain_at_the_next),
        TEST(entries_cut_off_at_the_end_show_in_the_head),
        TEST(events_are_heard_in_order_after_the_commit),
        TEST(whoever_loses_a_record_hears_of_it),
        TEST(what_was_rolled_back_is_not_heard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
