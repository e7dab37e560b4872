/* migrate.c - runs the scripts that a database has not seen, each in one transaction with the row that remembers it. */
#include "db/migrate.h"

#include "base/log.h"
#include "base/timefmt.h"
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

static bool check_row(struct db_stmt *row, const struct migration *scripts, int count, int due, struct errors *errors) {
    int64_t version = db_int(row, 0);
    if (version > count) {
        return errors_add(errors, 500, "database_newer", NULL,
                          "The database was made by a newer version of Tenon (its schema is number %lld, this one knows %d)."
                          " Use that version or a newer one.",
                          (long long)version, count);
    }
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
    if (!conn->driver->has_table(conn, "migrations")) return 0;
    struct db_stmt *row = db_prepare(conn, STR("SELECT version, checksum FROM migrations ORDER BY version"));
    int done = 0;
    enum db_result result;
    bool fits = true;
    while (fits && (result = db_step(row)) == DB_ROW) {
        fits = check_row(row, scripts, count, done + 1, errors);
        done += fits;
    }
    db_reset(row);
    if (fits && result != DB_DONE) fits = db_fail(conn, result, errors);
    return fits ? done : -1;
}

struct step {
    const struct migration *scripts;
    int count;
    struct errors *errors;
    int done; /* before this step */
    bool ran;
};

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

/* Runs the next script, if there is one. Asks the database each time, so two programs that migrate at once do not meet. */
static bool run_next(struct db_conn *conn, void *arg) {
    struct step *step = arg;
    step->ran = false;
    step->done = versions_done(conn, step->scripts, step->count, step->errors);
    if (step->done < 0) return false;
    if (step->done == step->count) return true;
    const struct migration *script = &step->scripts[step->done];
    enum db_result result = make_table(conn) ? db_script(conn, script->sql) : DB_ERROR;
    if (result == DB_OK) result = remember(conn, script);
    if (result == DB_FULL || result == DB_BUSY) return db_fail(conn, result, step->errors);
    if (result != DB_OK) {
        struct str why = db_error(conn);
        return errors_add(step->errors, 500, "migration_failed", NULL, "Migration %s failed: %.*s.", script->name, STR_ARG(why));
    }
    step->ran = true;
    return true;
}

bool migrate_up_to(struct db *db, const struct migration *scripts, int count, struct errors *errors, int *applied) {
    struct step step = {.scripts = scripts, .count = count, .errors = errors, .ran = true};
    int ran = 0;
    if (applied) *applied = 0;
    while (step.ran) {
        enum db_result result;
        if (!db_write_wait(db, DB_PLATFORM, run_next, &step, &result)) {
            if (errors->count) return false;
            return errors_add(errors, result == DB_BUSY ? 503 : 500, "migration_failed", NULL,
                              "The migration could not be written. Nothing of it stands; try again.");
        }
        ran += step.ran;
        if (step.ran) {
            log_event(LOG_INFO, "migrated", LOG_STR("name", str_of(scripts[step.done].name)));
            if (applied) *applied = ran;
        }
    }
    return true;
}

bool migrate_is_at(struct db *db, const struct migration *scripts, int count, struct errors *errors, bool *current) {
    struct db_conn *conn = db_reader(db, errors);
    int done = conn ? versions_done(conn, scripts, count, errors) : -1;
    *current = done == count;
    return done >= 0;
}

bool migrate_up(struct db *db, struct errors *errors, int *applied) {
    int count;
    const struct migration *scripts = migrations_of(db_dialect(db), &count);
    return migrate_up_to(db, scripts, count, errors, applied);
}

bool migrate_current(struct db *db, struct errors *errors, bool *current) {
    int count;
    const struct migration *scripts = migrations_of(db_dialect(db), &count);
    return migrate_is_at(db, scripts, count, errors, current);
}
