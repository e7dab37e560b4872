/* ai_message.c - AI messages: what was said in a conversation with a language model. */
#include "core/entity.h"

ENTITY(ai_message) = {
    .name = "ai_messages", .one = N_("AI message"), .many = N_("AI messages"), .pack = "ai",
    .icon = "message", .hue = "blue",
    .help = N_("What was said in a conversation with a language model."),
    .fields = FIELDS(
        { "conversation_id", N_("Conversation"), F_REF("ai_conversations", CASCADE), .flags = REQUIRED | IMMUTABLE },
        { "role",            N_("Role"),    F_CHOICE("user", "assistant", "system"), HUES("blue", "violet", "gray"),
          .flags = REQUIRED | IMMUTABLE, .initial = "user" },
        { "content",         N_("Text"),    F_MARKDOWN, .flags = REQUIRED },
        { "model",           N_("Model"),   F_TEXT(100), .flags = READ_ONLY },
        { "tokens",          N_("Tokens"),  F_INT(0, 100000000), .flags = READ_ONLY },
        { "duration_ms",     N_("Took"),    F_INT(0, 10000000), .flags = READ_ONLY, .unit = "ms" },
        { "rating",          N_("Helpful"), F_CHOICE("yes", "no"), HUES("green", "red") }
    ),
    .indexes = INDEXES(INDEX("conversation_id created_at"), INDEX("created_at")),
    .list = "conversation_id role content model tokens created_at", .filter = "conversation_id role model", .search = "content",
    .sort = "-created_at", .parent = "conversation_id",
};
