/* sla.c - SLAs: how soon we promise to answer and to solve, by priority, and in which hours the clock runs. */
#include "core/ctx.h"
#include "core/entity.h"
#include "core/row.h"

static const char *const priorities[] = {"critical", "high", "medium", "low"};

/* An answer comes before the solution. */
static bool sla_before_save(struct ctx *ctx, struct change *change) {
    for (size_t i = 0; i < sizeof priorities / sizeof *priorities; i++) {
        const char *answer = str_cstr(ctx->arena, str_printf(ctx->arena, "%s_response_minutes", priorities[i]));
        const char *solution = str_cstr(ctx->arena, str_printf(ctx->arena, "%s_resolution_minutes", priorities[i]));
        if (row_null(change->row, answer) || row_null(change->row, solution)) continue;
        if (row_int(change->row, answer) > row_int(change->row, solution))
            errors_add(&ctx->errors, 422, "order", solution, "The solution is promised before the answer.");
    }
    return ctx->errors.count == 0;
}

ENTITY(sla) = {
    .name = "slas", .one = N_("SLA"), .many = N_("SLAs"), .pack = "support", .title = "name",
    .icon = "clock", .hue = "red", .flags = ENTITY_SETTINGS,
    .help = N_("How soon you promise to answer and to solve, by priority."),
    .fields = FIELDS(
        { "name",                        N_("Name"),               F_TEXT(100), .flags = REQUIRED, .section = N_("SLA") },
        { "description",                 N_("Description"),        F_TEXT(2000), .flags = MULTILINE },
        { "is_default",                  N_("Usual"),              F_BOOL, .initial = "false",
          .help = N_("For clients that have none of their own.") },
        { "is_active",                   N_("In use"),             F_BOOL, .initial = "true" },
        { "critical_response_minutes",   N_("Critical: answer"),   F_DURATION, .initial = "60", .section = N_("Promises") },
        { "critical_resolution_minutes", N_("Critical: solution"), F_DURATION, .initial = "240" },
        { "high_response_minutes",       N_("High: answer"),       F_DURATION, .initial = "120" },
        { "high_resolution_minutes",     N_("High: solution"),     F_DURATION, .initial = "480" },
        { "medium_response_minutes",     N_("Medium: answer"),     F_DURATION, .initial = "240" },
        { "medium_resolution_minutes",   N_("Medium: solution"),   F_DURATION, .initial = "1440" },
        { "low_response_minutes",        N_("Low: answer"),        F_DURATION, .initial = "480" },
        { "low_resolution_minutes",      N_("Low: solution"),      F_DURATION, .initial = "4320" },
        { "coverage",                    N_("The clock runs"),     F_CHOICE("always", "business_hours"), .flags = REQUIRED,
          .initial = "business_hours", .section = N_("Hours") },
        { "business_days",               N_("Days"),
          F_CHOICES("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
          .initial = "monday, tuesday, wednesday, thursday, friday" },
        { "opens_minute",                N_("From"),               F_DURATION, .initial = "540",
          .help = N_("Hours and minutes since midnight, such as 9:00.") },
        { "closes_minute",               N_("Until"),              F_DURATION, .initial = "1020" },
        { "holidays",                    N_("Holidays"),           F_JSON("array"),
          .help = N_("Dates on which it stands still.") },
        { "warning_percent",             N_("Warn at"),            F_INT(1, 100), .unit = "%", .initial = "75",
          .help = N_("Percent of the time that has passed.") },
        { "escalate_to_id",              N_("Tell"),               F_REF("users", SET_NULL),
          .help = N_("When a promise is broken.") }
    ),
    .indexes = INDEXES(UNIQUE("name")),
    .list = "name critical_response_minutes critical_resolution_minutes coverage is_default is_active", .filter = "is_active",
    .search = "name", .sort = "name", .exclusive = "is_default", .match = "name",
    .before_save = sla_before_save,
};
