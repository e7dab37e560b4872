/* role_matrix.h - what people with a role may do, on the role's page: kinds of records down, what is done to them across.
 *
 * Who may change the role chooses each cell's reach from those that they have themselves, and saves them in one form. A cell's
 * field is called "leads.read.own": the records, what is done to them, and how far it reached when the page was made. So only
 * what its person chose anew is saved, and never over what somebody else has changed meanwhile. Each is a role_permission,
 * saved as the API does (core/repo.h), and all of them are one change that can be undone.
 */
#ifndef HTTP_ROLE_MATRIX_H
#define HTTP_ROLE_MATRIX_H

#include "core/row.h"
#include "http/http.h"

#define ROLE_MATRIX_COLUMNS 5

struct role_level {
    const char *name, *label, *look; /* "location", "Branch", "team"; in the order of enum scope */
};
struct role_cell {
    int level;
    unsigned offered; /* a bit a level that may be chosen */
    struct str field; /* empty: it cannot be changed here */
};
struct role_line {
    struct str label, also; /* "Leads"; what else may be done to them: "convert, reveal" */
    struct role_cell cells[ROLE_MATRIX_COLUMNS];
};
struct role_part {
    struct str label;
    const char *icon;
    struct role_line *lines;
    size_t count;
};
struct role_matrix {
    struct role_part *parts; /* a pack each */
    size_t count;
    struct str href;   /* the permissions as a list; empty where the asker may not see them */
    struct str action; /* where the form is sent; empty: nothing can be changed here */
};
#define ROLE_LEVELS 5
extern const char *const role_matrix_columns[ROLE_MATRIX_COLUMNS];
extern const struct role_level role_levels[ROLE_LEVELS];

/* What a cell reads: none of the records, one's own ... */
struct str role_level_label(struct arena *arena, int level);
struct role_matrix role_matrix_of(struct request *req, const struct row *row);
/* POST /roles/{id}/rights */
void role_matrix_save(struct request *req, struct response *res);

#endif
