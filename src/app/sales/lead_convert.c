/* lead_convert.c - a lead becomes a client: once, with its person as the client's contact, each pointing to the other. */
#include "app/sales/lead.h"

#include "core/registry.h"
#include "core/repo.h"

/* A lead becomes a client only once. */
static bool is_first(struct ctx *ctx, const struct row *lead) {
    if (row_null(lead, "converted_at")) return true;
    return errors_add(&ctx->errors, 409, "already_converted", NULL, "This lead has already become a client.");
}

/* The client that the lead already belongs to; it counts as a lead no longer. */
static bool reuse_client(struct ctx *ctx, const struct row *lead) {
    return repo_update_as_system(ctx, "clients", row_int(lead, "client_id"), ARGS({"is_lead", value_int(0)})) != NULL;
}

/* A new client takes over what is known of the lead. */
static bool create_client(struct ctx *ctx, struct row *lead) {
    const struct entity *clients = registry_get("clients");
    if (!access_may(ctx->actor, clients, MAY_CREATE)) return access_deny(ctx, clients, MAY_CREATE);
    bool company = !row_null(lead, "company_name");
    const struct row *client = repo_create_as_system(
        ctx, "clients",
        ARGS({"name", company ? row_get(lead, "company_name") : row_get(lead, "name")},
             {"company_name", row_get(lead, "company_name")}, {"first_name", row_get(lead, "first_name")},
             {"last_name", row_get(lead, "last_name")}, {"type", value_text(company ? STR("company") : STR("person"))},
             {"email", row_get(lead, "email")}, {"phone", row_get(lead, "phone")}, {"website", row_get(lead, "website")},
             {"assigned_to_id", row_get(lead, "assigned_to_id")}, {"location_id", row_get(lead, "location_id")},
             {"source", row_get(lead, "source")}, {"estimated_value", row_get(lead, "estimated_value")},
             {"currency", row_get(lead, "currency")}, {"tags", row_get(lead, "tags")}, {"lead_id", value_int(row_id(lead))}));
    if (!client) return false;
    row_set_int(lead, "client_id", row_id(client));
    return true;
}

/* The lead's person becomes a contact of the client, its primary one where it has none yet; one that came from this lead or has
 * its e-mail address is taken. */
static bool link_contact(struct ctx *ctx, const struct row *lead) {
    struct value client = row_get(lead, "client_id");
    int64_t known = sql_int(ctx,
                            "SELECT id FROM contacts WHERE tenant_id = :tenant AND client_id = :client AND deleted_at IS NULL "
                            "AND (lead_id = :lead OR email = :email) ORDER BY is_primary DESC NULLS LAST, id LIMIT 1",
                            ARGS({":client", client}, {":lead", value_int(row_id(lead))}, {":email", row_get(lead, "email")}));
    int64_t primary =
        sql_int(ctx,
                "SELECT count(*) FROM contacts WHERE tenant_id = :tenant AND client_id = :client AND is_primary = 1 "
                "AND deleted_at IS NULL",
                ARGS({":client", client}));
    if (ctx->errors.count) return false;
    struct value is_primary = value_int(primary == 0);
    if (known && primary)
        return repo_update_as_system(ctx, "contacts", known, ARGS({"lead_id", value_int(row_id(lead))})) != NULL;
    if (known)
        return repo_update_as_system(ctx, "contacts", known,
                                     ARGS({"lead_id", value_int(row_id(lead))}, {"is_primary", is_primary})) != NULL;
    return repo_create_as_system(ctx, "contacts",
                                 ARGS({"client_id", client}, {"lead_id", value_int(row_id(lead))},
                                      {"name", row_get(lead, "name")}, {"first_name", row_get(lead, "first_name")},
                                      {"last_name", row_get(lead, "last_name")}, {"title", row_get(lead, "job_title")},
                                      {"email", row_get(lead, "email")}, {"phone", row_get(lead, "phone")},
                                      {"contact_type", value_text(STR("client"))},
                                      {"address_line1", row_get(lead, "address_line1")}, {"city", row_get(lead, "city")},
                                      {"region", row_get(lead, "region")}, {"postal_code", row_get(lead, "postal_code")},
                                      {"country", row_get(lead, "country")}, {"is_primary", is_primary})) != NULL;
}

/* Where a new client is, if the lead says so. */
static bool add_address(struct ctx *ctx, const struct row *lead) {
    if (row_null(lead, "address_line1")) return true;
    return repo_create_as_system(ctx, "addresses",
                                 ARGS({"client_id", row_get(lead, "client_id")}, {"type", value_text(STR("postal"))},
                                      {"address_line1", row_get(lead, "address_line1")}, {"city", row_get(lead, "city")},
                                      {"region", row_get(lead, "region")}, {"postal_code", row_get(lead, "postal_code")},
                                      {"country", row_get(lead, "country")}, {"is_primary", value_int(1)})) != NULL;
}

/* A converted lead is won, where the company has a status for that. */
static void move_to_won(struct ctx *ctx, struct row *lead) {
    int64_t won = sql_int(ctx,
                          "SELECT id FROM lead_statuses WHERE tenant_id = :tenant AND is_won = 1 AND deleted_at IS NULL "
                          "ORDER BY position NULLS FIRST, id LIMIT 1",
                          NO_ARGS);
    if (won) row_set_int(lead, "lead_status_id", won);
}

bool lead_convert(struct ctx *ctx, struct change *change) {
    struct row *lead = change->row;
    if (!is_first(ctx, lead)) return false;
    bool known = !row_null(lead, "client_id");
    if (known ? !reuse_client(ctx, lead) : !create_client(ctx, lead)) return false;
    if (!link_contact(ctx, lead) || (!known && !add_address(ctx, lead))) return false;
    move_to_won(ctx, lead);
    row_set_int(lead, "converted_at", ctx->now);
    return ctx->errors.count == 0;
}
