/* audit_log.c - the audit log: who did what to which record, from what to what. Written by core/audit.h, never changed. */
#include "core/entity.h"

ENTITY(audit_log) = {
    .name = "audit_logs", .one = N_("Audit entry"), .many = N_("Audit log"), .pack = "core",
    .icon = "history", .hue = "gray", .flags = ENTITY_SETTINGS | ENTITY_READ_ONLY | ENTITY_APPEND_ONLY | ENTITY_NO_AUDIT,
    .help = N_("Who did what, when, and from where."),
    .fields = FIELDS(
        { "user_id",       N_("User"),       F_REF("users", RESTRICT), .flags = READ_ONLY },
        { "action",        N_("Action"),     F_TEXT(63), .flags = REQUIRED | READ_ONLY },
        { "entity_type",   N_("Records"),    F_TEXT(63), .flags = READ_ONLY },
        { "entity_id",     N_("Record"),     F_INT(0, 0), .flags = READ_ONLY },
        { "changes",       N_("Changes"),    F_JSON("object"), .flags = READ_ONLY },
        { "ip_address",    N_("Address"),    F_TEXT(45), .flags = READ_ONLY },
        { "user_agent",    N_("Browser"),    F_TEXT(500), .flags = READ_ONLY },
        { "request_id",    N_("Request"),    F_TEXT(64), .flags = READ_ONLY },
        { "change_set_id", N_("Change set"), F_REF("change_sets", RESTRICT), .flags = READ_ONLY },
        { "chain_hash",    N_("Chain"),      F_TEXT(64), .flags = REQUIRED | READ_ONLY | HIDDEN }
    ),
    .indexes = INDEXES(INDEX("entity_type entity_id created_at"), INDEX("created_at"),
                       {.fields = "change_set_id", .where = "change_set_id IS NOT NULL"}),
    .list = "created_at user_id action entity_type entity_id ip_address",
    .filter = "user_id action entity_type entity_id created_at",
    .sort = "-created_at", .owner = "user_id",
};
