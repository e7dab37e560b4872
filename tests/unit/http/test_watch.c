/* test_watch.c - what watches the server, and the beginning of an empty installation. */
#include "http_test.h"

#include "http/setup.h"

static void page(struct request *req, struct response *res) {
    (void)req;
    respond_text(res, 200, STR("page"));
}
static void set_up(struct request *req, struct response *res) {
    if (setup_check(req, request_arg(req, "code")))
        respond_text(res, 200, STR("welcome"));
    else
        respond_errors(req, res);
}
static const struct route routes[] = {
    {"GET", "/t/page", page, RUN_READ, NULL},
    {"GET", "/t/asset", page, RUN_READ | PUBLIC, NULL},
    {"GET", "/t/setup", set_up, RUN_READ | PUBLIC, NULL},
};

static void health_needs_no_database_and_readiness_does(void **state) {
    (void)state;
    assert_text(request("GET", "/healthz", "", "").body, "ok\n");
    assert_int_equal(request("GET", "/readyz", "", "").status, 200);
}

static void metrics_are_for_this_machine_and_administrators(void **state) {
    (void)state;
    request("GET", "/t/asset", "", "");
    const char *counted = "tenon_requests_total{method=\"GET\",route=\"/t/asset\",status=\"2xx\"} 1\n";
    struct reply r = request("GET", "/metrics", "", "");
    /* A request is counted when it has ended, a moment after its answer. */
    for (int i = 0; i < 1000 && !has(r.body, counted); i++) {
        usleep(20000);
        r = request("GET", "/metrics", "", "");
    }
    assert_int_equal(r.status, 200);
    assert_true(has(r.body, counted));
    assert_true(has(r.body, "tenon_request_seconds_bucket{run=\"read\",le=\"+Inf\"}"));
    assert_int_equal(request("GET", "/metrics", "X-Forwarded-For: 192.0.2.7\r\n", "").status, 403);
    const char *ann = str_printf(arena, "X-Forwarded-For: 192.0.2.7\r\n%s", bearer(signed_in(ANN, TOKEN_ACCESS))).ptr;
    assert_int_equal(request("GET", "/metrics", ann, "").status, 403);
    const char *admin = str_printf(arena, "X-Forwarded-For: 192.0.2.7\r\n%s", bearer(signed_in(ADMIN, TOKEN_ACCESS))).ptr;
    assert_int_equal(request("GET", "/metrics", admin, "").status, 200);
}

static void an_installation_with_a_company_needs_no_setup(void **state) {
    (void)state;
    assert_false(setup_open(server));
    assert_int_equal(setup_code(server).len, 0);
    assert_int_equal(request("GET", "/t/setup?code=", "", "").status, 403);
}

/* ---- an empty installation --------------------------------------------------------------------------------------------- */

static int open_empty(void **state) {
    core_test_open(state);
    struct str sql =
        STR("PRAGMA defer_foreign_keys = ON; DELETE FROM role_permissions; DELETE FROM role_users; DELETE FROM roles;"
            "DELETE FROM locations; DELETE FROM audit_logs; DELETE FROM users; DELETE FROM tenants;");
    assert_true(db_write_wait(db, DB_PLATFORM, core_test_script, &sql, NULL));
    struct errors errors = {.arena = arena};
    struct server_options options = test_options;
    options.files_dir = directory;
    server = server_start(db, &options, &errors);
    assert_non_null(server);
    return 0;
}

static void every_page_of_an_empty_installation_leads_to_its_setup(void **state) {
    (void)state;
    struct reply r = request("GET", "/t/page", "", "");
    assert_int_equal(r.status, 303);
    assert_text(header_of(&r, "Location"), "/setup");
    assert_int_equal(request("GET", "/t/asset", "", "").status, 200);
    assert_int_equal(request("GET", "/api/v1/me", "", "").status, 401);
}

static struct reply set_up_with(struct str code) {
    return request("GET", str_printf(arena, "/t/setup?code=%.*s", STR_ARG(code)).ptr, "", "");
}

static void only_the_printed_code_opens_it(void **state) {
    (void)state;
    struct str code = setup_code(server);
    assert_int_equal(code.len, 20);
    assert_int_equal(set_up_with(STR("")).status, 403);
    assert_int_equal(set_up_with(str_slice(code, 0, 19)).status, 403);
    assert_int_equal(set_up_with(code).status, 200);
}

static void ten_wrong_codes_are_enough(void **state) {
    (void)state;
    for (int i = 0; i < 10; i++) assert_int_equal(set_up_with(STR("aaaaaaaaaaaaaaaaaaaa")).status, 403);
    assert_int_equal(set_up_with(setup_code(server)).status, 429);
}

static void a_company_closes_it_for_good(void **state) {
    (void)state;
    struct str code = setup_code(server);
    core_test_made(as_system(0), "tenants",
                   ARGS({"name", TEXT("First")}, {"slug", TEXT("first")}, {"country", TEXT("AU")}, {"currency", TEXT("AUD")},
                        {"timezone", TEXT("UTC")}));
    assert_int_equal(set_up_with(code).status, 403);
    assert_int_equal(setup_code(server).len, 0);
    struct reply r = request("GET", "/t/page", "", "");
    assert_true(str_starts(header_of(&r, "Location"), STR("/login")));
}

int main(void) {
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) router_add(&routes[i]);
#define EMPTY(function) cmocka_unit_test_setup_teardown(function, open_empty, http_test_close)
    const struct CMUnitTest tests[] = {
        SERVED(health_needs_no_database_and_readiness_does),
        SERVED(metrics_are_for_this_machine_and_administrators),
        SERVED(an_installation_with_a_company_needs_no_setup),
        EMPTY(every_page_of_an_empty_installation_leads_to_its_setup),
        EMPTY(only_the_printed_code_opens_it),
        EMPTY(ten_wrong_codes_are_enough),
        EMPTY(a_company_closes_it_for_good),
    };
    return cmocka_run_group_tests_name("watch", tests, NULL, NULL);
}
