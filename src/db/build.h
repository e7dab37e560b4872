/* build.h - a database that is filled from nothing, and stands at its place only when it is whole.
 *
 * One that is a file is made beside its place and put there at the end, so that nobody opens half of it. Any other is filled
 * where it is, and bears a mark meanwhile: whoever opens it while that stands is refused (migrate.h).
 *
 *     struct build build;
 *     if (!build_begin(arena, url, &build, errors)) return false;
 *     db = db_open(&(struct db_options){.url = build.url, .create = true, .rehearsal = build.aside != NULL,
 *                                        .unfinished = true}, errors);
 *     ...build_mark(db, errors), fill it, build_unmark(db, errors), db_close(db)...
 *     ok = build_end(&build, errors);     // or build_drop(&build)
 */
#ifndef DB_BUILD_H
#define DB_BUILD_H

#include "db/db.h"

struct build {
    const char *url;   /* what to open and fill */
    const char *place; /* files: where it shall stand */
    const char *aside; /* files: where it is made; NULL: it is filled where it is */
};
/* Refused where a file stands at the place already. */
bool build_begin(struct arena *arena, const char *url, struct build *build, struct errors *errors);
/* Whether nothing at all is in the database: no tables of ours. */
bool build_is_empty(struct db *db, struct errors *errors, bool *empty);
/* Sets or takes away the mark of a database that is not whole yet. */
bool build_mark(struct db *db, struct errors *errors);
bool build_unmark(struct db *db, struct errors *errors);
bool build_marked(struct db_conn *conn);
/* After db_close: it takes its place, and is on the disk for good. */
bool build_end(const struct build *build, struct errors *errors);
/* What was made aside is gone. */
void build_drop(const struct build *build);

#endif
