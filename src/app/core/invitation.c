/* invitation.c - invitations: who was asked to join the company's account, as what, and whether they came. */
#include "core/entity.h"
#include "core/repo.h"

/* Who works here already is not asked to join. */
static bool invitation_is_of_nobody_here(struct ctx *ctx, const struct change *change) {
    struct str email = row_text(change->row, "email");
    int64_t users =
        sql_int(ctx, "SELECT count(*) FROM users WHERE tenant_id = :tenant AND email = :email AND deleted_at IS NULL",
                ARGS({":email", value_text(email)}));
    if (!users) return ctx->errors.count == 0;
    return errors_add(&ctx->errors, 409, "duplicate", "email", "%.*s is a user here already.", STR_ARG(email));
}

/* One open invitation for an address: a second link would stay good when the first is withdrawn. One that is past its time makes
 * room. */
static bool invitation_is_the_only_one(struct ctx *ctx, const struct change *change) {
    struct str email = row_text(change->row, "email");
    const struct sql_arg *of_email = ARGS({":email", value_text(email)});
    int64_t open = sql_int(ctx,
                           "SELECT count(*) FROM invitations WHERE tenant_id = :tenant AND email = :email "
                           "AND accepted_at IS NULL AND revoked_at IS NULL AND deleted_at IS NULL AND expires_at > :now",
                           of_email);
    if (open)
        return errors_add(&ctx->errors, 409, "duplicate", "email",
                          "%.*s is invited already. Renew that invitation for a new link.", STR_ARG(email));
    int64_t past = sql_int(ctx,
                           "SELECT id FROM invitations WHERE tenant_id = :tenant AND email = :email AND accepted_at IS NULL "
                           "AND revoked_at IS NULL AND deleted_at IS NULL",
                           of_email);
    return !past || repo_update_as_system(ctx, "invitations", past, ARGS({"revoked_at", value_int(ctx->now)})) != NULL;
}

static bool invitation_before_save(struct ctx *ctx, struct change *change) {
    row_set_text(change->row, "email", str_lower(ctx->arena, row_text(change->row, "email")));
    if (!change_touches(change, "token_hash")) return true;
    return invitation_is_of_nobody_here(ctx, change) && (change->old || invitation_is_the_only_one(ctx, change));
}

ENTITY(invitation) = {
    .name = "invitations", .one = N_("Invitation"), .many = N_("Invitations"), .pack = "core", .title = "email",
    .icon = "mail", .hue = "violet", .flags = ENTITY_SETTINGS | ENTITY_UNLISTED | ENTITY_READ_ONLY | ENTITY_ACCESS,
    .help = N_("Somebody who was asked by e-mail to join."),
    .fields = FIELDS(
        { "email",       N_("E-mail"),   F_EMAIL, .flags = REQUIRED },
        { "name",        N_("Name"),     F_TEXT(255) },
        { "role_id",     N_("Role"),     F_REF("roles", CASCADE), .flags = REQUIRED },
        { "location_id", N_("Branch"),   F_REF("locations", SET_NULL) },
        { "token_hash",  N_("Token"),    F_TEXT(100), .flags = REQUIRED | HIDDEN },
        { "expires_at",  N_("Expires"),  F_TIME, .flags = REQUIRED },
        { "accepted_at", N_("Accepted"), F_TIME },
        { "revoked_at",  N_("Revoked"),  F_TIME },
        { "user_id",     N_("User"),     F_REF("users", SET_NULL), .help = N_("Who they became.") }
    ),
    .indexes = INDEXES(UNIQUE("token_hash"), UNIQUE_WHERE("email", "accepted_at IS NULL AND revoked_at IS NULL"),
                       INDEX("created_at")),
    .list = "email name role_id created_by_id expires_at accepted_at revoked_at", .filter = "role_id", .search = "email name",
    .sort = "-created_at",
    .before_save = invitation_before_save,
};
