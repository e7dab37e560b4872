/* docs_page.c - the API for people to read (docs_page.h). */
#include "http/docs_page.h"

#include "core/custom.h"
#include "core/kind.h"
#include "core/merge.h"
#include "core/query.h"
#include "core/registry.h"
#include "http/server.h"
#include "templates.h"

ROUTE("GET", "/docs/api", docs_index_page, RUN_READ | PUBLIC)
ROUTE("GET", "/docs/api/{name}", docs_entity_page, RUN_READ | PUBLIC)

#define EXAMPLE_FIELDS 5

static bool served(const struct entity *entity) { return !entity_is(entity, ENTITY_INTERNAL); }
static bool shown(const struct field *f) { return !(f->flags & HIDDEN) && (f->stored || f->flags & TRANSIENT); }
static bool writable(const struct field *f) { return shown(f) && !(f->flags & (READ_ONLY | IMPLICIT)); }

static struct str base_of(struct request *req) {
    return str_printf(req->ctx.arena, "%.*s/api/v1", STR_ARG(server_options(req->server)->public_url));
}

static struct page *open_page(struct request *req, struct str title, bool *inside) {
    *inside = req->ctx.actor->user_id != 0;
    return *inside ? frame_open(req, title, "settings") : frame_bare(req, title);
}

/* ---- the index ------------------------------------------------------------------------------------------------------------- */

static bool holds(struct arena *arena, const char *text, struct str word) {
    return text && str_find(str_lower(arena, str_of(text)), word) >= 0;
}

static bool matches(struct arena *arena, const struct entity *entity, struct str word) {
    const struct entity_decl *d = entity->decl;
    if (!word.len || holds(arena, d->name, word) || holds(arena, d->many, word) || holds(arena, d->help, word)) return true;
    for (int i = 0; i < entity->field_count; i++)
        if (shown(&entity->fields[i]) &&
            (holds(arena, entity->fields[i].decl->name, word) || holds(arena, entity->fields[i].decl->label, word)))
            return true;
    return false;
}

void docs_index_page(struct request *req, struct response *res) {
    struct arena *arena = req->ctx.arena;
    struct docs_index view = {.base = base_of(req), .words = str_slice(str_trim(request_arg(req, "q")), 0, 100)};
    view.entities = arena_array(arena, struct docs_entity, (size_t)registry_count());
    struct str word = str_lower(arena, view.words);
    for (int e = 0; e < registry_count(); e++) {
        const struct entity *entity = registry_at(e);
        if (!served(entity) || !matches(arena, entity, word)) continue;
        struct docs_entity *d = &view.entities[view.entity_count++];
        *d = (struct docs_entity){.name = entity->name,
                                  .label = str_of(entity->decl->many),
                                  .help = str_of(entity->decl->help),
                                  .href = str_printf(arena, "/docs/api/%s", entity->decl->name),
                                  .icon = entity->decl->icon ? entity->decl->icon : "table",
                                  .actions = entity->decl->action_count};
        for (int i = 0; i < entity->field_count; i++) d->fields += shown(&entity->fields[i]);
    }
    struct page *page = open_page(req, STR("API"), &view.inside);
    if (view.inside) frame_crumb(req, page, STR("Settings"), STR("/settings"));
    tpl_docs_index(&res->body, page, &view);
    frame_answer(req, res, 200);
}

/* ---- one entity: its addresses --------------------------------------------------------------------------------------------- */

static void add_path(struct docs_view *view, const char *method, struct str path, struct str what) {
    const char *hue = strcmp(method, "GET") == 0     ? "blue"
                      : strcmp(method, "POST") == 0  ? "green"
                      : strcmp(method, "PATCH") == 0 ? "amber"
                                                     : "red";
    view->paths[view->path_count++] = (struct docs_path){method, hue, path, what};
}

static void fill_changes(struct arena *arena, struct docs_view *view, const char *name) {
    const struct entity *entity = view->entity;
    bool upload = entity_is(entity, ENTITY_UPLOAD);
    add_path(view, "POST", str_printf(arena, "/%s", name),
             upload ? STR("Upload one, as multipart/form-data") : STR("Create one"));
    if (upload) add_path(view, "GET", str_printf(arena, "/%s/{id}/content", name), STR("Download its content"));
    if (upload) add_path(view, "GET", str_printf(arena, "/%s/{id}/thumbnail", name), STR("A small JPEG of a picture"));
    if (entity_is(entity, ENTITY_APPEND_ONLY)) return;
    add_path(view, "PATCH", str_printf(arena, "/%s/{id}", name),
             STR("Change what is sent, keep the rest; If-Match guards against others' changes"));
    add_path(view, "DELETE", str_printf(arena, "/%s/{id}", name), STR("Delete; Change-Set-Id names what undo takes back"));
    if (entity->deleted_at >= 0)
        add_path(view, "POST", str_printf(arena, "/%s/{id}/restore", name), STR("Take one out of the bin"));
    add_path(view, "POST", str_printf(arena, "/%s/bulk", name), STR("Change or delete many at once"));
    if (merge_possible(entity)) {
        add_path(view, "GET", str_printf(arena, "/%s/duplicates", name), STR("Groups of records that may be the same"));
        add_path(view, "POST", str_printf(arena, "/%s/{id}/merge", name), STR("Merge another one into it; takes with, take"));
    }
    for (int i = 0; i < entity->decl->action_count; i++) {
        const struct action_decl *a = &entity->decl->actions[i];
        struct str takes = a->input ? str_printf(arena, "%s; takes %s", a->label, a->input) : str_of(a->label);
        add_path(view, "POST", str_printf(arena, "/%s/{id}/%s", name, a->name), takes);
    }
}

static void fill_paths(struct arena *arena, struct docs_view *view) {
    const struct entity *entity = view->entity;
    const char *name = entity->decl->name;
    view->paths = arena_array(arena, struct docs_path, (size_t)entity->decl->action_count + (size_t)registry_count() + 10);
    add_path(view, "GET", str_printf(arena, "/%s", name), STR("List, filter, search and sort"));
    add_path(view, "GET", str_printf(arena, "/%s/{id}", name), STR("Get one"));
    if (!entity_is(entity, ENTITY_READ_ONLY)) fill_changes(arena, view, name);
    if (str_eqc(entity->name, "invitations")) {
        add_path(view, "POST", STR("/invitations"), STR("Invite somebody; takes email, name, role_id, location_id"));
        add_path(view, "POST", STR("/invitations/{id}/renew"), STR("A new link in place of the old one"));
        add_path(view, "POST", STR("/invitations/{id}/revoke"), STR("Its link is worth nothing any more"));
        add_path(view, "POST", STR("/join"), STR("Join by a link; takes token, name, password"));
    }
    const struct field *f;
    for (int i = 0; (f = registry_referrer(entity, i)); i++)
        if (served(f->entity) && f->entity != entity && f->entity->parent == f)
            add_path(view, "GET", str_printf(arena, "/%s/{id}/%s", name, f->entity->decl->name), str_of(f->entity->decl->many));
}

/* ---- its fields ------------------------------------------------------------------------------------------------------------ */

static void add_note(struct buf *b, struct str note) {
    if (!note.len) return;
    if (b->len) buf_char(b, ' ');
    buf_add(b, note);
    if (note.ptr[note.len - 1] != '.') buf_char(b, '.');
}

static struct str notes_of(struct arena *arena, const struct field *f) {
    struct buf b = buf_new(arena, 96), list = buf_new(arena, 96);
    add_note(&b, str_of(f->decl->help));
    for (int i = 0; f->decl->choices && f->decl->choices[i]; i++)
        buf_printf(&list, "%s%s", i ? ", " : "One of ", f->decl->choices[i]);
    add_note(&b, buf_str(&list));
    if (f->custom) add_note(&b, str_printf(arena, "In custom_fields as %.*s", STR_ARG(custom_name(f))));
    if (f->to) add_note(&b, str_printf(arena, "The id of one of %s", f->to->decl->name));
    if (f->decl->subjects) add_note(&b, str_printf(arena, "One of %s", f->decl->subjects));
    if (kind_is_text(f->kind) && f->decl->max && !f->decl->choices)
        add_note(&b, str_printf(arena, "At most %lld characters", (long long)f->decl->max));
    if (f->kind == &kind_int && f->decl->max)
        add_note(&b, str_printf(arena, "%lld to %lld", (long long)f->decl->min, (long long)f->decl->max));
    if (f->decl->initial) add_note(&b, str_printf(arena, "%s where not given", f->decl->initial));
    if (f->flags & IMMUTABLE) add_note(&b, STR("Given once, never changed"));
    return buf_str(&b);
}

static struct str operators_of(struct arena *arena, const struct field *f) {
    struct buf b = buf_new(arena, 48);
    if (!f->stored) return STR("");
    for (int op = 0; op < OP_COUNT; op++) {
        if (op != OP_NULL && !(f->kind->ops & OPS(op))) continue;
        if (b.len) buf_char(&b, ' ');
        buf_cstr(&b, query_op_name((enum op)op));
    }
    return buf_str(&b);
}

static void fill_fields(struct arena *arena, struct docs_view *view) {
    const struct entity *entity = view->entity;
    view->fields = arena_array(arena, struct docs_field, (size_t)entity->field_count);
    for (int i = 0; i < entity->field_count; i++) {
        const struct field *f = &entity->fields[i];
        if (!shown(f)) continue;
        view->fields[view->field_count++] = (struct docs_field){.name = f->name,
                                                                .label = f->label,
                                                                .kind = str_of(f->kind->name),
                                                                .notes = notes_of(arena, f),
                                                                .operators = operators_of(arena, f),
                                                                .required = (f->flags & REQUIRED) != 0 && writable(f),
                                                                .read_only = (f->flags & (READ_ONLY | IMPLICIT)) != 0,
                                                                .write_only = (f->flags & TRANSIENT) != 0};
    }
}

/* ---- examples -------------------------------------------------------------------------------------------------------------- */

static void write_sample(struct buf *b, const struct field *f) {
    static const struct {
        const struct kind *kind;
        const char *json;
    } samples[] = {{&kind_email, "\"zoe@example.com\""},
                   {&kind_phone, "\"+61 2 9374 4000\""},
                   {&kind_url, "\"https://example.com\""},
                   {&kind_money, "\"1250.00\""},
                   {&kind_decimal, "\"1.5\""},
                   {&kind_percent, "\"12.5\""},
                   {&kind_bool, "true"},
                   {&kind_date, "\"2026-11-30\""},
                   {&kind_time, "\"2026-11-30T09:00:00Z\""},
                   {&kind_duration, "30"},
                   {&kind_tags, "[\"important\"]"},
                   {&kind_color, "\"#3366cc\""},
                   {&kind_ref, "746971008827392"},
                   {&kind_subject_id, "746971008827392"},
                   {&kind_json, "{}"}};
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        if (f->kind != samples[i].kind) continue;
        buf_cstr(b, samples[i].json);
        return;
    }
    if (f->kind == &kind_int)
        buf_int(b, f->decl->max ? f->decl->max < 10 ? f->decl->max : 10 : 10);
    else if (f->kind == &kind_choices)
        buf_printf(b, "[\"%s\"]", f->decl->choices[0]);
    else if (f->decl->choices)
        buf_printf(b, "\"%s\"", f->decl->choices[0]);
    else if (f->decl->subjects) {
        struct str rest = str_of(f->decl->subjects), first;
        str_word(&rest, &first);
        buf_json(b, first);
    } else if (f->decl->initial && !field_starts_usual(f))
        buf_json(b, str_of(f->decl->initial));
    else
        buf_json(b, str_eqc(f->name, "name") ? STR("Meridian") : f->label);
}

/* What must be given, then what its list shows first. */
static struct str sample_body(struct arena *arena, const struct entity *entity, bool change) {
    struct buf b = buf_new(arena, 128);
    int count = 0;
    for (int pass = change ? 1 : 0; pass < 2; pass++)
        for (int i = 0; i < entity->field_count && count < (change ? 1 : EXAMPLE_FIELDS); i++) {
            const struct field *f = &entity->fields[i];
            bool must = f->flags & REQUIRED && !f->decl->initial, in_list = str_in_words(entity->decl->list, f->name);
            if (!writable(f) || f->custom || (pass == 0 ? !must : must || !in_list) || (change && f->flags & IMMUTABLE)) continue;
            buf_printf(&b, "%s\"%s\": ", count++ ? ", " : "", f->decl->name);
            write_sample(&b, f);
        }
    return buf_str(&b);
}

static void add_example(struct docs_view *view, const char *what, struct str command) {
    view->examples[view->example_count++] = (struct docs_example){str_of(what), command};
}

#define CURL "curl -H \"Authorization: Bearer $TOKEN\" "
static void fill_examples(struct arena *arena, struct docs_view *view) {
    const struct entity *entity = view->entity;
    const char *name = entity->decl->name;
    const char *sort = entity->decl->sort ? entity->decl->sort : "-created_at";
    add_example(view, "A page of them", str_printf(arena, CURL "'%.*s/%s?limit=20&sort=%s'", STR_ARG(view->base), name, sort));
    if (entity->decl->search)
        add_example(view, "Those that hold a word", str_printf(arena, CURL "'%.*s/%s?q=meridian'", STR_ARG(view->base), name));
    if (str_eqc(entity->name, "invitations"))
        add_example(view, "Invite somebody",
                    str_printf(arena, CURL "-H 'Content-Type: application/json' \\\n  -d '{%s}' %.*s/%s",
                               "\"email\": \"zoe@example.com\"", STR_ARG(view->base), name));
    if (entity_is(entity, ENTITY_READ_ONLY)) return;
    if (entity_is(entity, ENTITY_UPLOAD)) {
        add_example(view, "Upload one",
                    str_printf(arena, CURL "-F file=@plan.pdf -F subject_type=leads -F subject_id=746971008827392 %.*s/%s",
                               STR_ARG(view->base), name));
        add_example(view, "Download it",
                    str_printf(arena, CURL "-OJ %.*s/%s/746971008827392/content", STR_ARG(view->base), name));
    } else {
        add_example(view, "Create one",
                    str_printf(arena, CURL "-H 'Content-Type: application/json' \\\n  -d '{%.*s}' %.*s/%s",
                               STR_ARG(sample_body(arena, entity, false)), STR_ARG(view->base), name));
    }
    if (entity_is(entity, ENTITY_APPEND_ONLY)) return;
    struct str change = sample_body(arena, entity, true);
    if (change.len)
        add_example(
            view, "Change one, unless somebody else did",
            str_printf(
                arena,
                CURL
                "-X PATCH -H 'If-Match: \"1\"' -H 'Content-Type: application/json' \\\n  -d '{%.*s}' %.*s/%s/746971008827392",
                STR_ARG(change), STR_ARG(view->base), name));
}

void docs_entity_page(struct request *req, struct response *res) {
    struct arena *arena = req->ctx.arena;
    struct docs_view view = {.base = base_of(req), .entity = registry_find(request_capture(req, "name"))};
    if (view.entity) view.entity = custom_entity(&req->ctx, view.entity);
    if (!view.entity || !served(view.entity)) {
        errors_add(&req->ctx.errors, 404, "not_found", NULL, "The API has no such records.");
        respond_errors(req, res);
        return;
    }
    view.help = str_of(view.entity->decl->help);
    fill_paths(arena, &view);
    fill_fields(arena, &view);
    fill_examples(arena, &view);
    struct page *page = open_page(req, str_of(view.entity->decl->many), &view.inside);
    if (view.inside) frame_crumb(req, page, STR("Settings"), STR("/settings"));
    frame_crumb(req, page, STR("API"), STR("/docs/api"));
    tpl_docs_entity(&res->body, page, &view);
    frame_answer(req, res, 200);
}
