/* sqlite_upgrade.h - what sqlite.c takes from sqlite_upgrade.c for its vtable: an upgrade on a copy that is swapped in. */
#ifndef DB_SQLITE_UPGRADE_H
#define DB_SQLITE_UPGRADE_H

#include "db/driver.h"

extern const struct db_rehearsal sqlite_rehearsal;

#endif
