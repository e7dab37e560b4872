/* app_test.h - a company as tenant_setup makes it, in a database of its own for each test, and short words for what its people
 * do.
 *
 * The company has an administrator (admin) and one sales agent (agent). Texts are given as they would be typed:
 *
 *     int64_t lead = create(admin, "leads", "first_name=Ada", "last_name=Lovelace");
 *     assert_true(update(admin, "leads", lead, "phone=0491 570 156"));
 */
#ifndef APP_TEST_H
#define APP_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <unistd.h>

#include "app/core/tenant_setup.h"
#include "base/timefmt.h"
#include "core/registry.h"
#include "core/repo.h"
#include "core/schema.h"

static struct arena *arena;
static struct db *db;
static char directory[64];
static int64_t tenant, admin, agent; /* users; 0 is the system */
static struct ctx *last;             /* the context of the last try: its errors */

#define TEST(function) cmocka_unit_test_setup_teardown(function, app_test_open, app_test_close)

static inline struct ctx *app_test_ctx(int64_t user) {
    struct ctx *ctx = arena_alloc(arena, sizeof *ctx);
    ctx_init(ctx, arena, db, actor_system(arena, tenant));
    ctx->conn = db_reader(db, &ctx->errors);
    assert_non_null(ctx->conn);
    if (!user) {
        ctx->env.country = STR("AU");
        ctx->env.currency = STR("AUD");
        return ctx;
    }
    struct actor *loaded = actor_load(ctx, tenant, user);
    assert_non_null(loaded);
    ctx_init(ctx, arena, db, actor_for_request(arena, loaded, 0, 0));
    ctx->conn = db_reader(db, &ctx->errors);
    return ctx;
}

/* ---- doing --------------------------------------------------------------------------------------------------------------- */

struct app_test_try {
    const struct entity *entity;
    const char *verb;
    int64_t id;
    const char *const *values; /* "field=text", NULL at the end */
};

static inline bool app_test_run(struct ctx *ctx, void *arg) {
    struct app_test_try *t = arg;
    if (strcmp(t->verb, "restore") == 0) return repo_restore(ctx, t->entity, t->id) != NULL;
    if (strcmp(t->verb, "delete") == 0) return repo_delete(ctx, t->entity, t->id, 0);
    struct repo_input in = repo_input(ctx, t->entity, t->id);
    in.trusted = ctx->actor->system;
    for (const char *const *v = t->values; *v; v++) {
        struct str text = str_of(*v);
        size_t equals = (size_t)str_index(text, '=');
        repo_input_text(&in, str_slice(text, 0, equals), str_slice(text, equals + 1, text.len));
    }
    struct row *row;
    if (strcmp(t->verb, "create") == 0)
        row = repo_create(&in);
    else if (strcmp(t->verb, "update") == 0)
        row = repo_update(&in, t->id);
    else
        row = repo_action(&in, t->id, entity_action(t->entity, str_of(t->verb)));
    if (row) t->id = row_id(row);
    return row != NULL;
}

/* The record's id, 0 where it was refused: `last` says why. */
static inline int64_t app_test_do(int64_t user, const char *entity, const char *verb, int64_t id, const char *const *values) {
    struct app_test_try t = {registry_get(entity), verb, id, values};
    last = app_test_ctx(user);
    return ctx_write(last, app_test_run, &t) ? t.id : 0;
}
#define VALUES(...) ((const char *const[]){__VA_ARGS__, NULL})
#define create(user, entity, ...) app_test_do(user, entity, "create", 0, VALUES(__VA_ARGS__))
#define update(user, entity, id, ...) (app_test_do(user, entity, "update", id, VALUES(__VA_ARGS__)) != 0)
#define act(user, entity, id, action) (app_test_do(user, entity, action, id, VALUES(NULL)) != 0)
#define drop(user, entity, id) (app_test_do(user, entity, "delete", id, VALUES(NULL)) != 0)
#define restore(user, entity, id) (app_test_do(user, entity, "restore", id, VALUES(NULL)) != 0)

/* The last try was refused with this status, and with an error on this field (NULL: on none). */
#define assert_refused(status, field)                                                                                            \
    do {                                                                                                                         \
        assert_int_equal(errors_status(&last->errors), status);                                                                  \
        assert_non_null(errors_for(&last->errors, field));                                                                       \
    } while (0)

static inline void app_test_tell(void) {
    for (const struct error *e = last->errors.first; e; e = e->next)
        print_message("%d %s %.*s: %.*s\n", e->status, e->code, STR_ARG(e->field), STR_ARG(e->message));
}
/* The same, where it must succeed. */
#define assert_done(tried)                                                                                                       \
    do {                                                                                                                         \
        bool done_ = (tried) != 0;                                                                                               \
        if (!done_) app_test_tell();                                                                                             \
        assert_true(done_);                                                                                                      \
    } while (0)
static inline int64_t app_test_made(int64_t id) {
    assert_done(id);
    return id;
}
#define made(entity, ...) app_test_made(create(0, entity, __VA_ARGS__))

/* ---- looking ------------------------------------------------------------------------------------------------------------- */

static inline struct row *row_of(const char *entity, int64_t id) {
    struct row *row = query_one(app_test_ctx(0), registry_get(entity), id, MAY_READ, true);
    assert_non_null(row);
    return row;
}
#define text_of(entity, id, field) str_cstr(arena, row_text(row_of(entity, id), field))
#define int_of(entity, id, field) row_int(row_of(entity, id), field)
/* By a query with :tenant. */
static inline int64_t number(const char *sql) {
    return sql_int(app_test_ctx(0), sql, NO_ARGS);
}
static inline int64_t status_named(const char *name) {
    return sql_int(app_test_ctx(0), "SELECT id FROM lead_statuses WHERE tenant_id = :tenant AND name = :name",
                   ARGS({":name", value_text(str_of(name))}));
}
/* "field=id" */
static inline const char *with(const char *field, int64_t id) {
    return str_cstr(arena, str_printf(arena, "%s=%lld", field, (long long)id));
}

/* ---- the company --------------------------------------------------------------------------------------------------------- */

static inline bool app_test_schema(struct db_conn *conn, void *arg) {
    return db_script(conn, *(struct str *)arg) == DB_OK;
}

static inline bool app_test_company(struct ctx *ctx, void *arg) {
    (void)arg;
    struct tenant_options options = {.name = STR("Fernhill Solar"),
                                     .country = STR("AU"),
                                     .currency = STR("AUD"),
                                     .timezone = STR("Australia/Melbourne"),
                                     .admin_name = STR("Nora Fernhill"),
                                     .admin_email = STR("Nora@Fernhill.example"),
                                     .admin_hash = STR("none")};
    tenant = tenant_setup(ctx, &options);
    if (!tenant) return false;
    admin = sql_int(ctx, "SELECT id FROM users WHERE tenant_id = :tenant", NO_ARGS);
    agent = tenant_add_user(ctx, STR("Tom Aldous"), STR("tom@fernhill.example"), STR("none"), "sales_agent");
    return agent != 0;
}

static inline int app_test_open(void **state) {
    (void)state;
    arena = arena_new((size_t)256 << 20);
    struct errors errors = {.arena = arena};
    bool sound = registry_init(&errors);
    for (const struct error *e = errors.first; e; e = e->next) print_message("%.*s\n", STR_ARG(e->message));
    assert_true(sound);
    snprintf(directory, sizeof directory, "/tmp/tenon-app-XXXXXX");
    assert_non_null(mkdtemp(directory));
    struct db_options options = {.url = str_cstr(arena, str_printf(arena, "sqlite:%s/test.db", directory)), .create = true};
    db = db_open(&options, &errors);
    assert_non_null(db);
    struct buf schema = buf_new(arena, 65536);
    schema_sql(&schema, db_dialect(db));
    struct str sql = buf_str(&schema);
    assert_true(db_write_wait(db, DB_PLATFORM, app_test_schema, &sql, NULL));
    tenant = 0;
    last = app_test_ctx(0);
    assert_done(ctx_write(last, app_test_company, NULL));
    return 0;
}

static inline int app_test_close(void **state) {
    (void)state;
    arena_free(arena); // releases the actors
    db_close(db);
    access_changed();
    DIR *dir = opendir(directory);
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        if (entry->d_name[0] != '.') unlinkat(dirfd(dir), entry->d_name, 0);
    if (dir) closedir(dir);
    rmdir(directory);
    return 0;
}

#endif
