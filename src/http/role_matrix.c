/* role_matrix.c - what people with a role may do (role_matrix.h). */
#include "http/role_matrix.h"

#include "base/text.h"
#include "core/access.h"
#include "core/change_set.h"
#include "core/pack.h"
#include "core/registry.h"
#include "http/frame.h"

const char *const role_matrix_columns[ROLE_MATRIX_COLUMNS] = {N_("See"), N_("Create"), N_("Edit"), N_("Delete"), N_("Export")};
static const enum access_action asked[ROLE_MATRIX_COLUMNS] = {MAY_READ, MAY_CREATE, MAY_UPDATE, MAY_DELETE, MAY_EXPORT};

const struct role_level role_levels[ROLE_LEVELS] = {{"", N_("None"), ""},
                                                    {"own", N_("Own"), "own"},
                                                    {"location", N_("Branch"), "team"},
                                                    {"client", N_("Clients'"), "team"},
                                                    {"all", N_("All"), "all"}};

/* "None" of records; elsewhere it says that nobody told. */
struct str role_level_label(struct arena *arena, int level) {
    struct str label = str_of(role_levels[level].label);
    return level == SCOPE_NONE ? lang_word(arena, "choice", label) : lang_str(arena, label);
}

struct grant {
    struct str resource, action;
    int64_t id;
    int level;
};
struct grants {
    struct grant *at;
    size_t count;
};

static int level_named(struct str name) {
    for (int i = 1; i < ROLE_LEVELS; i++)
        if (str_eqc(name, role_levels[i].name)) return i;
    return 0;
}

static bool read_grants(struct request *req, int64_t role, struct grants *grants) {
    struct arena *arena = req->ctx.arena;
    struct db_stmt *s = sql_query(&req->ctx,
                                  "SELECT resource, action, scope, id FROM role_permissions WHERE tenant_id = :tenant "
                                  "AND role_id = :role AND deleted_at IS NULL ORDER BY resource, action",
                                  ARGS({":role", value_int(role)}));
    if (!s) return false;
    while (db_step(s) == DB_ROW) {
        struct grant grant = {.resource = str_dup(arena, db_text(s, 0)),
                              .action = str_dup(arena, db_text(s, 1)),
                              .id = db_int(s, 3),
                              .level = level_named(db_text(s, 2))};
        grants->at = arena_room(arena, grants->at, grants->count, sizeof *grants->at);
        grants->at[grants->count++] = grant;
    }
    db_reset(s);
    return true;
}

static const struct grant *grant_of(const struct grants *grants, struct str resource, struct str action) {
    for (size_t i = 0; i < grants->count; i++)
        if (str_eq(grants->at[i].resource, resource) && str_eq(grants->at[i].action, action)) return &grants->at[i];
    return NULL;
}

/* One kind of records, or with "*" all; false where nothing is said of it. */
static bool line_of(struct request *req, const struct grants *grants, struct str resource, struct role_line *line) {
    struct buf also = buf_new(req->ctx.arena, 48);
    bool said = false;
    for (size_t i = 0; i < grants->count; i++) {
        const struct grant *grant = &grants->at[i];
        bool any = str_eqc(grant->action, "*"), known = any;
        if (!str_eq(grant->resource, resource)) continue;
        said = true;
        for (int c = 0; c < ROLE_MATRIX_COLUMNS; c++) {
            if (!any && !str_eqc(grant->action, access_action_names[asked[c]])) continue;
            known = true;
            if (grant->level > line->cells[c].level) line->cells[c].level = grant->level;
        }
        if (known) continue;
        if (also.len) buf_lit(&also, ", ");
        buf_add(&also, lang_inside(req->ctx.arena, text_humanize(req->ctx.arena, grant->action)));
    }
    line->also = buf_str(&also);
    return said;
}

/* Nothing is done to these records that way. */
static bool never(const struct entity *entity, enum access_action action) {
    if (action == MAY_READ || action == MAY_EXPORT) return false;
    return entity_is(entity, ENTITY_READ_ONLY) || (action != MAY_CREATE && entity_is(entity, ENTITY_APPEND_ONLY));
}

/* Reaches that mean something for these records, and that whoever asks has themselves: nobody allows more than they may. */
static unsigned offers(const struct request *req, const struct entity *entity, enum access_action action, int now) {
    enum scope mine = access_scope(req->ctx.actor, entity, action);
    bool far = entity->parent != NULL;
    unsigned offered = 1u << SCOPE_NONE | 1u << now;
    if (never(entity, action) || !mine) return offered;
    offered |= 1u << SCOPE_OWN | 1u << mine;
    if (mine == SCOPE_ALL && (far || entity->location)) offered |= 1u << SCOPE_LOCATION;
    if (mine == SCOPE_ALL && (far || entity->client)) offered |= 1u << SCOPE_CLIENT;
    return offered;
}

/* What a permission of all that can be done says is not taken apart here. */
static void let_choose(struct request *req, const struct grants *grants, const struct entity *entity, struct role_line *line) {
    if (grant_of(grants, entity->name, STR("*"))) return;
    for (int c = 0; c < ROLE_MATRIX_COLUMNS; c++) {
        struct role_cell *cell = &line->cells[c];
        cell->offered = offers(req, entity, asked[c], cell->level);
        if (cell->offered != 1u << SCOPE_NONE)
            cell->field = str_printf(req->ctx.arena, "%s.%s.%s", entity->decl->name, access_action_names[asked[c]],
                                     role_levels[cell->level].name);
    }
}

static void add_part(struct request *req, struct role_matrix *matrix, const struct grants *grants, const char *pack,
                     struct role_part part) {
    const struct entity *entity;
    part.lines = arena_array(req->ctx.arena, struct role_line, (size_t)registry_count());
    for (int i = 0; (entity = frame_in_order(i)); i++) {
        struct role_line *line = &part.lines[part.count];
        if (strcmp(entity->decl->pack, pack) != 0) continue;
        bool said = line_of(req, grants, entity->name, line);
        if (!said && !(matrix->action.len && access_may(req->ctx.actor, entity, MAY_READ))) continue;
        if (matrix->action.len) let_choose(req, grants, entity, line);
        line->label = str_of(entity->decl->many);
        part.count++;
    }
    if (part.count) matrix->parts[matrix->count++] = part;
}

/* Administrators stay as they are, and what is said of all kinds of records together is changed in the list of permissions. */
static bool changeable(struct request *req, const struct entity *permissions, const struct row *row, bool of_all) {
    const struct actor *actor = req->ctx.actor;
    return !of_all && row_null(row, "deleted_at") && !str_eqc(row_text(row, "name"), "tenant_admin") &&
           access_may(actor, permissions, MAY_CREATE) && access_may(actor, permissions, MAY_UPDATE) &&
           access_may(actor, permissions, MAY_DELETE);
}

struct role_matrix role_matrix_of(struct request *req, const struct row *row) {
    struct role_matrix matrix = {.count = 0};
    struct grants grants = {.count = 0};
    const struct entity *permissions = registry_find(STR("role_permissions"));
    if (!str_eqc(row->entity->name, "roles") || !permissions || !access_may(req->ctx.actor, permissions, MAY_READ)) return matrix;
    if (!read_grants(req, row_id(row), &grants)) return matrix;
    matrix.parts = arena_array(req->ctx.arena, struct role_part, (size_t)pack_count() + 2);
    struct role_part all = {.label = STR("Everything"), .icon = "layers", .count = 1};
    all.lines = arena_array(req->ctx.arena, struct role_line, 1);
    all.lines->label = STR("All records");
    bool of_all = line_of(req, &grants, STR("*"), all.lines);
    if (of_all) matrix.parts[matrix.count++] = all;
    if (changeable(req, permissions, row, of_all))
        matrix.action = str_printf(req->ctx.arena, "/roles/%lld/rights", (long long)row_id(row));
    for (const struct pack *pack = packs; pack->name; pack++)
        add_part(req, &matrix, &grants, pack->name, (struct role_part){.label = str_of(pack->label), .icon = pack->icon});
    add_part(req, &matrix, &grants, "core", (struct role_part){.label = STR("Workspace"), .icon = "building"});
    matrix.href = str_printf(req->ctx.arena, "/role_permissions?filter[role_id]=%lld", (long long)row_id(row));
    return matrix;
}

/* ---- saving ---------------------------------------------------------------------------------------------------------------- */

struct wish {
    struct str resource, action, was, is;
};

/* False for what is no cell of the matrix, and for a cell that was left as it was. */
static bool wish_of(const struct param *p, struct wish *wish) {
    struct str rest = p->name;
    *wish = (struct wish){.is = p->value};
    if (str_index(rest, '.') < 0 || !str_split(&rest, '.', &wish->resource)) return false;
    if (!str_split(&rest, '.', &wish->action)) return false;
    wish->was = rest;
    return !str_eq(wish->was, wish->is);
}

static bool grant_wish(struct request *req, const struct grants *grants, const struct wish *wish) {
    const struct entity *permissions = registry_get("role_permissions");
    const struct grant *grant = grant_of(grants, wish->resource, wish->action);
    struct str now = str_of(role_levels[grant ? grant->level : 0].name);
    if (!str_eq(now, wish->was))
        return errors_add(&req->ctx.errors, 409, "conflict", NULL,
                          "Somebody else has changed what this role may do meanwhile. Load it again.");
    if (grant && !wish->is.len) return repo_delete(&req->ctx, permissions, grant->id, 0);
    struct repo_input in = repo_input(&req->ctx, permissions, grant ? grant->id : 0);
    if (!repo_input_text(&in, STR("scope"), wish->is)) return false;
    if (grant) return repo_update(&in, grant->id) != NULL;
    repo_input_value(&in, "role_id", value_int(req->id));
    repo_input_value(&in, "resource", value_text(wish->resource));
    repo_input_value(&in, "action", value_text(wish->action));
    return repo_create(&in) != NULL;
}

static bool grant_all(struct request *req, const struct row *role) {
    struct ctx *ctx = &req->ctx;
    struct grants grants = {.count = 0};
    struct wish wish;
    int64_t count = 0, set = 0;
    struct str summary = lang_printf(ctx->arena, "Permissions of %.*s", STR_ARG(row_title(ctx->arena, role)));
    if (!read_grants(req, req->id, &grants)) return false;
    for (int i = 0; i < req->form.count; i++) {
        if (!wish_of(&req->form.at[i], &wish)) continue;
        if (!set && !(set = change_set_begin(ctx, "bulk", registry_get("role_permissions"), summary))) return false;
        if (!grant_wish(req, &grants, &wish)) return false;
        count++;
    }
    return !set || change_set_end(ctx, set, count);
}

ROUTE("POST", "/roles/{id}/rights", role_matrix_save, RUN_WRITE)
void role_matrix_save(struct request *req, struct response *res) {
    const struct entity *roles = registry_get("roles");
    const struct row *role = query_one(&req->ctx, roles, req->id, MAY_READ, false);
    if (!role && !req->ctx.errors.count)
        errors_add(&req->ctx.errors, 404, "not_found", NULL, "There is no such role, or you may not see it.");
    if (role && grant_all(req, role))
        frame_done(req, res, frame_record_href(req->ctx.arena, roles, req->id), "saved", req->ctx.ended_set_id);
    else
        respond_errors(req, res);
}
