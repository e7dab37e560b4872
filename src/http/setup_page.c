/* setup_page.c - the first company of an empty installation and its administrator, by the code that the server printed. */
#include "base/timefmt.h"
#include "core/password.h"
#include "http/frame.h"
#include "http/login_view.h"
#include "http/session.h"
#include "http/setup.h"
#include "templates.h"

ROUTE("GET", "/setup", setup_show, RUN_READ | PUBLIC)
ROUTE("POST", "/setup", setup_make, RUN_WORKER | PUBLIC | NO_CSRF)

setup_company_fn *setup_company;

static void show(struct request *req, struct response *res, struct setup_view *view, int status) {
    view->errors = &req->ctx.errors;
    tpl_setup(&res->body, frame_bare(req, STR("Set up Tenon")), view);
    frame_answer(req, res, status);
}

void setup_show(struct request *req, struct response *res) {
    if (!setup_open(req->server)) {
        errors_add(&req->ctx.errors, 404, "setup_done", NULL, "This installation is set up already. Sign in.");
        respond_errors(req, res);
        return;
    }
    show(req, res,
         &(struct setup_view){
             .code = request_arg(req, "code"), .country = STR("US"), .currency = STR("USD"), .timezone = STR("UTC")},
         200);
}

struct making {
    const struct setup_company *company;
    struct session_token token;
    int64_t tenant_id, user_id;
};

/* That no company exists is looked at once more where only one can write at a time: two who know the code make one company. */
static bool make(struct ctx *ctx, void *arg) {
    struct making *m = arg;
    if (sql_int(ctx, "SELECT count(*) FROM tenants", NO_ARGS) > 0)
        return errors_add(&ctx->errors, 403, "setup_done", NULL, "This installation is set up already. Sign in.");
    m->user_id = setup_company(ctx, m->company);
    m->tenant_id = ctx->tenant_id;
    return m->user_id && session_create(ctx, m->user_id, TOKEN_COOKIE, &m->token);
}

/* Everything that is wrong is told at once. */
static bool check(struct request *req, const struct setup_view *view) {
    struct errors *errors = &req->ctx.errors;
    if (!view->business.len) errors_add(errors, 422, "required", "business", "Enter the name of your business.");
    if (!view->name.len) errors_add(errors, 422, "required", "name", "Enter your name.");
    if (!view->email.len) errors_add(errors, 422, "required", "email", "Enter your e-mail address.");
    password_check(request_form(req, "password"), errors);
    return errors->count == 0;
}

void setup_make(struct request *req, struct response *res) {
    struct ctx *ctx = &req->ctx;
    struct setup_view view = {.code = str_trim(request_form(req, "code")),
                              .business = str_trim(request_form(req, "business")),
                              .name = str_trim(request_form(req, "name")),
                              .email = str_trim(request_form(req, "email")),
                              .country = str_trim(request_form(req, "country")),
                              .currency = str_trim(request_form(req, "currency")),
                              .timezone = str_trim(request_form(req, "timezone"))};
    if (!setup_check(req, view.code)) {
        if (errors_for(&ctx->errors, "code"))
            show(req, res, &view, errors_status(&ctx->errors));
        else
            respond_errors(req, res);
        return;
    }
    struct str hash = check(req, &view) ? password_hash(ctx->arena, request_form(req, "password"), &ctx->errors) : STR("");
    struct setup_company company = {view.business, view.country, view.currency, view.timezone, view.name, view.email, hash};
    struct making making = {.company = &company};
    const struct actor *nobody = ctx->actor;
    ctx->actor = actor_system(ctx->arena, 0);
    if (!hash.len || !ctx_write(ctx, make, &making)) {
        ctx->actor = nobody;
        if (errors_status(&ctx->errors) == 422)
            show(req, res, &view, 422);
        else
            respond_errors(req, res);
        return;
    }
    respond_cookie(req, res, session_cookie_name(req->server), making.token.text, SESSION_MAX_MS / 1000);
    respond_redirect(req, res, STR("/"));
}
