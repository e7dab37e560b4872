/* lead_activity.c - lead activities: what happened with a lead, in order. Written once, never changed. */
#include "core/entity.h"

ENTITY(lead_activity) = {
    .name = "lead_activities", .one = N_("Lead activity"), .many = N_("Lead activities"), .pack = "sales",
    .icon = "pulse", .hue = "cyan", .flags = ENTITY_APPEND_ONLY,
    .help = N_("A call, note, change of status or follow-up of a lead."),
    .fields = FIELDS(
        { "lead_id", N_("Lead"),    F_REF("leads", CASCADE), .flags = REQUIRED },
        { "type",    N_("Type"),    F_CHOICE("call", "note", "status_change", "followup"),
          HUES("green", "amber", "cyan", "violet"),
          .flags = REQUIRED },
        { "payload", N_("Details"), F_JSON("object"), .help = N_("from, to and note of a change of status; text of a note.") },
        { "user_id", N_("User"),    F_REF("users", SET_NULL), .flags = READ_ONLY, .initial = "me" }
    ),
    .indexes = INDEXES(INDEX("lead_id created_at"), INDEX("created_at")),
    .list = "created_at lead_id type user_id", .filter = "lead_id type user_id created_at", .sort = "-created_at",
    .owner = "user_id", .parent = "lead_id",
};
