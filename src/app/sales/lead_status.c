/* lead_status.c - lead statuses: the columns of the board, in their order, and what moving a lead into one asks for. */
#include "core/entity.h"

ENTITY(lead_status) = {
    .name = "lead_statuses", .one = N_("Lead status"), .many = N_("Lead statuses"), .pack = "sales", .title = "name",
    .icon = "columns", .hue = "cyan", .flags = ENTITY_SETTINGS,
    .help = N_("A stage that leads pass through; each is a column of the board."),
    .fields = FIELDS(
        { "name",        N_("Name"),        F_TEXT(255), .flags = REQUIRED, .section = N_("Status") },
        { "position",    N_("Position"),    F_INT(0, 10000), .flags = REQUIRED, .initial = "0",
          .help = N_("From left to right.") },
        { "color",       N_("Colour"),      F_COLOR, .flags = REQUIRED, .initial = "#3B82F6" },
        { "hue",         N_("Hue"),
          F_CHOICE("gray", "blue", "cyan", "teal", "green", "amber", "orange", "red", "pink", "violet"),
          HUES("gray", "blue", "cyan", "teal", "green", "amber", "orange", "red", "pink", "violet"), .flags = REQUIRED,
          .initial = "blue",
          .help = N_("How it is marked on pages.") },
        { "probability", N_("Probability"), F_INT(0, 100),
          .help = N_("Percent of leads here that are won; weighs their value.") },
        { "is_default",  N_("For new leads"), F_BOOL, .initial = "false", .section = N_("Meaning"),
          .help = N_("New leads start here; only one status can be it.") },
        { "is_won",      N_("Won"),         F_BOOL, .initial = "false" },
        { "is_lost",     N_("Lost"),        F_BOOL, .initial = "false" },
        { "is_closed",   N_("Closed"),      F_BOOL, .initial = "false", .help = N_("Nobody works on leads here any more.") },
        { "requires_note", N_("Ask for a note"), F_BOOL, .initial = "false", .section = N_("When a lead moves here") },
        { "requires_followup_date", N_("Ask for a follow-up date"), F_BOOL, .initial = "false" }
    ),
    .indexes = INDEXES(UNIQUE("name")),
    .list = "position name hue is_default is_won is_lost is_closed requires_note requires_followup_date", .search = "name",
    .sort = "position", .match = "name", .exclusive = "is_default",
};
