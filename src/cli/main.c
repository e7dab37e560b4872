/* main.c - the program's entrance: finds the command and runs it. */
#include <sodium.h>

#include "base/log.h"
#include "base/version.h"
#include "cli/cli.h"
#include "core/node.h"
#include "core/registry.h"

static int main_run(struct cli *cli) {
    if (cli->argc > 0 && !strcmp(cli->argv[0], "--version")) {
        puts("tenon " TENON_VERSION);
        return 0;
    }
    if (!registry_init(&cli->errors)) return cli_fail(cli);
    return cli_dispatch(cli, "tenon COMMAND [ARGUMENTS] [--database URL] [--json]", registry_commands);
}

int main(int argc, char **argv) {
    if (sodium_init() < 0) {
        fputs("tenon: the system gives no random numbers.\n", stderr);
        return 1;
    }
    struct arena *arena = arena_new((size_t)1 << 30);
    const char *database = getenv("TENON_DATABASE");
    struct cli *cli = arena_array(arena, struct cli, 1);
    if (!database || !*database) database = "sqlite:tenon.db";
    *cli = (struct cli){.arena = arena, .errors = {.arena = arena}, .database = database};
    cli->argc = argc > 0 ? argc - 1 : 0;
    cli->argv = arena_array(arena, const char *, (size_t)cli->argc + 1);
    for (int i = 0; i < cli->argc; i++) cli->argv[i] = argv[i + 1];
    int status = 1;
    jmp_buf edge;
    arena_catch(arena, &edge);
    if (setjmp(edge) == 0) status = main_run(cli);
    else fputs("tenon: out of memory.\n", stderr);
    arena_catch(arena, NULL);
    if (cli->db) {
        node_stop();
        db_close(cli->db);
    }
    log_stop();
    arena_free(arena);
    return fflush(stdout) == 0 ? status : 1;
}
