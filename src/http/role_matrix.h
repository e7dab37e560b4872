/* role_matrix.h - what people with a role may do, on the role's page: kinds of records down, what is done to them across. */
#ifndef HTTP_ROLE_MATRIX_H
#define HTTP_ROLE_MATRIX_H

#include "core/row.h"
#include "http/http.h"

#define ROLE_MATRIX_COLUMNS 5

struct role_cell {
    const char *label, *reach; /* "Branch"; "all", "team", "own" or "" */
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
    struct str href; /* the permissions as a list; empty where the asker may not see them */
};
extern const char *const role_matrix_columns[ROLE_MATRIX_COLUMNS];

struct role_matrix role_matrix_of(struct request *req, const struct row *row);

#endif
