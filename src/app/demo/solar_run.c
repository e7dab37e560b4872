/* solar_run.c - carries the plan out, step by step, through the same door as everybody else. */
#include "app/demo/solar.h"
#include "base/timefmt.h"
#include "core/registry.h"
#include "core/repo.h"

static struct value text(const char *s) {
    return value_text(str_of(s));
}
static struct value text_or_none(struct str s) {
    return s.len ? value_text(s) : VALUE_NONE;
}

/* "240 kW roof, 200 kWh battery" */
static struct str system_of(struct arena *arena, const struct solar_lead *lead) {
    if (!lead->kilowatt_hours) return str_printf(arena, "%d kW roof", lead->kilowatts);
    return str_printf(arena, "%d kW roof, %d kWh battery", lead->kilowatts, lead->kilowatt_hours);
}

static struct value tags_of(struct arena *arena, const struct solar_lead *lead) {
    if (lead->kilowatts >= 100 && strcmp(lead->tag, "Battery") == 0)
        return value_text(str_printf(arena, "[\"Battery\",\"Over 100 kW\"]"));
    return value_text(str_printf(arena, "[\"%s\"]", lead->tag));
}

static const char *yes_in(struct solar *s, int percent) {
    return random_chance(&s->random, percent) ? "true" : "false";
}

/* Of most leads nobody knows yet what is settled. */
static struct value criteria_of(struct arena *arena, struct solar *s) {
    if (!random_chance(&s->random, 35)) return VALUE_NONE;
    return value_text(str_printf(arena, "{\"budget\":%s,\"authority\":%s,\"need\":%s,\"timeline\":%s}", yes_in(s, 40),
                                 yes_in(s, 60), yes_in(s, 75), yes_in(s, 40)));
}

/* ---- steps --------------------------------------------------------------------------------------------------------------- */

static bool run_lead(struct ctx *ctx, struct solar *s, const struct solar_step *step, struct solar_lead *lead) {
    struct str system = system_of(ctx->arena, lead);
    struct value criteria = criteria_of(ctx->arena, s);
    static const char *const priorities[] = {"low", "medium", "medium", "medium", "high", "urgent"};
    const struct row *row = repo_create_as_system(
        ctx, "leads",
        ARGS({"first_name", value_text(lead->first)}, {"last_name", value_text(lead->last)},
             {"company_name", text_or_none(lead->company)}, {"job_title", lead->company.len ? text(lead->title) : VALUE_NONE},
             {"email", text_or_none(lead->email)}, {"phone", text_or_none(lead->phone)},
             {"assigned_to_id", value_int(s->users[lead->owner])}, {"priority", text(random_of(&s->random, priorities))},
             {"estimated_value", value_int(lead->value)}, {"currency", text("AUD")},
             {"expected_close_on", value_int(step->at / INT64_C(86400000) + random_between(&s->random, 30, 120))},
             {"lead_source_id", value_int(s->sources[lead->source])}, {"address_line1", value_text(lead->address)},
             {"city", text(lead->town->name)}, {"region", text(lead->town->region)}, {"postal_code", text(lead->town->postcode)},
             {"country", text("Australia")}, {"location_id", value_int(s->branches[lead->town->branch])},
             {"description", value_text(system)}, {"tags", tags_of(ctx->arena, lead)}, {"qualification_criteria", criteria},
             {"cf_system", value_text(system)}, {"cf_system_kw", value_int(lead->kilowatts)},
             {"cf_battery_kwh", value_int(lead->kilowatt_hours)}, {"cf_annual_mwh", value_int(lead->kilowatts * 7 / 2)}));
    lead->id = row ? row_id(row) : 0;
    return row != NULL;
}

static bool run_call(struct ctx *ctx, struct solar *s, const struct solar_step *step, const struct solar_lead *lead) {
    return repo_create_as_system(
               ctx, "sales_activities",
               ARGS({"type", text("phone_call")}, {"subject", text(demo_calls[step->arg])},
                    {"description",
                     value_text(str_printf(ctx->arena, "%s with %.*s.", demo_calls[step->arg], STR_ARG(lead->first)))},
                    {"lead_id", value_int(lead->id)}, {"user_id", value_int(s->users[lead->owner])},
                    {"completed_at", value_int(step->at)}, {"duration_minutes", value_int(random_between(&s->random, 2, 35))},
                    {"outcome", text(demo_outcomes[random_between(&s->random, 0, demo_outcome_count - 1)])})) != NULL;
}

static bool run_note(struct ctx *ctx, const struct solar_step *step, const struct solar_lead *lead) {
    return repo_create_as_system(ctx, "notes",
                                 ARGS({"subject_type", text("leads")}, {"subject_id", value_int(lead->id)},
                                      {"content", text(demo_notes[step->arg])})) != NULL;
}

static bool run_move(struct ctx *ctx, struct solar *s, const struct solar_step *step, const struct solar_lead *lead) {
    struct value status = value_int(s->statuses[step->arg]);
    if (step->arg != STATUS_LOST) return repo_update_as_system(ctx, "leads", lead->id, ARGS({"lead_status_id", status})) != NULL;
    struct value why = text(demo_losses[random_between(&s->random, 0, demo_loss_count - 1)]);
    return repo_update_as_system(ctx, "leads", lead->id, ARGS({"lead_status_id", status}, {"note", why})) != NULL;
}

static bool run_followup(struct ctx *ctx, const struct solar_step *step, const struct solar_lead *lead) {
    return repo_update_as_system(
               ctx, "leads", lead->id,
               ARGS({"next_followup_at", value_int(step->then)}, {"next_step", text(demo_next_steps[step->arg])})) != NULL;
}

static bool run_task(struct ctx *ctx, struct solar *s, const struct solar_step *step, struct solar_lead *lead) {
    static const char *const priorities[] = {"low", "medium", "medium", "high"};
    const struct row *task = repo_create_as_system(ctx, "tasks",
                                                   ARGS({"title", text(demo_tasks[step->arg])}, {"due_at", value_int(step->then)},
                                                        {"assigned_to_id", value_int(s->users[lead->owner])},
                                                        {"priority", text(random_of(&s->random, priorities))},
                                                        {"subject_type", text("leads")}, {"subject_id", value_int(lead->id)}));
    lead->task_id = task ? row_id(task) : 0;
    return task != NULL;
}

static bool run_action(struct ctx *ctx, const char *entity, const char *action, int64_t id) {
    struct repo_input in = repo_input(ctx, registry_get(entity), id);
    in.trusted = true;
    return repo_action(&in, id, entity_action(in.entity, str_of(action))) != NULL;
}

static bool add_site(struct ctx *ctx, const struct solar_lead *lead, int64_t client) {
    return repo_create_as_system(ctx, "locations",
                                 ARGS({"name", value_text(str_printf(ctx->arena, "%s site", lead->town->name))},
                                      {"client_id", value_int(client)}, {"is_primary", value_int(1)},
                                      {"address_line1", value_text(lead->address)}, {"city", text(lead->town->name)},
                                      {"region", text(lead->town->region)}, {"postal_code", text(lead->town->postcode)},
                                      {"country", text("Australia")}, {"phone", text_or_none(lead->phone)})) != NULL;
}

/* A task for somebody who does not sell; done by now, where it was due. */
static bool add_work(struct ctx *ctx, struct solar *s, const char *role, struct str title, int64_t client, int64_t due) {
    int person = 0;
    while (person < demo_person_count - 1 && strcmp(demo_people[person].role, role) != 0) person++;
    bool done = due < s->now;
    return repo_create_as_system(ctx, "tasks",
                                 ARGS({"title", value_text(title)}, {"due_at", value_int(due)},
                                      {"assigned_to_id", value_int(s->users[person])}, {"subject_type", text("clients")},
                                      {"subject_id", value_int(client)}, {"status", text(done ? "done" : "open")},
                                      {"completed_at", done ? value_int(due) : VALUE_NONE})) != NULL;
}

/* Once a lead is won, the work begins: it is planned, installed and inspected, and the client gets to know whom to call. */
static bool add_project(struct ctx *ctx, struct solar *s, const struct solar_lead *lead, int64_t client) {
    int64_t day = ctx->now + random_between(&s->random, 10, 35) * DAY_MS;
    day -= day % (30 * MINUTE_MS);
    struct str system = system_of(ctx->arena, lead);
    struct str install = str_printf(ctx->arena, "Install %.*s in %s", STR_ARG(system), lead->town->name);
    struct str plan = str_printf(ctx->arena, "Plan the installation in %s", lead->town->name);
    struct str inspect = str_printf(ctx->arena, "Inspect and commission %.*s", STR_ARG(system));
    struct str call = str_printf(ctx->arena, "Welcome call with %.*s", STR_ARG(lead->first));
    struct str invoice =
        str_printf(ctx->arena, "Deposit invoice for %.*s", STR_ARG(lead->company.len ? lead->company : lead->last));
    return add_work(ctx, s, "dispatcher", plan, client, ctx->now + 2 * DAY_MS) &&
           add_work(ctx, s, "accountant", invoice, client, ctx->now + 3 * DAY_MS) &&
           add_work(ctx, s, "crew", install, client, day) && add_work(ctx, s, "technician", inspect, client, day + DAY_MS) &&
           add_work(ctx, s, "support_agent", call, client, day + 7 * DAY_MS) &&
           repo_create_as_system(
               ctx, "notes",
               ARGS({"subject_type", text("clients")}, {"subject_id", value_int(client)},
                    {"content", text("Signed. Deposit is due within a week; wants to be called before the crane comes.")}));
}

static bool run_convert(struct ctx *ctx, struct solar *s, const struct solar_lead *lead) {
    if (!run_action(ctx, "leads", "convert", lead->id)) return false;
    int64_t client = sql_int(ctx, "SELECT client_id FROM leads WHERE tenant_id = :tenant AND id = :lead",
                             ARGS({":lead", value_int(lead->id)}));
    if (!client || !add_project(ctx, s, lead, client)) return false;
    return !random_chance(&s->random, 60) || add_site(ctx, lead, client);
}

static bool run_client(struct ctx *ctx, struct solar *s, const struct solar_lead *lead) {
    const struct row *client = repo_create_as_system(
        ctx, "clients",
        ARGS({"company_name", value_text(lead->company)}, {"email", value_text(lead->email)}, {"phone", value_text(lead->phone)},
             {"assigned_to_id", value_int(s->users[lead->owner])}, {"location_id", value_int(s->branches[lead->town->branch])},
             {"tags", tags_of(ctx->arena, lead)}, {"payment_terms_days", value_int(14)}));
    if (!client) return false;
    struct value id = value_int(row_id(client));
    bool ok = repo_create_as_system(
                  ctx, "contacts",
                  ARGS({"client_id", id}, {"first_name", value_text(lead->first)}, {"last_name", value_text(lead->last)},
                       {"title", text(lead->title)}, {"email", value_text(lead->email)}, {"phone", value_text(lead->phone)},
                       {"contact_type", text("client")}, {"is_primary", value_int(1)}, {"is_billing", value_int(1)})) &&
              repo_create_as_system(ctx, "addresses",
                                    ARGS({"client_id", id}, {"type", text("billing")},
                                         {"address_line1", value_text(lead->address)}, {"city", text(lead->town->name)},
                                         {"region", text(lead->town->region)}, {"postal_code", text(lead->town->postcode)},
                                         {"country", text("Australia")}, {"is_primary", value_int(1)}));
    return ok && add_site(ctx, lead, row_id(client));
}

/* ---- at its time, as its person ------------------------------------------------------------------------------------------ */

static bool run_step(struct ctx *ctx, struct solar *s, const struct solar_step *step) {
    struct solar_lead *lead = &s->leads[step->lead];
    switch (step->what) {
    case STEP_CLIENT:
        return run_client(ctx, s, lead);
    case STEP_LEAD:
        return run_lead(ctx, s, step, lead);
    case STEP_CALL:
        return run_call(ctx, s, step, lead);
    case STEP_NOTE:
        return run_note(ctx, step, lead);
    case STEP_MOVE:
        return run_move(ctx, s, step, lead);
    case STEP_CONVERT:
        return run_convert(ctx, s, lead);
    case STEP_FOLLOWUP:
        return run_followup(ctx, step, lead);
    case STEP_TASK:
        return run_task(ctx, s, step, lead);
    case STEP_TASK_DONE:
        return !lead->task_id || run_action(ctx, "tasks", "complete", lead->task_id);
    }
    return true;
}

bool solar_run(struct ctx *ctx, struct solar *s, struct solar_step *step) {
    struct actor *person = arena_alloc(ctx->arena, sizeof *person);
    *person = *ctx->actor;
    person->user_id = s->users[s->leads[step->lead].owner];
    const struct actor *before = ctx->actor;
    ctx->actor = person;
    ctx->now = ctx->env.now = step->at;
    ctx->env.me = person->user_id;
    bool ok = run_step(ctx, s, step);
    ctx->actor = before;
    return ok && ctx->errors.count == 0;
}
