/* test_sequence.c - numbers of documents: one after the other, again from 1 with each fiscal year where so chosen, and none twice
 * whatever becomes of the fiscal year, the clock or the choice. */
#include "app_test.h"

struct numbering {
    int64_t day;
    struct fiscal fiscal;
    int64_t id;
};

static bool number_project(struct ctx *ctx, void *arg) {
    struct numbering *n = arg;
    ctx->now = ctx->env.now = n->day * DAY_MS;
    ctx->env.fiscal = n->fiscal;
    const struct row *project = repo_create_as_system(ctx, "projects", ARGS({"name", value_text(STR("Numbered"))}));
    n->id = project ? row_id(project) : 0;
    return project != NULL;
}

/* The number of a project that is made on that day, in a company whose fiscal year begins then. */
static const char *project_on(int year, int month, int day, int fiscal_month, int fiscal_day) {
    struct numbering n = {date_from_civil(year, month, day), {fiscal_month, fiscal_day}, 0};
    last = app_test_ctx(0);
    assert_done(ctx_write(last, number_project, &n));
    return text_of("projects", n.id, "number");
}

static int64_t series(void) {
    return number("SELECT id FROM sequences WHERE tenant_id = :tenant AND name = 'project'");
}

static void a_series_goes_on_over_the_years(void **state) {
    (void)state;
    assert_string_equal(project_on(2026, 12, 31, 1, 1), "P-00001");
    assert_string_equal(project_on(2027, 1, 1, 1, 1), "P-00002");
}

static void a_yearly_series_starts_again_with_the_fiscal_year(void **state) {
    (void)state;
    made("sequences", "name=project", "prefix=P-", "restarts=yearly");
    assert_string_equal(project_on(2026, 6, 29, 7, 1), "P-2026-00001");
    assert_string_equal(project_on(2026, 6, 30, 7, 1), "P-2026-00002");
    assert_string_equal(project_on(2026, 7, 1, 7, 1), "P-2027-00001");
    assert_string_equal(project_on(2027, 1, 1, 7, 1), "P-2027-00002");
    assert_string_equal(project_on(2027, 7, 1, 7, 1), "P-2028-00001");
}

/* In the year that was counted in last the count goes on, until the new reckoning has passed it. */
static void no_number_comes_twice_when_the_fiscal_year_changes(void **state) {
    (void)state;
    made("sequences", "name=project", "prefix=P-", "restarts=yearly");
    assert_string_equal(project_on(2026, 11, 12, 1, 1), "P-2026-00001");
    assert_string_equal(project_on(2026, 11, 13, 7, 1), "P-2027-00001");
    assert_string_equal(project_on(2026, 11, 14, 1, 1), "P-2027-00002");
    assert_string_equal(project_on(2027, 2, 1, 4, 6), "P-2027-00003");
    assert_string_equal(project_on(2027, 4, 6, 4, 6), "P-2028-00001");
    assert_string_equal(project_on(2026, 11, 15, 1, 1), "P-2028-00002");
}

static void no_number_comes_twice_when_years_are_left_out_again(void **state) {
    (void)state;
    assert_string_equal(project_on(2026, 3, 1, 1, 1), "P-00001");
    assert_string_equal(project_on(2026, 3, 1, 1, 1), "P-00002");
    assert_done(update(0, "sequences", series(), "restarts=yearly"));
    assert_string_equal(project_on(2026, 3, 1, 1, 1), "P-2026-00003");
    assert_string_equal(project_on(2027, 3, 1, 1, 1), "P-2027-00001");
    assert_done(update(0, "sequences", series(), "restarts=never"));
    assert_string_equal(project_on(2027, 3, 1, 1, 1), "P-00003");
    assert_done(update(0, "sequences", series(), "restarts=yearly"));
    assert_string_equal(project_on(2027, 3, 1, 1, 1), "P-2027-00004");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_series_goes_on_over_the_years),
        TEST(a_yearly_series_starts_again_with_the_fiscal_year),
        TEST(no_number_comes_twice_when_the_fiscal_year_changes),
        TEST(no_number_comes_twice_when_years_are_left_out_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
