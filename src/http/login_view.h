/* login_view.h - what the pages before sign-in show (web/templates/login.html): sign in, second factor, recovery, a new
 * password by link, and the first set-up of a workspace. None of them needs e-mail.
 */
#ifndef HTTP_LOGIN_VIEW_H
#define HTTP_LOGIN_VIEW_H

#include "http/page.h"

/* Another way to sign in: a company's identity provider. */
struct login_provider {
    struct str label, href;
    const char *icon;
};

/* Somebody of a demo company, to sign in as. */
struct login_person {
    struct str role, name, email;
};
struct login_demo {
    int64_t id;
    struct str name, tenant; /* what it is called, and its short name */
    struct str password;     /* of all its people; empty where it is not to be shown */
    const struct login_person *people;
    size_t count;
};

struct login_view {
    struct str tenant_name;              /* empty: not known yet, the page asks for the workspace too */
    struct str host;                     /* "fernhill.tenon.example", shown so that people notice a false one */
    struct str tenant;                   /* what was typed as the workspace */
    bool ask_tenant;                     /* the address stands in several workspaces */
    struct str email;                    /* what was typed, kept */
    struct str next;                     /* where to go afterwards */
    struct str problem;                  /* why it did not work, as a sentence; empty on the first visit */
    const struct login_demo *demo;       /* companies to look around in, the newest first */
    size_t demo_count;
    struct str passkey_href; /* where passkeys are possible */
    const struct login_provider *providers;
    size_t provider_count;
};

/* The second factor: a code of an authenticator application, or one of the recovery codes. */
struct login_code_view {
    bool recovery;
    struct str next, problem;
};

/* A new password: by an administrator's link, or because the old one has to go. */
struct password_view {
    struct str action; /* where the form goes; it carries the token */
    struct str email;
    struct str reason; /* why, as a sentence */
    const struct errors *errors;
};

/* The first workspace of a new installation. */
struct setup_view {
    struct str code; /* that the server printed */
    struct str business, name, email;
    struct str country, currency, timezone;
    const struct choice *packs;
    size_t pack_count;
    const struct errors *errors;
};

/* Whom a company has invited, about to join it. */
struct join_view {
    struct str token, company, email;
    struct str name; /* what was typed, else what they were called when they were invited */
    const struct errors *errors;
};

/* A page that says what went wrong. `again` is where trying again makes sense. */
struct error_view {
    int status;
    struct str title, text;
    struct str reference, when; /* for whoever reads the log */
    struct str again, home;
};

/* Fields of these pages, with their error. */
struct input login_view_input(const struct errors *errors, const char *name, const char *label, struct str value,
                              const char *autocomplete);
struct input login_view_code(const struct errors *errors, struct str value);
/* Chosen from a list of base/regions.h. */
struct input login_view_listed(struct arena *arena, const struct errors *errors, const char *name, const char *label,
                               struct str value, const char *list);
struct input login_view_password(const struct errors *errors, const char *name, const char *label);

#endif
