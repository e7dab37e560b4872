/* cli.h - the command line: one file a command, found by `COMMAND(name, "what it does")` at the start of a line.
 *
 *     COMMAND(serve, N_("Serve pages and API"))
 *     int command_serve(struct cli *cli) { ... return 0; }
 *
 * Exit status: 0 done, 1 failed (a message on standard error; with --json an object with "error"), 2 wrong usage.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "core/ctx.h"
#include "core/schema.h"

struct migrate_plan;

struct cli_option {
    const char *name;    /* "--listen" */
    const char *value;   /* name of its value for --help, NULL for a switch */
    const char *help;
};
struct cli {
    struct arena *arena;
    struct errors errors;
    const char *database;      /* --database or TENON_DATABASE, default sqlite:tenon.db */
    bool json;
    int argc;                  /* positional arguments left */
    const char **argv;
    struct cli_option *given;  /* see cli_value */
    const char **given_values;
    int given_count;
    struct db *db;
};
struct command {
    const char *name, *help;
    int (*run)(struct cli *cli);
};
#define COMMAND(name, help) int command_##name(struct cli *cli);

/* Reads options: call first in a command. Handles --help, --database, --json. False: stop and return cli_exit(cli). */
bool cli_options(struct cli *cli, const char *usage, const struct cli_option *options);
int cli_exit(const struct cli *cli);
const char *cli_value(const struct cli *cli, const char *option); /* NULL where not given; "" for a switch */
/* Opens the database, refusing one that is not migrated (create: makes it, and migrates as a server that starts does). False
 * with errors. */
bool cli_open(struct cli *cli, bool create);
/* Prints cli->errors and returns 1. */
int cli_fail(struct cli *cli);
/* Runs the one of `subs` (name NULL at the end) that the first argument names; without one, or with --help, prints `usage`
 * and them. */
int cli_dispatch(struct cli *cli, const char *usage, const struct command *subs);
/* The system acting in a tenant (0: none), reading with this thread's connection; after cli_open. NULL with errors. */
struct ctx *cli_ctx(struct cli *cli, int64_t tenant_id);
/* Moves the errors of a context to cli->errors; always false. */
bool cli_errors_of(struct cli *cli, const struct ctx *ctx);
/* The same, and fails with them. */
int cli_fail_ctx(struct cli *cli, const struct ctx *ctx);
/* The first line of the file that the option names ("-": standard input), for passwords, which never stand on a command line.
 * False with errors. */
bool cli_secret(struct cli *cli, const char *option, struct str *secret);
/* The whole number an option gives; `otherwise` where it was not given. False with errors. */
bool cli_number(struct cli *cli, const char *option, int64_t otherwise, int64_t *number);
/* Where stored files are: --files, else `files` beside the database. */
const char *cli_files(const struct cli *cli);
/* A whole file, at most `limit` bytes. False with errors. */
bool cli_file(struct cli *cli, const char *path, size_t limit, struct str *text);
/* Writes to standard output. */
void cli_write(struct str text);

/* How every command upgrades: what an upgraded database is checked with (migrate.c). */
extern const struct migrate_plan cli_upgrade;
/* After an upgrade, with the database open: companies get what has come since they were made. False with errors. */
bool cli_catch_up(struct cli *cli);
/* What keeps companies apart in the database itself, as statements for a migrate_plan; by the options below. */
bool cli_wall(struct cli *cli, struct str *wall);
#define CLI_WALL_OPTIONS                                                                                                         \
    {"--app-role", "NAME", "PostgreSQL: the role that serves, made where it is missing: " SCHEMA_APP_ROLE},                      \
        {"--app-password-file", "FILE", "PostgreSQL: that role's password is its first line; - reads standard input"}

extern const struct command registry_commands[];
extern const int registry_command_count;

#endif
