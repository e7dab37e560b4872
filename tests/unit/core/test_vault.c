/* test_vault.c - secrets in the database: sealed, used, replaced, forgotten, rotated, and never opened elsewhere. */
#include "core_test.h"

#include "core/vault.h"

enum { RECORD = 77 };

/* An entity as the registry would derive it: a secret and a text. */
static const struct field_decl field_decls[] = {
    {"id", "Id", .kind = &kind_int}, {"password", "Password", F_SECRET}, {"name", "Name", F_TEXT(40)}};
static const struct entity_decl thing_decl = {.name = "things", .one = "Thing", .many = "Things"};
static struct entity thing;
static struct field fields[3];

static void make_thing(void) {
    thing = (struct entity){.decl = &thing_decl, .name = STR("things"), .fields = fields, .field_count = 3};
    for (int i = 0; i < 3; i++) {
        fields[i] = (struct field){.decl = &field_decls[i],
                                   .name = str_of(field_decls[i].name),
                                   .kind = field_decls[i].kind,
                                   .entity = &thing,
                                   .index = i,
                                   .stored = true};
    }
}

static const struct field *const password = &fields[1];

static const char *key_file(const char *name) {
    return str_cstr(arena, str_printf(arena, "%s/%s", directory, name));
}

static int vault_test_open(void **state) {
    core_test_open(state);
    make_thing();
    struct errors errors = {.arena = arena};
    assert_true(vault_open_master(key_file("key"), &errors));
    return 0;
}

static int vault_test_close(void **state) {
    vault_close_master();
    return core_test_close(state);
}
#define VAULT_TEST(name) cmocka_unit_test_setup_teardown(name, vault_test_open, vault_test_close)

struct sealing {
    int64_t record, stored;
    struct str plain;
    bool ok;
};

static bool seal_run(struct ctx *ctx, void *arg) {
    struct sealing *s = arg;
    return vault_seal(ctx, &thing, s->record, password, s->plain, &s->stored);
}

static int64_t sealed(struct ctx *ctx, int64_t record, const char *plain) {
    struct sealing s = {.record = record, .plain = str_of(plain)};
    bool ok = ctx_write(ctx, seal_run, &s);
    if (!ok) fail_msg("not sealed: %.*s", STR_ARG(ctx->errors.first->message));
    return s.stored;
}

static struct str used(struct ctx *ctx, int64_t record, int64_t stored) {
    struct str plain = STR("");
    errors_clear(&ctx->errors);
    if (!vault_use(ctx, &thing, record, password, stored, &plain)) return str_of(ctx->errors.first->code);
    return plain;
}

static int64_t count_sealed(struct ctx *ctx) {
    return sql_int(ctx, "SELECT count(*) FROM encrypted_values WHERE tenant_id = :tenant", NO_ARGS);
}

static int64_t count_keys(struct ctx *ctx, bool live) {
    return live ? sql_int(ctx, "SELECT count(*) FROM vault_keys WHERE tenant_id = :tenant AND retired_at IS NULL", NO_ARGS)
                : sql_int(ctx, "SELECT count(*) FROM vault_keys WHERE tenant_id = :tenant", NO_ARGS);
}

static void a_secret_comes_back_and_is_nowhere_in_plain(void **state) {
    (void)state;
    struct ctx *ctx = as_system(ONE);
    int64_t stored = sealed(ctx, RECORD, "correct horse");
    assert_true(stored > 0);
    assert_text(used(ctx, RECORD, stored), "correct horse");
    struct str text = sql_text(ctx,
                               "SELECT entity_type || entity_id || field_name || ciphertext || iv || tag FROM encrypted_values "
                               "WHERE tenant_id = :tenant",
                               NO_ARGS);
    assert_true(str_starts(text, STR("things77password")) && str_find(text, STR("horse")) < 0);
    assert_int_equal(count_keys(ctx, true), 1);
}

static void a_new_secret_takes_the_place_of_the_old(void **state) {
    (void)state;
    struct ctx *ctx = as_system(ONE);
    int64_t first = sealed(ctx, RECORD, "old"), second = sealed(ctx, RECORD, "new");
    assert_int_equal(first, second);
    assert_text(used(ctx, RECORD, second), "new");
    assert_int_equal(count_sealed(ctx), 1);
    assert_int_equal(count_keys(ctx, false), 1);
}

static void a_secret_opens_in_its_own_place_only(void **state) {
    (void)state;
    struct ctx *ctx = as_system(ONE), *other = as_system(TWO);
    int64_t mine = sealed(ctx, RECORD, "mine"), next = sealed(ctx, RECORD + 1, "next");
    sealed(other, RECORD, "theirs");
    assert_text(used(ctx, RECORD + 1, mine), "vault_locked");
    assert_text(used(ctx, RECORD, next), "vault_locked");
    assert_text(used(other, RECORD, mine), "not_set");
    assert_text(used(ctx, RECORD, 12345), "not_set");
    assert_text(used(ctx, RECORD, mine), "mine");
}

static bool steal_run(struct ctx *ctx, void *arg) {
    (void)arg;
    return sql_exec(
        ctx,
        "UPDATE encrypted_values SET ciphertext = (SELECT ciphertext FROM encrypted_values WHERE tenant_id = 2), iv = "
        "(SELECT iv FROM encrypted_values WHERE tenant_id = 2), tag = (SELECT tag FROM encrypted_values WHERE "
        "tenant_id = 2) WHERE tenant_id = :tenant",
        NO_ARGS);
}

static void a_ciphertext_copied_from_another_tenant_does_not_open(void **state) {
    (void)state;
    struct ctx *ctx = as_system(ONE), *other = as_system(TWO);
    int64_t mine = sealed(ctx, RECORD, "mine");
    sealed(other, RECORD, "theirs");
    assert_true(ctx_write(ctx, steal_run, NULL));
    assert_text(used(ctx, RECORD, mine), "vault_locked");
}

static void without_the_right_master_key_nothing_opens(void **state) {
    (void)state;
    struct ctx *ctx = as_system(ONE);
    struct errors errors = {.arena = arena};
    int64_t stored = sealed(ctx, RECORD, "mine");
    const char *other = key_file("other");
    assert_true(vault_open_master(other, &errors));
    assert_text(used(ctx, RECORD, stored), "vault_locked");
    struct sealing again = {.record = RECORD, .plain = STR("x")};
    assert_false(ctx_write(ctx, seal_run, &again));
    vault_close_master();
    assert_text(used(ctx, RECORD, stored), "vault_locked");
    unlink(other);
    assert_true(vault_open_master(key_file("key"), &errors));
    assert_text(used(ctx, RECORD, stored), "mine");
}

static void a_rotated_key_seals_everything_again(void **state) {
    (void)state;
    struct ctx *ctx = as_system(ONE), *other = as_system(TWO);
    int64_t stored[100], count = 0, theirs = sealed(other, RECORD, "theirs");
    for (int i = 0; i < 100; i++) stored[i] = sealed(ctx, i + 1, str_cstr(arena, str_printf(arena, "secret %d", i)));
    struct str before = sql_text(ctx, "SELECT min(key_id) FROM encrypted_values WHERE tenant_id = :tenant", NO_ARGS);
    assert_true(vault_rotate(ctx, &count));
    assert_int_equal(count, 100);
    assert_int_equal(count_keys(ctx, true), 1);
    assert_int_equal(count_keys(ctx, false), 2);
    assert_int_equal(sql_int(ctx, "SELECT count(DISTINCT key_id) FROM encrypted_values WHERE tenant_id = :tenant", NO_ARGS), 1);
    struct str after = sql_text(ctx, "SELECT min(key_id) FROM encrypted_values WHERE tenant_id = :tenant", NO_ARGS);
    assert_false(str_eq(before, after));
    for (int i = 0; i < 100; i++) assert_text(used(ctx, i + 1, stored[i]), str_cstr(arena, str_printf(arena, "secret %d", i)));
    assert_text(used(other, RECORD, theirs), "theirs");
    assert_int_equal(count_keys(other, false), 1);
}

static bool change_run(struct ctx *ctx, void *arg) {
    return vault_seal_change(ctx, arg);
}

static struct row *thing_row(struct value secret) {
    struct row *row = row_new(arena, &thing);
    row->values[0] = value_int(RECORD);
    row->values[1] = secret;
    row->values[2] = value_text(STR("plain stays"));
    return row;
}

static void a_change_seals_what_it_brings_and_forgets_what_it_takes(void **state) {
    (void)state;
    struct ctx *ctx = as_system(ONE);
    struct change create = {.entity = &thing, .row = thing_row(value_text(STR("first")))};
    assert_true(ctx_write(ctx, change_run, &create));
    assert_int_equal(create.row->values[1].type, VALUE_INT);
    assert_text(create.row->values[2].text, "plain stays");
    int64_t stored = create.row->values[1].integer;
    assert_text(used(ctx, RECORD, stored), "first");

    struct change other = {.entity = &thing, .old = create.row, .row = thing_row(value_int(stored))};
    assert_true(ctx_write(ctx, change_run, &other));
    assert_text(used(ctx, RECORD, stored), "first");

    struct change cleared = {.entity = &thing, .old = create.row, .row = thing_row(VALUE_NONE)};
    assert_true(ctx_write(ctx, change_run, &cleared));
    assert_int_equal(count_sealed(ctx), 0);
    assert_text(used(ctx, RECORD, stored), "not_set");
}

static bool forget_run(struct ctx *ctx, void *arg) {
    (void)arg;
    return vault_forget_row(ctx, thing_row(value_int(1)));
}

static void a_record_is_forgotten_with_all_its_secrets_and_no_other(void **state) {
    (void)state;
    struct ctx *ctx = as_system(ONE), *other = as_system(TWO);
    sealed(ctx, RECORD, "a");
    int64_t next = sealed(ctx, RECORD + 1, "b"), theirs = sealed(other, RECORD, "c");
    assert_true(ctx_write(ctx, forget_run, NULL));
    assert_int_equal(count_sealed(ctx), 1);
    assert_text(used(ctx, RECORD + 1, next), "b");
    assert_text(used(other, RECORD, theirs), "c");
}

/* Revealing needs rows that a query finds: clients stand in, with a number of theirs taken for the secret's column. */
static struct field client_secret(void) {
    struct field field = *entity_field(registry_get("clients"), STR("payment_terms_days"));
    field.kind = &kind_secret;
    return field;
}

struct client_sealing {
    int64_t id, stored;
    const struct field *field;
};

static bool client_run(struct ctx *ctx, void *arg) {
    struct client_sealing *s = arg;
    return vault_seal(ctx, registry_get("clients"), s->id, s->field, STR("open sesame"), &s->stored) &&
           sql_exec(ctx, "UPDATE clients SET payment_terms_days = :stored WHERE tenant_id = :tenant AND id = :id",
                    ARGS({":stored", value_int(s->stored)}, {":id", value_int(s->id)}));
}

static int64_t client_with_secret(const struct field *field) {
    struct client_sealing s = {.id = MADE("clients", {"name", TEXT("Ann's")}, {"assigned_to_id", INT(ANN)}), .field = field};
    assert_true(ctx_write(as_system(ONE), client_run, &s));
    return s.id;
}

static int64_t reveals(void) {
    return sql_int(as_system(ONE),
                   "SELECT count(*) FROM audit_logs WHERE tenant_id = :tenant AND action = 'reveal' AND entity_type = 'clients'",
                   NO_ARGS);
}

/* What this person gets: the secret, or the status that refuses it. */
static int reveal(int64_t user, int64_t id, const struct field *field, struct str *plain) {
    struct ctx *ctx = as(user);
    *plain = STR("");
    bool ok = vault_reveal(ctx, registry_get("clients"), id, field, plain);
    if (!ok) assert_int_equal(plain->len, 0);
    return ok ? 200 : status_of(ctx);
}

static void a_secret_is_revealed_to_who_may_and_each_time_is_audited(void **state) {
    (void)state;
    struct field field = client_secret();
    struct str plain;
    int64_t id = client_with_secret(&field);
    may("clients", "read", "all");
    assert_int_equal(reveal(ANN, id, &field, &plain), 403);
    assert_int_equal(reveals(), 0);
    may("clients", "reveal", "own");
    assert_int_equal(reveal(ANN, id, &field, &plain), 200);
    assert_text(plain, "open sesame");
    assert_int_equal(reveal(ANN, id, &field, &plain), 200);
    assert_int_equal(reveals(), 2);
    struct str detail = sql_text(as_system(ONE),
                                 "SELECT changes || user_id || entity_id FROM audit_logs WHERE tenant_id = :tenant AND action = "
                                 "'reveal' ORDER BY id LIMIT 1",
                                 NO_ARGS);
    assert_text(detail, str_cstr(arena, str_printf(arena, "{\"field\":\"payment_terms_days\"}%d%lld", ANN, (long long)id)));
}

static void what_is_out_of_reach_is_not_there_to_reveal(void **state) {
    (void)state;
    struct field field = client_secret();
    struct str plain;
    int64_t id = client_with_secret(&field);
    may("clients", "read", "all");
    may("clients", "reveal", "own");
    assert_int_equal(reveal(BEN, id, &field, &plain), 404);
    assert_int_equal(reveal(ADMIN_TWO, id, &field, &plain), 404);
    assert_int_equal(reveal(ANN, id + 1, &field, &plain), 404);
    int64_t without = MADE("clients", {"name", TEXT("No secret")}, {"assigned_to_id", INT(ANN)});
    assert_int_equal(reveal(ANN, without, &field, &plain), 404);
    assert_int_equal(reveals(), 0);
    assert_int_equal(reveal(ANN, id, &field, &plain), 200);
}

static void a_secret_that_does_not_open_leaves_no_entry(void **state) {
    (void)state;
    struct field field = client_secret();
    struct str plain;
    int64_t id = client_with_secret(&field);
    vault_close_master();
    assert_int_equal(reveal(ADMIN, id, &field, &plain), 500);
    assert_int_equal(reveals(), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        VAULT_TEST(a_secret_comes_back_and_is_nowhere_in_plain),
        VAULT_TEST(a_new_secret_takes_the_place_of_the_old),
        VAULT_TEST(a_secret_opens_in_its_own_place_only),
        VAULT_TEST(a_ciphertext_copied_from_another_tenant_does_not_open),
        VAULT_TEST(without_the_right_master_key_nothing_opens),
        VAULT_TEST(a_rotated_key_seals_everything_again),
        VAULT_TEST(a_change_seals_what_it_brings_and_forgets_what_it_takes),
        VAULT_TEST(a_record_is_forgotten_with_all_its_secrets_and_no_other),
        VAULT_TEST(a_secret_is_revealed_to_who_may_and_each_time_is_audited),
        VAULT_TEST(what_is_out_of_reach_is_not_there_to_reveal),
        VAULT_TEST(a_secret_that_does_not_open_leaves_no_entry),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
