/* palette.h - what one can do and where one can go, found by words: the command palette (Ctrl K), and the same on the search page
 * for those without scripts.
 *
 * GET /palette?q=WORDS answers with the palette's options: records that have the words, actions, places, help. A command is found
 * when each of the words begins one of its own.
 */
#ifndef HTTP_PALETTE_H
#define HTTP_PALETTE_H

#include "http/search_page.h"

enum palette_kind { PALETTE_RECORDS, PALETTE_ACTIONS, PALETTE_PLACES, PALETTE_HELP, PALETTE_KINDS };

struct palette_option {
    struct str title, sub, href;
    const char *icon, *hue; /* hue: of a record */
    const char *keys;       /* "G L", "?", or NULL */
    bool face;              /* a person or company, shown by its initials */
    bool dialog;            /* a form that may open over the work */
};
struct palette_group {
    const char *label, *name;
    struct palette_option *at;
    size_t count;
};
struct palette_view {
    struct palette_group groups[PALETTE_KINDS];
};

/* Actions, places and help that fit; all of the common ones where `words` is empty. */
void palette_commands(struct request *req, struct str words, struct palette_view *view);

#endif
