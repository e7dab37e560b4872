/* serve.c - tenon serve: listens until it is told to stop, and prints one line when it is ready. */
#include <signal.h>
#include <sys/stat.h>

#include "app/core/tenant_setup.h"
#include "base/log.h"
#include "cli/cli.h"
#include "http/api.h"
#include "http/import_api.h"
#include "http/page_routes.h"
#include "http/server.h"
#include "http/setup.h"

COMMAND(serve, N_("Serve pages and API"))

#define GRACE_S 20

static const struct cli_option serve_options[] = {
    {"--listen", "ADDR:PORT", "where to listen, 127.0.0.1:8080; port 0 picks a free one"},
    {"--threads", "N", "HTTP threads; as many as cores, on PostgreSQL four times as many"},
    {"--workers", "N", "threads for what takes long, 2"},
    {"--database-connections", "N", "connections to PostgreSQL at most; fewer HTTP threads where it has to be"},
    {"--max-body", "BYTES", "largest request, 1048576"},
    {"--max-upload", "BYTES", "largest upload, 268435456"},
    {"--max-connections", "N", "open connections, 4000"},
    {"--max-connections-per-ip", "N", "of one address, 1000; this machine is not limited"},
    {"--idle-timeout", "SECONDS", "until a quiet connection is closed, 60"},
    {"--request-deadline", "SECONDS", "until a request must have arrived, 30"},
    {"--secure-cookies", NULL, "behind TLS: Secure cookies, HSTS"},
    {"--public-url", "URL", "how the server is reached from outside"},
    {"--files", "DIR", "where uploaded files are kept: files, beside the database or here"},
    {"--read-database", "URL", "a copy of the PostgreSQL database that reads may come from"},
    {"--log-level", "LEVEL", "debug, info, warn or error: info"},
    {0},
};

static bool take_number(struct cli *cli, const char *option, int64_t least, int64_t most, int64_t *to) {
    const char *text = cli_value(cli, option);
    if (!text) return true;
    if (str_to_int(str_of(text), to) && *to >= least && *to <= most) return true;
    return errors_add(&cli->errors, 400, "usage", NULL, "%s is a number from %lld to %lld.", option, (long long)least,
                      (long long)most);
}

static bool take_int(struct cli *cli, const char *option, int least, int most, int *to) {
    int64_t n = *to;
    bool ok = take_number(cli, option, least, most, &n);
    *to = (int)n;
    return ok;
}

static bool take_size(struct cli *cli, const char *option, size_t *to) {
    int64_t n = (int64_t)*to;
    bool ok = take_number(cli, option, 1024, INT64_C(1) << 40, &n);
    *to = (size_t)n;
    return ok;
}

/* "127.0.0.1:8080", "[::1]:8080", ":8080" for all addresses. */
static bool take_listen(struct cli *cli, struct server_options *o) {
    const char *given = cli_value(cli, "--listen");
    struct str text = str_of(given ? given : "127.0.0.1:8080");
    size_t colon = text.len;
    while (colon > 0 && text.ptr[colon - 1] != ':') colon--;
    int64_t port;
    if (colon == 0 || !str_to_int(str_slice(text, colon, text.len), &port) || port < 0 || port > 65535) {
        return errors_add(&cli->errors, 400, "usage", NULL, "--listen is an address and a port, such as 127.0.0.1:8080.");
    }
    o->host = str_slice(text, 0, colon - 1);
    if (o->host.len >= 2 && o->host.ptr[0] == '[') o->host = str_slice(o->host, 1, o->host.len - 1);
    if (o->host.len == 0) o->host = STR("0.0.0.0");
    o->port = (int)port;
    return true;
}

/* Beside the database where it was not said. */
static bool take_files(struct cli *cli, struct server_options *o) {
    const char *given = cli_files(cli);
    o->files_dir = given;
    struct stat info;
    mkdir(given, 0700);
    if (stat(given, &info) == 0 && S_ISDIR(info.st_mode)) return true;
    return errors_add(&cli->errors, 500, "files", NULL, "There is no directory %s and it cannot be made.", given);
}

static bool take_level(struct cli *cli, enum log_level *level) {
    static const char *const names[] = {"debug", "info", "warn", "error"};
    const char *given = cli_value(cli, "--log-level");
    *level = LOG_INFO;
    for (int i = 0; given && i < 4; i++) {
        if (strcmp(given, names[i]) != 0) continue;
        *level = (enum log_level)i;
        return true;
    }
    return !given || errors_add(&cli->errors, 400, "usage", NULL, "--log-level is debug, info, warn or error.");
}

static bool take_options(struct cli *cli, struct server_options *o, enum log_level *level) {
    const char *url = cli_value(cli, "--public-url");
    o->secure_cookies = cli_value(cli, "--secure-cookies") != NULL;
    o->public_url = str_of(url);
    if (url && !str_starts(o->public_url, STR("http://")) && !str_starts(o->public_url, STR("https://"))) {
        errors_add(&cli->errors, 400, "usage", NULL, "--public-url begins with http:// or https://.");
    }
    return take_listen(cli, o) && take_int(cli, "--threads", 1, 256, &o->threads) &&
           take_int(cli, "--workers", 1, 256, &o->workers) &&
           take_int(cli, "--database-connections", 1, 10000, &o->database_connections) &&
           take_size(cli, "--max-body", &o->max_body) &&
           take_size(cli, "--max-upload", &o->max_upload) &&
           take_int(cli, "--max-connections", 1, 1000000, &o->max_connections) &&
           take_int(cli, "--max-connections-per-ip", 1, 1000000, &o->max_connections_per_ip) &&
           take_int(cli, "--idle-timeout", 1, 3600, &o->idle_timeout_s) &&
           take_int(cli, "--request-deadline", 1, 3600, &o->request_deadline_s) && take_files(cli, o) && take_level(cli, level) &&
           cli->errors.count == 0;
}

/* The first company, from the page that sets up. */
static int64_t first_company(struct ctx *ctx, const struct setup_company *company) {
    struct tenant_options options = {.name = company->name, .country = company->country, .currency = company->currency,
                                     .timezone = company->timezone, .admin_name = company->admin_name,
                                     .admin_email = company->admin_email, .admin_hash = company->admin_hash};
    if (!tenant_setup(ctx, &options)) return 0;
    return sql_int(ctx, "SELECT id FROM users WHERE tenant_id = :tenant", NO_ARGS);
}

static void announce(const struct server *server) {
    struct str code = setup_code(server), url = server_options(server)->public_url;
    printf("Tenon listens on %.*s\n", STR_ARG(url));
    if (code.len) printf("There is no company yet. Open %.*s/setup and enter the code %.*s\n", STR_ARG(url), STR_ARG(code));
    fflush(stdout);
    log_event(LOG_INFO, "listening", LOG_STR("url", url));
}

/* A role before which the wall between companies does not stand would make a fault in one statement everybody's. */
static bool role_may_serve(struct cli *cli) {
    const char *faults = db_dialect(cli->db)->role_faults;
    if (!faults) return true;
    struct db_conn *conn = db_reader(cli->db, &cli->errors);
    if (!conn) return false;
    struct db_stmt *s = db_prepare(conn, str_of(faults));
    enum db_result r;
    while ((r = db_step(s)) == DB_ROW)
        errors_add(&cli->errors, 403, "unfit_role", NULL, "%.*s", STR_ARG(db_text(s, 0)));
    db_reset(s);
    return (r == DB_DONE || db_fail(conn, r, &cli->errors)) && cli->errors.count == 0;
}

int command_serve(struct cli *cli) {
    if (!cli_options(cli, "tenon serve [--listen ADDR:PORT]", serve_options)) return cli_exit(cli);
    struct server_options options = {0};
    enum log_level level;
    if (!take_options(cli, &options, &level)) return cli_fail(cli);
    /* Blocked before any thread starts, the database's among them, so that all inherit it and this one waits for them: a stop
     * that comes between the announcement and the wait would end the process through any thread that does not. */
    sigset_t stops;
    sigemptyset(&stops);
    sigaddset(&stops, SIGTERM);
    sigaddset(&stops, SIGINT);
    pthread_sigmask(SIG_BLOCK, &stops, NULL);
    if (!cli_open(cli, true) || !role_may_serve(cli) || !cli_catch_up(cli)) return cli_fail(cli);
    signal(SIGPIPE, SIG_IGN);
    log_start(level);
    setup_company = first_company;
    api_routes();
    page_routes();
    if (!import_jobs_start(cli->db, options.files_dir, &cli->errors)) return cli_fail(cli);
    struct server *server = server_start(cli->db, &options, &cli->errors);
    if (!server) {
        import_jobs_stop();
        return cli_fail(cli);
    }
    announce(server);
    int which = 0;
    sigwait(&stops, &which);
    log_event(LOG_INFO, "stopping", LOG_INT("signal", which));
    server_stop(server, GRACE_S);
    import_jobs_stop();
    return 0;
}
