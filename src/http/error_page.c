/* error_page.c - pages that say what went wrong and what to do next. */
#include "http/error_page.h"

#include "base/timefmt.h"
#include "http/frame.h"
#include "http/login_view.h"
#include "templates.h"

struct saying {
    int status;
    const char *title;
    const char *text; /* NULL: the first error says it */
    bool again;       /* the same once more may work */
};
static const struct saying sayings[] = {
    {400, N_("This address does not make sense"), NULL, false},
    {403, N_("You may not do that"), NULL, false},
    {404, N_("There is nothing here"), N_("It may have been deleted, or the address is not quite right."), false},
    {405, N_("That is not possible here"), NULL, false},
    {409, N_("That does not fit any more"), NULL, true},
    {412, N_("Somebody else was faster"), NULL, true},
    {413, N_("That is too large"), NULL, false},
    {415, N_("That kind of content is not taken here"), NULL, false},
    {422, N_("Something needs correcting"), NULL, false},
    {429, N_("Too many tries"), NULL, true},
    {503, N_("Tenon is busy"), NULL, true},
    {507, N_("The server has no room left"), N_("Nothing was changed. Tell whoever runs the server that its disk is full."),
     true},
    {500, N_("Something broke"), N_("The fault is ours and is in the log. Nothing was changed."), true},
};

static const struct saying *saying_of(int status) {
    size_t last = sizeof sayings / sizeof *sayings - 1;
    for (size_t i = 0; i < last; i++)
        if (sayings[i].status == status) return &sayings[i];
    static const struct saying other = {0, N_("That did not work"), NULL, false};
    return status >= 500 ? &sayings[last] : &other;
}

static struct str text_of(struct request *req, const struct saying *saying) {
    if (saying->text) return str_of(saying->text);
    struct buf b = buf_new(req->ctx.arena, 128);
    for (const struct error *e = req->ctx.errors.first; e; e = e->next) {
        if (b.len) buf_char(&b, ' ');
        buf_add(&b, e->message);
    }
    return buf_str(&b);
}

/* A page can be asked for again; what was sent by a form cannot, so the way leads back to where it stands. */
static struct str again_of(struct request *req, const struct saying *saying) {
    if (!saying->again) return STR("");
    if (str_eqc(req->method, "GET") || str_eqc(req->method, "HEAD"))
        return req->query.len ? str_printf(req->ctx.arena, "%.*s?%.*s", STR_ARG(req->path), STR_ARG(req->query)) : req->path;
    return STR("");
}

void error_page(struct request *req, struct response *res) {
    const struct saying *saying = saying_of(res->status);
    struct buf when = buf_new(req->ctx.arena, 32);
    buf_time(&when, req->ctx.now / 1000 * 1000);
    struct error_view view = {.status = res->status,
                              .title = str_of(saying->title),
                              .text = text_of(req, saying),
                              .reference = req->ctx.request_id,
                              .when = buf_str(&when),
                              .again = again_of(req, saying),
                              .home = STR("/")};
    if (req->ctx.actor->user_id) tpl_error_inside(&res->body, frame_open(req, view.title, ""), &view);
    else tpl_error_page(&res->body, frame_bare(req, view.title), &view);
}
