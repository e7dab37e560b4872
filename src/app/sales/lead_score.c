/* lead_score.c - how promising a lead is: 0 to 100 points from declared parts, and hot, warm or cold from the points. */
#include "app/sales/lead.h"

#include "base/decimal.h"
#include "base/json.h"

#define HOT 70
#define WARM 40

/* What the parts look at, gathered once. */
struct scored {
    struct ctx *ctx;
    const struct row *row;
    const struct json *qualification;
};
struct part {
    int points;
    bool (*holds)(const struct scored *s, int64_t than);
    int64_t than;
};

static bool has_email(const struct scored *s, int64_t than) {
    (void)than;
    return !row_null(s->row, "email");
}

static bool has_phone(const struct scored *s, int64_t than) {
    (void)than;
    return !row_null(s->row, "phone");
}

static bool has_company(const struct scored *s, int64_t than) {
    (void)than;
    return !row_null(s->row, "company_name");
}

/* `than` in whole units of the lead's currency. */
static bool worth_at_least(const struct scored *s, int64_t than) {
    int digits = currency_digits(row_text(s->row, "currency"));
    for (int i = 0; i < (digits < 0 ? 2 : digits); i++) than *= 10;
    return row_int(s->row, "estimated_value") >= than;
}

static bool contacted_within(const struct scored *s, int64_t days) {
    return !row_null(s->row, "last_contacted_at") &&
           s->ctx->now - row_int(s->row, "last_contacted_at") <= days * INT64_C(86400000);
}

static const char *const criteria[] = {"budget", "authority", "need", "timeline"};

static bool is_settled(const struct scored *s, int64_t which) {
    return json_bool(json_get(s->qualification, str_of(criteria[which])));
}

/* The points sum up to 90; the quality of the lead's source adds up to 10. Each band of value and of contact adds to the one
 * before. */
static const struct part parts[] = {
    {10, has_email, 0},        {10, has_phone, 0},         {10, has_company, 0},        {5, worth_at_least, 1},
    {5, worth_at_least, 5000}, {7, worth_at_least, 25000}, {8, worth_at_least, 100000}, {8, contacted_within, 30},
    {7, contacted_within, 7},  {5, is_settled, 0},         {5, is_settled, 1},          {5, is_settled, 2},
    {5, is_settled, 3},
};

/* Says whether a value stands because somebody set it by hand: giving one says so, giving none takes it back. */
static bool set_by_hand(struct change *change, const char *field, const char *flag) {
    if (change_given(change, field) && !change_given(change, flag)) row_set_int(change->row, flag, !row_null(change->row, field));
    return row_bool(change->row, flag);
}

static int points_of(struct ctx *ctx, const struct row *row) {
    struct errors ignored = {.arena = ctx->arena};
    struct str text = row_text(row, "qualification_criteria");
    struct scored s = {.ctx = ctx, .row = row, .qualification = text.len ? json_parse(ctx->arena, text, &ignored) : NULL};
    int points = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].holds(&s, parts[i].than)) points += parts[i].points;
    if (!row_null(row, "lead_source_id"))
        points += (int)sql_int(ctx, "SELECT quality FROM lead_sources WHERE tenant_id = :tenant AND id = :source",
                               ARGS({":source", row_get(row, "lead_source_id")}));
    return points > 100 ? 100 : points;
}

bool lead_score(struct ctx *ctx, struct change *change) {
    bool score_by_hand = set_by_hand(change, "score", "score_is_manual");
    bool rating_by_hand = set_by_hand(change, "rating", "rating_is_manual");
    if (!score_by_hand) row_set_int(change->row, "score", points_of(ctx, change->row));
    int64_t score = row_int(change->row, "score");
    if (!rating_by_hand)
        row_set_text(change->row, "rating", score >= HOT ? STR("hot") : score >= WARM ? STR("warm") : STR("cold"));
    return ctx->errors.count == 0;
}
