/* user.c - users: the people who sign in, each with roles that say what they may do. */
#include "app/core/user.h"

#include "app/core/check.h"
#include "core/entity.h"
#include "core/password.h"
#include "core/repo.h"

/* An e-mail address is the same however it is capitalised. */
static void user_email(struct ctx *ctx, struct change *change) {
    row_set_text(change->row, "email", str_lower(ctx->arena, row_text(change->row, "email")));
}

/* A password is at least 8 characters, not one that many use, and never kept: only its hash is. Whoever already hashed it (a
 * page, on a worker) passes the hash. */
static bool user_password(struct ctx *ctx, struct change *change) {
    struct str plain = row_text(change->row, "password");
    if (!plain.len) return true;
    if (str_ieq(plain, row_text(change->row, "email")) || str_ieq(plain, row_text(change->row, "name")))
        return errors_add(&ctx->errors, 422, "too_common", "password",
                          "Choose a password that is not the name or e-mail address.");
    if (change_given(change, "password_hash")) return password_check(plain, &ctx->errors);
    struct str hash = ctx->password_hash.len ? ctx->password_hash : password_hash(ctx->arena, plain, &ctx->errors);
    if (!hash.len) return false;
    row_set_text(change->row, "password_hash", hash);
    return true;
}

bool user_is_admin(struct ctx *ctx, int64_t user_id) {
    return sql_int(ctx,
                   "SELECT count(*) FROM role_users m JOIN roles r ON r.tenant_id = m.tenant_id AND r.id = m.role_id "
                   "WHERE m.tenant_id = :tenant AND m.user_id = :user AND m.deleted_at IS NULL AND r.name = 'tenant_admin' "
                   "AND r.deleted_at IS NULL",
                   ARGS({":user", value_int(user_id)})) > 0;
}

int64_t user_other_admins(struct ctx *ctx, int64_t user_id) {
    return sql_int(ctx,
                   "SELECT count(DISTINCT u.id) FROM users u JOIN role_users m ON m.tenant_id = u.tenant_id AND m.user_id = u.id "
                   "JOIN roles r ON r.tenant_id = m.tenant_id AND r.id = m.role_id "
                   "WHERE u.tenant_id = :tenant AND u.id <> :user AND u.is_active = 1 AND u.deleted_at IS NULL "
                   "AND m.deleted_at IS NULL AND r.name = 'tenant_admin' AND r.deleted_at IS NULL",
                   ARGS({":user", value_int(user_id)}));
}

/* Nobody disables or deletes themselves, so that nobody locks themselves out; and the last active administrator stays, so that
 * somebody can always let others in. */
static const char *user_stays(struct ctx *ctx, const struct row *row) {
    if (row_id(row) == ctx->actor->user_id) return N_("You cannot disable or delete yourself. Ask another administrator.");
    if (user_other_admins(ctx, row_id(row)) > 0 || !user_is_admin(ctx, row_id(row))) return NULL;
    return N_("This is the last active administrator. Make somebody else one first.");
}

/* Whoever sets how somebody signs in could come in as them, so they may not be somebody who may do more. */
static bool user_sign_in_is_within(struct ctx *ctx, const struct change *change) {
    if (!change->old) return true;
    bool enabling = change_touches(change, "is_active") && row_bool(change->row, "is_active");
    const char *field = row_text(change->row, "password").len ? "password" : change_touches(change, "email") ? "email" : NULL;
    if (!field && enabling) field = "is_active";
    if (!field || access_covers_user(ctx, row_id(change->row))) return true;
    if (ctx->errors.count) return false;
    return errors_add(&ctx->errors, 403, "forbidden", field,
                      "This user may do more than you may, so somebody else has to change this.");
}

/* A branch gives whoever works there what their roles reach of it. */
static bool user_branch_is_within(struct ctx *ctx, const struct change *change) {
    if (!change_touches(change, "location_id") || row_null(change->row, "location_id")) return true;
    return access_check_branch(ctx, row_int(change->row, "location_id"));
}

static bool user_before_save(struct ctx *ctx, struct change *change) {
    user_email(ctx, change);
    if (!user_sign_in_is_within(ctx, change) || !user_branch_is_within(ctx, change)) return false;
    bool disabling = change->old && row_bool(change->old, "is_active") && !row_bool(change->row, "is_active");
    if (disabling && !repo_may_go(ctx, change->old)) return false;
    return check_zone(ctx, change, "timezone") && user_password(ctx, change);
}

/* Whoever is disabled, deleted or given a new password is signed out everywhere at once; one's own new password leaves the
 * session that set it. */
static bool user_end_sessions(struct ctx *ctx, int64_t user_id) {
    return sql_exec(ctx, "DELETE FROM sessions WHERE tenant_id = :tenant AND user_id = :user AND id <> :this",
                    ARGS({":user", value_int(user_id)}, {":this", value_int(ctx->actor->session_id)}));
}

static bool user_after_save(struct ctx *ctx, struct change *change) {
    if (!change->old) return true;
    bool out = !row_bool(change->row, "is_active") || !row_null(change->row, "deleted_at");
    if (!out && !change_touches(change, "password_hash")) return true;
    return user_end_sessions(ctx, row_id(change->row));
}

static bool user_before_delete(struct ctx *ctx, struct change *change) {
    return user_end_sessions(ctx, row_id(change->old));
}

static bool user_disable(struct ctx *ctx, struct change *change) {
    (void)ctx;
    row_set_int(change->row, "is_active", 0);
    return true;
}

static bool user_enable(struct ctx *ctx, struct change *change) {
    (void)ctx;
    row_set_int(change->row, "is_active", 1);
    return true;
}

ENTITY(user) = {
    .name = "users", .one = N_("User"), .many = N_("Users"), .pack = "core", .title = "name",
    .icon = "user", .hue = "violet", .flags = ENTITY_SETTINGS | ENTITY_ACCESS,
    .help = N_("A person who signs in. Roles say what they may see and do."),
    .fields = FIELDS(
        { "name",               N_("Name"),            F_TEXT(255), .flags = REQUIRED, .section = N_("Person") },
        { "email",              N_("E-mail"),          F_EMAIL, .flags = REQUIRED, .help = N_("They sign in with it.") },
        { "phone",              N_("Phone"),           F_PHONE },
        { "job_title",          N_("Job title"),       F_TEXT(255) },
        { "photo_file_id",      N_("Photo"),           F_FILE },
        { "location_id",        N_("Branch"),          F_REF("locations", SET_NULL), .help = N_("Where they work.") },
        { "password",           N_("Password"),        F_TEXT(200), .flags = TRANSIENT, .section = N_("Sign-in"),
          .help = N_("At least 8 characters, not one that others use too.") },
        { "password_hash",      N_("Password hash"),   F_TEXT(200), .flags = HIDDEN | READ_ONLY },
        { "must_change_password", N_("Must change password"), F_BOOL, .initial = "false" },
        { "is_active",          N_("Active"),          F_BOOL, .initial = "true",
          .help = N_("Someone inactive cannot sign in; their records stay.") },
        { "email_verified_at",  N_("E-mail verified"), F_TIME, .flags = READ_ONLY },
        { "last_login_at",      N_("Last sign-in"),    F_TIME, .flags = READ_ONLY },
        { "failed_logins",      N_("Failed sign-ins"), F_INT(0, 1000000), .flags = HIDDEN | READ_ONLY, .initial = "0" },
        { "locked_until",       N_("Locked until"),    F_TIME, .flags = READ_ONLY },
        { "timezone",           N_("Time zone"),       F_TEXT(64), .section = N_("Preferences"),
          .listed = "zones", .help = N_("Empty: the company's.") },
        { "language",           N_("Language"),        F_TEXT(10), .help = N_("Empty: the company's.") },
        { "theme",              N_("Theme"),           F_CHOICE("light", "dark"), .help = N_("Empty: as the device.") },
        { "density",            N_("Density"),         F_CHOICE("compact", "roomy"), .help = N_("Empty: normal.") },
        { "settings",           N_("Settings"),        F_JSON("object"), .flags = READ_ONLY }
    ),
    .indexes = INDEXES(UNIQUE("email"), INDEX("name"), INDEX("location_id")),
    .list = "name email job_title location_id is_active last_login_at", .filter = "is_active location_id",
    .search = "name email job_title", .sort = "name", .owner = "id", .match = "email", .state = "is_active",
    .before_save = user_before_save, .after_save = user_after_save, .before_delete = user_before_delete,
    .stays = user_stays,
    .actions = ACTIONS(
        { "disable", N_("Disable"), user_disable, .from = "true", .icon = "no", .danger = true },
        { "enable",  N_("Enable"),  user_enable,  .from = "false", .icon = "check" }
    ),
};
