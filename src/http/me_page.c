/* me_page.c - one's own profile: what others see of one, how Tenon looks, the password, and where one is signed in. */
#include "base/timefmt.h"
#include "core/audit.h"
#include "core/password.h"
#include "core/registry.h"
#include "http/arrangement.h"
#include "http/limit.h"
#include "http/session.h"
#include "http/settings_page.h"
#include "http/url.h"
#include "templates.h"

ROUTE("GET", "/me", me_show, RUN_READ)
ROUTE("POST", "/me", me_save, RUN_WRITE)
ROUTE("POST", "/me/appearance", me_appearance, RUN_WRITE)
ROUTE("POST", "/me/password", me_password, RUN_WORKER)
ROUTE("POST", "/me/sessions", me_sessions_end, RUN_WRITE)

#define SESSIONS_MOST 20

static struct limit by_user = {.most = 10, .window_ms = INT64_C(900000), .lock = PTHREAD_MUTEX_INITIALIZER};

/* What everybody may change of themselves, whatever their role says about users. */
static const char *const headings[] = {N_("About you"), N_("Preferences")};
static const char *const words[] = {"name phone job_title", "timezone language theme density"};
#define SECTIONS (sizeof words / sizeof *words)

/* How somebody reads dates, numbers and weeks, and whether single keys do something: words that are kept of this page
 * (core/actor.c reads them). */
static const struct look {
    const char *word, *label;
} dates[] = {{"", N_("31 Dec 2026")}, {"day_first", "31/12/2026"}, {"month_first", "12/31/2026"}, {"year_first", "2026-12-31"}},
  numbers[] = {{"", "1,234.50"}, {"dots", "1.234,50"}, {"spaces", "1\u00a0234,50"}},
  weeks[] = {{"", N_("Monday")}, {"sunday", N_("Sunday")}, {"saturday", N_("Saturday")}};
#define DATES (sizeof dates / sizeof *dates)
#define NUMBERS (sizeof numbers / sizeof *numbers)
#define WEEKS (sizeof weeks / sizeof *weeks)

/* ---- the page -------------------------------------------------------------------------------------------------------------- */

/* "Firefox on Linux", as far as the browser tells. */
static struct str browser_of(struct arena *arena, struct str agent) {
    static const char *const browsers[][2] = {
        {"Firefox/", "Firefox"}, {"Edg/", "Edge"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}, {"curl/", "curl"}};
    static const char *const systems[][2] = {
        {"Android", "Android"}, {"iPhone", "iPhone"}, {"Windows", "Windows"}, {"Mac OS X", "Mac"}, {"Linux", "Linux"}};
    const char *browser = N_("A browser"), *system = NULL;
    for (size_t i = sizeof browsers / sizeof *browsers; i-- > 0;)
        if (str_find(agent, str_of(browsers[i][0])) >= 0) browser = browsers[i][1];
    for (size_t i = sizeof systems / sizeof *systems; i-- > 0;)
        if (str_find(agent, str_of(systems[i][0])) >= 0) system = systems[i][1];
    return system ? lang_printf(arena, "%s on %s", browser, system) : str_of(browser);
}

static void fill_sessions(struct request *req, struct me_view *view) {
    struct ctx *ctx = &req->ctx;
    struct db_stmt *s = sql_query(ctx,
                                  "SELECT id, user_agent, ip_address, last_seen_at FROM sessions WHERE tenant_id = :tenant "
                                  "AND user_id = :me AND expires_at > :now ORDER BY last_seen_at DESC LIMIT 20",
                                  ARGS({":me", value_int(ctx->actor->user_id)}));
    view->sessions = arena_array(ctx->arena, struct me_session, SESSIONS_MOST);
    static const struct field any = {.kind = &kind_time};
    while (s && view->session_count < SESSIONS_MOST && db_step(s) == DB_ROW) {
        struct buf machine = buf_new(ctx->arena, 32), seen = buf_new(ctx->arena, 32);
        buf_time(&machine, db_int(s, 3));
        kind_to_display(&seen, &any, &ctx->env, value_int(db_int(s, 3)));
        view->sessions[view->session_count++] =
            (struct me_session){browser_of(ctx->arena, db_text(s, 1)), str_dup(ctx->arena, db_text(s, 2)), buf_str(&machine),
                                buf_str(&seen), db_int(s, 0) == ctx->actor->session_id};
    }
    if (s) db_reset(s);
}

static struct str role_labels(struct request *req) {
    struct buf b = buf_new(req->ctx.arena, 64);
    struct query *q = query_new(&req->ctx, registry_get("roles"));
    query_sort(q, "label");
    q->limit = QUERY_MAX_LIMIT;
    struct rows rows;
    if (!query_rows(q, &rows)) return STR("");
    for (int i = 0; i < rows.count; i++)
        for (int r = 0; req->ctx.actor->roles[r]; r++) {
            if (!str_eqc(row_text(rows.at[i], "name"), req->ctx.actor->roles[r])) continue;
            if (b.len) buf_lit(&b, ", ");
            buf_add(&b, lang_str(b.arena, row_title(b.arena, rows.at[i])));
        }
    return buf_str(&b);
}

static struct input look_input(struct arena *arena, const char *name, const char *label, const struct look *looks, size_t count,
                               size_t chosen) {
    struct choice *choices = arena_array(arena, struct choice, count);
    for (size_t i = 0; i < count; i++) choices[i] = (struct choice){str_of(looks[i].word), str_of(looks[i].label), i == chosen};
    return (struct input){.kind = INPUT_SELECT,
                          .name = str_of(name),
                          .label = str_of(label),
                          .choices = choices,
                          .choice_count = count,
                          .required = true};
}

/* The enums of kind.h stand in the order of the choices. */
static struct form_section looks_section(struct request *req) {
    struct arena *arena = req->ctx.arena;
    const struct actor *actor = req->ctx.actor;
    struct form_section section = {.heading = STR("Dates, numbers and keys"), .count = 4};
    section.inputs = arena_array(arena, struct input, section.count);
    section.inputs[0] = look_input(arena, "date_format", N_("Dates"), dates, DATES, (size_t)actor->date_look);
    section.inputs[1] = look_input(arena, "number_format", N_("Numbers"), numbers, NUMBERS, (size_t)actor->number_look);
    section.inputs[2] = look_input(arena, "week_begins", N_("Weeks begin on"), weeks, WEEKS, (size_t)actor->week_look);
    section.inputs[3] = (struct input){.kind = INPUT_CHECK,
                                       .name = STR("single_keys"),
                                       .label = STR("Single keys are shortcuts"),
                                       .hint = STR("J, K, C and the like. Those with Ctrl always are."),
                                       .value = STR("on"),
                                       .checked = !actor->keys_off};
    return section;
}

static void keep_look(struct buf *kept, struct str chosen, const struct look *looks, size_t count) {
    for (size_t i = 1; i < count; i++)
        if (str_eqc(chosen, looks[i].word)) buf_printf(kept, "%s ", looks[i].word);
}

static bool save_looks(struct request *req) {
    struct buf kept = buf_new(req->ctx.arena, 48);
    if (!request_form(req, "looks").len) return true;
    keep_look(&kept, request_form(req, "date_format"), dates, DATES);
    keep_look(&kept, request_form(req, "number_format"), numbers, NUMBERS);
    keep_look(&kept, request_form(req, "week_begins"), weeks, WEEKS);
    if (!request_form(req, "single_keys").len) buf_lit(&kept, "keys_off");
    req->ctx.access_touched = true; /* what is remembered of people is read anew */
    return arrangement_write(&req->ctx, STR("/me"), buf_str(&kept));
}

/* What holds where one has chosen nothing stands in the control itself. */
static void say_the_usual(struct form_section *preferences) {
    static const char *const usual[][2] = {{"timezone", N_("As the company")},
                                           {"language", N_("As the company")},
                                           {"theme", N_("As the device")},
                                           {"density", N_("Normal")}};
    for (size_t i = 0; i < preferences->count; i++)
        for (size_t u = 0; u < sizeof usual / sizeof *usual; u++) {
            struct input *in = &preferences->inputs[i];
            if (!str_eqc(in->name, usual[u][0])) continue;
            in->placeholder = str_of(usual[u][1]);
            in->hint = STR("");
        }
}

static void show(struct request *req, struct response *res, const struct params *typed, bool password, int status) {
    struct ctx *ctx = &req->ctx;
    const struct entity *users = registry_get("users");
    struct row *row = query_one(ctx, users, ctx->actor->user_id, MAY_READ, false);
    if (!row) {
        if (!ctx->errors.count)
            errors_add(&ctx->errors, 403, "forbidden", NULL, "Your roles do not let you see your own profile.");
        respond_errors(req, res);
        return;
    }
    struct me_view view = {.email = row_text(row, "email"), .must_change = row_bool(row, "must_change_password")};
    view.profile = (struct own_view){.action = STR("/me"),
                                     .submit = STR("Save profile"),
                                     .section_count = SECTIONS + 1,
                                     .looks = true,
                                     .version = row_int(row, "version"),
                                     .errors = password ? NULL : &ctx->errors};
    struct form_section *sections = arena_array(ctx->arena, struct form_section, SECTIONS + 1);
    memcpy(sections, settings_sections(req, users, row, password ? NULL : typed, headings, words, SECTIONS),
           SECTIONS * sizeof *sections);
    say_the_usual(&sections[1]);
    sections[SECTIONS] = looks_section(req);
    view.profile.sections = sections;
    view.password_errors = password ? &ctx->errors : NULL;
    view.roles = role_labels(req);
    fill_sessions(req, &view);
    struct page *page = frame_open(req, STR("Profile"), "settings");
    frame_crumb(req, page, STR("Settings"), STR("/settings"));
    tpl_me(&res->body, page, &view);
    frame_answer(req, res, status);
}

void me_show(struct request *req, struct response *res) { show(req, res, NULL, false, 200); }

/* ---- saving ---------------------------------------------------------------------------------------------------------------- */

/* Only the fields named in `allowed` are taken; they are checked like any others, then saved by the system for oneself. */
static struct row *save_own(struct request *req, const char *const *allowed, size_t count) {
    struct ctx *ctx = &req->ctx;
    const struct entity *users = registry_get("users");
    struct repo_input in = repo_input(ctx, users, ctx->actor->user_id);
    struct sql_arg values[ENTITY_MAX_FIELDS + 1] = {{NULL, VALUE_NONE}};
    int n = 0;
    for (int i = 0; i < req->form.count; i++)
        for (size_t s = 0; s < count; s++)
            if (str_in_words(allowed[s], req->form.at[i].name)) repo_input_text(&in, req->form.at[i].name, req->form.at[i].value);
    if (ctx->errors.count) return NULL;
    for (int i = 0; i < users->field_count; i++)
        if (field_set_has(&in.given, i)) values[n++] = (struct sql_arg){users->fields[i].decl->name, in.values[i]};
    values[n] = (struct sql_arg){NULL, VALUE_NONE};
    return repo_update_as_system(ctx, "users", ctx->actor->user_id, values);
}

void me_save(struct request *req, struct response *res) {
    if (save_own(req, words, SECTIONS) && save_looks(req))
        frame_done(req, res, STR("/me"), "saved", 0);
    else if (errors_status(&req->ctx.errors) == 422)
        show(req, res, &req->form, false, 422);
    else
        respond_errors(req, res);
}

/* Back to the page whose menu it was; a browser tells it on its own to our own pages. */
static struct str came_from(struct request *req) {
    struct str referer = request_header(req, "Referer");
    ptrdiff_t scheme = str_find(referer, STR("://"));
    if (scheme < 0) return STR("/");
    struct str rest = str_slice(referer, (size_t)scheme + 3, referer.len);
    ptrdiff_t slash = str_index(rest, '/');
    struct str path = slash < 0 ? STR("/") : str_slice(rest, (size_t)slash, rest.len);
    return url_is_local(path) ? path : STR("/");
}

void me_appearance(struct request *req, struct response *res) {
    static const char *const allowed[] = {"theme density"};
    if (save_own(req, allowed, 1))
        respond_redirect(req, res, came_from(req));
    else
        respond_errors(req, res);
}

void me_sessions_end(struct request *req, struct response *res) {
    struct ctx *ctx = &req->ctx;
    if (session_end_others(ctx, ctx->actor->user_id, ctx->actor->session_id) &&
        audit_note(ctx, "logout", "users", ctx->actor->user_id, STR(""))) {
        ctx->access_touched = true; /* what is remembered of sessions is read anew */
        frame_done(req, res, STR("/me"), "done", 0);
    } else {
        respond_errors(req, res);
    }
}

/* ---- the password ---------------------------------------------------------------------------------------------------------- */

struct change_password {
    struct str hash, plain;
};

static bool write_password(struct ctx *ctx, void *arg) {
    const struct change_password *c = arg;
    return repo_update_as_system(ctx, "users", ctx->actor->user_id,
                                 ARGS({"password", value_text(c->plain)}, {"password_hash", value_text(c->hash)},
                                      {"must_change_password", value_int(0)})) != NULL;
}

static bool old_is_right(struct request *req, struct response *res) {
    struct ctx *ctx = &req->ctx;
    int wait_s = 0;
    struct str key = str_printf(ctx->arena, "%lld", (long long)ctx->actor->user_id);
    if (!limit_take(&by_user, key, ctx->now, &wait_s)) {
        respond_header(res, ctx->arena, "Retry-After", str_printf(ctx->arena, "%d", wait_s));
        return errors_add(&ctx->errors, 429, "too_many_attempts", NULL, "Too many attempts. Try again in %d minutes.",
                          (wait_s + 59) / 60);
    }
    struct str hash = sql_text(ctx, "SELECT password_hash FROM users WHERE tenant_id = :tenant AND id = :me",
                               ARGS({":me", value_int(ctx->actor->user_id)}));
    if (!password_verify(request_form(req, "old_password"), hash))
        return errors_add(&ctx->errors, 422, "wrong_password", "old_password", "This is not your password.");
    limit_clear(&by_user, key);
    return true;
}

void me_password(struct request *req, struct response *res) {
    struct ctx *ctx = &req->ctx;
    struct change_password change = {.plain = request_form(req, "password")};
    if (old_is_right(req, res)) change.hash = password_hash(ctx->arena, change.plain, &ctx->errors);
    if (change.hash.len && ctx_write(ctx, write_password, &change))
        frame_done(req, res, STR("/me"), "saved", 0);
    else if (errors_status(&ctx->errors) == 422)
        show(req, res, NULL, true, 422);
    else
        respond_errors(req, res);
}
