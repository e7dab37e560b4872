/* invite_page.h - the settings' pages of invitations: who is asked to join, by which links, and who came. */
#ifndef HTTP_INVITE_PAGE_H
#define HTTP_INVITE_PAGE_H

#include "http/invite.h"
#include "http/list_page.h"

struct invite_item {
    int64_t id;
    struct str name, email, role, by; /* name: empty where only the address is known */
    struct value_view when;           /* until when it is good, or when it came to its end */
    enum invite_state state;
};
struct invite_group {
    struct str heading;
    struct invite_item *items;
    size_t count;
};
struct invite_list_view {
    struct invite_group groups[3]; /* open, accepted, revoked */
    bool may;                      /* invite, renew and revoke */
};
struct invite_form_view {
    struct input email, role, branch;
    const struct errors *errors;
};
/* Shown once: nothing keeps what they carry. */
struct invite_link_shown {
    struct str email, link;
};
struct invite_links_view {
    struct invite_link_shown *links;
    size_t count;
};

/* The list of users leads to these pages. */
void invite_page_of_users(struct request *req, struct list_view *view);

#endif
