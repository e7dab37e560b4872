/* errors.c - what went wrong, told all at once (errors.h). */
#include "base/errors.h"

#include "base/lang.h"

#include <stdarg.h>

bool errors_add(struct errors *errors, int status, const char *code, const char *field, const char *format, ...) {
    struct error *error = arena_alloc(errors->arena, sizeof *error);
    error->status = status;
    error->code = code;
    error->field = str_dup(errors->arena, str_of(field));
    va_list args;
    va_start(args, format);
    error->message = lang_vprintf(errors->arena, format, args);
    va_end(args);
    if (errors->last) {
        errors->last->next = error;
    } else {
        errors->first = error;
    }
    errors->last = error;
    errors->count++;
    return false;
}

int errors_status(const struct errors *errors) {
    return errors->first ? errors->first->status : 0;
}

const struct error *errors_for(const struct errors *errors, const char *field) {
    for (const struct error *error = errors->first; error; error = error->next) {
        if (str_eqc(error->field, field)) return error;
    }
    return NULL;
}

void errors_clear(struct errors *errors) {
    *errors = (struct errors){.arena = errors->arena};
}

void errors_append(struct errors *errors, const struct errors *more) {
    if (!more->first) return;
    if (errors->last) {
        errors->last->next = more->first;
    } else {
        errors->first = more->first;
    }
    errors->last = more->last;
    errors->count += more->count;
}
