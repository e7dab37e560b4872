/* test_schema.c - the tables that entities ask for, their lock, and what leads from an older lock to today's. */
#include "core/core_test.h"

static struct str lock_of_today(void) {
    struct buf b = buf_new(arena, 65536);
    schema_lock(&b);
    return buf_str(&b);
}

static struct str file_text(const char *path) {
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    struct buf b = buf_new(arena, 65536);
    char part[4096];
    for (size_t n; (n = fread(part, 1, sizeof part, file)) > 0;) buf_add(&b, (struct str){part, n});
    fclose(file);
    return buf_str(&b);
}

/* The text with the first `old` replaced. */
static struct str with(struct str text, const char *old, const char *now) {
    struct str part = str_of(old);
    for (size_t i = 0; i + part.len <= text.len; i++)
        if (memcmp(text.ptr + i, part.ptr, part.len) == 0)
            return str_printf(arena, "%.*s%s%.*s", (int)i, text.ptr, now, (int)(text.len - i - part.len),
                              text.ptr + i + part.len);
    fail_msg("the lock has no '%s'", old);
    return text;
}

static struct errors errors;
/* The statements from this lock on; empty with errors where it is refused. */
static struct str diff(struct str lock) {
    struct buf b = buf_new(arena, 65536);
    errors = (struct errors){.arena = arena};
    bool ok = schema_diff(&b, lock, db_dialect(db), &errors);
    assert_int_equal(ok, errors.count == 0);
    return buf_str(&b);
}
static bool refused_for(const char *what) {
    for (const struct error *e = errors.first; e; e = e->next)
        if (strstr(str_cstr(arena, e->message), what)) return true;
    return false;
}

/* Runs a script on an empty database; its tables, indexes and columns in order, without the index of words. */
static struct str built_by(const char *name, struct str script) {
    struct errors faults = {.arena = arena};
    char url[128];
    snprintf(url, sizeof url, "sqlite:%s/%s.db", directory, name);
    struct db *fresh = db_open(&(struct db_options){.url = url, .create = true}, &faults);
    assert_non_null(fresh);
    bool ok = db_write_wait(fresh, DB_PLATFORM, core_test_script, &script, NULL);
    struct buf b = buf_new(arena, 65536);
    struct db_conn *conn = db_reader(fresh, &faults);
    struct db_stmt *stmt = db_prepare(
        conn, STR("SELECT m.type, m.name, coalesce(c.name, ''), coalesce(c.type, ''), coalesce(c.\"notnull\", 0), "
                  "CASE m.type WHEN 'index' THEN m.sql ELSE '' END FROM sqlite_master m LEFT JOIN pragma_table_info(m.name) c "
                  "ON m.type = 'table' WHERE m.name NOT LIKE 'search%' AND m.name NOT LIKE 'sqlite%' ORDER BY 1, 2, 3"));
    while (db_step(stmt) == DB_ROW) {
        for (int i = 0; i < 6; i++) {
            buf_add(&b, db_text(stmt, i));
            buf_char(&b, ' ');
        }
        buf_char(&b, '\n');
    }
    db_reset(stmt);
    db_close(fresh);
    assert_true(ok);
    return buf_str(&b);
}

static struct str whole_schema(void) {
    struct buf b = buf_new(arena, 65536);
    schema_sql(&b, db_dialect(db));
    return buf_str(&b);
}

static void the_schema_builds_an_empty_database(void **state) {
    (void)state;
    const char *built = str_cstr(arena, built_by("whole", whole_schema()));
    for (int e = 0; e < registry_count(); e++) {
        const struct entity *entity = registry_at(e);
        for (int i = 0; i < entity->field_count; i++) {
            const struct field *f = &entity->fields[i];
            const char *line = str_cstr(arena, str_printf(arena, "table %s %s ", entity->decl->name, f->decl->name));
            assert_int_equal(strstr(built, line) != NULL, f->stored);
        }
    }
    struct str first = diff(STR(""));
    assert_true(str_eq(first, whole_schema()));
}

static void the_committed_lock_is_that_of_the_entities(void **state) {
    (void)state;
    struct str committed = file_text("migrations/schema.lock"), today = lock_of_today();
    assert_true(str_eq(committed, today));
    assert_int_equal(diff(committed).len, 0);
}

static void the_migrations_build_what_the_entities_ask_for(void **state) {
    (void)state;
    struct buf all = buf_new(arena, 65536);
    for (int n = 1; n < 10000; n++) { /* numbered without gaps */
        char prefix[8];
        snprintf(prefix, sizeof prefix, "%04d_", n);
        DIR *dir = opendir("migrations");
        bool found = false;
        for (struct dirent *entry; dir && (entry = readdir(dir));) {
            if (strncmp(entry->d_name, prefix, 5) != 0 || !strstr(entry->d_name, ".sqlite.sql")) continue;
            found = true;
            buf_add(&all, file_text(str_cstr(arena, str_printf(arena, "migrations/%s", entry->d_name))));
            buf_char(&all, '\n');
        }
        closedir(dir);
        if (!found) break;
    }
    assert_true(all.len > 0);
    assert_true(str_eq(built_by("migrated", buf_str(&all)), built_by("whole", whole_schema())));
}

static void a_new_table_and_its_indexes_are_written(void **state) {
    (void)state;
    struct buf lock = buf_new(arena, 65536);
    struct str rest = lock_of_today(), line;
    while (str_split(&rest, '\n', &line)) {
        if (!line.len || strstr(str_cstr(arena, line), " tags") == str_cstr(arena, line)) continue;
        const char *text = str_cstr(arena, line);
        if (strcmp(text, "table tags") == 0 || strncmp(text, "column tags.", 12) == 0 || strncmp(text, "index tags_", 11) == 0)
            continue;
        buf_add(&lock, line);
        buf_char(&lock, '\n');
    }
    const char *sql = str_cstr(arena, diff(buf_str(&lock)));
    assert_int_equal(errors.count, 0);
    assert_non_null(strstr(sql, "CREATE TABLE tags (\n"));
    assert_non_null(strstr(sql, "CREATE UNIQUE INDEX tags_name_key ON tags (tenant_id, name) WHERE deleted_at IS NULL;"));
    assert_null(strstr(sql, "ALTER"));
    assert_null(strstr(sql, "DROP"));
}

static void a_new_column_and_index_are_written_and_run(void **state) {
    (void)state;
    struct str lock = with(lock_of_today(), "column leads.city text\n", "");
    lock = with(lock, "index leads_name_idx on leads (name)\n", "index leads_city_idx on leads (city)\n");
    struct str sql = diff(lock);
    assert_int_equal(errors.count, 0);
    assert_text(sql, "DROP INDEX leads_city_idx;\nALTER TABLE leads ADD COLUMN city TEXT;\n"
                     "CREATE INDEX leads_name_idx ON leads (tenant_id, name) WHERE deleted_at IS NULL;\n");
    lock = with(lock_of_today(), "column leads.location_id integer references locations\n", "");
    assert_text(diff(lock), "ALTER TABLE leads ADD COLUMN location_id INTEGER REFERENCES locations (id);\n");
}

static void an_index_that_changed_is_made_again(void **state) {
    (void)state;
    struct str lock =
        with(lock_of_today(), "index tags_name_key on tags (name) unique\n", "index tags_name_key on tags (name)\n");
    assert_text(diff(lock), "DROP INDEX tags_name_key;\n"
                            "CREATE UNIQUE INDEX tags_name_key ON tags (tenant_id, name) WHERE deleted_at IS NULL;\n");
}

static void what_would_lose_data_is_refused_by_name(void **state) {
    (void)state;
    struct str today = lock_of_today();
    diff(with(today, "column leads.city text\n", "column leads.city text\ncolumn leads.shoe_size integer\n"));
    assert_true(refused_for("leads.shoe_size is gone"));
    diff(with(today, "table leads\n", "table boats\ncolumn boats.id integer required\ntable leads\n"));
    assert_true(refused_for("The table boats is gone"));
    diff(with(today, "column leads.city text\n", "column leads.city integer\n"));
    assert_true(refused_for("leads.city changed its type"));
    diff(with(today, "column leads.city text\n", "column leads.city text required\n"));
    assert_true(refused_for("leads.city"));
    diff(with(today, "column leads.priority text required\n", ""));
    assert_true(refused_for("leads.priority is new and required"));
    diff(with(today, "column leads.client_id integer references clients\n",
              "column leads.client_id integer references contacts\n"));
    assert_true(refused_for("leads.client_id changed its type or reference"));
}

/* ---- renames need declarations of their own; the program's registry comes back afterwards ---------------------------------- */

static const struct entity_decl renamed[] = {{
    .name = "things", .one = "Thing", .many = "Things", .pack = "core",
    .fields = FIELDS({"full_name", "Name", F_TEXT(10), .was = "name"}, {"size", "Size", F_INT(0, 9), .was = "girth"}),
    .indexes = INDEXES(INDEX("full_name")),
}, {.name = "users", .one = "User", .many = "Users", .pack = "core", .fields = FIELDS({"name", "Name", F_TEXT(10)})}};

static const struct entity_decl before[] = {
    {
        .name = "things",
        .one = "Thing",
        .many = "Things",
        .pack = "core",
        .fields = FIELDS({"name", "Name", F_TEXT(10)}, {"girth", "Girth", F_INT(0, 9)}),
        .indexes = INDEXES(INDEX("name")),
    },
    {.name = "users", .one = "User", .many = "Users", .pack = "core", .fields = FIELDS({"name", "Name", F_TEXT(10)})}};

static void take(const struct entity_decl *decls) {
    const struct entity_decl *const all[] = {&decls[0], &decls[1]};
    struct errors faults = {.arena = arena};
    bool good = registry_take(all, 2, &faults);
    core_test_print(&faults);
    assert_true(good);
}

static void a_renamed_column_keeps_what_it_holds(void **state) {
    (void)state;
    take(before);
    struct str lock = lock_of_today(), old_schema = whole_schema();
    take(renamed);
    struct str steps = diff(lock);
    struct str fresh = whole_schema();
    struct errors faults = {.arena = arena};
    assert_true(registry_take(registry_decls, registry_decl_count, &faults));
    core_test_print(&errors);
    assert_int_equal(errors.count, 0);
    assert_text(steps, "DROP INDEX things_name_idx;\nALTER TABLE things RENAME COLUMN name TO full_name;\n"
                       "ALTER TABLE things RENAME COLUMN girth TO size;\n"
                       "CREATE INDEX things_full_name_idx ON things (tenant_id, full_name) WHERE deleted_at IS NULL;\n");
    struct str script = str_printf(arena, "%.*s%.*s", STR_ARG(old_schema), STR_ARG(steps));
    assert_true(str_eq(built_by("renamed", script), built_by("fresh", fresh)));
}

/* PostgreSQL asks that a table stands before another refers to it, and takes references of two columns at any time. */
static void a_reference_of_postgres_is_added_with_its_tenant_behind_all_tables(void **state) {
    (void)state;
    struct str lock = with(lock_of_today(), "column leads.lead_source_id integer references lead_sources\n", "");
    struct buf b = buf_new(arena, 65536);
    errors = (struct errors){.arena = arena};
    assert_true(schema_diff(&b, lock, db_dialect_find(STR("postgres")), &errors));
    assert_text(buf_str(&b), "ALTER TABLE leads ADD COLUMN lead_source_id bigint;\n"
                             "ALTER TABLE leads ADD CONSTRAINT leads_lead_source_id_fkey FOREIGN KEY (tenant_id, lead_source_id)"
                             " REFERENCES lead_sources (tenant_id, id);\n");
    struct buf whole = buf_new(arena, 65536);
    schema_sql(&whole, db_dialect_find(STR("postgres")));
    const char *text = str_cstr(arena, buf_str(&whole)), *key = strstr(text, "FOREIGN KEY");
    assert_non_null(key);
    for (int e = 0; e < registry_count(); e++) {
        const char *table = strstr(text, str_cstr(arena, str_printf(arena, "CREATE TABLE %s (", registry_at(e)->decl->name)));
        assert_non_null(table);
        assert_true(table < key);
    }
}

static void the_wall_stands_around_every_table_of_a_tenant(void **state) {
    (void)state;
    struct buf b = buf_new(arena, 65536);
    schema_wall(&b, db_dialect_find(STR("sqlite")), SCHEMA_APP_ROLE, STR(""));
    assert_int_equal(b.len, 0);
    schema_wall(&b, db_dialect_find(STR("postgres")), "the \"app\"", STR("secret"));
    const char *text = str_cstr(arena, buf_str(&b));
    assert_null(strstr(text, "secret"));
    assert_non_null(strstr(text, "ALTER ROLE \"the \"\"app\"\"\" PASSWORD 'SCRAM-SHA-256$4096:"));
    for (int e = 0; e < registry_count(); e++) {
        const struct entity *entity = registry_at(e);
        const char *name = entity->decl->name;
        bool walled = strstr(text, str_cstr(arena, str_printf(arena, "CREATE POLICY of_tenant ON %s USING (", name))) != NULL;
        assert_int_equal(walled, entity->tenant_id >= 0 || str_eqc(entity->name, "tenants"));
    }
    assert_non_null(strstr(text, "CREATE POLICY of_tenant ON search_docs USING (tenant_id = "));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_schema_builds_an_empty_database),
        TEST(the_committed_lock_is_that_of_the_entities),
        TEST(the_migrations_build_what_the_entities_ask_for),
        TEST(a_new_table_and_its_indexes_are_written),
        TEST(a_new_column_and_index_are_written_and_run),
        TEST(an_index_that_changed_is_made_again),
        TEST(what_would_lose_data_is_refused_by_name),
        TEST(a_renamed_column_keeps_what_it_holds),
        TEST(a_reference_of_postgres_is_added_with_its_tenant_behind_all_tables),
        TEST(the_wall_stands_around_every_table_of_a_tenant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
