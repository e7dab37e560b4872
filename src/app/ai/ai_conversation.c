/* ai_conversation.c - AI conversations: what somebody talked over with a language model, and what it took. */
#include "core/entity.h"

ENTITY(ai_conversation) = {
    .name = "ai_conversations", .one = N_("AI conversation"), .many = N_("AI conversations"), .pack = "ai", .title = "title",
    .icon = "robot", .hue = "blue",
    .help = N_("What somebody talked over with a language model."),
    .fields = FIELDS(
        { "title",          N_("Title"),    F_TEXT(255) },
        { "user_id",        N_("User"),     F_REF("users", SET_NULL), .initial = "me" },
        { "lead_id",        N_("Lead"),     F_REF("leads", SET_NULL) },
        { "subject_type",   N_("About"),    F_SUBJECT_TYPE("leads clients deals tickets lots journeys") },
        { "subject_id",     N_("Record"),   F_SUBJECT_ID },
        { "ai_prompt_id",   N_("Prompt"),   F_REF("ai_prompts", SET_NULL) },
        { "context",        N_("Context"),  F_MARKDOWN, .help = N_("What the model knows beforehand.") },
        { "messages_count", N_("Messages"), F_INT(0, 1000000), .kept = {KEPT_COUNT, "ai_messages", "conversation_id"} },
        { "tokens_total",   N_("Tokens"),   F_INT(0, INT64_C(1000000000000)),
          .kept = {KEPT_SUM, "ai_messages", "conversation_id", "tokens"} }
    ),
    .indexes = INDEXES(INDEX("user_id created_at"), INDEX("lead_id"), INDEX("subject_type subject_id"), INDEX("created_at")),
    .list = "title user_id subject_id messages_count tokens_total created_at", .filter = "user_id lead_id subject_type",
    .search = "title", .sort = "-created_at", .owner = "user_id",
};
