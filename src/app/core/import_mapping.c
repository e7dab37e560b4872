/* import_mapping.c - remembered imports: which column of a file goes into which field. */
#include "app/core/check.h"
#include "core/entity.h"

/* It is for records that there are. */
static bool import_mapping_before_save(struct ctx *ctx, struct change *change) {
    return check_entity(ctx, change, "entity", false);
}

ENTITY(import_mapping) = {
    .name = "import_mappings", .one = N_("Import mapping"), .many = N_("Import mappings"), .pack = "core", .title = "name",
    .icon = "upload", .hue = "gray", .flags = ENTITY_SETTINGS,
    .help = N_("Which column of a file goes into which field, kept for the next file of its kind."),
    .fields = FIELDS(
        { "name",    N_("Name"),       F_TEXT(100), .flags = REQUIRED },
        { "entity",  N_("Records"),    F_TEXT(63), .flags = REQUIRED | IMMUTABLE,
          .help = N_("Name of an entity, such as leads.") },
        { "mapping", N_("Mapping"),    F_JSON("object"), .flags = REQUIRED,
          .help = N_("Heading of a column to name of a field.") },
        { "user_id", N_("Belongs to"), F_REF("users", CASCADE), .flags = READ_ONLY, .initial = "me" }
    ),
    .indexes = INDEXES(UNIQUE("user_id entity name")),
    .list = "name entity user_id updated_at", .filter = "entity user_id", .search = "name", .sort = "name", .owner = "user_id",
    .before_save = import_mapping_before_save,
};
