/* setup.c - the one-time code of an empty installation; see setup.h. */
#include "http/setup.h"

#include <sodium.h>

#include "http/server_impl.h"

#define CODE_CHARS 20
#define ATTEMPTS 10

/* One statement on a table without tenants. */
static bool any_tenant(struct server *server, struct errors *errors, bool *any) {
    struct db_conn *conn = db_reader(server->db, errors);
    if (conn) db_tenant(conn, DB_PLATFORM);
    struct db_stmt *s = conn ? db_prepare(conn, STR("SELECT EXISTS (SELECT 1 FROM tenants)")) : NULL;
    if (!s) return false;
    enum db_result r = db_step(s);
    *any = r == DB_ROW && db_int(s, 0) != 0;
    db_reset(s);
    return r == DB_ROW || db_fail(conn, r, errors);
}

bool setup_start(struct server *server, struct errors *errors) {
    bool any;
    if (!any_tenant(server, errors, &any)) {
        return errors->count == 0 &&
               errors_add(errors, 500, "database", NULL, "The database cannot be read. Run tenon migrate first.");
    }
    if (any) return true;
    static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789";
    char *code = arena_alloc(server->arena, CODE_CHARS + 1);
    for (int i = 0; i < CODE_CHARS; i++) code[i] = letters[randombytes_uniform(sizeof letters - 1)];
    server->setup_code = (struct str){code, CODE_CHARS};
    atomic_store(&server->setup_open, true);
    return true;
}

bool setup_open(struct server *server) {
    if (!atomic_load_explicit(&server->setup_open, memory_order_relaxed)) return false;
    struct arena *arena = arena_new(16u << 10);
    struct errors errors = {.arena = arena};
    bool any = false;
    if (any_tenant(server, &errors, &any) && any) atomic_store(&server->setup_open, false);
    arena_free(arena);
    return !any;
}

struct str setup_code(const struct server *server) {
    return atomic_load(&server->setup_open) ? server->setup_code : STR("");
}

bool setup_check(struct request *req, struct str code) {
    struct server *server = req->server;
    struct errors *errors = &req->ctx.errors;
    if (!setup_open(server)) return errors_add(errors, 403, "setup_done", NULL, "This installation is set up already. Sign in.");
    if (atomic_fetch_add(&server->setup_attempts, 1) >= ATTEMPTS) {
        return errors_add(errors, 429, "too_many_attempts", "code",
                          "Too many wrong codes. Start the server again for a new one.");
    }
    bool right = code.len == CODE_CHARS && sodium_memcmp(code.ptr, server->setup_code.ptr, CODE_CHARS) == 0;
    if (!right)
        return errors_add(errors, 403, "wrong_code", "code", "This is not the code that the server printed when it started.");
    atomic_fetch_sub(&server->setup_attempts, 1);
    return true;
}
