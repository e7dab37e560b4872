/* encrypted_value.c - sealed values: secrets never sit in their own row, but here, under a tenant's key. */
#include "core/entity.h"

ENTITY(encrypted_value) = {
    .name = "encrypted_values", .one = N_("Sealed value"), .many = N_("Sealed values"), .pack = "core",
    .flags = ENTITY_INTERNAL | ENTITY_NO_AUDIT | ENTITY_OWN_DELETE,
    .help = N_("A secret of a record, sealed."),
    .fields = FIELDS(
        { "entity_type", N_("Records"),    F_TEXT(63), .flags = REQUIRED },
        { "entity_id",   N_("Record"),     F_INT(0, 0), .flags = REQUIRED },
        { "field_name",  N_("Field"),      F_TEXT(63), .flags = REQUIRED },
        { "ciphertext",  N_("Ciphertext"), F_TEXT(100000), .flags = REQUIRED | HIDDEN },
        { "iv",          N_("Nonce"),      F_TEXT(50), .flags = REQUIRED | HIDDEN },
        { "tag",         N_("Tag"),        F_TEXT(50), .flags = REQUIRED | HIDDEN },
        { "algorithm",   N_("Algorithm"),  F_TEXT(30), .flags = REQUIRED, .initial = "AES-256-GCM" },
        { "key_id",      N_("Key"),        F_REF("vault_keys", RESTRICT), .flags = REQUIRED }
    ),
    .indexes = INDEXES(UNIQUE("entity_type entity_id field_name"), INDEX("key_id")),
};
