/* document_version.c - document versions: each text that a document had, so that any can be read again. */
#include "core/entity.h"

ENTITY(document_version) = {
    .name = "document_versions", .one = N_("Document version"), .many = N_("Document versions"), .pack = "documentation",
    .icon = "history", .hue = "gray", .flags = ENTITY_READ_ONLY,
    .help = N_("A text that a document had. Written by saving the document."),
    .fields = FIELDS(
        { "document_id", N_("Document"),     F_REF("documents", CASCADE), .flags = REQUIRED | IMMUTABLE },
        { "number",      N_("Version"),      F_INT(1, 1000000), .flags = REQUIRED | IMMUTABLE },
        { "content",     N_("Text"),         F_MARKDOWN, .flags = IMMUTABLE },
        { "file_id",     N_("File"),         F_FILE, .flags = IMMUTABLE },
        { "change_note", N_("What changed"), F_TEXT(255), .flags = IMMUTABLE }
    ),
    .indexes = INDEXES(UNIQUE("document_id number"), INDEX("number"), INDEX("created_at")),
    .list = "document_id number change_note created_by_id created_at", .filter = "document_id", .sort = "-number",
    .parent = "document_id",
};
