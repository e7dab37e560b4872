/* test_session.c - who asks: cookies, access tokens, keys, and what may be done with each. */
#include "http_test.h"

#include "core/password.h"

static void page(struct request *req, struct response *res) {
    buf_printf(&res->body, "user %lld csrf %.*s", (long long)req->ctx.actor->user_id, STR_ARG(req->csrf_token));
    res->content_type = STR("text/html; charset=utf-8");
}

static const struct route routes[] = {
    {"GET", "/t/page", page, RUN_READ, NULL},
    {"POST", "/t/page", page, RUN_WRITE, NULL},
    {"GET", "/t/public", page, RUN_READ | PUBLIC, NULL},
    {"POST", "/t/api", page, RUN_READ | API, NULL},
};

/* ---- tokens ---------------------------------------------------------------------------------------------------------- */

static void a_token_names_its_kind_and_tenant(void **state) {
    (void)state;
    int64_t tenant = 0;
    for (int kind = TOKEN_COOKIE; kind <= TOKEN_INVITE; kind++) {
        struct str token = token_new(arena, (enum token_kind)kind, INT64_C(77305619456));
        assert_int_equal(token_read(token, &tenant), kind);
        assert_int_equal(tenant, INT64_C(77305619456));
        assert_int_equal(token_hash(arena, token).len, 64);
    }
    struct str good = token_new(arena, TOKEN_KEY, 5);
    assert_int_equal(token_read(str_slice(good, 0, good.len - 1), &tenant), TOKEN_NONE);
    assert_int_equal(token_read(STR(""), &tenant), TOKEN_NONE);
    assert_int_equal(token_read(str_printf(arena, "%.*s9999999999999999999", STR_ARG(good)), &tenant), TOKEN_NONE);
    assert_int_equal(token_read(str_printf(arena, "xyz_%.*s", STR_ARG(str_slice(good, 4, good.len))), &tenant), TOKEN_NONE);
}

static bool make_key(struct ctx *ctx, void *arg) {
    struct str *key = arg;
    *key = token_new(ctx->arena, TOKEN_KEY, ctx->tenant_id);
    return repo_create_as_system(ctx, "api_keys",
                                 ARGS({"id", INT(901)}, {"name", TEXT("Test")}, {"user_id", INT(ANN)},
                                      {"prefix", value_text(str_slice(*key, 0, TOKEN_PREFIX_SHOWN))},
                                      {"key_hash", value_text(token_hash(ctx->arena, *key))})) != NULL;
}
static struct str key_of_ann(void) {
    struct str key;
    assert_true(ctx_write(as_system(ONE), make_key, &key));
    return key;
}

static void a_key_is_its_user_until_it_is_revoked_or_expires(void **state) {
    (void)state;
    struct str key = key_of_ann();
    struct reply r = request("GET", "/api/v1/me", bearer(key), "");
    assert_int_equal(r.status, 200);
    assert_true(has(r.body, "\"id\":102,"));
    CHANGED("api_keys", 901, {"expires_at", INT(time_now() - 1)});
    assert_int_equal(request("GET", "/api/v1/me", bearer(key), "").status, 401);
    CHANGED("api_keys", 901, {"expires_at", VALUE_NONE});
    assert_int_equal(request("GET", "/api/v1/me", bearer(key), "").status, 200);
    CHANGED("api_keys", 901, {"revoked_at", INT(time_now())});
    assert_int_equal(request("GET", "/api/v1/me", bearer(key), "").status, 401);
}

static void a_token_counts_only_where_it_belongs(void **state) {
    (void)state;
    struct str browser = signed_in(ANN, TOKEN_COOKIE), program = signed_in(ANN, TOKEN_ACCESS);
    assert_int_equal(request("GET", "/api/v1/me", cookie(browser), "").status, 200);
    assert_int_equal(request("GET", "/api/v1/me", bearer(program), "").status, 200);
    assert_int_equal(request("GET", "/api/v1/me", bearer(browser), "").status, 401);
    assert_int_equal(request("GET", "/api/v1/me", cookie(program), "").status, 401);
    const char *both = str_printf(arena, "%s%s", cookie(browser), bearer(STR("tnk_wrong"))).ptr;
    assert_int_equal(request("GET", "/api/v1/me", both, "").status, 401);
}

static void another_tenants_number_makes_a_token_unknown(void **state) {
    (void)state;
    struct str token = signed_in(ANN, TOKEN_ACCESS);
    assert_int_equal(request("GET", "/api/v1/me", bearer(token), "").status, 200);
    char *other = arena_alloc(arena, token.len);
    memcpy(other, token.ptr, token.len);
    other[token.len - 1] = '2';
    assert_int_equal(request("GET", "/api/v1/me", bearer((struct str){other, token.len}), "").status, 401);
}

static void who_is_made_inactive_is_out_at_once(void **state) {
    (void)state;
    struct str token = signed_in(ANN, TOKEN_ACCESS);
    assert_int_equal(request("GET", "/api/v1/me", bearer(token), "").status, 200);
    CHANGED("users", ANN, {"is_active", INT(0)});
    assert_int_equal(request("GET", "/api/v1/me", bearer(token), "").status, 401);
}

static void sessions_end_by_age_and_by_idleness(void **state) {
    (void)state;
    struct str old = signed_in(ANN, TOKEN_COOKIE), idle = signed_in(BEN, TOKEN_COOKIE);
    struct str sql = STR("UPDATE sessions SET expires_at = 1 WHERE tenant_id = 1 AND user_id = 102;"
                         "UPDATE sessions SET last_seen_at = last_seen_at - 604800001 WHERE tenant_id = 1 AND user_id = 103;");
    assert_true(db_write_wait(db, DB_PLATFORM, core_test_script, &sql, NULL));
    assert_int_equal(request("GET", "/api/v1/me", cookie(old), "").status, 401);
    assert_int_equal(request("GET", "/api/v1/me", cookie(idle), "").status, 401);
}

static void last_seen_is_written_now_and_then(void **state) {
    (void)state;
    struct str token = signed_in(ANN, TOKEN_COOKIE), sql = STR("UPDATE sessions SET last_seen_at = last_seen_at - 400000");
    assert_true(db_write_wait(db, DB_PLATFORM, core_test_script, &sql, NULL));
    int64_t before = sql_int(as_system(ONE), "SELECT last_seen_at FROM sessions WHERE tenant_id = :tenant", NO_ARGS),
            after = before;
    assert_int_equal(request("GET", "/api/v1/me", cookie(token), "").status, 200);
    for (int i = 0; i < 2000 && after == before; i++) {
        usleep(10000);
        after = sql_int(as_system(ONE), "SELECT last_seen_at FROM sessions WHERE tenant_id = :tenant", NO_ARGS);
    }
    assert_true(after > before + 390000);
    assert_int_equal(request("GET", "/api/v1/me", cookie(token), "").status, 200);
    usleep(50000);
    assert_int_equal(sql_int(as_system(ONE), "SELECT last_seen_at FROM sessions WHERE tenant_id = :tenant", NO_ARGS), after);
}

/* ---- pages ----------------------------------------------------------------------------------------------------------- */

static void who_is_not_signed_in_is_led_to_the_sign_in(void **state) {
    (void)state;
    struct reply r = request("GET", "/t/page?a=b%26c", "", "");
    assert_int_equal(r.status, 303);
    assert_text(header_of(&r, "Location"), "/login?next=%2Ft%2Fpage%3Fa%3Db%2526c");
    r = request("GET", "/t/page", "HX-Request: true\r\n", "");
    assert_int_equal(r.status, 401);
    assert_text(header_of(&r, "HX-Redirect"), "/login");
    r = request("GET", "/api/v1/me", "", "");
    assert_int_equal(r.status, 401);
    assert_text(header_of(&r, "WWW-Authenticate"), "Bearer realm=\"tenon\"");
    assert_true(has(request("GET", "/t/public", "", "").body, "user 0"));
}

static struct str csrf_for(struct str token) {
    struct reply r = request("GET", "/t/page", cookie(token), "");
    ptrdiff_t at = str_find(r.body, STR("csrf "));
    assert_true(at >= 0);
    return str_slice(r.body, (size_t)at + 5, r.body.len);
}

#define FORM "Content-Type: application/x-www-form-urlencoded\r\n"

static int post_page(struct str token, const char *more, struct str csrf) {
    return request("POST", "/t/page", str_printf(arena, "%s%s" FORM, cookie(token), more).ptr,
                   str_printf(arena, "_csrf=%.*s", STR_ARG(csrf)).ptr)
        .status;
}

static void a_form_needs_its_own_sessions_token(void **state) {
    (void)state;
    struct str ann = signed_in(ANN, TOKEN_COOKIE), ben = signed_in(BEN, TOKEN_COOKIE), csrf = csrf_for(ann);
    assert_int_equal(post_page(ann, "", csrf), 200);
    assert_int_equal(post_page(ann, "", csrf_for(ann)), 200);
    assert_int_equal(post_page(ann, "", STR("")), 403);
    assert_int_equal(post_page(ann, "", STR("AAAA")), 403);
    assert_int_equal(post_page(ann, "", csrf_for(ben)), 403);
    const char *header = str_printf(arena, "%sX-CSRF-Token: %.*s\r\n", cookie(ann), STR_ARG(csrf)).ptr;
    assert_int_equal(request("POST", "/t/page", header, "").status, 200);
    assert_int_equal(request("POST", "/t/api", cookie(ann), "").status, 403);
    assert_int_equal(request("POST", "/t/api", bearer(signed_in(ANN, TOKEN_ACCESS)), "").status, 200);
}

static void a_pages_token_never_looks_the_same(void **state) {
    (void)state;
    struct str ann = signed_in(ANN, TOKEN_COOKIE);
    assert_false(str_eq(csrf_for(ann), csrf_for(ann)));
}

static void other_sites_cannot_make_a_browser_post(void **state) {
    (void)state;
    struct str ann = signed_in(ANN, TOKEN_COOKIE), csrf = csrf_for(ann);
    const char *own =
        str_printf(arena, "Origin: http://127.0.0.1:%d\r\nSec-Fetch-Site: same-origin\r\n", server_port(server)).ptr;
    assert_int_equal(post_page(ann, own, csrf), 200);
    assert_int_equal(post_page(ann, "Origin: http://evil.example\r\n", csrf), 403);
    assert_int_equal(post_page(ann, "Origin: null\r\n", csrf), 403);
    assert_int_equal(post_page(ann, "Sec-Fetch-Site: cross-site\r\n", csrf), 403);
    assert_int_equal(post_page(ann, "Sec-Fetch-Site: same-site\r\n", csrf), 403);
    struct reply login = request("POST", "/login", "Origin: http://evil.example\r\n" FORM, "email=a&password=b");
    assert_int_equal(login.status, 403);
}

/* ---- signing in and out ---------------------------------------------------------------------------------------------- */

static void give_password(int64_t user, const char *plain) {
    struct errors errors = {.arena = arena};
    struct str hash = password_hash(arena, str_of(plain), &errors);
    assert_true(hash.len > 0);
    struct ctx *system = as_system(tenant_of(user));
    assert_true(update(system, "users", user, ARGS({"password_hash", value_text(hash)})));
}

#define JSON "Content-Type: application/json\r\n"

static struct reply login(const char *email, const char *password, const char *tenant) {
    return request("POST", "/api/v1/auth/login", JSON,
                   str_printf(arena, "{\"email\":\"%s\",\"password\":\"%s\",\"tenant\":\"%s\"}", email, password, tenant).ptr);
}

static struct str token_in(struct str body) {
    ptrdiff_t at = str_find(body, STR("\"token\":\""));
    assert_true(at >= 0);
    struct str rest = str_slice(body, (size_t)at + 9, body.len), token;
    str_split(&rest, '"', &token);
    return token;
}

static void a_program_signs_in_refreshes_and_signs_out(void **state) {
    (void)state;
    give_password(ANN, "correct horse battery 7");
    struct reply r = login("102@TENON.example", "correct horse battery 7", "");
    assert_int_equal(r.status, 200);
    struct str first = token_in(r.body);
    assert_int_equal(request("GET", "/api/v1/me", bearer(first), "").status, 200);
    r = request("POST", "/api/v1/auth/refresh", bearer(first), "");
    assert_int_equal(r.status, 200);
    struct str second = token_in(r.body);
    assert_int_equal(request("GET", "/api/v1/me", bearer(first), "").status, 401);
    assert_int_equal(request("GET", "/api/v1/me", bearer(second), "").status, 200);
    assert_int_equal(request("POST", "/api/v1/auth/logout", bearer(second), "").status, 204);
    assert_int_equal(request("GET", "/api/v1/me", bearer(second), "").status, 401);
    assert_int_equal(sql_int(as_system(ONE),
                             "SELECT count(*) FROM audit_logs WHERE tenant_id = :tenant AND user_id = 102 "
                             "AND action IN ('login', 'logout')",
                             NO_ARGS),
                     2);
}

static void a_wrong_password_and_nobody_get_the_same_answer(void **state) {
    (void)state;
    give_password(ANN, "correct horse battery 7");
    struct reply wrong = login("102@tenon.example", "wrong", ""), nobody = login("nobody@tenon.example", "wrong", "");
    assert_int_equal(wrong.status, 401);
    assert_int_equal(nobody.status, 401);
    assert_true(has(wrong.body, "wrong_credentials") && has(nobody.body, "wrong_credentials"));
    assert_int_equal(wrong.body.len, nobody.body.len);
    int64_t noted = 0;
    for (int i = 0; i < 2000 && !noted; i++) {
        usleep(10000);
        noted = sql_int(
            as_system(ONE),
            "SELECT count(*) FROM audit_logs WHERE tenant_id = :tenant AND action = 'login_failed' AND entity_id = 102", NO_ARGS);
    }
    assert_int_equal(noted, 1);
}

static void an_account_takes_ten_tries(void **state) {
    (void)state;
    for (int i = 0; i < 10; i++) assert_int_equal(login("limited@tenon.example", "wrong", "").status, 401);
    struct reply r = login("limited@tenon.example", "wrong", "");
    assert_int_equal(r.status, 429);
    int64_t wait = 0;
    assert_true(str_to_int(header_of(&r, "Retry-After"), &wait) && wait > 0 && wait <= 900);
}

static void an_address_in_two_companies_must_name_one(void **state) {
    (void)state;
    give_password(ANN, "correct horse battery 7");
    give_password(ADMIN_TWO, "correct horse battery 7");
    struct ctx *two = as_system(TWO);
    assert_true(update(two, "users", ADMIN_TWO, ARGS({"email", TEXT("102@tenon.example")})));
    struct reply r = login("102@tenon.example", "correct horse battery 7", "");
    assert_int_equal(r.status, 422);
    assert_true(has(r.body, "\"field\":\"tenant\""));
    r = login("102@tenon.example", "correct horse battery 7", "two");
    assert_int_equal(r.status, 200);
    assert_true(has(request("GET", "/api/v1/me", bearer(token_in(r.body)), "").body, "\"id\":201,"));
    give_password(ANN, "another horse battery 8");
    assert_int_equal(login("102@tenon.example", "correct horse battery 7", "").status, 200);
}

static void a_browser_signs_in_and_is_led_on_within_this_server(void **state) {
    (void)state;
    give_password(ANN, "correct horse battery 7");
#define LOGIN_FORM "email=102%40tenon.example&password=correct+horse+battery+7&next="
    struct reply r = request("POST", "/login", FORM, LOGIN_FORM "%2Fleads%3Fa%3D1");
    assert_int_equal(r.status, 303);
    assert_text(header_of(&r, "Location"), "/leads?a=1");
    struct str set = header_of(&r, "Set-Cookie"), value;
    assert_true(has(set, "HttpOnly") && has(set, "SameSite=Lax") && has(set, "Path=/") && !has(set, "Secure"));
    str_split(&set, ';', &value);
    const char *signed_in_by = str_printf(arena, "Cookie: %.*s\r\n", STR_ARG(value)).ptr;
    assert_true(has(request("GET", "/t/page", signed_in_by, "").body, "user 102"));
    r = request("POST", "/login", str_printf(arena, "%s" FORM, signed_in_by).ptr, LOGIN_FORM "//evil.example");
    assert_text(header_of(&r, "Location"), "/");
    /* the session it came with has ended */
    assert_int_equal(request("GET", "/t/page", signed_in_by, "").status, 303);
}

static void secure_cookies_are_bound_to_the_host(void **state) {
    (void)state;
    give_password(ANN, "correct horse battery 7");
    server_stop(server, 1);
    struct errors errors = {.arena = arena};
    struct server_options options = {.secure_cookies = true, .public_url = STR("https://crm.example"), .files_dir = directory};
    server = server_start(db, &options, &errors);
    assert_non_null(server);
    const char *from = "Origin: https://crm.example\r\nX-Forwarded-For: 10.1.1.1, 192.0.2.7\r\n" FORM;
    struct reply r = request("POST", "/login", from, "email=102%40tenon.example&password=correct+horse+battery+7");
    assert_int_equal(r.status, 303);
    assert_true(str_starts(header_of(&r, "Set-Cookie"), STR("__Host-tenon=")));
    assert_true(has(header_of(&r, "Set-Cookie"), "; Secure"));
    assert_true(has(header_of(&r, "Strict-Transport-Security"), "max-age="));
    assert_text(sql_text(as_system(ONE), "SELECT ip_address FROM sessions WHERE tenant_id = :tenant", NO_ARGS), "192.0.2.7");
    const char *foreign = "Origin: http://127.0.0.1\r\n" FORM;
    assert_int_equal(request("POST", "/login", foreign, "email=a&password=b").status, 403);
}

int main(void) {
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) router_add(&routes[i]);
    const struct CMUnitTest tests[] = {
        SERVED(a_token_names_its_kind_and_tenant),
        SERVED(a_key_is_its_user_until_it_is_revoked_or_expires),
        SERVED(a_token_counts_only_where_it_belongs),
        SERVED(another_tenants_number_makes_a_token_unknown),
        SERVED(who_is_made_inactive_is_out_at_once),
        SERVED(sessions_end_by_age_and_by_idleness),
        SERVED(last_seen_is_written_now_and_then),
        SERVED(who_is_not_signed_in_is_led_to_the_sign_in),
        SERVED(a_form_needs_its_own_sessions_token),
        SERVED(a_pages_token_never_looks_the_same),
        SERVED(other_sites_cannot_make_a_browser_post),
        SERVED(a_program_signs_in_refreshes_and_signs_out),
        SERVED(a_wrong_password_and_nobody_get_the_same_answer),
        SERVED(an_account_takes_ten_tries),
        SERVED(an_address_in_two_companies_must_name_one),
        SERVED(a_browser_signs_in_and_is_led_on_within_this_server),
        SERVED(secure_cookies_are_bound_to_the_host),
    };
    return cmocka_run_group_tests_name("session", tests, NULL, NULL);
}
