/* routes.c - tenon routes: every path that the server answers, where it runs, and who may ask without signing in. */
#include "cli/cli.h"
#include "http/api.h"
#include "http/page_routes.h"
#include "http/router.h"

static const struct {
    unsigned flag;
    const char *name;
} routes_flags[] = {{RUN_READ, "read"}, {RUN_WRITE, "write"}, {RUN_WORKER, "worker"}, {PUBLIC, "public"},
                    {UPLOAD, "upload"}, {API, "api"},         {STREAM, "stream"}};

static void routes_line(struct buf *b, const struct route *route, bool json) {
    const char *entity = route->entity ? route->entity->decl->name : "";
    if (json) buf_printf(b, "{\"method\":\"%s\",\"path\":\"%s\",\"entity\":\"%s\",\"flags\":[", route->method, route->pattern,
        entity);
    else buf_printf(b, "%-7s %-50s", route->method, route->pattern);
    const char *separator = "";
    for (size_t i = 0; i < sizeof routes_flags / sizeof *routes_flags; i++) {
        if (!(route->flags & routes_flags[i].flag)) continue;
        buf_printf(b, json ? "%s\"%s\"" : "%s%s", separator, routes_flags[i].name);
        separator = json ? "," : " ";
    }
    buf_cstr(b, json ? "]}" : "\n");
}

COMMAND(routes, N_("List the paths that the server answers"))
int command_routes(struct cli *cli) {
    if (!cli_options(cli, "tenon routes", NULL)) return cli_exit(cli);
    api_routes();
    page_routes();
    const struct router *router = router_main();
    struct buf b = buf_new(cli->arena, 1 << 16);
    if (cli->json) buf_lit(&b, "{\"routes\":[");
    for (int i = 0; i < router_count(router); i++) {
        if (cli->json && i) buf_char(&b, ',');
        routes_line(&b, router_at(router, i), cli->json);
    }
    if (cli->json) buf_lit(&b, "]}\n");
    cli_write(buf_str(&b));
    return 0;
}
