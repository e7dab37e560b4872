/* test_verify.c - each thing that must hold of the data, broken by hand, is found and named; sound data has no finding.
 *
 * The tables are made without the constraints by which the database itself would refuse what is broken here.
 */
#include "base/buf.h"
static void loose_schema(struct buf *b);
#define CORE_TEST_SCHEMA(b) loose_schema(b)
#include "core/core_test.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "core/file_store.h"
#include "core/vault.h"
#include "core/verify.h"

/* ---- tables that take anything --------------------------------------------------------------------------------------- */

static struct str without(struct str text, struct str part) {
    struct buf b = buf_new(arena, text.len);
    ptrdiff_t at;
    while ((at = str_find(text, part)) >= 0) {
        buf_add(&b, str_slice(text, 0, (size_t)at));
        text = str_slice(text, (size_t)at + part.len, text.len);
    }
    buf_add(&b, text);
    return buf_str(&b);
}

static void loose_schema(struct buf *b) {
    struct buf strict = buf_new(arena, 65536);
    schema_sql(&strict, db_dialect(db));
    struct str rest = buf_str(&strict), line;
    while (str_split(&rest, '\n', &line)) {
        if (str_starts(line, STR("  FOREIGN KEY"))) continue;
        if (str_starts(line, STR("  "))) line = without(line, STR(" NOT NULL"));
        if (str_starts(line, STR("CREATE UNIQUE"))) line = without(line, STR(" UNIQUE"));
        if (str_eqc(line, ");") && b->ptr[b->len - 2] == ',') b->len -= 2; // what followed was a constraint
        buf_add(b, line);
        buf_char(b, '\n');
    }
}

/* ---- breaking and finding -------------------------------------------------------------------------------------------- */

static void broken(const char *sql) {
    struct str text = str_of(sql);
    assert_true(db_write_wait(db, DB_PLATFORM, core_test_script, &text, NULL));
}
#define BROKEN(...) broken(str_printf(arena, __VA_ARGS__).ptr)

static struct buf findings;

static void note(void *arg, const struct verify_finding *f) {
    (void)arg;
    buf_printf(&findings, "%lld %.*s %lld %.*s: %.*s\n", (long long)f->tenant_id, STR_ARG(f->entity), (long long)f->id,
               STR_ARG(f->field), STR_ARG(f->message));
}

static struct verify_result verified(int64_t tenant, const char *files) {
    struct ctx *ctx = as_system(0);
    struct verify_options options = {.tenant_id = tenant, .files_dir = files, .found = note};
    struct verify_result result;
    findings = buf_new(arena, 1024);
    bool ok = verify_run(ctx, &options, &result);
    core_test_print(&ctx->errors);
    assert_true(ok);
    return result;
}

/* One of the findings is of this record and field, and says this. */
static void finds(const char *entity, int64_t id, const char *field, const char *says) {
    verified(0, NULL);
    struct str rest = buf_str(&findings), line;
    struct str head = str_printf(arena, "%s %lld %s: ", entity, (long long)id, field);
    bool found = false;
    while (str_split(&rest, '\n', &line)) found = found || (str_find(line, head) >= 0 && str_find(line, str_of(says)) >= 0);
    if (!found) print_message("no \"%.*s...%s\" in:\n%.*s", STR_ARG(head), says, STR_ARG(buf_str(&findings)));
    assert_true(found);
}

static void finds_nothing(void) {
    struct verify_result result = verified(0, NULL);
    if (result.findings) print_message("%.*s", STR_ARG(buf_str(&findings)));
    assert_int_equal(result.findings, 0);
    assert_true(result.rows > 0);
}

static int64_t client(void) { return MADE("clients", {"name", TEXT("Meridian Cold Chain")}, {"email", TEXT("a@b.example")}); }
static int64_t lead(void) { return MADE("leads", {"name", TEXT("Rooftop")}, {"phone", TEXT("+61391234567")}); }
static int64_t status(const char *name) { return MADE("lead_statuses", {"name", value_text(str_of(name))}); }
static int64_t note_on(int64_t id) {
    return MADE("notes", {"content", TEXT("Called.")}, {"subject_type", TEXT("clients")}, {"subject_id", INT(id)});
}

/* ---- the tests ------------------------------------------------------------------------------------------------------- */

static void sound_data_has_no_finding(void **state) {
    (void)state;
    int64_t c = client(), gone = client();
    status("New");
    lead();
    note_on(c);
    note_on(gone);
    assert_true(erase(as_system(ONE), "clients", gone));
    CHANGED("clients", c, {"name", TEXT("Meridian")});
    finds_nothing();
}

static void values_that_their_kind_would_not_store_are_found(void **state) {
    (void)state;
    int64_t c = client(), s = status("New");
    BROKEN("UPDATE clients SET email = 'nobody' WHERE id = %lld", (long long)c);
    finds("clients", c, "email", "kind email");
    BROKEN("UPDATE clients SET email = NULL, status = 'sleeping' WHERE id = %lld", (long long)c);
    finds("clients", c, "status", "kind choice");
    BROKEN("UPDATE clients SET status = 'active', is_lead = 7 WHERE id = %lld", (long long)c);
    finds("clients", c, "is_lead", "kind bool");
    BROKEN("UPDATE clients SET is_lead = 0, custom_fields = '[1,' WHERE id = %lld", (long long)c);
    finds("clients", c, "custom_fields", "kind json");
    BROKEN("UPDATE clients SET custom_fields = NULL, preferences = '[]' WHERE id = %lld", (long long)c);
    finds("clients", c, "preferences", "kind json");
    BROKEN("UPDATE clients SET preferences = NULL, website = 'javascript:alert(1)' WHERE id = %lld", (long long)c);
    finds("clients", c, "website", "kind url");
    BROKEN("UPDATE clients SET website = NULL, payment_terms_days = -5 WHERE id = %lld", (long long)c);
    finds("clients", c, "payment_terms_days", "kind int");
    BROKEN("UPDATE clients SET payment_terms_days = 'soon' WHERE id = %lld", (long long)c);
    finds("clients", c, "payment_terms_days", "A text stands there");
    BROKEN("UPDATE lead_statuses SET hue = 'plaid' WHERE id = %lld", (long long)s);
    finds("lead_statuses", s, "hue", "kind choice");
}

static void what_is_required_is_missed(void **state) {
    (void)state;
    int64_t s = status("New");
    BROKEN("UPDATE lead_statuses SET name = NULL WHERE id = %lld", (long long)s);
    finds("lead_statuses", s, "name", "required");
    BROKEN("UPDATE lead_statuses SET name = '  ' WHERE id = %lld", (long long)s);
    finds("lead_statuses", s, "name", "required");
}

static void references_that_lead_nowhere_are_found(void **state) {
    (void)state;
    int64_t c = client(), other = core_test_made(as_system(TWO), "clients", ARGS({"name", TEXT("Theirs")}));
    int64_t contact = MADE("contacts", {"name", TEXT("Ada")}, {"client_id", INT(c)});
    BROKEN("UPDATE contacts SET client_id = 12345 WHERE id = %lld", (long long)contact);
    finds("contacts", contact, "client_id", "no clients 12345");
    BROKEN("UPDATE contacts SET client_id = %lld WHERE id = %lld", (long long)other, (long long)contact);
    finds("contacts", contact, "client_id", "in this company");
    BROKEN("UPDATE contacts SET client_id = %lld WHERE id = %lld", (long long)c, (long long)contact);
    BROKEN("UPDATE contacts SET created_by_id = 777 WHERE id = %lld", (long long)contact);
    finds("contacts", contact, "created_by_id", "no users 777");
}

static void a_live_record_does_not_lead_to_a_deleted_one(void **state) {
    (void)state;
    int64_t c = client();
    int64_t contact = MADE("contacts", {"name", TEXT("Ada")}, {"client_id", INT(c)}), n = note_on(c);
    assert_true(erase(as_system(ONE), "clients", c));
    BROKEN("UPDATE contacts SET deleted_at = NULL WHERE id = %lld", (long long)contact);
    finds("contacts", contact, "client_id", "is deleted");
    BROKEN("UPDATE notes SET deleted_at = NULL WHERE id = %lld", (long long)n);
    finds("notes", n, "subject_id", "is deleted");
}

static void subjects_are_whole_and_there(void **state) {
    (void)state;
    int64_t n = note_on(client());
    BROKEN("UPDATE notes SET subject_id = 4711 WHERE id = %lld", (long long)n);
    finds("notes", n, "subject_id", "no clients 4711");
    int64_t task = MADE("tasks", {"title", TEXT("Call")});
    BROKEN("UPDATE tasks SET subject_type = 'leads' WHERE id = %lld", (long long)task);
    finds("tasks", task, "subject_id", "half");
}

static void two_of_what_may_be_once_are_found(void **state) {
    (void)state;
    int64_t a = status("New"), b = status("Old");
    BROKEN("UPDATE lead_statuses SET name = 'New' WHERE id = %lld", (long long)b);
    finds("lead_statuses", b, "name", "only one may");
    BROKEN("UPDATE lead_statuses SET name = 'Old', is_default = 1 WHERE id = %lld", (long long)b);
    finds("lead_statuses", b, "is_default", "only one may");
    BROKEN("UPDATE lead_statuses SET is_default = 0");
    finds("lead_statuses", a, "is_default", "No status");
    BROKEN("UPDATE lead_statuses SET is_won = 1, is_lost = 1, is_default = (id = %lld)", (long long)a);
    finds("lead_statuses", a, "is_lost", "both won and lost");
}

static void one_primary_contact_of_each_client(void **state) {
    (void)state;
    int64_t c = client(), d = client();
    int64_t first = MADE("contacts", {"name", TEXT("Ada")}, {"client_id", INT(c)}, {"is_primary", INT(1)});
    int64_t second = MADE("contacts", {"name", TEXT("Bob")}, {"client_id", INT(d)}, {"is_primary", INT(1)});
    finds_nothing();
    BROKEN("UPDATE contacts SET client_id = %lld WHERE id = %lld", (long long)c, (long long)second);
    finds("contacts", first > second ? first : second, "is_primary", "only one may");
}

static void versions_times_and_ids_make_sense(void **state) {
    (void)state;
    int64_t c = client();
    BROKEN("UPDATE clients SET version = 0 WHERE id = %lld", (long long)c);
    finds("clients", c, "version", "below 1");
    BROKEN("UPDATE clients SET version = 1, updated_at = created_at - 1 WHERE id = %lld", (long long)c);
    finds("clients", c, "updated_at", "before created_at");
    BROKEN("UPDATE clients SET created_at = 99999999999999, updated_at = 99999999999999 WHERE id = %lld", (long long)c);
    finds("clients", c, "created_at", "future");
    BROKEN("UPDATE clients SET id = 9007199254740992 WHERE id = %lld", (long long)c);
    finds("clients", INT64_C(1) << 53, "id", "JSON");
    BROKEN("UPDATE clients SET id = -3 WHERE id = 9007199254740992");
    finds("clients", -3, "id", "JSON");
}

static void what_is_of_no_company_is_found(void **state) {
    (void)state;
    int64_t c = client();
    BROKEN("UPDATE clients SET tenant_id = 99 WHERE id = %lld", (long long)c);
    finds("clients", c, "tenant_id", "no such company");
}

static void a_history_that_was_changed_is_found(void **state) {
    (void)state;
    status("New");
    int64_t l = lead();
    int64_t activity = MADE("lead_activities", {"lead_id", INT(l)}, {"type", TEXT("call")});
    finds_nothing();
    BROKEN("INSERT INTO audit_logs (id, tenant_id, action, entity_type, entity_id, created_at, chain_hash) VALUES "
           "(9000000000000000, 1, 'updated', 'lead_activities', %lld, 1, 'x')",
           (long long)activity);
    finds("lead_activities", activity, "", "never to change");
    finds("audit_logs", INT64_C(9000000000000000), "chain_hash", "chain is broken");
    BROKEN("DELETE FROM audit_logs WHERE entity_id = %lld", (long long)l);
    finds("leads", l, "", "audit log does not know");
}

static void events_and_change_sets_name_what_there_is(void **state) {
    (void)state;
    int64_t c = client();
    assert_true(erase(as_system(ONE), "clients", c));
    finds_nothing();
    int64_t event = sql_int(as_system(ONE), "SELECT max(id) FROM events WHERE tenant_id = :tenant", NO_ARGS);
    BROKEN("UPDATE events SET entity_id = 55 WHERE id = %lld", (long long)event);
    finds("events", event, "entity_id", "no clients 55");
    BROKEN("UPDATE events SET entity_type = 'unicorns' WHERE id = %lld", (long long)event);
    finds("events", event, "entity_type", "unicorns");
    BROKEN("UPDATE events SET entity_type = 'clients', entity_id = %lld, change_set_id = 66 WHERE id = %lld", (long long)c,
           (long long)event);
    finds("events", event, "change_set_id", "66");
    int64_t set = sql_int(as_system(ONE), "SELECT max(id) FROM change_sets WHERE tenant_id = :tenant", NO_ARGS);
    BROKEN("UPDATE change_sets SET undone_at = created_at WHERE id = %lld", (long long)set);
    finds("change_sets", set, "undone_at", "nothing undid it");
}

static void the_search_index_says_what_the_records_say(void **state) {
    (void)state;
    int64_t c = client(), gone = client();
    BROKEN("UPDATE clients SET name = 'Other' WHERE id = %lld", (long long)c);
    finds("clients", c, "", "search index");
    BROKEN("UPDATE clients SET name = 'Meridian Cold Chain' WHERE id = %lld", (long long)c);
    finds_nothing();
    BROKEN("DELETE FROM clients WHERE id = %lld; DELETE FROM audit_logs WHERE entity_id = %lld", (long long)gone,
           (long long)gone);
    finds("clients", gone, "", "no such record");
    BROKEN("DELETE FROM search_docs WHERE id = %lld", (long long)c);
    finds("clients", c, "", "search index");
}

static void an_entry_without_its_words_in_the_index_is_found(void **state) {
    (void)state;
    int64_t c = client();
    BROKEN("INSERT INTO search_fts (search_fts, rowid, words) SELECT 'delete', id, words FROM search_docs WHERE id = %lld",
           (long long)c);
    finds("clients", 0, "", "leads to 0 of them, not to 1");
    BROKEN("INSERT INTO search_fts (rowid, words) SELECT id, words FROM search_docs WHERE id = %lld", (long long)c);
    finds_nothing();
    BROKEN("INSERT INTO search_parts (search_parts, rowid, words) SELECT 'delete', id, words FROM search_docs WHERE id = %lld",
           (long long)c);
    finds("clients", 0, "", "leads to 0 of them, not to 1");
}

static void a_sealed_value_belongs_to_its_record(void **state) {
    (void)state;
    BROKEN("INSERT INTO encrypted_values (id, tenant_id, entity_type, entity_id, field_name, ciphertext, iv, tag, algorithm, "
           "key_id, created_at, updated_at, version) VALUES (5000, 1, 'clients', 1, 'name', '', '', '', 'x', 1, 1, 1, 1)");
    finds("encrypted_values", 5000, "field_name", "no secret");
    finds("encrypted_values", 5000, "key_id", "no vault_keys");
}

static void only_the_tenant_that_is_asked_for_is_looked_at(void **state) {
    (void)state;
    int64_t c = client();
    BROKEN("UPDATE clients SET version = 0 WHERE id = %lld", (long long)c);
    assert_int_equal(verified(TWO, NULL).findings, 0);
    assert_int_equal(verified(ONE, NULL).findings, 1);
}

/* ---- stored files ---------------------------------------------------------------------------------------------------- */

static struct file_stored upload(const char *dir, const char *content) {
    struct file_stored stored;
    struct errors errors = {.arena = arena};
    const char *path = str_printf(arena, "%s/upload", dir).ptr;
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(content, file);
    fclose(file);
    assert_true(file_store(arena, dir, ONE, path, STR("a.txt"), &stored, &errors));
    return stored;
}

static void stored_files_are_there_as_they_were_uploaded(void **state) {
    (void)state;
    char dir[] = "/tmp/tenon-files-XXXXXX";
    assert_non_null(mkdtemp(dir));
    struct file_stored stored = upload(dir, "content"), alone = upload(dir, "nobody's");
    int64_t file = MADE("files", {"name", TEXT("a.txt")}, {"storage_key", value_text(stored.key)},
                        {"sha256", value_text(stored.sha256)}, {"file_size", INT(stored.size)});
    struct verify_result result = verified(0, dir);
    assert_int_equal(result.findings, 0); // what was uploaded just now may get its record yet
    assert_int_equal(result.files, 1);
    const char *stray = file_stored_path(arena, dir, alone.key), *path = file_stored_path(arena, dir, stored.key);
    const struct timespec old[2] = {{1000, 0}, {1000, 0}};
    assert_int_equal(utimensat(AT_FDCWD, stray, old, 0), 0);
    verified(0, dir);
    assert_true(str_find(buf_str(&findings), STR("file store 0 : No record speaks of")) >= 0);
    unlink(stray);
    FILE *other = fopen(path, "w");
    fputs("contEnt", other);
    fclose(other);
    assert_int_equal(verified(0, dir).findings, 1);
    assert_true(str_find(buf_str(&findings), str_printf(arena, "files %lld sha256", (long long)file)) >= 0);
    unlink(path);
    assert_int_equal(verified(0, dir).findings, 1);
    assert_true(str_find(buf_str(&findings), STR("is not in the file store")) >= 0);
    const char *foreign = str_printf(arena, "%s/77", dir).ptr;
    mkdir(foreign, 0700);
    assert_int_equal(verified(0, dir).findings, 2);
    assert_true(str_find(buf_str(&findings), STR("file store 77")) >= 0);
    assert_int_equal(system(str_printf(arena, "rm -r %s", dir).ptr), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(sound_data_has_no_finding),
        TEST(values_that_their_kind_would_not_store_are_found),
        TEST(what_is_required_is_missed),
        TEST(references_that_lead_nowhere_are_found),
        TEST(a_live_record_does_not_lead_to_a_deleted_one),
        TEST(subjects_are_whole_and_there),
        TEST(two_of_what_may_be_once_are_found),
        TEST(one_primary_contact_of_each_client),
        TEST(versions_times_and_ids_make_sense),
        TEST(what_is_of_no_company_is_found),
        TEST(a_history_that_was_changed_is_found),
        TEST(events_and_change_sets_name_what_there_is),
        TEST(the_search_index_says_what_the_records_say),
        TEST(an_entry_without_its_words_in_the_index_is_found),
        TEST(a_sealed_value_belongs_to_its_record),
        TEST(only_the_tenant_that_is_asked_for_is_looked_at),
        TEST(stored_files_are_there_as_they_were_uploaded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
