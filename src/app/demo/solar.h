/* solar.h - the life of Fernhill Solar as a list of steps in time, planned first (solar_plan.c), then carried out (solar_run.c).
 */
#ifndef APP_DEMO_SOLAR_H
#define APP_DEMO_SOLAR_H

#include "app/demo/random.h"
#include "app/demo/words.h"
#include "core/ctx.h"

#define SOLAR_MAX_PEOPLE 16
#define SOLAR_MAX_BRANCHES 8
#define SOLAR_STATUSES 8
#define SOLAR_MAX_SOURCES 16
#define MINUTE_MS INT64_C(60000)

/* Indices of the statuses that a tenant starts with. */
enum {
    STATUS_NEW,
    STATUS_CONTACTED,
    STATUS_QUALIFIED,
    STATUS_PROPOSAL,
    STATUS_NEGOTIATION,
    STATUS_WON,
    STATUS_LOST,
    STATUS_ARCHIVED
};

enum solar_what {
    STEP_CLIENT,
    STEP_LEAD,
    STEP_CALL,
    STEP_NOTE,
    STEP_MOVE,
    STEP_CONVERT,
    STEP_FOLLOWUP,
    STEP_TASK,
    STEP_TASK_DONE
};
struct solar_step {
    int64_t at, then; /* then: the follow-up, or when a task is due */
    int lead, order;
    enum solar_what what;
    int arg; /* status of a move; which text of the vocabulary */
};
struct solar_lead {
    int64_t id, task_id;
    struct str first, last, company, email, phone, address;
    const char *title, *tag;
    const struct demo_town *town;
    int owner, source, kilowatts, kilowatt_hours;
    int64_t value; /* cents */
};
struct solar {
    struct arena *arena;
    struct db *db;
    struct errors *errors;
    struct random random;
    const struct zone *zone;
    int64_t now, tenant_id;
    struct str domain;
    int64_t users[SOLAR_MAX_PEOPLE], branches[SOLAR_MAX_BRANCHES], statuses[SOLAR_STATUSES], sources[SOLAR_MAX_SOURCES];
    int source_count;
    struct solar_lead *leads; /* the first `lead_count` are leads, the others become clients at once */
    int lead_count, client_count;
    struct solar_step *steps;
    int step_count;
};

/* Thinks of people and companies and of what happens with them, in order of time. */
void solar_plan(struct solar *solar);
/* Carries out one step inside ctx_write, at its time, as the lead's owner. */
bool solar_run(struct ctx *ctx, struct solar *solar, struct solar_step *step);

#endif
