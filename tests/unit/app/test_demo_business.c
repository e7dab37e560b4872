/* test_demo_business.c - each demo business: rows in every entity that it uses, nothing refused, nothing that verify finds, the
 * same for the same seed. */
#include "app_test.h"

#include <sys/stat.h>

#include "app/demo/demo.h"
#include "app/demo/world.h"
#include "core/vault.h"
#include "core/verify.h"

static const char *files_dir;
static int64_t today;

static struct demo_result demo_of(const char *business, int size, uint64_t seed) {
    struct demo_options options = {.business = str_of(business),
                                   .size = size,
                                   .seed = seed,
                                   .now = today,
                                   .files_dir = files_dir,
                                   .password_hash = STR("none")};
    struct demo_result result;
    struct errors errors = {.arena = arena};
    bool ok = demo_create(db, arena, &options, &result, &errors);
    if (!ok) print_message("%.*s\n", STR_ARG(errors.first->message));
    assert_true(ok);
    if (result.refused) print_message("%s: %lld, %.*s\n", business, (long long)result.refused, STR_ARG(result.refusal));
    assert_int_equal(result.refused, 0);
    tenant = result.tenant_id;
    return result;
}

static int with_files(void **state) {
    if (app_test_open(state)) return 1;
    struct errors errors = {.arena = arena};
    files_dir = str_cstr(arena, str_printf(arena, "%s/files", directory));
    assert_int_equal(mkdir(files_dir, 0700), 0);
    assert_true(vault_open_master(str_cstr(arena, str_printf(arena, "%s/master.key", directory)), &errors));
    today = time_now();
    return 0;
}

/* Rows are counted without the platform's own. */
static int64_t rows_of(const struct entity *entity) {
    struct ctx *ctx = app_test_ctx(0);
    return query_count_up_to(query_new(ctx, entity), 1);
}

static bool uses(const struct demo_business *business, const struct entity *entity) {
    struct str rest = str_of(business->packs), pack;
    if (strcmp(entity->decl->pack, "core") == 0) return true;
    while (str_split(&rest, ',', &pack))
        if (str_eqc(pack, entity->decl->pack)) return true;
    return false;
}

static void every_entity_has_rows(const struct demo_business *business) {
    demo_of(business->name, 1, 1);
    int empty = 0;
    for (int i = 0; i < registry_count(); i++) {
        const struct entity *entity = registry_at(i);
        if (!uses(business, entity) || world_without(business->packs, entity) || rows_of(entity)) continue;
        print_message("%s: no %s\n", business->name, entity->decl->name);
        empty++;
    }
    assert_int_equal(empty, 0);
}

static void told(void *arg, const struct verify_finding *found) {
    (void)arg;
    print_message("%.*s %lld %.*s: %.*s\n", STR_ARG(found->entity), (long long)found->id, STR_ARG(found->field),
                  STR_ARG(found->message));
}

static void nothing_is_wrong_with_it(void) {
    int64_t here = tenant;
    tenant = 0;
    struct ctx *ctx = app_test_ctx(0);
    tenant = here;
    struct verify_options options = {.tenant_id = here, .files_dir = files_dir, .found = told};
    struct verify_result result;
    assert_true(verify_run(ctx, &options, &result));
    assert_true(result.rows > 1000);
    assert_int_equal(result.findings, 0);
}

static void sales_company_is_whole(void **state) {
    (void)state;
    every_entity_has_rows(&demo_sales);
    nothing_is_wrong_with_it();
}

static void money_that_was_paid_is_money_that_was_billed(void) {
    assert_true(number("SELECT count(*) FROM invoices WHERE tenant_id = :tenant AND status = 'paid'") > 10);
    assert_int_equal(
        number("SELECT count(*) FROM invoices WHERE tenant_id = :tenant AND amount_due <> total_amount - amount_paid"), 0);
    assert_int_equal(number("SELECT count(*) FROM invoices i WHERE i.tenant_id = :tenant AND i.total_amount <> (SELECT "
                            "sum(l.total_price) FROM invoice_items l WHERE l.tenant_id = i.tenant_id AND l.invoice_id = i.id)"),
                     0);
    assert_int_equal(number("SELECT count(*) FROM payments WHERE tenant_id = :tenant AND created_at > :now"), 0);
}

static void managed_services_company_is_whole(void **state) {
    (void)state;
    every_entity_has_rows(&demo_msp);
    nothing_is_wrong_with_it();
    assert_int_equal(number("SELECT count(*) FROM tickets t JOIN contacts c ON c.tenant_id = t.tenant_id AND c.id = t.contact_id "
                            "WHERE t.tenant_id = :tenant AND c.client_id <> t.client_id"),
                     0);
    assert_true(number("SELECT count(DISTINCT status) FROM tickets WHERE tenant_id = :tenant") >= 5);
    assert_int_equal(number("SELECT count(*) FROM tickets WHERE tenant_id = :tenant AND resolved_at < created_at"), 0);
    money_that_was_paid_is_money_that_was_billed();
}

static void property_company_is_whole(void **state) {
    (void)state;
    every_entity_has_rows(&demo_property);
    nothing_is_wrong_with_it();
    assert_int_equal(number("SELECT count(*) FROM reservations r JOIN deals d ON d.tenant_id = r.tenant_id AND d.id = r.deal_id "
                            "WHERE r.tenant_id = :tenant AND d.lot_id <> r.lot_id"),
                     0);
    assert_true(number("SELECT count(*) FROM lots WHERE tenant_id = :tenant AND status = 'sold'") > 5);
    assert_true(number("SELECT count(*) FROM lots WHERE tenant_id = :tenant AND status = 'available'") > 20);
}

static void moving_company_is_whole(void **state) {
    (void)state;
    every_entity_has_rows(&demo_moving);
    nothing_is_wrong_with_it();
    assert_true(number("SELECT count(*) FROM journeys WHERE tenant_id = :tenant AND status = 'audited'") > 20);
    assert_true(number("SELECT count(*) FROM journeys WHERE tenant_id = :tenant AND status = 'morning_prep'") > 2);
    assert_int_equal(number("SELECT count(*) FROM inventory_items WHERE tenant_id = :tenant AND quantity < 0"), 0);
}

/* ---- the same again
 * ------------------------------------------------------------------------------------------------------------ */

static int by_text(const void *a, const void *b) { return str_cmp(*(const struct str *)a, *(const struct str *)b); }

/* All that a row says, without what names it in the database. */
static struct str said(struct ctx *ctx, const struct row *row) {
    struct buf b = buf_new(arena, 256);
    for (int i = 0; i < row->entity->field_count; i++) {
        const struct field *f = &row->entity->fields[i];
        bool names = f->to || f->kind == &kind_secret || f->kind == &kind_subject_id || i == row->entity->id ||
                     i == row->entity->tenant_id || str_eqc(f->name, "storage_key");
        if (!f->stored || names) continue;
        kind_to_text(&b, f, &ctx->env, row->values[i]);
        buf_char(&b, '|');
    }
    return buf_str(&b);
}

static struct str all_of(const char *entity) {
    struct ctx *ctx = app_test_ctx(0);
    struct query *q = query_new(ctx, registry_get(entity));
    struct buf b = buf_new(arena, 65536);
    struct str *lines = arena_array(arena, struct str, 20000);
    size_t count = 0;
    struct rows rows;
    q->limit = QUERY_MAX_LIMIT;
    do {
        assert_true(query_rows(q, &rows));
        for (int i = 0; i < rows.count && count < 20000; i++) lines[count++] = said(ctx, rows.at[i]);
        q->cursor = rows.next;
    } while (rows.next.len);
    qsort(lines, count, sizeof *lines, by_text);
    for (size_t i = 0; i < count; i++) buf_add(&b, lines[i]);
    return buf_str(&b);
}

static void same_seed_and_day_make_the_same_company(void **state) {
    (void)state;
    static const char *const entities[] = {"clients",         "contacts",      "lots",     "reservations", "deals",
                                           "invoices",        "invoice_items", "payments", "tasks",        "notes",
                                           "calendar_events", "lot_features"};
    enum { COUNT = sizeof entities / sizeof *entities };
    struct str first[COUNT];
    demo_of("property", 1, 5);
    for (int i = 0; i < COUNT; i++) first[i] = all_of(entities[i]);
    demo_of("property", 1, 5);
    for (int i = 0; i < COUNT; i++) {
        bool same = str_eq(all_of(entities[i]), first[i]);
        if (!same) print_message("%s differ\n", entities[i]);
        assert_true(same);
    }
    demo_of("property", 1, 6);
    assert_false(str_eq(all_of("clients"), first[0]));
}

static void larger_size_is_more_of_everything_that_people_do(void **state) {
    (void)state;
    demo_of("msp", 1, 1);
    int64_t clients = number("SELECT count(*) FROM clients WHERE tenant_id = :tenant");
    demo_of("msp", 2, 1);
    assert_int_equal(number("SELECT count(*) FROM clients WHERE tenant_id = :tenant"), 2 * clients);
    nothing_is_wrong_with_it();
}

static void size_out_of_range_is_refused_by_name(void **state) {
    (void)state;
    static const int sizes[] = {0, -3, 101};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct demo_options options = {.business = STR("msp"), .size = sizes[i], .password_hash = STR("none")};
        struct demo_result result;
        struct errors errors = {.arena = arena};
        assert_false(demo_create(db, arena, &options, &result, &errors));
        assert_non_null(errors_for(&errors, "size"));
    }
}

#define WHOLE(function) cmocka_unit_test_setup_teardown(function, with_files, app_test_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        WHOLE(sales_company_is_whole),
        WHOLE(managed_services_company_is_whole),
        WHOLE(property_company_is_whole),
        WHOLE(moving_company_is_whole),
        WHOLE(same_seed_and_day_make_the_same_company),
        WHOLE(larger_size_is_more_of_everything_that_people_do),
        WHOLE(size_out_of_range_is_refused_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
