/* docs_page.h - the API in words, from the same declarations that make it: /docs/api, and a page for each entity. */
#ifndef HTTP_DOCS_PAGE_H
#define HTTP_DOCS_PAGE_H

#include "http/frame.h"

struct docs_entity {
    struct str name, label, help, href;
    const char *icon;
    int fields, actions;
};
struct docs_index {
    struct str base, words; /* "https://crm.example/api/v1"; what is searched for */
    struct docs_entity *entities;
    size_t entity_count;
    bool inside; /* somebody is signed in: in the frame */
};

struct docs_path {
    const char *method, *hue;
    struct str path, what;
};
struct docs_field {
    struct str name, label, kind, notes, operators;
    bool required, read_only, write_only;
};
struct docs_example {
    struct str what, command;
};
struct docs_view {
    struct str base, help;
    const struct entity *entity;
    struct docs_path *paths;
    size_t path_count;
    struct docs_field *fields;
    size_t field_count;
    struct docs_example examples[5];
    size_t example_count;
    bool inside;
};

#endif
