/* registry_check.c - contradictions in declarations, found at start instead of by a user. */
#include "core/registry_check.h"

#include "base/timefmt.h"
#include "core/kind.h"
#include "core/registry.h"

bool registry_fault(struct errors *errors, const struct entity *entity, const char *what, struct str name) {
    return errors_add(errors, 500, "declaration", NULL, "%s: %s '%.*s'", entity->decl->name, what, STR_ARG(name));
}

static bool well_named(struct str name) {
    bool good = name.len > 0 && name.len < 64 && name.ptr[0] >= 'a' && name.ptr[0] <= 'z';
    for (size_t i = 0; good && i < name.len; i++)
        good = (name.ptr[i] >= 'a' && name.ptr[i] <= 'z') || (name.ptr[i] >= '0' && name.ptr[i] <= '9') || name.ptr[i] == '_';
    return good;
}

static int count_of(const char *const *list) {
    int n = 0;
    while (list && list[n]) n++;
    return n;
}

/* ---- fields ---------------------------------------------------------------------------------------------------------------- */

static void check_reference(const struct field *f, struct errors *errors) {
    const struct entity *entity = f->entity;
    if (!f->decl->on_delete) registry_fault(errors, entity, "what a delete does is not said of", f->name);
    if (f->decl->on_delete == SET_NULL && f->flags & REQUIRED)
        registry_fault(errors, entity, "a delete cannot empty what is required:", f->name);
}

static void check_choices(const struct field *f, struct errors *errors) {
    bool chosen = f->kind == &kind_choice || f->kind == &kind_choices;
    int choices = count_of(f->decl->choices), hues = count_of(f->decl->hues);
    if (chosen && !choices) registry_fault(errors, f->entity, "no choices of", f->name);
    if (hues && hues != choices) registry_fault(errors, f->entity, "not one hue for each choice of", f->name);
}

/* What a new record starts with is a value that a person could give. */
static void check_initial(const struct field *f, struct errors *errors) {
    struct errors own = {.arena = errors->arena};
    struct kind_env env = {
        .arena = errors->arena, .me = 1, .country = STR("AU"), .currency = STR("AUD"), .zone = zone_find(STR("UTC"))};
    struct value value;
    if (f->decl->initial && !field_starts_usual(f) && !kind_parse(f, &env, str_of(f->decl->initial), &value, &own))
        registry_fault(errors, f->entity, "no value to start with for", f->name);
}

static void check_field(const struct field *f, struct errors *errors) {
    if (!well_named(f->name)) registry_fault(errors, f->entity, "not a name:", f->name);
    if (!f->kind) return;
    if (f->to && f->stored && !(f->flags & IMPLICIT)) check_reference(f, errors);
    check_choices(f, errors);
    check_initial(f, errors);
}

/* ---- lists of names -------------------------------------------------------------------------------------------------------- */

/* What pages show and filters ask for has a column and may leave the server. */
static void check_shown(const struct entity *entity, const char *words, struct errors *errors) {
    struct str rest = str_of(words), word;
    while (str_word(&rest, &word)) {
        const struct field *f = entity_field(entity, word);
        if (f && (f->flags & HIDDEN || !f->stored)) registry_fault(errors, entity, "not to be shown:", word);
    }
}

static void check_sort(const struct entity *entity, struct errors *errors) {
    struct str rest = str_of(entity->decl->sort), word;
    while (str_word(&rest, &word)) {
        const struct field *f = entity_field(entity, word.ptr[0] == '-' ? str_slice(word, 1, word.len) : word);
        if (f && f->kind && (!f->kind->sortable || !f->stored)) registry_fault(errors, entity, "not to be sorted by:", word);
    }
}

static void check_kinds(const struct entity *entity, const char *words, const struct kind *kind, const char *what,
                        struct errors *errors) {
    struct str rest = str_of(words), word;
    while (str_word(&rest, &word)) {
        const struct field *f = entity_field(entity, word);
        if (f && f->kind != kind) registry_fault(errors, entity, what, word);
    }
}

/* A field that leads to `name`'s records; "id" of these themselves. */
static void check_leads_to(const struct field *f, const char *name, const char *what, struct errors *errors) {
    if (!f) return;
    const struct entity *entity = f->entity;
    bool own = f->index == entity->id && str_eqc(entity->name, name);
    if (!own && !(f->to && str_eqc(f->to->name, name))) registry_fault(errors, entity, what, f->name);
}

static void check_owners(const struct entity *entity, struct errors *errors) {
    struct str rest = str_of(entity->decl->owner), word;
    while (str_word(&rest, &word)) check_leads_to(entity_field(entity, word), "users", "an owner that is no user:", errors);
}

/* ---- states and actions ---------------------------------------------------------------------------------------------------- */

/* A flag has two states. */
static bool is_choice(const struct field *f, struct str word) {
    if (f->kind == &kind_bool) return str_eqc(word, "true") || str_eqc(word, "false");
    for (int i = 0; i < count_of(f->decl->choices); i++)
        if (str_eqc(word, f->decl->choices[i])) return true;
    return false;
}

static void check_states(const struct entity *entity, const char *words, struct errors *errors) {
    struct str rest = str_of(words), word;
    while (str_word(&rest, &word))
        if (!entity->state || !is_choice(entity->state, word)) registry_fault(errors, entity, "no state", word);
}

static bool is_moment(const struct field *f) {
    return f->kind == &kind_time || f->kind == &kind_date;
}

static void check_moments(const struct entity *entity, const char *words, const char *what, struct errors *errors) {
    struct str rest = str_of(words), word;
    while (str_word(&rest, &word)) {
        const struct field *f = entity_field(entity, word);
        if (f && !is_moment(f)) registry_fault(errors, entity, what, word);
    }
}

static void check_apart(const struct entity *entity, struct errors *errors) {
    const struct apart_decl *apart = &entity->decl->apart;
    if (!apart->by) return;
    check_kinds(entity, apart->by, &kind_ref, "apart by no record:", errors);
    check_kinds(entity, apart->named, &kind_ref, "named by no record:", errors);
    check_moments(entity, apart->from, "neither a time nor a date:", errors);
    const struct field *from = entity_field(entity, str_of(apart->from)), *to = entity_field(entity, str_of(apart->to));
    if (!from || !to || from->kind != to->kind) registry_fault(errors, entity, "not of one kind:", str_of(apart->from));
}

static void check_draws(const struct entity *entity, struct errors *errors) {
    for (int i = 0; i < entity->decl->draw_count; i++) {
        const struct draw_decl *draw = &entity->decl->draws[i];
        const struct field *by = entity_field(entity, str_of(draw->by));
        const struct field *left = by && by->to ? entity_field(by->to, str_of(draw->left)) : NULL;
        if (!left || !left->kind->align) registry_fault(errors, entity, "nothing is left of", str_of(draw->by));
        else check_states(by->to, draw->in, errors);
    }
}

/* A stamp is when or by whom. */
static void check_stamps(const struct entity *entity, const struct action_decl *action, struct errors *errors) {
    struct str rest = str_of(action->stamp), word;
    while (str_word(&rest, &word)) {
        const struct field *f = entity_field(entity, word);
        if (f && !is_moment(f)) check_leads_to(f, "users", "a stamp that is neither a moment nor a user:", errors);
    }
}

static void check_pick(const struct entity *entity, const struct action_decl *action, struct errors *errors) {
    struct str rest = str_of(action->pick), name, field;
    if (!action->pick) return;
    const struct entity *from = str_word(&rest, &name) ? registry_find(name) : NULL;
    if (!from || !from->parent || from->parent->to != entity || !str_word(&rest, &field) || !entity_field(from, field))
        registry_fault(errors, entity, "no field of records that hang on it:", str_of(action->pick));
}

static void check_action(const struct entity *entity, const struct action_decl *action, struct errors *errors) {
    struct str name = str_of(action->name);
    if (!well_named(name) || str_in_words("restore bulk import export merge duplicates", name))
        registry_fault(errors, entity, "not a name for an action:", name);
    for (const struct action_decl *other = entity->decl->actions; other < action; other++)
        if (str_eqc(name, other->name)) registry_fault(errors, entity, "two actions", name);
    if (!entity->state || entity->state->kind != &kind_bool) check_states(entity, action->from, errors);
    else if (str_find(STR("true false"), str_of(action->from)) < 0)
        registry_fault(errors, entity, "neither true nor false:", name);
    check_states(entity, action->to, errors);
    check_stamps(entity, action, errors);
    if (!action->run && !action->to) registry_fault(errors, entity, "nothing happens by", name);
    if (!action->from && !action->unless && !action->require && !action->pick)
        registry_fault(errors, entity, "nothing ends when it may run:", name);
    struct str rest = str_of(action->input), word;
    while (str_word(&rest, &word)) {
        const struct field *f = entity_field(entity, word);
        if (f && f->flags & (READ_ONLY | HIDDEN)) registry_fault(errors, entity, "an action cannot take", word);
    }
    check_pick(entity, action, errors);
}

void registry_check(const struct entity *entity, struct errors *errors) {
    const struct entity_decl *d = entity->decl;
    if (!well_named(entity->name)) registry_fault(errors, entity, "not a name:", entity->name);
    for (int i = 0; i < entity->field_count; i++) check_field(&entity->fields[i], errors);
    check_shown(entity, d->list, errors);
    check_shown(entity, d->filter, errors);
    check_shown(entity, d->search, errors);
    check_shown(entity, d->board_card, errors);
    check_shown(entity, d->title, errors);
    check_sort(entity, errors);
    check_kinds(entity, d->exclusive, &kind_bool, "only flags are exclusive, not", errors);
    check_kinds(entity, d->exclusive_in, &kind_ref, "exclusive within no record:", errors);
    if (entity->untitled_by && (!d->untitled || !entity->untitled_by->to || !entity->untitled_by->to->title))
        registry_fault(errors, entity, "does not name the untitled:", entity->untitled_by->name);
    check_leads_to(entity->client, "clients", "no client behind", errors);
    check_leads_to(entity->location, "locations", "no location behind", errors);
    check_owners(entity, errors);
    check_states(entity, d->open, errors);
    check_states(entity, d->drafts, errors);
    check_kinds(entity, d->line_of, &kind_ref, "a line of no record:", errors);
    check_moments(entity, d->calendar, "not to stand in a calendar:", errors);
    check_apart(entity, errors);
    check_draws(entity, errors);
    if (entity->parent && !entity->parent->to && entity->parent->kind != &kind_subject_id)
        registry_fault(errors, entity, "no parent behind", entity->parent->name);
    if (entity->board && entity->board->kind != &kind_choice && !entity->board->to)
        registry_fault(errors, entity, "no board by", entity->board->name);
    for (int i = 0; i < d->action_count; i++) check_action(entity, &d->actions[i], errors);
}
