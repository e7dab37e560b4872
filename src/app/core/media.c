/* media.c - media: pictures, films and sound of a record, in their order, such as the photos of a lot or of a move. */
#include "core/entity.h"

ENTITY(media) = {
    .name = "media", .one = N_("Picture"), .many = N_("Pictures"), .pack = "core", .title = "title",
    .icon = "camera", .hue = "pink", .flags = ENTITY_READ_ONLY,
    .help = N_("A picture, film or sound that shows a record. Made by uploading it."),
    .fields = FIELDS(
        { "title",         N_("Title"),       F_TEXT(255) },
        { "description",   N_("Description"), F_TEXT(2000), .flags = MULTILINE },
        { "media_type",    N_("Type"),        F_CHOICE("photo", "video", "signature", "document", "audio", "plan"),
          HUES("pink", "violet", "blue", "gray", "amber", "teal"), .flags = REQUIRED, .initial = "photo" },
        { "subject_type",  N_("Of"),
          F_SUBJECT_TYPE("developments stages lots journeys journey_steps assets storage_units equipment clients leads"),
          .flags = REQUIRED },
        { "subject_id",    N_("Record"),      F_SUBJECT_ID, .flags = REQUIRED },
        { "position",      N_("Position"),    F_INT(0, 100000), .flags = REQUIRED, .initial = "0" },
        { "is_cover",      N_("Cover"),       F_BOOL, .initial = "false", .help = N_("The one that stands for the record.") },
        { "file_name",     N_("File name"),   F_TEXT(255), .flags = REQUIRED, .section = N_("File") },
        { "mime_type",     N_("Content"),     F_TEXT(100), .flags = REQUIRED },
        { "file_size",     N_("Size"),        F_INT(0, INT64_C(1) << 40), .flags = REQUIRED, .unit = N_("bytes") },
        { "storage_key",   N_("Storage key"), F_TEXT(500), .flags = REQUIRED | HIDDEN },
        { "sha256",        N_("Fingerprint"), F_TEXT(64) },
        { "width",         N_("Width"),       F_INT(0, 100000), .unit = "px" },
        { "height",        N_("Height"),      F_INT(0, 100000), .unit = "px" },
        { "duration_seconds", N_("Length"),   F_INT(0, 1000000), .unit = "s" },
        { "thumbnail_key", N_("Thumbnail"),   F_TEXT(500), .flags = HIDDEN },
        { "tag",           N_("Shows"),       F_CHOICE("completed", "damage", "feedback", "issue", "delay", "urgent", "review"),
          HUES("green", "red", "cyan", "amber", "orange", "red", "violet") },
        { "taken_at",      N_("Taken"),       F_TIME }
    ),
    .indexes = INDEXES(INDEX("subject_type subject_id position"), INDEX("created_at")),
    .list = "title media_type subject_id file_size created_by_id created_at", .filter = "media_type tag subject_type",
    .search = "title file_name", .sort = "-created_at", .parent = "subject_id",
};
