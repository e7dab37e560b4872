/* ai_prompt.c - AI prompts: what we ask a language model again and again, and with which settings. */
#include "core/entity.h"

ENTITY(ai_prompt) = {
    .name = "ai_prompts", .one = N_("AI prompt"), .many = N_("AI prompts"), .pack = "ai", .title = "name",
    .icon = "robot", .hue = "violet", .flags = ENTITY_SETTINGS | ENTITY_UNLISTED,
    .help = N_("What a language model is asked again and again."),
    .fields = FIELDS(
        { "name",           N_("Name"),           F_TEXT(255), .flags = REQUIRED, .section = N_("Prompt") },
        { "category",       N_("Category"),       F_TEXT(100), .flags = REQUIRED, .help = N_("Such as Descriptions.") },
        { "description",    N_("Description"),    F_TEXT(2000), .flags = MULTILINE },
        { "system_message", N_("Who it is"),      F_MARKDOWN, .help = N_("What the model is told of itself.") },
        { "content",        N_("Prompt"),         F_MARKDOWN, .flags = REQUIRED,
          .help = N_("May hold variables such as {{name}}.") },
        { "variables",      N_("Variables"),      F_JSON("array"), .initial = "[]" },
        { "output_format",  N_("Answer as"),      F_CHOICE("text", "markdown", "json"), .initial = "text" },
        { "model",          N_("Model"),          F_TEXT(100), .flags = REQUIRED, .section = N_("Settings") },
        { "temperature",    N_("Temperature"),    F_DECIMAL(2), .max = 200, .flags = REQUIRED, .initial = "0.7",
          .help = N_("0 to 2: how freely it answers.") },
        { "max_tokens",     N_("At most tokens"), F_INT(1, 1000000), .flags = REQUIRED, .initial = "1000" },
        { "is_system",      N_("Tenon's own"),    F_BOOL, .flags = READ_ONLY, .initial = "false" },
        { "is_active",      N_("In use"),         F_BOOL, .initial = "true" },
        { "tags",           N_("Tags"),           F_TAGS }
    ),
    .indexes = INDEXES(UNIQUE("name"), INDEX("category name"), INDEX("created_at")),
    .list = "name category model temperature max_tokens is_active", .filter = "category model is_active tags",
    .search = "name description content", .sort = "name", .match = "name",
};
