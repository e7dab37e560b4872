/* tenant.h - commands of tenon tenant that stand in other files. */
#ifndef CLI_TENANT_H
#define CLI_TENANT_H

#include "cli/cli.h"

int tenant_export(struct cli *cli); /* backup.c */
int tenant_import(struct cli *cli); /* restore.c */

#endif
