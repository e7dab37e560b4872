/* settings_page.h - what can be set: an index by subject, one's own company, one's own profile. */
#ifndef HTTP_SETTINGS_PAGE_H
#define HTTP_SETTINGS_PAGE_H

#include "http/form_page.h"

struct settings_link {
    struct str label, href, help;
    const char *icon;
};
struct settings_section {
    struct str heading;
    struct settings_link *links;
    size_t count;
};
struct settings_view {
    struct settings_section *sections;
    size_t section_count;
};

/* A form of one record that one finds by who one is. */
struct own_view {
    struct str action, submit;
    struct form_section *sections;
    size_t section_count;
    int64_t version;
    bool fixed; /* to be looked at only */
    bool looks; /* the form also says how dates and the like are shown */
    const struct errors *errors;
};

struct me_session {
    struct str what, where, machine, seen;
    bool current;
};
struct me_view {
    struct own_view profile;
    struct str roles, email;
    const struct errors *password_errors; /* of the other form */
    struct me_session *sessions;
    size_t session_count;
    bool must_change;
};

/* Sections of a form from words ("name email"); `headings` name each list. */
struct form_section *settings_sections(struct request *req, const struct entity *entity, const struct row *row,
                                       const struct params *typed, const char *const *headings, const char *const *words,
                                       size_t count);

#endif
