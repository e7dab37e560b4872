/* record_picks.h - an action that takes one of the records that hang on this one, offered beside each of them: the versions of a
 * document, each with a way to look at it and to have it back (.pick of entity.h).
 */
#ifndef HTTP_RECORD_PICKS_H
#define HTTP_RECORD_PICKS_H

#include "http/value.h"

#define RECORD_PICKS_SHOWN 10

struct record_pick {
    struct str key, href, detail; /* what the action takes; where it is shown; "Second draft, Priya Raman" */
    struct value_view when;
    bool now;                     /* the first: so the record is */
};
struct record_picks {
    const struct action_decl *action; /* NULL: nothing is shown */
    const struct entity *from;
    const struct field *field; /* of `from`, that tells them apart */
    struct record_pick *at;
    size_t count;
    bool may, more; /* the actor may do it; there are more than are shown: all of them are at all_href */
    struct str all_href, href; /* POSTed to */
};

struct record_picks record_picks_of(struct request *req, struct values *values, const struct row *row, bool deleted);

#endif
