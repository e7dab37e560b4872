/* invite.c - invitations: made, renewed, withdrawn; see invite.h. */
#include "http/invite.h"

#include "base/timefmt.h"
#include "core/access.h"
#include "core/registry.h"
#include "core/token.h"
#include "http/server.h"

bool invite_may(const struct actor *actor) {
    return access_may(actor, registry_get("users"), MAY_CREATE) && access_may(actor, registry_get("role_users"), MAY_CREATE);
}

bool invite_check(struct ctx *ctx) {
    const struct entity *users = registry_get("users");
    if (invite_may(ctx->actor)) return true;
    return access_deny(ctx, access_may(ctx->actor, users, MAY_CREATE) ? registry_get("role_users") : users, MAY_CREATE);
}

int64_t invite_usual_role(struct ctx *ctx) {
    return sql_int(ctx, "SELECT id FROM roles WHERE tenant_id = :tenant AND name = 'read_only' AND deleted_at IS NULL", NO_ARGS);
}

static struct value given(const struct repo_input *in, const char *name) {
    const struct field *f = entity_field(in->entity, str_of(name));
    return field_set_has(&in->given, f->index) ? in->values[f->index] : VALUE_NONE;
}

/* Looked up as the one who invites: it is saved by the system, to which everything is known. */
static bool is_known(const struct repo_input *in, const char *name) {
    const struct field *f = entity_field(in->entity, str_of(name));
    struct value id = given(in, name);
    if (value_is_null(id)) return true;
    if (query_one(in->ctx, f->to, id.integer, MAY_READ, false)) return true;
    if (in->ctx->errors.count) return false;
    return errors_add(&in->ctx->errors, 422, "unknown", name, "There is no such %s.",
                      str_cstr(in->ctx->arena, lang_inside(in->ctx->arena, str_of(f->to->decl->one))));
}

static struct value role_of(const struct repo_input *in, const struct errors *faults) {
    struct value role = given(in, "role_id");
    int64_t usual = value_is_null(role) && !errors_for(faults, "role_id") ? invite_usual_role(in->ctx) : 0;
    return usual ? value_int(usual) : role;
}

/* What a new link says: its token, and until when it is good. */
static struct value new_token(struct ctx *ctx, struct str *token) {
    *token = token_new(ctx->arena, TOKEN_INVITE, ctx->tenant_id);
    return value_text(token_hash(ctx->arena, *token));
}
static struct value new_end(const struct ctx *ctx) { return value_int(ctx->now + INVITE_DAYS * DAY_MS); }

struct row *invite_make(struct repo_input *in, struct str *token) {
    struct ctx *ctx = in->ctx;
    struct errors faults = ctx->errors; /* that it may not be done at all comes before what is wrong with it */
    errors_clear(&ctx->errors);
    if (!invite_check(ctx)) return NULL;
    struct value role = role_of(in, &faults);
    if (is_known(in, "role_id") && !value_is_null(role)) access_check_role(ctx, role.integer);
    errors_append(&faults, &ctx->errors);
    errors_clear(&ctx->errors);
    struct value branch = given(in, "location_id");
    if (is_known(in, "location_id") && !value_is_null(branch)) access_check_branch(ctx, branch.integer);
    errors_append(&faults, &ctx->errors);
    ctx->errors = faults;
    return repo_create_as_system(ctx, "invitations",
                                 ARGS({"email", given(in, "email")}, {"name", given(in, "name")}, {"role_id", role},
                                      {"location_id", branch}, {"token_hash", new_token(ctx, token)},
                                      {"expires_at", new_end(ctx)}));
}

/* What the command line made was made by nobody who could leave. */
static bool is_orphaned(struct ctx *ctx, const struct row *invitation) {
    return !row_null(invitation, "created_by_id") &&
           !sql_int(ctx,
                    "SELECT 1 FROM users WHERE tenant_id = :tenant AND id = :by AND is_active = 1 AND deleted_at IS NULL",
                    ARGS({":by", row_get(invitation, "created_by_id")}));
}

/* One that the actor sees and that is still open. */
static struct row *open_one(struct ctx *ctx, int64_t id) {
    const struct entity *invitations = registry_get("invitations");
    if (!invite_check(ctx)) return NULL;
    struct row *row = query_one(ctx, invitations, id, MAY_READ, false);
    if (!row && !ctx->errors.count) errors_add(&ctx->errors, 404, "not_found", NULL, "There is no such invitation.");
    if (!row) return NULL;
    enum invite_state state = invite_state(ctx, row);
    if (state <= INVITE_ORPHANED) return row;
    errors_add(&ctx->errors, 409, "wrong_state", NULL,
               state == INVITE_ACCEPTED ? N_("This invitation was accepted already.") : N_("This invitation was revoked."));
    return NULL;
}

/* Whoever renews holds the link afterwards, so its role and branch must not be beyond them either. */
struct row *invite_renew(struct ctx *ctx, int64_t id, struct str *token) {
    struct row *row = open_one(ctx, id);
    if (!row || !access_check_role(ctx, row_int(row, "role_id"))) return NULL;
    if (!row_null(row, "location_id") && !access_check_branch(ctx, row_int(row, "location_id"))) return NULL;
    struct value by = is_orphaned(ctx, row) ? value_int(ctx->actor->user_id) : row_get(row, "created_by_id");
    if (ctx->errors.count) return NULL;
    return repo_update_as_system(ctx, "invitations", id,
                                 ARGS({"token_hash", new_token(ctx, token)}, {"expires_at", new_end(ctx)},
                                      {"created_by_id", by}));
}

struct row *invite_revoke(struct ctx *ctx, int64_t id) {
    if (!open_one(ctx, id)) return NULL;
    return repo_update_as_system(ctx, "invitations", id, ARGS({"revoked_at", value_int(ctx->now)}));
}

enum invite_state invite_state(struct ctx *ctx, const struct row *invitation) {
    if (!row_null(invitation, "accepted_at")) return INVITE_ACCEPTED;
    if (!row_null(invitation, "revoked_at")) return INVITE_REVOKED;
    if (row_int(invitation, "expires_at") <= ctx->now) return INVITE_EXPIRED;
    return is_orphaned(ctx, invitation) ? INVITE_ORPHANED : INVITE_PENDING;
}

struct str invite_link(const struct request *req, struct str token) {
    return str_printf(req->ctx.arena, "%.*s/join?token=%.*s", STR_ARG(server_options(req->server)->public_url), STR_ARG(token));
}
