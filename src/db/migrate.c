/* migrate.c - runs the scripts that a database has not seen, in one transaction with the rows that remember them. */
#include "db/migrate.h"

#include "base/log.h"
#include "base/timefmt.h"
#include "db/build.h"
#include "db/driver.h"

#include <sodium.h>

struct checksum {
    char hex[2 * crypto_hash_sha256_BYTES + 1];
};

static struct checksum checksum_of(struct str sql) {
    unsigned char hash[crypto_hash_sha256_BYTES];
    struct checksum checksum;
    crypto_hash_sha256(hash, (const unsigned char *)sql.ptr, sql.len);
    sodium_bin2hex(checksum.hex, sizeof checksum.hex, hash, sizeof hash);
    return checksum;
}

static bool newer(const struct db *db, int64_t version, int count, struct errors *errors) {
    const struct db_rehearsal *rehearsal = db->driver->rehearsal;
    char *kept = rehearsal ? rehearsal->kept(db->where, count) : NULL;
    errors_add(errors, 500, "database_newer", NULL,
               "The database was made by a newer version of Tenon (its schema is number %lld, this one knows %d). Use that"
               " version or a newer one.%s%s%s",
               (long long)version, count, kept ? " As it was before the upgrade it is kept in " : "", kept ? kept : "",
               kept ? "; what was written since is not in there." : "");
    free(kept);
    return false;
}

static bool check_row(const struct db *db, struct db_stmt *row, const struct migration *scripts, int count, int due,
                      struct errors *errors) {
    int64_t version = db_int(row, 0), newest = db_int(row, 2);
    if (newest > count) return newer(db, newest, count, errors);
    if (version != due) {
        return errors_add(errors, 500, "migration_missing", NULL, "The database remembers migration %lld, but not %d.",
                          (long long)version, due);
    }
    struct checksum now = checksum_of(scripts[due - 1].sql);
    if (str_eqc(db_text(row, 1), now.hex)) return true;
    return errors_add(
        errors, 500, "migration_changed", NULL,
        "Migration %s is not the script that this database was made with. Put the old text back and add a new script.",
        scripts[due - 1].name);
}

/* How many of the scripts ran before; -1 with an error where the database does not fit to them. */
static int versions_done(struct db_conn *conn, const struct migration *scripts, int count, struct errors *errors) {
    if (!conn->db->unfinished && build_marked(conn)) {
        errors_add(errors, 409, "unfinished_restore", NULL,
                   "A restore into this database did not come to its end. Make an empty one and restore again.");
        return -1;
    }
    if (!conn->driver->has_table(conn, "migrations")) return 0;
    struct db_stmt *row = db_prepare(conn, STR("SELECT version, checksum, (SELECT max(version) FROM migrations) FROM migrations"
                                                " ORDER BY version"));
    int done = 0;
    enum db_result result;
    bool fits = true;
    while (fits && (result = db_step(row)) == DB_ROW) {
        fits = check_row(conn->db, row, scripts, count, done + 1, errors);
        done += fits;
    }
    db_reset(row);
    if (fits && result != DB_DONE) fits = db_fail(conn, result, errors);
    return fits ? done : -1;
}

static bool make_table(struct db_conn *conn) {
    if (conn->driver->has_table(conn, "migrations")) return true;
    const struct db_dialect *dialect = conn->driver->dialect;
    char sql[256];
    snprintf(sql, sizeof sql,
             "CREATE TABLE migrations (version %s PRIMARY KEY, name %s NOT NULL, checksum %s NOT NULL, applied_at %s NOT NULL)",
             dialect->integer, dialect->text, dialect->text, dialect->integer);
    return db_script(conn, str_of(sql)) == DB_OK;
}

static enum db_result remember(struct db_conn *conn, const struct migration *script) {
    struct checksum checksum = checksum_of(script->sql);
    struct db_stmt *stmt =
        db_prepare(conn, STR("INSERT INTO migrations (version, name, checksum, applied_at) VALUES (?1, ?2, ?3, ?4)"));
    db_bind_int(stmt, 1, script->version);
    db_bind_text(stmt, 2, str_of(script->name));
    db_bind_text(stmt, 3, str_of(checksum.hex));
    db_bind_int(stmt, 4, time_now());
    enum db_result result = db_step(stmt);
    db_reset(stmt);
    return result;
}

struct upgrade {
    struct db *db;
    struct migrate_plan plan;
    struct errors *errors;
    int done; /* before */
    int applied;
};

static bool run_script(struct db_conn *conn, const struct migration *script, struct errors *errors) {
    enum db_result result = make_table(conn) ? db_script(conn, script->sql) : DB_ERROR;
    if (result == DB_OK) result = remember(conn, script);
    if (result == DB_OK) return true;
    if (result == DB_FULL || result == DB_BUSY) return db_fail(conn, result, errors);
    struct str why = db_error(conn);
    return errors_add(errors, 500, "migration_failed", NULL, "Migration %s failed: %.*s. The database is as it was.",
                      script->name, STR_ARG(why));
}

static bool raise_wall(struct db_conn *conn, struct str wall, struct errors *errors) {
    if (!wall.len || db_script(conn, wall) == DB_OK) return true;
    struct str why = db_error(conn);
    return errors_add(errors, 500, "wall_failed", NULL,
                      "The roles and rights that keep companies apart could not be set up: %.*s. Run tenon migrate as the role "
                      "that owns the database and may make roles (CREATEROLE). The database is as it was.",
                      STR_ARG(why));
}

/* All that waits. Asks the database inside the transaction, so two programs that migrate at once do not meet. */
static bool run_waiting(struct db_conn *conn, void *arg) {
    struct upgrade *up = arg;
    const char *begin = conn->driver->upgrade_begin;
    enum db_result result = begin ? db_script(conn, str_of(begin)) : DB_OK;
    up->applied = 0;
    if (result != DB_OK) return db_fail(conn, result, up->errors);
    up->done = versions_done(conn, up->plan.scripts, up->plan.count, up->errors);
    if (up->done < 0) return false;
    for (int i = up->done; i < up->plan.count; i++, up->applied++) {
        if (!run_script(conn, &up->plan.scripts[i], up->errors)) return false;
    }
    if (!raise_wall(conn, up->plan.wall, up->errors)) return false;
    return up->applied == 0 || !up->plan.check || up->plan.check(up->db, conn, up->errors);
}

static struct migrate_plan plan_for(const struct db_dialect *dialect, const struct migrate_plan *plan) {
    struct migrate_plan own = plan ? *plan : (struct migrate_plan){0};
    if (!own.scripts) own.scripts = migrations_of(dialect, &own.count);
    return own;
}

bool migrate_up(struct db *db, const struct migrate_plan *plan, struct errors *errors, int *applied) {
    struct upgrade up = {.db = db, .plan = plan_for(db_dialect(db), plan), .errors = errors};
    enum db_result result;
    if (applied) *applied = 0;
    /* Without a tenant and not as the platform: as the owner, to whom the wall shows everything. */
    if (!db_write_wait(db, DB_NO_TENANT, run_waiting, &up, &result)) {
        if (errors->count) return false;
        return errors_add(errors, result == DB_BUSY ? 503 : 500, "migration_failed", NULL,
                          "The migration could not be written. Nothing of it stands; try again.");
    }
    for (int i = up.done; i < up.done + up.applied; i++)
        log_event(LOG_INFO, "migrated", LOG_STR("name", str_of(up.plan.scripts[i].name)));
    if (applied) *applied = up.applied;
    return true;
}

/* ---- a database that may be in use ---- */

/* On the copy of a file; on success it has taken the place of the file. */
static bool upgrade_copy(const struct db_rehearsal *rehearsal, struct db_copy *copy, const struct migrate_plan *plan, int first,
                         struct errors *errors, struct migrate_result *result) {
    struct db_options options = {.url = copy->url, .rehearsal = true};
    struct db *db = db_open(&options, errors);
    bool ok = db && migrate_up(db, plan, errors, &result->applied);
    db_close(db);
    if (!ok || result->applied == 0) return ok;
    char *kept = NULL;
    ok = rehearsal->swap(copy, first, &kept, errors);
    if (kept) result->kept = str_dup(errors->arena, str_of(kept));
    free(kept);
    return ok;
}

/* How many scripts ran before; -1 with an error. */
static int done_before(struct db *db, const struct migrate_plan *plan, struct errors *errors) {
    struct db_conn *conn = db_reader(db, errors);
    return conn ? versions_done(conn, plan->scripts, plan->count, errors) : -1;
}

static bool database_up(const struct db_driver *driver, const char *url, const struct migrate_plan *plan, bool starting,
                        struct errors *errors, struct migrate_result *result) {
    struct db_options options = {.url = url, .create = true};
    struct db *db = db_open(&options, errors);
    int done = db ? done_before(db, plan, errors) : -1;
    bool waiting = done >= 0 && done < plan->count;
    bool ok = done >= 0;
    if (waiting && starting && !driver->rehearsal) {
        ok = errors_add(errors, 409, "not_migrated", NULL,
                        "The database is older than this program. Other servers may use it: run tenon migrate first.");
    } else if ((waiting && (done == 0 || !driver->rehearsal)) || (done >= 0 && !starting && plan->wall.len)) {
        ok = migrate_up(db, plan, errors, &result->applied);
        waiting = false;
    }
    db_close(db);
    if (!ok || !waiting) return ok;
    struct db_copy *copy = driver->rehearsal->begin(url + strlen(driver->scheme), errors);
    if (!copy) return false;
    ok = upgrade_copy(driver->rehearsal, copy, plan, done + 1, errors, result);
    driver->rehearsal->end(copy);
    if (ok && result->kept.len) log_event(LOG_INFO, "database_kept", LOG_STR("path", result->kept));
    return ok;
}

bool migrate_database(const char *url, const struct migrate_plan *plan, struct errors *errors, struct migrate_result *result) {
    const struct db_driver *driver = driver_of_url(url, errors);
    *result = (struct migrate_result){0};
    if (!driver) return false;
    struct migrate_plan own = plan_for(driver->dialect, plan);
    return database_up(driver, url, &own, false, errors, result);
}

bool migrate_at_start(const char *url, const struct migrate_plan *plan, struct errors *errors, struct migrate_result *result) {
    const struct db_driver *driver = driver_of_url(url, errors);
    *result = (struct migrate_result){0};
    if (!driver) return false;
    struct migrate_plan own = plan_for(driver->dialect, plan);
    return database_up(driver, url, &own, true, errors, result);
}

bool migrate_is_at(struct db *db, const struct migration *scripts, int count, struct errors *errors, bool *current) {
    struct migrate_plan plan = {.scripts = scripts, .count = count};
    int done = done_before(db, &plan, errors);
    *current = done == count;
    return done >= 0;
}

int migrations_count(const struct db *db) {
    int count;
    migrations_of(db_dialect(db), &count);
    return count;
}

bool migrate_current(struct db *db, struct errors *errors, bool *current) {
    int count;
    const struct migration *scripts = migrations_of(db_dialect(db), &count);
    return migrate_is_at(db, scripts, count, errors, current);
}
