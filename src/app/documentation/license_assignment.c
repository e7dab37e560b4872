/* license_assignment.c - license assignments: who or what uses a seat of a license. */
#include "core/ctx.h"
#include "core/entity.h"
#include "core/row.h"

/* A seat is used by a person or by a device. */
static bool license_assignment_before_save(struct ctx *ctx, struct change *change) {
    if (!row_null(change->row, "contact_id") || !row_null(change->row, "asset_id")) return true;
    return errors_add(&ctx->errors, 422, "required", "contact_id", "Say who uses it: a contact or an asset.");
}

ENTITY(license_assignment) = {
    .name = "license_assignments", .one = N_("License assignment"), .many = N_("License assignments"), .pack = "documentation",
    .icon = "user", .hue = "amber",
    .help = N_("A seat of a license, given to a person or a device."),
    .fields = FIELDS(
        { "license_id",  N_("License"),  F_REF("licenses", CASCADE), .flags = REQUIRED },
        { "contact_id",  N_("Contact"),  F_REF("contacts", CASCADE) },
        { "asset_id",    N_("Asset"),    F_REF("assets", CASCADE) },
        { "assigned_on", N_("Since"),    F_DATE, .initial = "today" },
        { "notes",       N_("Notes"),    F_TEXT(1000), .flags = MULTILINE }
    ),
    .indexes = INDEXES(UNIQUE("license_id contact_id"), UNIQUE("license_id asset_id"), INDEX("contact_id"), INDEX("asset_id"),
                       INDEX("created_at")),
    .list = "license_id contact_id asset_id assigned_on", .filter = "license_id contact_id asset_id", .sort = "-created_at",
    .parent = "license_id",
    .before_save = license_assignment_before_save,
};
