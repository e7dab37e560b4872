/* preview.c - writes pages with made-up content to a directory, to be looked at in a browser: preview DIRECTORY. */
#include "base/arena.h"
#include "http/login_view.h"
#include "preview.h"
#include "templates.h"

#include <sys/stat.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *directory;
static struct arena *arena;

static void write_file(struct str name, struct str text) {
    const char *path = str_cstr(arena, str_printf(arena, "%s/%.*s", directory, STR_ARG(name)));
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(text.ptr, 1, text.len, file) != text.len || fclose(file) != 0) {
        perror(path);
        exit(1);
    }
}

static const struct nav_item top[] = {
    {"home", STR_INIT("Home"), STR_INIT("/"), "home", "H", PAGE_NO_COUNT, false},
    {"inbox", STR_INIT("Inbox"), STR_INIT("/inbox"), "inbox", "I", 4, true},
    {"tasks", STR_INIT("Tasks"), STR_INIT("/tasks"), "task", "T", 7, false},
    {"calendar", STR_INIT("Calendar"), STR_INIT("/calendar"), "calendar", NULL, PAGE_NO_COUNT, false},
};
static const struct nav_item records[] = {
    {"clients", STR_INIT("Companies"), STR_INIT("/clients"), "building", NULL, PAGE_NO_COUNT, false},
    {"contacts", STR_INIT("People"), STR_INIT("/contacts"), "user", NULL, PAGE_NO_COUNT, false},
};
static const struct nav_item sales[] = {
    {"leads", STR_INIT("Leads"), STR_INIT("/leads"), "leads", "L", 214, false},
    {"deals", STR_INIT("Deals"), STR_INIT("/deals"), "layers", "D", 46, false},
    {"calls", STR_INIT("Calls"), STR_INIT("/calls"), "phone", NULL, PAGE_NO_COUNT, false},
    {"quotes", STR_INIT("Quotes"), STR_INIT("/quotes"), "quote", "Q", 12, false},
};
static const struct nav_item foot[] = {
    {"reports", STR_INIT("Reports"), STR_INIT("/reports"), "chart", NULL, PAGE_NO_COUNT, false},
    {"settings", STR_INIT("Settings"), STR_INIT("/settings"), "settings", NULL, PAGE_NO_COUNT, false},
};
static const struct nav_section sections[] = {
    {.id = "top", .items = top, .count = COUNT(top)},
    {.id = "records", .label = STR_INIT("Records"), .icon = "building", .open = true, .items = records, .count = COUNT(records)},
    {.id = "sales", .label = STR_INIT("Sales"), .icon = "leads", .open = true, .items = sales, .count = COUNT(sales)},
    {.id = "foot", .items = foot, .count = COUNT(foot), .foot = true},
};
static const struct nav_item quick[] = {
    {"home", STR_INIT("Home"), STR_INIT("/"), "home", NULL, PAGE_NO_COUNT, false},
    {"leads", STR_INIT("Leads"), STR_INIT("/leads"), "leads", NULL, PAGE_NO_COUNT, false},
    {"calls", STR_INIT("Calls"), STR_INIT("/calls"), "phone", NULL, PAGE_NO_COUNT, false},
    {"tasks", STR_INIT("Tasks"), STR_INIT("/tasks"), "task", NULL, PAGE_NO_COUNT, false},
};
static const struct nav_item person[] = {
    {"me", STR_INIT("Profile and sign-in"), STR_INIT("/me"), "user", NULL, PAGE_NO_COUNT, false},
    {"keys", STR_INIT("Keyboard shortcuts"), STR_INIT("/help/keys"), "help", "?", PAGE_NO_COUNT, false},
};
static const struct workspace workspaces[] = {
    {STR_INIT("Fernhill Solar"), STR_INIT("/switch/1"), true},
    {STR_INIT("Northgate IT"), STR_INIT("/switch/2"), false},
};
static const struct flash flashes[] = {{STR_INIT("3 leads moved to Contacted"), false, STR_INIT("/undo/17")}};
static const struct crumb crumbs[] = {{STR_INIT("Sales"), STR_INIT("/sales")}};

static struct page framed(struct str title, const char *active, const char *theme) {
    struct page page = page_new(title);
    page.crumbs = crumbs;
    page.crumb_count = COUNT(crumbs);
    page.active = active;
    page.theme = str_of(theme);
    page.csrf = STR("token");
    page.nonce = STR("nonce");
    page.tenant_name = STR("Fernhill Solar");
    page.workspaces = workspaces;
    page.workspace_count = COUNT(workspaces);
    page.user_name = STR("Priya Raman");
    page.user_role = STR("Sales manager");
    page.nav = sections;
    page.nav_count = COUNT(sections);
    page.quick = quick;
    page.quick_count = COUNT(quick);
    page.menu = person;
    page.menu_count = COUNT(person);
    page.search_href = STR("/search");
    page.create_href = STR("/new");
    page.inbox_href = STR("/inbox");
    page.unread = 3;
    return page;
}

static void write_list(const char *theme, size_t rows) {
    static const struct preview_lead samples[] = {
        {STR_INIT("Meridian Cold Chain"), STR_INIT("Stuart Pell"), STR_INIT("Site visit"), STR_INIT("$642,000"),
         STR_INIT("Priya Raman"), "teal"},
        {STR_INIT("Fitzallan Foundry"), STR_INIT("Bernard Kolk"), STR_INIT("New"), STR_INIT("$486,000"), STR_INIT("Tom Aldous"),
         "cyan"},
        {STR_INIT("Tidewater Ice Rink"), STR_INIT("Marguerite Sands"), STR_INIT("Contacted"), STR_INIT("$412,000"),
         STR_INIT("Tom Aldous"), "blue"},
        {STR_INIT("A name of a company so long that no column can hold all of it, and then some"), STR_INIT("<b>naughty</b>"),
         STR_INIT("Proposal"), STR_INIT("-$0.01"), STR_INIT("\"><img src=x>"), "violet"},
        {STR_INIT("Bellbird Packaging"), STR_INIT("Hugh Sandover"), STR_INIT("Negotiation"), STR_INIT("$236,500"),
         STR_INIT("Mei Castellanos"), "amber"},
    };
    static const struct tab tabs[] = {
        {STR_INIT("All open"), STR_INIT("/leads"), 214, true},
        {STR_INIT("My leads"), STR_INIT("/leads?view=2"), 38, false},
        {STR_INIT("Commercial over 50 kW"), STR_INIT("/leads?view=3"), 61, false},
        {STR_INIT("Going cold"), STR_INIT("/leads?view=4"), PAGE_NO_COUNT, false},
    };
    struct preview_lead *leads = arena_array(arena, struct preview_lead, rows);
    for (size_t i = 0; i < rows; i++) leads[i] = samples[i % COUNT(samples)];
    struct pager pager = {.range = STR("1 to 22 of about 210"), .next = STR("/leads?cursor=c9f2")};
    struct preview_list view = {tabs, COUNT(tabs), leads, rows, &pager};
    struct page page = framed(STR("Leads"), "leads", theme);
    page.flashes = flashes;
    page.flash_count = COUNT(flashes);
    struct buf b = buf_new(arena, 65536);
    tpl_preview_list(&b, &page, &view);
    write_file(str_printf(arena, "list.%s.html", theme), buf_str(&b));
}

static void write_form(const char *theme) {
    struct errors errors = {.arena = arena};
    errors_add(&errors, 422, "required", "company", "Enter the company's name.");
    errors_add(&errors, 422, "format", "phone", "Add the area code, like (03).");
    static const struct choice stages[] = {{STR_INIT("1"), STR_INIT("New"), false},
                                           {STR_INIT("2"), STR_INIT("Contacted"), true},
                                           {STR_INIT("3"), STR_INIT("Won"), false}};
    const struct input inputs[] = {
        {.name = STR("company"), .label = STR("Company"), .required = true, .error = page_error(&errors, "company")},
        {.name = STR("phone"),
         .label = STR("Phone"),
         .type = "tel",
         .value = STR("5550 0187"),
         .error = page_error(&errors, "phone")},
        {.name = STR("value"),
         .label = STR("Value"),
         .prefix = STR("$"),
         .numeric = true,
         .inputmode = "decimal",
         .value = STR("58,900")},
        {.kind = INPUT_SELECT,
         .name = STR("stage"),
         .label = STR("Stage"),
         .choices = stages,
         .choice_count = COUNT(stages),
         .required = true,
         .value = STR("2"),
         .hint = STR("Moves the card on the board")},
        {.kind = INPUT_RADIO,
         .name = STR("kind"),
         .label = STR("Kind"),
         .choices = stages,
         .choice_count = COUNT(stages),
         .required = true},
        {.kind = INPUT_CHECK,
         .name = STR("opt_in"),
         .label = STR("Email opt in"),
         .hint = STR("They agreed to hear from us."),
         .checked = true},
        {.name = STR("date"), .label = STR("Next step"), .type = "date", .value = STR("2026-11-12")},
        {.kind = INPUT_TEXT, .name = STR("notes"), .label = STR("Notes"), .value = STR("</textarea><b>two\nlines</b>")},
    };
    struct preview_form view = {&errors, inputs, COUNT(inputs)};
    struct page page = framed(STR("New lead"), "leads", theme);
    struct buf b = buf_new(arena, 65536);
    tpl_preview_form(&b, &page, &view);
    write_file(str_printf(arena, "form.%s.html", theme), buf_str(&b));

    page = framed(STR("Leads"), "leads", theme);
    struct buf empty = buf_new(arena, 65536);
    tpl_preview_empty(&empty, &page);
    write_file(str_printf(arena, "empty.%s.html", theme), buf_str(&empty));

    struct buf board = buf_new(arena, 65536);
    tpl_preview_board(&board, &page);
    write_file(str_printf(arena, "board.%s.html", theme), buf_str(&board));
}

static void write_signin(const char *theme) {
    static const struct login_provider providers[] = {{STR_INIT("Microsoft"), STR_INIT("/login/oidc/1"), "grid"},
                                                      {STR_INIT("Google"), STR_INIT("/login/oidc/2"), "globe"}};
    struct page page = page_new(STR("Sign in to Fernhill Solar"));
    page.theme = str_of(theme);
    struct login_view view = {.tenant_name = STR("Fernhill Solar"),
                              .host = STR("fernhill.tenon.example"),
                              .email = STR("priya@fernhill.example"),
                              .problem = STR("That email and password do not match. You have 4 tries left."),
                              .passkey_href = STR("/login/passkey"),
                              .providers = providers,
                              .provider_count = COUNT(providers)};
    struct buf b = buf_new(arena, 65536);
    tpl_login(&b, &page, &view);
    write_file(str_printf(arena, "login.%s.html", theme), buf_str(&b));

    page.title = STR("Sign in");
    struct login_view plain = {.problem = {"", 0}};
    b = buf_new(arena, 65536);
    tpl_login(&b, &page, &plain);
    write_file(str_printf(arena, "login-plain.%s.html", theme), buf_str(&b));

    page.title = STR("Enter your code");
    struct login_code_view code = {.next = STR("/")};
    b = buf_new(arena, 65536);
    tpl_login_code(&b, &page, &code);
    write_file(str_printf(arena, "code.%s.html", theme), buf_str(&b));

    page.title = STR("Forgot your password?");
    b = buf_new(arena, 65536);
    tpl_login_forgot(&b, &page);
    write_file(str_printf(arena, "forgot.%s.html", theme), buf_str(&b));
}

static void write_setup(const char *theme) {
    static const struct choice packs[] = {{STR_INIT("sales"), STR_INIT("Leads, deals and quotes"), true},
                                          {STR_INIT("billing"), STR_INIT("Invoices and payments"), true}};
    struct errors errors = {.arena = arena};
    errors_add(&errors, 422, "too_short", "password", "Choose a password of at least 8 characters.");
    struct page page = page_new(STR("Set up Tenon"));
    page.theme = str_of(theme);
    struct setup_view view = {.business = STR("Fernhill Solar"),
                              .name = STR("Priya Raman"),
                              .email = STR("priya@fernhill.example"),
                              .packs = packs,
                              .pack_count = COUNT(packs),
                              .errors = &errors};
    struct buf b = buf_new(arena, 65536);
    tpl_setup(&b, &page, &view);
    write_file(str_printf(arena, "setup.%s.html", theme), buf_str(&b));

    page.title = STR("Choose a new password");
    struct password_view password = {
        .action = STR("/password/abc"), .email = STR("priya@fernhill.example"), .reason = STR("For priya@fernhill.example.")};
    b = buf_new(arena, 65536);
    tpl_password(&b, &page, &password);
    write_file(str_printf(arena, "password.%s.html", theme), buf_str(&b));

    page.title = STR("We could not save that page");
    struct error_view error = {.status = 500,
                               .title = page.title,
                               .reference = STR("7f3c-91ab"),
                               .when = STR("Thu 12 Nov 2026 10:24:31"),
                               .text = STR("The fault is ours. What you typed is kept in this browser, so going back will not "
                                           "lose it. We have been told and are looking at it."),
                               .again = STR("/leads"),
                               .home = STR("/")};
    b = buf_new(arena, 65536);
    tpl_error_page(&b, &page, &error);
    write_file(str_printf(arena, "error.%s.html", theme), buf_str(&b));
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: preview DIRECTORY\n");
        return 2;
    }
    directory = argv[1];
    arena = arena_new(64u << 20);
    const char *assets = str_cstr(arena, str_printf(arena, "%s/assets", directory));
    mkdir(directory, 0777);
    mkdir(assets, 0777);
    for (size_t i = 0; i < asset_count; i++)
        write_file(str_slice(asset_table[i].path, 1, asset_table[i].path.len), asset_table[i].body);
    static const char *const themes[] = {"light", "dark"};
    for (size_t i = 0; i < COUNT(themes); i++) {
        write_list(themes[i], 22);
        write_form(themes[i]);
        write_signin(themes[i]);
        write_setup(themes[i]);
    }
    arena_free(arena);
    return 0;
}
