/* help_page.c - the sheet of all keys. */
#include "http/help_page.h"

#include "templates.h"

ROUTE("GET", "/help/keys", help_keys, RUN_READ)

#define KEY(keys, what)                                                                                                          \
    { STR_INIT(keys), STR_INIT(what) }
static const struct help_key everywhere[] = {
    KEY("Ctrl K", "Search or run a command"),
    KEY("G H", "Go home"),
    KEY("G L", "Go to leads"),
    KEY("G T", "Go to tasks"),
    KEY("C", "Create"),
    KEY("?", "Show this sheet"),
    KEY("Esc", "Back one layer"),
};
static const struct help_key in_lists[] = {
    KEY("/", "Search this list"),
    KEY("F", "Filter"),
    KEY("J", "Next row"),
    KEY("K", "Previous row"),
    KEY("Enter", "Open it"),
    KEY("X", "Select"),
    KEY("Shift X", "Select up to here"),
    KEY("M", "Move to another stage"),
};
static const struct help_key in_calendars[] = {
    KEY("J", "Later"),
    KEY("K", "Earlier"),
    KEY("T", "Today"),
    KEY("M", "Move to another time"),
    KEY("Shift Arrows", "Move by a day, a week or a quarter of an hour"),
};
static const struct help_key on_records[] = {
    KEY("J", "Next record of the list"),
    KEY("K", "Previous record of the list"),
    KEY("E", "Edit"),
    KEY("M", "Move to another stage"),
    KEY("N", "Write a note"),
    KEY("Enter", "Save the field"),
    KEY("Esc", "Leave the field as it was"),
};
static const struct help_key in_forms[] = {
    KEY("Ctrl Enter", "Send"),
    KEY("Ctrl S", "Save"),
    KEY("Tab", "Next field"),
    KEY("Esc", "Close the dialog"),
};
#define SECTION(heading, keys)                                                                                                   \
    { STR_INIT(heading), keys, sizeof(keys) / sizeof *(keys) }
static const struct help_section sections[] = {
    SECTION("Everywhere", everywhere),
    SECTION("Lists and boards", in_lists),
    SECTION("Calendars", in_calendars),
    SECTION("One record", on_records),
    SECTION("Forms", in_forms),
};

void help_keys(struct request *req, struct response *res) {
    struct help_view view = {.sections = sections, .count = sizeof sections / sizeof *sections};
    struct page *page = frame_open(req, STR("Keyboard shortcuts"), "");
    tpl_help_keys(&res->body, page, &view);
    frame_answer(req, res, 200);
}
