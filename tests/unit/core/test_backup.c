/* test_backup.c - rows leave a database and come into another with all their references; a company moves with its secrets, and
 * brings nothing that is not its own. */
#include "core/core_test.h"

#include "core/archive_test.h"
#include "core/backup.h"
#include "core/backup_impl.h"
#include "core/search.h"
#include "core/vault.h"
#include "core/verify.h"

/* ---- one database and the next --------------------------------------------------------------------------------------- */

static struct db *first;

/* From here on `db` is an empty one; the first is closed with the test. */
static void next_database(void) {
    struct errors errors = {.arena = arena};
    struct db_options options = {.url = str_cstr(arena, str_printf(arena, "sqlite:%s/next.db", directory)), .create = true};
    first = db;
    db = db_open(&options, &errors);
    assert_non_null(db);
    struct buf schema = buf_new(arena, 65536);
    schema_sql(&schema, db_dialect(db));
    struct str sql = buf_str(&schema);
    assert_true(db_write_wait(db, DB_PLATFORM, core_test_script, &sql, NULL));
}

static int backup_test_close(void **state) {
    vault_close_master();
    if (first) db_close(first);
    first = NULL;
    return core_test_close(state);
}
#undef TEST
#define TEST(function) cmocka_unit_test_setup_teardown(function, core_test_open, backup_test_close)

/* The code of the first error; "" where there is none. */
static const char *code_of(const struct ctx *ctx) {
    return ctx->errors.count ? ctx->errors.first->code : "";
}

static struct str backed_up(int64_t tenant, const struct archive_secret *secret, const char **code) {
    struct buf file = buf_new(arena, 65536);
    struct ctx *ctx = as_system(0);
    struct backup_options options = {.tenant_id = tenant};
    struct backup_counts counts;
    struct archive_writer *w = archive_create(arena, archive_test_write, &file, &archive_test_header, secret, &ctx->errors);
    assert_non_null(w);
    bool ok = backup_write(ctx, w, &options, &counts);
    *code = code_of(ctx);
    assert_int_equal(ok, ctx->errors.count == 0);
    return buf_str(&file);
}

struct loading {
    struct archive_reader *archive;
    struct restore_options options;
    struct backup_counts counts;
    int64_t tenant;
};

static bool load_run(struct ctx *ctx, void *arg) {
    struct loading *l = arg;
    return restore_load(ctx, l->archive, &l->options, &l->counts, &l->tenant);
}

static const char *loaded(struct str file, const struct archive_secret *secret, struct restore_options options) {
    struct ctx *ctx = as_system(0);
    struct loading loading = {.options = options};
    loading.archive = archive_open(arena, archive_test_read, &file, secret, &ctx->errors);
    assert_non_null(loading.archive);
    bool ok = ctx_write(ctx, load_run, &loading);
    core_test_print(&ctx->errors);
    assert_int_equal(ok, ctx->errors.count == 0);
    return code_of(ctx);
}

static void note(void *arg, const struct verify_finding *f) {
    (void)arg;
    print_message("%.*s %lld %.*s: %.*s\n", STR_ARG(f->entity), (long long)f->id, STR_ARG(f->field), STR_ARG(f->message));
}

static void is_sound(void) {
    struct ctx *ctx = as_system(0);
    struct verify_options options = {.found = note};
    struct verify_result result;
    assert_true(search_rebuild(ctx, 0, NULL, NULL));
    assert_true(verify_run(ctx, &options, &result));
    assert_int_equal(result.findings, 0);
    assert_true(result.rows > 20);
}

/* ---- the tests ------------------------------------------------------------------------------------------------------- */

static void a_table_comes_after_those_that_it_needs(void **state) {
    (void)state;
    int n = registry_count();
    struct backup_plan *plans = arena_array(arena, struct backup_plan, (size_t)n);
    for (int i = 0; i < n; i++)
        plans[i] = (struct backup_plan){.entity = registry_at(i), .rows = str_eqc(registry_at(i)->name, "leads") ? 1000000 : 100};
    assert_true(backup_order(plans, n));
    for (int i = 0; i < n; i++) {
        for (int k = 0; k < plans[i].entity->field_count; k++) {
            const struct field *f = &plans[i].entity->fields[k];
            if (!f->to || !f->stored || f->flags & IMPLICIT) continue;
            bool before = false;
            for (int j = 0; j < i; j++) before = before || plans[j].entity == f->to;
            assert_int_equal(field_set_has(&plans[i].late, k), !before);
            assert_false(!before && f->flags & REQUIRED);
        }
        if (str_eqc(plans[i].entity->name, "leads")) assert_false(plans[i].has_late); // a million updates are saved
    }
}

static void references_in_a_circle_come_back(void **state) {
    (void)state;
    MADE("lead_statuses", {"name", TEXT("New")});
    int64_t lead = MADE("leads", {"name", TEXT("Rooftop")});
    int64_t c = MADE("clients", {"name", TEXT("Meridian")}, {"lead_id", INT(lead)});
    CHANGED("leads", lead, {"client_id", INT(c)}, {"assigned_to_id", INT(ANN)});
    CHANGED("users", ANN, {"location_id", INT(EAST)});
    CHANGED("locations", EAST, {"client_id", INT(c)});
    const char *code;
    struct str file = backed_up(0, &archive_test_unlocked, &code);
    assert_string_equal(code, "");
    next_database();
    assert_string_equal(loaded(file, &archive_test_unlocked, (struct restore_options){0}), "");
    assert_int_equal(row_int(row_of(ONE, "clients", c), "lead_id"), lead);
    assert_int_equal(row_int(row_of(ONE, "leads", lead), "client_id"), c);
    assert_int_equal(row_int(row_of(ONE, "users", ANN), "location_id"), EAST);
    assert_int_equal(row_int(row_of(ONE, "locations", EAST), "client_id"), c);
    is_sound();
}

static void one_company_leaves_alone(void **state) {
    (void)state;
    int64_t c = MADE("clients", {"name", TEXT("Meridian")});
    int64_t theirs = core_test_made(as_system(TWO), "clients", ARGS({"name", TEXT("Theirs")}));
    const char *code;
    struct str file = backed_up(ONE, &archive_test_unlocked, &code);
    next_database();
    assert_string_equal(loaded(file, &archive_test_unlocked, (struct restore_options){.one_tenant = true}), "");
    assert_non_null(row_of(ONE, "clients", c));
    assert_null(row_of(TWO, "clients", theirs));
    assert_int_equal(sql_int(as_system(0), "SELECT count(*) FROM tenants", NO_ARGS), 1);
    is_sound();
    assert_string_equal(loaded(file, &archive_test_unlocked, (struct restore_options){.one_tenant = true}), "already_there");
}

static void an_export_brings_nothing_of_others(void **state) {
    (void)state;
    const char *code;
    struct str all = backed_up(0, &archive_test_unlocked, &code);
    next_database();
    assert_string_equal(loaded(all, &archive_test_unlocked, (struct restore_options){.one_tenant = true}), "backup_damaged");
    assert_int_equal(sql_int(as_system(0), "SELECT count(*) FROM tenants", NO_ARGS), 0);
}

/* A secret of a client, sealed by hand: none of today's entities has one. */
static const struct field_decl secret_decl = {"name", "Name", F_SECRET};
static struct field secret;

static bool seal_run(struct ctx *ctx, void *arg) {
    return vault_seal(ctx, registry_get("clients"), *(int64_t *)arg, &secret, STR("hunter2"), (int64_t *)arg);
}

static void secrets_open_under_another_master_key(void **state) {
    (void)state;
    struct errors errors = {.arena = arena};
    secret = (struct field){.decl = &secret_decl, .name = STR("name"), .kind = &kind_secret};
    assert_true(vault_open_master(str_printf(arena, "%s/one.key", directory).ptr, &errors));
    int64_t c = MADE("clients", {"name", TEXT("Meridian")}), stored = c;
    assert_true(ctx_write(as_system(ONE), seal_run, &stored));
    const char *code;
    backed_up(ONE, &archive_test_unlocked, &code);
    assert_string_equal(code, "key_needed");
    struct str file = backed_up(ONE, &archive_test_key, &code);
    assert_string_equal(code, "");
    next_database();
    assert_true(vault_open_master(str_printf(arena, "%s/two.key", directory).ptr, &errors));
    assert_string_equal(loaded(file, &archive_test_key, (struct restore_options){.one_tenant = true}), "");
    struct str plain = STR("");
    struct ctx *ctx = as_system(ONE);
    assert_true(vault_use(ctx, registry_get("clients"), c, &secret, stored, &plain));
    assert_text(plain, "hunter2");
    // the control: under the first key it does not open any more
    assert_true(vault_open_master(str_printf(arena, "%s/one.key", directory).ptr, &errors));
    assert_false(vault_use(ctx, registry_get("clients"), c, &secret, stored, &plain));
}

static void keys_of_files_lead_nowhere_else(void **state) {
    (void)state;
    const char *sha = "ab34567890123456789012345678901234567890123456789012345678901234";
    assert_true(backup_key_sound(str_printf(arena, "17/ab/%s", sha)));
    assert_false(backup_key_sound(str_printf(arena, "17/cd/%s", sha)));
    assert_false(backup_key_sound(str_printf(arena, "../ab/%s", sha)));
    assert_false(backup_key_sound(str_printf(arena, "17/ab/%s/x", sha)));
    assert_false(backup_key_sound(STR("17/ab/../../../../../../../../../../../../../../../../../etc/passwd0")));
    assert_false(backup_key_sound(STR("")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_table_comes_after_those_that_it_needs), TEST(references_in_a_circle_come_back),
        TEST(one_company_leaves_alone),                TEST(an_export_brings_nothing_of_others),
        TEST(secrets_open_under_another_master_key),   TEST(keys_of_files_lead_nowhere_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
