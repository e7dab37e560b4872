/* url.h - percent escapes, strictly: what is malformed is refused, never passed on. */
#ifndef HTTP_URL_H
#define HTTP_URL_H

#include "base/arena.h"
#include "base/str.h"

/* Decodes %XX (and '+' as a space where `form`). False on a malformed escape, NUL or invalid UTF-8. Without anything to decode,
 * *out points into the text. */
bool url_decode(struct arena *arena, struct str text, bool form, struct str *out);
/* True for a path on this server ("/leads?x=1"): one leading slash, no scheme, no host, no control characters. */
bool url_is_local(struct str url);

#endif
