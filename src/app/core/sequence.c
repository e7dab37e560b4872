/* sequence.c - sequences: the counters that number tickets, quotes, invoices and the like, without a gap. */
#include "app/core/sequence.h"

#include "app/core/check.h"
#include "base/timefmt.h"
#include "core/repo.h"

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

/* Counts one on, and holds the counter until the write ends. False with an error; *known: there is such a counter. */
static bool count_on(struct ctx *ctx, const char *name, int64_t year, bool *known) {
    if (!sql_exec(ctx,
                  "UPDATE sequences SET next_number = CASE WHEN restarts = 'yearly' AND coalesce(period, :year) <> :year THEN 2 "
                  "ELSE next_number + 1 END, period = :year, version = version + 1, updated_at = :now "
                  "WHERE tenant_id = :tenant AND name = :name AND deleted_at IS NULL",
                  ARGS({":name", value_text(str_of(name))}, {":year", value_int(year)})))
        return false;
    *known = db_changes(ctx->conn) > 0;
    return true;
}

static struct str number_text(struct ctx *ctx, const char *name, int64_t year) {
    struct db_stmt *s =
        sql_query(ctx,
                  "SELECT coalesce(prefix, ''), restarts, digits, next_number - 1 FROM sequences WHERE tenant_id = :tenant "
                  "AND name = :name AND deleted_at IS NULL",
                  ARGS({":name", value_text(str_of(name))}));
    struct str text = {NULL, 0};
    if (!s) return text;
    if (db_step(s) == DB_ROW) {
        struct buf b = buf_new(ctx->arena, 64);
        buf_add(&b, db_text(s, 0));
        if (str_eqc(db_text(s, 1), "yearly")) buf_printf(&b, "%lld-", (long long)year);
        buf_printf(&b, "%0*lld", (int)db_int(s, 2), (long long)db_int(s, 3));
        text = buf_str(&b);
    }
    db_reset(s);
    return text;
}

bool sequence_give(struct ctx *ctx, struct change *change, const char *field, const char *name) {
    if (!row_null(change->row, field)) return true;
    int64_t year = civil_from_date(zone_day(ctx->env.zone, ctx->now)).year;
    bool known;
    if (!count_on(ctx, name, year, &known)) return false;
    if (!known && !repo_create_as_system(ctx, "sequences",
                                         ARGS({"name", value_text(str_of(name))}, {"prefix", value_text(beginning(name))},
                                              {"next_number", value_int(2)}, {"period", value_int(year)})))
        return false;
    struct str number = number_text(ctx, name, year);
    if (!number.len) return false;
    row_set_text(change->row, field, number);
    return true;
}

static bool sequence_before_save(struct ctx *ctx, struct change *change) { return check_word(ctx, change, "name", '_'); }

ENTITY(sequence) = {
    .name = "sequences", .one = N_("Number series"), .many = N_("Number series"), .pack = "core", .title = "name",
    .icon = "list", .hue = "gray", .flags = ENTITY_SETTINGS | ENTITY_NO_AUDIT,
    .help = N_("How documents of one kind are numbered."),
    .fields = FIELDS(
        { "name",        N_("For"),          F_TEXT(50), .flags = REQUIRED | IMMUTABLE,
          .help = N_("Which documents: quote, invoice, credit_note, ticket, journey, trip, project, payment, expense.") },
        { "prefix",      N_("Begins with"),  F_TEXT(20) },
        { "digits",      N_("Digits"),       F_INT(1, 12), .flags = REQUIRED, .initial = "5" },
        { "next_number", N_("Next number"),  F_INT(1, INT64_C(1000000000000)), .flags = REQUIRED, .initial = "1",
          .help = N_("Never lower than one that was given.") },
        { "restarts",    N_("Starts again"), F_CHOICE("never", "yearly"), .flags = REQUIRED, .initial = "never",
          .help = N_("Yearly: the year stands in the number.") },
        { "period",      N_("Year"),         F_INT(1, 9999), .flags = READ_ONLY }
    ),
    .indexes = INDEXES(UNIQUE("name")),
    .list = "name prefix digits next_number restarts", .sort = "name",
    .before_save = sequence_before_save,
};
