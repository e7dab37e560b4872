/* markdown.h - Markdown to HTML that may stand in a page: a face of md4c (CommonMark with tables, task lists, strikethrough).
 *
 * Raw HTML in the text is shown as text; links go to http, https, mailto, tel or our own pages, everything else becomes "#";
 * images become links, so that reading a note loads nothing from elsewhere. Headings start at h3, below those of the page.
 *
 *     html_text(b, markdown_html(arena, row_text(note, "content")));
 */
#ifndef SERVICE_MARKDOWN_H
#define SERVICE_MARKDOWN_H

#include "base/html.h"

struct html markdown_html(struct arena *arena, struct str text);

#endif
