/* user_roles.c - roles as checkboxes of the user's form (user_roles.h). */
#include "http/user_roles.h"

#include "core/access.h"
#include "core/registry.h"

#define SHOWN "roles_shown" /* tells a form without any role checked from one that did not ask */

static bool may_give(struct request *req) { return access_may(req->ctx.actor, registry_get("role_users"), MAY_CREATE); }

static bool roles_of(struct request *req, int64_t user_id, struct rows *given) {
    struct query *q = query_new(&req->ctx, registry_get("role_users"));
    query_where(q, "user_id", OP_EQ, value_int(user_id));
    q->limit = QUERY_MAX_LIMIT;
    return query_rows(q, given);
}

static const struct row *gift_of(const struct rows *given, int64_t role_id) {
    for (int i = 0; i < given->count; i++)
        if (row_int(given->at[i], "role_id") == role_id) return given->at[i];
    return NULL;
}

static bool checked(const struct params *typed, int64_t role_id) {
    int64_t id;
    for (int i = 0; typed && i < typed->count; i++)
        if (str_eqc(typed->at[i].name, "role_id") && str_to_int(typed->at[i].value, &id) && id == role_id) return true;
    return false;
}

static bool all_roles(struct request *req, struct rows *roles) {
    struct query *q = query_new(&req->ctx, registry_get("roles"));
    query_sort(q, "label");
    q->limit = QUERY_MAX_LIMIT;
    return query_rows(q, roles);
}

void user_roles_fill(struct request *req, struct form_view *view, const struct row *row, const struct params *typed) {
    struct arena *arena = req->ctx.arena;
    struct rows roles, given = {.count = 0};
    if (!may_give(req) || !all_roles(req, &roles) || (row && !roles_of(req, row_id(row), &given))) return;
    bool sent = typed && params_get(typed, STR(SHOWN)).len;
    struct choice *choices = arena_array(arena, struct choice, (size_t)roles.count);
    size_t count = 0;
    for (int i = 0; i < roles.count; i++) { /* what they have, and what whoever asks may give */
        int64_t id = row_id(roles.at[i]);
        if (!gift_of(&given, id) && !access_covers_role(&req->ctx, id)) continue;
        choices[count++] = (struct choice){str_printf(arena, "%lld", (long long)id),
                                           access_role_label(row_text(roles.at[i], "name"), row_text(roles.at[i], "label")),
                                           sent ? checked(typed, id) : gift_of(&given, id) != NULL};
    }
    struct input *input = arena_alloc(arena, sizeof *input);
    *input = (struct input){.kind = INPUT_RADIO,
                            .multiple = true,
                            .required = true,
                            .name = STR("role_id"),
                            .label = STR("Roles"),
                            .choices = choices,
                            .choice_count = count,
                            .error = page_error(&req->ctx.errors, "role_id"),
                            .hint = STR("What they may see and do. The widest of several roles counts.")};
    view->sections[view->section_count++] = (struct form_section){STR("Access"), input, 1};
    view->hidden[view->hidden_count++] = (struct param){STR(SHOWN), STR("1")};
}

bool user_roles_save(struct request *req, const struct row *row) {
    if (!request_form(req, SHOWN).len || !may_give(req)) return true;
    struct rows roles, given;
    if (!all_roles(req, &roles) || !roles_of(req, row_id(row), &given)) return false;
    int wanted = 0;
    for (int i = 0; i < roles.count; i++) wanted += checked(&req->form, row_id(roles.at[i]));
    if (!wanted)
        return errors_add(&req->ctx.errors, 422, "required", "role_id",
                          "Choose at least one role: without any they see nothing.");
    for (int i = 0; i < roles.count; i++) { /* first what is given, so that the last administrator can change roles */
        if (!checked(&req->form, row_id(roles.at[i])) || gift_of(&given, row_id(roles.at[i]))) continue;
        struct repo_input in = repo_input(&req->ctx, registry_get("role_users"), 0);
        repo_input_value(&in, "user_id", value_int(row_id(row)));
        repo_input_value(&in, "role_id", value_int(row_id(roles.at[i])));
        if (!repo_create(&in)) return false;
    }
    for (int i = 0; i < given.count; i++)
        if (!checked(&req->form, row_int(given.at[i], "role_id")) &&
            !repo_delete(&req->ctx, given.at[i]->entity, row_id(given.at[i]), 0))
            return false;
    return true;
}
