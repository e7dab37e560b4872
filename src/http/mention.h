/* mention.h - people who are named in a text: "[@Tom Aldous](/users/12)", an ordinary link in Markdown.
 *
 * The id is what counts: the text is shown with the name that the person has now. Who may not read users sees the name that was
 * written.
 */
#ifndef HTTP_MENTION_H
#define HTTP_MENTION_H

#include "base/html.h"
#include "core/ctx.h"

/* Of one request: whose names are known so far. */
struct mentions {
    struct ctx *ctx;
    struct mention *at;
    int count;
};

/* Before several texts are shown: whom this one names is asked for together with whom the others do. */
void mention_learn(struct mentions *mentions, struct str markdown);
/* The Markdown as HTML, people by their present names. */
struct html mention_html(struct mentions *mentions, struct str markdown);

#endif
