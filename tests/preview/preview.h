/* preview.h - what the preview pages show. */
#ifndef PREVIEW_H
#define PREVIEW_H

#include "http/page.h"

struct preview_lead {
    struct str company, contact, stage, value, owner;
    const char *hue;
};

struct preview_list {
    const struct tab *tabs;
    size_t tab_count;
    const struct preview_lead *leads;
    size_t count;
    const struct pager *pager;
};

struct preview_form {
    const struct errors *errors;
    const struct input *inputs;
    size_t count;
};

#endif
