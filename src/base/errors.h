/* errors.h - what went wrong, told all at once: each error has a code, a message and, where there is one, a field.
 *
 * Functions that can fail return false (or NULL) and add to the `struct errors` they were given; they never print and never
 * exit. The status is that of the first error added; a form shows every one. Messages are sentences for the person who sees
 * them, in their language (lang.h): what is wrong and what to do. Codes are stable words for programs.
 *
 *     errors_add(&ctx->errors, 422, "required", "email", "Enter an e-mail address.");
 */
#ifndef BASE_ERRORS_H
#define BASE_ERRORS_H

#include "base/str.h"

struct arena;

struct error {
    int status;       /* the HTTP status that says it best: 400, 403, 404, 409, 412, 413, 415, 422, 500, 503, 507 */
    const char *code; /* stable, lower snake case: "required", "too_long", "not_found", "conflict" ... */
    struct str field; /* name of the field, or empty */
    struct str message;
    struct error *next;
};

struct errors {
    struct arena *arena; /* where errors live; set before first use */
    struct error *first, *last;
    int count;
};

/* Always returns false, so that `return errors_add(...)` reads well. `field` may be NULL. */
bool errors_add(struct errors *errors, int status, const char *code, const char *field, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* The status of the first error; 0 where there is none. */
int errors_status(const struct errors *errors);
/* The first error of a field (NULL field: the first that has none), or NULL. */
const struct error *errors_for(const struct errors *errors, const char *field);
void errors_clear(struct errors *errors);
/* Adds those of `more`, of the same arena, which are not used any more by themselves. */
void errors_append(struct errors *errors, const struct errors *more);

#endif
