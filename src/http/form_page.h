/* form_page.h - creating and editing any entity: a form of its writable fields by section, complete without scripts.
 *
 * A reference is chosen from a list while its entity has at most FORM_CHOICES records; beyond that its name is typed, and the
 * server finds the record by it. What was typed comes back with every error (422), and with what others saved meanwhile (409).
 */
#ifndef HTTP_FORM_PAGE_H
#define HTTP_FORM_PAGE_H

#include "core/repo.h"
#include "http/frame.h"
#include "http/value.h"

#define FORM_CHOICES 200

struct form_section {
    struct str heading;
    struct input *inputs;
    size_t count;
};
struct form_view {
    const struct entity *entity;
    struct form_section *sections;
    size_t section_count;
    struct str action, back, submit;
    struct str return_to;        /* where one goes once it is made; empty: to the new record */
    int64_t version;             /* 0 for a new record */
    const struct errors *errors;
    bool stale;                  /* somebody else saved meanwhile: fields say what they hold now */
    bool upload;                 /* a file comes with it */
    const char *in_dialog;       /* "dialog" or "sheet": how a script may show it */
    struct param *hidden;        /* parts of the address that belong to the record: subject_type ... */
    size_t hidden_count;
};

/* One field of a record, changed where it stands: a page without scripts. */
struct field_view {
    struct input input;
    struct str action, was;
    bool conflict; /* somebody changed it since it was opened: `theirs` is what it holds now */
    struct value_view theirs;
    const struct errors *errors;
};
/* True where a field may be changed by itself, on its record's page. */
bool form_in_place(const struct field *field);

/* One field as an input: with what was typed, else the record's value, else its default. `row` and `errors` may be NULL. */
struct input form_input(struct request *req, const struct field *field, const struct row *row, const struct params *typed,
                        const struct errors *errors);
/* Takes the form's fields into `in`; a checkbox that is not there is off where the form says it is complete. */
void form_take(struct request *req, struct repo_input *in);

/* The form for a new record again, with what was typed and what was wrong. */
void form_again(struct request *req, struct response *res, int status);
/* The id of the record that is called `name`, where the form let people type it; numbers stay. Empty with an error on the field.
 */
struct str form_id_by_name(struct request *req, const struct field *field, struct str name);

void form_new(struct request *req, struct response *res);    /* GET  /{entity}/new */
void form_create(struct request *req, struct response *res); /* POST /{entity} */
void form_edit(struct request *req, struct response *res);   /* GET  /{entity}/{id}/edit, ?field=NAME for one */
void form_update(struct request *req, struct response *res); /* POST /{entity}/{id}, only=NAME&was=TEXT for one */

#endif
