/* fiscal.c - the company's fiscal year (fiscal.h). */
#include "core/fiscal.h"

#include "base/timefmt.h"
#include "core/registry.h"

struct fiscal fiscal_of(struct str month, int64_t day) {
    const char *const *months = entity_field(registry_get("tenants"), STR("fiscal_month"))->decl->choices;
    for (int i = 0; months[i]; i++)
        if (str_eqc(month, months[i])) return (struct fiscal){i + 1, (int)day};
    return (struct fiscal){1, 1};
}

bool fiscal_is_calendar(struct fiscal fiscal) { return fiscal.month <= 1 && fiscal.day <= 1; }

/* Whole months from the first fiscal year that there is to the day: twelve to each year, and three to each quarter. */
static int months_to(struct fiscal fiscal, int64_t day) {
    struct civil c = civil_from_date(day);
    return c.year * 12 + c.month - (fiscal.month ? fiscal.month : 1) - (c.day < fiscal.day);
}

static int64_t begins(struct fiscal fiscal, int months) {
    months += fiscal.month ? fiscal.month - 1 : 0;
    return date_from_civil(months / 12, months % 12 + 1, fiscal.day ? fiscal.day : 1);
}

int fiscal_year(struct fiscal fiscal, int64_t day) { return months_to(fiscal, day) / 12 + !fiscal_is_calendar(fiscal); }

int fiscal_quarter(struct fiscal fiscal, int64_t day) { return months_to(fiscal, day) % 12 / 3 + 1; }

int64_t fiscal_year_begins(struct fiscal fiscal, int64_t day, int by) {
    return begins(fiscal, (months_to(fiscal, day) / 12 + by) * 12);
}

int64_t fiscal_quarter_begins(struct fiscal fiscal, int64_t day, int by) {
    return begins(fiscal, (months_to(fiscal, day) / 3 + by) * 3);
}
