/* vault_key.c - the tenant's keys, each wrapped by the master key that lives outside the database. */
#include "core/entity.h"

ENTITY(vault_key) = {
    .name = "vault_keys", .one = N_("Key"), .many = N_("Keys"), .pack = "core",
    .flags = ENTITY_INTERNAL | ENTITY_NO_AUDIT | ENTITY_OWN_DELETE,
    .help = N_("A tenant's own key, wrapped."),
    .fields = FIELDS(
        { "number",      N_("Number"),      F_INT(1, 1000000), .flags = REQUIRED },
        { "wrapped_key", N_("Wrapped key"), F_TEXT(500), .flags = REQUIRED | HIDDEN },
        { "master_id",   N_("Master key"),  F_TEXT(63), .flags = REQUIRED },
        { "algorithm",   N_("Algorithm"),   F_TEXT(30), .flags = REQUIRED, .initial = "AES-256-GCM" },
        { "retired_at",  N_("Retired"),     F_TIME }
    ),
    .indexes = INDEXES(UNIQUE("number")),
};
