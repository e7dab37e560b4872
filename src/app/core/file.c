/* file.c - files: what was uploaded, kept beside the database under a key that the server makes. */
#include "core/access.h"
#include "core/registry.h"
#include "core/repo.h"

/* A file is made by uploading it: a record without content would be a promise that nobody can keep. */
static bool file_has_content(struct ctx *ctx, const struct change *change) {
    if (change->old || ctx->actor->system || !row_null(change->row, "storage_key")) return true;
    return errors_add(&ctx->errors, 422, "required", NULL, "Upload the file itself, as multipart/form-data.");
}

/* A file of a client is about that client, unless it is about something else: whoever may see the one may see the other. */
static bool file_before_save(struct ctx *ctx, struct change *change) {
    if (!row_null(change->row, "client_id") && row_null(change->row, "subject_type")) {
        row_set_text(change->row, "subject_type", STR("clients"));
        row_set(change->row, "subject_id", row_get(change->row, "client_id"));
    }
    return file_has_content(ctx, change);
}

/* What is uploaded to a document is its newest version, where one may change the document; else it only lies with it. */
static bool file_after_save(struct ctx *ctx, struct change *change) {
    const struct row *row = change->row;
    if (change->old || change->undoing || !str_eqc(row_text(row, "subject_type"), "documents")) return true;
    const struct entity *documents = registry_get("documents");
    int64_t document = row_int(row, "subject_id");
    if (!access_may(ctx->actor, documents, MAY_UPDATE) || !query_one(ctx, documents, document, MAY_UPDATE, false))
        return ctx->errors.count == 0;
    return repo_update_as_system(
               ctx, "documents", document,
               ARGS({"file_id", value_int(row_id(row))}, {"change_note", row_get(row, "name")})) != NULL;
}

ENTITY(file) = {
    .name = "files", .one = N_("File"), .many = N_("Files"), .pack = "core", .title = "name",
    .icon = "clip", .hue = "gray", .flags = ENTITY_UPLOAD,
    .help = N_("A document or picture that belongs to a record."),
    .fields = FIELDS(
        { "name",         N_("Name"),        F_TEXT(255), .flags = REQUIRED, .section = N_("File") },
        { "description",  N_("Description"), F_TEXT(2000), .flags = MULTILINE },
        { "category",     N_("Category"),    F_TEXT(255) },
        { "mime_type",    N_("Type"),        F_TEXT(255), .flags = READ_ONLY },
        { "file_size",    N_("Size"),        F_INT(0, INT64_C(1) << 40), .flags = READ_ONLY, .unit = N_("bytes") },
        { "storage_key",  N_("Storage key"), F_TEXT(500), .flags = HIDDEN | READ_ONLY },
        { "sha256",       N_("Fingerprint"), F_TEXT(64), .flags = READ_ONLY },
        { "client_id",    N_("Client"),      F_REF("clients", CASCADE), .section = N_("Belongs to") },
        { "contact_id",   N_("Contact"),     F_REF("contacts", SET_NULL) },
        { "location_id",  N_("Location"),    F_REF("locations", SET_NULL) },
        { "subject_type", N_("About"),
          F_SUBJECT_TYPE("leads clients contacts locations tasks notes deals tickets projects assets licenses credentials "
                         "networks racks certificates domains services documents vendors quotes invoices payments expenses "
                         "developments lots reservations journeys equipment storage_bookings campaigns ticket_replies "
                         "communications") },
        { "subject_id",   N_("Record"),      F_SUBJECT_ID },
        { "accessed_at",  N_("Last opened"), F_TIME, .flags = READ_ONLY }
    ),
    .indexes = INDEXES(INDEX("subject_type subject_id created_at"), {.fields = "client_id", .where = "client_id IS NOT NULL"},
                       INDEX("created_at"), INDEX("name")),
    .list = "name category file_size client_id created_by_id created_at", .filter = "client_id category created_by_id",
    .search = "name description", .sort = "-created_at", .parent = "subject_id",
    .before_save = file_before_save, .after_save = file_after_save,
};
