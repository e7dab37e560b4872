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

/* What a person of the trade would find odd. Each statement counts what must not be. */
struct odd {
    const char *what, *count;
};
static void nothing_is_odd(const struct odd *odd) {
    int found = 0;
    for (; odd->what; odd++) {
        int64_t n = number(odd->count);
        if (n) print_message("%s: %lld\n", odd->what, (long long)n);
        found += n != 0;
    }
    assert_int_equal(found, 0);
}

static const struct odd odd_everywhere[] = {
    {"a lead was won and is nobody's",
     "SELECT count(*) FROM leads l JOIN lead_statuses s ON s.tenant_id = l.tenant_id AND s.id = l.lead_status_id "
     "WHERE l.tenant_id = :tenant AND s.name = 'won' AND l.client_id IS NULL AND l.status_changed_at < :now - 86400000"},
    {"due before it was billed", "SELECT count(*) FROM invoices WHERE tenant_id = :tenant AND due_date < invoice_date"},
    {"paid before it was billed",
     "SELECT count(*) FROM payments p JOIN invoices i ON i.tenant_id = p.tenant_id AND i.id = p.invoice_id "
     "WHERE p.tenant_id = :tenant AND (p.created_at < i.created_at OR p.client_id <> i.client_id)"},
    {"an invoice of another client's quote",
     "SELECT count(*) FROM invoices i JOIN quotes q ON q.tenant_id = i.tenant_id AND q.id = i.quote_id "
     "WHERE i.tenant_id = :tenant AND q.client_id <> i.client_id"},
    {"accepted after it was no longer valid",
     "SELECT count(*) FROM quotes WHERE tenant_id = :tenant AND accepted_at / 86400000 > valid_until + 1"},
    {"a task was due before anybody wrote it", "SELECT count(*) FROM tasks WHERE tenant_id = :tenant AND due_at < created_at"},
    {"it ends before it begins", "SELECT count(*) FROM calendar_events WHERE tenant_id = :tenant AND ends_at <= starts_at"},
    {"a campaign ends before it begins", "SELECT count(*) FROM campaigns WHERE tenant_id = :tenant AND end_date < start_date"},
    {"a message was sent before it was written to them",
     "SELECT count(*) FROM campaign_members WHERE tenant_id = :tenant AND sent_at < created_at - 60000"},
    {"all invoices are in one state",
     "SELECT count(*) FROM (SELECT count(DISTINCT status) n FROM invoices WHERE tenant_id = :tenant) s WHERE n < 3"},
    {NULL, NULL},
};
static const struct odd odd_at_the_msp[] = {
    {"a rack stands nowhere, or at another client's",
     "SELECT count(*) FROM racks r LEFT JOIN locations l ON l.tenant_id = r.tenant_id AND l.id = r.location_id "
     "WHERE r.tenant_id = :tenant AND (l.id IS NULL OR l.client_id IS NULL OR l.client_id <> r.client_id)"},
    {"what is in a rack is another client's",
     "SELECT count(*) FROM rack_items i JOIN racks r ON r.tenant_id = i.tenant_id AND r.id = i.rack_id "
     "JOIN assets a ON a.tenant_id = i.tenant_id AND a.id = i.asset_id WHERE i.tenant_id = :tenant "
     "AND a.client_id <> r.client_id"},
    {"a machine is not where its network is, or has none",
     "SELECT count(*) FROM assets a LEFT JOIN networks n ON n.tenant_id = a.tenant_id AND n.id = a.network_id "
     "WHERE a.tenant_id = :tenant AND (n.id IS NULL OR n.client_id <> a.client_id OR n.location_id <> a.location_id)"},
    {"an address outside of its network",
     "SELECT count(*) FROM assets a JOIN networks n ON n.tenant_id = a.tenant_id AND n.id = a.network_id "
     "WHERE a.tenant_id = :tenant AND substr(a.ip_address, 1, 9) <> substr(n.ip_range, 1, 9)"},
    {"two machines of a client have one address",
     "SELECT count(*) FROM assets a JOIN assets b ON b.tenant_id = a.tenant_id AND b.client_id = a.client_id AND b.id > a.id "
     "AND b.ip_address = a.ip_address WHERE a.tenant_id = :tenant"},
    {"a ticket is about a machine that stands elsewhere",
     "SELECT count(*) FROM tickets t JOIN assets a ON a.tenant_id = t.tenant_id AND a.id = t.asset_id "
     "WHERE t.tenant_id = :tenant AND (a.client_id <> t.client_id OR a.location_id <> t.location_id)"},
    {"a ticket was due before it came", "SELECT count(*) FROM tickets WHERE tenant_id = :tenant AND due_at < created_at"},
    {"done, and not at all",
     "SELECT count(*) FROM projects WHERE tenant_id = :tenant AND (status = 'completed') <> (progress_percent = 100)"},
    {"nothing says where certificates are",
     "SELECT count(*) FROM (SELECT count(asset_id) n FROM certificates WHERE tenant_id = :tenant) c WHERE n = 0"},
    {NULL, NULL},
};
static const struct odd odd_at_the_developer[] = {
    {"nobody develops it", "SELECT count(*) FROM developments WHERE tenant_id = :tenant AND developer_id IS NULL"},
    {"nobody could live there",
     "SELECT count(*) FROM lots WHERE tenant_id = :tenant AND (land_size < 10000 OR house_size < 4000 OR "
     "(land_size IS NULL AND house_size IS NULL))"},
    {"its sides do not make its area",
     "SELECT count(*) FROM lots WHERE tenant_id = :tenant AND land_size IS NOT NULL AND "
     "(frontage IS NULL OR depth IS NULL OR frontage * depth <> land_size * 100)"},
    {"bedrooms without a house",
     "SELECT count(*) FROM lots WHERE tenant_id = :tenant AND (bedrooms IS NULL) <> (house_size IS NULL)"},
    {"a lot of one estate in a stage of another",
     "SELECT count(*) FROM lots l JOIN stages s ON s.tenant_id = l.tenant_id AND s.id = l.stage_id WHERE l.tenant_id = :tenant "
     "AND s.development_id <> l.development_id"},
    {"settled, and not sold",
     "SELECT count(*) FROM lots WHERE tenant_id = :tenant AND (status = 'sold') <> (sale_status IS NOT NULL AND "
     "sale_status = 'settled')"},
    {"sold for another price than its own",
     "SELECT count(*) FROM deals d JOIN lots l ON l.tenant_id = d.tenant_id AND l.id = d.lot_id WHERE d.tenant_id = :tenant "
     "AND d.value <> l.price"},
    {"a reservation of another buyer than the deal's",
     "SELECT count(*) FROM reservations r JOIN deals d ON d.tenant_id = r.tenant_id AND d.id = r.deal_id "
     "WHERE r.tenant_id = :tenant AND (d.client_id <> r.client_id OR d.lot_id <> r.lot_id)"},
    {"a price that nobody would pay",
     "SELECT count(*) FROM lots WHERE tenant_id = :tenant AND (price < 15000000 OR price > 150000000)"},
    {NULL, NULL},
};
static const struct odd odd_at_the_mover[] = {
    {"a crew has no foreman, or one who is in none or in another",
     "SELECT count(*) FROM crews c LEFT JOIN crew_members m ON m.tenant_id = c.tenant_id AND m.crew_id = c.id "
     "AND m.role = 'foreman' WHERE c.tenant_id = :tenant AND (c.lead_id IS NULL OR m.user_id IS NULL OR m.user_id <> c.lead_id)"},
    {"a crew of two branches",
     "SELECT count(*) FROM crew_members m JOIN crews c ON c.tenant_id = m.tenant_id AND c.id = m.crew_id "
     "JOIN users u ON u.tenant_id = m.tenant_id AND u.id = m.user_id WHERE m.tenant_id = :tenant "
     "AND u.location_id <> c.location_id"},
    {"a crew that is not whole",
     "SELECT count(*) FROM crews c WHERE c.tenant_id = :tenant AND (SELECT count(*) FROM crew_members m "
     "WHERE m.tenant_id = c.tenant_id AND m.crew_id = c.id) <> 3"},
    {"a journey of a client of another branch",
     "SELECT count(*) FROM journeys j JOIN clients c ON c.tenant_id = j.tenant_id AND c.id = j.client_id "
     "WHERE j.tenant_id = :tenant AND c.location_id <> j.location_id"},
    {"a journey whose crew is of another branch",
     "SELECT count(*) FROM schedules s JOIN journeys j ON j.tenant_id = s.tenant_id AND j.id = s.journey_id "
     "JOIN crews c ON c.tenant_id = s.tenant_id AND c.id = s.crew_id WHERE s.tenant_id = :tenant "
     "AND (c.location_id <> j.location_id OR s.location_id <> j.location_id)"},
    {"it ended before it began",
     "SELECT count(*) FROM journeys WHERE tenant_id = :tenant AND (arrived_at < started_at OR ended_at < arrived_at OR "
     "audited_at < ended_at)"},
    {"a price far from the estimate",
     "SELECT count(*) FROM journeys WHERE tenant_id = :tenant AND (actual_cost * 10 > estimated_cost * 13 OR "
     "actual_cost * 10 < estimated_cost * 8)"},
    {"a unit that is not as its booking says",
     "SELECT count(*) FROM storage_units u LEFT JOIN storage_bookings b ON b.tenant_id = u.tenant_id AND "
     "b.storage_unit_id = u.id WHERE u.tenant_id = :tenant AND u.status <> CASE b.status WHEN 'active' THEN 'occupied' "
     "WHEN 'pending' THEN 'reserved' ELSE 'available' END"},
    {NULL, NULL},
};

/* ---- what pages offer ------------------------------------------------------------------------------------------------------ */

/* What an action takes, as a person would give it: the next expiry is later than the present one. */
static void fill_in(struct repo_input *in, const struct row *row, const struct action_decl *action) {
    struct str rest = str_of(action->require), word;
    while (str_word(&rest, &word)) {
        const struct field *f = entity_field(in->entity, word);
        bool date = f->kind == &kind_date;
        struct value v = value_text(STR("because"));
        if (!str_in_words(action->input, word) || !(value_is_null(row->values[f->index]) || date)) continue;
        if (date) v = value_int(row->values[f->index].integer + 365);
        else if (f->kind == &kind_money) v = value_int(100);
        else if (f->to) {
            struct rows rows;
            struct query *q = query_new(in->ctx, f->to);
            q->limit = 1;
            assert_true(query_rows(q, &rows) && rows.count);
            v = value_int(row_id(rows.at[0]));
        }
        repo_input_value(in, f->decl->name, v);
    }
}

struct offer {
    const struct row *row;
    const struct action_decl *action;
    bool offered, done, again; /* again: the action is offered for what it was done to */
};

/* Tried, and undone by the job's failure. */
static bool try_offer(struct ctx *ctx, void *arg) {
    struct offer *o = arg;
    struct repo_input in = repo_input(ctx, o->row->entity, row_id(o->row));
    o->offered = repo_action_possible(ctx, o->row, o->action);
    fill_in(&in, o->row, o->action);
    if (o->action->pick) repo_input_value(&in, o->action->input, value_int(1));
    const struct row *after = repo_action(&in, row_id(o->row), o->action);
    o->done = after != NULL;
    o->again = after && repo_action_possible(ctx, after, o->action);
    return false;
}

/* What is in its way lies outside of the record, and is told in words that say what to do. */
static bool says_what_first(const struct errors *errors) {
    return errors->first && (str_in_words("no_truck no_photo no_signature too_early", str_of(errors->first->code)) ||
                             errors_for(errors, "wrapup_notes"));
}

static int wrongly_offered(int64_t user, const struct row *row, const struct action_decl *action) {
    struct offer o = {.row = row, .action = action};
    struct ctx *ctx = app_test_ctx(user);
    bool repeats = !action->from && !action->unless;
    ctx_write(ctx, try_offer, &o);
    const char *wrong = o.offered && !o.done && !says_what_first(&ctx->errors) ? "is offered and fails"
                        : !o.offered && o.done                                 ? "works and is not offered"
                        : o.again && !repeats                                  ? "is offered again when it was done"
                                                                               : NULL;
    const struct error *e = ctx->errors.first;
    if (wrong)
        print_message("%s %lld: '%s' %s: %.*s\n", row->entity->decl->name, (long long)row_id(row), action->label, wrong,
                      STR_ARG(e ? e->message : STR("")));
    return wrong != NULL;
}

/* Some rows of each state. Administrators do it, but not to people: the last of themselves they cannot disable. */
static void actions_are_offered_where_they_lead_on(void) {
    int64_t user = number("SELECT m.user_id FROM role_users m JOIN roles r ON r.tenant_id = m.tenant_id AND r.id = m.role_id "
                          "WHERE m.tenant_id = :tenant AND r.name = 'tenant_admin' ORDER BY m.id LIMIT 1");
    int wrong = 0, tried = 0;
    for (int i = 0; i < registry_count(); i++) {
        const struct entity *entity = registry_at(i);
        struct rows rows;
        struct query *q = query_new(app_test_ctx(0), entity);
        q->limit = QUERY_MAX_LIMIT;
        if (!entity->decl->action_count || str_eqc(entity->name, "users")) continue;
        assert_true(query_rows(q, &rows));
        int seen[16] = {0};
        for (int r = 0; r < rows.count; r++) {
            const struct row *row = rows.at[r];
            struct value state = entity->state ? row->values[entity->state->index] : VALUE_NONE;
            int place = 0;
            while (state.type == VALUE_TEXT && !str_eqc(state.text, entity->state->decl->choices[place])) place++;
            if (seen[place % 16]++ >= 4) continue;
            for (int a = 0; a < entity->decl->action_count; a++, tried++)
                wrong += wrongly_offered(user, row, &entity->decl->actions[a]);
        }
    }
    assert_true(tried > 50);
    assert_int_equal(wrong, 0);
}

/* Whatever names its records by a field names each of them, also before that field has a value; but for what people themselves
 * need not name. */
static void titles_are_for_people(void) {
    int nameless = 0;
    for (int i = 0; i < registry_count(); i++) {
        const struct entity *entity = registry_at(i);
        struct rows rows;
        struct query *q = query_new(app_test_ctx(0), entity);
        q->limit = QUERY_MAX_LIMIT;
        q->titles = true;
        if (!entity->title || entity_is(entity, ENTITY_INTERNAL) || str_in_words("notes addresses", entity->name)) continue;
        assert_true(query_rows(q, &rows));
        for (int r = 0; r < rows.count; r++) {
            struct str title = row_title(arena, rows.at[r]);
            if (!str_ends(title, str_printf(arena, " %lld", (long long)row_id(rows.at[r])))) continue;
            print_message("%.*s\n", STR_ARG(title));
            nameless++;
        }
    }
    assert_int_equal(nameless, 0);
    assert_true(number("SELECT count(*) FROM invoices WHERE tenant_id = :tenant AND number IS NULL") > 0);
}

static void sales_company_is_whole(void **state) {
    (void)state;
    every_entity_has_rows(&demo_sales);
    nothing_is_wrong_with_it();
    actions_are_offered_where_they_lead_on();
    titles_are_for_people();
    nothing_is_odd(odd_everywhere);
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
    actions_are_offered_where_they_lead_on();
    titles_are_for_people();
    nothing_is_odd(odd_everywhere);
    nothing_is_odd(odd_at_the_msp);
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
    actions_are_offered_where_they_lead_on();
    titles_are_for_people();
    nothing_is_odd(odd_everywhere);
    nothing_is_odd(odd_at_the_developer);
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
    actions_are_offered_where_they_lead_on();
    titles_are_for_people();
    nothing_is_odd(odd_everywhere);
    nothing_is_odd(odd_at_the_mover);
    assert_true(number("SELECT count(*) FROM journeys WHERE tenant_id = :tenant AND status = 'audited'") > 20);
    assert_true(number("SELECT count(*) FROM journeys WHERE tenant_id = :tenant AND status = 'morning_prep'") > 2);
    assert_int_equal(number("SELECT count(*) FROM inventory_items WHERE tenant_id = :tenant AND quantity < 0"), 0);
}

/* ---- the same again -------------------------------------------------------------------------------------------------------- */

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
    static const char clients[] = "SELECT count(*) FROM clients WHERE tenant_id = :tenant AND lead_id IS NULL";
    int64_t before = number(clients);
    demo_of("msp", 2, 1);
    assert_int_equal(number(clients), 2 * before);
    nothing_is_wrong_with_it();
    nothing_is_odd(odd_everywhere);
    nothing_is_odd(odd_at_the_msp);
    demo_of("moving", 2, 7);
    nothing_is_odd(odd_everywhere);
    nothing_is_odd(odd_at_the_mover);
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
