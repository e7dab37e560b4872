/* custom.c - a company's own forms of entities: derived from what it added, kept with the request (custom.h). */
#include "core/custom.h"

#include "core/registry.h"

struct custom {
    struct arena *arena; /* of the context that made it: a part of it may end earlier */
    int64_t tenant_id;
    const struct custom_fields *fields;
    const struct entity **forms; /* by index; NULL: not yet derived */
};

/* ---- what there is ------------------------------------------------------------------------------------------------------- */

/* ["a","b"] as lines. A choice is one line (custom_field.c). */
static struct str lines_of(struct ctx *ctx, struct str choices) {
    struct errors ignored = {.arena = ctx->arena};
    const struct json *json = choices.len ? json_parse(ctx->arena, choices, &ignored) : NULL;
    struct buf b = buf_new(ctx->arena, choices.len + 1);
    for (size_t i = 0; json_type(json) == JSON_T_ARRAY && i < json_count(json); i++) {
        if (i) buf_char(&b, '\n');
        buf_add(&b, json_text(json_at(json, i)));
    }
    return buf_str(&b);
}

static void take_row(struct ctx *ctx, struct db_stmt *s, struct custom_fields *all) {
    const struct entity *entity = registry_find(db_text(s, 1));
    if (!entity || entity->custom < 0) return; /* of an entity that there is no more */
    all->at = arena_room(ctx->arena, all->at, (size_t)all->count, sizeof *all->at);
    struct custom_field *f = &all->at[all->count++];
    *f = (struct custom_field){.id = db_int(s, 0), .entity = entity->index, .digits = (int)db_int(s, 7)};
    struct str *const texts[] = {&f->name, &f->label, &f->kind, &f->choices, &f->target};
    for (int i = 0; i < (int)(sizeof texts / sizeof *texts); i++) *texts[i] = str_dup(ctx->arena, db_text(s, i + 2));
    f->choices = lines_of(ctx, f->choices);
    f->help = str_dup(ctx->arena, db_text(s, 8));
    f->section = str_dup(ctx->arena, db_text(s, 9));
    f->required = db_int(s, 10) != 0;
    f->filterable = db_int(s, 11) != 0;
    f->in_list = db_int(s, 12) != 0;
    f->unready = db_int(s, 13) != 0;
}

bool custom_load(struct ctx *ctx, struct custom_fields *all) {
    *all = (struct custom_fields){NULL, 0};
    struct db_stmt *s = sql_query(ctx,
                                  "SELECT id, entity, name, label, kind, choices, target, digits, help, section, is_required, "
                                  "is_filterable, is_in_list, "
                                  "CASE WHEN coalesce(preparing, 'search') = 'search' THEN 0 ELSE 1 END FROM custom_fields "
                                  "WHERE tenant_id = :tenant AND is_active = 1 AND deleted_at IS NULL ORDER BY position, id",
                                  NO_ARGS);
    if (!s) return false;
    enum db_result r;
    while ((r = db_step(s)) == DB_ROW) take_row(ctx, s, all);
    db_reset(s);
    return r == DB_DONE || db_fail(ctx->conn, r, &ctx->errors);
}

static struct custom *custom_of(struct ctx *ctx) {
    if (ctx->custom && ctx->custom->tenant_id == ctx->tenant_id) return ctx->custom;
    struct custom *c = arena_alloc(ctx->arena, sizeof *c);
    *c = (struct custom){.arena = ctx->arena, .tenant_id = ctx->tenant_id};
    if (ctx->actor->custom && ctx->actor->tenant_id == ctx->tenant_id)
        c->fields = ctx->actor->custom;
    else {
        struct custom_fields *all = arena_alloc(ctx->arena, sizeof *all);
        if (!custom_load(ctx, all)) return NULL;
        c->fields = all;
    }
    c->forms = arena_array(ctx->arena, const struct entity *, (size_t)registry_count());
    return ctx->custom = c;
}

/* ---- forms of entities --------------------------------------------------------------------------------------------------- */

static const char *const *choices_of(struct arena *arena, struct str lines) {
    size_t n = 1, at = 0;
    for (size_t i = 0; i < lines.len; i++) n += lines.ptr[i] == '\n';
    const char **choices = arena_array(arena, const char *, n + 1);
    struct str line;
    while (str_split(&lines, '\n', &line)) choices[at++] = str_cstr(arena, line);
    return choices;
}

static void decide_kind(struct arena *arena, const struct custom_field *c, struct field_decl *d) {
    static const struct {
        const char *name;
        const struct kind *kind;
    } kinds[] = {{"text", &kind_text},     {"number", &kind_int},   {"money", &kind_money},   {"date", &kind_date},
                 {"choice", &kind_choice}, {"boolean", &kind_bool}, {"reference", &kind_ref}, {"url", &kind_url}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_eqc(c->kind, kinds[i].name)) d->kind = kinds[i].kind;
    if (d->kind == &kind_text) d->max = CUSTOM_TEXT_MOST;
    if (d->kind == &kind_int && c->digits) {
        d->kind = &kind_decimal;
        d->scale = c->digits;
    }
    if (d->kind == &kind_choice) d->choices = choices_of(arena, c->choices);
    if (d->kind == &kind_ref) {
        d->to = str_cstr(arena, c->target);
        d->on_delete = SET_NULL;
    }
}

/* `heading` is the one that stands above so far. */
static void add_field(struct arena *arena, struct entity *entity, const struct custom_field *c, const char **heading) {
    struct field_decl *d = arena_alloc(arena, sizeof *d);
    d->name = str_printf(arena, CUSTOM_PREFIX "%.*s", STR_ARG(c->name)).ptr;
    d->label = str_cstr(arena, c->label);
    d->help = c->help.len ? str_cstr(arena, c->help) : NULL;
    const char *section = c->section.len ? str_cstr(arena, c->section) : N_("Custom fields");
    d->section = *heading && strcmp(*heading, section) == 0 ? NULL : section;
    d->flags = c->required ? REQUIRED : 0;
    decide_kind(arena, c, d);
    const struct entity *to = d->to ? registry_find(str_of(d->to)) : NULL;
    if (!d->kind || (d->to && !to)) return; /* leads to what there is no more */
    *heading = section;
    struct field *f = &entity->fields[entity->field_count];
    *f = (struct field){
        .decl = d, .name = str_of(d->name), .label = str_of(d->label), .kind = d->kind, .entity = entity, .to = to};
    f->json_key = str_printf(arena, "\"%s\":", d->name);
    f->flags = d->flags;
    f->index = entity->field_count++;
    f->stored = true;
    f->custom = c->id;
    f->indexed = c->filterable && !c->unready;
    if (f->kind == &kind_money) f->pair = entity_field(entity, STR("currency"));
    /* Of an entity whose words are not found otherwise, nothing in the search knows. */
    bool searched = false;
    for (size_t i = 0; i < sizeof entity->searched.bits / sizeof *entity->searched.bits; i++)
        searched = searched || entity->searched.bits[i];
    if (searched && f->kind->searchable) field_set_add(&entity->searched, f->index);
    entity->custom_count++;
}

static const char *with_word(struct arena *arena, const char *words, const char *word) {
    return words ? str_printf(arena, "%s %s", words, word).ptr : word;
}

/* What is named in the entity's own form are its own fields. */
static const struct field *same(const struct entity *form, const struct field *f) { return f ? &form->fields[f->index] : NULL; }

static const struct entity *derive(struct custom *c, const struct entity *base) {
    struct arena *arena = c->arena;
    int count = 0;
    const char *heading = NULL;
    for (int i = 0; i < c->fields->count; i++) count += c->fields->at[i].entity == base->index;
    if (!count) return base;
    struct entity *form = arena_alloc(arena, sizeof *form);
    struct entity_decl *decl = arena_alloc(arena, sizeof *decl);
    *form = *base;
    *decl = *base->decl;
    form->decl = decl;
    form->fields = arena_array(arena, struct field, (size_t)(base->field_count + count));
    memcpy(form->fields, base->fields, (size_t)base->field_count * sizeof *form->fields);
    for (int i = 0; i < base->field_count; i++) {
        form->fields[i].entity = form;
        form->fields[i].pair = same(form, base->fields[i].pair);
    }
    for (int i = 0; i < c->fields->count && form->custom_count < ENTITY_MAX_CUSTOM; i++) {
        const struct custom_field *custom = &c->fields->at[i];
        if (custom->entity != base->index) continue;
        int before = form->custom_count;
        add_field(arena, form, custom, &heading);
        if (form->custom_count == before) continue;
        const char *name = form->fields[form->field_count - 1].decl->name;
        if (custom->in_list) decl->list = with_word(arena, decl->list ? decl->list : decl->title, name);
        if (custom->filterable) decl->filter = with_word(arena, decl->filter, name);
    }
    form->title = same(form, base->title);
    form->state = same(form, base->state);
    form->board = same(form, base->board);
    form->parent = same(form, base->parent);
    form->client = same(form, base->client);
    form->location = same(form, base->location);
    return form;
}

const struct entity *custom_entity(struct ctx *ctx, const struct entity *entity) {
    const struct actor *actor = ctx->actor;
    if (entity->custom < 0 || entity->custom_count || !ctx->tenant_id || !ctx->conn) return entity;
    if (actor->custom && actor->custom->count == 0 && actor->tenant_id == ctx->tenant_id) return entity;
    struct custom *c = custom_of(ctx);
    if (!c) return entity;
    if (!c->forms[entity->index]) c->forms[entity->index] = derive(c, entity);
    return c->forms[entity->index];
}

void custom_forget(struct ctx *ctx) {
    struct actor *actor = arena_alloc(ctx->arena, sizeof *actor);
    *actor = *ctx->actor;
    actor->custom = NULL;
    ctx->actor = actor;
    ctx->custom = NULL;
    ctx->custom_kept = NULL;
}

struct row *custom_row(struct ctx *ctx, int64_t tenant_id, struct row *row) {
    int64_t before = ctx->tenant_id;
    ctx->tenant_id = tenant_id;
    const struct entity *form = custom_entity(ctx, row->entity);
    ctx->tenant_id = before;
    if (form == row->entity) return row;
    struct row *own = row_new(ctx->arena, form);
    memcpy(own->values, row->values, (size_t)row->entity->field_count * sizeof *own->values);
    custom_read(ctx->arena, own);
    return own;
}

bool custom_may_lack(const struct ctx *ctx, const struct change *change, const struct field *f) {
    return ctx->actor->system || (change->old && value_is_null(change->old->values[f->index]));
}
