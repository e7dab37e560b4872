/* custom_field_form.c - which records a custom field is of and leads to, chosen from those that there are (custom_field_form.h).
 */
#include "http/custom_field_form.h"

#include <stdlib.h>

#include "core/access.h"
#include "core/registry.h"

static int by_label(const void *a, const void *b) {
    const struct choice *x = a, *y = b;
    return str_cmp(x->label, y->label);
}

static bool offered(const struct request *req, const struct entity *entity, bool can_have_fields) {
    if (entity_is(entity, ENTITY_INTERNAL | ENTITY_GLOBAL) || !access_open(req->ctx.actor, entity)) return false;
    return can_have_fields ? entity->custom >= 0 : entity->title != NULL;
}

static void choose_records(struct request *req, struct input *in, bool can_have_fields) {
    struct choice *all = arena_array(req->ctx.arena, struct choice, (size_t)registry_count());
    size_t n = 0;
    for (int e = 0; e < registry_count(); e++) {
        const struct entity *entity = registry_at(e);
        if (!offered(req, entity, can_have_fields)) continue;
        all[n++] = (struct choice){entity->name, str_of(entity->decl->many), str_eq(entity->name, in->value)};
    }
    qsort(all, n, sizeof *all, by_label);
    in->kind = INPUT_SELECT;
    in->choices = all;
    in->choice_count = n;
}

void custom_field_form(struct request *req, struct form_view *view, const struct row *row, const struct params *typed) {
    (void)row, (void)typed;
    for (size_t s = 0; s < view->section_count; s++)
        for (size_t i = 0; i < view->sections[s].count; i++) {
            struct input *in = &view->sections[s].inputs[i];
            if (str_eqc(in->name, "entity") || str_eqc(in->name, "target")) choose_records(req, in, str_eqc(in->name, "entity"));
            if (str_eqc(in->name, "name")) in->required = false; /* made from the label where it is left empty */
        }
}
