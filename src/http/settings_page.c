/* settings_page.c - the index of the settings, and the company's own page (settings_page.h). */
#include "http/settings_page.h"

#include "core/access.h"
#include "core/pack.h"
#include "core/registry.h"
#include "templates.h"

ROUTE("GET", "/settings", settings_index, RUN_READ)
ROUTE("GET", "/settings/company", settings_company, RUN_READ)
ROUTE("POST", "/settings/company", settings_company_save, RUN_WRITE)
ROUTE("GET", "/settings/packs", settings_packs, RUN_READ)
ROUTE("POST", "/settings/packs", settings_packs_save, RUN_WRITE)

/* ---- the index ------------------------------------------------------------------------------------------------------------- */

/* Which subject an entity of the settings belongs to; what is not placed here goes by what it is and its pack. */
static const char *subject_of(const struct entity *entity) {
    if (str_in_words("audit_logs sessions api_keys", entity->name)) return N_("Security and programs");
    if (str_in_words("custom_fields tags saved_views import_mappings", entity->name)) return N_("Data");
    if (entity_is(entity, ENTITY_ACCESS)) return N_("People and access");
    return strcmp(entity->decl->pack, "core") == 0 ? N_("Workspace") : NULL;
}

static bool is_listed(const struct request *req, const struct entity *entity) {
    return entity_is(entity, ENTITY_SETTINGS | ENTITY_ACCESS) &&
           !entity_is(entity, ENTITY_INTERNAL | ENTITY_GLOBAL | ENTITY_UNLISTED) && access_may(req->ctx.actor, entity, MAY_READ);
}

static void add_link(struct request *req, struct settings_view *view, struct str heading, struct settings_link link) {
    struct settings_section *section = NULL;
    for (size_t i = 0; i < view->section_count; i++)
        if (str_eq(view->sections[i].heading, heading)) section = &view->sections[i];
    if (!section) {
        section = &view->sections[view->section_count++];
        *section = (struct settings_section){.heading = heading};
        section->links = arena_array(req->ctx.arena, struct settings_link, (size_t)registry_count() + 4);
    }
    section->links[section->count++] = link;
}

static void add_entity(struct request *req, struct settings_view *view, const struct entity *entity) {
    if (!is_listed(req, entity)) return;
    struct arena *arena = req->ctx.arena;
    const char *subject = subject_of(entity);
    add_link(req, view, str_of(subject ? subject : pack_find(str_of(entity->decl->pack))->label),
             (struct settings_link){str_of(entity->decl->many), frame_list_href(arena, entity), str_of(entity->decl->help),
                                    entity->decl->icon ? entity->decl->icon : "settings"});
}

void settings_index(struct request *req, struct response *res) {
    struct arena *arena = req->ctx.arena;
    struct settings_view view = {.sections = arena_array(arena, struct settings_section, (size_t)registry_count() + 4)};
    static const char *const first[] = {"users", "roles"};
    add_link(
        req, &view, STR("You"),
        (struct settings_link){STR("Profile"), STR("/me"), STR("Your name, password, time zone and how Tenon looks."), "user"});
    add_link(req, &view, STR("Workspace"),
             (struct settings_link){STR("Company"), STR("/settings/company"),
                                    STR("Its name, country, currency, time zone and fiscal year."), "building"});
    add_link(req, &view, STR("Workspace"),
             (struct settings_link){STR("Packs"), STR("/settings/packs"), STR("The parts of Tenon that your people see."),
                                    "layers"});
    for (size_t i = 0; i < sizeof first / sizeof *first; i++) add_entity(req, &view, registry_get(first[i]));
    if (access_may(req->ctx.actor, registry_get("invitations"), MAY_READ))
        add_link(req, &view, STR("People and access"),
                 (struct settings_link){STR("Invitations"), STR("/settings/invitations"),
                                        STR("Whom you asked to join, and who came."), "mail"});
    for (int pass = 0; pass < 2; pass++) /* the packs before what is kept under the hood */
        for (int e = 0; e < registry_count(); e++) {
            const struct entity *entity = registry_at(e);
            bool under = subject_of(entity) && strcmp(subject_of(entity), "People and access") != 0;
            if (under == (pass == 1) && !str_in_words("users roles", entity->name)) add_entity(req, &view, entity);
        }
    add_link(req, &view, STR("Security and programs"),
             (struct settings_link){STR(N_("API")), STR("/docs/api"),
                                    STR("Every record as JSON: addresses, fields and examples."), "bolt"});
    struct page *page = frame_open(req, STR("Settings"), "settings");
    tpl_settings(&res->body, page, &view);
    frame_answer(req, res, 200);
}

/* ---- forms of one's own ---------------------------------------------------------------------------------------------------- */

/* The languages that there are, by what each calls itself; empty where the company's counts. */
static void choose_language(struct arena *arena, struct input *in) {
    size_t n = 0;
    while (lang_known((int)n)) n++;
    struct choice *all = arena_array(arena, struct choice, n + 2);
    const struct lang *now = lang_find(in->value);
    in->kind = INPUT_SELECT;
    in->choices = all;
    if (!in->required) all[in->choice_count++] = (struct choice){STR(""), STR("As the company"), !in->value.len};
    all[in->choice_count++] = (struct choice){STR("en"), str_of("English"), in->value.len && !now};
    for (size_t i = 0; i < n; i++) {
        const struct lang *lang = lang_known((int)i);
        all[in->choice_count++] = (struct choice){str_of(lang->tag), str_of(lang->name), lang == now};
    }
}

struct form_section *settings_sections(struct request *req, const struct entity *entity, const struct row *row,
                                       const struct params *typed, const char *const *headings, const char *const *words,
                                       size_t count) {
    struct arena *arena = req->ctx.arena;
    struct form_section *sections = arena_array(arena, struct form_section, count);
    for (size_t i = 0; i < count; i++) {
        struct str rest = str_of(words[i]), word;
        sections[i].heading = str_of(headings[i]);
        sections[i].inputs = arena_array(arena, struct input, (size_t)entity->field_count);
        while (str_word(&rest, &word)) {
            struct input *in = &sections[i].inputs[sections[i].count++];
            *in = form_input(req, entity_field(entity, word), row, typed, &req->ctx.errors);
            if (str_eqc(word, "language")) choose_language(arena, in);
        }
    }
    return sections;
}

static const char *const company_headings[] = {N_("Company"), N_("Region")};
static const char *const company_words[] = {"name email phone website industry tax_number",
                                            "country currency timezone language fiscal_month fiscal_day"};
#define COMPANY_SECTIONS (sizeof company_words / sizeof *company_words)

/* The asker's company; NULL where they may not see it, which is then answered. */
static const struct row *own_tenant(struct request *req, struct response *res) {
    const struct row *row = query_one(&req->ctx, registry_get("tenants"), req->ctx.tenant_id, MAY_READ, false);
    if (row) return row;
    if (!req->ctx.errors.count) errors_add(&req->ctx.errors, 403, "forbidden", NULL, "You may not see the company's settings.");
    respond_errors(req, res);
    return NULL;
}

/* Saves the asker's company and says so, or shows the form again with what was typed. */
static void own_saved(struct request *req, struct response *res, struct repo_input *in, const char *path,
                      void (*show)(struct request *req, struct response *res, const struct params *typed, int status)) {
    if (repo_update(in, req->ctx.tenant_id))
        frame_done(req, res, str_of(path), "saved", 0);
    else if (errors_status(&req->ctx.errors) == 422 || errors_status(&req->ctx.errors) == 412)
        show(req, res, &req->form, errors_status(&req->ctx.errors) == 412 ? 409 : 422);
    else
        respond_errors(req, res);
}

static void show_company(struct request *req, struct response *res, const struct params *typed, int status) {
    const struct entity *tenants = registry_get("tenants");
    const struct row *row = own_tenant(req, res);
    if (!row) return;
    struct own_view view = {.action = STR("/settings/company"),
                            .submit = STR("Save"),
                            .errors = &req->ctx.errors,
                            .section_count = COMPANY_SECTIONS,
                            .version = row_int(row, "version"),
                            .fixed = !req->ctx.actor->admin};
    view.sections = settings_sections(req, tenants, row, typed, company_headings, company_words, COMPANY_SECTIONS);
    for (size_t s = 0; view.fixed && s < view.section_count; s++)
        for (size_t i = 0; i < view.sections[s].count; i++) view.sections[s].inputs[i].read_only = true;
    struct page *page = frame_open(req, STR("Company"), "settings");
    frame_crumb(req, page, STR("Settings"), STR("/settings"));
    tpl_own_form(&res->body, page, &view);
    frame_answer(req, res, status);
}

void settings_company(struct request *req, struct response *res) { show_company(req, res, NULL, 200); }

void settings_company_save(struct request *req, struct response *res) {
    struct repo_input in = repo_input(&req->ctx, registry_get("tenants"), req->ctx.tenant_id);
    str_to_int(request_form(req, "version"), &in.if_version);
    for (int i = 0; i < req->form.count; i++)
        for (size_t s = 0; s < COMPANY_SECTIONS; s++)
            if (str_in_words(company_words[s], req->form.at[i].name))
                repo_input_text(&in, req->form.at[i].name, req->form.at[i].value);
    own_saved(req, res, &in, "/settings/company", show_company);
}

/* ---- packs ---------------------------------------------------------------------------------------------------------------- */

/* What it is for and how much is in it. */
static struct str pack_records(struct request *req, const struct pack *pack) {
    struct buf b = buf_new(req->ctx.arena, 256);
    buf_printf(&b, "%s ", lang_cstr(req->ctx.arena, pack->help));
    int count = 0;
    for (int e = 0; e < registry_count(); e++) {
        const struct entity *entity = registry_at(e);
        count += strcmp(entity->decl->pack, pack->name) == 0 && !entity_is(entity, ENTITY_INTERNAL);
    }
    buf_add(&b, lang_count(b.arena, count, "%lld kind of records.", "%lld kinds of records."));
    return buf_str(&b);
}

static bool is_typed(const struct params *typed, const char *pack) {
    for (int i = 0; typed && i < typed->count; i++)
        if (str_eqc(typed->at[i].name, "packs") && str_eqc(typed->at[i].value, pack)) return true;
    return false;
}

static bool is_on(struct request *req, const struct row *tenant, const char *pack) {
    struct errors ignored = {.arena = req->ctx.arena};
    struct str stored = row_text(tenant, "packs");
    const struct json *on = stored.len ? json_parse(req->ctx.arena, stored, &ignored) : NULL;
    for (size_t i = 0; json_type(on) == JSON_T_ARRAY && i < json_count(on); i++)
        if (str_eqc(json_text(json_at(on, i)), pack)) return true;
    return false;
}

static void show_packs(struct request *req, struct response *res, const struct params *typed, int status) {
    const struct row *tenant = own_tenant(req, res);
    if (!tenant) return;
    struct form_section section = {.heading = STR("Switched on")};
    section.inputs = arena_array(req->ctx.arena, struct input, (size_t)pack_count());
    for (const struct pack *pack = packs; pack->name; pack++)
        section.inputs[section.count++] = (struct input){.kind = INPUT_CHECK,
                                                         .name = STR("packs"),
                                                         .value = str_of(pack->name),
                                                         .label = str_of(pack->label),
                                                         .hint = pack_records(req, pack),
                                                         .read_only = !req->ctx.actor->admin,
                                                         .checked = typed ? is_typed(typed, pack->name)
                                                                          : is_on(req, tenant, pack->name)};
    struct own_view view = {.action = STR("/settings/packs"),
                            .submit = STR("Save"),
                            .errors = &req->ctx.errors,
                            .sections = &section,
                            .section_count = 1,
                            .version = row_int(tenant, "version"),
                            .fixed = !req->ctx.actor->admin};
    struct page *page = frame_open(req, STR("Packs"), "settings");
    frame_crumb(req, page, STR("Settings"), STR("/settings"));
    tpl_own_form(&res->body, page, &view);
    frame_answer(req, res, status);
}

void settings_packs(struct request *req, struct response *res) { show_packs(req, res, NULL, 200); }

void settings_packs_save(struct request *req, struct response *res) {
    struct repo_input in = repo_input(&req->ctx, registry_get("tenants"), req->ctx.tenant_id);
    str_to_int(request_form(req, "version"), &in.if_version);
    struct buf on = buf_new(req->ctx.arena, 128);
    for (const struct pack *pack = packs; pack->name; pack++)
        if (is_typed(&req->form, pack->name)) buf_printf(&on, "%s%s", on.len ? ", " : "", pack->name);
    repo_input_text(&in, STR("packs"), buf_str(&on));
    own_saved(req, res, &in, "/settings/packs", show_packs);
}
