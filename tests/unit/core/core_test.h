/* core_test.h - what the tests of the core share: a database of its own for each test with two tenants in it, people with a
 * role each, and short words for saving, changing and reading as one of them.
 *
 * Tenant ONE (packs: sales) has the users ADMIN, ANN and BEN, tenant TWO has its ADMIN_TWO. ANN and BEN have the role "agent",
 * which may read users, so that records can name them, and nothing else: may() gives it more.
 */
#ifndef CORE_TEST_H
#define CORE_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/timefmt.h"
#include "core/query.h"
#include "core/registry.h"
#include "core/repo.h"
#include "core/schema.h"
#include "db/db.h"

#include <dirent.h>
#include <unistd.h>

/* What makes the tables; a test may want others. */
#ifndef CORE_TEST_SCHEMA
#define CORE_TEST_SCHEMA(b) schema_sql((b), db_dialect(db))
#endif

enum { ONE = 1, TWO = 2, ADMIN = 101, ANN = 102, BEN = 103, ADMIN_TWO = 201, AGENT_ROLE = 301, EAST = 401, WEST = 402 };

static struct arena *arena;
static struct db *db;
static char directory[64];

#define TEST(function) cmocka_unit_test_setup_teardown(function, core_test_open, core_test_close)
#define assert_text(text, literal)                                                                                               \
    do {                                                                                                                         \
        struct str text_ = (text);                                                                                               \
        assert_string_equal(str_cstr(arena, text_), literal);                                                                    \
    } while (0)

static inline void core_test_print(const struct errors *errors) {
    for (const struct error *e = errors->first; e; e = e->next)
        print_message("%d %s %.*s: %.*s\n", e->status, e->code, STR_ARG(e->field), STR_ARG(e->message));
}

/* ---- contexts -------------------------------------------------------------------------------------------------------- */

static inline struct ctx *core_test_ctx(const struct actor *actor) {
    struct ctx *ctx = arena_alloc(arena, sizeof *ctx);
    ctx_init(ctx, arena, db, actor);
    ctx->conn = db_reader(db, &ctx->errors);
    assert_non_null(ctx->conn);
    return ctx;
}
static inline struct ctx *as_system(int64_t tenant) {
    return core_test_ctx(actor_system(arena, tenant));
}
static inline int64_t tenant_of(int64_t user) {
    return user < ADMIN_TWO ? ONE : TWO;
}
/* A new context of this person, with what they may do now. */
static inline struct ctx *as(int64_t user) {
    struct actor *loaded = actor_load(as_system(0), tenant_of(user), user);
    assert_non_null(loaded);
    return core_test_ctx(actor_for_request(arena, loaded, 0, 0));
}

/* ---- saving ---------------------------------------------------------------------------------------------------------- */

struct saving {
    const struct entity *entity;
    const struct sql_arg *values;
    int64_t id;
    const char *verb;
    int64_t saved;
};

static inline bool core_test_save(struct ctx *ctx, void *arg) {
    struct saving *s = arg;
    struct row *row = NULL;
    if (strcmp(s->verb, "delete") == 0) return repo_delete(ctx, s->entity, s->id, 0);
    if (strcmp(s->verb, "restore") == 0) return repo_restore(ctx, s->entity, s->id) != NULL;
    struct repo_input in = repo_input(ctx, s->entity, s->id);
    in.trusted = ctx->actor->system;
    for (const struct sql_arg *v = s->values; v && v->name; v++) repo_input_value(&in, v->name, v->value);
    if (strcmp(s->verb, "create") == 0)
        row = repo_create(&in);
    else if (strcmp(s->verb, "update") == 0)
        row = repo_update(&in, s->id);
    else
        row = repo_action(&in, s->id, entity_action(s->entity, str_of(s->verb)));
    s->saved = row ? row_id(row) : 0;
    return row != NULL;
}

/* The id, or 0 with the errors in ctx. Errors of an earlier attempt are forgotten. */
static inline int64_t create(struct ctx *ctx, const char *entity, const struct sql_arg *values) {
    struct saving s = {.entity = registry_get(entity), .values = values, .verb = "create"};
    errors_clear(&ctx->errors);
    return ctx_write(ctx, core_test_save, &s) ? s.saved : 0;
}
static inline bool core_test_change(struct ctx *ctx, const char *entity, int64_t id, const char *verb,
                                    const struct sql_arg *values) {
    struct saving s = {.entity = registry_get(entity), .values = values, .id = id, .verb = verb};
    errors_clear(&ctx->errors);
    return ctx_write(ctx, core_test_save, &s);
}
static inline bool update(struct ctx *ctx, const char *entity, int64_t id, const struct sql_arg *values) {
    return core_test_change(ctx, entity, id, "update", values);
}
static inline bool erase(struct ctx *ctx, const char *entity, int64_t id) {
    return core_test_change(ctx, entity, id, "delete", NULL);
}
static inline bool restore(struct ctx *ctx, const char *entity, int64_t id) {
    return core_test_change(ctx, entity, id, "restore", NULL);
}
static inline bool act(struct ctx *ctx, const char *entity, int64_t id, const char *action) {
    return core_test_change(ctx, entity, id, action, NULL);
}

#define TEXT(literal) value_text(STR(literal))
#define INT(n) value_int(n)
/* Saves as the system in tenant ONE; must succeed. */
#define MADE(entity, ...) core_test_made(as_system(ONE), entity, ARGS(__VA_ARGS__))
static inline int64_t core_test_made(struct ctx *ctx, const char *entity, const struct sql_arg *values) {
    int64_t id = create(ctx, entity, values);
    core_test_print(&ctx->errors);
    assert_int_not_equal(id, 0);
    return id;
}

/* Changes as the system in tenant ONE; must succeed. */
#define CHANGED(entity, id, ...) core_test_changed(as_system(ONE), entity, id, ARGS(__VA_ARGS__))
static inline void core_test_changed(struct ctx *ctx, const char *entity, int64_t id, const struct sql_arg *values) {
    bool ok = update(ctx, entity, id, values);
    core_test_print(&ctx->errors);
    assert_true(ok);
}

/* The role "agent" of tenant ONE may do this, within this scope. */
static inline void may(const char *entity, const char *action, const char *scope) {
    MADE("role_permissions", {"role_id", INT(AGENT_ROLE)}, {"resource", value_text(str_of(entity))},
         {"action", value_text(str_of(action))}, {"scope", value_text(str_of(scope))});
}

/* ---- reading --------------------------------------------------------------------------------------------------------- */

/* The record as the system sees it, deleted or not; NULL where there is none. */
static inline struct row *row_of(int64_t tenant, const char *entity, int64_t id) {
    return query_one(as_system(tenant), registry_get(entity), id, MAY_READ, true);
}
static inline bool is_live(const char *entity, int64_t id) {
    struct row *row = row_of(ONE, entity, id);
    return row && row_null(row, "deleted_at");
}
/* How many records of this entity the person may read. */
static inline int count_of(int64_t user, const char *entity) {
    struct query *q = query_new(as(user), registry_get(entity));
    return (int)query_count(q);
}
/* The status of the first error. */
static inline int status_of(const struct ctx *ctx) {
    return errors_status(&ctx->errors);
}

/* ---- the database ---------------------------------------------------------------------------------------------------- */

static inline bool core_test_script(struct db_conn *conn, void *arg) {
    return db_script(conn, *(struct str *)arg) == DB_OK;
}

static inline void core_test_people(void) {
    for (int64_t tenant = ONE; tenant <= TWO; tenant++)
        core_test_made(as_system(0), "tenants",
                       ARGS({"id", INT(tenant)}, {"name", TEXT("Test")}, {"slug", tenant == ONE ? TEXT("one") : TEXT("two")},
                            {"country", TEXT("AU")}, {"currency", TEXT("AUD")}, {"timezone", TEXT("Australia/Sydney")},
                            {"packs", TEXT("[\"sales\"]")}));
    static const struct {
        int64_t id, role;
        const char *name;
    } people[] = {{ADMIN, 302, "Admin"}, {ANN, AGENT_ROLE, "Ann"}, {BEN, AGENT_ROLE, "Ben"}, {ADMIN_TWO, 303, "Second admin"}};
    MADE("roles", {"id", INT(AGENT_ROLE)}, {"name", TEXT("agent")}, {"label", TEXT("Agent")});
    MADE("roles", {"id", INT(302)}, {"name", TEXT("tenant_admin")}, {"label", TEXT("Administrator")});
    core_test_made(as_system(TWO), "roles",
                   ARGS({"id", INT(303)}, {"name", TEXT("tenant_admin")}, {"label", TEXT("Administrator")}));
    for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
        struct ctx *system = as_system(tenant_of(people[i].id));
        struct str email = str_printf(arena, "%lld@tenon.example", (long long)people[i].id);
        core_test_made(
            system, "users",
            ARGS({"id", INT(people[i].id)}, {"name", value_text(str_of(people[i].name))}, {"email", value_text(email)}));
        core_test_made(system, "role_users", ARGS({"user_id", INT(people[i].id)}, {"role_id", INT(people[i].role)}));
    }
    may("users", "read", "all");
    MADE("locations", {"id", INT(EAST)}, {"name", TEXT("East")});
    MADE("locations", {"id", INT(WEST)}, {"name", TEXT("West")});
}

static inline int core_test_open(void **state) {
    (void)state;
    arena = arena_new(256u << 20);
    struct errors errors = {.arena = arena};
    assert_true(registry_init(&errors));
    snprintf(directory, sizeof directory, "/tmp/tenon-core-XXXXXX");
    assert_non_null(mkdtemp(directory));
    struct db_options options = {.url = str_cstr(arena, str_printf(arena, "sqlite:%s/test.db", directory)), .create = true};
    db = db_open(&options, &errors);
    core_test_print(&errors);
    assert_non_null(db);
    struct buf schema = buf_new(arena, 65536);
    CORE_TEST_SCHEMA(&schema);
    struct str sql = buf_str(&schema);
    assert_true(db_write_wait(db, DB_PLATFORM, core_test_script, &sql, NULL));
    core_test_people();
    return 0;
}

static inline int core_test_close(void **state) {
    (void)state;
    arena_free(arena); // releases the actors
    db_close(db);
    access_changed(); // the next test has other people under the same ids
    DIR *dir = opendir(directory);
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        if (entry->d_name[0] != '.') unlinkat(dirfd(dir), entry->d_name, 0);
    if (dir) closedir(dir);
    rmdir(directory);
    return 0;
}

#endif
