/* user_location.c - branches where a user works beside their own: these count for permissions that reach a branch's records. */
#include "app/core/check.h"
#include "core/entity.h"

/* Nobody lets others, or themselves, reach a branch that they do not reach. */
static bool user_location_before_save(struct ctx *ctx, struct change *change) {
    return !check_gives(change, "user_id location_id") || access_check_branch(ctx, row_int(change->row, "location_id"));
}

ENTITY(user_location) = {
    .name = "user_locations", .one = N_("Branch of a user"), .many = N_("Branches of users"), .pack = "core",
    .icon = "pin", .hue = "violet", .flags = ENTITY_SETTINGS | ENTITY_ACCESS,
    .help = N_("Lets a user see a branch's records as those of their own."),
    .fields = FIELDS(
        { "user_id",     N_("User"),   F_REF("users", CASCADE), .flags = REQUIRED | IMMUTABLE },
        { "location_id", N_("Branch"), F_REF("locations", CASCADE), .flags = REQUIRED | IMMUTABLE }
    ),
    .indexes = INDEXES(UNIQUE("user_id location_id"), INDEX("location_id")),
    .list = "user_id location_id created_at", .filter = "user_id location_id", .sort = "-created_at",
    .before_save = user_location_before_save,
};
