/* role_matrix.c - what people with a role may do (role_matrix.h). */
#include "http/role_matrix.h"

#include "base/text.h"
#include "core/access.h"
#include "core/pack.h"
#include "core/registry.h"
#include "http/frame.h"

const char *const role_matrix_columns[ROLE_MATRIX_COLUMNS] = {N_("See"), N_("Create"), N_("Edit"), N_("Delete"), N_("Export")};
static const char *const actions[ROLE_MATRIX_COLUMNS] = {"read", "create", "update", "delete", "export"};

struct grant {
    struct str resource, action;
    int reach;
};
struct grants {
    struct grant *at;
    size_t count;
};

/* As enum scope counts them. */
static const struct {
    const char *name;
    struct role_cell cell;
} reaches[] = {{"", {N_("None"), ""}},
               {"own", {N_("Own"), "own"}},
               {"location", {N_("Branch"), "team"}},
               {"client", {N_("Clients'"), "team"}},
               {"all", {N_("All"), "all"}}};
#define REACHES ((int)(sizeof reaches / sizeof *reaches))

static bool read_grants(struct request *req, int64_t role, struct grants *grants) {
    struct arena *arena = req->ctx.arena;
    struct db_stmt *s = sql_query(&req->ctx,
                                  "SELECT resource, action, scope FROM role_permissions WHERE tenant_id = :tenant "
                                  "AND role_id = :role AND deleted_at IS NULL ORDER BY resource, action",
                                  ARGS({":role", value_int(role)}));
    if (!s) return false;
    while (db_step(s) == DB_ROW) {
        struct grant grant = {str_dup(arena, db_text(s, 0)), str_dup(arena, db_text(s, 1)), 0};
        for (int i = 1; i < REACHES; i++)
            if (str_eqc(db_text(s, 2), reaches[i].name)) grant.reach = i;
        grants->at = arena_room(arena, grants->at, grants->count, sizeof *grants->at);
        grants->at[grants->count++] = grant;
    }
    db_reset(s);
    return true;
}

/* One kind of records, or with "*" all; false where nothing is said of it. */
static bool line_of(struct request *req, const struct grants *grants, struct str resource, struct role_line *line) {
    struct buf also = buf_new(req->ctx.arena, 48);
    int reach[ROLE_MATRIX_COLUMNS] = {0};
    bool said = false;
    for (size_t i = 0; i < grants->count; i++) {
        const struct grant *grant = &grants->at[i];
        bool any = str_eqc(grant->action, "*"), known = any;
        if (!str_eq(grant->resource, resource)) continue;
        said = true;
        for (int c = 0; c < ROLE_MATRIX_COLUMNS; c++) {
            if (!any && !str_eqc(grant->action, actions[c])) continue;
            known = true;
            if (grant->reach > reach[c]) reach[c] = grant->reach;
        }
        if (known) continue;
        if (also.len) buf_lit(&also, ", ");
        buf_add(&also, lang_inside(req->ctx.arena, text_humanize(req->ctx.arena, grant->action)));
    }
    for (int c = 0; c < ROLE_MATRIX_COLUMNS; c++) line->cells[c] = reaches[reach[c]].cell;
    line->also = buf_str(&also);
    return said;
}

static void add_part(struct request *req, struct role_matrix *matrix, const struct grants *grants, const char *pack,
                     struct role_part part) {
    const struct entity *entity;
    part.lines = arena_array(req->ctx.arena, struct role_line, (size_t)registry_count());
    for (int i = 0; (entity = frame_in_order(i)); i++) {
        struct role_line *line = &part.lines[part.count];
        if (strcmp(entity->decl->pack, pack) != 0 || !line_of(req, grants, str_of(entity->decl->name), line)) continue;
        line->label = str_of(entity->decl->many);
        part.count++;
    }
    if (part.count) matrix->parts[matrix->count++] = part;
}

struct role_matrix role_matrix_of(struct request *req, const struct row *row) {
    struct role_matrix matrix = {.count = 0};
    struct grants grants = {.count = 0};
    const struct entity *permissions = registry_find(STR("role_permissions"));
    if (!str_eqc(row->entity->name, "roles") || !permissions || !access_may(req->ctx.actor, permissions, MAY_READ)) return matrix;
    if (!read_grants(req, row_id(row), &grants) || !grants.count) return matrix;
    matrix.parts = arena_array(req->ctx.arena, struct role_part, (size_t)pack_count() + 2);
    struct role_part all = {.label = STR("Everything"), .icon = "layers", .count = 1};
    all.lines = arena_array(req->ctx.arena, struct role_line, 1);
    all.lines->label = STR("All records");
    if (line_of(req, &grants, STR("*"), all.lines)) matrix.parts[matrix.count++] = all;
    for (const struct pack *pack = packs; pack->name; pack++)
        add_part(req, &matrix, &grants, pack->name, (struct role_part){.label = str_of(pack->label), .icon = pack->icon});
    add_part(req, &matrix, &grants, "core", (struct role_part){.label = STR("Workspace"), .icon = "building"});
    matrix.href = str_printf(req->ctx.arena, "/role_permissions?filter[role_id]=%lld", (long long)row_id(row));
    return matrix;
}
