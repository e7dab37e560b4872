/* sequence.c - sequences: the counters that number tickets, quotes, invoices and the like, without a gap. */
#include "app/core/sequence.h"

#include "app/core/check.h"
#include "base/timefmt.h"
#include "core/repo.h"

#define MOST INT64_C(1000000000000)

/* What a number begins with until somebody chooses something else. */
static const struct {
    const char *name, *prefix;
} beginnings[] = {
    {"quote", "Q-"}, {"invoice", "INV-"}, {"credit_note", "CN-"}, {"ticket", "T-"},   {"journey", "J-"},
    {"trip", "TR-"}, {"project", "P-"},   {"payment", "PAY-"},    {"expense", "EX-"}, {"reservation", "R-"},
};

static struct str beginning(const char *name) {
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (strcmp(name, beginnings[i].name) == 0) return str_of(beginnings[i].prefix);
    return STR("");
}

/* Counts one on, and holds the counter until the write ends. A year that was counted in is not left for an earlier one, whatever
 * becomes of the fiscal year or the clock: its numbers were given. False with an error; *known: there is such a counter. */
static bool count_on(struct ctx *ctx, const char *name, int64_t year, bool *known) {
    if (!sql_exec(ctx,
                  "UPDATE sequences SET next_number = CASE WHEN restarts = 'yearly' AND coalesce(period, :year) < :year THEN 2 "
                  "ELSE next_number + 1 END, period = CASE WHEN coalesce(period, :year) < :year THEN :year "
                  "ELSE coalesce(period, :year) END, version = version + 1, updated_at = :now "
                  "WHERE tenant_id = :tenant AND name = :name AND deleted_at IS NULL",
                  ARGS({":name", value_text(str_of(name))}, {":year", value_int(year)})))
        return false;
    *known = db_changes(ctx->conn) > 0;
    return true;
}

static struct str number_text(struct ctx *ctx, const char *name) {
    struct db_stmt *s =
        sql_query(ctx,
                  "SELECT coalesce(prefix, ''), restarts, digits, next_number - 1, period FROM sequences "
                  "WHERE tenant_id = :tenant AND name = :name AND deleted_at IS NULL",
                  ARGS({":name", value_text(str_of(name))}));
    struct str text = {NULL, 0};
    if (!s) return text;
    if (db_step(s) == DB_ROW) {
        struct buf b = buf_new(ctx->arena, 64);
        buf_add(&b, db_text(s, 0));
        if (str_eqc(db_text(s, 1), "yearly")) buf_printf(&b, "%lld-", (long long)db_int(s, 4));
        buf_printf(&b, "%0*lld", (int)db_int(s, 2), (long long)db_int(s, 3));
        text = buf_str(&b);
    }
    db_reset(s);
    return text;
}

static bool begin(struct ctx *ctx, const char *name, int64_t next, int64_t year) {
    return repo_create_as_system(ctx, "sequences",
                                 ARGS({"name", value_text(str_of(name))}, {"prefix", value_text(beginning(name))},
                                      {"next_number", value_int(next)}, {"period", value_int(year)})) != NULL;
}

/* What a number that was given elsewhere counts here: 0 where this counter would never give one that looks like it. */
static int64_t counted(struct str number, struct str prefix, bool yearly, int64_t period) {
    int64_t n, year = period;
    struct str first;
    if (!str_starts(number, prefix)) return 0;
    number = str_slice(number, prefix.len, number.len);
    if (yearly && !(str_split(&number, '-', &first) && str_to_int(first, &year))) return 0;
    return year == period && str_to_int(number, &n) && n > 0 && n < MOST ? n : 0;
}

/* A number that an import brings was given, too: the counter goes on behind it. */
static bool pass(struct ctx *ctx, struct str number, const char *name, int64_t year) {
    struct db_stmt *s = sql_query(ctx,
                                  "SELECT coalesce(prefix, ''), restarts, coalesce(period, :year) FROM sequences "
                                  "WHERE tenant_id = :tenant AND name = :name AND deleted_at IS NULL",
                                  ARGS({":name", value_text(str_of(name))}, {":year", value_int(year)}));
    if (!s) return false;
    bool known = db_step(s) == DB_ROW;
    int64_t n = known ? counted(number, db_text(s, 0), str_eqc(db_text(s, 1), "yearly"), db_int(s, 2))
                      : counted(number, beginning(name), false, year);
    db_reset(s);
    if (!n) return true;
    if (!known) return begin(ctx, name, n + 1, year);
    return sql_exec(ctx,
                    "UPDATE sequences SET next_number = :next, version = version + 1, updated_at = :now "
                    "WHERE tenant_id = :tenant AND name = :name AND deleted_at IS NULL AND next_number < :next",
                    ARGS({":name", value_text(str_of(name))}, {":next", value_int(n + 1)}));
}

bool sequence_give(struct ctx *ctx, struct change *change, const char *field, const char *name) {
    int64_t year = fiscal_year(ctx->env.fiscal, zone_day(ctx->env.zone, ctx->now));
    bool brought = !row_null(change->row, field);
    if (brought) return change->old || !change->importing || pass(ctx, row_text(change->row, field), name, year);
    bool known;
    if (!count_on(ctx, name, year, &known)) return false;
    if (!known && !begin(ctx, name, 2, year)) return false;
    struct str number = number_text(ctx, name);
    if (!number.len) return false;
    row_set_text(change->row, field, number);
    return true;
}

/* Numbers with a year go on by themselves; where the year is left out again, after those that were given without one. */
static bool sequence_before_save(struct ctx *ctx, struct change *change) {
    struct row *row = change->row;
    if (change->old && change_touches(change, "restarts")) {
        int64_t next = row_int(row, "next_number"), plain = row_int(row, "next_plain");
        const char *raised = str_eqc(row_text(row, "restarts"), "yearly") ? "next_plain" : "next_number";
        row_set_int(row, raised, next > plain ? next : plain);
    }
    return check_word(ctx, change, "name", '_');
}

ENTITY(sequence) = {
    .name = "sequences", .one = N_("Number series"), .many = N_("Number series"), .pack = "core", .title = "name",
    .icon = "list", .hue = "gray", .flags = ENTITY_SETTINGS | ENTITY_NO_AUDIT,
    .help = N_("How documents of one kind are numbered."),
    .fields = FIELDS(
        { "name",        N_("For"),          F_TEXT(50), .flags = REQUIRED | IMMUTABLE,
          .help = N_("Which documents: quote, invoice, credit_note, ticket, journey, trip, project, payment, expense.") },
        { "prefix",      N_("Begins with"),  F_TEXT(20) },
        { "digits",      N_("Digits"),       F_INT(1, 12), .flags = REQUIRED, .initial = "5" },
        { "next_number", N_("Next number"),  F_INT(1, MOST), .flags = REQUIRED, .initial = "1",
          .help = N_("Never lower than one that was given.") },
        { "restarts",    N_("Starts again"), F_CHOICE("never", "yearly"), .flags = REQUIRED, .initial = "never",
          .help = N_("Yearly: with each fiscal year, which stands in the number.") },
        { "period",      N_("Fiscal year"),  F_INT(1, 9999), .flags = READ_ONLY },
        { "next_plain",  N_("Next without a year"), F_INT(1, MOST), .flags = HIDDEN | READ_ONLY }
    ),
    .indexes = INDEXES(UNIQUE("name")),
    .list = "name prefix digits next_number restarts", .sort = "name",
    .before_save = sequence_before_save,
};
