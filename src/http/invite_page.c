/* invite_page.c - the settings' pages of invitations (invite_page.h). */
#include "http/invite_page.h"

#include "core/access.h"
#include "core/registry.h"
#include "http/form_page.h"
#include "templates.h"

ROUTE("GET", "/settings/invitations", invite_page_list, RUN_READ)
ROUTE("GET", "/settings/invitations/new", invite_page_new, RUN_READ)
ROUTE("POST", "/settings/invitations", invite_page_make, RUN_WRITE)
ROUTE("POST", "/settings/invitations/{id}/renew", invite_page_renew, RUN_WRITE)
ROUTE("POST", "/settings/invitations/{id}/revoke", invite_page_revoke, RUN_WRITE)

#define OPEN_MOST 200
#define PAST_MOST 20
#define AT_ONCE_MOST 50

static const char *const list_path = "/settings/invitations";

static const struct entity *invitations(void) { return registry_get("invitations"); }

/* ---- the list -------------------------------------------------------------------------------------------------------------- */

/* Those of which all fields of `without` are empty and those of `with` are not, newest first. */
static struct query *query_of(struct request *req, const char *without, const char *with, int limit) {
    struct query *q = query_new(&req->ctx, invitations());
    struct str rest = str_of(without), word;
    while (str_word(&rest, &word)) query_where(q, str_cstr(req->ctx.arena, word), OP_NULL, value_int(1));
    if (with) query_where(q, with, OP_NULL, value_int(0));
    query_sort(q, "-created_at");
    q->limit = limit;
    q->titles = true;
    return q;
}
static struct query *query_open(struct request *req) { return query_of(req, "accepted_at revoked_at", NULL, OPEN_MOST); }

static struct str title_of(const struct row *row, const char *field) {
    return row->titles ? row->titles[entity_field(row->entity, str_of(field))->index] : STR("");
}

static struct invite_item item_of(struct request *req, struct values *values, const struct row *row) {
    static const char *const ends[] = {"expires_at", "expires_at", "expires_at", "accepted_at", "revoked_at"};
    enum invite_state state = invite_state(&req->ctx, row);
    const struct field *end = entity_field(row->entity, str_of(ends[state]));
    return (struct invite_item){.id = row_id(row),
                                .name = row_text(row, "name"),
                                .email = row_text(row, "email"),
                                .role = title_of(row, "role_id"),
                                .by = title_of(row, "created_by_id"),
                                .when = value_view(values, row, end, VALUE_SHORT),
                                .state = state};
}

static void fill_group(struct request *req, struct invite_group *group, struct str heading, struct query *q) {
    struct values values = values_new(req);
    struct rows rows;
    group->heading = heading;
    if (!query_rows(q, &rows)) return;
    group->items = arena_array(req->ctx.arena, struct invite_item, (size_t)rows.count);
    for (int i = 0; i < rows.count; i++) group->items[group->count++] = item_of(req, &values, rows.at[i]);
}

void invite_page_list(struct request *req, struct response *res) {
    struct invite_list_view view = {.may = invite_may(req->ctx.actor)};
    if (!access_may(req->ctx.actor, invitations(), MAY_READ)) access_deny(&req->ctx, invitations(), MAY_READ);
    else {
        fill_group(req, &view.groups[0], STR("Open"), query_open(req));
        fill_group(req, &view.groups[1], STR("Accepted"), query_of(req, "", "accepted_at", PAST_MOST));
        fill_group(req, &view.groups[2], STR("Revoked"), query_of(req, "accepted_at", "revoked_at", PAST_MOST));
    }
    if (req->ctx.errors.count) {
        respond_errors(req, res);
        return;
    }
    struct page *page = frame_of(req, invitations(), STR("Invitations"));
    frame_crumb(req, page, STR("Users"), STR("/users"));
    tpl_invite_list(&res->body, page, &view);
    frame_answer(req, res, 200);
}

void invite_page_of_users(struct request *req, struct list_view *view) {
    if (view->trash) return;
    if (invite_may(req->ctx.actor)) view->invite_href = STR("/settings/invitations/new");
    if (!access_may(req->ctx.actor, invitations(), MAY_READ)) return;
    view->invited_href = str_of(list_path);
    view->invited = query_count_up_to(query_open(req), OPEN_MOST);
}

/* ---- the form -------------------------------------------------------------------------------------------------------------- */

/* Roles that the one who invites may give. */
static struct input role_input(struct request *req, const struct params *typed, const struct errors *errors) {
    struct arena *arena = req->ctx.arena;
    struct input in = form_input(req, entity_field(invitations(), STR("role_id")), NULL, typed, errors);
    struct query *q = query_new(&req->ctx, registry_get("roles"));
    struct rows roles;
    query_sort(q, "label");
    q->limit = QUERY_MAX_LIMIT;
    if (!query_rows(q, &roles)) return in;
    struct str chosen = typed ? params_get(typed, STR("role_id"))
                              : str_printf(arena, "%lld", (long long)invite_usual_role(&req->ctx));
    struct choice *choices = arena_array(arena, struct choice, (size_t)roles.count);
    in.kind = INPUT_SELECT;
    in.choices = choices;
    in.choice_count = 0;
    in.pick = in.value = STR("");
    in.placeholder = STR("Choose a role");
    for (int i = 0; i < roles.count; i++) {
        if (!access_covers_role(&req->ctx, row_id(roles.at[i]))) continue;
        struct str id = str_printf(arena, "%lld", (long long)row_id(roles.at[i]));
        bool is = str_eq(id, chosen);
        if (is) in.value = id;
        choices[in.choice_count++] = (struct choice){id, row_title(arena, roles.at[i]), is};
    }
    return in;
}

static void show_form(struct request *req, struct response *res, const struct params *typed, int status) {
    struct invite_form_view view = {.errors = frame_errors(req)};
    view.email = (struct input){.kind = INPUT_TEXT,
                                .name = STR("email"),
                                .label = STR("E-mail addresses"),
                                .value = typed ? params_get(typed, STR("email")) : STR(""),
                                .hint = STR("One a line, or with commas between them; also as Priya Raman <priya@example.com>."),
                                .error = page_error(view.errors, "email"),
                                .required = true,
                                .autofocus = !view.errors->count,
                                .max_length = AT_ONCE_MOST * 260};
    view.role = role_input(req, typed, view.errors);
    view.branch = form_input(req, entity_field(invitations(), STR("location_id")), NULL, typed, view.errors);
    struct page *page = frame_open(req, STR("Invite people"), "settings");
    frame_crumb(req, page, STR("Settings"), STR("/settings"));
    frame_crumb(req, page, STR("Invitations"), str_of(list_path));
    tpl_invite_form(&res->body, page, &view);
    req->ctx.errors = *view.errors;
    frame_answer(req, res, status);
}

void invite_page_new(struct request *req, struct response *res) {
    if (invite_check(&req->ctx)) show_form(req, res, NULL, 200);
    else respond_errors(req, res);
}

/* ---- making ---------------------------------------------------------------------------------------------------------------- */

struct address {
    struct str name, email;
};

/* "Priya Raman <priya@example.com>", or the address alone. */
static struct address address_of(struct str text) {
    ptrdiff_t open = str_index(text, '<');
    if (open < 0 || text.ptr[text.len - 1] != '>') return (struct address){STR(""), text};
    struct str name = str_trim(str_slice(text, 0, (size_t)open));
    if (name.len > 1 && name.ptr[0] == '"' && name.ptr[name.len - 1] == '"') name = str_trim(str_slice(name, 1, name.len - 1));
    return (struct address){name, str_trim(str_slice(text, (size_t)open + 1, text.len - 1))};
}

static bool is_among(const struct address *all, int count, struct str email) {
    for (int i = 0; i < count; i++)
        if (str_ieq(all[i].email, email)) return true;
    return false;
}

/* Each address once; false with an error where there are none or too many. */
static bool addresses(struct request *req, struct address *all, int *count) {
    struct str text = request_form(req, "email");
    *count = 0;
    for (size_t i = 0, from = 0; i <= text.len; i++) {
        if (i < text.len && text.ptr[i] != '\n' && text.ptr[i] != ',' && text.ptr[i] != ';') continue;
        struct str one = str_trim(str_slice(text, from, i));
        from = i + 1;
        if (!one.len) continue;
        struct address address = address_of(one);
        if (is_among(all, *count, address.email)) continue;
        if (*count == AT_ONCE_MOST)
            return errors_add(&req->ctx.errors, 422, "too_many", "email", "Invite at most %d people at once.", AT_ONCE_MOST);
        all[(*count)++] = address;
    }
    return *count || errors_add(&req->ctx.errors, 422, "required", "email", "Enter an e-mail address.");
}

/* False with errors, each naming the address. */
static bool invite(struct request *req, const struct address *address, struct invite_link_shown *shown) {
    struct ctx *ctx = &req->ctx;
    struct repo_input in = repo_input(ctx, invitations(), 0);
    if (!repo_input_text(&in, STR("email"), address->email)) {
        errors_clear(&ctx->errors);
        return errors_add(&ctx->errors, 422, "not_an_email", "email", "'%.*s' is no e-mail address.", STR_ARG(address->email));
    }
    const struct field *branch = entity_field(invitations(), STR("location_id"));
    repo_input_text(&in, STR("name"), address->name);
    repo_input_text(&in, STR("role_id"), request_form(req, "role_id"));
    repo_input_text(&in, branch->name, form_id_by_name(req, branch, request_form(req, "location_id")));
    struct str token;
    const struct row *made = invite_make(&in, &token);
    if (!made) return false;
    *shown = (struct invite_link_shown){row_text(made, "email"), invite_link(req, token)};
    return true;
}

/* What is wrong with any address is told of all of them at once; with the role or branch, once. */
static bool invite_all(struct request *req, struct invite_links_view *view) {
    struct errors *errors = &req->ctx.errors, all = {.arena = req->ctx.arena};
    struct address *list = arena_array(req->ctx.arena, struct address, AT_ONCE_MOST);
    int count;
    if (!addresses(req, list, &count)) return false;
    view->links = arena_array(req->ctx.arena, struct invite_link_shown, (size_t)count);
    bool once = false;
    for (int i = 0; i < count && !once; i++) {
        if (invite(req, &list[i], &view->links[view->count])) view->count++;
        for (const struct error *e = errors->first; e; e = e->next) once = once || !str_eqc(e->field, "email");
        errors_append(&all, errors);
        errors_clear(errors);
    }
    *errors = all;
    return errors->count == 0;
}

static void show_links(struct request *req, struct response *res, const struct invite_links_view *view) {
    struct page *page = frame_open(req, view->count == 1 ? STR("The link is ready") : STR("The links are ready"), "settings");
    frame_crumb(req, page, STR("Settings"), STR("/settings"));
    frame_crumb(req, page, STR("Invitations"), str_of(list_path));
    tpl_invite_links(&res->body, page, view);
    frame_answer(req, res, 200);
}

void invite_page_make(struct request *req, struct response *res) {
    struct invite_links_view view = {.count = 0};
    if (!invite_check(&req->ctx)) respond_errors(req, res);
    else if (invite_all(req, &view)) show_links(req, res, &view);
    else if (errors_for(&req->ctx.errors, NULL)) respond_errors(req, res);
    else show_form(req, res, &req->form, errors_status(&req->ctx.errors));
}

void invite_page_renew(struct request *req, struct response *res) {
    struct str token;
    const struct row *row = invite_renew(&req->ctx, req->id, &token);
    if (!row) {
        respond_errors(req, res);
        return;
    }
    struct invite_link_shown link = {row_text(row, "email"), invite_link(req, token)};
    show_links(req, res, &(struct invite_links_view){&link, 1});
}

void invite_page_revoke(struct request *req, struct response *res) {
    if (invite_revoke(&req->ctx, req->id)) frame_done(req, res, str_of(list_path), "revoked", 0);
    else respond_errors(req, res);
}
