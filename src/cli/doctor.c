/* doctor.c - tenon doctor: looks at the machine and the database for what would go wrong. */
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "base/timefmt.h"
#include "cli/cli.h"
#include "db/migrate.h"

#define DOCTOR_ROOM ((uint64_t)512 << 20) /* less free disk than this is too little */

struct doctor {
    struct cli *cli;
    struct buf out;
    int count, bad;
};

static void doctor_say(struct doctor *d, bool ok, const char *what, struct str detail) {
    struct buf *b = &d->out;
    if (d->cli->json) {
        buf_printf(b, "%s{\"check\":\"%s\",\"ok\":%s,\"detail\":", d->count ? "," : "", what, ok ? "true" : "false");
        buf_json(b, detail);
        buf_char(b, '}');
    } else {
        buf_printf(b, "%s %s%s%.*s\n", ok ? "ok    " : "WRONG ", what, detail.len ? ": " : "", STR_ARG(detail));
    }
    d->count++;
    d->bad += !ok;
}

/* The database as it was named, without a password. */
static struct str doctor_url(const struct cli *cli) {
    struct str url = str_of(cli->database);
    ptrdiff_t at = str_index(url, '@'), query = str_index(url, '?');
    size_t host = at < 0 ? 0 : (size_t)at + 1, end = query < 0 ? url.len : (size_t)query;
    bool server = !str_starts(url, STR("sqlite:"));
    return server && host <= end ? str_slice(url, host, end) : url;
}

static struct str doctor_path(const struct cli *cli) {
    struct str url = str_of(cli->database);
    return str_starts(url, STR("sqlite:")) ? str_slice(url, STR("sqlite:").len, url.len) : STR("");
}

static void doctor_disk(struct doctor *d) {
    struct arena *arena = d->cli->arena;
    const char *path = str_cstr(arena, doctor_path(d->cli));
    struct statvfs disk;
    if (statvfs(path, &disk) == 0) {
        uint64_t room = (uint64_t)disk.f_bavail * disk.f_frsize;
        struct str free_mb = str_printf(arena, "%llu MB free", (unsigned long long)(room >> 20));
        doctor_say(d, room >= DOCTOR_ROOM, "room on the disk", free_mb);
    }
    struct stat file;
    if (stat(path, &file) == 0) {
        bool closed = (file.st_mode & S_IRWXO) == 0;
        doctor_say(d, closed, "the database is closed to others",
                   closed ? STR("") : str_printf(arena, "mode %o: run chmod o= %s", (unsigned)file.st_mode & 0777U, path));
    }
}

static void doctor_check(struct doctor *d, struct db_conn *conn, const struct db_check *check) {
    struct db_stmt *s = db_prepare(conn, str_of(check->faults));
    enum db_result r = db_step(s);
    if (r == DB_ROW) doctor_say(d, false, check->what, str_dup(d->cli->arena, db_text(s, 0)));
    else doctor_say(d, r == DB_DONE, check->what, r == DB_DONE ? STR("") : db_error(conn));
    db_reset(s);
}

static void doctor_database(struct doctor *d) {
    struct cli *cli = d->cli;
    struct db_options options = {.url = cli->database};
    cli->db = db_open(&options, &cli->errors);
    doctor_say(d, cli->db != NULL, "the database opens", cli->db ? doctor_url(cli) : cli->errors.first->message);
    if (!cli->db) return;
    bool current = false;
    bool known = migrate_current(cli->db, &cli->errors, &current);
    struct str detail = !known ? cli->errors.first->message : current ? STR("") : STR("run tenon migrate");
    doctor_say(d, current, "the database is up to date", detail);
    struct db_conn *conn = db_reader(cli->db, &cli->errors);
    if (!conn) return;
    for (const struct db_check *check = db_dialect(cli->db)->checks; check->what; check++) doctor_check(d, conn, check);
    doctor_disk(d);
}

COMMAND(doctor, N_("Look for what would go wrong"))
int command_doctor(struct cli *cli) {
    if (!cli_options(cli, "tenon doctor", NULL)) return cli_exit(cli);
    struct doctor d = {.cli = cli, .out = buf_new(cli->arena, 1024)};
    bool zones = zone_find(STR("Australia/Sydney")) && zone_find(STR("Europe/Berlin"));
    doctor_say(&d, zones, "time zones are known", zones ? STR("") : STR("install the package tzdata"));
    doctor_database(&d);
    if (cli->json) printf("{\"ok\":%s,\"checks\":[%.*s]}\n", d.bad ? "false" : "true", STR_ARG(buf_str(&d.out)));
    else cli_write(buf_str(&d.out));
    return d.bad ? 1 : 0;
}
