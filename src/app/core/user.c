/* user.c - users: the people who sign in, each with roles that say what they may do. */
#include "core/entity.h"

ENTITY(user) = {
    .name = "users", .one = N_("User"), .many = N_("Users"), .pack = "core", .title = "name",
    .icon = "user", .hue = "violet", .flags = ENTITY_SETTINGS | ENTITY_ACCESS,
    .help = N_("A person who signs in. Roles say what they may see and do."),
    .fields = FIELDS(
        { "name",               N_("Name"),            F_TEXT(255), .flags = REQUIRED, .section = N_("Person") },
        { "email",              N_("E-mail"),          F_EMAIL, .flags = REQUIRED, .help = N_("They sign in with it.") },
        { "phone",              N_("Phone"),           F_PHONE },
        { "job_title",          N_("Job title"),       F_TEXT(255) },
        { "photo_file_id",      N_("Photo"),           F_FILE },
        { "location_id",        N_("Branch"),          F_REF("locations", SET_NULL), .help = N_("Where they work.") },
        { "password",           N_("Password"),        F_TEXT(200), .flags = TRANSIENT | HIDDEN, .section = N_("Sign-in"),
          .help = N_("At least 8 characters, not one that others use too.") },
        { "password_hash",      N_("Password hash"),   F_TEXT(200), .flags = HIDDEN | READ_ONLY },
        { "must_change_password", N_("Must change password"), F_BOOL, .initial = "false" },
        { "is_active",          N_("Active"),          F_BOOL, .initial = "true",
          .help = N_("Someone inactive cannot sign in; their records stay.") },
        { "email_verified_at",  N_("E-mail verified"), F_TIME, .flags = READ_ONLY },
        { "last_login_at",      N_("Last sign-in"),    F_TIME, .flags = READ_ONLY },
        { "failed_logins",      N_("Failed sign-ins"), F_INT(0, 1000000), .flags = HIDDEN | READ_ONLY, .initial = "0" },
        { "locked_until",       N_("Locked until"),    F_TIME, .flags = READ_ONLY },
        { "timezone",           N_("Time zone"),       F_TEXT(64), .section = N_("Preferences"),
          .help = N_("Empty: the company's.") },
        { "language",           N_("Language"),        F_TEXT(10), .help = N_("Empty: the company's.") },
        { "theme",              N_("Theme"),           F_CHOICE("light", "dark"), .help = N_("Empty: as the device.") },
        { "density",            N_("Density"),         F_CHOICE("compact", "roomy"), .help = N_("Empty: normal.") },
        { "settings",           N_("Settings"),        F_JSON("object"), .flags = READ_ONLY }
    ),
    .indexes = INDEXES(UNIQUE("email"), INDEX("name"), INDEX("location_id")),
    .list = "name email job_title location_id is_active last_login_at", .filter = "is_active location_id",
    .search = "name email job_title", .sort = "name", .owner = "id", .match = "email",
};
