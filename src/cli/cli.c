/* cli.c - what all commands share: options, help, messages, the database. */
#include <errno.h>
#include <unistd.h>

#include "cli/cli.h"
#include "core/vault.h"
#include "db/migrate.h"

#define MAX_GIVEN 64

static const struct cli_option common_options[] = {
    {"--database", "URL", "sqlite:PATH; TENON_DATABASE where not given, else sqlite:tenon.db"},
    {"--json", NULL, "answers and errors as JSON"},
    {"--help", NULL, "this text"},
    {0},
};

void cli_write(struct str text) { fwrite(text.ptr, 1, text.len, stdout); }

static void cli_print_options(struct buf *b, const struct cli_option *options) {
    for (const struct cli_option *o = options; o && o->name; o++) {
        struct str left = str_printf(b->arena, "%s%s%s", o->name, o->value ? " " : "", o->value ? o->value : "");
        buf_printf(b, "  %-26.*s %s\n", STR_ARG(left), o->help);
    }
}

static const struct cli_option *cli_find_option(const struct cli_option *options, struct str name) {
    for (const struct cli_option *o = options; o && o->name; o++) {
        if (str_eqc(name, o->name)) return o;
    }
    return NULL;
}

/* Wrong usage: says so and returns false. */
#define cli_usage_error(cli, ...) (errors_add(&(cli)->errors, 400, "usage", NULL, __VA_ARGS__) || cli_fail(cli) == 0)

static bool cli_take(struct cli *cli, const struct cli_option *option, const char *value) {
    if (cli->given_count == MAX_GIVEN) return cli_usage_error(cli, "Too many options, from %s on.", option->name);
    cli->given[cli->given_count] = *option;
    cli->given_values[cli->given_count++] = value;
    if (!strcmp(option->name, "--database")) cli->database = value;
    if (!strcmp(option->name, "--json")) cli->json = true;
    return true;
}

/* One option at argv[*i], "--name value" or "--name=value". */
static bool cli_option_at(struct cli *cli, int *i, const struct cli_option *options) {
    const char *text = cli->argv[*i];
    const char *equals = strchr(text, '=');
    struct str name = {text, equals ? (size_t)(equals - text) : strlen(text)};
    const struct cli_option *option = cli_find_option(options, name);
    if (!option) option = cli_find_option(common_options, name);
    if (!option) return cli_usage_error(cli, "There is no option %s here. --help lists what there is.", text);
    if (!option->value) {
        if (equals) return cli_usage_error(cli, "%s takes no value.", option->name);
        return cli_take(cli, option, "");
    }
    if (equals) return cli_take(cli, option, equals + 1);
    if (*i + 1 >= cli->argc) return cli_usage_error(cli, "%s needs a value.", option->name);
    *i += 1;
    return cli_take(cli, option, cli->argv[*i]);
}

bool cli_options(struct cli *cli, const char *usage, const struct cli_option *options) {
    cli->given = arena_array(cli->arena, struct cli_option, MAX_GIVEN);
    cli->given_values = arena_array(cli->arena, const char *, MAX_GIVEN);
    cli->given_count = 0;
    int left = 0;
    for (int i = 0; i < cli->argc; i++) {
        const char *text = cli->argv[i];
        if (!strcmp(text, "--")) {
            for (i++; i < cli->argc; i++) cli->argv[left++] = cli->argv[i];
        } else if (text[0] == '-' && text[1] == '-') {
            if (!cli_option_at(cli, &i, options)) return false;
        } else {
            cli->argv[left++] = text;
        }
    }
    cli->argc = left;
    if (!cli_value(cli, "--help")) return true;
    struct buf b = buf_new(cli->arena, 1024);
    buf_printf(&b, "usage: %s\n\n", usage);
    cli_print_options(&b, options);
    cli_print_options(&b, common_options);
    cli_write(buf_str(&b));
    return false;
}

int cli_exit(const struct cli *cli) { return cli->errors.count ? 2 : 0; }

const char *cli_value(const struct cli *cli, const char *option) {
    for (int i = cli->given_count - 1; i >= 0; i--) {
        if (!strcmp(cli->given[i].name, option)) return cli->given_values[i];
    }
    return NULL;
}

int cli_fail(struct cli *cli) {
    struct buf b = buf_new(cli->arena, 256);
    const struct error *first = cli->errors.first;
    if (!cli->json) {
        for (const struct error *e = first; e; e = e->next) {
            buf_lit(&b, "tenon: ");
            if (e->field.len) buf_printf(&b, "%.*s: ", STR_ARG(e->field));
            buf_printf(&b, "%.*s\n", STR_ARG(e->message));
        }
    } else {
        buf_lit(&b, "{\"error\":");
        buf_json(&b, first ? first->message : STR("It failed."));
        buf_lit(&b, ",\"errors\":[");
        for (const struct error *e = first; e; e = e->next) {
            buf_lit(&b, "{\"code\":");
            buf_json(&b, str_of(e->code));
            buf_lit(&b, ",\"field\":");
            buf_json(&b, e->field);
            buf_lit(&b, ",\"message\":");
            buf_json(&b, e->message);
            buf_cstr(&b, e->next ? "}," : "}");
        }
        buf_lit(&b, "]}\n");
    }
    fflush(stdout);
    fwrite(b.ptr, 1, b.len, stderr);
    return 1;
}

/* Letters to insert, drop or change on the way from a to b; words of commands are short. */
static size_t cli_distance(const char *a, const char *b) {
    size_t row[32];
    size_t m = strlen(a), n = strlen(b);
    if (m >= 32 || n >= 32) return 32;
    for (size_t j = 0; j <= n; j++) row[j] = j;
    for (size_t i = 1; i <= m; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= n; j++) {
            size_t above = row[j];
            size_t best = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            if (above + 1 < best) best = above + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            row[j] = best;
            diagonal = above;
        }
    }
    return row[n];
}

int cli_dispatch(struct cli *cli, const char *usage, const struct command *subs) {
    const char *name = cli->argc > 0 ? cli->argv[0] : "--help";
    if (!strcmp(name, "--help") || !strcmp(name, "help")) {
        struct buf b = buf_new(cli->arena, 2048);
        buf_printf(&b, "usage: %s\n\n", usage);
        for (const struct command *c = subs; c->name; c++) buf_printf(&b, "  %-10s %s\n", c->name, c->help);
        buf_lit(&b, "\nEach takes --help.\n");
        cli_write(buf_str(&b));
        return cli->argc > 0 ? 0 : 2;
    }
    const struct command *nearest = NULL;
    size_t least = 3;
    for (const struct command *c = subs; c->name; c++) {
        if (!strcmp(c->name, name)) {
            cli->argc--;
            cli->argv++;
            return c->run(cli);
        }
        size_t distance = cli_distance(name, c->name);
        if (distance < least) {
            least = distance;
            nearest = c;
        }
    }
    for (int i = 0; i < cli->argc; i++) cli->json |= !strcmp(cli->argv[i], "--json");
    if (nearest) errors_add(&cli->errors, 400, "usage", NULL, "There is no command %s. Did you mean %s?", name, nearest->name);
    else errors_add(&cli->errors, 400, "usage", NULL, "There is no command %s. --help lists what there is.", name);
    cli_fail(cli);
    return 2;
}

bool cli_open(struct cli *cli, bool create) {
    struct db_options options = {.url = cli->database, .copy_url = cli_value(cli, "--read-database"), .serves = create};
    struct migrate_result done;
    if (create && !migrate_at_start(cli->database, &cli_upgrade, &cli->errors, &done)) return false;
    cli->db = db_open(&options, &cli->errors);
    if (!cli->db || !vault_open_master(vault_crypt_path(cli->arena, cli->database), &cli->errors)) return false;
    bool current = false;
    if (!migrate_current(cli->db, &cli->errors, &current)) return false;
    if (current) node_start(cli->db);
    if (current) return true;
    return errors_add(&cli->errors, 409, "not_migrated", NULL,
                      "The database is older than this program. Run tenon migrate first.");
}

struct ctx *cli_ctx(struct cli *cli, int64_t tenant_id) {
    struct ctx *ctx = arena_array(cli->arena, struct ctx, 1);
    ctx_init(ctx, cli->arena, cli->db, actor_system(cli->arena, tenant_id));
    ctx->tenant_id = tenant_id;
    if (!ctx->conn) ctx->conn = db_reader(cli->db, &cli->errors);
    return ctx->conn ? ctx : NULL;
}

bool cli_errors_of(struct cli *cli, const struct ctx *ctx) {
    for (const struct error *e = ctx->errors.first; e; e = e->next) {
        const char *field = e->field.len ? str_cstr(cli->arena, e->field) : NULL;
        errors_add(&cli->errors, e->status, e->code, field, "%.*s", STR_ARG(e->message));
    }
    return false;
}

int cli_fail_ctx(struct cli *cli, const struct ctx *ctx) {
    cli_errors_of(cli, ctx);
    return cli_fail(cli);
}

const char *cli_files(const struct cli *cli) {
    const char *given = cli_value(cli, "--files");
    if (given) return given;
    struct str path = str_of(cli->database), scheme = STR("sqlite:");
    path = str_starts(path, scheme) ? str_slice(path, scheme.len, path.len) : STR("");
    while (path.len && path.ptr[path.len - 1] != '/') path.len--;
    return str_printf(cli->arena, "%.*sfiles", STR_ARG(path)).ptr;
}

bool cli_file(struct cli *cli, const char *path, size_t limit, struct str *text) {
    FILE *file = !strcmp(path, "-") ? stdin : fopen(path, "rb");
    if (!file) return errors_add(&cli->errors, 404, "no_file", NULL, "%s cannot be read: %s.", path, strerror(errno));
    struct buf b = buf_new(cli->arena, 4096);
    size_t n;
    do {
        n = fread(buf_reserve(&b, 4096), 1, 4096, file);
        b.len += n;
    } while (n > 0 && b.len <= limit);
    bool failed = ferror(file) != 0;
    if (file != stdin) fclose(file);
    if (failed) return errors_add(&cli->errors, 500, "no_file", NULL, "%s cannot be read.", path);
    if (b.len > limit) return errors_add(&cli->errors, 413, "too_large", NULL, "%s is larger than %zu bytes.", path, limit);
    *text = buf_str(&b);
    return true;
}

bool cli_secret(struct cli *cli, const char *option, struct str *secret) {
    const char *path = cli_value(cli, option);
    if (!path) return errors_add(&cli->errors, 400, "usage", NULL, "%s is needed (\"-\" reads standard input).", option);
    struct str text;
    if (!cli_file(cli, path, 4096, &text)) return false;
    ptrdiff_t end = str_index(text, '\n');
    if (end >= 0) text = str_slice(text, 0, (size_t)end);
    if (text.len && text.ptr[text.len - 1] == '\r') text.len--;
    if (!text.len) return errors_add(&cli->errors, 422, "required", NULL, "%s: the file's first line is empty.", option);
    *secret = text;
    return true;
}

bool cli_number(struct cli *cli, const char *option, int64_t otherwise, int64_t *number) {
    const char *text = cli_value(cli, option);
    *number = otherwise;
    if (!text || str_to_int(str_of(text), number)) return true;
    return errors_add(&cli->errors, 400, "usage", NULL, "%s takes a whole number, not \"%s\".", option, text);
}
