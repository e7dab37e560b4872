/* registry.c - derives every entity from its declaration, once, and refuses declarations that contradict themselves. */
#include "core/registry.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/custom.h"
#include "core/kind.h"
#include "core/query.h"
#include "core/registry_check.h"

static struct entity *entities;
static int entity_count;
static const struct field ***referrers; /* per entity, NULL at the end */
static struct arena *registry_arena;

/* Fields that every entity has without saying so; which of them depends on its flags. */
static const struct field_decl implicit_id = {"id", N_("Id"), .kind = &kind_int, .flags = READ_ONLY | REQUIRED};
static const struct field_decl implicit_tenant = {"tenant_id", N_("Company"), .kind = &kind_int,
                                                  .flags = READ_ONLY | HIDDEN | REQUIRED};
static const struct field_decl implicit_after[] = {
    {"created_at", N_("Created"), F_TIME, .flags = READ_ONLY | REQUIRED},
    {"created_by_id", N_("Created by"), F_REF("users", SET_NULL), .flags = READ_ONLY},
    {"updated_at", N_("Updated"), F_TIME, .flags = READ_ONLY | REQUIRED},
    {"updated_by_id", N_("Updated by"), F_REF("users", SET_NULL), .flags = READ_ONLY},
    {"version", N_("Version"), .kind = &kind_int, .flags = READ_ONLY | REQUIRED},
    {"deleted_at", N_("Deleted"), F_TIME, .flags = READ_ONLY},
};

/* What holds the values of custom fields (custom.h); some entities declare it. It leaves the server in their form only. */
static const struct field_decl implicit_custom = {"custom_fields", N_("Custom fields"), F_JSON("object"), .flags = HIDDEN};

int registry_count(void) { return entity_count; }
const struct entity *registry_at(int index) { return &entities[index]; }

const struct entity *registry_find(struct str name) {
    int low = 0, high = entity_count - 1;
    while (low <= high) {
        int mid = (low + high) / 2, order = str_cmp(name, entities[mid].name);
        if (order == 0) return &entities[mid];
        if (order < 0) high = mid - 1;
        else low = mid + 1;
    }
    return NULL;
}

const struct entity *registry_get(const char *name) {
    const struct entity *entity = registry_find(str_of(name));
    if (!entity) {
        fprintf(stderr, "no entity '%s'\n", name);
        abort();
    }
    return entity;
}

const struct field *registry_referrer(const struct entity *entity, int i) { return referrers[entity->index][i]; }

const struct field *entity_field(const struct entity *entity, struct str name) {
    for (int i = 0; i < entity->field_count; i++)
        if (entity->fields[i].name.len == name.len && str_eq(entity->fields[i].name, name)) return &entity->fields[i];
    return NULL;
}

bool field_starts_usual(const struct field *field) {
    return field->to && field->decl->initial && strcmp(field->decl->initial, "usual") == 0;
}

bool entity_is_part(const struct entity *entity) {
    const struct entity *whole = entity->parent ? entity->parent->to : NULL;
    return whole && !entity->state && strcmp(whole->decl->pack, entity->decl->pack) == 0;
}

const struct field *entity_match_within(const struct field *field) {
    const struct entity *entity = field->entity;
    for (int i = 0; i < entity->decl->index_count; i++) {
        struct str rest = str_of(entity->decl->indexes[i].fields), first, second, third;
        bool two = str_word(&rest, &first) && str_word(&rest, &second) && !str_word(&rest, &third);
        if (two && entity->decl->indexes[i].unique && str_eq(second, field->name)) return entity_field(entity, first);
    }
    return field == entity->title && entity->parent && entity->parent->to ? entity->parent : NULL;
}

bool field_is_course(const struct field *field) {
    if (field != field->entity->state || field->kind != &kind_choice || !(field->flags & READ_ONLY)) return false;
    for (int i = 0; i < field->entity->decl->action_count; i++)
        if (field->entity->decl->actions[i].to) return true;
    return false;
}

bool field_is_stamp(const struct field *field) {
    if ((field->flags & (READ_ONLY | COMPUTED | HIDDEN)) != READ_ONLY) return false;
    for (int i = 0; i < field->entity->decl->action_count; i++)
        if (str_in_words(field->entity->decl->actions[i].stamp, field->name)) return true;
    return false;
}

bool entity_has_bin(const struct entity *entity) {
    return entity->deleted_at >= 0 && entity->tenant_id >= 0 &&
           !entity_is(entity, ENTITY_INTERNAL | ENTITY_READ_ONLY | ENTITY_APPEND_ONLY);
}

const struct action_decl *entity_action(const struct entity *entity, struct str name) {
    for (int i = 0; i < entity->decl->action_count; i++)
        if (str_eqc(name, entity->decl->actions[i].name)) return &entity->decl->actions[i];
    return NULL;
}

static void add_field(struct entity *entity, const struct field_decl *decl, unsigned flags) {
    struct field *f = &entity->fields[entity->field_count];
    f->decl = decl;
    f->name = str_of(decl->name);
    f->label = str_of(decl->label);
    f->json_key = str_printf(registry_arena, "\"%s\":", decl->name);
    f->kind = decl->kind;
    f->entity = entity;
    f->flags = decl->flags | flags;
    if (f->flags & COMPUTED || decl->kept.how) f->flags |= READ_ONLY;
    f->index = entity->field_count++;
    f->stored = !(f->flags & TRANSIENT);
}

static int implicit_index(const struct entity *entity, const char *name) {
    const struct field *f = entity_field(entity, str_of(name));
    return f ? f->index : -1;
}

/* What a person fills in can be given fields more. */
static bool customizable(const struct entity *entity) {
    return !entity_is(entity, ENTITY_GLOBAL | ENTITY_INTERNAL | ENTITY_READ_ONLY | ENTITY_NO_AUDIT) &&
           !str_eqc(entity->name, "custom_fields");
}

static void derive_custom(struct entity *entity) {
    entity->custom = -1;
    if (!customizable(entity)) return;
    entity->custom = implicit_index(entity, "custom_fields");
    if (entity->custom < 0) {
        entity->custom = entity->field_count;
        add_field(entity, &implicit_custom, IMPLICIT);
    }
    entity->fields[entity->custom].flags |= HIDDEN;
}

static bool derive_fields(struct entity *entity, struct errors *errors) {
    const struct entity_decl *decl = entity->decl;
    if (decl->field_count > ENTITY_MAX_DECLARED) return registry_fault(errors, entity, "too many fields in", entity->name);
    entity->fields = arena_array(registry_arena, struct field, (size_t)decl->field_count + 9);
    add_field(entity, &implicit_id, IMPLICIT);
    if (!entity_is(entity, ENTITY_GLOBAL)) add_field(entity, &implicit_tenant, IMPLICIT);
    for (int i = 0; i < decl->field_count; i++) {
        if (entity_field(entity, str_of(decl->fields[i].name)))
            return registry_fault(errors, entity, "two fields", str_of(decl->fields[i].name));
        /* it counts the changes of every record; and what companies add begins so */
        if (strcmp(decl->fields[i].name, "version") == 0 || str_starts(str_of(decl->fields[i].name), STR(CUSTOM_PREFIX)))
            return registry_fault(errors, entity, "not a name for a field:", str_of(decl->fields[i].name));
        add_field(entity, &decl->fields[i], 0);
    }
    for (size_t i = 0; i < sizeof implicit_after / sizeof *implicit_after; i++) {
        const char *name = implicit_after[i].name;
        if (entity_is(entity, ENTITY_APPEND_ONLY) && i >= 2) break;
        if (entity_is(entity, ENTITY_OWN_DELETE) && strcmp(name, "deleted_at") == 0) continue;
        if (entity_is(entity, ENTITY_GLOBAL) && implicit_after[i].kind == &kind_ref) continue;
        if (!entity_field(entity, str_of(name))) add_field(entity, &implicit_after[i], IMPLICIT);
    }
    derive_custom(entity);
    entity->id = implicit_index(entity, "id");
    entity->tenant_id = implicit_index(entity, "tenant_id");
    entity->created_at = implicit_index(entity, "created_at");
    entity->updated_at = implicit_index(entity, "updated_at");
    entity->created_by_id = implicit_index(entity, "created_by_id");
    entity->updated_by_id = implicit_index(entity, "updated_by_id");
    entity->version = implicit_index(entity, "version");
    entity->deleted_at = implicit_index(entity, "deleted_at");
    return true;
}

/* Resolves one name that a declaration mentions; NULL name gives NULL without an error. */
static const struct field *named(struct entity *entity, const char *name, const char *role, struct errors *errors) {
    if (!name) return NULL;
    const struct field *f = entity_field(entity, str_of(name));
    if (!f) registry_fault(errors, entity, role, str_of(name));
    return f;
}

static void check_words(struct entity *entity, const char *words, const char *role, struct errors *errors) {
    struct str rest = str_of(words), word;
    while (str_word(&rest, &word)) {
        if (word.ptr[0] == '-') word = str_slice(word, 1, word.len);
        if (!entity_field(entity, word)) registry_fault(errors, entity, role, word);
    }
}

static void resolve_field(struct field *f, struct errors *errors) {
    struct entity *entity = &entities[f->entity->index];
    if (f->decl->to) {
        f->to = registry_find(str_of(f->decl->to));
        if (!f->to) registry_fault(errors, entity, "a reference to no entity:", str_of(f->decl->to));
    }
    if (f->kind == &kind_subject_type) {
        if (f->index + 1 >= entity->field_count || entity->fields[f->index + 1].kind != &kind_subject_id)
            registry_fault(errors, entity, "no subject id after", f->name);
        else {
            f->pair = f + 1;
            (f + 1)->pair = f;
        }
        struct str rest = str_of(f->decl->subjects), word;
        while (str_word(&rest, &word))
            if (!registry_find(word)) registry_fault(errors, entity, "a subject that is no entity:", word);
    }
    if (f->kind == &kind_money) {
        f->pair = entity_field(entity, str_of(f->decl->currency ? f->decl->currency : "currency"));
        if (!f->pair) registry_fault(errors, entity, "no currency field for", f->name);
    }
    if (!f->kind) registry_fault(errors, entity, "no kind of", f->name);
}

/* The keeper of a value is told of by the entity whose rows it is kept of. */
static void resolve_kept(struct entity *entity, const struct field *f, struct errors *errors) {
    const struct kept_decl *kept = &f->decl->kept;
    const struct entity *from = registry_find(str_of(kept->from));
    entity->keeps = true;
    if (!from) {
        registry_fault(errors, entity, "kept of no entity:", str_of(kept->from));
        return;
    }
    const struct field *by = entity_field(from, str_of(kept->by)), *of = entity_field(from, str_of(kept->of));
    if (!by || !by->decl->to || !str_eqc(entity->name, by->decl->to))
        registry_fault(errors, entity, "kept by what does not lead here:", str_of(kept->by));
    if (kept->how != KEPT_COUNT && (!of || !of->stored)) registry_fault(errors, entity, "kept of no field:", str_of(kept->of));
    struct entity *child = &entities[from->index];
    int count = 0;
    while (child->keepers && child->keepers[count]) count++;
    const struct field **all = arena_array(registry_arena, const struct field *, (size_t)count + 2);
    if (count) memcpy(all, child->keepers, (size_t)count * sizeof *all);
    all[count] = f;
    child->keepers = all;
}

static void resolve(struct entity *entity, struct errors *errors) {
    const struct entity_decl *d = entity->decl;
    for (int i = 0; i < entity->field_count; i++) {
        resolve_field(&entity->fields[i], errors);
        if (d->fields && entity->fields[i].decl->kept.how) resolve_kept(entity, &entity->fields[i], errors);
    }
    entity->title = named(entity, d->title, "no title field", errors);
    entity->untitled_by = named(entity, d->untitled_by, "no field that names the untitled:", errors);
    entity->board = named(entity, d->board, "no board field", errors);
    entity->state = d->state ? named(entity, d->state, "no state field", errors) : entity->board;
    entity->parent = named(entity, d->parent, "no parent field", errors);
    entity->line_of = named(entity, d->line_of, "no line_of field", errors);
    entity->client = d->client ? named(entity, d->client, "no client field", errors) : entity_field(entity, STR("client_id"));
    entity->location =
        d->location ? named(entity, d->location, "no location field", errors) : entity_field(entity, STR("location_id"));
    check_words(entity, d->list, "no list column", errors);
    check_words(entity, d->filter, "no filter field", errors);
    check_words(entity, d->search, "no search field", errors);
    check_words(entity, d->sort, "no sort field", errors);
    check_words(entity, d->board_card, "no card field", errors);
    check_words(entity, d->board_sum, "no sum field", errors);
    check_words(entity, d->owner, "no owner field", errors);
    check_words(entity, d->match, "no match field", errors);
    check_words(entity, d->exclusive, "no exclusive field", errors);
    check_words(entity, d->exclusive_in, "no exclusive_in field", errors);
    check_words(entity, d->calendar, "no calendar field", errors);
    check_words(entity, d->any, "no field of several:", errors);
    check_words(entity, d->still, "no field that still changes:", errors);
    check_words(entity, d->apart.by, "no field to be apart by:", errors);
    check_words(entity, d->apart.from, "no field to be apart from:", errors);
    check_words(entity, d->apart.to, "no field to be apart to:", errors);
    check_words(entity, d->apart.named, "no field that names:", errors);
    for (int i = 0; i < d->index_count; i++) check_words(entity, d->indexes[i].fields, "no index field", errors);
    for (int i = 0; i < d->action_count; i++) {
        const struct action_decl *action = &d->actions[i];
        check_words(entity, action->input, "no action input", errors);
        check_words(entity, action->require, "an action requires no field", errors);
        check_words(entity, action->after, "an action waits for no field", errors);
        check_words(entity, action->unless, "an action ends by no field", errors);
        check_words(entity, action->stamp, "an action stamps no field", errors);
        check_words(entity, action->clear, "an action clears no field", errors);
    }
    struct str rest = str_of(d->search), word;
    while (str_word(&rest, &word)) {
        const struct field *f = entity_field(entity, word);
        if (f) field_set_add(&entity->searched, f->index);
    }
    struct buf columns = buf_new(registry_arena, 512), selected = buf_new(registry_arena, 512);
    for (int i = 0; i < entity->field_count; i++) {
        if (!entity->fields[i].stored) continue;
        const char *comma = entity->column_count++ ? "," : "";
        buf_printf(&columns, "%s%s", comma, entity->fields[i].decl->name);
        buf_printf(&selected, "%st.%s", comma, entity->fields[i].decl->name);
    }
    entity->columns = buf_str(&columns);
    entity->selected = buf_str(&selected);
}

static void collect_referrers(void) {
    int n = entity_count;
    referrers = arena_array(registry_arena, const struct field **, (size_t)n);
    for (int target = 0; target < n; target++) {
        int count = 0;
        for (int pass = 0; pass < 2; pass++) {
            if (pass) referrers[target] = arena_array(registry_arena, const struct field *, (size_t)count + 1);
            count = 0;
            for (int e = 0; e < n; e++)
                for (int i = 0; i < entities[e].field_count; i++) {
                    const struct field *f = &entities[e].fields[i];
                    if (f->to != &entities[target] || !f->stored || (f->flags & IMPLICIT)) continue;
                    if (pass) referrers[target][count] = f;
                    count++;
                }
        }
    }
}

static int by_name(const void *a, const void *b) {
    const struct entity_decl *const *x = a, *const *y = b;
    return strcmp((*x)->name, (*y)->name);
}

bool registry_init(struct errors *errors) {
    return entities || registry_take(registry_decls, registry_decl_count, errors);
}

bool registry_take(const struct entity_decl *const *decls, int count, struct errors *errors) {
    if (registry_arena) arena_free(registry_arena);
    registry_arena = arena_new(16u << 20);
    entities = NULL;
    entity_count = 0;
    size_t n = (size_t)count;
    const struct entity_decl **sorted = arena_array(registry_arena, const struct entity_decl *, n);
    memcpy(sorted, decls, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_name);
    struct entity *all = arena_array(registry_arena, struct entity, n);
    for (size_t i = 0; i < n; i++) {
        all[i].decl = sorted[i];
        all[i].name = str_of(sorted[i]->name);
        all[i].index = (int)i;
        if (!derive_fields(&all[i], errors)) return false;
        if (i && str_eq(all[i].name, all[i - 1].name)) return registry_fault(errors, &all[i], "two entities", all[i].name);
    }
    entities = all;
    entity_count = count;
    for (size_t i = 0; i < n; i++) resolve(&entities[i], errors);
    if (errors->count) return false;
    for (size_t i = 0; i < n; i++) registry_check(&entities[i], errors);
    collect_referrers();
    return errors->count == 0;
}

/* The comparisons that filters may ask for. */
static void schema_ops_json(struct buf *b, const struct field *f) {
    buf_lit(b, ",\"filters\":[");
    for (int op = 0; op < OP_COUNT; op++)
        if (f->kind->ops & OPS(op)) buf_printf(b, "\"%s\",", query_op_name((enum op)op));
    buf_lit(b, "\"null\"]");
}

static void schema_field_json(struct buf *b, const struct field *f) {
    buf_lit(b, "{\"name\":");
    buf_json(b, f->name);
    buf_lit(b, ",\"label\":");
    buf_json(b, f->label);
    buf_lit(b, ",\"kind\":");
    buf_json(b, str_of(f->kind->name));
    buf_printf(b, ",\"required\":%s,\"read_only\":%s,\"secret\":%s,\"hidden\":%s,\"transient\":%s",
               f->flags & REQUIRED ? "true" : "false", f->flags & READ_ONLY ? "true" : "false",
               f->kind == &kind_secret ? "true" : "false", f->flags & HIDDEN ? "true" : "false",
               f->flags & TRANSIENT ? "true" : "false");
    if (f->flags & IMMUTABLE) buf_lit(b, ",\"immutable\":true");
    if (f->flags & IMPLICIT) buf_lit(b, ",\"implicit\":true");
    if (f->flags & MULTILINE) buf_lit(b, ",\"multiline\":true");
    if (f->decl->min) buf_printf(b, ",\"min\":%lld", (long long)f->decl->min);
    if (f->decl->max) buf_printf(b, ",\"max\":%lld", (long long)f->decl->max);
    if (f->decl->scale) buf_printf(b, ",\"scale\":%d", f->decl->scale);
    if (f->decl->shape) {
        buf_lit(b, ",\"shape\":");
        buf_json(b, str_of(f->decl->shape));
    }
    if (f->decl->choices) {
        buf_lit(b, ",\"choices\":[");
        for (int i = 0; f->decl->choices[i]; i++) {
            if (i) buf_char(b, ',');
            buf_json(b, str_of(f->decl->choices[i]));
        }
        buf_char(b, ']');
    }
    if (f->decl->to) {
        buf_lit(b, ",\"to\":");
        buf_json(b, str_of(f->decl->to));
        static const char *const rules[] = {"", "restrict", "set_null", "cascade"};
        if (f->decl->on_delete) buf_printf(b, ",\"on_delete\":\"%s\"", rules[f->decl->on_delete]);
    }
    if (f->decl->subjects) {
        buf_lit(b, ",\"subjects\":");
        buf_json(b, str_of(f->decl->subjects));
    }
    if (f->stored && !(f->flags & HIDDEN)) schema_ops_json(b, f);
    if (f->kind->sortable && f->stored && !(f->flags & HIDDEN)) buf_lit(b, ",\"sortable\":true");
    buf_char(b, '}');
}

static void schema_words_json(struct buf *b, const char *key, const char *words) {
    struct str rest = str_of(words), word;
    buf_printf(b, ",\"%s\":[", key);
    for (bool first = true; str_word(&rest, &word); first = false) {
        if (!first) buf_char(b, ',');
        buf_json(b, word);
    }
    buf_char(b, ']');
}

void registry_schema_json(struct buf *b) {
    buf_lit(b, "{\"entities\":[");
    for (int e = 0; e < entity_count; e++) {
        const struct entity *entity = &entities[e];
        if (e) buf_char(b, ',');
        buf_lit(b, "{\"name\":");
        buf_json(b, entity->name);
        buf_printf(b, ",\"pack\":\"%s\",\"one\":", entity->decl->pack);
        buf_json(b, str_of(entity->decl->one));
        buf_lit(b, ",\"many\":");
        buf_json(b, str_of(entity->decl->many));
        buf_printf(b, ",\"title\":\"%s\",\"read_only\":%s,\"append_only\":%s,\"internal\":%s,\"upload\":%s,\"fields\":[",
                   entity->decl->title ? entity->decl->title : "id", entity_is(entity, ENTITY_READ_ONLY) ? "true" : "false",
                   entity_is(entity, ENTITY_APPEND_ONLY) ? "true" : "false",
                   entity_is(entity, ENTITY_INTERNAL) ? "true" : "false", entity_is(entity, ENTITY_UPLOAD) ? "true" : "false");
        for (int i = 0; i < entity->field_count; i++) {
            if (i) buf_char(b, ',');
            schema_field_json(b, &entity->fields[i]);
        }
        buf_lit(b, "],\"actions\":[");
        for (int i = 0; i < entity->decl->action_count; i++) {
            if (i) buf_char(b, ',');
            buf_json(b, str_of(entity->decl->actions[i].name));
        }
        buf_char(b, ']');
        if (entity->decl->calendar) schema_words_json(b, "calendar", entity->decl->calendar);
        buf_char(b, '}');
    }
    buf_lit(b, "]}\n");
}
