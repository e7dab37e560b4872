/* person.c - names of people and companies. */
#include "app/core/person.h"

struct str person_join(struct arena *arena, struct str first, struct str last) {
    if (!first.len) return last;
    if (!last.len) return first;
    return str_printf(arena, "%.*s %.*s", STR_ARG(first), STR_ARG(last));
}

static struct str derived(struct arena *arena, const struct row *row, bool company_first) {
    struct str person = person_join(arena, row_text(row, "first_name"), row_text(row, "last_name"));
    struct str company = row_text(row, "company_name");
    if (company_first) return company.len ? company : person;
    return person.len ? person : company;
}

void person_fill_name(struct ctx *ctx, struct change *change, bool company_first) {
    struct str name = row_text(change->row, "name");
    bool given = change_given(change, "name") && name.len;
    // A name that was derived follows what it was derived from.
    bool follows = change->old && str_eq(row_text(change->old, "name"), derived(ctx->arena, change->old, company_first));
    if (given || (name.len && !follows)) return;
    name = derived(ctx->arena, change->row, company_first);
    row_set(change->row, "name", name.len ? value_text(name) : VALUE_NONE);
}
