/* openapi.c - tenon openapi: the description of the API that the server gives at /api/v1/openapi.json. */
#include "cli/cli.h"
#include "http/openapi.h"

COMMAND(openapi, N_("Print the OpenAPI description of the API"))
int command_openapi(struct cli *cli) {
    if (!cli_options(cli, "tenon openapi", NULL)) return cli_exit(cli);
    struct buf b = buf_new(cli->arena, 1 << 20);
    openapi_json(&b, NULL);
    buf_char(&b, '\n');
    cli_write(buf_str(&b));
    return 0;
}
