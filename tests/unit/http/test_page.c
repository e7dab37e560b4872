/* test_page.c - names, colours and fields of pages, and what the compiled parts write. */
#include "base/base_test.h"

#include "http/login_view.h"
#include "templates.h"

static bool contains(struct str text, const char *part) { return str_find(text, str_of(part)) >= 0; }

static void initials_stand_for_a_name(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"Priya Raman", "PR"}, {"  tom  aldous ", "TA"}, {"Cher", "CH"}, {"Mary Ann van Dyk", "MD"}, {"", ""}, {"x", "X"},
        {"Øyvind Åsen", "ØÅ"}, {"日本 太郎", "日太"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) assert_text(page_initials(arena, str_of(cases[i][0])), cases[i][1]);
}

static void a_colour_stays_with_its_name(void **state) {
    (void)state;
    assert_string_equal(page_hue(STR("Priya Raman")), page_hue(STR("Priya Raman")));
    static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"};
    int different = 0;
    for (size_t i = 1; i < sizeof names / sizeof *names; i++)
        different += strcmp(page_hue(str_of(names[i])), page_hue(str_of(names[0]))) != 0;
    assert_true(different > 5);
    assert_in_range(page_hue_angle(STR("Fernhill Solar")), 0, 359);
}

static void an_item_is_active_by_its_id(void **state) {
    (void)state;
    struct page page = page_new(STR("Leads"));
    struct nav_item leads = {.id = "leads"}, none = {.id = NULL};
    assert_false(page_is_active(&page, &leads));
    page.active = "leads";
    assert_true(page_is_active(&page, &leads));
    assert_false(page_is_active(&page, &none));
}

static void a_field_shows_its_error_and_ties_it_to_the_input(void **state) {
    (void)state;
    struct errors errors = {.arena = arena};
    errors_add(&errors, 422, "format", "phone", "Add the <area> code.");
    struct input input = {.name = STR("phone"),
                          .label = STR("Phone"),
                          .type = "tel",
                          .value = STR("\"><b>"),
                          .error = page_error(&errors, "phone")};
    struct buf b = buf_new(arena, 1024);
    tpl_field(&b, &input);
    struct str out = buf_str(&b);
    assert_true(contains(out, "aria-invalid=\"true\" aria-describedby=\"f-phone-error\""));
    assert_true(contains(out, "id=\"f-phone-error\""));
    assert_true(contains(out, "Add the &lt;area&gt; code."));
    assert_true(contains(out, "value=\"&quot;&gt;&lt;b&gt;\""));
    assert_true(contains(out, "<label for=\"f-phone\">"));
    assert_false(contains(out, "<b>"));
}

static void a_select_offers_none_only_where_that_is_possible(void **state) {
    (void)state;
    static const struct choice choices[] = {{STR_INIT("1"), STR_INIT("New"), false}, {STR_INIT("2"), STR_INIT("Won"), true}};
    struct input input = {
        .kind = INPUT_SELECT, .name = STR("stage"), .label = STR("Stage"), .choices = choices, .choice_count = 2};
    struct buf optional = buf_new(arena, 1024), required = buf_new(arena, 1024);
    tpl_field(&optional, &input);
    assert_true(contains(buf_str(&optional), "<option value=\"\">None</option>"));
    assert_true(contains(buf_str(&optional), "<option value=\"2\" selected>Won</option>"));
    input.required = true;
    input.value = STR("2");
    tpl_field(&required, &input);
    assert_false(contains(buf_str(&required), "None"));
}

static void the_summary_links_to_each_field(void **state) {
    (void)state;
    struct errors errors = {.arena = arena};
    struct buf none = buf_new(arena, 64);
    tpl_error_summary(&none, &errors);
    assert_text(buf_str(&none), "");
    errors_add(&errors, 422, "required", "email", "Enter an email.");
    errors_add(&errors, 409, "conflict", NULL, "Somebody else saved first.");
    struct buf b = buf_new(arena, 1024);
    tpl_error_summary(&b, &errors);
    assert_true(contains(buf_str(&b), "2 things to fix"));
    assert_true(contains(buf_str(&b), "<a href=\"#f-email\">Enter an email.</a>"));
    assert_true(contains(buf_str(&b), "<li>Somebody else saved first.</li>"));
}

static void the_frame_leaves_out_what_is_not_there(void **state) {
    (void)state;
    struct page page = page_new(STR("<Leads>"));
    struct buf b = buf_new(arena, 4096);
    tpl_layout_open(&b, &page);
    tpl_layout_close(&b, &page);
    struct str out = buf_str(&b);
    assert_true(contains(out, "<title>&lt;Leads&gt; · Tenon</title>"));
    static const char *const absent[] = {"tabbar", "omni", "tenant-menu", "data-theme", "class=\"toast\"", "onclick", "<style"};
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
        if (contains(out, absent[i])) fail_msg("%s is there", absent[i]);
    }
    page.theme = STR("dark");
    struct flash flash = {.text = STR("Moved."), .undo = STR("/change_sets/7/undo")};
    page.flashes = &flash;
    page.flash_count = 1;
    page.csrf = STR("abc");
    struct buf more = buf_new(arena, 4096);
    tpl_layout_open(&more, &page);
    tpl_layout_close(&more, &page);
    assert_true(contains(buf_str(&more), "data-theme=\"dark\""));
    assert_true(
        contains(buf_str(&more),
                 "<form method=\"post\" action=\"/change_sets/7/undo\"><input type=\"hidden\" name=\"_csrf\" value=\"abc\">"));
}

static void sign_in_keeps_what_was_typed_but_never_the_password(void **state) {
    (void)state;
    struct page page = page_new(STR("Sign in"));
    struct login_view view = {
        .email = STR("a@b.example"), .problem = STR("That email and password do not match."), .next = STR("javascript:alert(1)")};
    struct buf b = buf_new(arena, 8192);
    tpl_login(&b, &page, &view);
    struct str out = buf_str(&b);
    assert_true(contains(out, "value=\"a@b.example\""));
    assert_true(
        contains(out, "name=\"password\" type=\"password\" required autocomplete=\"current-password\" aria-invalid=\"true\""));
    assert_true(contains(out, "role=\"alert\""));
}

static void the_workspace_is_asked_for_only_where_an_address_stands_in_several(void **state) {
    (void)state;
    struct page page = page_new(STR("Sign in"));
    struct login_view view = {.ask_tenant = false};
    struct buf b = buf_new(arena, 8192), asked = buf_new(arena, 8192);
    tpl_login(&b, &page, &view);
    assert_false(contains(buf_str(&b), "id=\"f-tenant\""));
    view.ask_tenant = true;
    tpl_login(&asked, &page, &view);
    assert_true(contains(buf_str(&asked), "id=\"f-tenant\""));
}

/* Nobody's password is shown where it is not to be: then there is nothing to press either. */
static void the_demo_shows_its_password_only_where_it_has_one(void **state) {
    (void)state;
    struct page page = page_new(STR("Sign in"));
    static const struct login_person people[] = {
        {STR_INIT("Supervisor"), STR_INIT("Priya Raman"), STR_INIT("priya@fernhill.example")}};
    struct login_demo demo = {
        .name = STR("Fernhill Solar"), .tenant = STR("fernhill"), .password = STR("abcdefgh2345"), .people = people, .count = 1};
    struct login_view view = {.demo = &demo, .demo_count = 1};
    struct buf b = buf_new(arena, 8192), hidden = buf_new(arena, 8192);
    tpl_login(&b, &page, &view);
    assert_true(contains(buf_str(&b), "<code>abcdefgh2345</code>"));
    demo.password = STR("");
    tpl_login(&hidden, &page, &view);
    assert_true(contains(buf_str(&hidden), "priya@fernhill.example"));
    assert_false(contains(buf_str(&hidden), "as Supervisor"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(initials_stand_for_a_name),
        TEST(a_colour_stays_with_its_name),
        TEST(an_item_is_active_by_its_id),
        TEST(a_field_shows_its_error_and_ties_it_to_the_input),
        TEST(a_select_offers_none_only_where_that_is_possible),
        TEST(the_summary_links_to_each_field),
        TEST(the_frame_leaves_out_what_is_not_there),
        TEST(sign_in_keeps_what_was_typed_but_never_the_password),
        TEST(the_workspace_is_asked_for_only_where_an_address_stands_in_several),
        TEST(the_demo_shows_its_password_only_where_it_has_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
