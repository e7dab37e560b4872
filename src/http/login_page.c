/* login_page.c - the page to sign in, with the ways into the demo companies that the database holds. */
#include "http/login_page.h"

#include "core/access.h"
#include "http/frame.h"
#include "http/login_view.h"
#include "http/server_impl.h"
#include "http/setup.h"
#include "http/url.h"
#include "templates.h"

ROUTE("GET", "/login", login_show, RUN_READ | PUBLIC)
ROUTE("GET", "/login/forgot", login_forgot, RUN_READ | PUBLIC)

#define PEOPLE_MOST 12
#define DEMO_MOST 24 /* companies */

/* ---- the demo -------------------------------------------------------------------------------------------------------------- */

/* One person a role, the first of each. */
static void demo_people(struct ctx *ctx, struct login_demo *demo) {
    struct db_stmt *s =
        sql_query_all(ctx,
                  "SELECT r.name, r.label, u.name, u.email FROM (SELECT m.role_id, min(m.user_id) AS user_id FROM role_users m "
                  "JOIN users a ON a.tenant_id = m.tenant_id AND a.id = m.user_id WHERE m.tenant_id = :tenant "
                  "AND m.deleted_at IS NULL AND a.deleted_at IS NULL AND a.is_active = 1 GROUP BY m.role_id) one "
                  "JOIN roles r ON r.tenant_id = :tenant AND r.id = one.role_id "
                  "JOIN users u ON u.tenant_id = :tenant AND u.id = one.user_id ORDER BY r.id LIMIT 12",
                  ARGS({":tenant", value_int(demo->id)}));
    struct login_person *people = arena_array(ctx->arena, struct login_person, PEOPLE_MOST);
    while (s && demo->count < PEOPLE_MOST && db_step(s) == DB_ROW)
        people[demo->count++] = (struct login_person){
            access_role_label(str_dup(ctx->arena, db_text(s, 0)), str_dup(ctx->arena, db_text(s, 1))),
            str_dup(ctx->arena, db_text(s, 2)), str_dup(ctx->arena, db_text(s, 3))};
    if (s) db_reset(s);
    demo->people = people;
}

/* Only the command that fills a demo company can mark one as such (tenant.c), so nobody else's people are ever named here. */
static void demos(struct request *req, struct login_view *view) {
    struct ctx *ctx = &req->ctx;
    struct db_stmt *s =
        sql_query_all(ctx,
                  "SELECT id, name, slug, settings FROM tenants WHERE settings LIKE '%\"demo\":true%' AND status = 'active' "
                  "AND deleted_at IS NULL ORDER BY id DESC LIMIT 24",
                  NO_ARGS);
    struct login_demo *all = s ? arena_array(ctx->arena, struct login_demo, DEMO_MOST) : NULL;
    while (s && view->demo_count < DEMO_MOST && db_step(s) == DB_ROW) {
        struct errors ignored = {.arena = ctx->arena};
        const struct json *settings = json_parse(ctx->arena, str_dup(ctx->arena, db_text(s, 3)), &ignored);
        if (!json_bool(json_get(settings, STR("demo")))) continue;
        all[view->demo_count++] = (struct login_demo){.id = db_int(s, 0),
                                                      .name = str_dup(ctx->arena, db_text(s, 1)),
                                                      .tenant = str_dup(ctx->arena, db_text(s, 2)),
                                                      .password = json_text(json_get(settings, STR("demo_password")))};
    }
    if (s) db_reset(s);
    for (size_t i = 0; i < view->demo_count; i++) demo_people(ctx, &all[i]);
    view->demo = all;
}

/* ---- pages ----------------------------------------------------------------------------------------------------------------- */

static void show(struct request *req, struct response *res, const struct login_view *typed) {
    struct login_view view = *typed;
    demos(req, &view);
    errors_clear(&req->ctx.errors);
    struct page *page = frame_bare(
        req, view.tenant_name.len ? lang_printf(req->ctx.arena, "Sign in to %.*s", STR_ARG(view.tenant_name)) : STR("Sign in"));
    tpl_login(&res->body, page, &view);
    frame_answer(req, res, res->status ? res->status : 200);
}

void login_show(struct request *req, struct response *res) {
    struct str next = request_arg(req, "next");
    if (!url_is_local(next)) next = STR("");
    if (req->ctx.actor->user_id) {
        respond_redirect(req, res, next.len ? next : STR("/"));
        return;
    }
    show(req, res,
         &(struct login_view){.next = next,
                              .email = request_arg(req, "email"),
                              .tenant = request_arg(req, "tenant"),
                              .ask_tenant = request_arg(req, "tenant").len > 0});
}

void login_page_again(struct request *req, struct response *res) {
    const struct errors *errors = &req->ctx.errors;
    struct login_view view = {
        .next = request_form(req, "next"), .email = request_form(req, "email"), .tenant = request_form(req, "tenant")};
    view.ask_tenant = view.tenant.len > 0 || errors_for(errors, "tenant") != NULL;
    if (errors->first) view.problem = errors->first->message;
    show(req, res, &view);
}

void login_forgot(struct request *req, struct response *res) {
    tpl_login_forgot(&res->body, frame_bare(req, STR("Forgot your password?")));
    frame_answer(req, res, 200);
}
