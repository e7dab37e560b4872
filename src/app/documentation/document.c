/* document.c - documents: what is written down about a client, such as a runbook or a policy, with each version of it. */
#include "core/registry.h"
#include "core/repo.h"

/* Each saved text is a version that stays. */
static bool document_after_save(struct ctx *ctx, struct change *change) {
    if (change->deleting || change->restoring || change->undoing) return true;
    bool text = change_touches(change, "content"), file = change_touches(change, "file_id");
    if (!text && !file) return true;
    int64_t last = sql_int(ctx, "SELECT max(number) FROM document_versions WHERE tenant_id = :tenant AND document_id = :document",
                           ARGS({":document", value_int(row_id(change->row))}));
    if (ctx->errors.count) return false;
    return repo_create_as_system(ctx, "document_versions",
                                 ARGS({"document_id", value_int(row_id(change->row))}, {"number", value_int(last + 1)},
                                      {"content", row_get(change->row, "content")}, {"file_id", row_get(change->row, "file_id")},
                                      {"change_note", row_get(change->row, "change_note")})) != NULL;
}

/* The text and file of an earlier version are the newest again; those in between stay. */
static bool document_restore_version(struct ctx *ctx, struct change *change) {
    struct row *row = change->row;
    struct query *q = query_new(ctx, registry_get("document_versions"));
    struct rows found;
    if (row_null(row, "version_number"))
        return errors_add(&ctx->errors, 422, "required", "version_number", "Say which version.");
    query_where(q, "document_id", OP_EQ, value_int(row_id(row)));
    query_where(q, "number", OP_EQ, row_get(row, "version_number"));
    if (!query_rows(q, &found)) return false;
    if (!found.count)
        return errors_add(&ctx->errors, 422, "not_found", "version_number", "This document has no version %lld.",
                          (long long)row_int(row, "version_number"));
    row_set(row, "content", row_get(found.at[0], "content"));
    row_set(row, "file_id", row_get(found.at[0], "file_id"));
    row_set_text(row, "change_note",
                 lang_printf(ctx->arena, "Version %lld again", (long long)row_int(row, "version_number")));
    return true;
}

ENTITY(document) = {
    .name = "documents", .one = N_("Document"), .many = N_("Documents"), .pack = "documentation", .title = "name",
    .icon = "file", .hue = "blue",
    .help = N_("What is written down about a client: a runbook, a policy, a contract."),
    .fields = FIELDS(
        { "name",          N_("Name"),        F_TEXT(255), .flags = REQUIRED, .section = N_("Document") },
        { "client_id",     N_("Client"),      F_REF("clients", CASCADE), .flags = REQUIRED },
        { "category",      N_("Category"),
          F_CHOICE("runbook", "how_to", "policy", "contract", "network", "backup", "onboarding", "other"),
          HUES("blue", "cyan", "violet", "amber", "teal", "orange", "green", "gray"), .initial = "runbook" },
        { "description",   N_("Description"), F_TEXT(2000), .flags = MULTILINE },
        { "content",       N_("Text"),        F_MARKDOWN, .section = N_("Text") },
        { "file_id",       N_("File"),        F_FILE, .help = N_("Instead of a text, or beside it.") },
        { "change_note",   N_("What changed"), F_TEXT(255), .flags = TRANSIENT, .help = N_("Stands with the new version.") },
        { "version_number", N_("Version"),   F_INT(1, 1000000), .flags = TRANSIENT,
          .help = N_("Its number in the list of versions.") },
        { "versions_count", N_("Versions"),   F_INT(0, 1000000), .kept = {KEPT_COUNT, "document_versions", "document_id"} },
        { "contact_id",    N_("Contact"),     F_REF("contacts", SET_NULL), .section = N_("More") },
        { "location_id",   N_("Location"),    F_REF("locations", SET_NULL) },
        { "review_on",     N_("Review on"),   F_DATE, .flags = DUE },
        { "is_template",   N_("Template"),    F_BOOL, .initial = "false" },
        { "tags",          N_("Tags"),        F_TAGS },
        { "accessed_at",   N_("Last opened"), F_TIME, .flags = READ_ONLY }
    ),
    .indexes = INDEXES(INDEX("client_id name"), INDEX("name"), INDEX("created_at")),
    .list = "name client_id category versions_count updated_at updated_by_id", .filter = "client_id category is_template tags",
    .search = "name description content", .sort = "name", .parent = "client_id",
    .after_save = document_after_save,
    .actions = ACTIONS(
        { "restore_version", N_("Restore a version"), .run = document_restore_version, .input = "version_number",
          .pick = "document_versions number", .icon = "history" }
    ),
};
