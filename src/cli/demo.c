/* demo.c - tenon demo: companies that look alive, to look around in; or many tenants with many leads, to measure with. */
#include <sodium.h>
#include <sys/stat.h>

#include "app/demo/demo.h"
#include "base/timefmt.h"
#include "cli/cli.h"
#include "core/password.h"

/* Twelve letters and digits without those that look alike. */
static struct str demo_password(struct arena *arena) {
    static const char signs[] = "abcdefghjkmnpqrstuvwxyz23456789";
    char *password = arena_alloc(arena, 13);
    for (int i = 0; i < 12; i++) password[i] = signs[randombytes_uniform(sizeof signs - 1)];
    return str_of(password);
}

static void demo_json(struct buf *b, const struct demo_result *result, struct str password) {
    buf_printf(b, "{\"tenant_id\":%lld,\"name\":", (long long)result->tenant_id);
    buf_json(b, result->tenant_name);
    buf_printf(b, ",\"leads\":%lld,\"clients\":%lld,\"password\":", (long long)result->leads, (long long)result->clients);
    buf_json(b, password);
    buf_lit(b, ",\"users\":[");
    for (int i = 0; i < result->user_count; i++) {
        buf_cstr(b, i ? ",{\"name\":" : "{\"name\":");
        buf_json(b, result->users[i].name);
        buf_lit(b, ",\"email\":");
        buf_json(b, result->users[i].email);
        buf_printf(b, ",\"role\":\"%s\"}", result->users[i].role);
    }
    buf_lit(b, "]}");
}

static void demo_text(struct buf *b, const struct demo_result *result, struct str password) {
    buf_printf(b, "%.*s: %lld leads, %lld clients. Sign in as one of\n\n", STR_ARG(result->tenant_name), (long long)result->leads,
               (long long)result->clients);
    for (int i = 0; i < result->user_count; i++)
        buf_printf(b, "  %-36.*s %-16.*s %s\n", STR_ARG(result->users[i].email), STR_ARG(result->users[i].name),
                   result->users[i].role);
    buf_printf(b, "\nPassword of all: %.*s\n", STR_ARG(password));
}

static void demo_progress(int tenants, int64_t leads) {
    fprintf(stderr, "%d tenants, %lld leads\n", tenants, (long long)leads);
}

/* Fills the database for a measurement. */
static int demo_run_fill(struct cli *cli, int64_t leads, int64_t tenants, int64_t seed, struct str password, struct str hash) {
    struct demo_bulk bulk = {.tenants = (int)tenants, .leads = leads, .seed = (uint64_t)seed, .password_hash = hash};
    if (!cli->json) bulk.progress = demo_progress;
    int64_t start = time_monotonic();
    if (!demo_fill(cli->db, &bulk, &cli->errors)) return cli_fail(cli);
    double seconds = (double)(time_monotonic() - start) / 1e6;
    struct buf b = buf_new(cli->arena, 256);
    if (cli->json) {
        buf_printf(&b, "{\"tenants\":%lld,\"leads\":%lld,\"seconds\":%.1f,\"password\":", (long long)tenants, (long long)leads,
                   seconds);
        buf_json(&b, password);
        buf_lit(&b, "}\n");
    } else {
        buf_printf(&b, "%lld tenants with %lld leads in %.1f s. Sign in as admin@bench001.example, password %.*s\n",
                   (long long)tenants, (long long)leads, seconds, STR_ARG(password));
    }
    cli_write(buf_str(&b));
    return 0;
}

/* One business, or all of them. */
static int demo_run(struct cli *cli, struct demo_options *options, struct str password) {
    static const char *one[] = {NULL, NULL};
    struct str name = options->business;
    bool all = str_eqc(name, "all");
    one[0] = str_cstr(cli->arena, name);
    struct buf b = buf_new(cli->arena, 4096);
    if (cli->json && all) buf_char(&b, '[');
    for (const char *const *business = all ? demo_businesses : one; *business; business++) {
        struct demo_result result;
        options->business = str_of(*business);
        if (!demo_create(cli->db, cli->arena, options, &result, &cli->errors)) return cli_fail(cli);
        if (result.refused)
            fprintf(stderr, "%lld records were left out. The first: %.*s\n", (long long)result.refused, STR_ARG(result.refusal));
        if (cli->json && business != demo_businesses && all) buf_char(&b, ',');
        if (!cli->json && b.len) buf_char(&b, '\n');
        if (cli->json) demo_json(&b, &result, password);
        else demo_text(&b, &result, password);
    }
    if (cli->json) buf_cstr(&b, all ? "]\n" : "\n");
    cli_write(buf_str(&b));
    return 0;
}

COMMAND(demo, N_("Make demo companies, or many leads to measure with"))
int command_demo(struct cli *cli) {
    static const struct cli_option options[] = {
        {"--business", "KIND", "solar (where not given), sales, msp, property, moving, or all but the first"},
        {"--size", "N", "1 to 100: how much of it; 1 where not given"},
        {"--seed", "N", "the same number makes the same company on the same day; 1 where not given"},
        {"--files", "DIR", "where uploads are stored; `files` beside the database where not given"},
        {"--password-file", "FILE",
         "everybody's password; - reads standard input; one is made up and shown to sign in with where not given"},
        {"--fill", "LEADS", "instead: that many plain leads, to measure with"},
        {"--tenants", "N", "with --fill: spread over so many tenants; 1 where not given"},
        {0},
    };
    if (!cli_options(cli, "tenon demo [--business KIND] [--size N] [--seed N] | tenon demo --fill LEADS [--tenants N]", options))
        return cli_exit(cli);
    int64_t size, seed, leads, tenants;
    struct str password = demo_password(cli->arena);
    if (!cli_number(cli, "--size", 1, &size) || !cli_number(cli, "--seed", 1, &seed) || !cli_number(cli, "--fill", -1, &leads) ||
        !cli_number(cli, "--tenants", 1, &tenants))
        return cli_fail(cli);
    if (size < 1 || size > DEMO_MOST_SIZE)
        errors_add(&cli->errors, 422, "out_of_range", "size", "--size is from 1 to %d.", DEMO_MOST_SIZE);
    if (tenants < 1 || tenants > 10000) errors_add(&cli->errors, 422, "out_of_range", "tenants", "--tenants is from 1 to 10000.");
    if (cli->errors.count) return cli_fail(cli);
    if (cli_value(cli, "--password-file") && !cli_secret(cli, "--password-file", &password)) return cli_fail(cli);
    struct str hash = password_hash(cli->arena, password, &cli->errors);
    if (!hash.len || !cli_open(cli, true)) return cli_fail(cli);
    if (leads >= 0) return demo_run_fill(cli, leads, tenants, seed, password, hash);
    const char *business = cli_value(cli, "--business"), *files = cli_files(cli);
    if (business && strcmp(business, "solar") != 0) mkdir(files, 0700); /* where it cannot be made, the first upload tells */
    struct demo_options demo = {.business = str_of(business ? business : "solar"),
                                .size = (int)size,
                                .seed = (uint64_t)seed,
                                .files_dir = files,
                                .password_hash = hash};
    if (!cli_value(cli, "--password-file")) demo.password = password; /* one that somebody chose is theirs to tell */
    return demo_run(cli, &demo, password);
}
