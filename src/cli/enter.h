/* enter.h - for commands that act in a tenant, as the system or with the rights of one of its users. */
#ifndef CLI_ENTER_H
#define CLI_ENTER_H

#include "cli/cli.h"

/* After cli_open. `email` may be NULL: the system. NULL with errors in cli. */
struct ctx *cli_enter(struct cli *cli, int64_t tenant, const char *email);

#endif
