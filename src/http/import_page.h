/* import_page.h - a CSV file into any entity from the browser, in three steps: the file, what its columns are, what came of it.
 *
 * A file that is chosen or dropped is tried first: nothing is saved, and it is kept for a day. The second step shows what each
 * column was taken for, the first rows and those that cannot be read, and words that are not known here; all of it can be said
 * otherwise and tried again. Importing takes the kept file. Every step stands at /{entity}/import?run=ID, where ID is its row in
 * import_runs, with the options in the address; so a page can be loaded again, and one that is under way asks how far it is.
 */
#ifndef HTTP_IMPORT_PAGE_H
#define HTTP_IMPORT_PAGE_H

#include "core/import.h"
#include "http/frame.h"

enum import_step { IMPORT_FILE, IMPORT_COLUMNS, IMPORT_UNDER_WAY, IMPORT_DONE };

struct import_count {
    const char *label;
    int64_t count;
    bool bad;
};
/* What a column is: "column.3" in the form. */
struct import_column_view {
    struct str name, sample, why;
    struct input field;
    bool left_out;
};
/* A word that nothing is called: "value.3" says what is meant, and "said.3" of one of which it was said before. */
struct import_word_view {
    struct str field, word;
    int64_t rows;
    struct input means;
};
/* What somebody said that a word means, for a field. */
struct import_meaning {
    struct str field, word, means;
};
struct import_row_view {
    int64_t line;
    struct str *cells; /* of the columns */
    struct str reason; /* empty: it can be read */
};

struct import_view {
    enum import_step step;
    const struct entity *entity;
    struct str many, action, back, self, file_name, list_href, errors_href, undo_href, run;
    struct str added; /* "85 Clients, 3 Tags": what was missing and is made besides */
    struct input options[5];
    size_t option_count;
    const struct errors *errors;
    struct import_count counts[6];
    int64_t takes; /* rows that an import would save */
    int progress;
    bool by_script; /* the page is asked for by a script that swaps it in */
    struct import_column_view *columns;
    size_t column_count;
    struct import_word_view *words;
    size_t word_count;
    struct import_row_view *rows;
    size_t row_count;
};

/* import_view.c: what a run is shown as. False with errors. */
void import_view_options(struct request *req, struct import_view *view, const struct params *chosen);
bool import_view_run(struct request *req, struct import_view *view, const struct row *run);
/* The options of import_view_options that `from` has, by name. */
struct params import_view_chosen(struct request *req, const struct params *from);
/* What was said of words until now, from the option `values`; none where it cannot be read. */
size_t import_view_said(struct request *req, struct str values, struct import_meaning **said);

void import_page_form(struct request *req, struct response *res); /* GET  /{entity}/import, ?run=ID */
void import_page_run(struct request *req, struct response *res);  /* POST /{entity}/import */

#endif
