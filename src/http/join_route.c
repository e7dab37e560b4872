/* join_route.c - the page and the API's way by which somebody who was invited joins the company. */
#include "http/frame.h"
#include "http/join.h"
#include "http/login.h"
#include "http/login_view.h"
#include "templates.h"

ROUTE("GET", "/join", join_show, RUN_READ | PUBLIC)
ROUTE("POST", "/join", join_accept, RUN_WORKER | PUBLIC | NO_CSRF)
ROUTE("POST", "/api/v1/join", join_api, RUN_WORKER | PUBLIC | API | NO_CSRF)

/* The address of the page is a secret: no other one is told of it. Without an origin, though, its form would seem to come from
 * nowhere. */
static void keep_address(struct request *req, struct response *res) {
    respond_header(res, req->ctx.arena, "Referrer-Policy", STR("strict-origin"));
}

static void show(struct request *req, struct response *res, const struct join *join, struct str name, int status) {
    struct join_view view = {join->token, join->company, join->email, name, frame_errors(req)};
    tpl_join(&res->body, frame_bare(req, lang_printf(req->ctx.arena, "Join %.*s", STR_ARG(join->company))), &view);
    frame_answer(req, res, status);
}

static void refuse(struct request *req, struct response *res) {
    int status = errors_status(&req->ctx.errors);
    if (status != 404) {
        respond_errors(req, res);
        return;
    }
    errors_clear(&req->ctx.errors);
    tpl_join_over(&res->body, frame_bare(req, STR("This invitation is not valid any more")));
    frame_answer(req, res, status);
}

void join_show(struct request *req, struct response *res) {
    struct join join = {.token = request_arg(req, "token")};
    keep_address(req, res);
    if (join_find(req, res, &join))
        show(req, res, &join, join.known_as, 200);
    else
        refuse(req, res);
}

void join_accept(struct request *req, struct response *res) {
    struct join join = {.token = request_form(req, "token"),
                        .name = request_form(req, "name"),
                        .password = request_form(req, "password"),
                        .kind = TOKEN_COOKIE};
    const struct actor *former = req->ctx.actor;
    keep_address(req, res);
    if (join_run(req, res, &join)) {
        login_enter(req, res, &join.session, former);
        respond_redirect(req, res, STR("/"));
    } else if (join.invitation_id && errors_status(&req->ctx.errors) == 422) {
        show(req, res, &join, join.name, 422);
    } else {
        refuse(req, res);
    }
}

void join_api(struct request *req, struct response *res) {
    const struct json *body = request_json(req);
    struct join join = {.kind = TOKEN_ACCESS};
    if (body) {
        join.token = json_text_at(body, STR("token"));
        join.name = json_text_at(body, STR("name"));
        join.password = json_text_at(body, STR("password"));
    }
    if (body && join_run(req, res, &join))
        login_answer(req, res, &join.session);
    else
        respond_errors(req, res);
}
